use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The sender calls itself by a brand's name and nothing else, at an address that is not the brand's.
    ///
    /// # What it looks for
    ///
    /// Beside `sender.brand-name`: a display name in which nothing stands but the brand and words of any company
    /// (PayPal Service, カゴヤ サポートセンター), or brackets at the head of the subject that hold nothing else, behind a
    /// display name that names nobody (自動送信).
    ///
    /// # Why it matters
    ///
    /// Dealers, agencies and fans name themselves beside the brand they write about. Who names the brand alone wants to
    /// be taken for it, and most mail programs show nothing but that name.
    ///
    /// # When it is wrong
    ///
    /// A brand's delivery service that the directory does not know yet. So it only strengthens what it stands beside.
    id: "sender.brand-alone",
    evidence: [Name, Brand],
    banner: [Sender 48],
    exempt: [BrandThroughList, DeliveryReport],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let claim = case.claim.as_ref()?;
    let alone = claim.alone.as_ref()?;
    case.misnamed()?;
    Some(Evidence::of(Detail::Name, alone).and(Detail::Brand, claim.brand.name))
}
