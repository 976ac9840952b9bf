//! Tables for `src/fold.rs`: what a character becomes when folded, and which ASCII letters a
//! foreign letter resembles (Unicode TS #39, confusables).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::kanji::standard;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

pub struct Folds {
    folds: BTreeMap<char, String>,
    lookalikes: BTreeMap<char, String>,
}

/// Latin letters that are no composition but a variant of their base, as Unicode names them: with a stroke, a hook, a
/// curl, open, turned, reversed, small capitals, those of phonetics, of medieval and of African spellings.
const VARIANTS: &[(&str, &str)] = &[
    ("a", "ɐɑɒᴀᶏᶐẚⱥꬰ"),
    ("ae", "æǣǽᴁ"),
    ("b", "ƀƃƅɓʙᴃᵬᶀꞗꞵ"),
    ("c", "ƈȼɔɕʗᴄᴐᶗↄꜿꞓꞔꬿ𝼝"),
    ("d", "đðƌȡɖɗᴅᴆᵭᶁᶑꝺꟈ"),
    ("dz", "ʣʥꭦ"),
    ("e", "ǝɇɘəɚɛɜɝɞʚᴇᶒᶓᶔᶕⱸⱻꬲꬳꬴ"),
    ("f", "ƒᵮᶂꜰꝼꞙꟻ"),
    ("g", "ǥɠɡɢʛᵷᵹᶃꞡꬶ𝼂"),
    ("h", "ħɥɦɧʜʮʯⱨꜧꞕ"),
    ("hv", "ƕ"),
    ("i", "ıɨɩɪᴉᵻᵼᶖ𝼚"),
    ("j", "ȷɉɟʄʝᴊ"),
    ("k", "ĸƙʞᴋᶄⱪꝁꝃꝅꞣ𝼃𝼐"),
    ("l", "łŀƚƛȴɫɬɭʟᴌᶅⱡꝇꝉꞁꞎꬷꬸꬹ𝼄𝼑𝼓"),
    ("ls", "ʪ"),
    ("lz", "ʫ"),
    ("m", "ɯɰɱᴍᵯᶆꟺꟿꬺ"),
    ("n", "ŋƞȵɲɳɴᴎᵰᶇꞑꞥꬻꬼ𝼔"),
    ("o", "øǿɵɷɸᴏⱺꝋꝍꟁꬽꬾ𝼛"),
    ("oe", "œɶꭢ"),
    ("ou", "ȣᴕ"),
    ("p", "ƥᴘᵱᵽᶈꝑꝓꝕꝥꝧꟼ"),
    ("q", "ɋʠꝗꝙꞯ"),
    ("r", "ɍɹɺɻɼɽɾɿʀʁᴙᴚᵲᵳᶉⱹꝛꞃꞧꭅꭆꭉꭋꭌꭨ𝼈𝼕𝼖"),
    ("s", "ƨƽȿʂʃʅʆᵴᶊᶋᶘẜẝꜱꞅꞩꟊꟗꭍ𝼋𝼌𝼞"),
    ("ss", "ß"),
    ("t", "ŧƫƭȶʇʈᴛᵵⱦꞇ𝼉𝼍"),
    ("tc", "ʨ"),
    ("th", "þ"),
    ("ts", "ʦꭧ"),
    ("u", "ʉʊᴜᴝᵾᵿᶙꞹꭎꭏꭒ"),
    ("v", "ʋʌᴠᶌỽⱱⱴꝟꝩ"),
    ("vy", "ꝡ"),
    ("w", "ʍᴡⱳꞷꟃꟽ"),
    ("x", "ᶍꭓꭔꭕꭖꭗꭘꭙ"),
    ("y", "ƴɏʎʏỿꭚ𝼆"),
    ("z", "ƶƺǯȝȥɀʐʑʒʓᴢᴣᵶᶎᶚⱬꝣ𝼘"),
];

/// Letters in black circles, black squares and brackets: A to Z from each of these on (Unicode, Enclosed Alphanumerics and
/// their supplement). Other enclosed letters are resolved by their decomposition.
const ENCLOSED: &[char] = &['\u{1F150}', '\u{1F170}', '\u{249C}', '\u{1F110}'];

impl Folds {
    pub fn new() -> Self {
        let mut folds = BTreeMap::new();
        let mut lookalikes = BTreeMap::new();
        for character in ('\u{80}'..=char::MAX).filter(|&character| is_covered(character)) {
            let folded = fold_character(character);
            if folded != character.to_string() {
                folds.insert(character, folded.clone());
            }
            if let Some(letters) = resembles(character)
                && !folded.is_ascii()
            {
                lookalikes.insert(character, letters);
            }
        }
        Self { folds, lookalikes }
    }

    /// A name as `fold` gives it, without the spaces and marks at its ends.
    pub fn name(&self, name: &str) -> String {
        self.text(name).trim_matches(|end: char| !end.is_alphanumeric()).to_owned()
    }

    /// A text as `fold` gives it.
    pub fn text(&self, text: &str) -> String {
        let mut folded = String::new();
        for character in text.chars() {
            match self.folds.get(&character) {
                Some(text) => folded.push_str(text),
                None => folded.extend(standard(character).to_lowercase()),
            }
        }
        let folded: String = folded.nfc().collect();
        let words: Vec<&str> = folded.split_whitespace().collect();
        words.join(" ")
    }

    /// The ASCII name for which `fold` takes a name that is written in look-alike letters alone.
    pub fn resolved(&self, name: &str) -> Option<String> {
        let resolved: Option<String> = name
            .chars()
            .map(|character| match self.lookalikes.get(&character) {
                Some(letters) => Some(letters.clone()),
                None if character.is_alphabetic() => None,
                None => Some(character.to_string()),
            })
            .collect();
        resolved.filter(|resolved| resolved != name).map(|resolved| self.name(&resolved))
    }

    pub fn source(&self) -> String {
        let mut source = String::new();
        table(&mut source, "FOLDS", "What a character becomes when folded.", &self.folds);
        table(
            &mut source,
            "LOOKALIKES",
            "The ASCII letters that a letter of another script resembles.",
            &self.lookalikes,
        );
        let marks = stranger_marks();
        let _ = writeln!(
            source,
            "/// Marks of other scripts, from the first to the last of each row: vowel points, accents of chant, tones.\n\
             static STRANGER_MARKS: [(u16, u16); {}] = {marks:?};",
            marks.len()
        );
        source
    }
}

/// Combining marks but those that languages write over Latin letters, which folding resolves.
fn stranger_marks() -> Vec<(u16, u16)> {
    let mut rows: Vec<(u16, u16)> = Vec::new();
    let marks = ('\u{370}'..='\u{FFFF}').filter(|&character| is_combining_mark(character));
    for mark in marks.filter_map(|mark| u16::try_from(u32::from(mark)).ok()) {
        // The sound marks of kana, and what has no shape at all, are read elsewhere.
        if matches!(mark, 0x3099..=0x309A | 0xFE00..=0xFE0F) {
            continue;
        }
        match rows.last_mut() {
            Some(last) if last.1 + 1 == mark => last.1 = mark,
            _ => rows.push((mark, mark)),
        }
    }
    rows
}

fn table(source: &mut String, name: &str, about: &str, entries: &BTreeMap<char, String>) {
    let mut texts = String::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut keys = String::new();
    let mut values = String::new();
    for (character, text) in entries {
        let place = *places.entry(text).or_insert_with(|| {
            let place = texts.len();
            texts.push_str(text);
            place
        });
        let _ = write!(keys, "{},", u32::from(*character));
        let _ = write!(values, "{},", place << 6 | text.len());
    }
    let count = entries.len();
    let _ = writeln!(
        source,
        "/// {about}\nstatic {name}: Table = Table {{ keys: &{name}_KEYS, values: &{name}_VALUES, texts: \"{}\" }};\n\
         static {name}_KEYS: [u32; {count}] = [{keys}];\n\
         static {name}_VALUES: [u32; {count}] = [{values}];",
        texts.escape_default()
    );
}

/// Left out: what folding removes or takes for a space, kana, Han and Hangul, which stay as they
/// are (`src/fold.rs` answers for these before it asks), and presentation forms of scripts in
/// which no name is held.
fn is_covered(character: char) -> bool {
    !character.is_whitespace()
        && !matches!(character,
            '\u{600}'..='\u{FFF}' | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309E}'
            | '\u{30A1}'..='\u{30FE}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE00}'..='\u{FE2F}'
            | '\u{FE70}'..='\u{FEFF}' | '\u{20000}'..)
}

fn fold_character(character: char) -> String {
    if let Some(letter) = enclosed(character) {
        return letter.to_string();
    }
    let lower: String = character.nfkd().flat_map(char::to_lowercase).collect();
    let mut folded = String::new();
    for part in lower.nfkd() {
        if let Some((base, _)) = VARIANTS.iter().find(|(_, variants)| variants.contains(part)) {
            folded.push_str(base);
        } else if !(is_combining_mark(part)
            && matches!(part, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'))
        {
            folded.push(part);
        }
    }
    folded.nfc().collect()
}

fn enclosed(character: char) -> Option<char> {
    ENCLOSED.iter().find_map(|first| {
        let place = u32::from(character).checked_sub(u32::from(*first))?;
        char::from_u32(u32::from('a') + place).filter(char::is_ascii_lowercase)
    })
}

/// The ASCII letters a letter looks like, as it stands or as a small capital.
fn resembles(character: char) -> Option<String> {
    if !character.is_alphabetic() {
        return None;
    }
    let ascii = |text: String| {
        let seen: String = skeleton(&text).nfkd().collect::<String>().to_lowercase();
        // The skeleton of m is rn, of I and 1 is l: back to the letters that are meant.
        let seen = seen.replace("rn", "m");
        let plain = !seen.is_empty() && seen.len() <= 2;
        (plain && seen.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(seen)
    };
    ascii(character.to_string()).or_else(|| {
        let upper: String = character.to_uppercase().collect();
        (character.is_lowercase() && matches!(character, '\u{370}'..='\u{58F}')).then(|| ascii(upper)).flatten()
    })
}
