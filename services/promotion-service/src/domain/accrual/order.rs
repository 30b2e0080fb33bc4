//! 주문적립 (rule 2, kind 21): a share of everything the order earns on.

use super::base::Bases;
use super::entries::{Entries, EntryHead, Spread};
use super::{AccrualKind, AccrualRate, Promise};

/// `None` when the amounts don't fit.
pub(super) fn accrue<'a>(promise: Promise<'a>, bases: &Bases, entries: &mut Entries<'a>) -> Option<()> {
    let AccrualRate::Rate(rate) = promise.rate else { return Some(()) };
    let amount = rate.portion_floor(bases.total)?;
    let head = EntryHead { kind: AccrualKind::Order, promise, standard: bases.total };
    entries.add(head, amount, Spread { places: &bases.places, weights: &bases.amounts })
}
