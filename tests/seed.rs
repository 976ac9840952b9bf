//! The mail that a blogger took apart by hand (a notice in the name of KAGOYA, June 2023): each of the things he found,
//! found again with the same facts, in both forms in which the mail is kept.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

use mekiki_knowledge::networks;
use mekiki_signs::{Answers, Context, Detail, Level, Report, inspect};
use mekiki_tests::{messages, raw};

/// What every form of the mail must show.
fn each(holds: impl Fn(&Report)) {
    for name in ["seed-kagoya-iso-2022-jp", "seed-kagoya-utf-8-html"] {
        holds(&inspect(
            &raw(&messages().join(format!("hostile/{name}.eml"))),
            &Context::default(),
            &Answers::default(),
        ));
    }
}

/// The values of a detail in all findings of a sign.
fn values<'r>(report: &'r Report, id: &str, detail: Detail) -> Vec<&'r str> {
    let found = report.signs.iter().filter(|finding| finding.id == id);
    found.filter_map(|finding| finding.evidence.get(detail)).collect()
}

#[test]
fn it_is_dangerous() {
    each(|report| assert_eq!(report.level, Level::Dangerous));
}

#[test]
fn sender_and_recipient_are_one() {
    each(|report| assert_eq!(values(report, "sender.self-addressed", Detail::Address), ["info@example.jp"]));
}

#[test]
fn the_recipients_address_stands_in_the_subject() {
    each(|report| assert_eq!(values(report, "text.recipient-in-subject", Detail::Address), ["info@example.jp"]));
}

#[test]
fn the_machine_that_sent_it_greets_as_its_own_loopback_and_has_no_name() {
    each(|report| {
        assert_eq!(values(report, "path.forged-greeting", Detail::Greeting), ["127.0.0.1"]);
        assert_eq!(values(report, "path.no-reverse-name", Detail::Ip), ["20.210.172.29"]);
    });
}

#[test]
fn it_came_from_microsofts_network_in_japan() {
    each(|report| {
        let networks = values(report, "path.network-mismatch", Detail::Network);
        assert!(matches!(*networks, [one] if one.contains("Microsoft")), "{networks:?}");
        let hop = report.trail.iter().find(|hop| hop.is_first_outside).expect("it came from outside");
        assert_eq!((hop.ip.as_deref(), hop.country.as_deref()), (Some("20.210.172.29"), Some("JP")));
    });
}

#[test]
fn no_host_had_tagged_it() {
    each(|report| assert!(values(report, "path.host-verdict", Detail::Field).is_empty()));
}

#[test]
fn its_links_lead_to_an_indian_domain_and_one_names_another_hoster() {
    each(|report| {
        assert!(values(report, "link.brand-mismatch", Detail::Domain).contains(&"fablights.in"));
        assert_eq!(values(report, "link.risky-suffix", Detail::Term), [".in"]);
        let other = values(report, "link.second-brand", Detail::OtherBrand);
        let url = values(report, "link.second-brand", Detail::Url);
        assert!(other.len() == 1 && matches!(*url, [one] if one.contains("Xserver-ne-jp")), "{other:?} {url:?}");
    });
    let web_werks = networks::look_up("103.251.94.111".parse().unwrap()).expect("an address in use");
    assert_eq!(web_werks.country, Some("IN"));
}

#[test]
fn it_begins_tomorrow_on_a_weekday_that_the_day_is_not() {
    each(|report| {
        assert_eq!(values(report, "text.wrong-weekday", Detail::Date), ["2023-06-12"]);
        assert_eq!(values(report, "text.wrong-weekday", Detail::Weekday), ["tuesday"]);
        assert_eq!(values(report, "text.wrong-weekday", Detail::OtherWeekday), ["monday"]);
        assert_eq!(values(report, "text.short-notice", Detail::Date), ["2023-06-12"]);
    });
}

#[test]
fn subject_and_body_speak_of_different_things() {
    each(|report| assert_eq!(values(report, "text.subject-mismatch", Detail::OtherPassage).len(), 1));
}

#[test]
fn it_asks_for_id_and_password() {
    each(|report| {
        let passages = values(report, "text.asks-credentials", Detail::Passage);
        assert!(passages.len() == 1, "{passages:?}");
    });
}
