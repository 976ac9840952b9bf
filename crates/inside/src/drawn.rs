//! QR codes that are no pictures: drawn with blocks of text, or with the cells of a table.

use crate::picture;
use image::{GrayImage, Luma};

/// Fewest and most lines of a drawing. Half blocks draw two rows of modules a line; the smallest code has 21 rows.
const FEWEST: usize = 11;
const MOST: usize = 400;
/// Pixels of a module, and modules of white around.
const SCALE: u32 = 4;
const MARGIN: u32 = 4;

/// What the QR codes drawn in a text, or in the source of a page, say.
pub(crate) fn codes(text: &str) -> Vec<String> {
    let mut codes = of_blocks(text);
    if text.contains("<t") || text.contains("<T") {
        codes.extend(of_cells(text));
    }
    codes
}

/// Drawn with blocks (U+2580, U+2584, U+2588): lines that hold hardly anything else.
fn of_blocks(text: &str) -> Vec<String> {
    if !text.contains(['\u{2580}', '\u{2584}', '\u{2588}']) {
        return Vec::new();
    }
    let plain = text
        .replace("<br>", "\n")
        .replace("<br/>", "\n")
        .replace("<br />", "\n")
        .replace("&nbsp;", " ")
        .replace("&#160;", " ");
    let is_drawn = |line: &&str| {
        let line = line.trim_matches(|character: char| character.is_ascii());
        !line.is_empty()
            && line.chars().all(|character| matches!(character, '\u{2580}' | '\u{2584}' | '\u{2588}' | ' ' | '\u{A0}'))
    };
    let lines: Vec<&str> = plain.lines().collect();
    let mut codes = Vec::new();
    for drawing in lines.split(|line| !is_drawn(line)).filter(|drawing| (FEWEST..=MOST).contains(&drawing.len())) {
        let has_halves = drawing.iter().any(|line| line.contains(['\u{2580}', '\u{2584}']));
        let mut rows: Vec<Vec<bool>> = Vec::new();
        for line in drawing {
            let inked = |upper: bool| -> Vec<bool> {
                line.trim_start_matches(|character: char| character.is_ascii() && character != ' ')
                    .chars()
                    .map(|character| match character {
                        '\u{2588}' => true,
                        '\u{2580}' => upper,
                        '\u{2584}' => !upper,
                        _ => false,
                    })
                    .collect()
            };
            if has_halves {
                rows.push(inked(true));
                rows.push(inked(false));
            } else {
                // Whole blocks are twice as high as wide: two stand for a module.
                rows.push(inked(true).chunks(2).map(|pair| pair.iter().any(|ink| *ink)).collect());
            }
        }
        codes.extend(read(&rows));
    }
    codes
}

/// Drawn with the cells of a table, each a module: dark where its colour is.
fn of_cells(source: &str) -> Vec<String> {
    let lower = source.to_ascii_lowercase();
    let mut codes = Vec::new();
    for table in lower.split("<table").skip(1).take(MOST) {
        let table = table.split("</table").next().unwrap_or_default();
        let rows: Vec<Vec<bool>> = table
            .split("<tr")
            .skip(1)
            .take(MOST)
            .map(|row| {
                let cells = row.split("<td").skip(1).take(MOST);
                cells
                    .flat_map(|cell| {
                        let tag = cell.split('>').next().unwrap_or_default();
                        let across = tag
                            .split_once("colspan=")
                            .and_then(|(_, span)| {
                                span.trim_matches(['"', '\''])
                                    .split(|digit: char| !digit.is_ascii_digit())
                                    .next()?
                                    .parse()
                                    .ok()
                            })
                            .unwrap_or(1_usize)
                            .min(MOST);
                        std::iter::repeat_n(is_dark(tag), across)
                    })
                    .collect()
            })
            .collect();
        if rows.len() >= 2 * FEWEST - 1 {
            codes.extend(read(&rows));
        }
    }
    codes
}

/// Whether the tag of a cell colours it darkly.
fn is_dark(tag: &str) -> bool {
    let colour = ["bgcolor=", "background-color:", "background:"]
        .iter()
        .find_map(|name| tag.split_once(name).map(|(_, rest)| rest));
    let Some(colour) = colour.map(|colour| colour.trim_start_matches(['"', '\'', ' '])) else { return false };
    if colour.starts_with("black") {
        return true;
    }
    let Some(digits) = colour.strip_prefix('#') else {
        return colour.strip_prefix("rgb(").is_some_and(|rest| {
            rest.split([',', ')', ' ']).filter_map(|part| part.parse::<u32>().ok()).take(3).sum::<u32>() < 3 * 128
        });
    };
    let digits: Vec<u32> = digits.chars().map_while(|digit| digit.to_digit(16)).take(6).collect();
    match digits.as_slice() {
        [red, _, green, _, blue, _] | [red, green, blue] | [red, green, blue, _] => red + green + blue < 3 * 8,
        _ => false,
    }
}

fn read(rows: &[Vec<bool>]) -> Vec<String> {
    let (Ok(height), Ok(width)) =
        (u32::try_from(rows.len()), u32::try_from(rows.iter().map(Vec::len).max().unwrap_or_default()))
    else {
        return Vec::new();
    };
    if width < 21 || height < 21 {
        return Vec::new();
    }
    let side = |modules: u32| (modules + 2 * MARGIN) * SCALE;
    let picture = GrayImage::from_fn(side(width), side(height), |x, y| {
        let module = |at: u32| (at / SCALE).checked_sub(MARGIN).and_then(|at| usize::try_from(at).ok());
        let ink = module(y).and_then(|row| rows.get(row)).zip(module(x)).and_then(|(row, column)| row.get(column));
        Luma([if ink == Some(&true) { 0 } else { 255 }])
    });
    picture::codes(&picture)
}
