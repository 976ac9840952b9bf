//! For which brand a message claims to speak. A name in the display name, in a letterhead or
//! under the signature is a claim; a name in passing is none: "pay with `PayPal` or Visa" in a
//! shop's mail accuses nobody. Whether the claim is true is not decided here.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
    iter,
    ops::Range,
};

use crate::subject;
use mekiki_knowledge::{
    brands::{Brand, Mention, Own, same_group},
    fold::{Folded, fold, is_invisible, words},
    lookalike,
    vocabulary::{
        OFFICE_BEHIND_NAME, RIGHTS_RESERVED, THING, is_beside_name, is_company_text, is_company_word,
        is_company_word_drawn_out,
    },
    words::apart,
};

/// The texts of a message by place, decoded. What there is not is empty.
#[derive(Debug, Clone, Default)]
pub struct Texts<'a> {
    /// Display name of the author.
    pub display_name: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Names of further authors and further subjects, where there are several: which of them is shown is the mail client's
    /// affair.
    pub other_names: Vec<&'a str>,
    pub other_subjects: Vec<&'a str>,
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

/// A brand for which a message claims to speak.
#[derive(Debug, Clone)]
pub struct Claim<'b> {
    /// Which.
    pub brand: &'b Brand<'b>,
    /// What it calls itself where nothing stands there but the name and words of any company: the display name, or
    /// brackets at the beginning of the subject behind a display name that names nobody.
    pub alone: Option<String>,
    /// The name as written, where letters stand in it that only look like its own.
    pub alike: Option<String>,
}

/// A brand named somewhere in a message.
#[derive(Debug, Clone)]
pub struct Named<'b> {
    /// Where.
    pub place: Place,
    /// Which, and at which range of that text. For lists of texts: of the line or label.
    pub mention: Mention<'b>,
    /// How much it speaks for the brand: 0 in passing, 4 for certain.
    pub weight: u8,
    /// Whether it is part of a mail or web address, which names somebody's host and not the brand.
    pub is_address: bool,
    /// What is written there, where it fills the place or where letters only look like those of the name.
    pub written: Option<String>,
    /// Whether letters only look like those of the name.
    pub is_alike: bool,
}

/// From this sum of weights on a message speaks for a brand.
const CLAIM: u32 = 3;

/// Everything a message names, with places: brands of the directory and the reader's own. The body, which speaks for
/// nobody, is read where it can make a brand the [`topic`] alone; `is_brief` as there.
pub fn mentions<'b>(texts: &Texts, own: &'b Own, is_brief: bool) -> Vec<Named<'b>> {
    let is_japanese =
        [texts.display_name, texts.subject].into_iter().chain(texts.letterhead.iter().copied()).any(has_kana);
    let mut found = Reading { own, is_japanese, named: Vec::new(), nameless: HashSet::new() };
    let by_name =
        |folded: &Folded, mention: &Mention, _: bool| (Place::DisplayName, display_name_weight(folded, mention));
    let closed_up = closed_up(texts.display_name);
    let name = closed_up.as_deref().unwrap_or(texts.display_name);
    found.read(name, by_name);
    let small = apart_in_small_letters(name);
    // Capitals part words where nothing invisible stands before them; what adorns a name is none of it.
    let seen: String = name.chars().filter(|character| !is_invisible(*character)).collect();
    let bare = seen.trim_matches(|character: char| !character.is_alphanumeric());
    let meant = [Some(apart_from_office(bare)), apart::together(name), apart::without_splits(name)];
    for name in meant.iter().flatten() {
        if found.named.is_empty() {
            found.read(name, by_name);
        }
    }
    if found.named.is_empty() {
        // iVisa and Visaservice are firms of their own.
        let telling = |folded: &Folded, mention: &Mention, is_address: bool| match by_name(folded, mention, is_address)
        {
            (place, _) if mention.common => (place, 0),
            judged => judged,
        };
        for name in [without_small_letter(name), small.as_str()] {
            found.read(name, telling);
        }
    }
    if found.named.is_empty() {
        found.named.extend(misspelt(texts.display_name));
    }
    // What it says it came by says nothing of who sent it: whether a list wrote that is asked elsewhere.
    let (before_via, _) = texts.display_name.split_once(" via ").unwrap_or_default();
    if found.named.iter().all(|named| named.weight < FILLS) {
        found.read(before_via, by_name);
    }
    for name in &texts.other_names {
        found.read(name, by_name);
    }
    let has_own_name = has_own_name(texts.display_name, &found.named);
    for subject in iter::once(&texts.subject).chain(&texts.other_subjects) {
        let head = OnceCell::new();
        found.read(subject, |folded, mention, is_address| {
            let head = head.get_or_init(|| Head::of(folded.as_str()));
            subject_weight(folded, mention, is_address, head, has_own_name)
        });
    }
    let most = if has_own_name { 1 } else { 3 };
    let heads = |folded: &Folded, mention: &Mention, is_address: bool| {
        (Place::Letterhead, line_weight(folded, mention, is_address).min(most))
    };
    // In a short message the same lines are the first and the last. Each counts once, and whoever was named in the first
    // half signs in the latter.
    let is_short = texts.signature.iter().all(|line| texts.letterhead.contains(line));
    let half = if is_short { texts.letterhead.len().div_ceil(2) } else { texts.letterhead.len() };
    let (first_half, latter_half) = texts.letterhead.split_at(half);
    for line in first_half {
        found.read(start(line), heads);
    }
    let headed: Vec<&Brand<'_>> =
        found.named.iter().filter(|named| named.place == Place::Letterhead).map(|named| named.mention.brand).collect();
    for line in latter_half.iter().filter(|line| !first_half.contains(line)) {
        found.read(start(line), |folded, mention, is_address| {
            let is_signed = headed.contains(&mention.brand);
            if is_signed { signs(folded, mention, is_address) } else { heads(folded, mention, is_address) }
        });
    }
    for line in texts.signature.iter().filter(|line| !texts.letterhead.contains(line)) {
        found.read(start(line), signs);
    }
    for alt in &texts.image_alts {
        found.read(alt, |folded, mention, is_address| {
            (Place::ImageAlt, u8::from(line_weight(folded, mention, is_address) > 0 && !mention.common))
        });
    }
    for label in &texts.link_labels {
        found.read(label, |_, mention, _| (Place::LinkLabel, u8::from(!mention.common)));
    }
    let mut first: Vec<&Brand<'_>> = Vec::new();
    for brand in found.named.iter().filter(|named| is_spoken_first(named.place)).map(|named| named.mention.brand) {
        if !first.contains(&brand) {
            first.push(brand);
        }
    }
    let nearly = TOPIC - u32::from(is_brief) - 1;
    if first.into_iter().any(|brand| prominence(&found.named, brand) >= nearly) {
        found.read(texts.body, |_, _, _| (Place::Body, 0));
    }
    found.named
}

/// The texts of a message being read.
struct Reading<'a, 'b> {
    own: &'b Own<'b>,
    /// Whether it is written in Japanese, where short names in Latin letters are Japanese brands'.
    is_japanese: bool,
    named: Vec<Named<'b>>,
    /// Texts that name nobody. Pictures, their links and the titles beside them say the same: it is read once.
    nameless: HashSet<&'a str>,
}

impl<'a> Reading<'a, '_> {
    /// `judge` gives place and weight of a mention; it is told whether that is part of an address.
    fn read(&mut self, text: &'a str, judge: impl Fn(&Folded, &Mention, bool) -> (Place, u8)) {
        if text.is_empty() || self.nameless.contains(text) {
            return;
        }
        let folded = fold(text);
        let mentions = self.own.find(&folded);
        if mentions.is_empty() {
            self.nameless.insert(text);
        }
        let mut addresses = Addresses { text: folded.as_str(), word: 0..0, is_address: false };
        let mut times: HashMap<(&str, u8, bool), usize> = HashMap::new();
        for mention in mentions {
            let is_address = addresses.hold(&mention.folded);
            let (place, weight) = judge(&folded, &mention, is_address);
            // Whoever runs the software sends under its name; a dome or a gift card bears the name and is not the brand.
            let behind = folded.as_str().get(mention.folded.end..).unwrap_or_default();
            let is_a_thing = THING.iter().any(|thing| behind.trim_start().starts_with(thing));
            let is_foreign_word =
                mention.common && mention.brand.country == "JP" && mention.name.is_ascii() && !self.is_japanese;
            let counts = !mention.brand.self_hosted && !is_a_thing && !is_foreign_word;
            let weight = if counts { weight } else { 0 };
            let times = times.entry((mention.brand.id, weight, is_address)).or_default();
            *times += 1;
            if *times > MOST_ALIKE {
                continue;
            }
            let is_alike = is_alike(&folded, &mention);
            let written = match place {
                _ if is_alike => text.get(mention.range.clone()),
                Place::DisplayName if weight == FILLS => Some(text),
                Place::SubjectHead if weight == FILLS => text.get(mention.range.clone()),
                _ => None,
            };
            let written = written.map(str::to_owned);
            self.named.push(Named { place, mention, weight, is_address, written, is_alike });
        }
    }
}

/// As much of a line as is seen of it at once.
fn start(line: &str) -> &str {
    line.get(..line.floor_char_boundary(LONGEST_LINE)).unwrap_or(line)
}

/// Most bytes of that.
const LONGEST_LINE: usize = 4_000;

/// A line at the end of the text.
fn signs(folded: &Folded, mention: &Mention, is_address: bool) -> (Place, u8) {
    (Place::Signature, line_weight(folded, mention, is_address))
}

/// How often a name is noted that stands in one text again and again and each time says the same.
const MOST_ALIKE: usize = 2;

/// Whether a text is written with kana.
fn has_kana(text: &str) -> bool {
    text.contains(|character: char| matches!(character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}'))
}

/// A name in which every letter stands by itself, closed up: "N o r t o n   請 求 部". What parts most of its letters is no
/// end of a word, what parts fewer is.
pub fn closed_up(name: &str) -> Option<String> {
    if let Some(closed) = apart::closed_up(name) {
        return Some(closed);
    }
    let letters = name.split_whitespace();
    let is_apart = letters.clone().count() >= LEAST_APART && letters.clone().all(|piece| piece.chars().count() == 1);
    if !is_apart {
        return None;
    }
    let gaps: Vec<&str> =
        name.trim().split(|letter: char| !letter.is_whitespace()).filter(|gap| !gap.is_empty()).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for gap in &gaps {
        *times.entry(gap).or_default() += 1;
    }
    let usual = gaps.iter().max_by_key(|gap| times.get(*gap))?;
    let ends = gaps.iter().map(|gap| if gap == usual { "" } else { " " }).chain([""]);
    Some(letters.zip(ends).flat_map(|(letter, end)| [letter, end]).collect())
}

/// Letters from which on a name that is written letter by letter is read as one.
const LEAST_APART: usize = 4;

/// A name with a space between it and an office, or a small word, that is written to it: `TetherTeam`, `ServicePayPal`.
/// Behind the name not before any capital, since companies begin with a brand's name: ZoomCare is not Zoom's.
fn apart_from_office(name: &str) -> String {
    let name = name.trim();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = name;
    // In front: humps that say nothing of whose name follows.
    while let Some(end) = rest.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase()).map(|(at, _)| at)
    {
        let Some((hump, behind)) = rest.split_at_checked(end) else { break };
        let is_beside =
            hump.bytes().all(|letter| letter.is_ascii_alphabetic()) && is_beside_name(&hump.to_ascii_lowercase());
        if !is_beside {
            break;
        }
        parts.push(hump);
        rest = behind;
    }
    let office = OFFICE_BEHIND_NAME.iter().find(|office| rest.ends_with(**office) && rest.len() > office.len());
    let brand = office.and_then(|office| rest.strip_suffix(*office));
    match (brand, office) {
        (Some(brand), Some(office)) if brand.ends_with(|letter: char| letter.is_lowercase()) => {
            parts.extend([brand, office]);
        }
        _ => parts.push(rest),
    }
    if parts.len() > 1 { parts.join(" ") } else { String::new() }
}

/// A name without the small letter that is put before it: `iPayPal`, `xPayPal`; nothing where there is none.
fn without_small_letter(name: &str) -> &str {
    let mut letters = name.chars();
    let is_prefixed = letters.next().is_some_and(|letter| letter.is_ascii_lowercase())
        && letters.clone().next().is_some_and(|letter| letter.is_ascii_uppercase());
    if is_prefixed { letters.as_str() } else { "" }
}

/// A word in small letters with a space between a name and the office that is written to it: `paypalsupport`.
fn apart_in_small_letters(word: &str) -> String {
    if !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return String::new();
    }
    let mut offices = OFFICE_BEHIND_NAME.iter().map(|office| office.to_ascii_lowercase());
    let apart = offices.find_map(|office| {
        let behind = word.strip_suffix(office.as_str()).map(|name| format!("{name} {office}"));
        behind.or_else(|| word.strip_prefix(office.as_str()).map(|name| format!("{office} {name}")))
    });
    apart.unwrap_or_default()
}

/// The brand that a display name means in which nothing stands but its name with a slip, and words that say nothing of
/// whose name it is: `PayPall`, `Amazzon Support`.
fn misspelt<'b>(display_name: &str) -> Option<Named<'b>> {
    let folded = fold(display_name);
    let text = folded.as_str();
    let mut names = words(text).filter(|word| !text.get(word.clone()).is_some_and(is_beside_name));
    let word = names.next().filter(|_| names.next().is_none())?;
    let brand = lookalike::of_misspelt_name(text.get(word.clone())?)?;
    let mention = Mention {
        brand,
        name: brand.name,
        range: folded.original(&word),
        folded: word,
        common: false,
        disguised: true,
    };
    let written = Some(display_name.to_owned());
    Some(Named { place: Place::DisplayName, mention, weight: FILLS, is_address: false, written, is_alike: false })
}

/// The brand for which a message claims to speak, by what it names. None where several unrelated brands are named
/// equally, which is how advertisements, statements and news look.
pub fn from_mentions<'b>(named: &[Named<'b>]) -> Option<Claim<'b>> {
    let mut scores: Vec<(&'b Brand<'b>, u32)> = Vec::new();
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
    let mut own: Vec<&Named<'b>> =
        named.iter().filter(|named| named.mention.brand == brand && named.weight > 0).collect();
    // A name in the foot alone is that of the service that a shop or a craftsman sends his bills with.
    let is_said_first = |named: &Named| {
        is_spoken_first(named.place) && (named.weight > 0 || !named.is_address) && named.mention.brand == brand
    };
    // Who signs with it and claims the rights as well is nobody's customer.
    let signed = own.iter().filter(|named| named.place == Place::Signature && named.weight == SIGNS).count();
    if !named.iter().any(is_said_first) && signed < 2 {
        return None;
    }
    own.sort_by_key(|named| (std::cmp::Reverse(named.weight), named.place));
    let written = |is_one: &dyn Fn(&Named) -> bool| own.iter().find(|named| is_one(named))?.written.clone();
    let alone = written(&|named| named.weight == FILLS);
    let alike = written(&|named| named.is_alike && is_spoken_first(named.place));
    Some(Claim { brand, alone, alike })
}

/// Whether a place is one in which a sender says who it is before saying anything else.
fn is_spoken_first(place: Place) -> bool {
    matches!(place, Place::DisplayName | Place::SubjectHead | Place::Subject | Place::Letterhead)
}

/// The brand that a message is about, whether or not it speaks for it: named in its display name, subject or first
/// lines and in other places besides, more than any other. "Win a voucher of Lidl" speaks in nobody's name and borrows
/// Lidl's all the same.
///
/// In a message of few words, or a picture in place of words, there are no other places: one is enough.
pub fn topic<'b>(named: &[Named<'b>], is_brief: bool) -> Option<&'b Brand<'b>> {
    let mut scores: Vec<(&'b Brand<'b>, u32)> = Vec::new();
    for brand in named.iter().map(|named| named.mention.brand).filter(|brand| !brand.self_hosted) {
        if scores.iter().all(|(known, _)| *known != brand) {
            scores.push((brand, prominence(named, brand)));
        }
    }
    let &(brand, best) =
        scores.iter().max_by_key(|(brand, score)| (*score, brand.parent.is_none(), std::cmp::Reverse(brand.id)))?;
    let rival = scores.iter().filter(|(other, _)| !same_group(other, brand)).map(|(_, score)| *score);
    (best >= TOPIC - u32::from(is_brief) && rival.max().is_none_or(|rival| rival < best)).then_some(brand)
}

/// From this prominence on a brand is what a message is about.
const TOPIC: u32 = 3;

/// How much a brand stands out: in how many places it is named, display name and subject counting double. Nothing
/// where none of the places is one that the reader sees first.
fn prominence(named: &[Named], brand: &Brand) -> u32 {
    let of_place = |place: Place| {
        named.iter().filter(move |named| named.place == place && named.mention.brand == brand && !named.is_address)
    };
    let first: u32 = [Place::DisplayName, Place::SubjectHead, Place::Subject]
        .into_iter()
        .filter_map(|place| of_place(place).map(|named| if named.mention.common { 1 } else { 2 }).max())
        .sum();
    let letterhead = u32::from(of_place(Place::Letterhead).next().is_some());
    if first + letterhead == 0 {
        return 0;
    }
    let others = [Place::Signature, Place::ImageAlt, Place::LinkLabel]
        .into_iter()
        .filter(|place| of_place(*place).next().is_some())
        .count();
    // In a text that names it twice at least it is no aside.
    let body = u32::from(of_place(Place::Body).nth(1).is_some());
    first + letterhead + u32::try_from(others).unwrap_or_default() + body
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

/// Whether a text is the name and nothing beside it but words of a company.
fn fills(text: &str, mention: &Mention) -> bool {
    text.len() <= LONGEST
        && words(text)
            .filter(|word| word.end <= mention.folded.start || word.start >= mention.folded.end)
            .all(|word| text.get(word).is_some_and(is_company_word))
        && text
            .get(..mention.folded.start)
            .zip(text.get(mention.folded.end..))
            .is_some_and(|(before, after)| is_company_text(before) && is_company_text(after))
}

/// Whether a display name is the name and nothing beside it but such words, and small ones that are put before a name.
fn fills_name(text: &str, mention: &Mention) -> bool {
    let (before, after) = (text.get(..mention.folded.start), text.get(mention.folded.end..));
    let is_beside =
        |text: &str| text.len() <= LONGEST && words(text).all(|word| text.get(word).is_some_and(is_beside_name));
    fills(text, mention) || before.zip(after).is_some_and(|(before, after)| is_beside(before) && is_beside(after))
}

/// Bytes of text beyond which nothing is only a name and words of a company.
const LONGEST: usize = 600;

/// The weight of a name that fills the display name.
const FILLS: u8 = 4;
/// Weight of a line that is the name and company words alone, or its copyright line.
const SIGNS: u8 = 2;

/// A name that fills the display name is who it says it is from. One with which it begins
/// ("PayPal - limited offer") nearly so, and one that somebody dressed up, wherever it stands; one behind other words may
/// belong to somebody else ("Anna via LinkedIn").
fn display_name_weight(folded: &Folded, mention: &Mention) -> u8 {
    let text = folded.as_str();
    if fills_name(text, mention) {
        return FILLS;
    }
    let before = text.get(..mention.folded.start).unwrap_or_default();
    let after = text.get(mention.folded.end..).unwrap_or_default();
    if before.is_empty() && is_surname(text, mention) {
        return 0;
    }
    match (mention.common, before.len() <= LONGEST && is_company_text(before)) {
        // A word that means the brand where a company's word is joined to it: ETCメール.
        (true, true) if before.is_empty() && is_joined_to_office(after) => 2,
        // The same where it stands behind it: "Norton Billing - last notice".
        (true, true) if before.is_empty() && is_before_office(after) => 3,
        (true, _) => 0,
        (false, true) => 3,
        (false, false) if mention.disguised || after.is_empty() && is_from_house(before) => 3,
        (false, false) => 1,
    }
}

/// Whether a name is written with letters that only look like its own, other than in mathematical or foreign letters,
/// which some newsletters like.
fn is_alike(folded: &Folded, mention: &Mention) -> bool {
    mention.disguised && !folded.is_disguised(&mention.folded)
}

/// Whether a text ends with the word that says for whom somebody writes, `Kevin @`, or from whom it is: `Free phone from`.
fn is_from_house(before: &str) -> bool {
    let mut names: Vec<&str> = before.split_whitespace().collect();
    let Some(last) = names.pop().filter(|last| FROM.contains(last)) else { return false };
    // "at" and the like stand in any sentence.
    let is_person = names.len() <= 2 && names.iter().all(|name| name.chars().all(char::is_alphabetic));
    !names.is_empty() && (is_person || last == "from")
}

/// Words that stand between a person and the house that the person writes for.
/// Not those that stand in names of people as well (de, von, da).
const FROM: &[&str] = &["@", "at", "bei", "chez", "from"];

/// Whether a text begins with a space and a company's word, and goes on behind a mark.
fn is_before_office(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(' ') else { return false };
    let Some(word) = words(rest).next().filter(|word| word.start == 0) else { return false };
    let behind = rest.get(word.end..).unwrap_or_default().trim_start();
    rest.get(word).is_some_and(is_company_word) && behind.starts_with(|mark: char| !mark.is_alphanumeric())
}

/// Whether a text begins with a company's word in a script that puts no spaces between words.
fn is_joined_to_office(text: &str) -> bool {
    let word = words(text).next().filter(|word| word.start == 0).and_then(|word| text.get(word));
    word.is_some_and(|word| has_kana(word) && (is_company_text(word) || is_company_word_drawn_out(word)))
}

/// Whether the display name names somebody who is no brand of ours, and is neither empty, an address nor the words of any
/// office, nor made up with a number as machines do: a shop, a firm, a person. What such a sender writes at the head of a
/// subject is what it is about.
fn has_own_name(display_name: &str, named: &[Named]) -> bool {
    let folded = fold(display_name);
    named.is_empty()
        && !display_name.contains('@')
        && !is_company_text(folded.as_str())
        && !is_numbered(folded.as_str())
}

/// Fewest digits of a number that nobody has in a name but a machine.
const NUMBER: usize = 4;

/// Whether a name is one word with a number at its end: `mysterybox3144`.
fn is_numbered(name: &str) -> bool {
    let letters = name.trim_end_matches(|character: char| character.is_ascii_digit());
    name.len() >= letters.len() + NUMBER && letters.bytes().all(|letter| letter.is_ascii_alphabetic())
}

/// Whether a name of one word stands before a comma and one or two words that no company has: "Rossmann, Anna".
fn is_surname(text: &str, mention: &Mention) -> bool {
    let Some(given) = text.get(mention.folded.end..).and_then(|after| after.strip_prefix(", ")) else { return false };
    let names: Vec<&str> = given.split(' ').collect();
    // Nobody is called by a word with a capital inside: "PayPal, Kevin".
    let is_composed = mention.brand.name.chars().skip(1).any(char::is_uppercase);
    !is_composed
        && words(mention.name).count() == 1
        && names.len() <= 2
        && names
            .iter()
            .all(|name| name.trim_end_matches('.').chars().all(char::is_alphabetic) && !is_company_word(name))
}

/// How a subject begins.
struct Head {
    /// Bytes of the marks of an answer or of what is passed on.
    marks: usize,
    /// Where the brackets behind those are closed.
    brackets: Option<usize>,
}

impl Head {
    fn of(subject: &str) -> Self {
        let behind = subject::without_marks(subject);
        let marks = subject.len() - behind.len();
        Self { marks, brackets: brackets(behind).map(|(_, end)| marks + end) }
    }
}

/// The head of the subject speaks for its sender, its first word nearly so.
fn subject_weight(
    folded: &Folded,
    mention: &Mention,
    is_address: bool,
    head: &Head,
    has_own_name: bool,
) -> (Place, u8) {
    let text = folded.as_str();
    let is_head = head.brackets.is_some_and(|end| mention.folded.end.max(head.marks) <= end);
    let place = if is_head { Place::SubjectHead } else { Place::Subject };
    // Square brackets are where mailing lists put their tags, which name products and words; what is answered or passed
    // on has somebody else's head.
    let is_tag = head.marks > 0 || text.starts_with('[');
    let weight = match place {
        Place::SubjectHead if !mention.common && !has_own_name && !is_tag && is_alone_in_brackets(text, mention) => {
            FILLS
        }
        Place::SubjectHead if mention.common => {
            // "HP" and the like mean something else as a heading.
            if is_alone_in_brackets(text, mention) && !is_tag && !has_own_name && mention.name.len() > 2 {
                3
            } else {
                0
            }
        }
        _ if mention.common || is_address => 0,
        _ if has_own_name => 1,
        Place::SubjectHead => 3 - u8::from(is_tag),
        // A subject that says nothing but whose it is, and a word of a company's: USPS_Giveaway.
        _ if mention.folded.start == 0
            && fills(text, mention)
            && words(text).any(|word| word.start >= mention.folded.end) =>
        {
            3
        }
        _ if mention.folded.start == 0 => 2,
        _ => 1,
    };
    (place, weight)
}

/// A line that is the name and company words alone, its copyright line, or a bracketed name.
fn line_weight(folded: &Folded, mention: &Mention, is_address: bool) -> u8 {
    let text = folded.as_str();
    if is_address {
        return 0;
    }
    if fills(text, mention) {
        return if mention.common { 1 } else { SIGNS };
    }
    // Nobody writes a name so who has nothing to hide.
    if is_alike(folded, mention) && !mention.common {
        return 3;
    }
    if text.len() > LONGEST {
        return 0;
    }
    let before = text.get(..mention.folded.start).unwrap_or_default();
    let after = text.get(mention.folded.end..).unwrap_or_default().trim_start();
    let copyright = ["\u{A9}", "(c)", "copyright"].iter().any(|sign| before.contains(sign))
        || RIGHTS_RESERVED.iter().any(|words| after.contains(words)) && is_company_text(before);
    let company = before.trim_end().ends_with("株式会社") || after.starts_with("株式会社");
    let head = bracketed(text, &mention.folded);
    if (copyright || company || head) && text.chars().count() <= 200 {
        if mention.common { 1 } else { SIGNS }
    } else {
        0
    }
}

/// The mail and web addresses of a folded text, asked for one mention after the other.
struct Addresses<'t> {
    text: &'t str,
    /// The word asked for last: what stands between two spaces.
    word: Range<usize>,
    /// Whether that one is an address.
    is_address: bool,
}

impl Addresses<'_> {
    /// Whether a range is part of one: `someone@docomo.ne.jp`, `www.paypal.com`. What a low line joins to other words is
    /// none (`USPS_Giveaway`); what a hyphen joins is a thing of that name at most (`Amazon-Gutschein`).
    fn hold(&mut self, range: &Range<usize>) -> bool {
        let (before, rest) =
            (self.text.get(..range.start).unwrap_or_default(), self.text.get(range.start..).unwrap_or_default());
        let mut ahead = before.chars().rev();
        let mut behind = self.text.get(range.end..).unwrap_or_default().chars();
        let sides = [(ahead.next(), ahead.next()), (behind.next(), behind.next())];
        let is_joined = |marks: &[char]| {
            sides.iter().any(|(mark, next)| {
                mark.is_some_and(|mark| marks.contains(&mark))
                    && next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '/')
            })
        };
        if sides.iter().any(|(mark, _)| *mark == Some('@')) || is_joined(&['-']) {
            return true;
        }
        if !is_joined(&['.', '/', '_']) {
            return false;
        }
        if !self.word.contains(&range.start) {
            let start = before.rfind(' ').map_or(0, |space| space + 1);
            self.word = start..range.start + rest.find(' ').unwrap_or(rest.len());
            self.is_address = self.text.get(self.word.clone()).is_some_and(is_address);
        }
        self.is_address
    }
}

/// Whether a word is a mail or web address.
fn is_address(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default().trim_matches(|mark: char| !mark.is_alphanumeric());
    let end = host.rsplit('.').next().unwrap_or_default();
    let is_host = end.len() < host.len()
        && (2..=TOP_LEVEL).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_host || word.contains(['@', ':'])
}

/// Most letters of a top-level domain in Latin letters (the longest of IANA's list has 18).
const TOP_LEVEL: usize = 18;

/// Whether the brackets at the beginning hold the name and company words alone.
fn is_alone_in_brackets(text: &str, mention: &Mention) -> bool {
    let Some((start, end)) = brackets(text).filter(|(_, end)| *end <= LONGEST) else { return false };
    let before = text.get(start..mention.folded.start).unwrap_or_default();
    let after = text.get(mention.folded.end..end).unwrap_or_default();
    is_company_text(before) && is_company_text(after)
}

/// Whether a range stands in brackets with which the text begins.
fn bracketed(text: &str, range: &Range<usize>) -> bool {
    brackets(text).is_some_and(|(_, end)| range.end <= end)
}

/// Where the content of the brackets begins and ends with which a text begins.
fn brackets(text: &str) -> Option<(usize, usize)> {
    let open = text.chars().next()?;
    let close = match open {
        '【' => '】',
        '[' => ']',
        '《' => '》',
        '<' => '>',
        '「' => '」',
        '『' => '』',
        '\u{3014}' => '\u{3015}',
        '(' => ')',
        _ => return None,
    };
    text.find(close).map(|end| (open.len_utf8(), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    /// No brand of a user's.
    static NOBODY: LazyLock<Own<'static>> = LazyLock::new(Own::default);

    fn of(texts: &Texts) -> Option<Claim<'static>> {
        from_mentions(&mentions(texts, &NOBODY, false))
    }

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
        assert_eq!(of(&both).and_then(|claim| claim.alone).as_deref(), Some("カゴヤ サポートセンター"));
        let head =
            Texts {
                display_name: "自動メール送信", subject: "【三井住友 カード】お支払い金額", ..Texts::default()
            };
        assert_eq!(of(&head).and_then(|claim| claim.alone).as_deref(), Some("三井住友 カード"));
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
        assert_eq!(mentions(&Texts { subject: "PayPal", ..shop }, &NOBODY, false).len(), 4);
    }

    #[test]
    fn tags_of_lists_and_addresses_are_no_claim() {
        let list = Texts { display_name: "Anna Example", subject: "[PayPal] Re: SDK build", ..Texts::default() };
        assert_eq!(claimed(&list), None);
        let bounce = Texts {
            display_name: "Mail Delivery Subsystem",
            subject: "Returned mail: see transcript for details",
            letterhead: vec!["<someone@paypal.com>", "mx.paypal.com"],
            signature: vec!["<someone@paypal.com>", "... while talking to mx.paypal.com"],
            ..Texts::default()
        };
        assert_eq!(claimed(&bounce), None);
    }

    #[test]
    fn a_short_message_names_itself_once() {
        let line = "Visa";
        let texts = Texts { letterhead: vec![line], signature: vec![line], body: line, ..Texts::default() };
        assert_eq!(claimed(&texts), None);
    }

    #[test]
    fn software_that_others_run_is_no_sender() {
        assert_eq!(claimed(&Texts { display_name: "WordPress", ..Texts::default() }), None);
    }

    #[test]
    fn a_name_behind_a_person_is_no_claim() {
        let name = |display_name| claimed(&Texts { display_name, ..Texts::default() });
        assert_eq!(name("Anna Example via PayPal"), None);
        assert_eq!(name("Rossmann, Anna"), None);
        assert_eq!(name("Rossmann, Kundenservice"), Some("rossmann"));
        assert_eq!(name("PayPal, Inc."), Some("paypal"));
        assert_eq!(name("Banco.PayPal"), Some("paypal"));
        assert_eq!(name("PayPal - limited offer"), Some("paypal"));
    }

    #[test]
    fn what_a_shop_writes_at_the_head_of_a_subject_is_its_topic() {
        let head = |display_name, subject| claimed(&Texts { display_name, subject, ..Texts::default() });
        assert_eq!(head("和菓子の例屋", "【Amazon Pay】ご利用いただけます"), None);
        assert_eq!(head("", "【Amazon】お支払い方法の確認"), Some("amazon"));
        assert_eq!(head("お知らせ", "【Amazon】お支払い方法の確認"), Some("amazon"));
        assert_eq!(head("", "【HP】お問い合わせ"), None);
        assert_eq!(head("", "【みずほPayPayドーム福岡公演】のお知らせ"), None);
    }

    #[test]
    fn the_service_that_sends_the_bills_does_not_speak() {
        let bill = Texts {
            display_name: "Example Roofing, LLC",
            subject: "Invoice 1542 from Example Roofing, LLC",
            signature: vec!["\u{A9} Intuit, Inc. All rights reserved."],
            image_alts: vec!["Intuit"],
            link_labels: vec!["Intuit"],
            ..Texts::default()
        };
        assert_eq!(claimed(&bill), None);
    }

    #[test]
    fn what_a_message_is_about_need_not_be_its_sender() {
        let about = |texts: &Texts| topic(&mentions(texts, &NOBODY, false), false).map(|brand| brand.id);
        let voucher = Texts {
            display_name: "Supermarket Team",
            subject: "Ihr Gratis Lidl Gutschein",
            letterhead: vec!["Gewinne einen 500\u{20AC} LIDL GUTSCHEIN"],
            body: "Gewinne einen 500\u{20AC} LIDL GUTSCHEIN",
            ..Texts::default()
        };
        assert_eq!(claimed(&voucher), None);
        assert_eq!(about(&voucher), Some("lidl"));
        let shop = Texts {
            display_name: "Example Shop",
            subject: "Your order",
            body: "Pay with PayPal or Visa. PayPal is safe. Also on Amazon.",
            ..Texts::default()
        };
        assert_eq!(about(&shop), None);
        let brief = Texts { subject: "PostNL _Volgorde: 460987788", ..Texts::default() };
        assert_eq!(topic(&mentions(&brief, &NOBODY, true), true).map(|brand| brand.id), Some("postnl"));
        assert_eq!(about(&brief), None);
        let two = Texts { subject: "Netflix and Disney+ in one plan", ..Texts::default() };
        assert_eq!(about(&two), None);
        let address = Texts { subject: "someone@paypal.com", body: "someone@paypal.com", ..Texts::default() };
        assert_eq!(about(&address), None);
    }

    #[test]
    fn names_are_read_as_the_eye_reads_them() {
        let name = |display_name| claimed(&Texts { display_name, ..Texts::default() });
        for (written, brand) in [
            ("Mcafee\u{2122}", "mcafee"),
            ("PayPal(TM)", "paypal"),
            ("PayPaI", "paypal"),
            ("PayPa|", "paypal"),
            ("PayP@l", "paypal"),
            ("PayPall", "paypal"),
            ("Payapl Support", "paypal"),
            ("Greetings WaImart", "walmart"),
            ("Your PayPal", "paypal"),
            ("Free phone 17 white from PayPal", "paypal"),
            ("From PayPal", "paypal"),
            ("Re: PayPal", "paypal"),
            ("PayPal, Kevin", "paypal"),
            ("ServicePayPal", "paypal"),
            ("iPayPal", "paypal"),
            ("D P D Versand .....YT844", "dpd"),
            ("Net flix", "netflix"),
            ("\u{D0}HL Paket", "dhl"),
            ("三井住友银行", "smbc"),
            ("ヤマ卜運輸", "yamato"),
        ] {
            assert_eq!(name(written), Some(brand), "{written}");
        }
        for written in [
            "Anna McIntosh",
            "Dr. D. P. D. Schmidt",
            "PayPal Arena",
            "Rossman",
            "ZoomCare",
            "Waldemar",
            "TeamSpirit",
            "Plan B",
            "A. B. C. Kumar",
            "伊藤 忠",
            "Nouvelle saison",
            "SAISON",
            "iVisa",
        ] {
            assert_eq!(name(written), None, "{written}");
        }
    }

    #[test]
    fn words_joined_to_a_name_are_no_address() {
        let subject = |subject| claimed(&Texts { subject, display_name: "MysteryBox3144", ..Texts::default() });
        assert_eq!(subject("U.S.P.S_Giveaway"), Some("usps"));
        assert_eq!(subject("usps.com/giveaway"), None);
        let sentence = |line| claimed(&Texts { letterhead: vec![line], ..Texts::default() });
        assert_eq!(sentence("lnternal Revenue Servlce: your tax statement is ready."), Some("irs"));
        assert_eq!(sentence("Internal Revenue Service: your tax statement is ready."), None);
    }

    #[test]
    fn a_word_is_a_name_where_an_office_is_joined_to_it() {
        let texts =
            Texts {
                display_name: "ETCメーッセージ", link_labels: vec!["ETCサービスの確認"], ..Texts::default()
            };
        assert_eq!(claimed(&texts), Some("etc-meisai"));
        let aside = Texts { display_name: "ETC", ..Texts::default() };
        assert_eq!(claimed(&aside), None);
    }

    #[test]
    fn ordinary_words_need_a_company_beside_them() {
        let name = |display_name| claimed(&Texts { display_name, ..Texts::default() });
        assert_eq!(name("Visa"), Some("visa"));
        assert_eq!(name("Visa Card Team"), Some("visa"));
        assert_eq!(name("Visa Application Centre Berlin"), None);
        assert_eq!(name("Apple Picking Club"), None);
        assert_eq!(name("TetherTeam"), Some("tether"));
        assert_eq!(name("\"\"Visa Billing - LAST NOTICE"), Some("visa"));
        assert_eq!(name("Visa Service Center Berlin"), None);
        assert_eq!(name("ZoomCare"), None);
        assert_eq!(name("A D A C"), Some("adac"));
    }
}
