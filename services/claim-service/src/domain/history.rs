//! 클레임 이력: what earlier claims of an order have left behind, as far as the next one must know it.

use std::collections::{BTreeMap, HashMap, HashSet};

use commerce::{CostBearer, CouponIssueNo, ItemNo, PayMeans, PaymentNo, Won};

use crate::domain::order::DiscountId;

/// 추가결제: what a customer paid because a claim cost more than it gave back.
///
/// It is a payment under the claim's number, a further one under that and its place. A part of it can always go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditionalPayment {
    pub payment_no: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
}

/// Every claim of the order that was accepted and not rejected, ours and imported. A return counts once it is settled, an exchange
/// once its fee is final; until then one only holds units and money.
///
/// What is added a second time adds up; sums that can't be written saturate and are refused where they count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimHistory {
    claimed: HashMap<i32, i64>,
    taken_back: HashSet<DiscountId>,
    delivery_costs: HashMap<i32, BTreeMap<CostBearer, Won>>,
    refunded: HashMap<PaymentNo, Won>,
    additional_payments: Vec<AdditionalPayment>,
    held_payments: Vec<AdditionalPayment>,
    spent_payments: Vec<AdditionalPayment>,
    transferred: HashSet<PaymentNo>,
    restored_coupons: HashSet<CouponIssueNo>,
    cancelled_gifts: HashSet<usize>,
    returned: HashMap<i32, i64>,
    used_groups: HashSet<i32>,
    waived: Won,
    cut: Won,
    held: HashMap<i32, HashMap<ItemNo, i64>>,
}

impl ClaimHistory {
    /// Units of a line that a claim holds. An imported claim leaves nothing else behind.
    pub fn add_claimed(&mut self, line_seq: i32, quantity: i64) {
        let claimed = self.claimed.entry(line_seq).or_default();
        *claimed = claimed.saturating_add(quantity);
    }

    /// Of the units claimed, those that a settled return of ours took.
    pub fn add_returned(&mut self, line_seq: i32, quantity: i64) {
        let returned = self.returned.entry(line_seq).or_default();
        *returned = returned.saturating_add(quantity);
    }

    /// A delivery group of which a unit was returned for a reason of the customer's.
    pub fn add_used(&mut self, group_no: i32) {
        self.used_groups.insert(group_no);
    }

    /// Units that an open return or exchange holds. They can't be claimed again, and no cost looks at them.
    pub fn add_held(&mut self, line_seq: i32, item_no: ItemNo, quantity: i64) {
        let held = self.held.entry(line_seq).or_default().entry(item_no).or_default();
        *held = held.saturating_add(quantity);
    }

    /// 감면액 of a claim that did not end.
    pub fn add_waived(&mut self, amount: Won) {
        add(&mut self.waived, amount);
    }

    /// What a claim kept from going back once more.
    pub fn add_cut(&mut self, amount: Won) {
        add(&mut self.cut, amount);
    }

    /// A payment that goes back to the customer's account from now on.
    pub fn add_transferred(&mut self, payment_no: PaymentNo) {
        self.transferred.insert(payment_no);
    }

    /// 선결제: what was paid for a claim that is still open; no other claim gives it back.
    pub fn add_held_payment(&mut self, payment: AdditionalPayment) {
        self.held_payments.push(payment);
    }

    /// What paid for an exchange; nothing gives it back any more.
    pub fn add_spent_payment(&mut self, payment: AdditionalPayment) {
        self.spent_payments.push(payment);
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

    pub fn returned(&self, line_seq: i32) -> i64 {
        self.returned.get(&line_seq).copied().unwrap_or(0)
    }

    pub fn is_used(&self, group_no: i32) -> bool {
        self.used_groups.contains(&group_no)
    }

    pub fn held(&self, line_seq: i32) -> i64 {
        self.held
            .get(&line_seq)
            .map_or(0, |items| items.values().fold(0, |sum, one| sum.saturating_add(*one)))
    }

    pub fn held_of_item(&self, line_seq: i32, item_no: &ItemNo) -> i64 {
        self.held.get(&line_seq).and_then(|items| items.get(item_no)).copied().unwrap_or(0)
    }

    pub const fn waived(&self) -> Won {
        self.waived
    }

    pub const fn cut(&self) -> Won {
        self.cut
    }

    pub fn is_transferred(&self, payment_no: &PaymentNo) -> bool {
        self.transferred.contains(payment_no)
    }

    pub fn held_payments(&self) -> &[AdditionalPayment] {
        &self.held_payments
    }

    pub fn spent_payments(&self) -> &[AdditionalPayment] {
        &self.spent_payments
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
