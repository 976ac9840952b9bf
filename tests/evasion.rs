//! What the writer of a forged mail can do to it without changing what its recipient is shown must not let it off. Every
//! transformation of `mekiki_evasion` is tried on every message of ours that impersonates somebody: none of them takes a
//! message below `suspicious` that was there before, and of their pairs hardly any.
//! `cargo run -p mekiki-dev -- evade DIR` does the same on other mail, and shows what each achieves.

#![allow(clippy::expect_used, reason = "a test may fail")]

use mekiki_evasion::{Mail, Transformation, all};
use mekiki_signs::{Answers, Context, Level, inspect};
use mekiki_tests::{below, messages, raw, root};
use std::{collections::BTreeSet, path::PathBuf, thread};

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
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = mails.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = &work;
        let begun: Vec<_> = mails
            .chunks(share)
            .enumerate()
            .map(|(chunk, mails)| {
                scope.spawn(move || -> Vec<T> {
                    mails.iter().enumerate().flat_map(|(at, mail)| work(chunk * share + at, mail)).collect()
                })
            })
            .collect();
        begun.into_iter().flat_map(|thread| thread.join().expect("no message breaks the core")).collect()
    })
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

#[test]
fn no_transformation_lets_a_forged_message_off() {
    let mails = accused();
    let silenced = each(&mails, |at, (path, mail)| {
        // Large ones take their turns: each message suffers some.
        let tried = all().iter().enumerate().filter(|(nth, one)| !one.is_large || (at + nth) % 8 == 0);
        tried
            .filter_map(|(_, one)| Some((one, one.apply(mail)?)))
            .filter(|(_, after)| level(after) < Level::Suspicious)
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
