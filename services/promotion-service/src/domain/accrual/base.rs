//! 적립 기준금액 (rule 1): what a goods cost, less its share of an order promotion, and not below 0.

use std::collections::HashMap;

use commerce::{GoodsNo, ItemNo, Won};

use super::policy_index::LARGEST_BASE;
use super::{CompiledPolicy, OrderToAccrue, eligible};

/// What the eligible goods earn on, place by place.
pub(super) struct Bases {
    /// Places in the request.
    pub(super) places: Vec<usize>,
    /// In whole won, beside `places`.
    pub(super) amounts: Vec<i64>,
    pub(super) total: Won,
}

impl Bases {
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Won)> {
        self.places.iter().copied().zip(self.amounts.iter().copied().map(Won::new))
    }
}

/// `None` when the amounts don't fit.
pub(super) fn of_eligible(policy: &CompiledPolicy, order: &OrderToAccrue<'_>) -> Option<Bases> {
    let shares = shares_by_goods(order)?;
    let mut bases = Bases {
        places: Vec::with_capacity(order.lines.len()),
        amounts: Vec::with_capacity(order.lines.len()),
        total: Won::ZERO,
    };
    for place in eligible::places(policy, order) {
        let line = order.lines.get(place)?;
        let share = shares.get(&(line.goods_no, line.item_no)).copied().unwrap_or(Won::ZERO);
        let base = line.amount_paid.checked_sub(share)?.max(Won::ZERO);
        if base > LARGEST_BASE {
            return None;
        }
        bases.places.push(place);
        bases.amounts.push(base.amount());
        bases.total = bases.total.checked_add(base)?;
    }
    Some(bases)
}

fn shares_by_goods<'a>(order: &'a OrderToAccrue<'a>) -> Option<HashMap<(&'a GoodsNo, &'a ItemNo), Won>> {
    let mut shares = HashMap::with_capacity(order.promotion_shares.len());
    for share in &order.promotion_shares {
        let sum = shares.entry((share.goods_no, share.item_no)).or_insert(Won::ZERO);
        *sum = sum.checked_add(share.amount)?;
    }
    Some(shares)
}
