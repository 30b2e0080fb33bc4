//! Which goods mileage a goods takes: the one it names if that applies, else the one worth most.

use std::cmp::Reverse;
use std::collections::HashMap;

use commerce::Won;

use super::policy_index::{ActiveMileage, Occasion};
use super::{AccrualLine, CompiledPolicy, OrderToAccrue};

/// Lists up to this length are looked through for every goods; longer ones are thinned out once per order.
const SHORT: usize = 16;

/// Chooses for the goods of one order.
pub(super) struct Contenders<'a> {
    policy: &'a CompiledPolicy,
    occasion: Occasion,
    /// Of long lists, those that can win for some amount.
    thinned: HashMap<usize, Vec<usize>>,
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
            let places = match list.places.len() {
                0..=SHORT => list.places,
                _ => thinned.entry(list.start).or_insert_with(|| thin_out(policy, occasion, list.places)),
            };
            for place in places {
                let Some(mileage) = policy.mileage(*place) else { continue };
                let worth = mileage.worth(base);
                let is_better =
                    best.is_none_or(|(most, first)| worth > most || (worth == most && *place < first));
                if is_better && mileage.holds_on(occasion) {
                    best = Some((worth, *place));
                }
            }
        });
        best.map(|(_, place)| place)
    }

    fn named_by(&self, line: &AccrualLine<'_>) -> Option<usize> {
        let place = self.policy.place_of(line.named?)?;
        let mut is_targeted = false;
        self.policy.for_each_list(line, |list| is_targeted |= list.places.binary_search(&place).is_ok());
        let applies = is_targeted && self.policy.mileage(place)?.holds_on(self.occasion);
        applies.then_some(place)
    }
}

/// Leaves out what does not hold for the order, and what another one beats or equals whatever the goods costs.
fn thin_out(policy: &CompiledPolicy, occasion: Occasion, places: &[usize]) -> Vec<usize> {
    let mut holding: Vec<(usize, Slope)> = places
        .iter()
        .filter_map(|place| Some((*place, policy.mileage(*place)?)))
        .filter(|(_, mileage)| mileage.holds_on(occasion))
        .map(|(place, mileage)| (place, Slope::of(mileage)))
        .collect();
    // Whoever can beat another one then stands before it, so one look back is enough.
    holding.sort_unstable_by_key(|(place, slope)| (Reverse(*slope), *place));
    let mut kept: Vec<(usize, Slope)> = Vec::new();
    for (place, slope) in holding {
        let is_beaten = kept.iter().any(|(other_place, other)| {
            other.is_steeper_everywhere(slope) || (other.is_no_flatter(slope) && *other_place < place)
        });
        if !is_beaten {
            kept.push((place, slope));
        }
    }
    kept.into_iter().map(|(place, _)| place).collect()
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
    fn of(mileage: &ActiveMileage) -> Self {
        let end = |top| if top == i64::MAX { Limit::None } else { Limit::At(top) };
        match mileage.start {
            0 => Self { rise: Limit::At(mileage.rise), top: end(mileage.top) },
            start => Self { rise: Limit::None, top: end(mileage.top).min(Limit::At(start)) },
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
