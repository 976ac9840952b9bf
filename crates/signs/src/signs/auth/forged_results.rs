use crate::{Detail, Evidence, Standing, case::Case, sign::declare_sign};
use mekiki_facts::{AuthenticationResults, Domain, Outcome};

declare_sign! {
    /// It brought a certificate along, in the receiving host's name.
    ///
    /// # What it looks for
    ///
    /// An Authentication-Results field (RFC 8601) that says "pass" and names the receiving host as its author, but
    /// stands below the lines which that host wrote, while that host's own results say otherwise and no earlier hop
    /// went through it.
    ///
    /// # Why it matters
    ///
    /// A host writes its results above what it received. What stands below came with the message, and nobody but a
    /// forger writes there in the name of the reader's own host.
    ///
    /// # When it is wrong
    ///
    /// A message that went through the same house twice: then an earlier hop names it, and it is let pass. So are
    /// messages whose fields an export or a bridge put in another order. Results in other names are left behind by
    /// every forwarder and mean nothing.
    id: "auth.forged-results",
    evidence: [Domain, Value],
    banner: [Sender 60],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    case.facts.authentication.results.iter().filter(|results| is_brought_along(case, results)).find_map(|results| {
        let id = results.authserv_id.as_deref()?;
        Some(Evidence::of(Detail::Domain, id).and(Detail::Value, &results.raw))
    })
}

fn is_brought_along(case: &Case, results: &AuthenticationResults) -> bool {
    let trail = &case.facts.trail;
    let (Some(at), Some(id)) = (trail.first_outside, results.authserv_id.as_deref().and_then(Domain::parse)) else {
        return false;
    };
    let is_in_receivers_name = trail.receivers.iter().any(|receiver| receiver.is_aligned_with(&id))
        || case
            .context
            .receivers
            .iter()
            .flat_map(|receiver| &receiver.ids)
            .any(|own| own.eq_ignore_ascii_case(id.as_str()));
    if case.results().standing_at(results.offset) == Some(Standing::Believed) || !is_in_receivers_name {
        return false;
    }
    let mut earlier = trail.hops.iter().skip(at + 1).filter_map(|hop| hop.by.as_deref().and_then(Domain::parse));
    !earlier.any(|by| by.is_aligned_with(&id)) && contradicts(case, results)
}

/// Whether the receiving host's own results say of a method that it did not pass, which these say passed. What Mekiki
/// proves itself is no matter here: a host may have marked a message after it had checked it.
fn contradicts(case: &Case, results: &AuthenticationResults) -> bool {
    results.methods.iter().filter(|result| result.outcome == Outcome::Pass).any(|claimed| {
        let mut own = case.results().received().filter(|own| own.method == claimed.method).peekable();
        own.peek().is_some() && own.all(|own| own.outcome != Outcome::Pass)
    })
}
