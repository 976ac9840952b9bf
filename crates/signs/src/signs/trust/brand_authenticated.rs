use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The brand itself vouches for the message.
    ///
    /// # What it looks for
    ///
    /// The receiving host found a passing DKIM signature, SPF or DMARC for the author's domain, and that domain belongs
    /// to the brand the message speaks for; where it speaks for none, to a known brand to which its links lead.
    ///
    /// # Why it matters
    ///
    /// Only the brand can make that pass.
    ///
    /// # When it is wrong
    ///
    /// A brand's mail account that was broken into; a receiving host that checks carelessly.
    id: "trust.brand-authenticated",
    evidence: [Brand, Domain],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let domain = case.facts.identity.author_domain()?;
    // A mailbox of the brand's that was broken into speaks for others, and leads to them.
    let of_links = || case.brand_of(domain.as_str()).filter(|brand| case.leads_home(brand));
    let brand = case.claimed().or_else(of_links)?;
    (case.is_from(brand)).then(|| Evidence::of(Detail::Brand, brand.name).and(Detail::Domain, domain.organisational()))
}
