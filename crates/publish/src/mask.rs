//! Masking the recipient in what is shown to others, wherever and however the sender wrote something of his.
//!
//! Known of the recipient are the addresses and names that the header and the user's own settings name. What is not
//! known is masked by its shape: addresses that are no sender's, and strings in a URL that are no words.

use crate::{
    made_up::is_made_up,
    patterns::{Patterns, Stands, runs},
    spelling::{Unit, spelled, spelled_quoted, word},
};
use mekiki_knowledge::{brands, domains, suffix};
use mekiki_signs::{Context, Report};
use std::{
    cell::Cell,
    collections::{BTreeSet, HashSet},
    ops::Range,
};

/// What stands in place of the recipient.
const MASK: &str = "***";

/// Beginnings of addresses that say nothing of a person, and words of names that do not.
const OFFICES: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "billing",
    "contact",
    "customer",
    "hello",
    "help",
    "info",
    "mail",
    "noreply",
    "office",
    "orders",
    "postmaster",
    "privacy",
    "root",
    "sales",
    "security",
    "service",
    "services",
    "shop",
    "staff",
    "support",
    "team",
    "test",
    "user",
    "webmaster",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "herr",
    "frau",
    "the",
    "and",
    "von",
    "van",
    "der",
    "des",
];

/// Shortest beginning of an address that is masked by itself in running text: shorter ones are part of anything.
const SHORTEST_LOCAL: usize = 4;

/// Shortest word of a name in Latin letters that is masked by itself.
const SHORTEST_NAME: usize = 3;

/// Letters of a Chinese or Japanese name that a family name has, at most.
const LONGEST_FAMILY_NAME: usize = 3;

/// What stands before an address in a result of authentication (RFC 8601 §2.3) and in comments of Received.
const PROPERTIES: &[&str] = &[
    "smtp.mailfrom",
    "smtp.mail",
    "smtp.rcptto",
    "header.from",
    "header.sender",
    "header.i",
    "mailfrom",
    "envelope-from",
];

/// Fields that name senders although their names read as if they named recipients.
const NO_RECIPIENTS: &[&str] = &["reply-to", "in-reply-to", "errors-to", "bounces-to", "mail-reply-to", "x-reply-to"];

/// Where a value of the sender's stands, which decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where a link leads, or a host that links lead to.
    Link,
    /// In running text.
    Text,
    /// A host, or a line of the header: names of machines are no words, but are nobody's.
    Header,
    /// An identifier such as a message's, whose form is that of an address.
    Identifier,
}

/// Masks the recipient of one message.
pub struct Mask {
    /// What is looked for.
    patterns: Patterns,
    /// Addresses of the recipient, in lower case.
    own: HashSet<String>,
    /// Addresses of senders, in lower case.
    senders: HashSet<String>,
    /// Organisational domains that are the sender's: what a report is about is never masked.
    foreign: HashSet<String>,
    /// Hosts that links lead to.
    linked: HashSet<String>,
    count: Cell<usize>,
}

impl Mask {
    /// The mask for a report that was judged with this context.
    pub fn new(report: &Report, context: &Context) -> Self {
        let own = recipients(report, context);
        let senders: HashSet<String> = report
            .addresses
            .iter()
            .filter(|view| !is_recipient(view.field))
            .map(|view| view.address.to_lowercase())
            .chain(report.from.iter().map(|from| from.address.to_lowercase()))
            .filter(|address| !own.contains(address))
            .collect();
        let linked: HashSet<String> =
            report.links.iter().flat_map(|link| [&link.host, &link.domain]).flatten().cloned().collect();
        let named = senders
            .iter()
            .filter_map(|address| Some(organisational(address.rsplit_once('@')?.1)))
            .chain(linked.iter().map(|host| organisational(host)));
        let on_the_way = report
            .trail
            .iter()
            .filter(|hop| !hop.is_trusted || hop.is_first_outside)
            .filter_map(|hop| hop.reverse_name.as_deref().map(organisational));
        let mut foreign: HashSet<String> = named.chain(on_the_way).collect();
        let (own_domains, certain) = own_domains(report, context, &own, &foreign);
        foreign.retain(|domain| !certain.contains(domain));

        // A sender who names the recipient like the brand hides no brand by it.
        let claimed: HashSet<Vec<char>> = brands::all()
            .iter()
            .filter(|brand| report.claim.as_deref() == Some(brand.name))
            .flat_map(brands::Brand::names)
            .map(word)
            .collect();
        let mut patterns = Patterns::default();
        for address in &own {
            add_address(&mut patterns, address, &claimed);
        }
        for domain in &own_domains {
            add_domain(&mut patterns, domain);
        }
        for view in report.addresses.iter().filter(|view| is_recipient(view.field)) {
            add_name(&mut patterns, &view.name, &claimed);
        }
        for name in &context.own_names {
            add_name(&mut patterns, name, &HashSet::new());
        }
        Self { patterns: patterns.ready(), own, senders, foreign, linked, count: Cell::new(0) }
    }

    /// How many places were masked so far.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// Whether links lead to a host.
    pub(crate) fn is_linked(&self, host: &str) -> bool {
        self.linked.contains(&host.to_lowercase())
    }

    /// `text` with the recipient masked.
    pub fn masked(&self, text: &str, place: Place) -> String {
        let mut marks = self.marks(text, &spelled(text), place);
        if matches!(place, Place::Text | Place::Header)
            && let Some(units) = spelled_quoted(text)
        {
            marks.extend(self.marks(text, &units, place));
        }
        marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        let mut is_masked = false;
        for mark in marks {
            if mark.end <= done {
                continue;
            }
            // What touches is one place.
            if !is_masked || mark.start > done {
                out.push_str(text.get(done..mark.start).unwrap_or_default());
                out.push_str(MASK);
                self.count.set(self.count.get() + 1);
                is_masked = true;
            }
            done = mark.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// What is to be masked, as bytes of the text.
    fn marks(&self, text: &str, units: &[Unit], place: Place) -> Vec<Range<usize>> {
        let is_cut = text.ends_with('\u{2026}') || text.ends_with("...");
        let chunks = runs(units, |letter| !is_end(letter));
        let mut whole = Vec::new();
        let mut marks = Vec::new();
        for chunk in chunks {
            let is_last = chunk.end + 1 >= units.len();
            let parts = Parts::of(units, chunk.clone(), place);
            let is_running = place == Place::Text && parts.tail.is_empty() && parts.authority.is_empty();
            let within = units.get(chunk.clone()).unwrap_or_default();
            let shifted = |range: Range<usize>| range.start + chunk.start..range.end + chunk.start;
            marks.extend(self.patterns.find_encoded(within).into_iter().map(shifted));
            if !is_running {
                marks.extend(self.patterns.find(within, false, is_cut && is_last).into_iter().map(shifted));
            }
            marks.extend(pieces(units, parts.tail.clone()).filter(|piece| made_up(units, piece)));
            marks.extend(pieces(units, parts.userinfo.clone()).filter(|piece| made_up(units, piece)));
            if place != Place::Identifier {
                whole.extend(self.addresses(units, &chunk, &parts));
            }
            if is_cut && is_last && (place == Place::Link || !parts.tail.is_empty()) {
                // The end of a value that is not whole: it may be the beginning of the recipient's address.
                marks.extend(pieces(units, chunk.clone()).filter(|piece| piece.end + 1 >= units.len()));
            }
            let labels = if place == Place::Link { chunk.clone() } else { parts.authority.clone() };
            marks.extend(
                self.hosts(units, labels)
                    .flat_map(|(labels, _)| pieces(units, labels))
                    .filter(|piece| made_up(units, piece)),
            );
        }
        // Names of several words.
        marks.extend(self.patterns.find(units, place == Place::Text, is_cut));
        marks.extend(
            self.patterns
                .find_encoded(units)
                .into_iter()
                .filter(|mark| units.get(mark.clone()).is_some_and(|mark| mark.iter().any(|unit| is_end(unit.letter)))),
        );
        let kept: Vec<Range<usize>> = self.hosts(units, 0..units.len()).map(|(_, kept)| kept).collect();
        let marks = marks.into_iter().flat_map(|mark| without(mark, &kept));
        let bytes = |mark: Range<usize>| Some(units.get(mark.start)?.start..units.get(mark.end.checked_sub(1)?)?.end);
        marks.chain(whole).filter_map(bytes).filter(|mark| mark.start < mark.end).collect()
    }

    /// Hosts of the sender's: the labels under the domain, and the domain, which is never masked.
    fn hosts(&self, units: &[Unit], within: Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let found = runs(units.get(within.clone()).unwrap_or_default(), |letter| {
            letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_')
        });
        found.into_iter().filter_map(move |run| {
            let run = run.start + within.start..run.end + within.start;
            let host: String = units.get(run.clone())?.iter().map(|unit| unit.letter.to_ascii_lowercase()).collect();
            let domain = suffix::registrable_domain(host.trim_end_matches('.'))?;
            let from =
                run.start + host.find(domain).map(|at| host.get(..at).map_or(0, |before| before.chars().count()))?;
            let from = from.max(run.start);
            self.foreign.contains(domain).then(|| (run.start..from, from..from + domain.chars().count()))
        })
    }

    /// Addresses that are no sender's, whole; of those at a domain of the sender's what stands before it.
    fn addresses(&self, units: &[Unit], chunk: &Range<usize>, parts: &Parts) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = chunk.start;
        for at in chunk.clone() {
            let letter = |at: usize| units.get(at).map(|unit| unit.letter);
            if letter(at) != Some('@') || parts.authority.contains(&at) || parts.userinfo.contains(&at) {
                continue;
            }
            let is_in_url = parts.tail.contains(&at);
            let is_local = |letter: char| {
                letter.is_alphanumeric() || "._%+-~!*'^{}".contains(letter) || !is_in_url && "=/#$&".contains(letter)
            };
            let is_domain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
            let mut start = at;
            while start > from && letter(start - 1).is_some_and(is_local) {
                start -= 1;
            }
            let mut end = at + 1;
            while end < chunk.end && letter(end).is_some_and(is_domain) {
                end += 1;
            }
            while end > at + 1 && letter(end - 1).is_some_and(|last| matches!(last, '.' | '-')) {
                end -= 1;
            }
            from = end;
            if start == at || end == at + 1 {
                continue;
            }
            let spelled = |range: Range<usize>| -> String {
                units.get(range).unwrap_or_default().iter().flat_map(|unit| unit.letter.to_lowercase()).collect()
            };
            let domain = spelled(at + 1..end);
            let mut local = spelled(start..at);
            let property =
                PROPERTIES.iter().find(|name| local.strip_prefix(**name).is_some_and(|rest| rest.starts_with('=')));
            if let Some(length) = property.map(|name| name.len() + 1).filter(|length| start + length < at) {
                start += length;
                local = spelled(start..at);
            }
            let address = format!("{local}@{domain}");
            if self.own.contains(&address) || !self.senders.contains(&address) {
                let is_foreign = !self.own.contains(&address)
                    && self.foreign.contains(&organisational(&domain))
                    && !domains::is_consumer_mail(&organisational(&domain));
                found.push(start..if is_foreign { at } else { end });
            }
        }
        found
    }
}

/// The parts of a piece of text that may be a URL, as numbers of units.
struct Parts {
    userinfo: Range<usize>,
    authority: Range<usize>,
    /// Path, query and fragment.
    tail: Range<usize>,
}

impl Parts {
    fn of(units: &[Unit], chunk: Range<usize>, place: Place) -> Self {
        let letters = units.get(chunk.clone()).unwrap_or_default();
        let find = |from: usize, is: &dyn Fn(char) -> bool| {
            letters.iter().skip(from).position(|unit| is(unit.letter)).map_or(letters.len(), |at| at + from)
        };
        let slashes = letters.windows(3).position(|three| three.iter().map(|unit| unit.letter).eq("://".chars()));
        let begin = match slashes {
            Some(at) => at + 3,
            None if letters.iter().take(2).all(|unit| unit.letter == '/') => 2,
            None => 0,
        };
        let begin = begin.min(letters.len());
        let tail = find(begin, &|letter| matches!(letter, '/' | '?' | '#' | '\\'));
        let host = letters.get(begin..tail).unwrap_or_default();
        let has_host = slashes.is_some() || begin > 0;
        let is_host = |host: &[Unit]| {
            host.iter().any(|unit| unit.letter == '.')
                && host.iter().all(|unit| unit.letter.is_alphanumeric() || ".-_:".contains(unit.letter))
        };
        let is_url =
            has_host || place == Place::Link || tail == 0 && letters.len() > 1 || tail < letters.len() && is_host(host);
        let shift = chunk.start;
        if !is_url || matches!(place, Place::Header | Place::Identifier) && !has_host {
            return Self { userinfo: shift..shift, authority: shift..shift, tail: shift..shift };
        }
        let at = if has_host { host.iter().rposition(|unit| unit.letter == '@').map(|at| at + begin) } else { None };
        Self {
            userinfo: shift + begin..shift + at.unwrap_or(begin),
            authority: shift + at.unwrap_or(begin)..shift + if has_host || is_host(host) { tail } else { begin },
            tail: shift + tail..chunk.end,
        }
    }
}

/// What a piece of running text ends with.
fn is_end(letter: char) -> bool {
    letter.is_whitespace() || "<>\"\u{201C}\u{201D}\u{300C}\u{300D}\u{300E}\u{300F}()|,;".contains(letter)
}

/// The pieces of a URL between its separators.
fn pieces(units: &[Unit], within: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let start = within.start;
    let found = runs(units.get(within).unwrap_or_default(), |letter| !"/?#&;=,!().:@\\ \u{2026}".contains(letter));
    found.into_iter().map(move |run| run.start + start..run.end + start)
}

fn made_up(units: &[Unit], piece: &Range<usize>) -> bool {
    let letters: Vec<char> = units.get(piece.clone()).unwrap_or_default().iter().map(|unit| unit.letter).collect();
    is_made_up(&letters)
}

/// What of a range is left beside others, which are in order.
fn without(range: Range<usize>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    let from = others.partition_point(|other| other.end <= range.start);
    let mut left = Vec::new();
    let mut start = range.start;
    for other in others.iter().skip(from).take_while(|other| other.start < range.end) {
        if start < other.start {
            left.push(start..other.start);
        }
        start = start.max(other.end);
    }
    if start < range.end {
        left.push(start..range.end);
    }
    left
}

fn is_recipient(field: &str) -> bool {
    matches!(field, "To" | "Cc")
}

/// The organisational domain of a host, or the host where it has none; in ASCII.
fn organisational(host: &str) -> String {
    let host = idna::domain_to_ascii(host).unwrap_or_else(|_| host.to_lowercase());
    suffix::registrable_domain(&host).unwrap_or(&host).to_owned()
}

/// Every address that the report, the user's settings or a field for recipients names, in lower case.
fn recipients(report: &Report, context: &Context) -> HashSet<String> {
    let mut all: HashSet<String> =
        report.recipients.iter().chain(&context.own_addresses).map(|address| address.to_lowercase()).collect();
    for field in report.header.iter().map(|line| &line.field).filter(|field| names_recipients(&field.name)) {
        all.extend(addresses_in(&field.value));
    }
    all
}

/// Whether a field names those whom a message went to. Hosts have many for that, and more come up; a sender who adds one
/// has more masked, never less.
fn names_recipients(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if NO_RECIPIENTS.contains(&name.as_str()) || name.starts_with("list-") {
        return false;
    }
    let is_last = |end: &str| name.rsplit('-').next() == Some(end);
    is_last("to")
        || is_last("cc")
        || is_last("bcc")
        || ["rcpt", "recipient", "delivered", "envelope-for", "forwarded-for", "forwarded-to"]
            .iter()
            .any(|part| name.contains(part))
}

/// What has the shape of an address in a field.
fn addresses_in(value: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || "._%+-=/~!#$&'*^{}@".contains(letter);
    value
        .split(|letter| !is_part(letter))
        .map(|word| word.trim_matches(['.', '@']).to_lowercase())
        .filter(|word| word.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()))
        .collect()
}

/// The recipient's domains that tell who the recipient is, since not everybody has a mailbox there; and those of them
/// that surely are the recipient's, though the sender uses them too.
fn own_domains(
    report: &Report,
    context: &Context,
    own: &HashSet<String>,
    foreign: &HashSet<String>,
) -> (BTreeSet<String>, HashSet<String>) {
    let of_address = |address: &String| Some(organisational(address.rsplit_once('@')?.1));
    let received_by =
        report.trail.iter().filter(|hop| hop.is_trusted).filter_map(|hop| hop.by.as_deref().map(organisational));
    let mine = context
        .own_addresses
        .iter()
        .filter_map(of_address)
        .chain(context.own_domains.iter().map(|domain| organisational(domain)));
    let certain: HashSet<String> = received_by.chain(mine).collect();
    let all = own.iter().filter_map(of_address).chain(context.own_domains.iter().map(|domain| organisational(domain)));
    let is_personal = |domain: &String| {
        !domains::is_consumer_mail(domain)
            && brands::of_domain(domain).is_none()
            && domains::delivery_service(domain).is_none()
    };
    let personal: BTreeSet<String> =
        all.filter(is_personal).filter(|domain| certain.contains(domain) || !foreign.contains(domain)).collect();
    let certain = certain.into_iter().filter(|domain| personal.contains(domain)).collect();
    (personal, certain)
}

fn add_address(patterns: &mut Patterns, address: &str, claimed: &HashSet<Vec<char>>) {
    let Some((local, domain)) = address.rsplit_once('@') else { return };
    let (letters, domain) = (word(local), word(domain));
    let untagged = local.split_once('+').map(|(before, _)| before).filter(|before| !before.is_empty());
    let is_office = |letters: &[char]| {
        let text: String = letters.iter().collect();
        OFFICES.contains(&text.as_str()) || claimed.contains(letters)
    };
    for local in [Some(local), untagged].into_iter().flatten() {
        let letters = word(local);
        for part in local.split(['.', '_', '-']).map(word).filter(|part| part.len() >= SHORTEST_LOCAL) {
            if !is_office(&part) {
                patterns.add(&part, Stands::AsName);
            }
        }
        if letters.len() >= SHORTEST_LOCAL && !is_office(&letters) {
            patterns.add(&letters, Stands::Anywhere);
            if local.contains('.') {
                patterns.add(&word(&local.replace('.', "dot")), Stands::Anywhere);
            }
        } else if !is_office(&letters) {
            patterns.add(&letters, Stands::Whole);
        }
    }
    let whole = |between: &str| [letters.as_slice(), &word(between), &domain].concat();
    patterns.add(&whole(""), Stands::Anywhere);
    patterns.add(&whole("at"), Stands::Anywhere);
}

fn add_domain(patterns: &mut Patterns, domain: &str) {
    let (unicode, _) = idna::domain_to_unicode(domain);
    for spelling in [domain, &unicode] {
        patterns.add(&word(spelling), Stands::Anywhere);
        patterns.add(&word(&spelling.replace('.', "dot")), Stands::Anywhere);
    }
}

/// Adds the words of a name, but for those of the brand that the message speaks for.
fn add_name(patterns: &mut Patterns, name: &str, claimed: &HashSet<Vec<char>>) {
    if name.contains('@') {
        return;
    }
    let words: Vec<Vec<char>> =
        name.split(|letter: char| !letter.is_alphanumeric()).map(word).filter(|word| !word.is_empty()).collect();
    let is_telling = |letters: &Vec<char>| {
        let text: String = letters.iter().collect();
        !OFFICES.contains(&text.as_str()) && !claimed.contains(letters)
    };
    let whole = words.concat();
    if words.iter().all(|word| !is_telling(word)) || claimed.contains(&whole) {
        return;
    }
    if words.len() > 1 {
        patterns.add(&whole, Stands::Anywhere);
        patterns.add(&words.iter().rev().flatten().copied().collect::<Vec<_>>(), Stands::Anywhere);
        // As accounts are called: `tyamada`.
        if let [first, .., last] = words.as_slice()
            && last.len() >= SHORTEST_LOCAL
        {
            patterns.add(&[first.get(..1).unwrap_or_default(), last.as_slice()].concat(), Stands::Alone);
        }
    }
    for letters in words.iter().filter(|word| is_telling(word)) {
        let is_latin = letters.iter().all(char::is_ascii);
        if is_latin && letters.len() >= SHORTEST_NAME {
            patterns.add(letters, Stands::AsName);
        } else if !is_latin {
            patterns.add(letters, Stands::Anywhere);
            for length in 1..letters.len().min(LONGEST_FAMILY_NAME + 1) {
                let family: Vec<char> = letters.iter().take(length).copied().collect();
                patterns.add(&family, Stands::BeforeTitle);
            }
        }
    }
}

#[cfg(test)]
mod tests;
