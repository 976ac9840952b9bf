//! Every place the message can lead to, with what is shown against where it goes.

use crate::{Domain, Host};
use serde::Serialize;

/// One link.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// Where in the message it stands.
    pub source: LinkSource,
    /// The target as written (after entity decoding), at most 2,000 characters.
    pub written: String,
    /// The target as the URL standard reads it, absent where it cannot be read as a URL.
    pub url: Option<String>,
    /// The scheme, lower-case, as the URL standard reads it.
    pub scheme: Option<String>,
    /// The host of the target as written.
    pub host: Option<Host>,
    /// The port, where one is given that is not the scheme's own.
    pub port: Option<u16>,
    /// The path and query of the target, percent-decoded for reading.
    pub path: String,
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
    /// The targets inside it, outermost first: redirectors, gateway wrappers, trackers, unwrapped.
    pub unwrapped: Vec<Unwrapped>,
    /// What is odd in the way it is written.
    pub quirks: Vec<LinkQuirk>,
    /// How many times this same target stands in the message with this same label.
    pub count: usize,
}

impl Link {
    /// The host the reader ends up at, as far as the link itself tells: the innermost unwrapped target's.
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
        matches!(
            self.source,
            LinkSource::Anchor
                | LinkSource::Area
                | LinkSource::Form
                | LinkSource::Button
                | LinkSource::Svg
                | LinkSource::Vml
                | LinkSource::PlainText
                | LinkSource::HtmlText
        )
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
    /// Text of a plain part that clients make clickable.
    PlainText,
    /// Bare address in the text of an HTML part that clients make clickable.
    HtmlText,
    /// List-Unsubscribe.
    ListUnsubscribe,
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
    /// An unknown host whose query carries a whole URL.
    Parameter,
}

/// What is odd in the way a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkQuirk {
    /// `user@` or `user:password@` before the host.
    Userinfo,
    /// An address literal in decimal, octal, hexadecimal or shortened notation.
    OddAddress,
    /// Tab, newline or another control character inside.
    ControlCharacter,
    /// Backslashes where slashes belong.
    Backslash,
    /// Percent-encoding of letters and digits that need none, or of the host.
    NeedlessEncoding,
    /// Invisible or bidirectional characters.
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
