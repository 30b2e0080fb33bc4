//! Rule 2: discounts whose condition no longer holds are taken back, the fault of a vendor excepted.

use std::collections::{HashMap, HashSet};

use commerce::{CostBearer, CostKind, Won};

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::Moves;
use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::{AdditionalCost, CostReason, DiscountTakenBack, Overflow, known};
use crate::domain::order::{Discount, DiscountId, LinePlace, LineShare, PaidOrder};
use crate::domain::policy::BlameRules;

/// What became of the discounts the claim concerns.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) taken_back: Vec<DiscountTakenBack>,
    /// Discounts taken back, and those with nothing left to stand on.
    ended: HashSet<DiscountId>,
    /// The line each discount taken back stands on, where it is only one.
    only_lines: HashMap<DiscountId, OnlyLine>,
}

#[derive(Debug, Clone)]
struct OnlyLine {
    seq: i32,
    vendor_no: String,
}

impl Conditions {
    pub(super) fn ends(&self, discount: &DiscountId) -> bool {
        self.ended.contains(discount)
    }

    /// 할인회수 비용: one row per discount that was worth something.
    pub(super) fn costs(&self) -> Vec<AdditionalCost> {
        self.taken_back
            .iter()
            .filter(|taken_back| taken_back.amount.is_positive())
            .map(|taken_back| {
                let only_line = self.only_lines.get(&taken_back.id);
                AdditionalCost {
                    kind: CostKind::DiscountTakenBack,
                    group_no: None,
                    line_seq: only_line.map(|line| line.seq),
                    vendor_no: only_line.map(|line| line.vendor_no.clone()),
                    discount: Some(taken_back.id.clone()),
                    amount: taken_back.amount,
                    bearer: CostBearer::Customer,
                    reason: taken_back.reason,
                }
            })
            .collect()
    }
}

/// 할인조건 재평가: of every discount with a line in the request, one after the other by its identity.
pub(super) fn judge(
    order: &PaidOrder,
    history: &ClaimHistory,
    moves: &Moves<'_>,
    rules: BlameRules,
    explanation: &mut Explanation,
) -> Result<Conditions, Overflow> {
    let mut conditions = Conditions::default();
    let mut live = HashMap::new();
    for discount in order.discounts() {
        let places = || discount.shares.iter().map(|share| share.place);
        if history.is_taken_back(&discount.id) || !moves.touch(places()) {
            continue;
        }
        let value_left = moves.value_left(places())?;
        if value_left.is_zero() {
            conditions.ended.insert(discount.id.clone());
            continue;
        }
        let Some(minimum) = discount.minimum.filter(|minimum| value_left < *minimum) else { continue };
        if !rules.judges_discounts {
            continue;
        }
        conditions.ended.insert(discount.id.clone());
        let taking = Taking { discount, minimum, value_left };
        conditions.taken_back.push(taking.take_back(moves, &mut live, explanation)?);
        if let [share] = discount.shares.as_slice() {
            let line = moves.at(share.place).line;
            let only_line = OnlyLine { seq: line.seq, vendor_no: line.vendor_no.clone() };
            conditions.only_lines.insert(discount.id.clone(), only_line);
        }
    }
    Ok(conditions)
}

struct Taking<'a> {
    discount: &'a Discount,
    minimum: Won,
    value_left: Won,
}

impl Taking<'_> {
    /// 할인회수: worth what the units left carry with the discount less what they carry without it.
    ///
    /// `live` holds the discounts of lines from which something was taken back by this claim already.
    fn take_back(
        &self,
        moves: &Moves<'_>,
        live: &mut HashMap<LinePlace, Won>,
        explanation: &mut Explanation,
    ) -> Result<DiscountTakenBack, Overflow> {
        let mut shares = Vec::new();
        for share in &self.discount.shares {
            let line_move = moves.at(share.place);
            let live = live.entry(share.place).or_insert(line_move.live_discount);
            let discount_with = *live;
            *live = known(discount_with.checked_sub(share.amount))?;
            let worth = explanation.add_unless_zero(Calculation::DiscountTakenBack {
                promotion_name: self.discount.promotion_name.clone(),
                line_title: line_move.line.title(),
                minimum: self.minimum,
                value_left: self.value_left,
                discount_with,
                discount_without: *live,
                left_after: line_move.left_after,
                ordered: line_move.line.quantity,
            })?;
            if !worth.is_zero() {
                let amount = known(worth.checked_neg())?;
                shares.push(LineShare { line_seq: line_move.line.seq, amount });
            }
        }
        Ok(DiscountTakenBack {
            id: self.discount.id.clone(),
            promotion_name: self.discount.promotion_name.clone(),
            amount: known(Won::sum(shares.iter().map(|share| share.amount)))?,
            shares,
            reason: CostReason::MinimumNotReached { minimum: self.minimum },
        })
    }
}
