//! How large hosts relay, and what filters write into the header. The lists stand in `data/hosts`, each with source and
//! date.

include!(concat!(env!("OUT_DIR"), "/hosts.rs"));

/// A side that relays inside itself over public addresses and writes down the greeting only.
struct Relay {
    domains: &'static [&'static str],
    /// Its AS number.
    network: u32,
}

/// The network from which two hosts of these organisational domains relay to one another, where they do.
pub fn relaying_network(by: &str, greeting: &str) -> Option<u32> {
    let relay = RELAYS.iter().find(|relay| relay.domains.contains(&by) && relay.domains.contains(&greeting))?;
    Some(relay.network)
}

/// Whether a receiving host (lower-case) that was greeted so is a way in which takes mail from its own customers too.
pub fn is_front_door(by: &str, greeting: &str) -> bool {
    let fits = |host: &str, wanted: &str| if wanted.starts_with('.') { host.ends_with(wanted) } else { host == wanted };
    FRONT_DOORS.iter().any(|(door, from)| fits(by, door) && from.is_none_or(|from| fits(greeting, from)))
}

/// What a filter says of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Spam.
    Spam,
    /// Phishing or spoofing, by name.
    Phish,
    /// Bulk mail.
    Bulk,
    /// Looked at, and not spam.
    Clean,
}

/// A filter's fields and how they are read.
struct Filter {
    fields: &'static [&'static str],
    /// What its score stands behind.
    score: &'static [&'static str],
    /// In order: the first that fits counts.
    rules: &'static [(Verdict, When)],
}

/// When a rule fits a value.
enum When {
    Begins(&'static [&'static str]),
    Is(&'static [&'static str]),
    Part(&'static [&'static str]),
    Holds(&'static [&'static str]),
    AtLeast(f64),
    Always,
}

/// What a field (lower-case name) of a filter says, with its score.
pub fn verdict(field: &str, value: &str) -> Option<(Verdict, Option<f64>)> {
    let filter = FILTERS.iter().find(|filter| filter.fields.contains(&field))?;
    let value = value.to_ascii_lowercase();
    let score = filter.score.iter().find_map(|key| number_after(&value, key));
    let fits = |when: &When| match when {
        When::Begins(words) => words.iter().any(|word| value.starts_with(word)),
        When::Is(words) => words.contains(&value.as_str()),
        When::Part(words) => value.split(';').any(|part| words.contains(&part.trim())),
        When::Holds(words) => words.iter().all(|word| value.contains(word)),
        When::AtLeast(limit) => score.is_some_and(|score| score >= *limit),
        When::Always => true,
    };
    filter.rules.iter().find(|(_, when)| fits(when)).map(|(verdict, _)| (*verdict, score))
}

/// Whether a field (lower-case name) is one in which a filter says what it made of a message.
pub fn is_of_filter(field: &str) -> bool {
    FILTERS.iter().any(|filter| filter.fields.contains(&field))
}

fn number_after(text: &str, key: &str) -> Option<f64> {
    let rest = text.split_once(key)?.1.trim_start();
    let end = rest.find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '+')).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Verdict, is_front_door, relaying_network, verdict as verdict_of};

    #[test]
    fn fields_of_filters_are_read() {
        use Verdict::{Bulk, Clean, Phish, Spam};
        for (name, value, verdict) in [
            ("x-spam-flag", "YES", Some(Spam)),
            ("x-spam-flag", "perhaps", None),
            ("x-spam-status", "No, score=-0.2 required=5.0 tests=NONE", Some(Clean)),
            ("x-spam-status", "Yes, score=9.1 required=5.0", Some(Spam)),
            ("x-spamd-result", "default: False [1.20 / 15.00];", Some(Clean)),
            ("x-spamd-result", "default: True [16.20 / 15.00];", Some(Spam)),
            ("x-rspamd-action", "add header", Some(Spam)),
            ("x-rspamd-action", "greylist", None),
            ("x-forefront-antispam-report", "CIP:192.0.2.1;CTRY:US;SCL:5;SFV:SPM;CAT:PHSH;", Some(Phish)),
            ("x-forefront-antispam-report", "CIP:192.0.2.1;SCL:1;SFV:NSPM;CAT:NONE;", Some(Clean)),
            ("x-forefront-antispam-report", "CIP:192.0.2.1;SCL:6;SFV:NSPM;CAT:NONE;", Some(Spam)),
            ("x-ms-exchange-organization-scl", "9", Some(Spam)),
            ("x-ms-exchange-organization-scl", "-1", Some(Clean)),
            ("x-ms-exchange-organization-scl", "none", None),
            ("x-microsoft-antispam", "BCL:8;", Some(Bulk)),
            ("x-microsoft-antispam", "BCL:1;", None),
            ("x-proofpoint-spam-details", "rule=notspam policy=default score=0", Some(Clean)),
            ("x-gm-phishy", "1", Some(Phish)),
            ("x-mailscanner-spamcheck", "spam, SpamAssassin (score=8.1, required 6)", Some(Spam)),
            ("x-mailscanner-spamcheck", "not spam, SpamAssassin (score=0.1, required 6)", Some(Clean)),
            ("x-yandex-spam", "4", Some(Spam)),
            ("x-gmx-antispam", "0 (Mail was not recognized as spam)", Some(Clean)),
            ("x-vr-spamstate", "OK", Some(Clean)),
            ("x-example", "spam", None),
        ] {
            assert_eq!(verdict_of(name, value).map(|(found, _)| found), verdict, "{name}: {value}");
        }
        let status = verdict_of("x-spam-status", "Yes, score=9.1 required=5.0");
        assert_eq!(status.and_then(|(_, score)| score), Some(9.1));
    }

    #[test]
    fn large_hosts_relay_inside_their_own_network() {
        assert_eq!(relaying_network("outlook.com", "office365.com"), Some(8075));
        assert_eq!(relaying_network("outlook.com", "example.com"), None);
        assert!(is_front_door("mx.google.com", "mail.example.com"));
        let door = "vi1eur05ft001.mail.protection.outlook.com";
        assert!(
            is_front_door(door, "eur01.outbound.protection.outlook.com") && !is_front_door(door, "mail.example.com")
        );
        assert!(!is_front_door("mx.google.com.example.com", "mail.example.com"));
    }
}
