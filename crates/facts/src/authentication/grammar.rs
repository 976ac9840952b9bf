//! The value of Authentication-Results by the grammar of RFC 8601 §2.2, productions under its names; lenient where
//! hosts are known to write otherwise. White space and comments (CFWS) may stand between any two tokens.

use super::{Method, MethodResult, Outcome};

/// What a value holds.
#[derive(Debug, Default)]
pub(super) struct Payload {
    /// The authserv-id, in lower case; absent in Microsoft's shape.
    pub authserv_id: Option<String>,
    /// Every resinfo, in order.
    pub methods: Vec<MethodResult>,
}

/// `authres-payload = [CFWS] authserv-id [CFWS authres-version] (no-result / 1*resinfo) [CFWS]`
pub(super) fn authres_payload(value: &str) -> Payload {
    let mut cursor = Cursor::new(value);
    payload(&mut cursor)
}

/// `arc-info = instance [CFWS] ";" authres-payload`, `instance = [CFWS] "i" [CFWS] "=" [CFWS] 1*2DIGIT` (RFC 8617 §4.1.1)
pub(super) fn arc_info(value: &str) -> Option<(u32, Payload)> {
    let mut cursor = Cursor::new(value);
    cursor.cfws();
    if cursor.keyword() != "i" || !cursor.takes_behind_cfws('=') {
        return None;
    }
    let instance = cursor.pvalue().parse().ok()?;
    cursor.takes_behind_cfws(';').then(|| (instance, payload(&mut cursor)))
}

fn payload(cursor: &mut Cursor) -> Payload {
    let authserv_id = authserv_id(cursor);
    Payload { authserv_id, methods: resinfos(cursor) }
}

/// `authserv-id = value`. Microsoft writes none: its first word is a method's name.
fn authserv_id(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    ahead.cfws();
    let id = ahead.value(&['=']);
    let is_method = { ahead }.takes_behind_cfws('=');
    if id.is_empty() || is_method {
        return None;
    }
    *cursor = ahead;
    Some(id.to_ascii_lowercase())
}

/// `1*resinfo`, `resinfo = [CFWS] ";" methodspec [CFWS reasonspec] [CFWS 1*propspec]`
///
/// A word without a value (authres-version, the "none" of no-result) tells nothing. Some hosts forget the first
/// semicolon; Yahoo! Japan puts another between a methodspec and its properties.
fn resinfos(cursor: &mut Cursor) -> Vec<MethodResult> {
    let mut methods: Vec<MethodResult> = Vec::new();
    let mut begins = true;
    let mut is_of_known = false;
    loop {
        cursor.cfws();
        if cursor.takes(';') {
            begins = true;
            continue;
        }
        if cursor.rest.is_empty() {
            break;
        }
        let name = cursor.keyword();
        if !cursor.takes_behind_cfws('=') {
            if name.is_empty() {
                cursor.skip();
            }
            continue;
        }
        let value = cursor.pvalue();
        let is_property = name.contains('.');
        if begins && !is_property {
            let found = methodspec(&name, &value);
            is_of_known = found.is_some();
            methods.extend(found);
        } else if (is_property || is_of_known)
            && let Some(last) = methods.last_mut()
        {
            last.properties.push((name, value));
        }
        begins = false;
    }
    for result in &mut methods {
        result.domain = result.subject();
    }
    methods
}

/// `methodspec = [CFWS] method [CFWS] "=" [CFWS] result`, `method = Keyword [[CFWS] "/" [CFWS] method-version]`
fn methodspec(name: &str, result: &str) -> Option<MethodResult> {
    let method = match name.split('/').next().unwrap_or_default() {
        "spf" => Method::Spf,
        "dkim" => Method::Dkim,
        "dmarc" => Method::Dmarc,
        "arc" => Method::Arc,
        "compauth" => Method::Compauth,
        // What Yahoo! Japan writes there is the author's domain.
        "none" | "" | "from" => return None,
        other => Method::Other(other.to_owned()),
    };
    Some(MethodResult { method, outcome: Outcome::parse(result), domain: None, properties: Vec::new() })
}

/// Beginnings of what stands before a value: a value that was left out does not take the next property for its own.
const NEXT: &[&str] = &["smtp.", "header.", "body.", "policy.", "dns.", "reason="];

/// The place in a value that is read next.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    rest: &'a str,
    /// Whether parentheses still begin comments and quotation marks strings: one that never closes begins none, since it
    /// would swallow everything behind it.
    has_comments: bool,
    has_strings: bool,
}

impl<'a> Cursor<'a> {
    fn new(value: &'a str) -> Self {
        Self { rest: value, has_comments: true, has_strings: true }
    }

    /// `CFWS`: white space and comments (RFC 5322 §3.2.2).
    fn cfws(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.is_at_comment() {
                return;
            }
            match behind_comment(self.rest) {
                Some(behind) => self.rest = behind,
                None => self.has_comments = false,
            }
        }
    }

    fn is_at_comment(&self) -> bool {
        self.has_comments && self.rest.starts_with('(')
    }

    fn takes(&mut self, wanted: char) -> bool {
        let behind = self.rest.strip_prefix(wanted);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// Whether that stands next, behind CFWS; it is taken then, and nothing else.
    fn takes_behind_cfws(&mut self, wanted: char) -> bool {
        let mut ahead = *self;
        ahead.cfws();
        let is_next = ahead.takes(wanted);
        if is_next {
            *self = ahead;
        }
        is_next
    }

    fn skip(&mut self) {
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
    }

    /// A method's or property's name in lower case: `method [[CFWS] "/" [CFWS] method-version]`, or
    /// `ptype [CFWS] "." [CFWS] property`.
    fn keyword(&mut self) -> String {
        let mut name = self.token(&['=']).to_ascii_lowercase();
        loop {
            let mut ahead = *self;
            ahead.cfws();
            let is_parted = name.ends_with(['.', '/']) || !name.is_empty() && ahead.rest.starts_with(['.', '/']);
            let more = if is_parted { ahead.token(&['=']) } else { "" };
            if more.is_empty() {
                return name;
            }
            name.push_str(&more.to_ascii_lowercase());
            *self = ahead;
        }
    }

    /// `pvalue = [CFWS] ((value / [[local-part] "@"] domain-name)) [CFWS]`; the white space may be a folding right
    /// behind the sign.
    fn pvalue(&mut self) -> String {
        let mut ahead = *self;
        ahead.cfws();
        let is_apart = ahead.rest.len() != self.rest.len();
        let is_next =
            |known: &&str| ahead.rest.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
        if is_apart && NEXT.iter().any(is_next) {
            return String::new();
        }
        *self = ahead;
        self.value(&[]).trim_end_matches(',').to_owned()
    }

    /// `value = token / quoted-string` (RFC 2045 §5.1), also one with a quoted local-part before its domain.
    fn value(&mut self, ends: &[char]) -> String {
        let mut value = String::new();
        loop {
            if self.has_strings && self.rest.starts_with('"') {
                match quoted_string(self.rest) {
                    Some((content, behind)) => {
                        value.push_str(&content);
                        self.rest = behind;
                    }
                    None => self.has_strings = false,
                }
                continue;
            }
            let token = self.token(ends);
            if token.is_empty() {
                return value;
            }
            value.push_str(token);
        }
    }

    /// Everything up to what ends a word.
    fn token(&mut self, ends: &[char]) -> &'a str {
        let is_end = |character: char| {
            character.is_whitespace()
                || character == ';'
                || character == '(' && self.has_comments
                || character == '"' && self.has_strings
                || ends.contains(&character)
        };
        let (token, rest) = self.rest.split_at(self.rest.find(is_end).unwrap_or(self.rest.len()));
        self.rest = rest;
        token
    }
}

/// What follows a comment; nothing where it never closes.
fn behind_comment(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 1 => return text.get(at + 1..),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// `quoted-string` (RFC 5322 §3.2.4): its content, and what follows it.
fn quoted_string(text: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => {
                content.push(character);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            '"' => return Some((content, text.get(at + 1..)?)),
            _ => content.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    /// The authserv-id, and of each result the method, outcome and domain.
    fn read(value: &str) -> (Option<String>, Vec<String>) {
        let Payload { authserv_id, methods } = authres_payload(value);
        let told = methods.iter().map(|result| {
            let domain = result.domain.as_ref().map_or("-", crate::Domain::as_str);
            format!("{:?} {:?} {domain}", result.method, result.outcome).to_lowercase()
        });
        (authserv_id, told.collect())
    }

    fn assert_reads(value: &str, id: &str, told: &[&str]) {
        let (found_id, found) = read(value);
        assert_eq!(
            (found_id.as_deref().unwrap_or_default(), found),
            (id, told.iter().map(|told| (*told).to_owned()).collect()),
            "{value}"
        );
    }

    #[test]
    fn the_examples_of_the_rfc_are_read() {
        assert_reads("example.org 1; none", "example.org", &[]);
        assert_reads("example.com; spf=pass smtp.mailfrom=example.net", "example.com", &["spf pass example.net"]);
        assert_reads(
            "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462",
            "foo.example.net",
            &["dkim fail -"],
        );
        assert_reads(
            "example.com;\r\n dkim=pass reason=\"good signature\" header.i=@mail-router.example.net;\r\n dkim=fail reason=\"bad; signature\" header.i=@newyork.example.com",
            "example.com",
            &["dkim pass mail-router.example.net", "dkim fail newyork.example.com"],
        );
    }

    #[test]
    fn what_hosts_write_otherwise_is_read() {
        // Microsoft: no authserv-id.
        assert_reads(
            "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=none (message not signed) header.d=none;dmarc=fail action=none header.from=example.com;compauth=fail reason=001",
            "",
            &["spf fail example.com", "dkim none -", "dmarc fail example.com", "compauth fail -"],
        );
        // OpenDKIM: a semicolon inside a string.
        assert_reads(
            "mx.example.jp; dkim=pass\r\n\treason=\"1024-bit key; unprotected key\"\r\n\theader.d=example.net header.i=@example.net; dkim-adsp=pass",
            "mx.example.jp",
            &["dkim pass example.net", "other(\"dkim-adsp\") pass -"],
        );
        // IONOS: folded behind the sign, a sign inside the value.
        assert_reads(
            "mx.example.jp; dkim=none; spf=pass smtp.mailfrom=\r\n bounces+1-5e1d-erika=example.net@news.example.com;\r\n dmarc=none header.from=example.com",
            "mx.example.jp",
            &["dkim none -", "spf pass news.example.com", "dmarc none example.com"],
        );
        // Yahoo!: words of its own, a comment right behind the result.
        assert_reads(
            "mx.example.com; dkim=dkim_pass header.i=@example.net header.s=@s; dmarc=success(p=REJECT) header.from=example.net;",
            "mx.example.com",
            &["dkim pass example.net", "dmarc pass example.net"],
        );
        // Yahoo! Japan: a semicolon before the properties.
        assert_reads(
            "mta.example.jp  from=example.net; domainkeys=neutral (no sig); dkim=pass (ok); header.i=@example.net;",
            "mta.example.jp",
            &["other(\"domainkeys\") neutral -", "dkim pass example.net"],
        );
        // Cisco: no ptype. Others: no semicolon behind the name, a quoted local part, a value left out.
        assert_reads(
            "mx.example.com; dmarc=pass (p=none dis=none) d=example.com",
            "mx.example.com",
            &["dmarc pass example.com"],
        );
        assert_reads(
            "mx.example.com spf=pass smtp.mailfrom=\"a b;c\"@example.net",
            "mx.example.com",
            &["spf pass example.net"],
        );
        assert_reads(
            "mx.example.com; spf=none smtp.mailfrom= smtp.helo=h.example.net",
            "mx.example.com",
            &["spf none h.example.net"],
        );
    }

    #[test]
    fn what_the_sender_can_put_inside_is_no_result() {
        assert_reads(
            "mx.example.jp; spf=fail (x; dkim=pass header.d=example.com) smtp.mailfrom=\"a; dkim=pass header.d=example.com \"@example.net",
            "mx.example.jp",
            &["spf fail example.net"],
        );
    }

    #[test]
    fn what_never_closes_swallows_nothing() {
        assert_reads(
            "mx.example.jp (a; spf=fail smtp.mailfrom=example.net",
            "mx.example.jp",
            &["spf fail example.net"],
        );
        assert_reads(
            "mx.example.jp; spf=fail smtp.mailfrom=\"example.net; dkim=none",
            "mx.example.jp",
            &["spf fail example.net", "dkim none -"],
        );
        for value in ["", ";", "=", "\"", "(", ".", "a.", "a . = b", "i=", &"(".repeat(10_000), &"a=;".repeat(10_000)] {
            authres_payload(value);
            arc_info(value);
        }
    }

    #[test]
    fn an_arc_set_has_its_instance_before() {
        let (instance, payload) = arc_info(" i = 1; mx.example.com 1; spf=pass smtp.mailfrom=example.net").unwrap();
        assert_eq!((instance, payload.authserv_id.as_deref(), payload.methods.len()), (1, Some("mx.example.com"), 1));
        assert!(arc_info("mx.example.com; spf=pass").is_none());
    }
}
