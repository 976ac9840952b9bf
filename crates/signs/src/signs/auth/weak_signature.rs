use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::DkimSignature;

declare_sign! {
    /// The signature in the sender's name covers too little, or could have been made by others.
    ///
    /// # What it looks for
    ///
    /// Of the DKIM signatures (RFC 6376) of the author's domain, none that is sound: covering less of the body than
    /// there is (`l=`), leaving out From, signing one Subject where there are two, expired before the message came, or,
    /// since 2018 (RFC 8301), with SHA-1 or a key under 1024 bits.
    ///
    /// # Why it matters
    ///
    /// Text can be put behind what a signature covers, and an old signature can be sent again under another subject.
    /// The check still says "pass".
    ///
    /// # When it is wrong
    ///
    /// Old servers that nobody cared for sign honest mail so: it weighs little.
    id: "auth.weak-signature",
    evidence: [Domain, Trick],
    banner: [],
    exempt: [List],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    let mut first = None;
    let own = case
        .facts
        .authentication
        .signatures
        .iter()
        .filter(|signature| signature.domain.as_ref().is_some_and(|domain| domain.is_aligned_with(author)));
    for signature in own {
        let weakness = weakness(case, signature)?;
        first.get_or_insert((signature, weakness));
    }
    let (signature, weakness) = first?;
    Some(Evidence::of(Detail::Domain, signature.domain.as_ref()?.as_str()).and(Detail::Trick, weakness))
}

/// The year since which verifiers refuse SHA-1 and short keys (RFC 8301).
const REFUSED_SINCE: i32 = 2018;

fn weakness(case: &Case, signature: &DkimSignature) -> Option<Trick> {
    let facts = case.facts;
    let arrival = case.first_outside().and_then(|hop| hop.time);
    // A character of text takes a byte of the body at least: so many characters are more than what was signed.
    let length: usize = facts.text.alternatives.iter().map(|text| text.visible.chars().count()).sum();
    let signed = |name: &str| signature.signed_fields.iter().filter(|field| field.trim() == name).count();
    let is_recent = arrival.or(facts.identity.date).is_some_and(|time| time.year >= REFUSED_SINCE);
    let is_partial = signature.body_length.is_some_and(|covered| u64::try_from(length).is_ok_and(|all| all > covered));
    let is_expired = matches!((signature.expires_at, arrival), (Some(end), Some(time)) if time.seconds > end);
    let subjects = facts.identity.subject.len();
    if is_partial {
        Some(Trick::Partial)
    } else if signed("from") == 0 {
        Some(Trick::SenderUnsigned)
    } else if subjects > 1 && signed("subject") < subjects {
        Some(Trick::SubjectTwice)
    } else if is_expired {
        Some(Trick::Expired)
    } else if is_recent && signature.algorithm.as_deref() == Some("rsa-sha1") {
        Some(Trick::OldAlgorithm)
    } else if is_recent && key_bits(signature).is_some_and(|bits| bits < 1024) {
        Some(Trick::ShortKey)
    } else {
        None
    }
}

/// The length of an RSA key, which is that of what it signs with (RFC 8017 §8.2.1). Nothing where the value is cut or
/// was made with another kind of key.
fn key_bits(signature: &DkimSignature) -> Option<usize> {
    let is_rsa = signature.algorithm.as_deref().is_some_and(|algorithm| algorithm.starts_with("rsa"));
    let (_, value) = signature.tags.iter().find(|(name, _)| name == "b").filter(|_| is_rsa)?;
    let bits = value.trim_end_matches('=').len() * 6 / 8 * 8;
    (bits >= 512 && bits % 64 == 0).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_key_shows_in_its_signature() {
        let bits = |algorithm: &str, value: &str| {
            key_bits(&DkimSignature {
                algorithm: Some(algorithm.to_owned()),
                tags: vec![("b".to_owned(), value.to_owned())],
                ..DkimSignature::default()
            })
        };
        assert_eq!(bits("rsa-sha256", &format!("{}==", "A".repeat(86))), Some(512));
        assert_eq!(bits("rsa-sha256", &"A".repeat(128)), Some(768));
        assert_eq!(bits("rsa-sha256", &format!("{}=", "A".repeat(171))), Some(1024));
        assert_eq!(bits("rsa-sha256", "abcd"), None);
        assert_eq!(bits("ed25519-sha256", &format!("{}==", "A".repeat(86))), None);
    }
}
