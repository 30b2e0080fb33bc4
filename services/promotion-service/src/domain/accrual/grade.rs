//! 회원등급적립 (rule 2, kind 22): a share of the order once it exceeds the grade's threshold.

use commerce::Won;

use super::base::Bases;
use super::entries::{Entries, EntryHead, Spread};
use super::{AccrualKind, AccrualRate, Promise};

/// Reaching the threshold is not exceeding it. `None` when the amounts don't fit.
pub(super) fn accrue<'a>(
    promise: Promise<'a>,
    threshold: Won,
    bases: &Bases,
    entries: &mut Entries<'a>,
) -> Option<()> {
    let AccrualRate::Rate(rate) = promise.rate else { return Some(()) };
    if bases.total <= threshold {
        return Some(());
    }
    let amount = rate.portion_floor(bases.total)?;
    let head = EntryHead { kind: AccrualKind::Grade, promise, standard: threshold };
    entries.add(head, amount, Spread { places: &bases.places, weights: &bases.amounts })
}
