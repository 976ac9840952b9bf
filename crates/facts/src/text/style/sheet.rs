//! The rules of a page, and which of them meet an element: names, classes, ids, attributes, descendants and children.
//! Whether any other selector meets an element is not told: what such a rule declares counts as if it let things be
//! seen. Rules of `@media` are passed over, as a mail client with any window may pass over them.

use super::{
    declaration::{self, Content, Declarations, Ranked},
    token,
};
use std::{borrow::Cow, collections::HashMap};

/// Most selectors of a message that are kept.
const MOST_RULES: usize = 5_000;
/// Most classes of one element that are looked up.
const MOST_CLASSES: usize = 200;
/// Deepest blocks (`@supports`, `@layer`) in one another that are read.
const DEEPEST: usize = 4;
/// Most parts of one selector.
const MOST_PARTS: usize = 20;
/// What applying rules to elements may cost in a whole message, in steps. A long newsletter takes some ten thousand.
const MOST_STEPS: usize = 600_000;
/// What it costs to hold a selector against an element, and to take over what its rule declares; each byte that a rule
/// writes costs a step besides.
const MATCH: usize = 1;
const TAKE: usize = 8;

/// What may still be spent on styles, for all parts of a message together.
pub(crate) struct Budget {
    steps: usize,
    rules: usize,
    is_spent: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: MOST_STEPS, rules: MOST_RULES, is_spent: false }
    }
}

impl Budget {
    /// Whether something was left undone.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }

    fn spend(&mut self, steps: usize) -> bool {
        if let Some(left) = self.steps.checked_sub(steps) {
            self.steps = left;
        } else {
            self.is_spent = true;
        }
        !self.is_spent
    }
}

/// An element that rules are held against.
pub(in crate::text) struct Element<'a> {
    pub name: &'a str,
    pub class: &'a str,
    pub id: &'a str,
    /// The value of an attribute by its name.
    pub attribute: &'a dyn Fn(&str) -> Option<Cow<'a, str>>,
}

/// An element around it.
#[derive(Clone, Copy)]
pub(in crate::text) struct Ancestor<'a> {
    pub name: &'a str,
    pub class: &'a str,
    pub id: &'a str,
}

/// What holds for an element.
#[derive(Default)]
pub(in crate::text) struct Won {
    pub usual: Declarations,
    pub important: Option<Box<Declarations>>,
    /// What is written before and behind its content, and by a rule that may or may not hold.
    pub before: Option<Written>,
    pub after: Option<Written>,
    pub doubtful: Option<Content>,
}

/// Text that a style writes, and how it looks.
pub(in crate::text) struct Written {
    pub content: Content,
    pub usual: Declarations,
}

#[derive(Default)]
pub(in crate::text) struct Sheet {
    rules: Vec<Rule>,
    lists: Vec<Ranked>,
    /// Places in `rules` by what the selector names most narrowly: an id, a class or an element.
    by_id: HashMap<String, Vec<usize>>,
    by_class: HashMap<String, Vec<usize>>,
    by_element: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

struct Rule {
    selector: Selector,
    /// Place of its declarations in `lists`.
    list: usize,
    is_doubtful: bool,
}

/// Whether a selector meets an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meets {
    No,
    Perhaps,
    Yes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pseudo {
    #[default]
    None,
    Before,
    After,
    /// Any other part of an element, which holds no text of its own.
    Other,
}

#[derive(Debug, Default)]
struct Selector {
    /// The element itself, and where it has to stand, innermost first.
    subject: Compound,
    around: Vec<(Combinator, Compound)>,
    pseudo: Pseudo,
    specificity: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    /// A brother, before it.
    Sibling,
}

#[derive(Debug, Default)]
struct Compound {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<AttributeTest>,
    /// There is something in it that is not understood.
    is_doubtful: bool,
    /// It holds of nothing that lies still: `:hover`.
    is_never: bool,
}

#[derive(Debug)]
struct AttributeTest {
    name: String,
    /// `=`, `~`, `|`, `^`, `$`, `*`; nothing where any value will do.
    how: Option<u8>,
    value: String,
    ignores_case: bool,
}

impl Sheet {
    /// Whether there is anything to apply.
    pub fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Reads a style sheet.
    pub fn read(&mut self, css: &str, budget: &mut Budget) {
        self.block(&token::without_comments(css), false, 0, budget);
    }

    fn block(&mut self, css: &str, is_doubtful: bool, depth: usize, budget: &mut Budget) {
        let mut at = 0;
        while let Some(end) = token::find(css, at, b"{;") {
            let prelude = css.get(at..end).unwrap_or_default().trim();
            let prelude = prelude.trim_start_matches("<!--").trim_start_matches("-->").trim_start();
            if css.as_bytes().get(end) == Some(&b';') && prelude.starts_with('@') {
                at = end + 1;
                continue;
            }
            // A semicolon is part of a selector that is none.
            let Some(open) = token::find(css, end, b"{") else { break };
            let close = token::find(css, open + 1, b"}").unwrap_or(css.len());
            let body = css.get(open + 1..close).unwrap_or_default();
            if let Some(rule) = prelude.strip_prefix('@') {
                let name = rule.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '-').next();
                let name = token::lower(name.unwrap_or_default());
                if matches!(name.as_ref(), "supports" | "layer" | "container" | "scope") && depth < DEEPEST {
                    self.block(body, true, depth + 1, budget);
                }
            } else if open == end {
                self.rule(prelude, body, is_doubtful, budget);
            }
            at = close + 1;
        }
    }

    fn rule(&mut self, selectors: &str, body: &str, is_doubtful: bool, budget: &mut Budget) {
        let ranked = declaration::read(body);
        // Only what can hide text or write some is worth keeping.
        if !ranked.is_telling && ranked.content.is_none() {
            return;
        }
        let parsed: Vec<_> = token::split(selectors, b',').map(|selector| Selector::parse(selector.trim())).collect();
        // One selector that is none makes the whole rule none.
        let Some(parsed) = parsed.into_iter().collect::<Option<Vec<_>>>() else { return };
        let list = self.lists.len();
        self.lists.push(ranked);
        for selector in parsed.into_iter().filter(|selector| !selector.subject.is_never) {
            if selector.pseudo == Pseudo::Other {
                continue;
            }
            let Some(left) = budget.rules.checked_sub(1) else {
                budget.is_spent = true;
                return;
            };
            budget.rules = left;
            let place = self.rules.len();
            let subject = &selector.subject;
            if let Some(id) = &subject.id {
                self.by_id.entry(id.to_ascii_lowercase()).or_default().push(place);
            } else if let Some(class) = subject.classes.first() {
                self.by_class.entry(class.to_ascii_lowercase()).or_default().push(place);
            } else if let Some(name) = &subject.name {
                self.by_element.entry(name.clone()).or_default().push(place);
            } else {
                self.others.push(place);
            }
            self.rules.push(Rule { selector, list, is_doubtful });
        }
    }

    /// What the rules that meet an element come to. `around` are the elements around it, innermost first. Once the
    /// budget is spent nothing does.
    pub fn apply<'a>(
        &self,
        element: &Element,
        around: &(impl Iterator<Item = Ancestor<'a>> + Clone),
        budget: &mut Budget,
    ) -> Won {
        let mut won = Won::default();
        let mut places: Vec<usize> = self.others.clone();
        let classes: Vec<&str> = element.class.split_ascii_whitespace().take(MOST_CLASSES).collect();
        if !self.by_class.is_empty() {
            let known = classes.iter().filter_map(|class| self.by_class.get(token::lower(class).as_ref()));
            places.extend(known.flatten());
        }
        places.extend(self.by_element.get(element.name).into_iter().flatten());
        if !element.id.is_empty() {
            places.extend(self.by_id.get(token::lower(element.id).as_ref()).into_iter().flatten());
        }
        places.sort_unstable();
        places.dedup();
        if !budget.spend(classes.len() + places.len() * MATCH) {
            return won;
        }
        let mut met: Vec<(u32, usize, Meets)> = Vec::new();
        for place in places {
            let Some(rule) = self.rules.get(place) else { continue };
            let mut meets = rule.selector.meets(element, &classes, around, budget);
            if rule.is_doubtful {
                meets = meets.min(Meets::Perhaps);
            }
            if meets != Meets::No {
                met.push((rule.selector.specificity, place, meets));
            }
        }
        met.sort_unstable_by_key(|(specificity, place, _)| (*specificity, *place));
        let contents = met.iter().filter_map(|(_, place, _)| self.content(*place));
        let written: usize = contents.map(|content| content.length(element.attribute)).sum();
        if !budget.spend(met.len() * TAKE + written) {
            return won;
        }
        for (_, place, meets) in met {
            let Some(rule) = self.rules.get(place) else { continue };
            if let Some(ranked) = self.lists.get(rule.list) {
                won.take(ranked, rule.selector.pseudo, meets);
            }
        }
        won
    }

    /// What a rule writes.
    fn content(&self, place: usize) -> Option<&Content> {
        self.lists.get(self.rules.get(place)?.list)?.content.as_ref()
    }
}

impl Won {
    fn take(&mut self, ranked: &Ranked, pseudo: Pseudo, meets: Meets) {
        if let Some(content) = &ranked.content {
            let written = Written { content: content.clone(), usual: ranked.usual.clone() };
            match pseudo {
                _ if meets == Meets::Perhaps => self.doubtful = Some(content.clone()),
                Pseudo::After => self.after = Some(written),
                // `content` of an element itself writes nothing, the mark of a list does.
                Pseudo::None | Pseudo::Before | Pseudo::Other => self.before = Some(written),
            }
        }
        if pseudo != Pseudo::None {
            return;
        }
        if meets == Meets::Yes {
            self.usual.overlay(&ranked.usual);
            if let Some(important) = &ranked.important {
                self.important.get_or_insert_default().overlay(important);
            }
        } else {
            self.usual.overlay(&ranked.usual.doubtful());
            if let Some(important) = &ranked.important {
                self.important.get_or_insert_default().overlay(&important.doubtful());
            }
        }
    }
}

impl Selector {
    fn parse(text: &str) -> Option<Self> {
        let mut selector = Self::default();
        let mut rest = text;
        let mut compounds: Vec<(Option<Combinator>, Compound)> = Vec::new();
        let mut combinator = None;
        loop {
            let trimmed = rest.trim_start();
            let mut has_combinator = false;
            rest = match trimmed.as_bytes().first() {
                None => break,
                Some(b'>') => {
                    combinator = Some(Combinator::Child);
                    has_combinator = true;
                    trimmed.get(1..)?.trim_start()
                }
                Some(b'+' | b'~') => {
                    combinator = Some(Combinator::Sibling);
                    has_combinator = true;
                    trimmed.get(1..)?.trim_start()
                }
                Some(_) => trimmed,
            };
            if rest.is_empty() || compounds.is_empty() && has_combinator || compounds.len() >= MOST_PARTS {
                return None;
            }
            let mut compound = Compound::default();
            rest = compound.parse(rest, &mut selector)?;
            let how = if compounds.is_empty() { None } else { Some(combinator.unwrap_or(Combinator::Descendant)) };
            compounds.push((how, compound));
            combinator = None;
        }
        let (mut how, subject) = compounds.pop()?;
        selector.subject = subject;
        while let (Some(combinator), Some((next, compound))) = (how, compounds.pop()) {
            selector.around.push((combinator, compound));
            how = next;
        }
        Some(selector)
    }

    fn meets<'a>(
        &self,
        element: &Element,
        classes: &[&str],
        around: &(impl Iterator<Item = Ancestor<'a>> + Clone),
        budget: &mut Budget,
    ) -> Meets {
        let meets = self.subject.meets(element.name, element.id, |class| class_among(classes.iter().copied(), class));
        let meets = self.subject.attributes.iter().map(|test| test.meets(element)).fold(meets, Meets::min);
        if meets == Meets::No || self.around.is_empty() {
            return meets;
        }
        meets.min(Self::stands(&self.around, around.clone(), budget))
    }

    /// Whether an element with such elements around it stands where the selector wants it.
    fn stands<'a>(
        wanted: &[(Combinator, Compound)],
        mut around: impl Iterator<Item = Ancestor<'a>> + Clone,
        budget: &mut Budget,
    ) -> Meets {
        let mut meets = Meets::Yes;
        let mut wanted = wanted.iter().peekable();
        while let Some((combinator, compound)) = wanted.next() {
            if *combinator == Combinator::Sibling {
                return Meets::Perhaps;
            }
            let is_child_wanted = wanted.peek().is_some_and(|(next, _)| *next == Combinator::Child);
            loop {
                if !budget.spend(MATCH) {
                    return Meets::No;
                }
                let Some(ancestor) = around.next() else { return Meets::No };
                let one = compound.meets(ancestor.name, ancestor.id, |class| {
                    class_among(ancestor.class.split_ascii_whitespace().take(MOST_CLASSES), class)
                });
                let one = if compound.attributes.is_empty() { one } else { one.min(Meets::Perhaps) };
                if one != Meets::No {
                    // The nearest that meets will do, unless the next one has to be its parent: then it may be another.
                    if is_child_wanted && *combinator == Combinator::Descendant {
                        return Meets::Perhaps;
                    }
                    meets = meets.min(one);
                    break;
                }
                if *combinator == Combinator::Child {
                    return Meets::No;
                }
            }
        }
        meets
    }
}

impl Compound {
    /// Reads a part of a selector; gives what stands behind it.
    fn parse<'t>(&mut self, text: &'t str, selector: &mut Selector) -> Option<&'t str> {
        let mut rest = text;
        while let Some(&first) = rest.as_bytes().first() {
            match first {
                b'*' => rest = rest.get(1..)?,
                b'#' | b'.' => {
                    let (name, behind) = name(rest.get(1..)?)?;
                    rest = behind;
                    if first == b'.' {
                        selector.specificity += 1 << 8;
                        self.classes.push(name);
                    } else {
                        selector.specificity += 1 << 16;
                        // Two ids are those of no element, but for the same twice.
                        self.is_never |= self.id.as_ref().is_some_and(|id| *id != name);
                        self.id = Some(name);
                    }
                }
                b'[' => {
                    let end = token::find(rest, 1, b"]")?;
                    self.attributes.push(AttributeTest::parse(rest.get(1..end)?)?);
                    selector.specificity += 1 << 8;
                    rest = rest.get(end + 1..)?;
                }
                b':' => {
                    let is_element = rest.as_bytes().get(1) == Some(&b':');
                    let (name, behind) = name(rest.get(if is_element { 2 } else { 1 }..)?)?;
                    rest = behind;
                    if rest.starts_with('(') {
                        let end = token::find(rest, 1, b")")?;
                        rest = rest.get(end + 1..)?;
                    }
                    let name = name.to_ascii_lowercase();
                    match name.as_str() {
                        "before" => selector.pseudo = Pseudo::Before,
                        "after" => selector.pseudo = Pseudo::After,
                        "first-line" | "first-letter" => selector.pseudo = Pseudo::Other,
                        _ if is_element => selector.pseudo = Pseudo::Other,
                        "hover" | "active" | "focus" | "focus-within" | "focus-visible" | "visited" | "target" => {
                            self.is_never = true;
                        }
                        "link" | "any-link" => {
                            self.attributes.push(AttributeTest::parse("href")?);
                        }
                        _ => self.is_doubtful = true,
                    }
                    selector.specificity += 1 << 8;
                }
                b'&' | b'|' => {
                    self.is_doubtful = true;
                    rest = rest.get(1..)?;
                }
                b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'>' | b'+' | b'~' => break,
                _ => {
                    let (name, behind) = name(rest)?;
                    rest = behind;
                    selector.specificity += 1;
                    self.name = Some(name.to_ascii_lowercase());
                }
            }
        }
        Some(rest)
    }

    fn meets(&self, name: &str, id: &str, class: impl Fn(&str) -> Meets) -> Meets {
        if self.is_never || self.name.as_ref().is_some_and(|wanted| wanted != name) {
            return Meets::No;
        }
        let mut meets = if self.is_doubtful { Meets::Perhaps } else { Meets::Yes };
        if let Some(wanted) = &self.id {
            meets = meets.min(alike(wanted, id));
        }
        self.classes.iter().map(|wanted| class(wanted)).fold(meets, Meets::min)
    }
}

/// Whether a class or id is the one wanted. Whether case counts depends on the document type.
fn alike(wanted: &str, found: &str) -> Meets {
    if wanted == found {
        Meets::Yes
    } else if wanted.eq_ignore_ascii_case(found) {
        Meets::Perhaps
    } else {
        Meets::No
    }
}

fn class_among<'a>(classes: impl Iterator<Item = &'a str>, wanted: &str) -> Meets {
    classes.map(|class| alike(wanted, class)).max_by_key(|meets| *meets).unwrap_or(Meets::No)
}

/// A name at the beginning of a text, escapes undone, and what stands behind it.
fn name(text: &str) -> Option<(String, &str)> {
    let mut is_escaped = false;
    let end = text
        .find(|letter: char| {
            let is_part =
                is_escaped || letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\\') || !letter.is_ascii();
            is_escaped = letter == '\\' && !is_escaped;
            !is_part
        })
        .unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    (!name.is_empty()).then(|| (token::unescaped(name).into_owned(), behind))
}

impl AttributeTest {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (left, right) = match text.split_once('=') {
            Some((left, right)) => (left, Some(right.trim())),
            None => (text, None),
        };
        let left = left.trim_end();
        let (left, how) = match left.as_bytes().last() {
            _ if right.is_none() => (left, None),
            Some(how @ (b'~' | b'|' | b'^' | b'$' | b'*')) => (left.get(..left.len() - 1)?, Some(*how)),
            _ => (left, Some(b'=')),
        };
        let (value, ignores_case) = match right.unwrap_or_default() {
            quoted if quoted.starts_with(['"', '\'']) => {
                let quote = quoted.chars().next()?;
                let (value, behind) = quoted.get(1..)?.split_once(quote).unwrap_or((quoted.get(1..)?, ""));
                (value, behind.trim().eq_ignore_ascii_case("i"))
            }
            bare => match bare.split_once(' ') {
                Some((value, flag)) => (value, flag.trim().eq_ignore_ascii_case("i")),
                None => (bare, false),
            },
        };
        let name = token::unescaped(left.trim()).to_ascii_lowercase();
        (!name.is_empty()).then(|| Self { name, how, value: token::unescaped(value).into_owned(), ignores_case })
    }

    fn meets(&self, element: &Element) -> Meets {
        let Some(found) = (element.attribute)(&self.name) else { return Meets::No };
        let Some(how) = self.how else { return Meets::Yes };
        // Of some attributes of HTML the case does not count; whoever relies on it is not understood.
        let test = |found: &str, wanted: &str| match how {
            b'=' => found == wanted,
            b'~' => found.split_ascii_whitespace().any(|word| word == wanted),
            b'|' => found.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            b'^' => !wanted.is_empty() && found.starts_with(wanted),
            b'$' => !wanted.is_empty() && found.ends_with(wanted),
            _ => !wanted.is_empty() && found.contains(wanted),
        };
        if test(&found, &self.value) {
            return Meets::Yes;
        }
        let is_alike = test(&found.to_ascii_lowercase(), &self.value.to_ascii_lowercase());
        match (is_alike, self.ignores_case) {
            (true, true) => Meets::Yes,
            (true, false) => Meets::Perhaps,
            (false, _) => Meets::No,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may fail")]
    use super::*;

    fn meets(selector: &str, name: &str, class: &str, around: &[(&str, &str)]) -> Meets {
        let selector = Selector::parse(selector).expect("a selector");
        let element =
            Element { name, class, id: "", attribute: &|name| (name == "title").then_some(Cow::Borrowed("Pay x")) };
        let classes: Vec<&str> = class.split_ascii_whitespace().collect();
        let around = around.iter().map(|(name, class)| Ancestor { name, class, id: "" });
        selector.meets(&element, &classes, &around, &mut Budget::default())
    }

    #[test]
    fn selectors_meet_what_they_name() {
        let around = [("p", "b"), ("td", "c"), ("table", "")];
        for (selector, wanted) in [
            ("i", Meets::Yes),
            ("*", Meets::Yes),
            (".q", Meets::Yes),
            (".Q", Meets::Perhaps),
            ("i.q.r", Meets::Yes),
            ("i.q.x", Meets::No),
            ("table .q", Meets::Yes),
            ("table > .q", Meets::No),
            ("p>.q", Meets::Yes),
            (".c p i", Meets::Yes),
            (".x p i", Meets::No),
            ("td > p > i", Meets::Yes),
            ("u + i", Meets::Perhaps),
            ("i:nth-child(2)", Meets::Perhaps),
            ("b:nth-child(2)", Meets::No),
            ("i:hover", Meets::No),
            ("[title]", Meets::Yes),
            ("[title~=x]", Meets::Yes),
            ("i[title^='Pay']", Meets::Yes),
            ("i[title^='pay' i]", Meets::Yes),
            ("[class]", Meets::No),
            (r".\71", Meets::Yes),
        ] {
            assert_eq!(meets(selector, "i", "q r", &around), wanted, "{selector}");
        }
        for none in ["", "> a", "a >", "a..b", "a)", "[=x]"] {
            assert!(Selector::parse(none).is_none(), "{none}");
        }
    }
}
