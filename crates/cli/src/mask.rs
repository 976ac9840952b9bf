//! Masking the recipient in what is shown to others: the address wherever it stands, written out, percent-encoded, in
//! hexadecimal, in base64 or quoted-printable, alone or inside something longer; and the names it goes by. What
//! `extension/shared/mask.mjs` does for the add-on.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

/// What stands in place of the recipient.
const MASK: &str = "***";

/// Beginnings of addresses that say nothing of a person.
const OFFICES: &[&str] = &[
    "abuse",
    "admin",
    "billing",
    "contact",
    "hello",
    "help",
    "info",
    "mail",
    "noreply",
    "office",
    "postmaster",
    "privacy",
    "root",
    "sales",
    "security",
    "service",
    "shop",
    "support",
    "team",
    "user",
    "webmaster",
];

/// Shortest beginning of an address that is masked alone: shorter ones are part of anything.
const SHORTEST: usize = 4;

/// Times that an encoded text may be encoded again.
const DEEPEST: usize = 3;

/// Base64 as it is cut out of something longer: without its end.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
);

/// Masks the recipient.
pub struct Mask {
    /// In lower case.
    addresses: Vec<String>,
    /// In lower case; masked where they are no part of a longer word.
    words: Vec<String>,
}

impl Mask {
    /// A mask for `addresses`, and for `names` that stand beside them.
    pub fn of<'a>(addresses: impl Iterator<Item = &'a str>, names: impl Iterator<Item = &'a str>) -> Self {
        let mut addresses: Vec<String> =
            addresses.filter(|address| address.contains('@')).map(str::to_lowercase).collect();
        let locals = addresses
            .iter()
            .filter_map(|address| Some(address.rsplit_once('@')?.0))
            .filter(|local| local.len() >= SHORTEST && !OFFICES.contains(local))
            .map(str::to_owned);
        let names = names
            .map(|name| name.trim().to_lowercase())
            .filter(|name| name.chars().count() >= 2 && !OFFICES.contains(&name.as_str()) && !addresses.contains(name));
        let mut words: Vec<String> = locals.chain(names).collect();
        // Longest first, or a short one would tear a long one apart.
        for list in [&mut addresses, &mut words] {
            list.sort_by_key(|one| std::cmp::Reverse(one.len()));
            list.dedup();
        }
        Self { addresses, words }
    }

    /// `text` with the recipient masked.
    pub fn masked(&self, text: &str) -> String {
        let text = self.addresses.iter().fold(text.to_owned(), |text, address| replaced(&text, address, |_, _| true));
        let text = over_runs(&text, is_percent, |run| run.contains('%') && self.in_percent(run));
        let text = over_runs(&text, is_quoted_printable, |run| run.contains('=') && self.holds(&decoded(run, '=')));
        let text =
            over_runs(&text, |letter| letter.is_ascii_hexdigit(), |run| run.len() >= 12 && self.in_hexadecimal(run));
        let text = over_runs(&text, is_base64, |run| self.in_base64(run, 0));
        // Last: what is encoded is found whole. Latin letters alone set words apart.
        let stands_alone = |before: Option<char>, after: Option<char>| {
            ![before, after].into_iter().flatten().any(|letter| letter.is_ascii_alphanumeric())
        };
        self.words.iter().fold(text, |text, word| replaced(&text, word, stands_alone))
    }

    fn holds(&self, text: &str) -> bool {
        let text = text.to_lowercase().replace("[.]", ".");
        self.addresses.iter().any(|address| text.contains(address))
    }

    fn in_percent(&self, run: &str) -> bool {
        let mut text = run.to_owned();
        for _ in 0..DEEPEST {
            let next = decoded(&text, '%');
            if next == text {
                return false;
            }
            if self.holds(&next) || next.split(|letter| !is_base64(letter)).any(|inner| self.in_base64(inner, 0)) {
                return true;
            }
            text = next;
        }
        false
    }

    fn in_hexadecimal(&self, run: &str) -> bool {
        [0, 1].into_iter().filter_map(|start| run.get(start..)).any(|rest| {
            let digits: Vec<u8> = rest.chars().filter_map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
            let bytes: Vec<u8> =
                digits.chunks_exact(2).filter_map(|pair| Some((pair.first()? << 4) | pair.last()?)).collect();
            self.holds(&String::from_utf8_lossy(&bytes))
        })
    }

    fn in_base64(&self, run: &str, depth: usize) -> bool {
        let bare = run.trim_end_matches('=').replace('-', "+").replace('_', "/");
        (0..4).filter_map(|start| bare.get(start..)).any(|rest| {
            let even = rest.get(..rest.len() - usize::from(rest.len() % 4 == 1)).unwrap_or_default();
            if even.len() < 8 {
                return false;
            }
            let Ok(bytes) = LENIENT.decode(even) else { return false };
            let text = String::from_utf8_lossy(&bytes);
            self.holds(&text)
                || text.contains("%40") && self.in_percent(&text)
                || depth + 1 < DEEPEST
                    && text.split(|letter| !is_base64(letter)).any(|inner| self.in_base64(inner, depth + 1))
        })
    }
}

fn is_percent(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_.~+*'!-%[]".contains(letter)
}

fn is_quoted_printable(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_.+-=[]".contains(letter)
}

fn is_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "+/_-".contains(letter)
}

/// `text` with each run of letters of a kind masked where a condition holds.
fn over_runs(text: &str, is_in: fn(char) -> bool, is_meant: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (run, after) = rest.split_at(rest.find(|letter| !is_in(letter)).unwrap_or(rest.len()));
        out.push_str(if !run.is_empty() && is_meant(run) { MASK } else { run });
        let (gap, next) = after.split_at(after.find(is_in).unwrap_or(after.len()));
        out.push_str(gap);
        rest = next;
    }
    out
}

/// `text` with the bytes written as `escape` and two hexadecimal digits decoded.
fn decoded(text: &str, escape: char) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(escape) {
        bytes.extend(before.bytes());
        if let Some(byte) = after.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.extend(escape.to_string().bytes());
            rest = after;
        }
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `text` with a word masked wherever it stands, in any letter case, defanged or not, and as return paths hold it
/// (`bounce+taro=example.jp@example.net`); where what stands around it is as demanded.
fn replaced(text: &str, word: &str, is_meant: impl Fn(Option<char>, Option<char>) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = spelled(rest, word).filter(|after| is_meant(out.chars().next_back(), after.chars().next()));
        if let Some(after) = after {
            out.push_str(MASK);
            rest = after;
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// What follows a word that a text begins with.
fn spelled<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text;
    for letter in word.chars() {
        let single = letter.to_string();
        let spellings: &[&str] = match letter {
            '.' => &[".", "[.]"],
            '@' => &["@", "[@]", "="],
            _ => &[single.as_str()],
        };
        let strip = |spelling: &&str| {
            let lower: String = rest.chars().take(spelling.chars().count()).flat_map(char::to_lowercase).collect();
            let length: usize = rest.chars().take(spelling.chars().count()).map(char::len_utf8).sum();
            (lower == **spelling).then(|| rest.get(length..)).flatten()
        };
        rest = spellings.iter().find_map(strip)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    const ADDRESS: &str = "taro.yamada@example.jp";

    fn mask() -> Mask {
        Mask::of([ADDRESS, "info@example.jp"].into_iter(), ["Taro Yamada", "\u{5C71}\u{7530}"].into_iter())
    }

    #[test]
    fn the_address_is_masked_in_every_spelling() {
        let hexadecimal: String = ADDRESS.bytes().map(|byte| format!("{byte:02x}")).collect();
        let base64 = |text: &str| STANDARD.encode(text);
        for text in [
            "Taro.Yamada@Example.JP".to_owned(),
            "taro[.]yamada@example[.]jp".to_owned(),
            "taro.yamada%40example.jp".to_owned(),
            "taro%2Eyamada%2540example[.]jp".to_owned(),
            "taro.yamada=40example.jp".to_owned(),
            "taro.yamada=example.jp".to_owned(),
            base64(ADDRESS).trim_end_matches('=').to_owned(),
            base64(&format!("a{ADDRESS}c")).trim_end_matches('=').to_owned(),
            base64(&base64(ADDRESS)).trim_end_matches('=').to_owned(),
            hexadecimal.to_uppercase(),
            hexadecimal,
        ] {
            assert_eq!(mask().masked(&text), MASK, "{text}");
        }
        let inside = format!("hxxps://evil[.]test/?m={}&x=1", STANDARD.encode(ADDRESS).trim_end_matches('='));
        assert_eq!(mask().masked(&inside), "hxxps://evil[.]test/?m=***&x=1");
    }

    #[test]
    fn names_are_masked_alone_not_inside_words() {
        assert_eq!(mask().masked("Dear taro yamada, \u{5C71}\u{7530}!"), "Dear ***, ***!");
        assert_eq!(mask().masked("?u=taro.yamada&x"), "?u=***&x");
        assert_eq!(mask().masked("xtaro.yamada"), "xtaro.yamada");
    }

    #[test]
    fn what_is_not_the_recipient_stays() {
        for text in [
            "information, info, example.jp",
            "hxxps://example[.]org/aGVsbG8gd29ybGQ=/1234567890abcdef12",
            "100% of 50%25",
        ] {
            assert_eq!(mask().masked(text), text);
        }
    }
}
