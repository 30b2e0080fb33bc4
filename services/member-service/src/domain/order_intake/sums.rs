//! The sums hold, to the won. Added up in 128 bits, so that absurd amounts are found and never overflow.

use commerce::Won;

use super::OrderToTake;
use super::finding::{Findings, Reason};

pub(super) fn check(order: &OrderToTake, findings: &mut Findings<'_>) {
    for (place, promotion) in order.promotions.iter().enumerate() {
        let parts = sum(promotion.line_amounts.iter().map(|part| part.amount));
        if parts != i128::from(promotion.discount.amount.amount()) {
            findings.add(&format!("ordPromotionList[{place}].dcAmt"), Reason::SharesDiffer);
        }
    }
    if sum(order.payments.iter().map(|payment| payment.amount)) != amount_to_pay(order) {
        findings.add("payList", Reason::PaymentsDiffer);
    }
}

/// 결제대상금액: goods − discounts of lines − discounts of the order + delivery fees less their coupons.
fn amount_to_pay(order: &OrderToTake) -> i128 {
    // A product of two 64-bit numbers fits, a sum of several need not.
    let goods = order
        .lines
        .iter()
        .map(|line| i128::from(line.unit_price.amount()) * i128::from(line.quantity))
        .fold(0_i128, i128::saturating_add);
    let of_lines = sum(order.lines.iter().flat_map(|line| &line.discounts).map(|discount| discount.amount));
    let of_order = sum(order.promotions.iter().map(|promotion| promotion.discount.amount));
    let fees = sum(order.groups.iter().map(|group| group.fee_charged));
    let coupons =
        sum(order.groups.iter().filter_map(|group| group.coupon.as_ref()).map(|coupon| coupon.amount));
    goods.saturating_add(fees - of_lines - of_order - coupons)
}

fn sum(amounts: impl Iterator<Item = Won>) -> i128 {
    amounts.map(|won| i128::from(won.amount())).sum()
}
