use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The message speaks for a brand that its author's address does not belong to.
    ///
    /// # What it looks for
    ///
    /// A brand claimed by the display name, the letterhead or the signature, and a From domain that is not the brand's.
    ///
    /// # Why it matters
    ///
    /// The name is what a reader looks at, and anybody can write any name there. The domain is what the name has to
    /// answer for.
    ///
    /// # When it is wrong
    ///
    /// A brand's agency or a new delivery service that the directory does not know yet; a person or club that writes
    /// about a brand under its name. Mail that a list wrote itself into and that leads to the brand is let pass, and so
    /// is a report of non-delivery: Exchange signs them all "Microsoft Outlook".
    id: "sender.brand-name",
    evidence: [Brand, Address],
    banner: [Sender 95],
    exempt: [BrandThroughList, DeliveryReport],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let (brand, author) = case.misnamed()?;
    Some(Evidence::of(Detail::Brand, brand.name).and(Detail::Address, author))
}
