//! The sender's own fields: what vouches for him in his own words, and what comes before the ones that decide.

use crate::{Mail, Transformation, mail::encoded_words};
use mekiki_facts::Greeting;

/// A part of a field that no reader of mail needs.
const FILLER: &str = "X-Filler: 1\n";

#[expect(clippy::too_many_lines, reason = "one list")]
pub fn transformations() -> Vec<Transformation> {
    let mut all = vec![
        Transformation::new("header-many-fields", |mail| Some(mail.with_fields(&FILLER.repeat(10_001)))).large(),
        Transformation::new("header-long-field", |mail| {
            Some(mail.with_fields(&format!("X-Filler: {}\n", "a".repeat(1_100_000))))
        })
        .large(),
        Transformation::new("header-long-folded-field", |mail| {
            Some(mail.with_fields(&format!("X-Filler: a\n{}", " b\n".repeat(300_000))))
        })
        .large(),
        Transformation::new("header-in-reply-to-recipient", |mail| {
            let domain = recipient_domain(mail)?;
            Some(mail.with_fields(&format!("In-Reply-To: <1234@{domain}>\nReferences: <1234@{domain}>\n")))
        }),
        Transformation::new("header-made-up-reply", |mail| {
            let mail = mail.with_fields("References: <1234@mail.example.org>\nIn-Reply-To: <1234@mail.example.org>\n");
            with_subject(&mail, |subject| format!("Re: {subject}"))
        }),
        Transformation::new("header-ticket-tag", |mail| {
            let mail = mail.with_fields("References: <1234@mail.example.org>\n");
            with_subject(&mail, |subject| format!("[#4711] {subject}"))
        }),
        Transformation::new("header-null-envelope", |mail| {
            Some(mail.with_value("Return-Path", "<>")?.with_fields("Auto-Submitted: auto-replied\n"))
        }),
        Transformation::new("header-copy-to-oneself", |mail| {
            let facts = mail.facts();
            let address = &facts.identity.author_address()?.shown;
            Some(mail.with_fields(&format!("Cc: <{address}>\n")))
        }),
        Transformation::new("header-list-of-the-author", |mail| {
            let domain = author_domain(mail)?;
            Some(mail.with_fields(&format!(
                "List-Id: <news.{domain}>\nList-Post: <mailto:news@{domain}>\nList-Unsubscribe: <mailto:leave@{domain}>\n\
                 Precedence: list\n"
            )))
        }),
        Transformation::new("header-list-that-rewrites", |mail| {
            let domain = author_domain(mail)?;
            let mail = mail.with_fields(&format!("List-Id: <news.{domain}>\nList-Post: <mailto:news@{domain}>\n"));
            with_name(&mail, |name| format!("{name} via News"))
        }),
        Transformation::new("header-via-in-name", |mail| with_name(mail, |name| format!("{name} via Mail"))),
        Transformation::new("header-unchecked-signature", |mail| {
            let domain = author_domain(mail)?;
            Some(mail.with_fields(&format!(
                "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=mail; h=From:To:Subject:Date;\n \
                 bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJjZA==\n"
            )))
        }),
        Transformation::new("header-results-of-own-making", |mail| {
            let domain = author_domain(mail)?;
            Some(mail.with_fields(&results(&format!("mx.{domain}"), &domain)))
        }),
        Transformation::new("header-results-in-the-hosts-name", |mail| {
            let (host, domain) = (receiving_host(mail)?, author_domain(mail)?);
            Some(mail.with_fields(&results(&host, &domain)))
        }),
        Transformation::new("header-results-under-a-hop", |mail| {
            let (host, domain) = (receiving_host(mail)?, author_domain(mail)?);
            Some(mail.with_fields(&format!(
                "{}Received: from mail.{domain} (mail.{domain} [198.51.100.7])\n by {host} (Postfix) with ESMTPS id 1A2B3C\n \
                 for <a@example.org>; Mon, 2 Sep 2024 10:00:00 +0000\n",
                results(&host, &domain)
            )))
        }),
        Transformation::new("header-arc-of-own-making", |mail| {
            let domain = author_domain(mail)?;
            Some(mail.with_fields(&format!(
                "ARC-Seal: i=1; a=rsa-sha256; t=1725270000; cv=none; d={domain}; s=arc; b=YWJjZA==\n\
                 ARC-Message-Signature: i=1; a=rsa-sha256; d={domain}; s=arc; h=From; bh=YWJjZA==; b=YWJjZA==\n\
                 ARC-Authentication-Results: i=1; mx.{domain}; dkim=pass header.d={domain}; dmarc=pass\n"
            )))
        }),
        Transformation::new("header-greeting-of-a-login", |mail| {
            let facts = mail.facts();
            let hop = facts.trail.first_outside_hop()?;
            // Who greeted by an address and now greets by a name has mended what was odd.
            hop.greeting.as_ref().filter(|greeting| matches!(greeting, Greeting::Name(_)))?;
            mail.with_field_at(hop.offset, |field| {
                field.contains("from ").then(|| field.replacen("from ", "from smtp-auth.", 1))
            })
        }),
        Transformation::new("header-name-in-a-comment", |mail| {
            let facts = mail.facts();
            let author = facts.identity.author()?;
            let (name, address) = (author.name.as_ref()?, author.address.as_ref()?);
            mail.with_value("From", &format!("{} <{}> (mail)", encoded_words(&name.full), address.shown))
        }),
    ];
    // A line each that vouches for the sender, or is said to.
    let lines = [
        ("list-post", "List-Post: <mailto:a@lists.example.org>\n"),
        ("list-id", "List-Id: <news.example.org>\n"),
        (
            "list-unsubscribe",
            "List-Unsubscribe: <https://example.org/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
        ),
        ("precedence", "Precedence: bulk\n"),
        ("precedence-list", "Precedence: list\n"),
        ("auto-submitted", "Auto-Submitted: auto-generated\n"),
        ("auto-reply", "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n"),
        ("received-spf", "Received-SPF: pass (example.org: domain designates sender) client-ip=192.0.2.1;\n"),
        ("spam-status", "X-Spam-Status: No, score=-9.9 required=5.0 tests=ALL_TRUSTED\nX-Spam-Flag: NO\n"),
        ("exchange-verdict", "X-MS-Exchange-Organization-SCL: -1\nX-MS-Exchange-Organization-AuthAs: Internal\n"),
        ("forefront-verdict", "X-Forefront-Antispam-Report: CIP:255.255.255.255;SFV:SKN;SCL:-1;CAT:NONE;\n"),
        ("mailer", "X-Mailer: Microsoft Outlook 16.0\nThread-Index: AdnQZmFrZQ==\nX-Originating-IP: [10.0.0.1]\n"),
        ("organisation", "Organization: Customer Service\nX-Priority: 1\nImportance: high\n"),
        ("resent", "Resent-From: <a@example.org>\nResent-To: <b@example.org>\nResent-Message-ID: <1@example.org>\n"),
        ("feedback-id", "Feedback-ID: 1:2:3:mail\nX-CSA-Complaints: abuse@example.org\n"),
        ("second-author", "From: Newsletter <news@example.org>\n"),
        ("second-subject", "Subject: Meeting notes\n"),
        ("sender", "Sender: <owner@lists.example.org>\n"),
    ];
    all.extend(
        lines.map(|(name, line)| Transformation::new(format!("header-{name}"), |mail| Some(mail.with_fields(line)))),
    );
    all
}

/// Results of authentication (RFC 8601) by which everything passed.
fn results(host: &str, domain: &str) -> String {
    format!(
        "Authentication-Results: {host}; dkim=pass header.d={domain}; spf=pass smtp.mailfrom=a@{domain};\n dmarc=pass \
         header.from={domain}\n"
    )
}

fn author_domain(mail: &Mail) -> Option<String> {
    mail.facts().identity.author_domain().map(ToString::to_string)
}

fn recipient_domain(mail: &Mail) -> Option<String> {
    let facts = mail.facts();
    let domain = facts.identity.recipients().find_map(|address| address.domain.as_ref());
    domain.map(ToString::to_string)
}

fn receiving_host(mail: &Mail) -> Option<String> {
    let facts = mail.facts();
    facts.trail.first_outside_hop().or(facts.trail.hops.first())?.by.clone()
}

/// Rewrites the author's name; nothing where there is none, or where the field is malformed.
pub fn with_name(mail: &Mail, rewrite: impl Fn(&str) -> String) -> Option<Mail> {
    let facts = mail.facts();
    let author = facts.identity.author()?;
    let (name, address) = (author.name.as_ref()?, author.address.as_ref()?);
    // To write a malformed field anew would mend it, which no forger gains by.
    let is_malformed = !author.quirks.is_empty();
    if name.full.is_empty() || facts.identity.from.len() != 1 || is_malformed {
        return None;
    }
    mail.with_value("From", &format!("{} <{}>", encoded_words(&rewrite(&name.full)), address.shown))
}

/// Rewrites the subject; nothing where there is none.
pub fn with_subject(mail: &Mail, rewrite: impl Fn(&str) -> String) -> Option<Mail> {
    let facts = mail.facts();
    let subjects = facts.identity.subject.iter();
    let rewritten: Vec<String> = subjects.map(|subject| encoded_words(&rewrite(&subject.full))).collect();
    mail.with_values("Subject", &rewritten)
}
