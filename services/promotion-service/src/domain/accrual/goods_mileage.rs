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
    let choices = bases
        .iter()
        .filter(|(_, base)| base.is_positive())
        .filter_map(|(place, base)| {
            let choice = contenders.best_for(order.lines.get(place)?, base)?;
            Some(Choice { promotion: choice, place, base })
        })
        .collect();
    accrue_groups(choices, entries, |promotion| {
        let mileage = policy.mileage(promotion)?;
        Some((Promise::of(policy.promotion(promotion)?, mileage.rate), mileage.cap))
    })
}

/// Which promotion a goods takes. Promotions are numbered as their numbers sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    pub(super) promotion: usize,
    pub(super) place: usize,
    /// Above 0: a goods that cost nothing earns nothing.
    pub(super) base: Won,
}

/// Adds one entry per promotion, by number; its goods stand in the order of the request.
pub(super) fn accrue_groups<'a>(
    mut choices: Vec<Choice>,
    entries: &mut Entries<'a>,
    promise_of: impl Fn(usize) -> Option<(Promise<'a>, Option<Won>)>,
) -> Option<()> {
    choices.sort_unstable();
    let (mut places, mut weights) = (Vec::new(), Vec::new());
    for group in choices.chunk_by(|one, other| one.promotion == other.promotion) {
        let (promise, cap) = promise_of(group.first()?.promotion)?;
        places.clear();
        places.extend(group.iter().map(|choice| choice.place));
        weights.clear();
        let total = Won::sum(group.iter().map(|choice| choice.base))?;
        let amount = match promise.rate {
            AccrualRate::Rate(rate) => {
                weights.extend(group.iter().map(|choice| choice.base.amount()));
                rate.portion_floor(total)?
            }
            AccrualRate::Fixed(each) => {
                weights.resize(group.len(), 1);
                each.checked_mul(i64::try_from(group.len()).ok()?)?
            }
        };
        let amount = cap.map_or(amount, |cap| amount.min(cap));
        let head = EntryHead { kind: AccrualKind::GoodsMileage, promise, standard: total };
        entries.add(head, amount, Spread { places: &places, weights: &weights })?;
    }
    Some(())
}
