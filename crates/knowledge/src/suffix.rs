//! The Public Suffix List, compiled in as a tree of labels. Two views of it: the organisational
//! domain by the registries' section, and the site by the private section, where every customer
//! of a hosting platform counts for himself.

include!(concat!(env!("OUT_DIR"), "/suffixes.rs"));

const RULE: u8 = 1;
const WILDCARD: u8 = 2;
const EXCEPTION: u8 = 4;
/// Bits of the registries' section; the private section has the same, shifted.
const REGISTRIES: u8 = 0b00_0111;
const PRIVATE_SHIFT: u8 = 3;

/// A public suffix of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suffix<'a> {
    /// The suffix, without a leading dot.
    pub text: &'a str,
    /// Whether a company lets others use names under it (a hosting platform), not a registry.
    pub private: bool,
}

/// The organisational domain of a host (RFC 7489 §3.2): the registries' suffix and one label.
/// Nothing for a suffix itself, a single label and an address literal.
///
/// The host may have any case, A-labels or Unicode, and a final dot.
pub fn registrable_domain(host: &str) -> Option<&str> {
    domain_before(host, REGISTRIES)
}

/// The domain of whoever is responsible for what a host shows: on a hosting platform the
/// customer's name (`someone.github.io`), else the organisational domain.
pub fn site(host: &str) -> Option<&str> {
    domain_before(host, REGISTRIES | REGISTRIES << PRIVATE_SHIFT)
}

/// The suffix of a host by both sections.
pub fn public_suffix(host: &str) -> Option<Suffix<'_>> {
    let host = name(host)?;
    let public = suffix_start(host, REGISTRIES);
    let all = suffix_start(host, REGISTRIES | REGISTRIES << PRIVATE_SHIFT);
    Some(Suffix { text: host.get(all..)?, private: all < public })
}

/// The platform under which a host stands, where strangers publish under it: `github.io`,
/// `blogspot.com`, `web.app`.
pub fn hosting_platform(host: &str) -> Option<&str> {
    public_suffix(host).filter(|suffix| suffix.private).map(|suffix| suffix.text)
}

fn domain_before(host: &str, sections: u8) -> Option<&str> {
    let host = name(host)?;
    let start = suffix_start(host, sections);
    let before = host.get(..start)?.strip_suffix('.')?;
    let label = before.rfind('.').map_or(0, |dot| dot + 1);
    (label < before.len()).then(|| host.get(label..)).flatten()
}

/// The host without its final dot, unless it is an address literal or no name at all.
fn name(host: &str) -> Option<&str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next()?;
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit());
    (!numeric && !host.contains([':', '[', '@', '/', ' '])).then_some(host)
}

/// Where the suffix of a name begins. Without a rule it is the last label.
fn suffix_start(host: &str, sections: u8) -> usize {
    let mut node = 0;
    let mut end = host.len();
    let mut start = host.rfind('.').map_or(0, |dot| dot + 1);
    let mut before = host.len();
    loop {
        let label_start = host.get(..end).and_then(|head| head.rfind('.')).map_or(0, |dot| dot + 1);
        let label = host.get(label_start..end).unwrap_or_default();
        if flags(node) & sections & (WILDCARD | WILDCARD << PRIVATE_SHIFT) != 0 {
            start = label_start;
        }
        let Some(child) = child(node, label) else { return start };
        node = child;
        let flags = flags(node) & sections;
        if flags & (EXCEPTION | EXCEPTION << PRIVATE_SHIFT) != 0 {
            return before;
        }
        if flags & (RULE | RULE << PRIVATE_SHIFT) != 0 {
            start = label_start;
        }
        before = label_start;
        let Some(next) = label_start.checked_sub(1) else { return start };
        end = next;
    }
}

fn flags(node: usize) -> u8 {
    NODE_FLAGS.get(node).copied().unwrap_or_default()
}

/// The child of a node with a label. Children stand together, sorted by label.
fn child(node: usize, label: &str) -> Option<usize> {
    let mut low = usize::from(*NODE_FIRST.get(node)?);
    let mut high = usize::from(*NODE_FIRST.get(node + 1)?);
    while low < high {
        let middle = low.midpoint(high);
        let value = *NODE_LABEL.get(middle)? as usize;
        let known = LABELS.get(value >> 6..(value >> 6) + (value & 0x3F))?;
        let given = label.bytes().map(|byte| byte.to_ascii_lowercase());
        match known.bytes().cmp(given) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisational_domains_follow_the_list() {
        for (host, domain) in [
            ("www.kagoya.jp", Some("kagoya.jp")),
            ("a.b.example.co.jp", Some("example.co.jp")),
            ("city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("www.city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("x.other.kawasaki.jp", Some("x.other.kawasaki.jp")),
            ("www.ck", Some("www.ck")),
            ("a.b.ck", Some("a.b.ck")),
            ("co.jp", None),
            ("jp", None),
            ("localhost", None),
            ("mail.example.invalid", Some("example.invalid")),
            ("someone.github.io", Some("github.io")),
            ("Www.Example.CO.UK.", Some("Example.CO.UK")),
            ("xn--fiq228c.xn--55qx5d.cn", Some("xn--fiq228c.xn--55qx5d.cn")),
            ("192.0.2.1", None),
            ("[2001:db8::1]", None),
            ("2001:db8::1", None),
            (".jp", None),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(registrable_domain(host), domain, "{host}");
        }
    }

    #[test]
    fn platforms_are_told_from_registries() {
        assert_eq!(site("a.someone.github.io"), Some("someone.github.io"));
        assert_eq!(hosting_platform("a.someone.github.io"), Some("github.io"));
        assert_eq!(hosting_platform("www.example.co.jp"), None);
        assert_eq!(site("www.example.co.jp"), Some("example.co.jp"));
        assert_eq!(site("github.io"), None);
        assert_eq!(public_suffix("x.web.app"), Some(Suffix { text: "web.app", private: true }));
    }
}
