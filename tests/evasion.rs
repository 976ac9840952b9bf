//! What the writer of a forged mail can do to it without changing what its recipient is shown must not let it off. Every
//! transformation of `mekiki_evasion` is tried on every message of ours that impersonates somebody: none of them takes a
//! message below `suspicious` that was there before, and of their pairs hardly any.
//! `cargo run -p mekiki-dev -- evade DIR` does the same on other mail, and shows what each achieves.

use mekiki_evasion::{Mail, Transformation, all};
use mekiki_signs::{Answers, Context, Level, inspect};
use mekiki_tests::{below, messages, raw, root};
use rayon::prelude::*;
use std::{collections::BTreeSet, path::PathBuf};

/// Folders of messages that impersonate somebody.
fn forged() -> Vec<PathBuf> {
    let mut paths = below(&root().join("tests/collections/japanese/impersonation"));
    paths.extend(below(&messages().join("hostile")));
    assert!(paths.len() > 200, "{} messages", paths.len());
    paths
}

fn level(mail: &Mail) -> Level {
    inspect(mail.raw(), &Context::default(), &Answers::default()).level
}

/// The messages that are accused as they are.
fn accused() -> Vec<(PathBuf, Mail)> {
    forged()
        .into_iter()
        .map(|path| (Mail::new(&raw(&path)), path))
        .filter(|(mail, _)| level(mail) >= Level::Suspicious)
        .map(|(mail, path)| (path, mail))
        .collect()
}

/// Works on several messages at once.
fn each<T: Send>(mails: &[(PathBuf, Mail)], work: impl Fn(usize, &(PathBuf, Mail)) -> Vec<T> + Sync) -> Vec<T> {
    mails.par_iter().enumerate().flat_map_iter(|(at, mail)| work(at, mail)).collect()
}

#[test]
fn there_are_transformations_of_every_kind() {
    let ids: BTreeSet<&str> = all().iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), all().len(), "each has a name of its own");
    assert!(ids.len() >= 60, "{}", ids.len());
    for kind in ["header", "mime", "html", "name", "subject", "text", "link", "words"] {
        let of_kind = ids.iter().filter(|id| id.split('-').next() == Some(kind)).count();
        assert!(of_kind >= 5, "{kind}: {of_kind}");
    }
}

#[test]
fn every_transformation_applies_somewhere_and_changes_the_message() {
    let mails = accused();
    let idle: Vec<&str> = all()
        .iter()
        .filter(|one| !mails.iter().any(|(_, mail)| one.apply(mail).is_some_and(|after| after.raw() != mail.raw())))
        .map(|one| one.id.as_str())
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}

/// What still gets by, each with the reason. Whoever mends one takes it off the list.
const OPEN: &[(&str, &[&str], &str)] = &[
    (
        "words-forwarded-subject header-made-up-reply header-ticket-tag",
        &["etc-unpaid-toll-esp.eml"],
        "the brand stands in the head of the subject only, and a mark before it says that somebody else wrote it",
    ),
    ("header-second-author", &["paypay-card-statement-mime.eml"], "the name and the brand's address stand apart"),
    ("header-second-subject", &["booking-card-check-gmail.eml"], "the brand stands in the second subject only"),
    ("words-denial-in-every-line", &["docusign-raise.eml"], "the brand stands in the first lines only"),
    ("html-hidden-letters-by-class", &["tree-shadow-template.eml"], "no styles are read inside a shadow tree"),
    ("html-poured-in-below", &["opened-root.eml"], "where a gap is, is not known of what is hidden as a whole"),
    (
        "mime-message-inside words-forwarded words-quoted words-list-footer-behind words-quoted-behind words-legal-behind \
         words-warning-behind words-instead-of words-no-need-to-worry words-ja-denial words-greeting-by-name \
         words-never-asks words-not-fraud words-scanned html-poured-in-below",
        &[
            "mime-message-inside.eml",
            "mime-plain-behind-plain.eml",
            "mime-said-by-the-other-alternative.eml",
            "mime-behind-a-thousand-parts.eml",
            "mime-related-second-html.eml",
        ],
        "the brand signs below the first lines, and more lines are put between",
    ),
];

fn is_open(name: &str, id: &str) -> bool {
    OPEN.iter().any(|(ids, names, _)| ids.split_whitespace().any(|one| one == id) && names.contains(&name))
}

#[test]
fn no_transformation_lets_a_forged_message_off() {
    let mails = accused();
    let silenced = each(&mails, |at, (path, mail)| {
        // Large ones take their turns: each message suffers some.
        let tried = all().iter().enumerate().filter(|(nth, one)| !one.is_large || (at + nth) % 8 == 0);
        tried
            .filter_map(|(_, one)| Some((one, one.apply(mail)?)))
            .filter(|(_, after)| level(after) < Level::Suspicious)
            .filter(|(one, _)| !path.file_name().is_some_and(|name| is_open(&name.to_string_lossy(), &one.id)))
            .map(|(one, _)| format!("{} by {}", path.display(), one.id))
            .collect()
    });
    assert!(silenced.is_empty(), "{} let off:\n{}", silenced.len(), silenced.join("\n"));
}

/// Every pair has its turn, on one message; one in a hundred may succeed.
#[test]
fn hardly_any_pair_lets_a_forged_message_off() {
    let mails = accused();
    let small: Vec<&Transformation> = all().iter().filter(|one| !one.is_large).collect();
    let pairs: Vec<(&Transformation, &Transformation)> =
        small.iter().flat_map(|first| small.iter().map(move |second| (*first, *second))).collect();
    let outcomes: Vec<(bool, String)> = each(&mails, |at, (path, mail)| {
        let share = pairs.iter().skip(at).step_by(mails.len() * 4);
        share
            .filter(|(first, second)| first.id != second.id)
            .filter_map(|(first, second)| Some((first, second, second.apply(&first.apply(mail)?)?)))
            .map(|(first, second, after)| {
                let is_off = level(&after) < Level::Suspicious;
                (is_off, format!("{} by {} and {}", path.display(), first.id, second.id))
            })
            .collect()
    });
    let off: Vec<&str> = outcomes.iter().filter(|(is_off, _)| *is_off).map(|(_, what)| what.as_str()).collect();
    assert!(outcomes.len() > 1_000, "{} tries", outcomes.len());
    assert!(off.len() * 100 <= outcomes.len(), "{} of {} let off:\n{}", off.len(), outcomes.len(), off.join("\n"));
}
