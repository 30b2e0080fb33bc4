//! 클레임 적립 (rule 4): kinds, rates and promotions are those of the order, whatever today's policy says.

use commerce::PromotionNo;

use super::base::Bases;
use super::entries::Entries;
use super::goods_mileage::{Choice, accrue_groups};
use super::{AccrualKind, CompiledPolicy, OrderToAccrue, PromisedAccrual, grade, order};

/// A kind that was not promised earns nothing. `None` when the amounts don't fit.
pub(super) fn accrue<'a>(
    policy: &'a CompiledPolicy,
    order: &'a OrderToAccrue<'a>,
    promised: &'a [PromisedAccrual<'a>],
    bases: &Bases,
    entries: &mut Entries<'a>,
) -> Option<()> {
    let of_kind = |kind| promised.iter().filter(move |entry| entry.kind == kind);
    for entry in of_kind(AccrualKind::Order) {
        order::accrue(entry.promise, bases, entries)?;
    }
    for entry in of_kind(AccrualKind::Grade) {
        grade::accrue(entry.promise, entry.threshold, bases, entries)?;
    }

    let mut mileages: Vec<&PromisedAccrual<'a>> = of_kind(AccrualKind::GoodsMileage).collect();
    mileages.sort_by_key(|entry| entry.promise.promotion_no);
    let place_of =
        |number: &PromotionNo| mileages.binary_search_by(|entry| entry.promise.promotion_no.cmp(number)).ok();
    let mut choices = Vec::with_capacity(bases.places.len());
    for (index, (place, base)) in bases.iter().enumerate() {
        let named = order.lines.get(place)?.named;
        if base.is_positive()
            && let Some(promotion) = named.and_then(place_of)
        {
            choices.push(Choice::of(promotion, index)?);
        }
    }
    accrue_groups(choices, bases, entries, |promotion| {
        let promise = mileages.get(promotion)?.promise;
        Some((promise, policy.cap_of(promise.promotion_no)))
    })
}
