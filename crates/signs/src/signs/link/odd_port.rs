use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use std::collections::BTreeSet;

declare_sign! {
    /// A link leads to an unusual port of a stranger's host.
    ///
    /// # What it looks for
    ///
    /// A port that is neither the scheme's own nor one that web servers, control panels and home servers commonly use.
    /// Where the message speaks for a brand that did not send it, any port but the scheme's own.
    ///
    /// # Why it matters
    ///
    /// The pages of companies stand at the usual port. A page at another one often runs on a machine that was broken
    /// into, beside the owner's own page.
    ///
    /// # When it is wrong
    ///
    /// Developers, administrators and people with a server at home use all kinds of ports. Private addresses, the
    /// sender's own domain and what people on a mailing list write out do not count.
    id: "link.odd-port",
    evidence: [Domain, Count],
    banner: [Leads 55],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

/// Ports of alternative web servers, test servers, hosting panels and home servers.
const COMMON: &[u16] = &[
    591, 3000, 3001, 4200, 4433, 4443, 5000, 5001, 5173, 5601, 6443, 7443, 8000, 8001, 8006, 8008, 8080, 8081, 8082,
    8083, 8086, 8088, 8089, 8090, 8096, 8123, 8181, 8200, 8443, 8444, 8448, 8834, 8880, 8888, 8889, 9000, 9001, 9090,
    9091, 9100, 9200, 9443, 10000, 10443, 19999, 32400, // cPanel, WHM and their webmail
    2077, 2078, 2079, 2080, 2082, 2083, 2086, 2087, 2095, 2096, 2222,
];

fn look(case: &Case) -> Vec<Evidence> {
    let is_judged = case.judged_brand().is_some();
    let mut seen = BTreeSet::new();
    case.stray_links()
        .filter_map(|link| Some((link.host.as_ref()?.to_string(), link.port?)))
        .filter(|(host, port)| host.contains(['.', ':']) && (is_judged || !COMMON.contains(port)))
        .filter(|known| seen.insert(known.clone()))
        .map(|(host, port)| Evidence::of(Detail::Domain, host).and(Detail::Count, port.to_string()))
        .collect()
}
