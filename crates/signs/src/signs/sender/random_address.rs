use crate::{Detail, Evidence, case::Case, made_up::is_oddly_capitalised, sign::declare_sign};

declare_sign! {
    /// The address was made up by a machine.
    ///
    /// # What it looks for
    ///
    /// A From address whose domain, or whose part before the @, is a run of letters and digits, or of capitals and
    /// small letters, that no person would choose, under a name that is not that of the address.
    ///
    /// # Why it matters
    ///
    /// Machines make up thousands of addresses, use each for a few hours and throw it away.
    ///
    /// # When it is wrong
    ///
    /// Reply addresses of ticket systems and marketplaces: those that answer to the reader's own mail are let pass.
    id: "sender.random-address",
    evidence: [Address],
    banner: [Sender 50],
    exempt: [Answer, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let address = mailbox.address.as_ref().filter(|_| mailbox.name.is_some())?;
    let domain = address.domain.as_ref()?;
    let label = domain.organisational().split('.').next().unwrap_or_default();
    let mut words = address.local.split(|character: char| !character.is_ascii_alphanumeric()).chain([label]);
    let is_numbered = is_numbered(&address.local);
    (is_numbered || is_oddly_capitalised(&address.local) || words.any(is_machine_made))
        .then(|| Evidence::of(Detail::Address, &address.shown))
}

/// Whether words joined by underscores end in a long number: `Jane_Doe_48213`.
fn is_numbered(local: &str) -> bool {
    local.rsplit_once('_').is_some_and(|(words, number)| {
        words.contains('_') && number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a word is a run of letters and digits without the shape of a name: digits strewn among the letters, or
/// consonants as no language has them in a row.
fn is_machine_made(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 8 || !letters.iter().all(char::is_ascii_alphanumeric) {
        return false;
    }
    let changes = letters.windows(2).filter(|pair| matches!(pair, [a, b] if a.is_ascii_digit() != b.is_ascii_digit()));
    // What several letters write as one sound is no crowd of consonants.
    let sounds =
        ["sch", "ch", "th", "ph", "ck"].iter().fold(word.to_ascii_lowercase(), |word, group| word.replace(group, "c"));
    let mut run = 0_usize;
    let mut longest = 0_usize;
    for letter in sounds.chars() {
        let is_consonant = letter.is_ascii_alphabetic() && !"aeiouy".contains(letter);
        run = if is_consonant { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    changes.count() >= 4 || longest >= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_from_people() {
        for word in ["mqzvz8k2p0x1", "v7fymgm8ni", "4ckwf8jr8ajjk2z8dtl9", "xppjsfjeftwoepv"] {
            assert!(is_machine_made(word), "{word}");
        }
        for word in
            ["newsletter", "schwartzkopff", "info2024", "kagoya", "user12345", "taro1980", "no-reply", "angstschweiss"]
        {
            assert!(!is_machine_made(word), "{word}");
        }
    }
}
