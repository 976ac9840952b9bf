//! Every place the message can lead to, with what is shown against where it goes.

mod carried;
pub(crate) mod find;
mod quirks;
pub(crate) mod unwrap;

use crate::{
    AlternativeKind, Domain, Host, Text, UnreadKind,
    anomaly::Notes,
    text::{Page, Reference},
};
use mekiki_knowledge::suffix;
use serde::Serialize;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Range,
};
use url::{Position, Url};

/// One link.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// Where in the message it stands.
    pub source: LinkSource,
    /// The target as written (after entity decoding), for display: at most 2,000 characters.
    pub written: String,
    /// The target as the URL standard reads it, absent where it cannot be read as a URL.
    pub url: Option<String>,
    /// The scheme, lower-case, as the URL standard reads it.
    pub scheme: Option<String>,
    /// The host of the target as written.
    pub host: Option<Host>,
    /// The port, where one is given that is not the scheme's own.
    pub port: Option<u16>,
    /// What stands before the `@` in front of the host, percent-decoded, where something does.
    pub userinfo: Option<String>,
    /// The path and query of the target, percent-decoded for reading.
    pub path: String,
    /// Mail addresses that stand in path, query or fragment, in the open or encoded.
    pub carried: Vec<CarriedAddress>,
    /// What the reader sees for it: text, or the `alt` of the picture it wraps.
    pub label: String,
    /// The address that the label shows, where it shows one.
    pub shown_host: Option<Host>,
    /// Whether the label shows an `https` address.
    pub shows_https: bool,
    /// Whether what the reader sees for it is a picture.
    pub is_picture: bool,
    /// Whether the reader can see and click it.
    pub is_visible: bool,
    /// The targets inside it, outermost first, so far as the known redirectors, gateways and click counters on the way
    /// tell them.
    pub unwrapped: Vec<Unwrapped>,
    /// Set where the last of them, or the link itself, is a redirector that keeps its target to itself, or names several.
    pub sealed: Option<Wrapper>,
    /// Addresses of others in path, query or fragment to which nothing known leads on: put there to be read. One for
    /// each host.
    pub baits: Vec<Bait>,
    /// What is odd in the way it is written.
    pub quirks: Vec<LinkQuirk>,
    /// How many times this same target stands in the message with this same label.
    pub count: usize,
}

impl Link {
    /// The host that a click contacts first, whatever else stands in the link.
    pub fn contacted_host(&self) -> Option<&Host> {
        self.host.as_ref()
    }

    /// The host the reader ends up at, as far as known redirectors tell: the innermost target's, or else the host that
    /// is contacted first. No address in an unknown link counts.
    pub fn final_host(&self) -> Option<&Host> {
        self.unwrapped.iter().rev().find_map(|inner| inner.host.as_ref()).or(self.host.as_ref())
    }

    /// The domain the reader ends up at.
    pub fn final_domain(&self) -> Option<&Domain> {
        match self.final_host()? {
            Host::Domain(domain) => Some(domain),
            Host::Ip(_) => None,
        }
    }

    /// The target to show to people: the innermost one, as the URL standard reads it.
    pub fn shown_target(&self) -> &str {
        self.unwrapped.last().map_or(self.url.as_deref().unwrap_or(&self.written), |inner| &inner.url)
    }

    /// Whether it leads to the web or another place on the net: not `mailto:`, `tel:`, `cid:`, an anchor.
    pub fn is_web(&self) -> bool {
        matches!(self.scheme.as_deref(), Some("http" | "https" | "ftp"))
    }

    /// Whether a click by the reader leads there (a picture's own source does not count).
    pub fn is_clickable(&self) -> bool {
        self.source.is_clickable()
    }
}

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkSource {
    /// `<a href>`.
    Anchor,
    /// `<area href>`.
    Area,
    /// `<form action>`.
    Form,
    /// `formaction` of a button or input.
    Button,
    /// `<base href>`.
    Base,
    /// `<meta http-equiv=refresh>`.
    Refresh,
    /// `<iframe src>`, `<frame src>`, `<object data>`, `<embed src>`.
    Frame,
    /// `<img src>`.
    Image,
    /// `background` attribute or CSS `url()`.
    Background,
    /// A link inside SVG.
    Svg,
    /// A link in VML (`<v:roundrect href>`), which Outlook shows.
    Vml,
    /// A link inside an attached page or document.
    File,
    /// A QR code in a picture.
    QrCode,
    /// Text of a plain part that clients make clickable.
    PlainText,
    /// Bare address in the text of an HTML part that clients make clickable.
    HtmlText,
    /// List-Unsubscribe.
    ListUnsubscribe,
}

impl LinkSource {
    /// Whether a click by the reader leads there.
    pub(crate) const fn is_clickable(self) -> bool {
        matches!(
            self,
            Self::Anchor
                | Self::Area
                | Self::Form
                | Self::Button
                | Self::Svg
                | Self::Vml
                | Self::File
                | Self::QrCode
                | Self::PlainText
                | Self::HtmlText
        )
    }
}

/// A target found inside a link.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unwrapped {
    /// What it was wrapped in.
    pub wrapper: Wrapper,
    /// The inner target.
    pub url: String,
    /// Its host.
    pub host: Option<Host>,
}

/// An address of somebody else in a link that does not lead there, so far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bait {
    /// The address, at most 2,000 characters.
    pub url: String,
    /// Its host.
    pub host: Host,
}

/// What a target was wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrapper {
    /// A mail gateway that checks links: Safe Links, URL Defense, Barracuda, Mimecast, Cisco …
    Gateway,
    /// A delivery service's click counter that carries its target in the open.
    Tracker,
    /// A well-known host's redirector: Google, Bing, translation and AMP caches …
    Redirector,
}

/// A mail address inside a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CarriedAddress {
    /// The address, lower-case.
    pub address: String,
    /// How it is written.
    pub coding: Coding,
    /// Whether it stands behind the `#`, where no server sees it and only a script on the page reads it.
    pub in_fragment: bool,
}

/// How something is written in a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coding {
    /// In the open.
    Plain,
    /// Percent-encoded.
    Percent,
    /// In base64, of either alphabet.
    Base64,
    /// In hexadecimal.
    Hex,
}

/// What is odd in the way a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkQuirk {
    /// `user@` or `user:password@` before the host.
    Userinfo,
    /// An address literal in decimal, octal, hexadecimal or shortened notation.
    OddAddress,
    /// Tab, newline or another control character in scheme or host.
    ControlCharacter,
    /// Backslashes where slashes belong, before or right behind the host.
    Backslash,
    /// Percent-encoding of several letters or digits that need none, or of the host.
    NeedlessEncoding,
    /// Invisible or bidirectional characters inside scheme or host.
    InvisibleCharacter,
    /// Fullwidth or other compatibility forms in the host (fullwidth letters, ideographic full stop).
    CompatibilityForm,
    /// Missing or too many slashes after the scheme (`https:/host`, `https:////host`).
    OddSlashes,
    /// Its target depends on a `<base>` that leads to another host than the text suggests.
    Rebased,
    /// Attributes repeated or split so that parsers differ on the target.
    RepeatedAttribute,
    /// Written defanged (hxxp, `[.]`).
    Defanged,
}

/// An address around the part of its host that somebody registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pieces<'a> {
    /// Scheme, name and password, and the labels before that part; all of an address that names no host.
    pub before: &'a str,
    /// The registrable domain; the whole host where it has none, as an IP address.
    pub domain: &'a str,
    /// Port, path, query, fragment.
    pub after: &'a str,
}

impl<'a> Pieces<'a> {
    /// The pieces of an address as the URL standard writes it (such as [`Link::url`]), or of any other text: that is a
    /// piece without a host.
    pub fn of(address: &'a str) -> Self {
        let whole = Self { before: address, domain: "", after: "" };
        let Some(host) =
            Url::parse(address).ok().filter(|url| url.as_str() == address).and_then(|url| place_of_host(&url))
        else {
            return whole;
        };
        let name = address.get(host.clone()).unwrap_or_default().trim_end_matches('.');
        let end = host.start + name.len();
        let start = suffix::registrable_domain(name).map_or(host.start, |domain| end - domain.len());
        match (address.get(..start), address.get(start..end), address.get(end..)) {
            (Some(before), Some(domain), Some(after)) => Self { before, domain, after },
            _ => whole,
        }
    }

    /// The pieces of the name of a host, or of a mailbox.
    pub fn of_name(name: &'a str) -> Self {
        let host = name.rsplit_once('@').map_or(name, |(_, host)| host);
        let domain = suffix::registrable_domain(host).unwrap_or(host);
        match name.strip_suffix(domain) {
            Some(before) => Self { before, domain, after: "" },
            None => Self { before: name, domain: "", after: "" },
        }
    }
}

/// Where the host stands in a URL; in one of a mailbox, its domain.
fn place_of_host(url: &Url) -> Option<Range<usize>> {
    if url.scheme() == "mailto" {
        let path = url.path();
        let start = url[..Position::BeforePath].len();
        // Of several mailboxes, the last.
        return path.rfind('@').map(|at| start + at + 1..start + path.len());
    }
    url.host().map(|_| url[..Position::BeforeHost].len()..url[..Position::AfterHost].len())
}

/// Reads one address as a link that can be clicked: where a click leads.
pub fn read_link(address: &str) -> Link {
    make(LinkSource::Anchor, address, "", None, &mut Notes::default())
}

/// Most links that are kept of those that can be clicked, and of the others.
const MOST: usize = 1_500;
/// Longest target and label that are kept for display, in characters.
const LONGEST: usize = 2_000;

/// Reads the links: those of the HTML, those that stand bare in the shown text, those in what is attached, and those to
/// unsubscribe by.
pub(crate) fn read(
    pages: Vec<Page>,
    text: &Text,
    unsubscribe: &[String],
    attached: &[Reference],
    notes: &mut Notes,
) -> Vec<Link> {
    let mut links = Links::default();
    let first_base = pages.iter().find_map(base_of);
    for page in pages {
        // Parts that are shown below one another become one page, which has one base: that of the first.
        let own_base = base_of(&page);
        let other_base = first_base.as_ref().filter(|first| own_base.as_ref().is_some_and(|own| own != *first));
        let base = own_base.as_ref().or(first_base.as_ref());
        for reference in page.references {
            links.add_reference(&reference, base, notes);
            if let Some(other) = other_base.filter(|_| Url::parse(&reference.target).is_err()) {
                links.add_reference(&reference, Some(other), notes);
            }
        }
    }
    for alternative in &text.alternatives {
        let source = match alternative.kind {
            AlternativeKind::Plain => LinkSource::PlainText,
            AlternativeKind::Html => LinkSource::HtmlText,
        };
        let addresses = find::find(&alternative.visible);
        if addresses.len() >= find::MOST {
            notes.unread.add(UnreadKind::Links, "", 0, true);
        }
        for range in addresses {
            let written = alternative.visible.get(range).unwrap_or_default();
            // In HTML the text of an anchor is no link of its own.
            if source == LinkSource::HtmlText && links.shown.contains(written) {
                continue;
            }
            if !links.has_room(source, notes) {
                break;
            }
            let link = make(source, written, written, None, notes);
            links.add(Link { is_visible: alternative.is_shown, ..link });
        }
    }
    for reference in attached {
        links.add_reference(reference, None, notes);
    }
    for target in unsubscribe {
        if links.has_room(LinkSource::ListUnsubscribe, notes) {
            links.add(make(LinkSource::ListUnsubscribe, target, "", None, notes));
        }
    }
    links.found
}

fn base_of(page: &Page) -> Option<Url> {
    page.base.as_ref().and_then(|base| Url::parse(base.trim()).ok())
}

#[derive(Default)]
struct Links {
    found: Vec<Link>,
    /// Where in `found` each stands, by its source, its target as written and as read, and its label.
    places: HashMap<(LinkSource, String, String), usize>,
    /// How many can be clicked.
    clickable: usize,
    /// Addresses that stand in the labels of anchors.
    shown: HashSet<String>,
}

impl Links {
    /// Whether one more is kept. Pictures take no room from what can be clicked.
    fn has_room(&self, source: LinkSource, notes: &mut Notes) -> bool {
        let taken = if source.is_clickable() { self.clickable } else { self.found.len() - self.clickable };
        if taken >= MOST {
            notes.unread.add(UnreadKind::Links, "", 0, source.is_clickable());
        }
        taken < MOST
    }

    fn add_reference(&mut self, reference: &Reference, base: Option<&Url>, notes: &mut Notes) {
        if !self.has_room(reference.source, notes) {
            return;
        }
        let mut link = make(reference.source, &reference.target, &reference.label, base, notes);
        if reference.is_repeated {
            link.quirks.insert(0, LinkQuirk::RepeatedAttribute);
        }
        self.add(Link { is_picture: reference.is_picture, is_visible: reference.is_visible, ..link });
    }

    fn add(&mut self, link: Link) {
        // What is cut off for display may tell two targets apart.
        let target = format!("{}\n{}", link.written, link.url.as_deref().unwrap_or_default());
        let key = (link.source, target, link.label.clone());
        if let Some(known) = self.places.get(&key).and_then(|at| self.found.get_mut(*at)) {
            known.count += 1;
            known.is_visible |= link.is_visible;
            return;
        }
        if link.source == LinkSource::Anchor {
            let addresses = find::find(&link.label).into_iter().filter_map(|range| link.label.get(range));
            self.shown.extend(addresses.map(str::to_owned));
        }
        self.clickable += usize::from(link.is_clickable());
        self.places.insert(key, self.found.len());
        self.found.push(link);
    }
}

fn make(source: LinkSource, target: &str, label: &str, base: Option<&Url>, notes: &mut Notes) -> Link {
    // Read whole: what is cut off for display may hold the host.
    let target = target.trim();
    let label = shown(label);
    let mut quirks = Vec::new();
    quirks::find(target, &mut quirks);
    let readable = refanged(target);
    if matches!(readable, Cow::Owned(_)) {
        quirks.push(LinkQuirk::Defanged);
    }
    let mut url = match Url::parse(&readable) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let joined = base.and_then(|base| base.join(&readable).ok());
            if joined.is_some() && source != LinkSource::Image && !readable.starts_with("//") {
                quirks.push(LinkQuirk::Rebased);
            }
            joined
        }
        Err(_) => None,
    };
    if url.is_none() && readable.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        url = Url::parse(&format!("http://{readable}")).ok();
    }
    // Web mail shows messages on https pages, where a link without a scheme leads on by https.
    if url.is_none() && readable.starts_with("//") {
        url = Url::parse(&format!("https:{readable}")).ok();
    }
    let host = url.as_ref().and_then(unwrap::host);
    if let (Some(url), Some(Host::Ip(address))) = (&url, &host)
        && !readable.contains(&address.to_string())
        && url.scheme().starts_with("http")
    {
        quirks.push(LinkQuirk::OddAddress);
    }
    let web = url.as_ref().filter(|url| matches!(url.scheme(), "http" | "https" | "ftp"));
    let path = web.map_or_else(String::new, |url| unwrap::percent_decoded(&url[Position::BeforePath..]).into_owned());
    let way = web.map(unwrap::follow).unwrap_or_default();
    if way.has_more_baits {
        notes.unread.add(UnreadKind::Links, "", 0, false);
    }
    Link {
        source,
        scheme: url.as_ref().map(|url| url.scheme().to_owned()),
        port: url.as_ref().and_then(Url::port),
        userinfo: web.and_then(userinfo),
        carried: web.map(carried::find).unwrap_or_default(),
        shown_host: shown_host(&label),
        shows_https: label.trim_start().get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")),
        unwrapped: way.targets,
        sealed: way.sealed,
        baits: way.baits,
        url: url.map(String::from),
        host,
        path,
        label,
        is_picture: false,
        is_visible: true,
        quirks,
        count: 1,
        written: cut(target).to_owned(),
    }
}

fn userinfo(url: &Url) -> Option<String> {
    let password = url.password().map(|password| format!(":{password}")).unwrap_or_default();
    let whole = unwrap::percent_decoded(&format!("{}{password}", url.username())).into_owned();
    (!whole.is_empty()).then_some(whole)
}

/// Its first [`LONGEST`] characters.
fn cut(text: &str) -> &str {
    // No character is shorter than a byte.
    let end = if text.len() > LONGEST { text.char_indices().nth(LONGEST) } else { None };
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A label with single spaces, at most [`LONGEST`] characters.
fn shown(label: &str) -> String {
    let mut shown = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown.truncate(cut(&shown).len());
    shown
}

/// `hxxp`, `[.]` and `[:]` undone; borrowed where it is not written so.
fn refanged(written: &str) -> Cow<'_, str> {
    let is_defanged = written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("hxxp"))
        || written.contains('[') && written.contains("[.]");
    if !is_defanged {
        return Cow::Borrowed(written);
    }
    let plain = written.replace("[.]", ".").replace("[:]", ":");
    Cow::Owned(match plain.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("hxxp") => format!("http{}", plain.get(4..).unwrap_or_default()),
        _ => plain,
    })
}

/// The host that a label shows, where it reads as an address: a URL, `www.…`, or a lone domain name with or without a
/// path.
fn shown_host(label: &str) -> Option<Host> {
    let label = label.trim();
    if label.is_empty() || label.len() > 400 || label.contains('@') {
        return None;
    }
    let range = find::find(label).into_iter().next();
    let text = match range {
        Some(range) => label.get(range)?,
        None if !label.contains(char::is_whitespace) => label,
        None => return None,
    };
    let text = refanged(text);
    let after_scheme = text.split_once("://").map_or(&*text, |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#', ':']).next()?;
    // Cut short inside the host ("https://www.exam..."), it does not tell which.
    let is_cut = ["..", "\u{2026}"].iter().any(|end| label.ends_with(end));
    if is_cut && host.len() == after_scheme.len() {
        return None;
    }
    if let Ok(address) = host.parse() {
        return Some(Host::Ip(address));
    }
    let domain = Domain::parse(host)?;
    let has_scheme = after_scheme.len() != text.len();
    (has_scheme || reads_as_domain(domain.as_str())).then_some(Host::Domain(domain))
}

/// Whether people read a lone word with dots as the name of a site, rather than as a file or an abbreviation.
fn reads_as_domain(name: &str) -> bool {
    const GENERIC: &[&str] = &[
        "com", "net", "org", "info", "biz", "edu", "gov", "shop", "store", "online", "site", "app", "dev", "page",
        "cloud", "club", "top", "xyz", "mobi", "asia", "bank",
    ];
    const FILES: &[&str] = &["js", "md", "pl", "ps", "py", "rs", "sh", "so"];
    let Some((rest, last)) = name.rsplit_once('.') else { return false };
    let is_country = last.len() == 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (!FILES.contains(&last) || rest.contains('.'));
    rest.len() > 1 && (is_country || GENERIC.contains(&last)) && suffix::registrable_domain(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(target: &str, label: &str) -> Link {
        make(LinkSource::Anchor, target, label, None, &mut Notes::default())
    }

    #[test]
    fn targets_are_read_as_browsers_read_them() {
        for (written, host) in [
            ("https://EXAMPLE.com/a", "example.com"),
            (" ht\ntps://exam\tple.com/ ", "example.com"),
            ("https:/example.com", "example.com"),
            ("https:\\\\example.com\\x", "example.com"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("http://2130706433/", "127.0.0.1"),
            ("https://brand.example@evil.example/", "evil.example"),
            ("https://evil\u{3002}example/", "evil.example"),
            ("hxxps://evil[.]example/", "evil.example"),
            ("www.example.com/x", "www.example.com"),
            ("//www.example.com/x", "www.example.com"),
        ] {
            assert_eq!(one(written, "").host.map(|host| host.to_string()).as_deref(), Some(host), "{written}");
        }
    }

    #[test]
    fn a_long_way_to_the_host_hides_it_not() {
        for filling in ["/".repeat(2_100), format!("//{}", "\t".repeat(2_100)), format!("//{}@", "a".repeat(2_100))] {
            let link = one(&format!("https:{filling}evil.example/"), "");
            assert_eq!(link.host.map(|host| host.to_string()).as_deref(), Some("evil.example"));
            assert!(link.written.chars().count() <= LONGEST);
        }
    }

    #[test]
    fn targets_that_differ_far_behind_are_two_links() {
        let mut links = Links::default();
        for host in ["one.example", "two.example"] {
            links.add(one(&format!("https://{}@{host}/", "a".repeat(LONGEST)), "here"));
        }
        assert_eq!(links.found.len(), 2);
    }

    #[test]
    fn odd_addresses_and_defanged_links_are_noted() {
        for (written, quirk) in
            [("http://2130706433/", LinkQuirk::OddAddress), ("hxxp://evil.example/", LinkQuirk::Defanged)]
        {
            assert!(one(written, "").quirks.contains(&quirk), "{written}: {:?}", one(written, "").quirks);
        }
        assert!(one("http://192.0.2.1/", "").quirks.is_empty());
    }

    #[test]
    fn what_stands_before_the_host_is_kept() {
        let userinfo = |written: &str| one(written, "").userinfo;
        assert_eq!(userinfo("https://www.example.com%2Fa@evil.example/").as_deref(), Some("www.example.com/a"));
        assert_eq!(userinfo("https://taro:secret@git.example/").as_deref(), Some("taro:secret"));
        assert_eq!(userinfo("https://example.com/@taro"), None);
    }

    #[test]
    fn labels_that_show_an_address_are_recognised() {
        let shown = |label: &str| shown_host(label).map(|host| host.to_string());
        assert_eq!(shown("https://www.example.co.jp/login").as_deref(), Some("www.example.co.jp"));
        assert_eq!(shown("example.co.jp/login").as_deref(), Some("example.co.jp"));
        assert_eq!(shown("www.example.com").as_deref(), Some("www.example.com"));
        assert_eq!(shown("Click here"), None);
        assert_eq!(shown("index.html"), None);
        assert_eq!(shown("https://www.exam..."), None);
        assert_eq!(shown("e.g."), None);
    }

    #[test]
    fn an_address_is_split_around_the_domain_that_somebody_registered() {
        let of = |address| {
            let Pieces { before, domain, after } = Pieces::of(address);
            (before, domain, after)
        };
        let cases = [
            ("https://www.evil.example/a?b=c@d", "https://www.", "evil.example", "/a?b=c@d"),
            ("https://example.com.evil.test/example.com", "https://example.com.", "evil.test", "/example.com"),
            ("https://bank.example@evil.example:8443/", "https://bank.example@", "evil.example", ":8443/"),
            ("https://a.example./x", "https://", "a.example", "./x"),
            ("https://foo.co.uk/", "https://", "foo.co.uk", "/"),
            ("http://[2001:db8::1]:81/", "http://", "[2001:db8::1]", ":81/"),
            ("http://192.0.2.1/", "http://", "192.0.2.1", "/"),
            ("mailto:help@mail.evil.example?subject=x@y", "mailto:help@mail.", "evil.example", "?subject=x@y"),
            ("mailto:help", "mailto:help", "", ""),
            ("tel:+81312345678", "tel:+81312345678", "", ""),
            ("HTTPS://not.as-written.example", "HTTPS://not.as-written.example", "", ""),
            ("", "", "", ""),
        ];
        for (address, before, domain, after) in cases {
            assert_eq!(of(address), (before, domain, after), "{address}");
        }
    }

    #[test]
    fn one_address_is_read_as_a_link_of_a_message_is() {
        let link = read_link("https://www.google.com/url?q=https://evil.example/x");
        assert_eq!(link.host.map(|host| host.to_string()).as_deref(), Some("www.google.com"));
        assert_eq!(link.unwrapped.last().map(|inner| inner.url.as_str()), Some("https://evil.example/x"));
    }
}
