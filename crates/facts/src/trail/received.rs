//! One Received field (RFC 5321 §4.4), in the shapes that hosts really write.
//!
//! ```text
//! Postfix    from HELO (rdns [ip]) by …            Sendmail  from HELO (rdns [ip] (may be forged)) by …
//! Exim       from rdns ([ip] helo=HELO) by …       qmail     from unknown (HELO x) (ip) by …
//! Exchange   from HELO (ip) by host (ip) with …    Courier   from HELO (rdns [::ffff:ip]) by …
//! Gmail      by host with SMTP id …; (no from)     webmail   from ip by host via HTTP
//! ```

use crate::{AddressClass, Domain, Greeting, Hop, Timestamp};
use std::net::IpAddr;

/// Longest value that is read, in bytes.
const LONGEST: usize = 4_096;

/// Reads one field's value.
pub(super) fn read(value: &str) -> Hop {
    let value: String = value.chars().take(LONGEST).collect();
    let (path, date) = value.rsplit_once(';').unwrap_or((&value, ""));
    let mut hop = Hop { time: Timestamp::parse(date.trim()), raw: value.clone(), ..Hop::default() };
    let clauses = clauses(path);
    for (name, text) in &clauses {
        match *name {
            "from" => read_from(text, &mut hop),
            // docomo writes its software right behind its name.
            "by" => {
                hop.by = first_word(text).map(|word| word.split_once('(').map_or(word, |(name, _)| name).to_owned());
            }
            "with" => hop.with = with(text),
            "id" => hop.id = first_word(text).map(str::to_owned),
            "for" => hop.for_address = first_word(text).map(|word| word.trim_matches(['<', '>']).to_owned()),
            _ => {}
        }
    }
    let protocol = hop.with.as_deref().unwrap_or_default();
    let protocol_says = |letter: char| {
        protocol
            .strip_prefix("UTF8")
            .unwrap_or(protocol)
            .trim_start_matches("LMTP")
            .trim_start_matches("ESMTP")
            .trim_start_matches("SMTP")
            .contains(letter)
    };
    let is_smtp = ["SMTP", "LMTP"].iter().any(|known| protocol.contains(known));
    // Exim writes the name that the address has, and the greeting only where it is another; without one, the address.
    if path.contains("(Exim ") && hop.reverse_name.is_none() && !hop.is_unnamed && hop.address.is_some() {
        hop.reverse_name = match &hop.greeting {
            Some(Greeting::Name(name)) if !path.contains("helo=") => Some(name.clone()),
            _ => None,
        };
    }
    let remarks = remarks(&clauses);
    hop.is_encrypted = is_smtp && protocol_says('S') || remarks.iter().any(|remark| is_of_encryption(remark));
    hop.is_authenticated = is_smtp && protocol_says('A') || remarks.iter().any(|remark| is_of_login(remark));
    hop.address_class = hop.address.map(AddressClass::of);
    hop
}

/// The clauses of the field, each with its text, parentheses included; a keyword inside parentheses begins none.
fn clauses(path: &str) -> Vec<(&'static str, &str)> {
    const NAMES: [&str; 7] = ["from", "by", "via", "with", "id", "for", "envelope-from"];
    let mut found: Vec<(&'static str, usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut word_start = None;
    for (at, character) in path.char_indices().chain(std::iter::once((path.len(), ' '))) {
        let ends_word = character.is_whitespace() || matches!(character, '(' | ')');
        if ends_word && let Some(start) = word_start.take() {
            let word = path.get(start..at).unwrap_or_default();
            if let Some(name) = NAMES.iter().find(|name| depth == 0 && name.eq_ignore_ascii_case(word))
                && !found.iter().any(|(known, ..)| known == name)
            {
                found.push((name, start, at));
            }
        }
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if !ends_word && word_start.is_none() => word_start = Some(at),
            _ => {}
        }
    }
    let ends = found.iter().skip(1).map(|(_, start, _)| *start).chain(std::iter::once(path.len()));
    found
        .iter()
        .zip(ends)
        .map(|((name, _, start), end)| (*name, path.get(*start..end).unwrap_or_default().trim()))
        .collect()
}

/// Comments that the receiving host wrote of its own, in lower case: behind the address of whoever connected, and in the
/// clauses after `from`. What stands before them holds the greeting, which the sender chose.
fn remarks(clauses: &[(&str, &str)]) -> Vec<String> {
    let mut remarks = Vec::new();
    for (name, text) in clauses {
        let comments = comments(text);
        let skipped = if *name == "from" {
            let has_address = |comment: &&str| {
                comment
                    .split(|end: char| end.is_whitespace() || matches!(end, '(' | ')' | '@'))
                    .any(|word| address(word).is_some())
            };
            comments.iter().position(has_address).map_or(comments.len(), |at| at + 1)
        } else {
            0
        };
        remarks.extend(comments.iter().skip(skipped).map(|comment| comment.trim().to_ascii_lowercase()));
    }
    remarks
}

/// Comments of a text, what is nested in them included, without their parentheses.
fn comments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in text.char_indices() {
        match character {
            '(' => {
                if depth == 0 {
                    start = at + 1;
                }
                depth += 1;
            }
            ')' if depth == 1 => {
                depth = 0;
                found.extend(text.get(start..at));
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// Whether a remark says that the sender logged in: Postfix "Authenticated sender: …", Sendmail "authenticated bits=0",
/// Courier "AUTH: LOGIN …".
fn is_of_login(remark: &str) -> bool {
    let mut words = remark.split(|end: char| end.is_whitespace() || matches!(end, ':' | '='));
    match words.next().unwrap_or_default() {
        "authenticated" | "auth" | "smtp-auth" | "asmtp" => true,
        "user" => words.any(|word| word == "authenticated"),
        _ => false,
    }
}

/// Whether a remark tells of the encryption of the connection.
fn is_of_encryption(remark: &str) -> bool {
    ["version=tls", "using tls", "cipher=", "tls1", "tlsv1"].iter().any(|mark| remark.contains(mark))
}

fn first_word(text: &str) -> Option<&str> {
    text.split_whitespace().next().map(|word| word.trim_end_matches([',', ';']))
}

/// The protocol: the word after `with`, or what Exchange writes at length.
fn with(text: &str) -> Option<String> {
    if text.starts_with("Microsoft SMTP Server") || text.starts_with("mapi") {
        return Some("MICROSOFT SMTP".to_owned());
    }
    first_word(text).map(str::to_ascii_uppercase)
}

/// Who connected: what it called itself, its name, its address.
fn read_from(text: &str, hop: &mut Hop) {
    let (head, comments) = text.find('(').map_or((text, ""), |at| text.split_at(at));
    let head = head.trim();
    let head_word = head.split_whitespace().next().unwrap_or_default();
    let words: Vec<&str> = comments
        .split(|character: char| character.is_whitespace() || matches!(character, '(' | ')' | ','))
        .filter(|word| !word.is_empty())
        .collect();

    let said = words.iter().enumerate().find_map(|(at, word)| {
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "helo" | "ehlo" | "lhlo") {
            return words.get(at + 1).copied();
        }
        ["helo=", "ehlo="].iter().any(|key| lower.starts_with(key)).then(|| word.get(5..).unwrap_or_default())
    });
    let in_brackets = words.iter().find_map(|word| bracketed_address(word));
    let bare = words.iter().filter(|word| Some(**word) != said && !word.contains('=')).find_map(|word| address(word));
    let head_address = address(head_word);
    hop.address = in_brackets.or(bare).or(head_address);

    let name = words
        .iter()
        .filter(|word| Some(**word) != said && address(word).is_none() && !word.contains(['=', '@', ':']))
        .map(|word| word.split('[').next().unwrap_or_default().trim_end_matches('.'))
        .find(|word| word.contains('.') && !word.starts_with(|first: char| first.is_ascii_digit() && is_version(word)))
        .and_then(Domain::parse);
    let is_unknown = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "unknown" | "(unknown");

    if let Some(said) = said {
        // The head is the name that the receiving host found.
        hop.greeting = greeting(said);
        hop.is_unnamed = is_unknown(head_word);
        hop.reverse_name = if head_address.is_none() && !hop.is_unnamed { Domain::parse(head_word) } else { None };
    } else {
        hop.greeting = if head.is_empty() { None } else { greeting(head_word) };
        hop.reverse_name = name;
        hop.is_unnamed = hop.reverse_name.is_none()
            && words.iter().any(|word| is_unknown(word.split('[').next().unwrap_or_default()));
    }
    if comments.to_ascii_lowercase().contains("may be forged") {
        hop.is_unnamed = true;
    }
}

/// Whether a word with dots is a number or a version rather than a name.
fn is_version(word: &str) -> bool {
    word.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | '/' | '-'))
}

fn greeting(text: &str) -> Option<Greeting> {
    let text = text.trim_end_matches('.');
    if text.is_empty() {
        return None;
    }
    Some(
        address(text)
            .map(Greeting::Address)
            .or_else(|| Domain::parse(text).map(Greeting::Name))
            .unwrap_or_else(|| Greeting::Other(text.to_owned())),
    )
}

/// The address in `[…]` inside a word.
fn bracketed_address(word: &str) -> Option<IpAddr> {
    let (_, rest) = word.split_once('[')?;
    address(rest.split(']').next()?)
}

/// An address in any of its notations: bare, bracketed, tagged `IPv6:`, mapped, with a zone or a port.
fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim_matches(['[', ']', '(', ')', ',', ';']);
    let word = word
        .get(..5)
        .filter(|tag| tag.eq_ignore_ascii_case("IPv6:"))
        .map_or(word, |_| word.get(5..).unwrap_or_default());
    let word = word.split('%').next().unwrap_or_default();
    if let Ok(address) = word.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    let (host, port) = word.rsplit_once(':')?;
    let host = host.trim_matches(['[', ']']);
    port.parse::<u16>().ok().and_then(|_| host.parse::<std::net::Ipv4Addr>().ok()).map(IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Greeting, reverse name, address, unnamed, by, with.
    type Seen = (Option<String>, Option<String>, Option<String>, bool, Option<String>, Option<String>);

    fn seen(value: &str) -> Seen {
        let hop = read(value);
        (
            hop.greeting.map(|greeting| greeting.to_string()),
            hop.reverse_name.map(|name| name.to_string()),
            hop.address.map(|address| address.to_string()),
            hop.is_unnamed,
            hop.by,
            hop.with,
        )
    }

    fn row(greeting: &str, name: &str, address: &str, is_unnamed: bool, by: &str, with: &str) -> Seen {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(greeting), some(name), some(address), is_unnamed, some(by), some(with))
    }

    #[test]
    fn the_shapes_of_the_common_hosts_are_read() {
        for (value, wanted) in [
            (
                "from [127.0.0.1] (unknown [20.210.172.29]) by mx.example.jp (Postfix) with ESMTP id 4Qf for <a@example.jp>; Sun, 11 Jun 2023 14:32:08 +0900 (JST)",
                row("127.0.0.1", "", "20.210.172.29", true, "mx.example.jp", "ESMTP"),
            ),
            (
                "from mail.example.net (mail.example.net [198.51.100.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by mx.example.jp (Postfix) with ESMTPS id 4Q",
                row("mail.example.net", "mail.example.net", "198.51.100.7", false, "mx.example.jp", "ESMTPS"),
            ),
            (
                "from mail.example.net (host.example.org [198.51.100.7] (may be forged)) by mx.example.jp (8.15.2/8.15.2) with ESMTP id 48; Tue, 3 Sep 2024 10:15:00 +0900",
                row("mail.example.net", "host.example.org", "198.51.100.7", true, "mx.example.jp", "ESMTP"),
            ),
            (
                "from host.example.org ([198.51.100.7] helo=mail.example.net) by mx.example.jp with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@example.net>) id 1qA",
                row("mail.example.net", "host.example.org", "198.51.100.7", false, "mx.example.jp", "ESMTPS"),
            ),
            (
                "from [198.51.100.7] (helo=mail.example.net) by mx.example.jp with esmtp (Exim 4.92)",
                row("mail.example.net", "", "198.51.100.7", false, "mx.example.jp", "ESMTP"),
            ),
            (
                "from unknown (HELO mail.example.net) (198.51.100.7) by 0 with SMTP; 3 Sep 2024 01:15:00 -0000",
                row("mail.example.net", "", "198.51.100.7", true, "0", "SMTP"),
            ),
            (
                "from mail.example.net (198.51.100.7) by VE1EUR01FT033.mail.protection.outlook.com (10.152.2.84) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1; Tue, 3 Sep 2024 01:15:00 +0000",
                row(
                    "mail.example.net",
                    "",
                    "198.51.100.7",
                    false,
                    "VE1EUR01FT033.mail.protection.outlook.com",
                    "MICROSOFT SMTP",
                ),
            ),
            (
                "from mail.example.net (mail.example.net. [2001:db8::7]) by mx.google.com with ESMTPS id a1-2 for <a@example.jp> (version=TLS1_3 cipher=TLS bits=256/256); Tue, 03 Sep 2024 01:15:00 -0700 (PDT)",
                row("mail.example.net", "mail.example.net", "2001:db8::7", false, "mx.google.com", "ESMTPS"),
            ),
            (
                "by 2002:a05:6a11:1 with SMTP id x1csp1; Tue, 3 Sep 2024 01:15:00 -0700 (PDT)",
                row("", "", "", false, "2002:a05:6a11:1", "SMTP"),
            ),
            (
                "from mail.example.net (mail.example.net [::ffff:198.51.100.7]) (TLS: TLSv1/SSLv3,256bits) by mx.example.jp with esmtp; Tue, 03 Sep 2024 10:15:00 +0900",
                row("mail.example.net", "mail.example.net", "198.51.100.7", false, "mx.example.jp", "ESMTP"),
            ),
            (
                "from localhost (localhost [127.0.0.1]) by mx.example.jp (Postfix) with ESMTP id 4Q",
                row("localhost", "", "127.0.0.1", false, "mx.example.jp", "ESMTP"),
            ),
            (
                "from [IPv6:2001:db8::9] (unknown [IPv6:2001:db8::9]) by mx.example.jp with ESMTPSA id 1",
                row("2001:db8::9", "", "2001:db8::9", true, "mx.example.jp", "ESMTPSA"),
            ),
        ] {
            assert_eq!(seen(value), wanted, "{value}");
        }
    }

    #[test]
    fn logging_in_and_encryption_are_seen() {
        let hop = read(
            "from [192.168.1.20] (p1234.example.net [198.51.100.7]) (Authenticated sender: a@example.jp) by mx.example.jp with ESMTPSA id 4Q",
        );
        assert!(hop.is_authenticated && hop.is_encrypted);
        let hop = read("from mail.example.net (mail.example.net [198.51.100.7]) by mx.example.jp with SMTP id 4Q");
        assert!(!hop.is_authenticated && !hop.is_encrypted);
    }

    #[test]
    fn a_greeting_logs_nobody_in() {
        for value in [
            "from smtp-auth.example.net (unknown [198.51.100.7]) by mx.example.jp (Postfix) with ESMTP id 4Q",
            "from auth=x (unknown [198.51.100.7]) by mx.example.jp (Postfix) with ESMTP id 4Q",
            "from host.example.net ([198.51.100.7] helo=auth=tls1.example.net) by mx.example.jp with esmtp (Exim 4.96) (envelope-from <authenticated@example.net>) id 1",
            "from unknown (HELO authenticated) (198.51.100.7) by mx.example.jp with SMTP",
            "from x (authenticated bits=0) by mx.example.jp with ESMTP",
            "from a.example.net (a.example.net [198.51.100.7]) (Client CN \"Authenticated sender\", Issuer \"x\") by mx.example.jp with ESMTP",
        ] {
            let hop = read(value);
            assert!(!hop.is_authenticated && !hop.is_encrypted, "{value}");
        }
        for value in [
            "from [10.0.0.2] (p1.example.net [198.51.100.7]) (using TLSv1.3 with cipher X (256/256 bits)) (Authenticated sender: a@example.jp) by mx.example.jp (Postfix) with ESMTP id 1",
            "from pc (p1.example.net\t[198.51.100.7])\t(authenticated bits=0) by mx.example.jp (8.14.4/8.14.4) with ESMTP id 1",
            "from pc (p1.example.net [::ffff:198.51.100.7]) (AUTH: LOGIN a@example.jp, TLS: TLSv1.2,128bits) by mx.example.jp with ESMTPS",
            "from p1.example.net ([198.51.100.7] helo=pc) by mx.example.jp with esmtpsa (TLS1.3) (Exim 4.96) id 1",
            "from pc (unknown [198.51.100.7]) by mx.example.jp with UTF8SMTPSA id 1",
        ] {
            assert!(read(value).is_authenticated, "{value}");
        }
    }

    #[test]
    fn hostile_fields_are_survived() {
        for value in
            ["", ";", "from", "from (", "from ((((((", "from by with id for", "from [ (unknown [", &"(".repeat(10_000)]
        {
            read(value);
        }
    }
}
