//! Which goods mileage a goods takes: the one it names if that applies, else the one worth most.

use std::cmp::Reverse;
use std::collections::HashMap;

use commerce::Won;

use super::policy_index::{Candidate, Occasion};
use super::{AccrualLine, CompiledPolicy, OrderToAccrue};

/// Lists up to this length are looked through for every goods; longer ones are thinned out once per order.
const SHORT: usize = 16;

/// Chooses for the goods of one order.
pub(super) struct Contenders<'a> {
    policy: &'a CompiledPolicy,
    occasion: Occasion,
    /// Of long lists, those that can win for some amount.
    thinned: HashMap<usize, Vec<Candidate>>,
}

impl<'a> Contenders<'a> {
    pub(super) fn of(policy: &'a CompiledPolicy, order: &OrderToAccrue<'_>) -> Self {
        Self { policy, occasion: Occasion::of(order), thinned: HashMap::new() }
    }

    /// The place of its goods mileage, for a goods that costs something. Worth is compared without rounding; of equals
    /// the smallest number wins.
    pub(super) fn best_for(&mut self, line: &AccrualLine<'_>, base: Won) -> Option<usize> {
        if let Some(named) = self.named_by(line) {
            return Some(named);
        }
        let (policy, occasion, thinned) = (self.policy, self.occasion, &mut self.thinned);
        let mut best: Option<(i64, usize)> = None;
        policy.for_each_list(line, |list| {
            let candidates = match list.candidates.len() {
                0..=SHORT => list.candidates,
                _ => thinned.entry(list.start).or_insert_with(|| thin_out(occasion, list.candidates)),
            };
            for candidate in candidates {
                let (worth, place) = (candidate.worth(base), candidate.place);
                let is_better =
                    best.is_none_or(|(most, first)| worth > most || (worth == most && place < first));
                if is_better && candidate.holds_on(occasion) {
                    best = Some((worth, place));
                }
            }
        });
        best.map(|(_, place)| place)
    }

    fn named_by(&self, line: &AccrualLine<'_>) -> Option<usize> {
        let place = self.policy.place_of(line.named?)?;
        let mut applies = false;
        self.policy.for_each_list(line, |list| {
            let found = list.candidates.binary_search_by_key(&place, |candidate| candidate.place);
            let candidate = found.ok().and_then(|index| list.candidates.get(index));
            applies |= candidate.is_some_and(|candidate| candidate.holds_on(self.occasion));
        });
        applies.then_some(place)
    }
}

/// Leaves out what does not hold for the order, and what another one beats or equals whatever the goods costs.
fn thin_out(occasion: Occasion, candidates: &[Candidate]) -> Vec<Candidate> {
    let mut holding: Vec<(Slope, Candidate)> = candidates
        .iter()
        .filter(|candidate| candidate.holds_on(occasion))
        .map(|candidate| (Slope::of(candidate), *candidate))
        .collect();
    // Whoever can beat another one then stands before it, so one look back is enough.
    holding.sort_unstable_by_key(|(slope, candidate)| (Reverse(*slope), candidate.place));
    let mut kept: Vec<(Slope, Candidate)> = Vec::new();
    for (slope, candidate) in holding {
        let is_beaten = kept.iter().any(|(other_slope, other)| {
            other_slope.is_steeper_everywhere(slope)
                || (other_slope.is_no_flatter(slope) && other.place < candidate.place)
        });
        if !is_beaten {
            kept.push((slope, candidate));
        }
    }
    kept.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What a goods mileage is worth, as a function of what the goods costs: it rises by `rise` and ends at `top`.
///
/// A fixed amount rises at once. Both are ordered so that more is larger, `None` being beyond every number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slope {
    rise: Limit,
    top: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    At(i64),
    None,
}

impl Slope {
    fn of(candidate: &Candidate) -> Self {
        let end = |top| if top == i64::MAX { Limit::None } else { Limit::At(top) };
        match candidate.start {
            0 => Self { rise: Limit::At(candidate.rise), top: end(candidate.top) },
            start => Self { rise: Limit::None, top: end(candidate.top).min(Limit::At(start)) },
        }
    }

    fn is_no_flatter(self, other: Self) -> bool {
        self.rise >= other.rise && self.top >= other.top
    }

    /// Worth strictly more for every goods that costs something.
    fn is_steeper_everywhere(self, other: Self) -> bool {
        let rises_more = self.rise > other.rise || (self.rise == Limit::None && other.rise == Limit::None);
        let ends_higher = self.top > other.top || (self.top == Limit::None && other.top == Limit::None);
        rises_more && ends_higher && self != other
    }
}
