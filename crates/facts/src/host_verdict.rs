//! What hosts on the way already decided about the message.

use crate::header::{RawHeader, text};
use serde::Serialize;

/// One verdict of one host.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostVerdict {
    /// Name of the field it stands in, or `Subject` for a tag there.
    pub field: String,
    /// The verdict.
    pub kind: VerdictKind,
    /// The score, where the field gives one.
    pub score: Option<f64>,
    /// The telling part of the value as written.
    pub value: String,
}

/// What the host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// Spam.
    Spam,
    /// Phishing or spoofing, by name.
    Phish,
    /// Bulk mail.
    Bulk,
    /// Looked at, and not spam.
    Clean,
}

/// Reads the verdicts of a header. `subject` is the one a client shows.
pub(crate) fn read(header: &RawHeader, subject: &str) -> Vec<HostVerdict> {
    let mut verdicts: Vec<HostVerdict> = header
        .fields
        .iter()
        .filter_map(|field| {
            let value = text(&field.value);
            let (kind, score) = verdict(&field.name.to_ascii_lowercase(), &value)?;
            let value = value.chars().take(120).collect();
            Some(HostVerdict { field: field.name.clone(), kind, score, value })
        })
        .collect();
    if let Some(tag) = subject_tag(subject) {
        verdicts.push(HostVerdict {
            field: "Subject".to_owned(),
            kind: VerdictKind::Spam,
            score: None,
            value: tag.to_owned(),
        });
    }
    verdicts
}

/// What one field says, by the host software that writes it.
fn verdict(name: &str, value: &str) -> Option<(VerdictKind, Option<f64>)> {
    use VerdictKind::{Bulk, Clean, Phish, Spam};
    let lower = value.to_ascii_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let yes_or_no = || {
        if starts(&["yes", "true", "spam"]) {
            Some(Spam)
        } else if starts(&["no", "false", "ham"]) {
            Some(Clean)
        } else {
            None
        }
    };
    match name {
        "x-spam-flag" | "x-spam" | "x-spamd-flag" | "x-barracuda-spam-flag" | "x-spam-suspected" => {
            Some((yes_or_no()?, None))
        }
        "x-spam-status" | "x-barracuda-spam-status" | "x-spamd-result" => {
            let score = number_after(&lower, "score=").or_else(|| number_after(&lower, "["));
            let kind = if lower.starts_with("default:") { by_default(&lower) } else { yes_or_no()? };
            Some((kind, score))
        }
        "x-rspamd-action" | "x-rspamd-bar" => match lower.as_str() {
            "no action" => Some((Clean, None)),
            "reject" | "add header" | "rewrite subject" => Some((Spam, None)),
            _ => None,
        },
        "x-forefront-antispam-report" => {
            let field = |key: &str| lower.split(';').find_map(|part| part.trim().strip_prefix(key).map(str::to_owned));
            let score = field("scl:").and_then(|scl| scl.parse::<f64>().ok());
            let kind = match (field("cat:").as_deref(), field("sfv:").as_deref()) {
                (Some("phsh" | "hphsh" | "hphish" | "spoof" | "uimp" | "dimp" | "bimp" | "gimp"), _) => Phish,
                (Some("spm" | "hspm" | "ospm" | "malw"), _) | (_, Some("spm" | "sks" | "skb")) => Spam,
                (Some("bulk"), _) => Bulk,
                _ if score.is_some_and(|score| score >= 5.0) => Spam,
                _ => Clean,
            };
            Some((kind, score))
        }
        "x-ms-exchange-organization-scl" | "x-ms-exchange-organization-pcl" => {
            let score = lower.parse::<f64>().ok()?;
            Some((if score >= 5.0 { Spam } else { Clean }, Some(score)))
        }
        "x-proofpoint-spam-details" => {
            let spam = lower.contains("rule=") && lower.contains("spam policy") && !lower.contains("notspam");
            Some((if spam { Spam } else { Clean }, number_after(&lower, "score=")))
        }
        "x-gm-spam" | "x-gm-phishy" => (lower == "1").then_some((if name == "x-gm-spam" { Spam } else { Phish }, None)),
        "x-ocn-spam-check" | "x-con-spam-check" | "x-nifty-spam-check" => yes_or_no().map(|kind| (kind, None)),
        "x-microsoft-antispam" => {
            let level = number_after(&lower, "bcl:").filter(|level| *level >= 7.0)?;
            Some((Bulk, Some(level)))
        }
        "x-mailscanner-spamcheck" => {
            let kind = if starts(&["spam", "yes"]) { Spam } else { Clean };
            Some((kind, number_after(&lower, "score=")))
        }
        "x-yandex-spam" | "x-gmx-antispam" => {
            let number = lower.split_whitespace().next()?.parse::<f64>().ok()?;
            // Yandex: 1 is none, 4 is spam. GMX: 0 is none, 5 and above are kinds of spam.
            let limit = if name == "x-yandex-spam" { 4.0 } else { 5.0 };
            Some((if number >= limit { Spam } else { Clean }, Some(number)))
        }
        "x-vr-spamstate" => Some((if starts(&["spam"]) { Spam } else { Clean }, None)),
        "x-klms-antispam-status" => Some((if lower.contains("not_detected") { Clean } else { Spam }, None)),
        "x-ui-filterresults" => Some((if starts(&["junk"]) { Spam } else { Clean }, None)),
        _ => None,
    }
}

/// rspamd's `default: False [1.20 / 15.00]`.
fn by_default(lower: &str) -> VerdictKind {
    if lower.starts_with("default: true") { VerdictKind::Spam } else { VerdictKind::Clean }
}

fn number_after(text: &str, key: &str) -> Option<f64> {
    let rest = text.split_once(key)?.1.trim_start();
    let end = rest.find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '+')).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// A tag that a host put before the subject.
fn subject_tag(subject: &str) -> Option<&str> {
    const TAGS: &[&str] = &[
        "[spam]",
        "[spam?]",
        "***spam***",
        "*****spam*****",
        "{spam}",
        "{spam?}",
        "[spam mail]",
        "[suspected spam]",
        "[junk]",
        "[迷惑メール]",
        "【迷惑メール】",
        "[迷惑メールの可能性]",
        "[meiwaku]",
        "【spam】",
        "[phishing]",
        "[suspicious]",
    ];
    TAGS.iter().find_map(|tag| {
        let start = subject.get(..tag.len())?;
        (start.to_lowercase() == **tag).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_of_common_hosts_are_read() {
        use VerdictKind::{Clean, Phish, Spam};
        for (name, value, kind) in [
            ("x-spam-flag", "YES", Spam),
            ("x-spam-status", "No, score=-0.2 required=5.0 tests=NONE", Clean),
            ("x-spam-status", "Yes, score=9.1 required=5.0", Spam),
            ("x-spamd-result", "default: False [1.20 / 15.00];", Clean),
            ("x-forefront-antispam-report", "CIP:192.0.2.1;CTRY:US;SCL:5;SFV:SPM;CAT:PHSH;", Phish),
            ("x-forefront-antispam-report", "CIP:192.0.2.1;SCL:1;SFV:NSPM;CAT:NONE;", Clean),
            ("x-ms-exchange-organization-scl", "9", Spam),
            ("x-mailscanner-spamcheck", "spam, SpamAssassin (score=8.1, required 6)", Spam),
            ("x-mailscanner-spamcheck", "not spam, SpamAssassin (score=0.1, required 6)", Clean),
            ("x-yandex-spam", "4", Spam),
            ("x-gmx-antispam", "0 (Mail was not recognized as spam)", Clean),
            ("x-vr-spamstate", "OK", Clean),
        ] {
            assert_eq!(verdict(name, value).map(|(kind, _)| kind), Some(kind), "{name}: {value}");
        }
        assert_eq!(verdict("x-spam-status", "Yes, score=9.1 required=5.0").and_then(|(_, score)| score), Some(9.1));
    }

    #[test]
    fn tags_count_at_the_beginning_of_the_subject() {
        assert_eq!(subject_tag("[SPAM] Win"), Some("[SPAM]"));
        assert_eq!(subject_tag("【迷惑メール】当選"), Some("【迷惑メール】"));
        assert_eq!(subject_tag("Our new [spam] filter"), None);
    }
}
