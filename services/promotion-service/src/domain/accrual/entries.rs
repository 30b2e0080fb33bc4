//! 적립 정보 리스트 (rule 3): an amount is spread over its goods so that the parts are the whole.

use std::ops::Range;

use commerce::{Spreader, Won};

use super::{AccrualKind, Promise};

/// 적립정보: what an order earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accrual<'a> {
    /// The sum of the entries.
    pub total: Won,
    /// None of them is 0.
    pub entries: Vec<Entry<'a>>,
    shares: Vec<LineShare>,
}

/// One kind's, or one goods mileage's, part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    pub kind: AccrualKind,
    pub promise: Promise<'a>,
    pub amount: Won,
    /// 적립기준금액: the grade's threshold, else the amount it was computed on.
    pub standard: Won,
    shares: Range<usize>,
}

/// What one goods earns of an entry; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineShare {
    /// The goods' place in the request.
    pub place: usize,
    pub amount: Won,
}

impl Accrual<'_> {
    /// The parts of one of its entries, in the order of the request; they add up to its amount.
    pub fn shares_of(&self, entry: &Entry<'_>) -> &[LineShare] {
        self.shares.get(entry.shares.clone()).unwrap_or_default()
    }
}

/// An entry without its amount.
pub(super) struct EntryHead<'a> {
    pub(super) kind: AccrualKind,
    pub(super) promise: Promise<'a>,
    pub(super) standard: Won,
}

/// The goods an amount is spread over, and by what weights.
pub(super) struct Spread<'s> {
    pub(super) places: &'s [usize],
    pub(super) weights: &'s [i64],
}

/// Entries while they are collected. All shares lie in one list, so that an entry costs no allocation of its own.
pub(super) struct Entries<'a> {
    entries: Vec<Entry<'a>>,
    shares: Vec<LineShare>,
    spreader: Spreader,
}

impl<'a> Entries<'a> {
    pub(super) fn with_room_for(lines: usize) -> Self {
        Self {
            entries: Vec::with_capacity(lines.min(64)),
            shares: Vec::with_capacity(lines.saturating_mul(3)),
            spreader: Spreader::default(),
        }
    }

    /// An amount of 0 leaves no entry, a part of 0 no row. `None` when an amount cannot be spread.
    pub(super) fn add(&mut self, head: EntryHead<'a>, amount: Won, spread: Spread<'_>) -> Option<()> {
        if amount.is_zero() {
            return Some(());
        }
        let first = self.shares.len();
        if let [place] = spread.places {
            self.shares.push(LineShare { place: *place, amount });
        } else {
            let parts = self.spreader.spread(amount, spread.weights)?;
            let rows = spread.places.iter().zip(parts).filter(|(_, part)| !part.is_zero());
            self.shares.extend(rows.map(|(place, amount)| LineShare { place: *place, amount: *amount }));
        }
        let shares = first..self.shares.len();
        let EntryHead { kind, promise, standard } = head;
        self.entries.push(Entry { kind, promise, amount, standard, shares });
        Some(())
    }

    pub(super) fn finish(self) -> Option<Accrual<'a>> {
        let total = Won::sum(self.entries.iter().map(|entry| entry.amount))?;
        Some(Accrual { total, entries: self.entries, shares: self.shares })
    }
}
