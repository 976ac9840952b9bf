//! What a sign is: one declaration of what it is called, shows, spares and looks for.

use crate::{Detail, Evidence, Exemption, Slot, case::Case};

/// One observation about one message. A sign returns evidence, never sentences and never a score: its texts live
/// in `_locales` under its id, its weight in `data/weights.toml`. Made by [`declare_sign`].
pub struct Sign {
    pub(crate) id: &'static str,
    pub(crate) details: &'static [Detail],
    /// The line of the banner that it can fill, and how telling it is there, against the others.
    pub(crate) banner: Option<(Slot, u8)>,
    pub(crate) exempt: &'static [Exemption],
    pub(crate) finds: Finds,
}

/// How often a sign can hold in one message, and what looks for it. It is not asked about mail that is exempt.
pub(crate) enum Finds {
    /// At most once.
    One(fn(&Case) -> Option<Evidence>),
    /// Once for each link, date or the like, strongest first.
    Many(fn(&Case) -> Vec<Evidence>),
}

impl Sign {
    /// `group.name`, as in the catalogue.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The part of the id before the dot.
    pub fn group(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(group, _)| group)
    }

    /// The details its evidence is made of, in the order in which its texts number them (`$1` is the first).
    pub fn details(&self) -> &'static [Detail] {
        self.details
    }

    /// The line of the banner that it can fill, and how telling it is there, from 0 to 100; nothing where it needs
    /// knowledge of mail to be understood.
    pub fn banner(&self) -> Option<(Slot, u8)> {
        self.banner
    }

    /// The mail it is not held against.
    pub fn exempt(&self) -> &'static [Exemption] {
        self.exempt
    }

    /// Whether it is about what the sender wants, which is nobody's business but the sender's where it is wanted in the own
    /// name: see [`Exemption::OwnName`].
    pub(crate) fn is_ask(&self) -> bool {
        self.exempt.contains(&Exemption::OwnName)
    }

    /// Looks at the message, unless it is exempt: one [`Evidence`] for each time it holds.
    pub(crate) fn look(&self, case: &Case) -> Vec<Evidence> {
        if self.exempt.iter().any(|exemption| *exemption != Exemption::OwnName && case.is(*exemption)) {
            return Vec::new();
        }
        match self.finds {
            Finds::One(look) => look(case).into_iter().collect(),
            Finds::Many(look) => look(case),
        }
    }
}

/// Declares the sign of a module: its documentation, its id, the details of its evidence, its place in the banner, the
/// mail it is not held against, and the function that looks for it. `build.rs` gathers what is declared into the registry.
macro_rules! declare_sign {
    (
        $(#[doc = $line:literal])+
        id: $id:literal,
        evidence: [$($detail:ident),+ $(,)?],
        banner: [$($slot:ident $telling:literal)?],
        exempt: [$($exemption:ident),* $(,)?],
        finds: $finds:ident($look:path) $(,)?
    ) => {
        pub(in crate::signs) static SIGN: crate::Sign = crate::Sign {
            id: $id,
            details: &[$(crate::Detail::$detail),+],
            banner: crate::banner::place(&[$((crate::Slot::$slot, $telling))?]),
            exempt: &[$(crate::Exemption::$exemption),*],
            finds: crate::sign::Finds::$finds($look),
        };

        // Apart from the sign: the add-on's module has no use for it and leaves it out.
        pub(in crate::signs) const DOCUMENTATION: &str = concat!($($line, "\n"),+);
    };
}

pub(crate) use declare_sign;
