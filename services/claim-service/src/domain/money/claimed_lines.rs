//! Which units are claimed, and what is left of every line before and after.

use commerce::{ItemNo, Won};

use crate::domain::history::ClaimHistory;
use crate::domain::money::refusal::Unsound;
use crate::domain::money::terms::ReturnedGoods;
use crate::domain::money::{CancelRefusal, Overflow, known};
use crate::domain::order::{LinePlace, OrderLine, PaidOrder};
use crate::domain::request::{CancelRequest, line_path, quantity_path};

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

/// Units of one item that a claim takes out of a line.
#[derive(Debug)]
pub(super) struct ClaimedUnits<'a> {
    pub(super) place: LinePlace,
    pub(super) item_no: &'a ItemNo,
    pub(super) left_before: i64,
    pub(super) left_after: i64,
}

impl ClaimedUnits<'_> {
    pub(super) const fn quantity(&self) -> i64 {
        self.left_before - self.left_after
    }
}

/// Every line of the order, in its order.
#[derive(Debug)]
pub(super) struct Moves<'a> {
    moves: Vec<LineMove<'a>>,
    /// One after the other as they are reckoned: of a cancel in the request's order.
    claimed: Vec<ClaimedUnits<'a>>,
    is_return: bool,
}

impl<'a> Moves<'a> {
    /// Refuses unknown lines, then quantities, then states, each for all lines at once.
    pub(super) fn of(
        order: &'a PaidOrder,
        history: &ClaimHistory,
        request: &CancelRequest,
    ) -> Result<Self, CancelRefusal> {
        let places = places_of(order, request)?;
        check_quantities(order, history, request)?;
        check_states(order, history, request)?;
        let lines = request.lines().iter();
        let units = places.into_iter().zip(lines).filter_map(|(place, requested)| {
            Some((place, &order.line(requested.line_seq)?.item_no, requested.quantity))
        });
        Ok(Self::taking(order, history, units.collect(), false)?)
    }

    /// 반품상품: the units accepted, by the place of their line and then by item.
    pub(super) fn of_return(
        order: &'a PaidOrder,
        history: &ClaimHistory,
        goods: &'a [ReturnedGoods],
    ) -> Result<Self, Unsound> {
        if order.awaits_payment() {
            return Err(Unsound::Contradiction("goods come back that were not paid"));
        }
        let units = by_line_and_item(order, goods, |one| (one.line_seq, &one.item_no, one.quantity))?;
        Self::taking(order, history, units, true)
    }

    fn taking(
        order: &'a PaidOrder,
        history: &ClaimHistory,
        units: Vec<(LinePlace, &'a ItemNo, i64)>,
        is_return: bool,
    ) -> Result<Self, Unsound> {
        let mut moves: Vec<LineMove<'a>> = order
            .lines()
            .iter()
            .map(|line| {
                let left = left_of(line, history);
                LineMove { line, left_before: left, left_after: left, live_discount: Won::ZERO }
            })
            .collect();
        let mut claimed = Vec::with_capacity(units.len());
        for (place, item_no, quantity) in units {
            let Some(line_move) = moves.get_mut(place.index()) else { continue };
            let left_before = line_move.left_after;
            line_move.left_after = left_before.saturating_sub(quantity);
            if line_move.left_after < 0 {
                return Err(Unsound::Contradiction("more is claimed than is left"));
            }
            claimed.push(ClaimedUnits { place, item_no, left_before, left_after: line_move.left_after });
        }
        for discount in order.discounts().iter().filter(|discount| !history.is_taken_back(&discount.id)) {
            for share in &discount.shares {
                if let Some(line_move) = moves.get_mut(share.place.index()) {
                    line_move.live_discount = known(line_move.live_discount.checked_add(share.amount))?;
                }
            }
        }
        Ok(Self { moves, claimed, is_return })
    }

    pub(super) fn at(&self, place: LinePlace) -> &LineMove<'a> {
        self.moves.get(place.index()).expect("places were resolved against the lines of this order")
    }

    pub(super) fn all(&self) -> &[LineMove<'a>] {
        &self.moves
    }

    /// What is claimed, one after the other.
    pub(super) fn claimed(&self) -> &[ClaimedUnits<'a>] {
        &self.claimed
    }

    pub(super) const fn is_return(&self) -> bool {
        self.is_return
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

/// Units of items by the place of their line and then by item: the order in which what comes back is reckoned.
pub(super) fn by_line_and_item<'a, T>(
    order: &PaidOrder,
    goods: &'a [T],
    read: impl Fn(&'a T) -> (i32, &'a ItemNo, i64),
) -> Result<Vec<(LinePlace, &'a ItemNo, i64)>, Unsound> {
    let mut units = Vec::with_capacity(goods.len());
    for (line_seq, item_no, quantity) in goods.iter().map(read) {
        let place =
            order.place(line_seq).ok_or(Unsound::Contradiction("goods come back that were not ordered"))?;
        if quantity < 1 {
            return Err(Unsound::Contradiction("nothing of a line comes back"));
        }
        units.push((place, item_no, quantity));
    }
    units.sort();
    let is_repeated = units.windows(2).any(|pair| match pair {
        [(place, item_no, _), (next_place, next_item_no, _)] => {
            (place, item_no) == (next_place, next_item_no)
        }
        _ => false,
    });
    if is_repeated { Err(Unsound::Contradiction("an item of a line comes back twice")) } else { Ok(units) }
}

/// What may still be claimed of a line; nothing of one that is cancelled.
pub(crate) fn left_of(line: &OrderLine, history: &ClaimHistory) -> i64 {
    line.facts(history).left()
}

/// What of it no open return or exchange holds. Costs never look at this: an open claim may still come to nothing.
pub(crate) fn free_of(line: &OrderLine, history: &ClaimHistory) -> i64 {
    line.facts(history).free()
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
    let exceeding = paths(order, request, quantity_path, |line, quantity| quantity > free_of(line, history));
    if exceeding.is_empty() { Ok(()) } else { Err(CancelRefusal::QuantityExceeded(exceeding)) }
}

fn check_states(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
) -> Result<(), CancelRefusal> {
    let refused = paths(order, request, line_path, |line, _| !line.facts(history).may_be_cancelled());
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
