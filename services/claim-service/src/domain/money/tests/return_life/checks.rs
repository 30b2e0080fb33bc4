//! What is compared after every step of a life.

use std::collections::BTreeSet;

use commerce::{Blame, CollectionMethod, PayMeans};

use super::{Found, Life};
use crate::domain::eligibility::refund_means;
use crate::domain::history::{AdditionalPayment, ClaimHistory};
use crate::domain::money::terms::ReturnTerms;
use crate::domain::money::{ClaimCost, SentBack};
use crate::domain::order::{DeliveryGroup, PaidOrder};
use crate::domain::testing::{august, claim_no, net_of, parsed};

pub(super) fn same<T: PartialEq + std::fmt::Debug>(what: &str, rules: T, model: T) -> Found {
    if rules == model { Ok(()) } else { Err(format!("{what}: {rules:?} and {model:?}")) }
}

impl Life<'_> {
    pub(super) fn group_of(&self, terms: &ReturnTerms) -> DeliveryGroup {
        let number = self.story.order.line(terms.goods[0].line_seq).unwrap().group_no;
        let mut groups = self.story.order.groups().iter();
        groups.find(|group| group.group.number == number).unwrap().group.clone()
    }

    /// Kinds 20 and 50 of the customer.
    pub(super) fn fees_of(&self, terms: &ReturnTerms, gifts: &BTreeSet<usize>) -> i128 {
        if terms.blame != Blame::Customer {
            return 0;
        }
        let is_free = is_free_way_back(terms.method) || terms.free_return_coupon.is_some();
        let way_back = if is_free { 0 } else { self.group_of(terms).return_fee.amount() };
        let kept =
            gifts.intersection(&terms.gifts_kept).filter(|_| terms.method != CollectionMethod::NotCollected);
        let gifts = kept.map(|place| &self.story.order.gifts()[*place]);
        let gifts: i64 = gifts.map(|gift| gift.value.amount() * gift.quantity).sum();
        i128::from(way_back + gifts)
    }

    /// A + min(V, 0) goes back, or its opposite is still due and paid now.
    pub(super) fn check_advance(
        &mut self,
        cost: &ClaimCost,
        sent_back: &SentBack,
        payments: &mut Vec<AdditionalPayment>,
    ) -> Found {
        let held: i64 = payments.iter().map(|payment| payment.amount.amount()).sum();
        let rest = held + net_of(cost).min(0);
        let back: i64 = sent_back.advance_refunds.iter().map(|refund| refund.amount.amount()).sum();
        same("what of the advance goes back", back, rest.max(0))?;
        same("what is still due", sent_back.still_due.amount(), (-rest).max(0))?;
        if sent_back.still_due.is_positive() {
            let number = payments.first().map(|payment| format!("{}-2", payment.payment_no));
            self.claims += u32::from(number.is_none());
            let payment_no = number.map_or_else(|| claim_no(self.claims).into(), |number| parsed(&number));
            payments.push(AdditionalPayment {
                payment_no,
                means: PayMeans::Card,
                amount: sent_back.still_due,
            });
        }
        Ok(())
    }

    /// What the last claim was cut by.
    pub(super) fn cut_now(&self) -> i128 {
        self.model.cut - i128::from(self.story.history.cut().amount())
    }

    pub(super) fn note(&mut self, cost: &ClaimCost) -> Found {
        self.counted += 1;
        for refund in &cost.refunds {
            let is_transferred = self.transferred.contains(&refund.payment_no);
            if is_transferred && !refund.by_transfer {
                return Err(format!("a later part of {} is not transferred", refund.payment_no));
            }
            if refund.by_transfer {
                self.transferred.insert(refund.payment_no.clone());
            }
        }
        let is_of_return = |coupon: &&String| coupon.starts_with("CI15");
        for coupon in &cost.restored_coupons {
            if !self.coupons.insert(coupon.coupon_no.to_string()) {
                return Err(format!("{} comes back twice", coupon.coupon_no));
            }
        }
        let ours = self.coupons.iter().filter(|coupon| !is_of_return(coupon)).cloned().collect();
        same("coupons", ours, self.model.coupons())?;
        self.gifts.extend(cost.cancelled_gifts.iter().map(|gift| gift.place));
        same("gifts", self.gifts.clone(), self.model.gifts())
    }

    /// After every step: (a), and that what is left of the payments is what the model has in its pot.
    pub(super) fn check(&self) -> Found {
        let history = self.history(None);
        let means = refund_means(&self.story.order, &history, &self.story.policy, august(10, 10)).unwrap();
        let left: i128 = means.payments.iter().map(|payment| i128::from(payment.left.amount())).sum();
        same("what is left of the payments", left, self.model.pot)?;
        let own = self.story.order.payments().iter().map(|payment| (&payment.number, payment.amount));
        for (number, amount) in own.chain(history.paid_for_claims()) {
            if history.refunded(number) > amount {
                return Err(format!("more goes back of {number} than was paid"));
            }
        }
        Ok(())
    }
}

/// Rows of one line, one after the other: each begins where the one before ended.
pub(super) fn check_rows(order: &PaidOrder, before: &ClaimHistory, cost: &ClaimCost) -> Found {
    for line in order.lines() {
        let live = order.discounts().iter().filter(|discount| !before.is_taken_back(&discount.id));
        let shares = live.flat_map(|discount| &discount.shares);
        let of_line = shares.filter(|share| order.lines()[share.place.index()].seq == line.seq);
        let discount: i64 = of_line.map(|share| share.amount.amount()).sum();
        let carried = |left: i64| (discount * left + line.quantity - 1) / line.quantity;
        let mut left = line.quantity - before.claimed(line.seq);
        for row in cost.goods.iter().filter(|row| row.line_seq == line.seq) {
            let worth = carried(left) - carried(left - row.quantity);
            same("a row's discount", row.discount_amount.amount(), worth)?;
            left -= row.quantity;
        }
    }
    Ok(())
}

pub(super) fn is_free_way_back(method: CollectionMethod) -> bool {
    matches!(method, CollectionMethod::SentPrepaid | CollectionMethod::NotCollected)
}
