use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The message is a picture.
    ///
    /// # What it looks for
    ///
    /// A message that shows pictures and next to no text, and asks for a click on them.
    ///
    /// # Why it matters
    ///
    /// Filters read words. What is painted as a picture they cannot read, and the reader can neither copy nor check it.
    ///
    /// # When it is wrong
    ///
    /// Advertising that a shop's designers made as one picture; a photograph among friends has no link.
    id: "text.image-only",
    evidence: [Count],
    banner: [Wants 40],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    case.is_clicked_picture().then(|| Evidence::of(Detail::Count, case.facts.text.images.to_string()))
}
