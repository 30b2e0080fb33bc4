//! Every amount and quantity is one that can be; lines come in a status of intake.

use commerce::Won;

use super::finding::{Findings, Reason};
use super::{BurdenShares, Discount, LARGEST_AMOUNT, OrderToTake};

pub(super) fn check(order: &OrderToTake, findings: &mut Findings<'_>) {
    check_statuses(order, findings);
    for (place, line) in order.lines.iter().enumerate() {
        let mut findings = findings.under(format!("goodsList[{place}]"));
        in_range(line.quantity >= 1, "ordQty", &mut findings);
        in_range(is_amount(line.unit_price), "salePrc", &mut findings);
        // The whole line must be an amount as well.
        let is_line_amount =
            line.unit_price.checked_mul(line.quantity).is_some_and(|whole| whole <= LARGEST_AMOUNT);
        in_range(is_line_amount || line.quantity < 1 || !is_amount(line.unit_price), "ordQty", &mut findings);
        for (place, discount) in line.discounts.iter().enumerate() {
            check_discount(discount, &mut findings.under(format!("benefitList[{place}]")));
        }
    }
    for (place, promotion) in order.promotions.iter().enumerate() {
        let mut findings = findings.under(format!("ordPromotionList[{place}]"));
        check_discount(&promotion.discount, &mut findings);
        for (place, part) in promotion.line_amounts.iter().enumerate() {
            in_range(is_amount(part.amount), &format!("goods[{place}].dcAmt"), &mut findings);
        }
    }
    for (place, group) in order.groups.iter().enumerate() {
        let mut findings = findings.under(format!("deliGrpList[{place}]"));
        in_range(is_amount(group.base_fee), "baseDeliAmt", &mut findings);
        in_range(group.free_from.is_none_or(is_amount), "freeStdAmt", &mut findings);
        in_range(is_amount(group.fee_charged), "chrgDeliAmt", &mut findings);
        in_range(group.return_fee.is_none_or(is_amount), "rtnDeliAmt", &mut findings);
        in_range(group.exchange_fee.is_none_or(is_amount), "exchDeliAmt", &mut findings);
        in_range(group.first_fee.is_none_or(is_amount), "frstDeliAmt", &mut findings);
        if let Some(coupon) = &group.coupon {
            check_shares(coupon.shares, &mut findings.under("dlvCpn".to_owned()));
        }
    }
    for (place, accrual) in order.accruals.iter().enumerate() {
        let mut findings = findings.under(format!("ordAccmList[{place}]"));
        in_range(is_amount(accrual.amount), "accmAmt", &mut findings);
        for (place, part) in accrual.line_amounts.iter().enumerate() {
            in_range(is_amount(part.amount), &format!("goodsAccmList[{place}].accmAmt"), &mut findings);
        }
    }
    for (place, gift) in order.gifts.iter().enumerate() {
        let mut findings = findings.under(format!("giftList[{place}]"));
        in_range(gift.quantity >= 1, "qty", &mut findings);
        in_range(gift.minimum.is_none_or(is_amount), "aplyMinAmt", &mut findings);
        in_range(gift.value.is_none_or(is_amount), "aeAmt", &mut findings);
    }
    for (place, payment) in order.payments.iter().enumerate() {
        in_range(is_amount(payment.amount), &format!("payList[{place}].payAmt"), findings);
    }
}

/// An order has lines, in 10, 11 or 12, and either all of them wait for payment or none.
fn check_statuses(order: &OrderToTake, findings: &mut Findings<'_>) {
    let Some(first) = order.lines.first() else {
        findings.add("goodsList", Reason::Required);
        return;
    };
    for (place, line) in order.lines.iter().enumerate() {
        let field = format!("goodsList[{place}].ordDtlStatCd");
        if !line.status.is_before_shipping() {
            findings.add(&field, Reason::StatusNotOfIntake);
        } else if line.status.awaits_payment() != first.status.awaits_payment() {
            findings.add(&field, Reason::PaymentMixed);
        }
    }
}

fn check_discount(discount: &Discount, findings: &mut Findings<'_>) {
    in_range(is_amount(discount.amount), "dcAmt", findings);
    in_range(discount.rate_or_amount >= 0, "dcRateAmt", findings);
    in_range(discount.minimum.is_none_or(is_amount), "minBuyAmt", findings);
    in_range(discount.most.is_none_or(is_amount), "maxDcAmt", findings);
    check_shares(discount.shares, findings);
}

fn check_shares(shares: BurdenShares, findings: &mut Findings<'_>) {
    in_range((0..=100).contains(&shares.ours), "ourChrgRate", findings);
    in_range((0..=100).contains(&shares.vendors), "entrChrgRate", findings);
}

fn is_amount(amount: Won) -> bool {
    (Won::ZERO..=LARGEST_AMOUNT).contains(&amount)
}

fn in_range(is_in: bool, field: &str, findings: &mut Findings<'_>) {
    if !is_in {
        findings.add(field, Reason::OutOfRange);
    }
}
