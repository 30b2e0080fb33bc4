//! 프로모션적립 (rule 2, kind 24): every goods takes one goods mileage; goods of the same one earn together.

use commerce::Won;

use super::base::Bases;
use super::contenders::Contenders;
use super::entries::{Entries, EntryHead, Spread};
use super::{AccrualKind, AccrualRate, CompiledPolicy, OrderToAccrue, Promise};

/// `None` when the amounts don't fit.
pub(super) fn accrue<'a>(
    policy: &'a CompiledPolicy,
    order: &'a OrderToAccrue<'a>,
    bases: &Bases,
    entries: &mut Entries<'a>,
) -> Option<()> {
    if !policy.has_goods_mileages() {
        return Some(());
    }
    let mut contenders = Contenders::of(policy, order);
    let mut choices = Vec::with_capacity(bases.places.len());
    for (index, (place, base)) in bases.iter().enumerate() {
        if base.is_positive()
            && let Some(promotion) = contenders.best_for(order.lines.get(place)?, base)
        {
            choices.push(Choice::of(promotion, index)?);
        }
    }
    accrue_groups(choices, bases, entries, |promotion| {
        let terms = policy.terms(promotion)?;
        Some((Promise::of(&terms.promotion, terms.rate), terms.cap))
    })
}

/// Which promotion a goods takes that costs something; one that costs nothing earns nothing.
///
/// Both stand in one number, the promotion above the goods, so that sorting compares once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice(u64);

impl Choice {
    /// `promotion`: numbered as promotion numbers sort. `index`: the goods among those that may earn.
    pub(super) fn of(promotion: usize, index: usize) -> Option<Self> {
        let (high, low) = (u32::try_from(promotion).ok()?, u32::try_from(index).ok()?);
        Some(Self(u64::from(high) << u32::BITS | u64::from(low)))
    }

    fn promotion(self) -> Option<usize> {
        usize::try_from(self.0 >> u32::BITS).ok()
    }

    fn index(self) -> Option<usize> {
        usize::try_from(self.0 & u64::from(u32::MAX)).ok()
    }
}

/// Adds one entry per promotion, by number; its goods stand in the order of the request.
pub(super) fn accrue_groups<'a>(
    mut choices: Vec<Choice>,
    bases: &Bases,
    entries: &mut Entries<'a>,
    promise_of: impl Fn(usize) -> Option<(Promise<'a>, Option<Won>)>,
) -> Option<()> {
    choices.sort_unstable();
    let (mut places, mut amounts, mut equal_weights) = (Vec::new(), Vec::new(), Vec::new());
    for group in choices.chunk_by(|one, other| one.promotion() == other.promotion()) {
        let (promise, cap) = promise_of(group.first()?.promotion()?)?;
        places.clear();
        amounts.clear();
        for choice in group {
            let index = choice.index()?;
            places.push(*bases.places.get(index)?);
            amounts.push(*bases.amounts.get(index)?);
        }
        let total = Won::sum(amounts.iter().copied().map(Won::new))?;
        let (amount, weights) = match promise.rate {
            AccrualRate::Rate(rate) => (rate.portion_floor(total)?, &amounts),
            AccrualRate::Fixed(each) => {
                equal_weights.resize(group.len(), 1);
                (each.checked_mul(i64::try_from(group.len()).ok()?)?, &equal_weights)
            }
        };
        let amount = cap.map_or(amount, |cap| amount.min(cap));
        let head = EntryHead { kind: AccrualKind::GoodsMileage, promise, standard: total };
        entries.add(head, amount, Spread { places: &places, weights })?;
    }
    Some(())
}
