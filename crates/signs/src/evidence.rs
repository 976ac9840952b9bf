//! What a sign saw: named values that a person can check against the message.

use mekiki_knowledge::fold::is_invisible;
use serde::{Serialize, Serializer};

/// Longest value kept, in characters: enough to recognise it, too short to flood a banner.
const LONGEST: usize = 300;

macro_rules! details {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal: $kind:ident,)+) => {
        /// The names that evidence may use.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Detail { $($(#[doc = $doc])+ $variant,)+ }

        impl Detail {
            /// Every name there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name as it stands in reports and, in capitals, in texts.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What kind of value it is, which decides how it is shown.
            pub const fn kind(self) -> DetailKind {
                match self { $(Self::$variant => DetailKind::$kind,)+ }
            }
        }
    };
}

details! {
    /// A mail address.
    Address = "address": Address,
    /// Another mail address, compared with the first.
    OtherAddress = "otherAddress": Address,
    /// A domain or host.
    Domain = "domain": Domain,
    /// Another domain or host, compared with the first.
    OtherDomain = "otherDomain": Domain,
    /// A whole URL.
    Url = "url": Url,
    /// The address a link shows.
    Shown = "shown": Url,
    /// A brand's name.
    Brand = "brand": Brand,
    /// Another brand's name.
    OtherBrand = "otherBrand": Brand,
    /// A name as written by the sender.
    Name = "name": Text,
    /// An IP address.
    Ip = "ip": Ip,
    /// What a host called itself.
    Greeting = "greeting": Text,
    /// A network's name.
    Network = "network": Text,
    /// A country, ISO 3166-1 alpha-2.
    Country = "country": Country,
    /// Another country, compared with the first.
    OtherCountry = "otherCountry": Country,
    /// A passage quoted from the message.
    Passage = "passage": Text,
    /// Another passage, compared with the first.
    OtherPassage = "otherPassage": Text,
    /// A calendar date, `YYYY-MM-DD`.
    Date = "date": Date,
    /// A weekday, English in lower case.
    Weekday = "weekday": Weekday,
    /// Another weekday, compared with the first.
    OtherWeekday = "otherWeekday": Weekday,
    /// The name of a header field.
    Field = "field": Text,
    /// A value as it stands in the header.
    Value = "value": Text,
    /// A number.
    Count = "count": Number,
    /// A number of hours.
    Hours = "hours": Number,
    /// A technical term that is not translated: a result, a property of CSS, the end of a name.
    Term = "term": Text,
    /// What is odd about it, one of [`crate::Trick`].
    Trick = "trick": Trick,
}

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailKind {
    /// As it is, in quotation marks where it stands in a sentence.
    Text,
    /// As it is: it is not the sender's.
    Brand,
    /// As it is, the registrable domain in bold; defanged where it leaves the program.
    Domain,
    /// The same; the recipient's own is masked in reports meant for others.
    Address,
    /// The same.
    Url,
    /// As it is.
    Ip,
    /// By the country's name in the reader's language.
    Country,
    /// By the reader's calendar.
    Date,
    /// In the reader's language.
    Weekday,
    /// In the reader's language.
    Trick,
    /// As it is.
    Number,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    detail: Detail,
    shown: String,
    pieces: Option<Pieces>,
}

/// An address around the part of its host that somebody registered, see [`mekiki_facts::Pieces`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pieces {
    /// Scheme, name and password, and the labels before that part; all of an address that names no host.
    pub before: String,
    /// The registrable domain; the whole host where it has none.
    pub domain: String,
    /// Port, path, query, fragment.
    pub after: String,
}

impl Pieces {
    pub(crate) fn of_url(address: &str) -> Self {
        mekiki_facts::Pieces::of(address).into()
    }

    /// Those of a host, or of a mailbox.
    pub(crate) fn of_name(name: &str) -> Self {
        mekiki_facts::Pieces::of_name(name).into()
    }
}

impl From<mekiki_facts::Pieces<'_>> for Pieces {
    fn from(mekiki_facts::Pieces { before, domain, after }: mekiki_facts::Pieces) -> Self {
        Self { before: presentable(before), domain: presentable(domain), after: presentable(after) }
    }
}

/// The values one sign saw, in the order of its [`crate::Sign::details`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    values: Vec<Value>,
}

impl Evidence {
    /// Evidence of one value.
    pub fn of(detail: Detail, value: impl AsRef<str>) -> Self {
        Self::default().and(detail, value)
    }

    /// Adds a value. It was written by the sender: control and invisible characters are escaped, white space is
    /// collapsed, and it is cut where it is too long.
    #[must_use]
    pub fn and(mut self, detail: Detail, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        // Of the whole value: where it is cut, its end is another.
        let pieces = match detail.kind() {
            // What a link shows is no address that anything leads to.
            _ if detail == Detail::Shown => None,
            DetailKind::Domain | DetailKind::Address => Some(Pieces::of_name(value)),
            DetailKind::Url => Some(Pieces::of_url(value)),
            _ => None,
        };
        self.values.push(Value { detail, shown: presentable(value), pieces });
        self
    }

    /// The values, in order.
    pub fn values(&self) -> impl Iterator<Item = (Detail, &str)> {
        self.values.iter().map(|value| (value.detail, value.shown.as_str()))
    }

    /// One value.
    pub fn get(&self, detail: Detail) -> Option<&str> {
        self.values().find_map(|(name, value)| (name == detail).then_some(value))
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.values.iter().map(|Value { detail, shown, pieces }| Seen {
            name: detail.name(),
            kind: detail.kind(),
            value: shown,
            pieces: pieces.as_ref(),
        }))
    }
}

/// One value as it leaves the core, with all that is needed to show it.
#[derive(Serialize)]
struct Seen<'a> {
    name: &'static str,
    kind: DetailKind,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pieces: Option<&'a Pieces>,
}

/// `value` made safe to show: see [`Evidence::and`].
pub(crate) fn presentable(value: &str) -> String {
    presentable_within(value, LONGEST)
}

/// `value` made safe to show, and no longer than so many characters: see [`Evidence::and`].
pub fn presentable_within(value: &str, longest: usize) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if value.len() <= longest && value.bytes().all(is_plain) && !value.contains("  ") {
        return value.trim_matches(' ').to_owned();
    }
    let mut shown = String::with_capacity(value.len().min(longest * 4));
    let mut length = 0;
    let mut after_space = true;
    for character in value.chars() {
        if length >= longest {
            shown.push('…');
            break;
        }
        if character.is_whitespace() {
            if !after_space {
                shown.push(' ');
                length += 1;
            }
            after_space = true;
        } else if character.is_control() || is_invisible(character) {
            shown.push_str(&format!("\\u{{{:04X}}}", u32::from(character)));
            length += 8;
            after_space = false;
        } else {
            shown.push(character);
            length += 1;
            after_space = false;
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_safe_to_show() {
        let evidence = Evidence::of(Detail::Name, " a\u{202E}b\r\n\tc\u{0}").and(Detail::Passage, "x".repeat(400));
        assert_eq!(evidence.get(Detail::Name), Some("a\\u{202E}b c\\u{0000}"));
        assert_eq!(evidence.get(Detail::Passage).map(|value| value.chars().count()), Some(LONGEST + 1));
    }

    #[test]
    fn names_are_told_apart() {
        let mut names: Vec<_> = Detail::ALL.iter().map(|detail| detail.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Detail::ALL.len());
    }
}
