//! 클레임 이력: what earlier claims of an order have left behind, as far as the next one must know it.

use std::collections::{BTreeMap, HashMap, HashSet};

use commerce::{ClaimNo, CostBearer, CostKind, CouponIssueNo, PayMeans, PaymentNo, Won};

use super::cost::ClaimCost;
use super::order::DiscountId;

/// 추가결제: what a customer paid because a cancel cost more than it gave back.
///
/// It is a payment under the claim's number, and a part of it can always go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditionalPayment {
    pub claim_no: ClaimNo,
    pub means: PayMeans,
    pub amount: Won,
}

/// Every claim of the order that was accepted and not rejected, ours and imported.
///
/// What is added a second time adds up; sums that can't be written saturate and are refused where they count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimHistory {
    claimed: HashMap<i32, i64>,
    taken_back: HashSet<DiscountId>,
    delivery_costs: HashMap<i32, BTreeMap<CostBearer, Won>>,
    refunded: HashMap<PaymentNo, Won>,
    additional_payments: Vec<AdditionalPayment>,
    restored_coupons: HashSet<CouponIssueNo>,
    cancelled_gifts: HashSet<usize>,
}

impl ClaimHistory {
    /// Takes in a claim of ours with what it cost, and what was paid for it.
    pub fn record(&mut self, claim_no: &ClaimNo, cost: &ClaimCost, paid_with: Option<PayMeans>) {
        for goods in &cost.goods {
            self.add_claimed(goods.line_seq, goods.quantity);
        }
        for taken_back in &cost.taken_back {
            self.add_taken_back(taken_back.id.clone());
        }
        for row in &cost.cost_rows {
            if let (CostKind::DeliveryFee, Some(group_no)) = (row.kind, row.group_no) {
                self.add_delivery_cost(group_no, row.bearer, row.amount);
            }
        }
        for refund in cost.refunds_and_restores() {
            self.add_refund(refund.payment_no.clone(), refund.amount);
        }
        for coupon in &cost.restored_coupons {
            self.add_restored_coupon(coupon.coupon_no.clone());
        }
        for gift in &cost.cancelled_gifts {
            self.add_cancelled_gift(gift.place);
        }
        if let Some(means) = paid_with.filter(|_| cost.additional_payment.is_positive()) {
            self.add_additional_payment(AdditionalPayment {
                claim_no: claim_no.clone(),
                means,
                amount: cost.additional_payment,
            });
        }
    }

    /// Units of a line that a claim holds. An imported claim leaves nothing else behind.
    pub fn add_claimed(&mut self, line_seq: i32, quantity: i64) {
        let claimed = self.claimed.entry(line_seq).or_default();
        *claimed = claimed.saturating_add(quantity);
    }

    /// A discount taken back counts 0 for ever, also one whose take-back was worth nothing.
    pub fn add_taken_back(&mut self, discount: DiscountId) {
        self.taken_back.insert(discount);
    }

    /// A kind 10 row: above 0 the bearer was charged, below 0 it went back.
    pub fn add_delivery_cost(&mut self, group_no: i32, bearer: CostBearer, amount: Won) {
        add(self.delivery_costs.entry(group_no).or_default().entry(bearer).or_default(), amount);
    }

    /// What has gone back of a payment, or was restored of it.
    pub fn add_refund(&mut self, payment_no: PaymentNo, amount: Won) {
        add(self.refunded.entry(payment_no).or_default(), amount);
    }

    pub fn add_additional_payment(&mut self, payment: AdditionalPayment) {
        self.additional_payments.push(payment);
    }

    /// A coupon an earlier claim gave back, whether or not it was still valid.
    pub fn add_restored_coupon(&mut self, coupon_no: CouponIssueNo) {
        self.restored_coupons.insert(coupon_no);
    }

    /// A gift an earlier claim cancelled, by its place among the order's gifts.
    pub fn add_cancelled_gift(&mut self, place: usize) {
        self.cancelled_gifts.insert(place);
    }

    pub fn claimed(&self, line_seq: i32) -> i64 {
        self.claimed.get(&line_seq).copied().unwrap_or(0)
    }

    pub fn is_taken_back(&self, discount: &DiscountId) -> bool {
        self.taken_back.contains(discount)
    }

    /// Net of what went back, per bearer.
    pub fn delivery_costs(&self, group_no: i32) -> impl Iterator<Item = (CostBearer, Won)> {
        self.delivery_costs.get(&group_no).into_iter().flatten().map(|(bearer, amount)| (*bearer, *amount))
    }

    pub fn refunded(&self, payment_no: &PaymentNo) -> Won {
        self.refunded.get(payment_no).copied().unwrap_or(Won::ZERO)
    }

    pub fn additional_payments(&self) -> &[AdditionalPayment] {
        &self.additional_payments
    }

    pub fn is_restored(&self, coupon_no: &CouponIssueNo) -> bool {
        self.restored_coupons.contains(coupon_no)
    }

    pub fn is_gift_cancelled(&self, place: usize) -> bool {
        self.cancelled_gifts.contains(&place)
    }
}

fn add(sum: &mut Won, amount: Won) {
    *sum = Won::new(sum.amount().saturating_add(amount.amount()));
}
