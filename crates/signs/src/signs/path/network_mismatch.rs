use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// It came from a network that is not the brand's.
    ///
    /// # What it looks for
    ///
    /// The network that handed the message to the receiving side, against the networks that the brand runs, for brands
    /// that send their mail from their own.
    ///
    /// # Why it matters
    ///
    /// A hosting company that rents out servers has no reason to rent one from a rival to write to its customers.
    ///
    /// # When it is wrong
    ///
    /// A brand that has begun to send through somebody else: a message that the brand's domain or a delivery service
    /// vouches for is let pass, and brands without known networks are not judged.
    id: "path.network-mismatch",
    evidence: [Brand, Network, Ip],
    banner: [Sender 63],
    exempt: [DeliveryService, BrandItself, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let (Some(brand), Some((ip, network))) = (case.claimed(), case.origin()) else { return None };
    if brand.networks.is_empty() || brand.runs_network(network.asn) {
        return None;
    }
    Some(Evidence::of(Detail::Brand, brand.name).and(Detail::Network, network.name).and(Detail::Ip, ip.to_string()))
}
