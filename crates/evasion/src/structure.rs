//! How the content is put together: what else stands beside the text, what it lies in, how it is encoded.

use crate::{Mail, Transformation, mail::in_lines};

/// A text that says nothing, in each of the kinds that a mail client shows.
const PLAIN: &[u8] = b"Content-Type: text/plain; charset=utf-8\n\nKind regards\n";
const HTML: &[u8] = b"Content-Type: text/html; charset=utf-8\n\n<p>Kind regards</p>\n";
const EMPTY: &[u8] = b"Content-Type: text/plain\n\n\n";
const PICTURE: &[u8] = b"Content-Type: image/gif\nContent-Transfer-Encoding: base64\nContent-ID: <a>\n\n\
    R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\n";

/// What it is called, the fields of its content, and how its text is written.
type Encoded = (&'static str, &'static str, fn(&str) -> String);

#[expect(clippy::too_many_lines, reason = "one list")]
pub fn transformations() -> Vec<Transformation> {
    let mut all = vec![
        Transformation::new("mime-html-behind", |mail| Some(mail.inside("multipart/mixed", &[], &[HTML]))),
        Transformation::new("mime-html-before", |mail| Some(mail.inside("multipart/mixed", &[HTML], &[]))),
        Transformation::new("mime-plain-behind", |mail| Some(mail.inside("multipart/mixed", &[], &[PLAIN]))),
        Transformation::new("mime-plain-before", |mail| Some(mail.inside("multipart/mixed", &[PLAIN], &[]))),
        Transformation::new("mime-related-html-behind", |mail| {
            Some(mail.inside("multipart/related", &[], &[HTML, PICTURE]))
        }),
        Transformation::new("mime-plain-alternative", |mail| Some(mail.inside("multipart/alternative", &[PLAIN], &[]))),
        Transformation::new("mime-unknown-multipart", |mail| Some(mail.inside("multipart/x-cards", &[], &[PICTURE]))),
        Transformation::new("mime-between-two-texts", |mail| {
            Some(mail.inside("multipart/mixed", &[PLAIN], &[PICTURE, PLAIN]))
        }),
        Transformation::new("mime-signed", |mail| {
            let signature = b"Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n\nYWJj\n\
                -----END PGP SIGNATURE-----\n";
            Some(mail.inside(
                "multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"",
                &[],
                &[signature],
            ))
        }),
        Transformation::new("mime-report", |mail| {
            let status =
                b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: \
                rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n";
            Some(mail.inside("multipart/report; report-type=delivery-status", &[], &[status]))
        }),
        Transformation::new("mime-thousand-parts", |mail| {
            Some(mail.inside("multipart/mixed", &vec![EMPTY; 1_001], &[]))
        })
        .large(),
        Transformation::new("mime-thousand-parts-behind", |mail| {
            Some(mail.inside("multipart/mixed", &[], &vec![EMPTY; 1_001]))
        })
        .large(),
        Transformation::new("mime-message-inside", |mail| {
            let fields = mail.fields();
            let outer = |field: &&&[u8]| {
                [&b"From:"[..], b"Subject:", b"Date:", b"To:"].iter().any(|name| field.starts_with(name))
            };
            let mut inner = b"Content-Type: message/rfc822\n\n".to_vec();
            inner.extend(fields.iter().filter(outer).copied().collect::<Vec<_>>().concat());
            inner.extend(mail.entity());
            let mut content = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_o\"\n\n--=_o\n".to_vec();
            content.extend(inner);
            content.extend_from_slice(b"\n--=_o--\n");
            Some(mail.with_entity(&content))
        }),
        Transformation::new("mime-unclosed", |mail| {
            let mut content = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_u\"\n\n--=_u\n".to_vec();
            content.extend(mail.entity());
            Some(mail.with_entity(&content))
        }),
        Transformation::new("mime-text-before-first-boundary", |mail| {
            let mut content = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_p\"\n\nThis is a \
                multi-part message in MIME format.\n--=_p\n"
                .to_vec();
            content.extend(mail.entity());
            content.extend_from_slice(b"\n--=_p--\n\nThe end of the message.\n");
            Some(mail.with_entity(&content))
        }),
        Transformation::new("mime-boundary-in-comments", |mail| {
            let mut content =
                b"MIME-Version: (of course) 1.0\nContent-Type: multipart (a) / mixed (b);\n (c) boundary (d) = \
                \"=_c\" (e)\n\n--=_c\n"
                    .to_vec();
            content.extend(mail.entity());
            content.extend_from_slice(b"\n--=_c--\n");
            Some(mail.with_entity(&content))
        }),
        Transformation::new("mime-calendar", |mail| {
            let text = as_plain(mail)?.replace(['\n', '\r'], "\\n").replace([',', ';'], " ");
            let calendar = format!(
                "Content-Type: text/calendar; charset=utf-8; method=REQUEST\nContent-Transfer-Encoding: base64\n\n{}",
                in_lines(&format!(
                    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240902T100000Z\r\nSUMMARY:{text}\
                     \r\nDESCRIPTION:{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                ))
            );
            Some(mail.inside("multipart/mixed", &[], &[calendar.as_bytes()]))
        }),
    ];
    all.extend([20, 45].map(|depth| {
        Transformation::new(format!("mime-deep-{depth}"), move |mail| {
            let mut content = mail.entity();
            for level in 0..depth {
                let head = format!(
                    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_{level}\"\n\n--=_{level}\n"
                );
                content = [head.as_bytes(), &content, format!("\n--=_{level}--\n").as_bytes()].concat();
            }
            Some(mail.with_entity(&content))
        })
    }));
    // The same text, said to be of another kind or encoded otherwise. A mail client shows unknown kinds of text as plain.
    let again: [Encoded; 8] = [
        ("quoted-printable", "text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", soft_breaks),
        (
            "quoted-printable-odd",
            "text/html; charset=\"UTF-8\"\nContent-Transfer-Encoding: Quoted-Printable (q)",
            soft_breaks,
        ),
        ("base64-with-junk", "text/html; charset=utf-8\nContent-Transfer-Encoding: base64", |text| {
            in_lines(text).replace('\n', "\n!*\n")
        }),
        ("base64-in-one-line", "text/html; charset=utf-8\nContent-Transfer-Encoding: BASE64", |text| {
            in_lines(text).replace('\n', "") + "\n"
        }),
        ("wrong-charset", "text/html; charset=us-ascii\nContent-Transfer-Encoding: 8bit", str::to_owned),
        ("unknown-charset", "text/html; charset=x-unknown\nContent-Transfer-Encoding: 8bit", str::to_owned),
        ("no-charset", "text/html\nContent-Transfer-Encoding: 8bit", str::to_owned),
        ("type-in-capitals", "TEXT/HTML; CHARSET=UTF-8\nContent-Transfer-Encoding: 8BIT", str::to_owned),
    ];
    all.extend(again.map(|(name, kind, encode)| {
        Transformation::new(format!("mime-{name}"), move |mail| {
            let text = mail.first_text()?;
            Some(mail.with_entity(format!("MIME-Version: 1.0\nContent-Type: {kind}\n\n{}", encode(&text)).as_bytes()))
        })
    }));
    let plain: [Encoded; 4] = [
        ("unknown-text", "text/x-letter; charset=utf-8", str::to_owned),
        ("uuencode", "text/plain; charset=utf-8\nContent-Transfer-Encoding: x-uuencode", uuencoded),
        ("utf-7", "text/plain; charset=utf-7\nContent-Transfer-Encoding: 7bit", utf_7),
        ("flowed", "text/plain; charset=utf-8; format=flowed; delsp=yes", |text| text.replace('\n', " \n")),
    ];
    all.extend(plain.map(|(name, kind, encode)| {
        Transformation::new(format!("mime-{name}"), move |mail| {
            mail.first_text()?;
            let text = as_plain(mail)?;
            Some(mail.with_entity(format!("MIME-Version: 1.0\nContent-Type: {kind}\n\n{}", encode(&text)).as_bytes()))
        })
    }));
    all
}

/// What is shown as plain text, and below it where its links lead: who could not click on them would not be taken in.
/// Nothing where more may be shown than we think, which would be left out.
fn as_plain(mail: &Mail) -> Option<String> {
    let facts = mail.facts();
    if !facts.text.unseen.is_empty() {
        return None;
    }
    let links = facts.links.iter().filter(|link| link.is_clickable()).map(|link| link.written.as_str());
    Some([facts.text.shown_text()].into_iter().chain(links).collect::<Vec<_>>().join("\n"))
}

/// Quoted-printable (RFC 2045 §6.7) with a soft line break after every twelve bytes.
fn soft_breaks(text: &str) -> String {
    text.as_bytes()
        .chunks(12)
        .map(|piece| piece.iter().map(|byte| format!("={byte:02X}")).collect::<String>() + "=\n")
        .collect()
}

/// As uuencode writes it (POSIX.1).
fn uuencoded(text: &str) -> String {
    let letter = |six: u8| char::from(if six == 0 { b'`' } else { six + 0x20 });
    let mut lines = String::from("begin 644 letter.txt\n");
    for line in text.as_bytes().chunks(45) {
        lines.push(letter(u8::try_from(line.len()).unwrap_or(0)));
        for three in line.chunks(3) {
            let [a, b, c] = [0, 1, 2].map(|at| three.get(at).copied().unwrap_or(0));
            lines.extend([a >> 2, (a & 3) << 4 | b >> 4, (b & 15) << 2 | c >> 6, c & 63].map(letter));
        }
        lines.push('\n');
    }
    lines + "`\nend\n"
}

/// UTF-7 (RFC 2152), letters encoded too where that is allowed.
fn utf_7(text: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
    text.split_inclusive('\n')
        .map(|line| {
            let units: Vec<u8> = line.trim_end_matches('\n').encode_utf16().flat_map(u16::to_be_bytes).collect();
            format!("+{}-\n", STANDARD_NO_PAD.encode(units))
        })
        .collect()
}
