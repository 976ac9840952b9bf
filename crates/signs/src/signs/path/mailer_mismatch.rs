use crate::{Detail, Evidence, case::Case, made_up::is_made_up, sign::declare_sign, subject};
use mekiki_facts::Script;
use mekiki_knowledge::brands::Brand;

declare_sign! {
    /// It was written with something that the sender it names does not use.
    ///
    /// # What it looks for
    ///
    /// In a message that speaks for a brand which does not vouch for it: a mail program made for single persons, or for
    /// sending in bulk from one's own machine, in X-Mailer or User-Agent; a Chinese charset, though neither the brand
    /// nor the text is Chinese. In any message: a program whose name is a run of letters that a machine made up.
    ///
    /// # Why it matters
    ///
    /// Banks and shops send their notices by servers. Nobody there writes them one by one in Foxmail, or in a charset
    /// of another country.
    ///
    /// # When it is wrong
    ///
    /// People who work for a brand and sign with its name, or pass its mail on: an address of the brand, answers and
    /// forwarded mail are let pass. Small firms that do send their newsletter from a program on the desk.
    id: "path.mailer-mismatch",
    evidence: [Field, Value],
    banner: [],
    exempt: [List, Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let brand = case.claimed().filter(|brand| !case.is_plausibly_from(brand) && !is_passed_on(case));
    let header = &case.facts.header;
    let field = if header.first("X-Mailer").is_some() { "X-Mailer" } else { "User-Agent" };
    let mailer = case.facts.identity.mailer.as_deref().map(str::trim).filter(|mailer| {
        is_made_up(mailer) || brand.is_some_and(|brand| is_of_one_person(mailer) && !case.is_address_of(brand))
    });
    let charset = || Some(("charset", brand.and_then(|brand| foreign_charset(case, brand))?));
    mailer
        .map(|mailer| (field, mailer))
        .or_else(charset)
        .map(|(field, value)| Evidence::of(Detail::Field, field).and(Detail::Value, value))
}

/// Beginnings of the names of programs that one person writes with, or sends in bulk from a desk; lower-case.
const OF_ONE_PERSON: &[&str] = &[
    "apple mail",
    "atomic mail sender",
    "becky!",
    "claws mail",
    "emclient",
    "foxmail",
    "groupmail",
    "ipad mail",
    "iphone mail",
    "leaf phpmailer",
    "maxbulk mailer",
    "microsoft office outlook",
    "microsoft outlook",
    "microsoft windows live mail",
    "microsoft windows mail",
    "mozilla thunderbird",
    "mozilla/5.0",
    "rainloop",
    "roundcube",
    "sendblaster",
    "shuriken",
    "smart_send",
    "squirrelmail",
    "supmailer",
    "the bat!",
    "turbomailer",
    "zimbra",
];

fn is_of_one_person(mailer: &str) -> bool {
    let mailer = mailer.to_lowercase();
    OF_ONE_PERSON.iter().any(|name| mailer.starts_with(name))
}

/// Whether the reader's correspondent passes somebody else's mail on.
fn is_passed_on(case: &Case) -> bool {
    let subject = case.facts.identity.subject_text();
    subject::is_passed_on(subject) || subject::is_answer(subject)
}

/// Countries where Chinese is written.
const CHINESE: &[&str] = &["CN", "HK", "MO", "MY", "SG", "TW"];

/// The Chinese charset that text or subject are in, where neither brand nor text are Chinese.
fn foreign_charset<'c>(case: &'c Case, brand: &Brand) -> Option<&'c str> {
    if CHINESE.contains(&brand.country) || case.facts.text.script == Some(Script::Han) {
        return None;
    }
    let identity = &case.facts.identity;
    let name = identity.author().and_then(|author| author.name.as_ref());
    let texts = case.facts.text.alternatives.iter().filter_map(|alternative| alternative.charset.as_deref());
    texts
        .chain(identity.subject.iter().chain(name).flat_map(|text| &text.charsets).map(String::as_str))
        .find(|charset| charset.starts_with("gb") || charset.starts_with("big5") || charset.starts_with("hz-gb"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_made_up_names() {
        assert!(is_made_up("TKIUM8KWwBKVe2Ffkfm1H"));
        for mailer in
            ["Foxmail 7.2.25.398[cn]", "PHPMailer 6.8.0", "ActiveCampaign Mailer", "MailChimpMailerCID1234", ""]
        {
            assert!(!is_made_up(mailer), "{mailer}");
        }
    }

    #[test]
    fn programs_of_persons_are_known() {
        assert!(is_of_one_person("Foxmail 7.2.25.398[cn]") && is_of_one_person("Microsoft Outlook 16.0"));
        assert!(!is_of_one_person("ActiveCampaign Mailer") && !is_of_one_person("PHPMailer 6.8.0"));
    }
}
