use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// Name or subject are dressed up with letters that are not what they look like.
    ///
    /// # What it looks for
    ///
    /// Invisible or bidirectional characters inside a word, letters of another script, small capitals or mathematical
    /// letters in place of plain ones, in the display name or the subject. A brand's name there or in the first lines in
    /// which letters stand that only look like its own (`PayPaI`, `PayP@l`), in mail that is not the brand's.
    ///
    /// # Why it matters
    ///
    /// Filters look for words. Whoever writes them so that people read them and machines do not has a reason.
    ///
    /// # When it is wrong
    ///
    /// Newsletters that like bold letters in a subject; emoji, accents and fullwidth letters do not count.
    id: "sender.disguised-name",
    evidence: [Name],
    banner: [Sender 52],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    dressed_up(case).or_else(|| spelt_alike(case))
}

fn spelt_alike(case: &Case) -> Option<Evidence> {
    let alike = case.claim.as_ref()?.alike.as_ref()?;
    case.misnamed()?;
    Some(Evidence::of(Detail::Name, alike))
}

fn dressed_up(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let name = identity.author().and_then(|author| author.name.as_ref());
    name.into_iter()
        .chain(identity.subject.first())
        .filter(|text| {
            // Emoji are joined and coloured by characters without shape.
            let full: String =
                text.full.chars().filter(|c| !matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}')).collect();
            let folded = mekiki_knowledge::fold::fold(&full);
            folded.is_disguised(&(0..folded.as_str().len()))
        })
        .map(|text| Evidence::of(Detail::Name, &text.full))
        .next()
}
