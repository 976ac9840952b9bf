//! What a dissection says, in its order. Every value of the sender's goes through [`Account::shown`]: masked first,
//! since what is made unclickable would no longer be recognised, then made unclickable.

use crate::{
    Mask, Place, Texts, defang,
    format::{Block, Item},
    sign_key,
};
use mekiki_facts::{Attachment, FileKind, Method, Outcome};
use mekiki_signs::{
    Authenticated, Context, DetailKind, Finding, HopView, Level, LinkView, Report, Standing, Strength, Trick,
};
use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
};

/// Most domains that the first sentences name.
const MOST_PLACES: usize = 4;

/// Most lines of the header, and of the text, that are quoted.
const MOST_LINES: usize = 500;

/// Longest of those lines, in characters.
const LONGEST_LINE: usize = 2_000;

/// Fields that tell who sent it and by what way.
const TELLING: &[&str] = &[
    "authentication-results",
    "dkim-signature",
    "from",
    "message-id",
    "received",
    "reply-to",
    "return-path",
    "sender",
];

/// What is published of a report: its title, and what stands below it.
pub fn of(report: &Report, context: &Context, texts: &Texts) -> (String, Vec<Block>) {
    let account = Account { report, texts, mask: Mask::new(report, context) };
    let mut blocks = vec![Block::Paragraph(texts.level(report.level).to_owned()), Block::Paragraph(account.lead())];
    blocks.push(Block::Picture(texts.text("publish_picture_mail").to_owned()));
    blocks.extend(account.unread());
    blocks.extend(account.mail());
    blocks.extend(account.links());
    blocks.extend(account.attachments());
    blocks.extend(account.way());
    blocks.extend(account.signs());
    blocks.extend(account.authentication());
    blocks.extend(account.who());
    blocks.extend(account.header());
    let title = match report.subject.as_str() {
        "" => texts.text("report_title").to_owned(),
        subject => texts.filled("publish_title", &[&account.shown(subject, Place::Text)]),
    };
    let count = account.mask.count();
    if count > 0 {
        blocks.push(Block::Paragraph(texts.filled("report_masked", &[&count.to_string()])));
    }
    (title, blocks)
}

struct Account<'a> {
    report: &'a Report,
    texts: &'a Texts,
    mask: Mask,
}

impl Account<'_> {
    fn shown(&self, value: &str, place: Place) -> String {
        defang(&self.mask.masked(value, place))
    }

    fn heading(&self, key: &str) -> Block {
        Block::Heading(self.texts.text(key).to_owned())
    }

    fn row(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.texts.text(key).to_owned()).collect()
    }

    /// The message in a few sentences: whom it claims to be from, where it came from, what it wants, where it leads.
    fn lead(&self) -> String {
        let Report { claim, from, trail, aims, links, .. } = self.report;
        let claims = claim.as_deref().map(|brand| self.texts.filled("publish_claims", &[brand]));
        let says = from.as_ref().map(|from| {
            let sender =
                format!("{} <{}>", self.shown(&from.name, Place::Text), self.shown(&from.address, Place::Text));
            self.texts.filled("publish_says", &[sender.trim()])
        });
        let origin = trail.iter().find(|hop| hop.is_first_outside);
        let came = origin.map(|hop| self.texts.filled("publish_came", &[&self.place(hop)]));
        let told = |key: &str, parts: Vec<String>| {
            (!parts.is_empty()).then(|| self.texts.filled(key, &[&self.texts.joined(&parts)]))
        };
        let aims = aims.iter().map(|aim| self.texts.text(&format!("aim_{}", aim.name().replace('-', "_"))).to_owned());
        let places: BTreeSet<&str> =
            links.iter().filter(|link| link.is_clickable).filter_map(|link| link.domain.as_deref()).collect();
        let places = places.into_iter().take(MOST_PLACES).map(|place| self.shown(place, Place::Link));
        let sentences =
            [claims, says, came, told("publish_wants", aims.collect()), told("publish_leads", places.collect())];
        sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What the message says, quoted. Masked as a whole: a name may go on in the next line.
    fn mail(&self) -> Vec<Block> {
        let masked = self.mask.masked(&self.report.text, Place::Text);
        let lines = masked.lines().map(|line| defang(&mekiki_signs::presentable_within(line, LONGEST_LINE)));
        let mut lines: Vec<String> = lines.take(MOST_LINES).collect();
        // Mails are full of empty lines.
        lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
        let first = lines.iter().position(|line| !line.is_empty());
        let Some(first) = first else { return Vec::new() };
        vec![self.heading("publish_mail"), Block::Lines(lines.split_off(first))]
    }

    /// What of the message could not be read.
    fn unread(&self) -> Vec<Block> {
        let tricks: BTreeSet<&str> = self.report.unread.iter().map(|unread| Trick::from(unread.kind).name()).collect();
        let told = |trick: &str| Block::Paragraph(self.texts.filled("unread_told", &[&self.texts.trick(trick)]));
        tricks.into_iter().map(told).collect()
    }

    fn who(&self) -> Vec<Block> {
        let Report { subject, date, addresses, .. } = self.report;
        let labelled = |key: &str, value: &str| Block::Paragraph(format!("{} {value}", self.texts.text(key)));
        let mut rows = vec![self.row(&["column_field", "column_name", "column_address"])];
        rows.extend(addresses.iter().map(|view| {
            let name = self.shown(&view.name, Place::Text);
            vec![view.field.to_owned(), name, self.shown(&view.address, Place::Text)]
        }));
        let mut blocks =
            vec![self.heading("section_who"), labelled("field_subject", &self.shown(subject, Place::Text))];
        blocks.extend(date.iter().map(|date| labelled("field_date", date)));
        blocks.push(Block::Table(rows));
        blocks
    }

    /// Each sign once, however often it was found, in words for readers who are not the recipient.
    fn signs(&self) -> Vec<Block> {
        let mut seen = BTreeSet::new();
        let signs = &self.report.signs;
        let items: Vec<_> = signs
            .iter()
            .filter(|finding| seen.insert(finding.id))
            .map(|finding| {
                let is_told = self.texts.has(&format!("{}_told", sign_key(finding.id)));
                let mut text = self.about(finding, if is_told { "told" } else { "summary" });
                let more = signs.iter().filter(|other| other.id == finding.id).count() - 1;
                if more > 0 {
                    text.push_str(&format!(" ({})", self.texts.filled("summary_more", &[&more.to_string()])));
                }
                let strength = self.texts.text(strength_key(finding.strength)).to_owned();
                Item { text, under: vec![self.about(finding, "meaning"), strength] }
            })
            .collect();
        if items.is_empty() { Vec::new() } else { vec![self.heading("section_signs"), Block::List(items)] }
    }

    /// One of a sign's texts with the values it saw.
    fn about(&self, finding: &Finding, part: &str) -> String {
        about(self.texts, finding.id, part, &finding.evidence, |kind, value| {
            let place = match kind {
                DetailKind::Url => Place::Link,
                DetailKind::Domain if self.mask.is_linked(value) => Place::Link,
                DetailKind::Domain => Place::Header,
                DetailKind::Ip | DetailKind::Date | DetailKind::Number => return value.to_owned(),
                _ => Place::Text,
            };
            self.shown(value, place)
        })
    }

    fn way(&self) -> Vec<Block> {
        let Report { trail, networks_date, .. } = self.report;
        let items: Vec<_> = trail
            .iter()
            .rev()
            .map(|hop| {
                let by = hop.by.as_deref().map(|by| self.shown(by, Place::Header));
                let by = by.unwrap_or_else(|| self.texts.text("hop_unknown").to_owned());
                Item { text: format!("{} \u{2192} {by}", self.place(hop)), under: self.under_hop(hop) }
            })
            .collect();
        if items.is_empty() {
            return Vec::new();
        }
        let dated = Block::Paragraph(self.texts.filled("networks_date", &[networks_date]));
        let mut blocks = vec![self.heading("section_way"), Block::List(items)];
        blocks.extend(self.texts.map().map(|map| Block::Drawing(map.to_owned())));
        blocks.push(dated);
        blocks
    }

    /// The computer it came from, as people say it.
    fn place(&self, hop: &HopView) -> String {
        let name = self.name(hop);
        let ip = hop.ip.as_ref().filter(|ip| **ip != name).map(|ip| format!("[{ip}]"));
        let known = self.home(hop.network.as_deref(), hop.country.as_deref());
        let known = (!known.is_empty()).then(|| format!("({known})"));
        let parts: Vec<_> = [Some(name), ip, known].into_iter().flatten().collect();
        parts.join(" ")
    }

    /// A network and the country an address of it is used in, as far as they are known.
    fn home(&self, network: Option<&str>, country: Option<&str>) -> String {
        let country = country.map(|country| self.texts.country(country));
        let known: Vec<_> = [network, country].into_iter().flatten().map(str::to_owned).collect();
        self.texts.joined(&known)
    }

    /// What a hop is best known by. What it called itself counts on the recipient's side only: others can say anything.
    fn name(&self, hop: &HopView) -> String {
        if let Some(name) = &hop.reverse_name {
            return self.shown(name, Place::Header);
        }
        if hop.is_unnamed {
            return self.texts.text("hop_unnamed").to_owned();
        }
        let greeting = hop.greeting.as_deref().map(|greeting| self.greeting(greeting));
        let is_inside = hop.is_trusted && !hop.is_first_outside;
        let by_greeting = greeting.clone().filter(|_| is_inside);
        by_greeting.or_else(|| hop.ip.clone()).or(greeting).unwrap_or_else(|| self.texts.text("hop_unknown").to_owned())
    }

    /// What a host called itself. An IP address stays as it is: nobody wants to click it.
    fn greeting(&self, greeting: &str) -> String {
        if greeting.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return greeting.to_owned();
        }
        self.shown(greeting, Place::Header)
    }

    fn under_hop(&self, hop: &HopView) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(time) = &hop.time {
            lines.push(match hop.delay {
                None => time.clone(),
                Some(delay) => {
                    let key = if delay < 0 { "hop_early" } else { "hop_delay" };
                    format!("{time} ({})", self.texts.filled(key, &[&duration(delay.unsigned_abs())]))
                }
            });
        }
        if let Some(greeting) = hop.greeting.as_deref().map(|greeting| self.greeting(greeting))
            && greeting != self.name(hop)
        {
            lines.push(self.texts.filled("hop_greeting", &[&greeting]));
        }
        if hop.is_first_outside {
            if let Some(greeting) = hop.greeting.as_deref().filter(|_| hop.is_greeting_own_machine) {
                lines.push(self.texts.filled("hop_own_machine", &[greeting]));
            }
            lines.push(self.texts.text("hop_first_outside").to_owned());
        } else if !hop.is_trusted {
            lines.push(self.texts.text("hop_untrusted").to_owned());
        }
        lines
    }

    fn authentication(&self) -> Vec<Block> {
        let mut blocks = vec![self.heading("section_authentication"), Block::Paragraph(self.voucher())];
        let item = |result: &Authenticated| Item {
            text: format!("{}: {}", method(&result.method), self.result(result)),
            under: Vec::new(),
        };
        let items: Vec<_> = self.believed().map(item).collect();
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
        blocks
    }

    /// The results that are the receiving host's word.
    fn believed(&self) -> impl Iterator<Item = &Authenticated> {
        self.report.authentication.iter().filter(|result| result.standing == Standing::Believed)
    }

    /// Whether the author's domain vouches for it, as a sentence.
    fn voucher(&self) -> String {
        let told = |result: &&Authenticated| matches!(result.method, Method::Spf | Method::Dkim | Method::Dmarc);
        let results: Vec<_> = self.believed().filter(told).collect();
        let passed = |result: &&&Authenticated| result.outcome == Outcome::Pass;
        let is_accused = self.report.level >= Level::Suspicious;
        let is_brands = self.report.signs.iter().any(|finding| finding.id == "trust.brand-authenticated");
        let claim = self.report.claim.as_deref().filter(|_| is_accused && !is_brands);
        let is_vouched = self.report.from.as_ref().is_some_and(|from| from.trust.is_some());
        let key = if is_vouched {
            if claim.is_some() { "vouched_not" } else { "vouched_yes" }
        } else if results.iter().any(|result| result.outcome != Outcome::Temperror) {
            "vouched_no"
        } else {
            "vouched_unchecked"
        };
        let domain = self.report.from.as_ref().and_then(|from| from.domain.as_deref());
        let domain = domain.map_or_else(|| "?".to_owned(), |domain| self.shown(domain, Place::Header));
        let sentence = self.texts.filled(key, &[&domain, claim.unwrap_or_default()]);
        let other = results.iter().filter(passed).find_map(|result| result.domain.as_deref());
        match other.filter(|_| key == "vouched_no") {
            Some(other) => {
                let other = self.shown(other, Place::Header);
                format!("{sentence} {}", self.texts.filled("vouched_other", &[&other]))
            }
            None => sentence,
        }
    }

    fn result(&self, result: &Authenticated) -> String {
        let outcome = match result.outcome {
            Outcome::Pass => "outcome_pass",
            Outcome::Fail => "outcome_fail",
            Outcome::Softfail => "outcome_softfail",
            Outcome::Neutral => "outcome_neutral",
            Outcome::None => "outcome_none",
            Outcome::Temperror => "outcome_temperror",
            Outcome::Permerror => "outcome_permerror",
            Outcome::Other => "outcome_other",
        };
        let fits = match (result.outcome, result.is_aligned) {
            (Outcome::Pass, true) => Some(self.texts.text("authentication_aligned").to_owned()),
            (Outcome::Pass, false) => Some(self.texts.text("authentication_unaligned").to_owned()),
            _ => None,
        };
        let domain = result.domain.as_deref().map(|domain| self.shown(domain, Place::Header));
        let parts: Vec<_> = [Some(self.texts.text(outcome).to_owned()), domain, fits].into_iter().flatten().collect();
        parts.join(" \u{B7} ")
    }

    /// Where links lead, each place once, however many links lead there.
    fn links(&self) -> Vec<Block> {
        let mut items: Vec<Item> = Vec::new();
        let mut places = HashMap::new();
        for link in self.report.links.iter().filter(|link| link.is_clickable) {
            let way: Vec<_> =
                std::iter::once(&link.url).chain(&link.chain).map(|url| self.shown(url, Place::Link)).collect();
            let way = way.join(" \u{2192} ");
            let at = *places.entry(way.clone()).or_insert(items.len());
            if at == items.len() {
                let remarks = self.remarks(link);
                items.push(Item { text: way.clone(), under: remarks });
            }
            let shown = self.shown(&link.shown, Place::Text);
            let label = format!("{}: {shown}", self.texts.text("column_shown"));
            if let Some(item) = items.get_mut(at)
                && !shown.is_empty()
                && shown.trim_end_matches('/') != way.trim_end_matches('/')
                && !item.under.contains(&label)
            {
                item.under.push(label);
            }
        }
        if items.is_empty() {
            return Vec::new();
        }
        let picture = Block::Picture(self.texts.text("publish_picture_page").to_owned());
        vec![self.heading("section_links"), Block::List(items), picture]
    }

    /// What is to be known of the domain that a link leads to.
    fn remarks(&self, link: &LinkView) -> Vec<String> {
        let belongs = link.brand.as_deref().map(|brand| self.texts.filled("link_belongs", &[brand]));
        let brands: Vec<_> = self.imitated(link).into_iter().map(|brand| self.shown(brand, Place::Text)).collect();
        let imitates = (!brands.is_empty()).then(|| self.texts.filled("link_imitates", &[&self.texts.joined(&brands)]));
        let ending = link.ending.as_ref().filter(|_| link.is_foreign);
        let ending = ending
            .map(|ending| self.texts.filled("link_country", &[&ending.name, self.texts.country(&ending.country)]));
        let own = link.domain.as_ref().or(link.host.as_ref()).map(|own| self.shown(own, Place::Link));
        let parts: Vec<_> = [own, belongs, imitates].into_iter().flatten().collect();
        let server = link.server.as_ref().map(|server| {
            let home = self.home(server.network.as_deref(), server.country.as_deref());
            self.texts.filled("link_server", &[&server.ip.to_string(), &home])
        });
        [parts.join(" \u{B7} ")].into_iter().chain(ending).chain(server).filter(|line| !line.is_empty()).collect()
    }

    /// The brands that a link is found to pass itself off as.
    fn imitated(&self, link: &LinkView) -> BTreeSet<&str> {
        let own: Vec<&str> = [link.domain.as_deref(), link.host.as_deref(), Some(&link.url)]
            .into_iter()
            .flatten()
            .chain(link.chain.iter().map(String::as_str))
            .collect();
        self.report
            .signs
            .iter()
            .filter(|finding| finding.id.starts_with("link.") && finding.weight > 0.0)
            .filter(|finding| finding.evidence.values().any(|(_, value)| own.contains(&value)))
            .flat_map(|finding| {
                let is_brand = |name: &str| name == "brand" || name == "otherBrand";
                finding.evidence.values().filter(move |(detail, _)| is_brand(detail.name())).map(|(_, value)| value)
            })
            .filter(|brand| link.brand.as_deref() != Some(brand))
            .collect()
    }

    fn attachments(&self) -> Vec<Block> {
        if self.report.attachments.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![self.row(&["column_file", "column_type", "column_size"])];
        rows.extend(self.report.attachments.iter().map(|attachment| {
            let name = attachment.name.as_deref().map(|name| self.shown(name, Place::Text));
            let name = name.unwrap_or_else(|| self.texts.text("attachment_unnamed").to_owned());
            vec![name, self.kind(attachment), format!("{} kB", attachment.encoded_size.div_ceil(1024))]
        }));
        vec![self.heading("section_attachments"), Block::Table(rows)]
    }

    /// What a file is in plain words, and by its types.
    fn kind(&self, attachment: &Attachment) -> String {
        let declared = self.shown(&attachment.declared_type, Place::Text);
        let types = match attachment.actual_type.filter(|actual| *actual != attachment.declared_type) {
            Some(actual) => self.texts.filled("attachment_really", &[&declared, &defang(actual)]),
            None => declared,
        };
        let words = |kind: FileKind| self.texts.text(file_key(kind));
        let plain = match (attachment.kind, attachment.pretends) {
            (Some(kind), Some(claim)) => self.texts.filled("file_pretends", &[words(kind), words(claim)]),
            (Some(kind), None) => words(kind).to_owned(),
            (None, _) => return types,
        };
        format!("{plain} ({types})")
    }

    fn header(&self) -> Vec<Block> {
        let telling = |name: &str| TELLING.iter().any(|telling| telling.eq_ignore_ascii_case(name));
        let mut fields = self.report.header.iter().map(|line| &line.field).filter(|field| telling(&field.name));
        let mut lines: Vec<_> = fields
            .by_ref()
            .take(MOST_LINES)
            .map(|field| {
                let is_identifier = field.name.eq_ignore_ascii_case("message-id");
                let place = if is_identifier { Place::Identifier } else { Place::Header };
                let value = mekiki_signs::presentable_within(&field.value, LONGEST_LINE);
                format!("{}: {}", defang(&field.name), self.shown(&without_unread(&value), place))
            })
            .collect();
        let more = fields.count();
        if more > 0 {
            lines.push(self.texts.filled("summary_more", &[&more.to_string()]));
        }
        if lines.is_empty() { Vec::new() } else { vec![self.heading("section_headers"), Block::Lines(lines)] }
    }
}

/// The key of the words for a kind of file.
fn file_key(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Program => "file_program",
        FileKind::Page => "file_page",
        FileKind::Pdf => "file_pdf",
        FileKind::Document => "file_document",
        FileKind::Picture => "file_picture",
        FileKind::Archive => "file_archive",
    }
}

/// The key of the words for a strength.
fn strength_key(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "strength_strong",
        Strength::Medium => "strength_medium",
        Strength::Weak => "strength_weak",
        Strength::Reassuring => "strength_reassuring",
    }
}

/// One of a sign's texts (`summary`, `meaning`, `check`) with the values it saw; `shown` says how values of the
/// sender's are shown.
pub fn about(
    texts: &Texts,
    id: &str,
    part: &str,
    evidence: &mekiki_signs::Evidence,
    shown: impl Fn(DetailKind, &str) -> String,
) -> String {
    sentence(texts, &format!("{}_{part}", sign_key(id)), evidence, shown)
}

/// A text with the values of evidence; `shown` says how values of the sender's are shown.
pub fn sentence(
    texts: &Texts,
    key: &str,
    evidence: &mekiki_signs::Evidence,
    shown: impl Fn(DetailKind, &str) -> String,
) -> String {
    let values: Vec<String> = evidence
        .values()
        .map(|(detail, value)| match detail.kind() {
            DetailKind::Weekday => texts.text(&format!("weekday_{value}")).to_owned(),
            DetailKind::Trick => texts.trick(value),
            DetailKind::Country => texts.country(value).to_owned(),
            DetailKind::Brand => value.to_owned(),
            kind => shown(kind, value),
        })
        .collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    texts.filled(key, &values)
}

fn method(method: &Method) -> String {
    match method {
        Method::Spf => "SPF".to_owned(),
        Method::Dkim => "DKIM".to_owned(),
        Method::Dmarc => "DMARC".to_owned(),
        Method::Arc => "ARC".to_owned(),
        Method::Compauth => "COMPAUTH".to_owned(),
        Method::Other(name) => defang(name).to_uppercase(),
    }
}

/// A span of time as hours, minutes and seconds, which needs no language: `0:00:05`.
fn duration(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A header line without the content of encoded words (RFC 2047) in charsets other than UTF-8 and ASCII: a name in them
/// cannot be recognised. The names stand in the table of addresses, decoded.
fn without_unread(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        out.push_str(before);
        out.push_str("=?");
        rest = after;
        let mut parts = after.splitn(4, '?');
        if let (Some(charset), Some(encoding), Some(content), Some(end)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
            && end.starts_with('=')
        {
            let is_read = ["utf-8", "us-ascii", "ascii"].iter().any(|known| known.eq_ignore_ascii_case(charset));
            out.push_str(&format!("{charset}?{encoding}?{}?=", if is_read { content } else { "***" }));
            rest = end.strip_prefix('=').unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_quotes_the_mail_speaks_to_its_readers_and_repeats_nothing() {
        let messages = include_str!("../../../extension/_locales/en/messages.json");
        let texts = Texts::read("en".to_owned(), messages).unwrap_or_default();
        let mail = include_bytes!("../../../tests/messages/hostile/seed-kagoya-utf-8-html.eml");
        let context = Context::default();
        let report = mekiki_signs::inspect(mail, &context, &mekiki_signs::Answers::default());
        let (title, blocks) = of(&report, &context, &texts);
        assert!(title.contains("A look inside the email") && title.contains("***"), "{title}");
        let lead = blocks.get(1);
        assert!(
            matches!(lead, Some(Block::Paragraph(lead)) if lead.contains("KAGOYA") && lead.contains("It wants your password.") && lead.contains("fablights[.]in")),
            "{lead:?}"
        );
        let quoted = blocks.iter().find_map(|block| match block {
            Block::Lines(lines) => Some(lines.join("\n")),
            _ => None,
        });
        assert!(quoted.is_some_and(|text| text.contains("DKIM") && !text.contains("https:")));
        let items: Vec<&Item> = blocks
            .iter()
            .filter_map(|block| if let Block::List(items) = block { Some(items) } else { None })
            .flatten()
            .collect();
        let links: Vec<_> = items.iter().filter(|item| item.text.starts_with("hxxps")).map(|item| &item.text).collect();
        let each: BTreeSet<_> = links.iter().collect();
        assert!(!links.is_empty() && links.len() == each.len(), "{links:?}");
        assert!(items.iter().any(|item| item.text.starts_with("The recipient\u{2019}s address")));
        assert!(!items.iter().any(|item| item.text.contains("Your mail address")));
    }

    #[test]
    fn time_needs_no_language() {
        assert_eq!(duration(5), "0:00:05");
        assert_eq!(duration(90_061), "25:01:01");
    }

    #[test]
    fn what_cannot_be_read_is_not_quoted() {
        assert_eq!(without_unread("=?ISO-2022-JP?B?GyRC?= <a@b>"), "=?ISO-2022-JP?B?***?= <a@b>");
        assert_eq!(without_unread("=?utf-8?q?a?= =?x"), "=?utf-8?q?a?= =?x");
    }
}
