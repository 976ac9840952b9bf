//! Whatever of the recipient a message holds, in whatever writing, is in no published form of it.

#![allow(clippy::indexing_slicing, reason = "a test may fail")]
use super::*;
use crate::{Format, Texts, publish};
use mekiki_signs::{Answers, inspect};
use proptest::prelude::*;

const ADDRESS: &str = "taro.yamada@example.jp";

fn report(to: &str, more: &str) -> Report {
    report_from("Service", to, more)
}

fn report_from(name: &str, to: &str, more: &str) -> Report {
    let mail = format!(
        "Received: from a.evil-site.test (a.evil-site.test [203.0.113.9]) by mx.example.jp with ESMTP id 1;\r\n \
         Fri, 5 Jul 2024 11:15:53 +0900\r\nReturn-Path: <service@evil-site.test>\r\n\
         From: {name} <service@evil-site.test>\r\nTo: {to}\r\n{more}"
    );
    inspect(mail.as_bytes(), &Context::default(), &Answers::default())
}

fn mask() -> Mask {
    let link = "Content-Type: text/html\r\n\r\n<a href='https://login.evil-site.test/'>x</a>";
    Mask::new(
        &report(&format!("Taro Yamada <{ADDRESS}>, \u{5C71}\u{7530}\u{592A}\u{90CE} <info@example.jp>"), link),
        &Context::default(),
    )
}

fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    digits(bytes, 6).into_iter().map(|digit| char::from(alphabet[digit])).collect()
}

fn base32(bytes: &[u8]) -> String {
    digits(bytes, 5).into_iter().map(|digit| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit])).collect()
}

fn digits(bytes: &[u8], bits: usize) -> Vec<usize> {
    let all: Vec<usize> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| usize::from(byte >> bit & 1))).collect();
    let padded = |chunk: &[usize]| (0..bits).fold(0, |sum, at| sum * 2 + chunk.get(at).copied().unwrap_or(0));
    all.chunks(bits).map(padded).collect()
}

const PLAIN: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const OF_URLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn listed(text: &str, each: impl Fn(u8) -> String, between: &str) -> String {
    text.bytes().map(each).collect::<Vec<_>>().join(between)
}

fn rotated(text: &str) -> String {
    let rotate = |letter: char, base: u8| char::from((letter as u8 - base + 13) % 26 + base);
    text.chars().map(|letter| if letter.is_ascii_lowercase() { rotate(letter, b'a') } else { letter }).collect()
}

/// Every writing that is undone, of a text.
fn writings(text: &str) -> Vec<String> {
    let hexadecimal = listed(text, |byte| format!("{byte:02x}"), "");
    let once = base64(text.as_bytes(), PLAIN);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reversed: String = text.chars().rev().collect();
    vec![
        text.to_owned(),
        text.to_uppercase(),
        text.replace('@', "%40").replace('.', "%2E"),
        text.replace('@', "%2540").replace('.', "%252e"),
        listed(text, |byte| format!("%{byte:02X}"), ""),
        listed(text, |byte| format!("%25{byte:02X}"), ""),
        once.clone(),
        base64(text.as_bytes(), OF_URLS),
        base64(format!("{{\"e\":\"{text}\"}}").as_bytes(), PLAIN),
        base64(format!("a{text}").as_bytes(), PLAIN),
        base64(once.as_bytes(), PLAIN),
        base64(base64(once.as_bytes(), PLAIN).as_bytes(), PLAIN),
        once.chars().rev().collect(),
        base64(reversed.as_bytes(), PLAIN),
        base64(&utf16, PLAIN),
        base64(rotated(text).as_bytes(), PLAIN),
        base32(text.as_bytes()),
        base32(text.as_bytes()).to_lowercase(),
        listed(&once, |byte| format!("{byte:02x}"), ""),
        format!("0x{hexadecimal}"),
        hexadecimal.to_uppercase(),
        hexadecimal,
        listed(text, |byte| byte.to_string(), "-"),
        listed(text, |byte| format!("{byte:02x}"), "%20"),
        listed(text, |byte| format!("\\u{byte:04x}"), ""),
        listed(text, |byte| format!("%5Cu{byte:04x}"), ""),
        listed(text, |byte| format!("&#{byte};"), ""),
        rotated(text),
        reversed,
        text.replace('@', "-at-"),
        text.replace('@', "=").replace('.', "_"),
        text.replace('@', "(at)").replace('.', "(dot)"),
        text.replace('@', "\u{FF20}"),
        text.chars().flat_map(|letter| [letter, '\u{200B}']).collect(),
    ]
}

#[test]
fn every_writing_is_masked_in_links_and_text() {
    let mask = mask();
    for secret in [ADDRESS, "taro.yamada"] {
        for writing in writings(secret) {
            let url = format!("https://login.evil-site.test/x?e={writing}");
            let masked = mask.masked(&url, Place::Link);
            assert!(masked.starts_with("https://login.evil-site.test/x?e=***"), "{url}: {masked}");
            assert!(mask.masked(&format!("Dear {writing}, pay"), Place::Text).contains(MASK), "{writing}");
        }
    }
    assert_eq!(
        mask.masked("https://x.evil-site.test/x?first=Taro&last=Yamada", Place::Link),
        "https://x.evil-site.test/x?first=***&last=***"
    );
    assert_eq!(mask.masked("https://taro-yamada.evil-site.test/", Place::Link), "https://***.evil-site.test/");
    assert_eq!(mask.masked("bounce+taro.yamada=example.jp@evil-site.test", Place::Header), "***@evil-site.test");
}

#[test]
fn names_are_masked_in_either_order_and_before_titles() {
    let mask = mask();
    for (text, masked) in [
        ("Dear Taro Yamada!", "Dear ***!"),
        ("Yamada, Taro", "***"),
        ("Mr Yamada, your account", "Mr ***, your account"),
        ("(Authenticated sender: tyamada)", "(Authenticated sender: ***)"),
        ("invoice_TaroYamada.pdf", "invoice_***.pdf"),
        ("\u{5C71}\u{7530}\u{69D8}", "***\u{69D8}"),
        ("\u{5C71}\u{7530}\u{592A}\u{90CE}\u{3055}\u{3093}", "***\u{3055}\u{3093}"),
    ] {
        assert_eq!(mask.masked(text, Place::Text), masked);
    }
}

#[test]
fn what_is_nobodys_stays() {
    let mask = mask();
    for (text, place) in [
        ("hxxps://login[.]evil-site[.]top/pp/confirm?step=2&lang=en", Place::Link),
        ("https://login.evil-site.test/your-account-has-been-limited.html", Place::Link),
        ("service@evil-site.test", Place::Text),
        ("Your information and 100% of 50%25", Place::Text),
        ("smtp.mailfrom=service@evil-site.test", Place::Header),
        ("ec2-203-0-113-9.compute.example", Place::Header),
        ("<62190194916331@evil-site.test>", Place::Identifier),
        ("a tarot card and the mayor", Place::Text),
    ] {
        assert_eq!(mask.masked(text, place), text);
    }
}

#[test]
fn what_is_not_known_is_masked_by_its_shape() {
    let mask = mask();
    for (text, masked) in [
        ("https://login.evil-site.test/x?e=hanako@example.net", "https://login.evil-site.test/x?e=***"),
        ("https://login.evil-site.test/u/3f5474ad927c3fd05e3c970e3e4f350c/", "https://login.evil-site.test/u/***/"),
        ("https://k9x2m4q7.evil-site.test/a#20481234", "https://***.evil-site.test/a#***"),
        ("https://login.evil-site.test/?e=dGFyby55YW1h\u{2026}", "https://login.evil-site.test/?e=***\u{2026}"),
        ("https://login.evil-site.test/?e=tar\u{2026}", "https://login.evil-site.test/?e=***\u{2026}"),
    ] {
        assert_eq!(mask.masked(text, Place::Link), masked);
    }
    let result = "smtp.mailfrom=bounce@evil-site.test";
    assert_eq!(mask.masked(result, Place::Header), "smtp.mailfrom=***@evil-site.test");
    assert_eq!(mask.masked("ask hanako@example.net", Place::Text), "ask ***");
    assert_eq!(mask.masked("ask help@evil-site.test", Place::Text), "ask ***@evil-site.test");
}

#[test]
fn no_sender_hides_what_the_report_is_about() {
    let link = "Content-Type: text/html\r\n\r\n<a href='https://login.evil-site.test/'>x</a>";
    let to = "evil-site@evil-site.test, PayPal Service <paypal@example.jp>";
    let report = report_from("PayPal Service", to, link);
    assert_eq!(report.claim.as_deref(), Some("PayPal"));
    let mask = Mask::new(&report, &Context::default());
    for text in ["https://login.evil-site.test/", "PayPal Service"] {
        assert_eq!(mask.masked(text, Place::Link), text);
    }
}

#[test]
fn fields_of_every_host_name_the_recipient() {
    for name in [
        "Delivered-To",
        "X-Original-To",
        "Envelope-To",
        "X-Apparently-To",
        "X-Rcpt-To",
        "Resent-To",
        "Resent-Cc",
        "X-Forwarded-To",
        "X-Forwarded-For",
        "Original-Recipient",
        "Final-Recipient",
        "X-Real-To",
        "X-MDRcpt-To",
        "X-Original-Recipient",
        "X-RCPT-TO",
        "Envelope-Recipient",
        "X-Mailgun-Rcpt",
        "Bcc",
        "X-MS-Exchange-Organization-OriginalEnvelopeRecipients",
    ] {
        let report =
            report("members@list.example", &format!("{name}: rfc822;{ADDRESS}\r\nSubject: taro.yamada\r\n\r\nx"));
        assert_eq!(Mask::new(&report, &Context::default()).masked("taro.yamada", Place::Text), MASK, "{name}");
    }
    assert!(!names_recipients("Reply-To") && !names_recipients("In-Reply-To") && !names_recipients("List-Post"));
}

#[test]
fn names_the_user_has_are_masked_though_the_sender_bears_them() {
    let context = Context { own_names: vec!["Hanako Suzuki".to_owned()], ..Context::default() };
    let report = report("members@list.example", "Subject: x\r\n\r\nx");
    assert_eq!(Mask::new(&report, &context).masked("Hanako Suzuki", Place::Text), MASK);
}

/// What mail programs and GitHub make clickable.
fn is_linked(text: &str) -> bool {
    let text = text.to_lowercase();
    let letters: Vec<char> = text.chars().collect();
    let dotted = letters
        .windows(3)
        .any(|three| matches!(three, [before, '.', after] if before.is_alphanumeric() && after.is_alphabetic()));
    let mention = letters.windows(2).any(|two| matches!(two, ['@', after] if after.is_alphanumeric()));
    let issue = letters.windows(2).any(|two| matches!(two, ['#', after] if after.is_ascii_digit()));
    dotted
        || mention
        || issue
        || ["http:", "https:", "ftp:", "mailto:", "javascript:", "data:"].iter().any(|scheme| text.contains(scheme))
}

/// A published form without our own words and without what its format puts around values.
fn values(written: &str) -> String {
    let own = [
        "Networks as of",
        "<!doctype",
        "<meta",
        "<style",
        "body{",
        "To check it",
        "Strong sign (",
        "Medium sign (",
        "Weak sign (",
        "    Compare",
        "DB-IP.com",
        "Speaks for the email (",
    ];
    written.lines().filter(|line| !own.iter().any(|own| line.contains(own))).collect::<Vec<_>>().join("\n")
}

fn english() -> Texts {
    let messages = include_str!("../../../../extension/_locales/en/messages.json");
    Texts::read("en".to_owned(), messages).unwrap_or_default()
}

#[test]
fn nothing_published_can_be_clicked_or_makes_lines_of_its_own() {
    let evil = "https://evil-site.test/login www.evil-site.test help@evil-site.test @octocat #1 mailto:a@evil-site.test data:x";
    let mail = format!(
        "Subject: {evil}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
         <a href='https://evil-site.test/a'>{evil}</a> {evil}\r\n--b\r\nContent-Type: application/x-\u{1B}[32m;\r\n \
         name=\"=?utf-8?q?a=1B[31m=0A=0A=3D=3D_Signs=0A-_x_https=3A//evil-site.test?=\"\r\n\r\nx\r\n--b--\r\n"
    );
    let report = report(ADDRESS, &mail);
    assert!(report.attachments.iter().all(|file| !file.declared_type.contains('\u{1B}')));
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let written = publish(&report, &Context::default(), &english(), format);
        let bare = values(&written).replace("&#39;", "'").replace("\\#", "#");
        assert!(!is_linked(&bare), "{bare}");
        assert!(!written.contains('\u{1B}') && !written.contains("\n== Signs"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_published_form_holds_the_recipient(
        local in "[a-z]{4,9}[.]?[a-z]{2,6}",
        domain in "[a-z]{6,12}[.](test|invalid|example)",
        place in 0_usize..34,
    ) {
        let address = format!("{local}@{domain}");
        for secret in [&address, &local] {
            let all = writings(secret);
            let writing = all.get(place).unwrap_or(secret);
            let html = writing.replace('&', "&amp;");
            let mail = format!(
                "Delivered-To: {address}\r\nSubject: Hello {address}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                 <p><a href=\"https://login.evil-site.test/x?e={html}\">PayPal: verify {html}</a></p>"
            );
            let report = report("members@list.example", &mail);
            for format in [Format::Text, Format::Markdown, Format::Html] {
                let written = publish(&report, &Context::default(), &english(), format);
                let bare = written.replace('\\', "").replace("[.]", ".").replace("[@]", "@").to_lowercase();
                for trace in [&address, &local, writing] {
                    prop_assert!(!bare.contains(&trace.to_lowercase()), "{trace} in {written}");
                }
                prop_assert!(!is_linked(&values(&written).replace('\\', "")), "{written}");
            }
        }
    }
}
