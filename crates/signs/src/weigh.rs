//! From findings to a verdict: weights add up, a group counts at most its cap, thresholds make levels.
//!
//! Weights are natural logarithms of likelihood ratios: how much more often a sign is seen in impersonation mail
//! than in legitimate mail. They are data (`data/weights.toml`, with the figures that led to them).

use crate::{Evidence, Finding, Level, Sensitivity, Sign, Strength};
use std::borrow::Cow;

/// The reviewed weights.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Logarithm of the odds before anything was seen.
    pub prior: f64,
    /// Score from which a message is `notice`.
    pub notice: f64,
    /// Score from which it is `suspicious`.
    pub suspicious: f64,
    /// Score from which it may be `dangerous`.
    pub dangerous: f64,
    /// What is added to these scores where the reader is to be warned earlier: less than nothing.
    pub cautious: f64,
    /// What is added to them where the reader is to be warned of little.
    pub quiet: f64,
    /// Group, and the most that its signs may add together, sorted by group.
    pub caps: &'static [(&'static str, f64)],
    /// The most that signs of one cause may add together, and these signs, of whatever group.
    pub causes: &'static [(f64, &'static [&'static str])],
    /// Sign id and the most that a fit may give it, whatever the known mail says, sorted by id.
    pub most: &'static [(&'static str, f64)],
    /// Sign id and the least level of a message in which it is found, whatever the score, sorted by id.
    pub floors: &'static [(&'static str, Level)],
    /// Sign id and weight, sorted by id.
    pub signs: Cow<'static, [(&'static str, f64)]>,
}

static WEIGHTS: Weights = include!(concat!(env!("OUT_DIR"), "/weights.rs"));

/// The weights in force.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

impl Weights {
    /// The weight of a sign; nothing for one that only informs.
    pub fn of(&self, id: &str) -> f64 {
        look_up(&self.signs, id).unwrap_or_default()
    }

    /// The most that a fit may give a sign.
    pub fn most(&self, id: &str) -> f64 {
        look_up(self.most, id).unwrap_or(f64::INFINITY)
    }

    /// The least level of a message in which a sign of positive weight is found.
    fn floor(&self, finding: &Finding) -> Level {
        let at = self.floors.binary_search_by_key(&finding.id, |(id, _)| id).ok();
        let floor = at.filter(|_| self.of(finding.id) > 0.0).and_then(|at| self.floors.get(at));
        floor.map_or(Level::None, |(_, level)| *level)
    }

    /// The place of a sign's cause among the causes, and the most that it may add.
    pub fn cause(&self, id: &str) -> Option<(usize, f64)> {
        let at = self.causes.iter().position(|(_, signs)| signs.contains(&id))?;
        self.causes.get(at).map(|(cap, _)| (at, *cap))
    }

    /// The most that a group may add.
    pub fn cap(&self, group: &str) -> f64 {
        look_up(self.caps, group).unwrap_or_default()
    }

    /// These weights without a sign or a whole group: as if it did not exist. Nothing where there is no such one.
    pub fn without(&self, sign_or_group: &str) -> Option<Self> {
        let is_meant = |id: &str| id == sign_or_group || id.split('.').next() == Some(sign_or_group);
        crate::registry().iter().any(|sign| is_meant(sign.id())).then(|| Self {
            signs: self.signs.iter().copied().filter(|(id, _)| !is_meant(id)).collect(),
            ..self.clone()
        })
    }

    /// What a sensitivity adds to the scores from which on there are levels.
    pub fn moved_by(&self, sensitivity: Sensitivity) -> f64 {
        match sensitivity {
            Sensitivity::Cautious => self.cautious,
            Sensitivity::Normal => 0.0,
            Sensitivity::Quiet => self.quiet,
        }
    }

    fn level(&self, score: f64, accusing_groups: usize, sensitivity: Sensitivity) -> Level {
        // What one group alone says is not heard earlier: words alone raise no banner for the cautious either.
        let moved = self.moved_by(sensitivity);
        let score = score - if accusing_groups > 1 { moved } else { moved.max(0.0) };
        // One group alone is one weakness seen from several sides: never enough for the highest level.
        if score >= self.dangerous && accusing_groups > 1 {
            Level::Dangerous
        } else if score >= self.suspicious {
            Level::Suspicious
        } else if score >= self.notice {
            Level::Notice
        } else {
            Level::None
        }
    }
}

fn look_up(table: &[(&str, f64)], key: &str) -> Option<f64> {
    let at = table.binary_search_by_key(&key, |(name, _)| name).ok()?;
    table.get(at).map(|(_, value)| *value)
}

/// A weighed case.
pub(crate) struct Weighed {
    pub level: Level,
    pub score: f64,
    /// The sign that speaks against anybody's word that it is genuine.
    pub contradiction: Option<&'static str>,
    pub findings: Vec<Finding>,
}

/// Weighs what was found. A sign that fires several times weighs once; of accusing signs of one group, or of one cause,
/// together no more counts than its cap, the weightiest first. The level is `least` at least.
pub(crate) fn weigh(
    found: Vec<(&'static Sign, Evidence)>,
    weights: &Weights,
    sensitivity: Sensitivity,
    least: Level,
) -> Weighed {
    let mut found: Vec<_> = found.into_iter().map(|(sign, evidence)| (weights.of(sign.id()), sign, evidence)).collect();
    // Stable: findings of equal weight stay in the order of the registry.
    found.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));

    let mut findings: Vec<Finding> = Vec::with_capacity(found.len());
    let mut used: Vec<(&str, f64)> = Vec::new();
    let mut of_cause = vec![0.0; weights.causes.len()];
    for (weight, sign, evidence) in found {
        let is_repeated = findings.iter().any(|finding| finding.id == sign.id());
        let counted = if is_repeated {
            0.0
        } else if weight > 0.0 {
            let group = sign.group();
            let at = used.iter().position(|(name, _)| *name == group).unwrap_or_else(|| {
                used.push((group, 0.0));
                used.len() - 1
            });
            let Some((_, sum)) = used.get_mut(at) else { continue };
            let mut counted = weight.min(weights.cap(group) - *sum).max(0.0);
            if let Some((cause, cap)) = weights.cause(sign.id())
                && let Some(caused) = of_cause.get_mut(cause)
            {
                counted = counted.min(cap - *caused).max(0.0);
                *caused += counted;
            }
            *sum += counted;
            counted
        } else {
            weight
        };
        findings.push(Finding { id: sign.id(), weight: round(counted), strength: Strength::of(weight), evidence });
    }
    let score = round(weights.prior + findings.iter().map(|finding| finding.weight).sum::<f64>());
    let accusing_groups = used.iter().filter(|(_, sum)| *sum > 0.0).count();
    let floor = findings.iter().map(|finding| weights.floor(finding)).max().unwrap_or(Level::None);
    let contradiction = findings.iter().map(|finding| finding.id).find(|id| CONTRADICTIONS.contains(id));
    let trusted = findings.iter().find(|finding| finding.id == TRUSTED);
    let floor = match trusted {
        // What the user decided is not outdone by a floor, but a mail that contradicts it still warns.
        Some(trust) => {
            let untrusted = weights.level(score - trust.weight, accusing_groups, sensitivity);
            if contradiction.is_some() { untrusted.min(Level::Suspicious) } else { Level::None }
        }
        None => floor,
    };
    let level = weights.level(score, accusing_groups, sensitivity).max(floor).max(least);
    Weighed { level, score, contradiction, findings }
}

/// Signs that the sender only imitates somebody: they contradict whoever says that the message is genuine. The first that
/// was found counts, the weightiest.
const CONTRADICTIONS: [&str; 7] = [
    "auth.forged-results",
    "link.lookalike-domain",
    "sender.brand-name",
    "sender.claims-recipient",
    "sender.contact-name",
    "sender.lookalike-domain",
    "sender.own-domain",
];

/// The sign of a sender that the user trusts.
const TRUSTED: &str = "trust.user";

/// Two decimals: enough to tell findings apart, and the same on every machine.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
