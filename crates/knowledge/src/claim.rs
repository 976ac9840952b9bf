//! For which brand a message claims to speak. A name in the display name, in a letterhead or
//! under the signature is a claim; a name in passing is none: "pay with `PayPal` or Visa" in a
//! shop's mail accuses nobody. Whether the claim is true is not decided here.

use std::ops::Range;

use crate::brands::{self, Brand, Mention, same_group};
use crate::fold::{Folded, fold, words};

/// The texts of a message by place, decoded. What there is not is empty.
#[derive(Debug, Clone, Default)]
pub struct Texts<'a> {
    /// Display name of the author.
    pub display_name: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// The first lines of what is shown, one a line.
    pub letterhead: Vec<&'a str>,
    /// All of the text that is shown, letterhead and signature included.
    pub body: &'a str,
    /// The last lines of what is shown: signature, address, copyright.
    pub signature: Vec<&'a str>,
    /// `alt` texts of the pictures.
    pub image_alts: Vec<&'a str>,
    /// What the reader sees for each link.
    pub link_labels: Vec<&'a str>,
}

/// Where a brand is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The author's display name.
    DisplayName,
    /// Brackets at the beginning of the subject: `【KAGOYA】`, `[PayPal]`.
    SubjectHead,
    /// Elsewhere in the subject.
    Subject,
    /// The first lines of the text, alone on its line or in brackets.
    Letterhead,
    /// The last lines: signature, company name, copyright.
    Signature,
    /// The text of a picture.
    ImageAlt,
    /// What is shown for a link.
    LinkLabel,
    /// In passing.
    Body,
}

/// How clearly a message speaks for a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// In one place where senders name themselves, or in several weaker ones.
    Plain,
    /// In the display name or a letterhead, and in another such place.
    Strong,
}

/// A brand for which a message claims to speak.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Which.
    pub brand: &'static Brand,
    /// How clearly.
    pub strength: Strength,
    /// Where it is named, each place once, the most telling first.
    pub places: Vec<Place>,
    /// The name as it stands in the most telling place, unfolded.
    pub written: String,
    /// Whether it was dressed up anywhere: invisible, confusable or styled characters, digits for
    /// letters.
    pub disguised: bool,
}

/// A brand named somewhere in a message.
#[derive(Debug, Clone)]
pub struct Named {
    /// Where.
    pub place: Place,
    /// Which, and at which range of that text. For lists of texts: of the line or label.
    pub mention: Mention,
    /// The name as it stands there, unfolded.
    pub written: String,
    /// How much it speaks for the brand: 0 in passing, 4 for certain.
    pub weight: u8,
}

/// From this sum of weights on a message speaks for a brand.
const CLAIM: u32 = 3;

/// Everything a message names, with places. The body is read whole, once.
pub fn mentions(texts: &Texts) -> Vec<Named> {
    let mut named = Vec::new();
    read(&mut named, texts.display_name, |folded, mention| (Place::DisplayName, display_name_weight(folded, mention)));
    read(&mut named, texts.subject, |folded, mention| {
        let head = bracketed(folded.as_str(), &mention.folded);
        let first = mention.folded.start == 0;
        match (head, mention.common) {
            (true, common) => (Place::SubjectHead, if common && !fills(folded.as_str(), mention) { 1 } else { 3 }),
            (false, true) => (Place::Subject, 0),
            (false, false) => (Place::Subject, if first { 2 } else { 1 }),
        }
    });
    for line in &texts.letterhead {
        read(&mut named, line, |folded, mention| (Place::Letterhead, line_weight(folded, mention)));
    }
    for line in &texts.signature {
        read(&mut named, line, |folded, mention| (Place::Signature, line_weight(folded, mention)));
    }
    for alt in &texts.image_alts {
        read(&mut named, alt, |folded, mention| {
            (Place::ImageAlt, u8::from(line_weight(folded, mention) > 0 && !mention.common))
        });
    }
    for label in &texts.link_labels {
        read(&mut named, label, |_, mention| (Place::LinkLabel, u8::from(!mention.common)));
    }
    read(&mut named, texts.body, |_, _| (Place::Body, 0));
    named
}

/// The brand for which a message claims to speak. None where several unrelated brands are named
/// equally, which is how advertisements, statements and news look.
pub fn of(texts: &Texts) -> Option<Claim> {
    from_mentions(&mentions(texts))
}

/// The same from mentions already found.
pub fn from_mentions(named: &[Named]) -> Option<Claim> {
    let mut scores: Vec<(&'static Brand, u32)> = Vec::new();
    for brand in named.iter().filter(|named| named.weight > 0).map(|named| named.mention.brand) {
        if scores.iter().all(|(known, _)| *known != brand) {
            scores.push((brand, score(named, brand)));
        }
    }
    let &(brand, best) = scores.iter().max_by_key(|(brand, score)| {
        // Of a group, the head speaks where all are named alike.
        (*score, brand.parent.is_none(), std::cmp::Reverse(brand.id))
    })?;
    let rival = scores.iter().filter(|(other, _)| !same_group(other, brand)).map(|(_, score)| *score);
    if best < CLAIM || rival.max().is_some_and(|rival| rival >= best) {
        return None;
    }
    let mut own: Vec<&Named> = named.iter().filter(|named| named.mention.brand == brand && named.weight > 0).collect();
    own.sort_by_key(|named| (std::cmp::Reverse(named.weight), named.place));
    let mut places: Vec<Place> = Vec::new();
    for named in &own {
        if !places.contains(&named.place) {
            places.push(named.place);
        }
    }
    Some(Claim {
        brand,
        strength: if best >= 2 * CLAIM - 1 { Strength::Strong } else { Strength::Plain },
        places,
        written: own.first()?.written.clone(),
        disguised: own.iter().any(|named| named.mention.disguised),
    })
}

/// The sum over places of the strongest mention of a brand or its group in each.
fn score(named: &[Named], brand: &Brand) -> u32 {
    let mut strongest: Vec<(Place, u8)> = Vec::new();
    for named in named.iter().filter(|named| named.mention.brand == brand) {
        match strongest.iter_mut().find(|(place, _)| *place == named.place) {
            Some((_, weight)) => *weight = named.weight.max(*weight),
            None => strongest.push((named.place, named.weight)),
        }
    }
    strongest.iter().map(|(_, weight)| u32::from(*weight)).sum()
}

fn read(named: &mut Vec<Named>, text: &str, judge: impl Fn(&Folded, &Mention) -> (Place, u8)) {
    let folded = fold(text);
    for mention in brands::find(&folded) {
        let (place, weight) = judge(&folded, &mention);
        let written = text.get(mention.range.clone()).unwrap_or_default().to_owned();
        named.push(Named { place, mention, written, weight });
    }
}

/// Words a sender puts beside its own name.
const COMPANY_WORDS: &[&str] = &[
    "account",
    "accounts",
    "ag",
    "alert",
    "alerts",
    "bank",
    "billing",
    "card",
    "care",
    "center",
    "centre",
    "co",
    "company",
    "corp",
    "corporation",
    "customer",
    "department",
    "desk",
    "gmbh",
    "group",
    "help",
    "helpdesk",
    "id",
    "inc",
    "info",
    "international",
    "japan",
    "limited",
    "llc",
    "ltd",
    "mail",
    "member",
    "members",
    "news",
    "newsletter",
    "no",
    "noreply",
    "notice",
    "notification",
    "notifications",
    "office",
    "official",
    "online",
    "payment",
    "payments",
    "reply",
    "sa",
    "security",
    "service",
    "services",
    "shop",
    "store",
    "support",
    "team",
    "the",
    "update",
    "updates",
    "webmail",
    "com",
    "jp",
    "net",
    "お客様",
    "お客さま",
    "お知らせ",
    "アカウント",
    "インフォメーション",
    "オンライン",
    "カード",
    "カスタマー",
    "カスタマーサービス",
    "カスタマーサポート",
    "グループ",
    "サービス",
    "サポート",
    "サポートセンター",
    "ショップ",
    "ストア",
    "セキュリティ",
    "センター",
    "チーム",
    "メール",
    "株式会社",
    "会員",
    "公式",
    "事務局",
    "窓口",
    "銀行",
    "通知",
    "様",
    "有限会社",
    "運営",
    "お客様センター",
    "お客様サポート",
    "重要",
    "管理",
    "管理者",
    "部",
    "課",
    "本部",
    "ジャパン",
    "ポイント",
];

/// Whether a text is the name and nothing beside it but words of a company.
fn fills(text: &str, mention: &Mention) -> bool {
    words(text)
        .filter(|word| word.end <= mention.folded.start || word.start >= mention.folded.end)
        .all(|word| text.get(word).is_some_and(is_company_word))
        && text
            .get(..mention.folded.start)
            .zip(text.get(mention.folded.end..))
            .is_some_and(|(before, after)| is_company_text(before) && is_company_text(after))
}

fn is_company_word(word: &str) -> bool {
    COMPANY_WORDS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()) || is_company_text(word)
}

/// Whether what stands beside a name is company words, also such as are written without spaces.
fn is_company_text(text: &str) -> bool {
    words(text).all(|word| {
        let mut rest = text.get(word).unwrap_or_default();
        while !rest.is_empty() {
            let longest = COMPANY_WORDS
                .iter()
                .filter(|known| rest.starts_with(**known) && (!known.is_ascii() || known.len() == rest.len()))
                .max_by_key(|known| known.len());
            match longest.and_then(|known| rest.get(known.len()..)) {
                Some(tail) => rest = tail,
                None => return rest.bytes().all(|byte| byte.is_ascii_digit()),
            }
        }
        true
    })
}

fn display_name_weight(folded: &Folded, mention: &Mention) -> u8 {
    let text = folded.as_str();
    if fills(text, mention) {
        return 4;
    }
    if mention.common {
        return 0;
    }
    // "Anna via LinkedIn", "Amazon Web Design Meetup": somebody else, or perhaps so.
    if mention.folded.start == 0 { 2 } else { 1 }
}

/// A line that is the name and company words alone, its copyright line, or a bracketed name.
fn line_weight(folded: &Folded, mention: &Mention) -> u8 {
    let text = folded.as_str();
    let before = text.get(..mention.folded.start).unwrap_or_default();
    let copyright = before.contains('\u{A9}') || before.contains("(c)") || before.contains("copyright");
    let company = before.trim_end().ends_with("株式会社")
        || text.get(mention.folded.end..).is_some_and(|after| after.trim_start().starts_with("株式会社"));
    if bracketed(text, &mention.folded) || fills(text, mention) {
        2
    } else if (copyright || company) && text.chars().count() <= 200 {
        if mention.common { 1 } else { 2 }
    } else {
        0
    }
}

/// Whether a range stands in brackets with which the text begins.
fn bracketed(text: &str, range: &Range<usize>) -> bool {
    let Some(open) = text.chars().next() else { return false };
    let close = match open {
        '【' => '】',
        '[' => ']',
        '《' => '》',
        '<' => '>',
        '「' => '」',
        '『' => '』',
        '\u{3014}' => '\u{3015}',
        '(' => ')',
        _ => return false,
    };
    text.find(close).is_some_and(|end| range.end <= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(texts: &Texts) -> Option<&'static str> {
        of(texts).map(|claim| claim.brand.id)
    }

    #[test]
    fn senders_name_themselves() {
        assert_eq!(claimed(&Texts { display_name: "PayPal", ..Texts::default() }), Some("paypal"));
        assert_eq!(claimed(&Texts { subject: "【KAGOYA】お支払い方法の確認", ..Texts::default() }), Some("kagoya"));
        let both = Texts {
            display_name: "カゴヤ サポートセンター", subject: "[KAGOYA] TLS 1.0", ..Texts::default()
        };
        assert_eq!(of(&both).map(|claim| claim.strength), Some(Strength::Strong));
        let below = Texts {
            subject: "PayPal: your account",
            signature: vec!["\u{A9} 2024 PayPal, Inc. All rights reserved."],
            ..Texts::default()
        };
        assert_eq!(claimed(&below), Some("paypal"));
    }

    #[test]
    fn names_in_passing_are_no_claim() {
        let shop = Texts {
            display_name: "Example Shop",
            subject: "Your order",
            body: "Pay with PayPal or Visa. Also on Amazon.",
            ..Texts::default()
        };
        assert_eq!(claimed(&shop), None);
        assert_eq!(mentions(&shop).len(), 3);
    }

    #[test]
    fn ordinary_words_need_a_company_beside_them() {
        let name = |display_name| claimed(&Texts { display_name, ..Texts::default() });
        assert_eq!(name("Visa"), Some("visa"));
        assert_eq!(name("Visa Card Team"), Some("visa"));
        assert_eq!(name("Visa Application Centre Berlin"), None);
        assert_eq!(name("Apple Picking Club"), None);
    }
}
