//! 이력 기록: what a claim of ours leaves behind for the next one.

use commerce::{Blame, ClaimNo, CostKind, PayMeans, PaymentNo, Won};

use crate::domain::history::{AdditionalPayment, ClaimHistory};
use crate::domain::money::{ClaimCost, SentBack};

impl ClaimHistory {
    /// Takes in a cancel of ours with what it cost, and what was paid for it.
    pub fn record(&mut self, claim_no: &ClaimNo, cost: &ClaimCost, paid_with: Option<PayMeans>) {
        self.record_cost(cost);
        if let Some(means) = paid_with.filter(|_| cost.additional_payment.is_positive()) {
            self.add_additional_payment(AdditionalPayment {
                payment_no: claim_no.clone().into(),
                means,
                amount: cost.additional_payment,
            });
        }
    }

    /// Takes in a settled return with everything that was paid for it, in advance and at the end.
    pub fn record_return(&mut self, cost: &ClaimCost, payments: &[AdditionalPayment]) {
        self.record_cost(cost);
        for goods in &cost.goods {
            self.add_returned(goods.line_seq, goods.quantity);
        }
        if let Some(sent_back) = &cost.sent_back {
            if sent_back.blame == Blame::Customer {
                self.add_used(sent_back.group_no);
            }
            self.record_sent_back(sent_back);
        }
        for payment in payments {
            self.add_additional_payment(payment.clone());
        }
    }

    /// Takes in an exchange whose fee is final, with everything that was paid for it: that is spent, and no unit of the order
    /// is claimed.
    pub fn record_exchange(&mut self, cost: &ClaimCost, payments: &[AdditionalPayment]) {
        if let Some(sent_back) = &cost.sent_back {
            self.record_sent_back(sent_back);
        }
        for payment in payments {
            self.add_spent_payment(payment.clone());
        }
    }

    fn record_cost(&mut self, cost: &ClaimCost) {
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
            if refund.by_transfer {
                self.add_transferred(refund.payment_no.clone());
            }
        }
        for coupon in &cost.restored_coupons {
            self.add_restored_coupon(coupon.coupon_no.clone());
        }
        for gift in &cost.cancelled_gifts {
            self.add_cancelled_gift(gift.place);
        }
        for cut in cost.additional_costs.iter().filter(|row| row.is_cut()) {
            self.add_cut(cut.amount);
        }
    }

    fn record_sent_back(&mut self, sent_back: &SentBack) {
        self.add_waived(sent_back.waived);
        for refund in &sent_back.advance_refunds {
            self.add_refund(refund.payment_no.clone(), refund.amount);
        }
    }

    /// Everything that was paid for claims of the order: to give back, spent, or held.
    pub fn paid_for_claims(&self) -> impl Iterator<Item = (&PaymentNo, Won)> {
        let payments = self.additional_payments().iter().chain(self.spent_payments());
        payments.chain(self.held_payments()).map(|payment| (&payment.payment_no, payment.amount))
    }
}
