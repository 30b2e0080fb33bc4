//! Which units are claimed, and what is left of every line before and after.

use std::collections::HashMap;

use commerce::{LineStatus, Won};

use super::{CancelRefusal, Overflow, known};
use crate::domain::cancel_request::{CancelRequest, line_path, quantity_path};
use crate::domain::claim_history::ClaimHistory;
use crate::domain::order::{LinePlace, OrderLine, PaidOrder};

/// One line and what this claim does to its quantity.
#[derive(Debug)]
pub(super) struct LineMove<'a> {
    pub(super) line: &'a OrderLine,
    pub(super) left_before: i64,
    pub(super) left_after: i64,
    /// 유효할인: Σ of the discounts not taken back by an earlier claim.
    pub(super) live_discount: Won,
}

impl LineMove<'_> {
    pub(super) const fn is_claimed(&self) -> bool {
        self.left_after < self.left_before
    }

    pub(super) const fn quantity(&self) -> i64 {
        self.left_before - self.left_after
    }

    /// What is left of its goods, no discount subtracted.
    pub(super) fn value_left(&self) -> Option<Won> {
        self.line.unit_price.checked_mul(self.left_after)
    }
}

/// Every line of the order, in its order.
#[derive(Debug)]
pub(super) struct Moves<'a> {
    moves: Vec<LineMove<'a>>,
    /// The claimed ones, in the request's order.
    requested: Vec<LinePlace>,
}

impl<'a> Moves<'a> {
    /// Refuses unknown lines, then quantities, then states, each for all lines at once.
    pub(super) fn of(
        order: &'a PaidOrder,
        history: &ClaimHistory,
        request: &CancelRequest,
    ) -> Result<Self, CancelRefusal> {
        let requested = places_of(order, request)?;
        let quantities: HashMap<LinePlace, i64> =
            requested.iter().copied().zip(request.lines().iter().map(|line| line.quantity)).collect();
        check_quantities(order, history, request)?;
        check_states(order, request)?;

        let mut moves: Vec<LineMove<'a>> = order
            .lines()
            .iter()
            .map(|line| {
                let left_before = left_of(line, history);
                let claimed = order.place(line.seq).and_then(|place| quantities.get(&place)).copied();
                let left_after = left_before.saturating_sub(claimed.unwrap_or(0));
                LineMove { line, left_before, left_after, live_discount: Won::ZERO }
            })
            .collect();
        for discount in order.discounts().iter().filter(|discount| !history.is_taken_back(&discount.id)) {
            for share in &discount.shares {
                if let Some(line_move) = moves.get_mut(share.place.index()) {
                    line_move.live_discount = known(line_move.live_discount.checked_add(share.amount))?;
                }
            }
        }
        Ok(Self { moves, requested })
    }

    pub(super) fn at(&self, place: LinePlace) -> &LineMove<'a> {
        self.moves.get(place.index()).expect("places were resolved against the lines of this order")
    }

    pub(super) fn all(&self) -> &[LineMove<'a>] {
        &self.moves
    }

    /// The claimed lines, in the request's order.
    pub(super) fn requested(&self) -> impl Iterator<Item = &LineMove<'a>> {
        self.requested.iter().map(|place| self.at(*place))
    }

    /// Whether something that stands on these lines is concerned by the claim.
    ///
    /// What stands on no line at all ends with the order.
    pub(super) fn touch(&self, places: impl IntoIterator<Item = LinePlace>) -> bool {
        let mut places = places.into_iter().peekable();
        if places.peek().is_none() {
            return self.leave_nothing();
        }
        places.any(|place| self.at(place).is_claimed())
    }

    /// Whether nothing of the whole order is left.
    pub(super) fn leave_nothing(&self) -> bool {
        self.moves.iter().all(|line_move| line_move.left_after == 0)
    }

    /// What is left of the goods of these lines, no discount subtracted.
    pub(super) fn value_left(&self, places: impl IntoIterator<Item = LinePlace>) -> Result<Won, Overflow> {
        let values = places.into_iter().map(|place| self.at(place).value_left());
        known(values.collect::<Option<Vec<Won>>>().and_then(Won::sum))
    }
}

/// What may still be claimed of a line; nothing of one that is cancelled.
pub(crate) fn left_of(line: &OrderLine, history: &ClaimHistory) -> i64 {
    match line.status {
        LineStatus::Cancelled => 0,
        LineStatus::AwaitingPayment
        | LineStatus::OrderComplete
        | LineStatus::Preparing
        | LineStatus::Shipped
        | LineStatus::Delivered
        | LineStatus::PurchaseConfirmed
        | LineStatus::Collected
        | LineStatus::ReturnComplete => line.quantity.saturating_sub(history.claimed(line.seq)).max(0),
    }
}

/// 취소가능: before shipping, and of a kind that may be cancelled.
pub(crate) const fn is_cancelable(line: &OrderLine) -> bool {
    line.status.is_before_shipping() && line.is_cancelable
}

fn places_of(order: &PaidOrder, request: &CancelRequest) -> Result<Vec<LinePlace>, CancelRefusal> {
    let mut places = Vec::with_capacity(request.lines().len());
    let mut unknown = Vec::new();
    for (index, requested) in request.lines().iter().enumerate() {
        match order.place(requested.line_seq) {
            Some(place) => places.push(place),
            None => unknown.push(line_path(index)),
        }
    }
    if unknown.is_empty() { Ok(places) } else { Err(CancelRefusal::LineNotFound(unknown)) }
}

fn check_quantities(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
) -> Result<(), CancelRefusal> {
    let exceeding = paths(order, request, quantity_path, |line, quantity| quantity > left_of(line, history));
    if exceeding.is_empty() { Ok(()) } else { Err(CancelRefusal::QuantityExceeded(exceeding)) }
}

fn check_states(order: &PaidOrder, request: &CancelRequest) -> Result<(), CancelRefusal> {
    let refused = paths(order, request, line_path, |line, _| !is_cancelable(line));
    if refused.is_empty() { Ok(()) } else { Err(CancelRefusal::NotCancelable(refused)) }
}

fn paths(
    order: &PaidOrder,
    request: &CancelRequest,
    path: fn(usize) -> String,
    is_wrong: impl Fn(&OrderLine, i64) -> bool,
) -> Vec<String> {
    let requested = request.lines().iter().enumerate();
    requested
        .filter(|(_, requested)| {
            order.line(requested.line_seq).is_some_and(|line| is_wrong(line, requested.quantity))
        })
        .map(|(index, _)| path(index))
        .collect()
}
