//! Whole messages. The folder a message lies in is the claim, written by hand; the JSON beside it is what its report
//! says (`mekiki_tests::snapshot`), rewritten by `UPDATE_SNAPSHOTS=1 cargo test -p mekiki-tests` and read line by line
//! in review.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

use mekiki_signs::{Answers, Context, Level, Report, Sensitivity, Slot, inspect};
use mekiki_tests::{below, messages, raw, root, snapshot};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    cell::RefCell,
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

/// What stands beside a message: the reader's side in `<message>.context.json`, what was looked up in
/// `<message>.answers.json`; nothing known where there is no such file.
fn beside<T: DeserializeOwned + Default>(path: &Path, ending: &str) -> T {
    fs::read_to_string(path.with_extension(ending))
        .map(|text| serde_json::from_str(&text).expect("a file of ours is well formed"))
        .unwrap_or_default()
}

fn judged(path: &Path, raw: &[u8]) -> Report {
    let context: Context = beside(path, "context.json");
    let mut answers: Answers = beside(path, "answers.json");
    answers.inside = Some(mekiki_inside::look(raw));
    inspect(raw, &context, &answers)
}

fn report(path: &Path) -> Report {
    judged(path, &raw(path))
}

fn ids(report: &Report) -> BTreeSet<&'static str> {
    report.signs.iter().map(|finding| finding.id).collect()
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Walks a folder and reports every message that fails at once. Fails where there is nothing to walk.
fn every(folder: &str, at_least: usize, holds: impl Fn(&Path) -> Result<(), String>) {
    let found = below(&messages().join(folder));
    assert!(found.len() >= at_least, "{folder}: {} messages, {at_least} expected at least", found.len());
    let failed: Vec<_> =
        found.iter().filter_map(|path| holds(path).err().map(|why| format!("{}: {why}", name(path)))).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn honest_mail_is_let_pass() {
    every("honest", 1, |path| {
        let report = report(path);
        (report.level == Level::None).then_some(()).ok_or_else(|| format!("{:?} by {:?}", report.level, ids(&report)))
    });
}

#[test]
fn hostile_mail_is_caught_by_several_signs() {
    every("hostile", 2, |path| {
        let report = report(path);
        let accusing = report.signs.iter().filter(|finding| finding.weight > 0.0).count();
        (report.level >= Level::Suspicious && accusing > 1)
            .then_some(())
            .ok_or_else(|| format!("{:?} by {:?}", report.level, ids(&report)))
    });
}

#[test]
fn each_sign_fires_on_its_messages_and_stays_quiet_on_their_neighbours() {
    let mut failed = Vec::new();
    for sign in mekiki_signs::registry() {
        for (folder, wanted) in [("fires", true), ("quiet", false)] {
            for path in below(&messages().join(sign.id()).join(folder)) {
                if ids(&report(&path)).contains(sign.id()) != wanted {
                    failed.push(name(&path));
                }
            }
        }
    }
    assert!(failed.is_empty(), "wrong about:\n{}", failed.join("\n"));
}

#[test]
fn every_sign_gives_the_details_that_its_texts_number() {
    every("", 10, |path| {
        let report = report(path);
        let of = |id| mekiki_signs::registry().iter().find(|sign| sign.id() == id).map(|sign| sign.details());
        let odd = report.signs.iter().find(|finding| {
            let given: Vec<_> = finding.evidence.values().map(|(detail, _)| detail).collect();
            of(finding.id) != Some(given.as_slice())
        });
        odd.map_or(Ok(()), |finding| Err(format!("{}: {:?}", finding.id, finding.evidence)))
    });
}

#[test]
fn the_banner_has_a_line_of_each_kind_at_most_and_names_where_links_lead() {
    let order = [Slot::Sender, Slot::Leads, Slot::Wants];
    every("", 10, |path| {
        let report = report(path);
        let slots: Vec<_> = report.banner.iter().map(|line| line.slot).collect();
        let is_ordered = slots.iter().eq(order.iter().filter(|slot| slots.contains(slot)));
        let leads = report.banner.iter().find(|line| line.slot == Slot::Leads);
        let has_links = report.links.iter().any(|link| link.is_clickable && link.host.is_some());
        let has_files = report.attachments.iter().any(|file| !file.is_inline && file.depth == 0);
        let is_told = leads.is_some() || !(has_links || has_files);
        (is_ordered && is_told).then_some(()).ok_or_else(|| format!("{:?}", report.banner))
    });
}

#[test]
fn the_banner_says_the_plain_fact_where_nothing_speaks_against_it() {
    let said = |message: &str, slot| {
        let report = inspect(message.as_bytes(), &Context::default(), &Answers::default());
        let line = report.banner.into_iter().find(|line| line.slot == slot);
        line.map(|line| {
            let values: Vec<_> = line.evidence.values().map(|(_, value)| value.to_owned()).collect();
            format!("{} {}", line.text, values.join(" "))
        })
    };
    let html = |body: &str| format!("From: a@www.example.com\r\nContent-Type: text/html\r\n\r\n{body}");
    let link = |host: &str| format!("<a href='https://{host}/'>x</a>");
    assert_eq!(said(&html("x"), Slot::Sender).as_deref(), Some("plain_sender a@www.example.com"));
    assert_eq!(said(&html("x"), Slot::Leads), None);
    assert_eq!(said(&html("x"), Slot::Wants), None);
    let hosts = ["www.example.com", "a.example.com", "example.org", "192.0.2.1", "example.net"];
    let links = |count| html(&hosts.iter().take(count).map(|host| link(host)).collect::<String>());
    assert_eq!(said(&links(2), Slot::Leads).as_deref(), Some("plain_links example.com"));
    assert_eq!(said(&links(3), Slot::Leads).as_deref(), Some("plain_links_two example.com example.org"));
    let mailbox = "<a href='mailto:x@example.edu'>x</a>";
    assert_eq!(said(&html(mailbox), Slot::Leads).as_deref(), Some("plain_links example.edu"));
    let file = "From: a@example.com\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment\r\n\r\nx";
    assert_eq!(said(file, Slot::Leads).as_deref(), Some("plain_file a.pdf"));
}

#[test]
fn trust_lowers_but_does_not_silence_what_contradicts_it() {
    let mail = "Authentication-Results: mx.example.jp; dkim=pass header.d=vsnzq7.example; spf=pass smtp.mailfrom=vsnzq7.example; dmarc=pass header.from=vsnzq7.example\r\n\
        Received: from a.vsnzq7.example (a.vsnzq7.example [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900\r\n\
        From: PayPal <service@vsnzq7.example>\r\nSubject: PayPal: your account is suspended\r\nContent-Type: text/html\r\n\r\n\
        <p>PayPal: your account is suspended. <a href='https://login.vsnzq7.example/'>Log in and enter your password within 24 hours</a>";
    let judged = |mail: &str, trusted: &[&str]| {
        let trusted_domains = trusted.iter().map(|domain| (*domain).to_owned()).collect();
        inspect(mail.as_bytes(), &Context { trusted_domains, ..Context::default() }, &Answers::default())
    };
    let trusted = ["vsnzq7.example"];
    let (before, after) = (judged(mail, &[]), judged(mail, &trusted));
    assert!(
        before.level >= Level::Suspicious && before.contradiction == Some("sender.brand-name"),
        "{:?}",
        before.level
    );
    assert_eq!((after.level, after.contradiction), (Level::Suspicious, Some("sender.brand-name")));
    assert!(after.score < before.score);
    // Where nothing contradicts it, the user's word counts.
    let other = mail.replace("PayPal", "Loremipsum");
    let after = judged(&other, &trusted);
    assert!(after.level < Level::Suspicious && after.contradiction.is_none(), "{:?}", after.level);
}

#[test]
fn a_weak_sign_alone_never_raises_the_banner() {
    let weights = mekiki_signs::weights();
    for (id, weight) in weights.signs.iter() {
        let least = weights.suspicious + weights.moved_by(Sensitivity::Cautious);
        assert!(weights.prior + weight < least, "{id} alone would raise the banner");
    }
}

#[test]
fn the_more_cautious_the_reader_the_earlier_the_warning() {
    let moved = RefCell::new(BTreeSet::new());
    every("", 10, |path| {
        let raw = raw(path);
        let level = |sensitivity| {
            let context = Context { sensitivity, ..beside(path, "context.json") };
            inspect(&raw, &context, &Answers::default()).level
        };
        let [quiet, normal, cautious] = [Sensitivity::Quiet, Sensitivity::Normal, Sensitivity::Cautious].map(level);
        moved.borrow_mut().extend([(quiet < normal, "quiet"), (normal < cautious, "cautious")]);
        (quiet <= normal && normal <= cautious)
            .then_some(())
            .ok_or_else(|| format!("{quiet:?}, {normal:?}, {cautious:?}"))
    });
    for name in ["quiet", "cautious"] {
        assert!(moved.borrow().contains(&(true, name)), "{name} changes nothing");
    }
}

#[test]
fn what_one_group_alone_says_is_not_heard_earlier() {
    let weights = mekiki_signs::weights();
    assert!(weights.prior + weights.cap("text") < weights.suspicious, "words alone would raise the banner");
    assert!(weights.moved_by(Sensitivity::Cautious) < 0.0 && weights.moved_by(Sensitivity::Normal) == 0.0);
}

#[test]
fn every_message_says_why_it_exists() {
    every("", 10, |path| {
        let raw = raw(path);
        let head = raw.get(..raw.len().min(65_536)).unwrap_or_default();
        head.windows(9)
            .any(|window| window.eq_ignore_ascii_case(b"X-About: "))
            .then_some(())
            .ok_or_else(|| "no X-About field".to_owned())
    });
}

#[test]
fn line_ends_make_no_difference() {
    every("", 10, |path| {
        // Messages under `broken` and `facts` may have line ends as their very point.
        if name(path).contains("/broken/") || name(path).contains("/facts/") {
            return Ok(());
        }
        let raw = raw(path);
        let lf: Vec<u8> = raw.iter().copied().filter(|byte| *byte != b'\r').collect();
        let crlf: Vec<u8> =
            lf.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
        let [lf, crlf] = [lf, crlf].map(|raw| judged(path, &raw));
        (lf.level == crlf.level && ids(&lf) == ids(&crlf))
            .then_some(())
            .ok_or_else(|| format!("LF {:?}, CRLF {:?}", ids(&lf), ids(&crlf)))
    });
}

#[test]
fn reports_are_as_they_were() {
    let unchanged = |path: &Path| -> bool {
        if name(path).contains("/facts/") {
            is_as_it_was(path, &snapshot::of_facts(path, json(&mekiki_facts::read(&raw(path)))))
        } else {
            is_as_it_was(path, &snapshot::of_report(path, json(&report(path))))
        }
    };
    let changed: Vec<_> =
        below(&messages()).into_iter().filter(|path| !unchanged(path)).map(|path| name(&path)).collect();
    assert!(
        changed.is_empty(),
        "changed (look at what `UPDATE_SNAPSHOTS=1 cargo test -p mekiki-tests` makes of them):\n{}",
        changed.join("\n")
    );
}

#[test]
fn no_snapshot_is_left_behind() {
    let mut folders = vec![messages()];
    let mut orphans = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(stem) =
                [".context.json", ".answers.json", ".json"].iter().find_map(|ending| file.strip_suffix(ending))
                && !path.with_file_name(format!("{stem}.eml")).exists()
            {
                orphans.push(name(&path));
            }
        }
    }
    assert!(orphans.is_empty(), "{orphans:?}");
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("every report and fact can be written")
}

/// Compares with the JSON beside the message; writes it where asked to.
fn is_as_it_was(path: &Path, now: &str) -> bool {
    let snapshot: PathBuf = path.with_extension("json");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&snapshot, now).unwrap();
        return true;
    }
    fs::read_to_string(snapshot).is_ok_and(|before| before == now)
}
