//! The same dissection as plain text, as Markdown and as a page.

use serde::Deserialize;

/// A format to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// A page of its own.
    Html,
    /// Markdown, as GitHub reads it.
    Markdown,
}

/// A piece of a dissection. Every text in it is one line, masked and made unclickable already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The heading of what follows.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<String>>),
    /// Items with what stands under each.
    List(Vec<Item>),
    /// Lines quoted as they are.
    Lines(Vec<String>),
    /// Where the writer may put a picture, in words; in plain text there is no place for one.
    Picture(String),
    /// A drawing of the add-on's own (SVG), which only a page can hold.
    Drawing(String),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The item itself.
    pub text: String,
    /// What stands under it.
    pub under: Vec<String>,
}

impl Format {
    /// Writes a dissection.
    pub fn write(self, title: &str, language: &str, blocks: &[Block]) -> String {
        match self {
            Self::Text => text(title, blocks),
            Self::Html => html(title, language, blocks),
            Self::Markdown => markdown(title, blocks),
        }
    }
}

fn text(title: &str, blocks: &[Block]) -> String {
    let mut out = format!("{title}\n\n");
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("\n== {heading}\n\n")),
            Block::Paragraph(paragraph) => out.push_str(&format!("{paragraph}\n")),
            Block::Picture(_) | Block::Drawing(_) => {}
            Block::Table(rows) => rows.iter().for_each(|row| out.push_str(&format!("  {}\n", row.join(" | ")))),
            Block::Lines(lines) => lines.iter().for_each(|line| out.push_str(&format!("  {line}\n"))),
            Block::List(items) => {
                for item in items {
                    out.push_str(&format!("- {}\n", item.text));
                    item.under.iter().for_each(|line| out.push_str(&format!("    {line}\n")));
                }
            }
        }
    }
    out
}

/// Everything is escaped: a subject may hold Markdown of its own, pictures included.
fn escaped_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    // What makes a list at the beginning only: "- ", "1. ", "1) ".
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = number.len() < text.len() && number.starts_with(['.', ')']);
    let stop = text.len() - number.len();
    for (at, letter) in text.char_indices() {
        let is_special =
            "!#$&*+<>[\\]^_`{|}~=".contains(letter) || at == 0 && letter == '-' || is_numbered && at == stop;
        if is_special {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn markdown(title: &str, blocks: &[Block]) -> String {
    let escape = escaped_markdown;
    let mut out = format!("# {}\n\n", escape(title));
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("## {}\n", escape(heading))),
            Block::Paragraph(words) | Block::Picture(words) => out.push_str(&format!("{}\n", escape(words))),
            Block::Drawing(_) => {}
            Block::Table(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    let cells: Vec<_> = row.iter().map(|cell| escape(cell)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                    if at == 0 {
                        out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
                    }
                }
            }
            // A line that is set in goes on as it is: nothing in it is read.
            Block::Lines(lines) => lines.iter().for_each(|line| out.push_str(&format!("    {line}\n"))),
            Block::List(items) => {
                for item in items {
                    out.push_str(&format!("- {}\n", escape(&item.text)));
                    item.under.iter().for_each(|line| out.push_str(&format!("  - {}\n", escape(line))));
                }
            }
        }
        out.push('\n');
    }
    out
}

fn escaped_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

const STYLE: &str = "body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;overflow-wrap:anywhere}\
    table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;text-align:start}";

fn html(title: &str, language: &str, blocks: &[Block]) -> String {
    let escape = escaped_html;
    let (title, language) = (escape(title), escape(language));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n"
    );
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("<h2>{}</h2>\n", escape(heading))),
            Block::Paragraph(paragraph) => out.push_str(&format!("<p>{}</p>\n", escape(paragraph))),
            Block::Picture(words) => out.push_str(&format!("<p><em>{}</em></p>\n", escape(words))),
            Block::Drawing(drawing) => out.push_str(&format!("<figure>{drawing}</figure>\n")),
            Block::Table(rows) => {
                out.push_str("<table>\n");
                for (at, row) in rows.iter().enumerate() {
                    let tag = if at == 0 { "th" } else { "td" };
                    let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
                    out.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</table>\n");
            }
            Block::Lines(lines) => {
                let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
                out.push_str(&format!("<pre style=\"white-space:pre-wrap\">{}</pre>\n", lines.join("\n")));
            }
            Block::List(items) => {
                out.push_str("<ul>\n");
                for item in items {
                    let under: String =
                        item.under.iter().map(|line| format!("<br><small>{}</small>", escape(line))).collect();
                    out.push_str(&format!("<li>{}{under}</li>\n", escape(&item.text)));
                }
                out.push_str("</ul>\n");
            }
        }
    }
    out.push_str("</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(escaped_markdown("![x](y) <b> 1. - *"), "\\!\\[x\\](y) \\<b\\> 1. - \\*");
        assert_eq!(escaped_markdown("- a"), "\\- a");
        assert_eq!(escaped_markdown("12. a"), "12\\. a");
        assert_eq!(escaped_html("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
