//! Discounts are of a kind their place allows, agree with themselves and never exceed what they are taken off.

use std::collections::HashMap;

use commerce::{PromotionType, Won};

use super::finding::{Findings, Reason};
use super::{Discount, OrderToTake};

pub(super) fn check(order: &OrderToTake, findings: &mut Findings<'_>) {
    check_kinds(order, findings);
    check_minimums(order, findings);
    let discounts = order.discounts_by_line();
    for (place, line) in order.lines.iter().enumerate() {
        let price = i128::from(line.unit_price.amount()) * i128::from(line.quantity);
        if discounts.get(&line.seq).is_some_and(|discount| *discount > price) {
            findings.add(&format!("goodsList[{place}].benefitList"), Reason::DiscountsExceedPrice);
        }
    }
    for (place, group) in order.groups.iter().enumerate() {
        let is_within_fee = group
            .coupon
            .as_ref()
            .is_none_or(|coupon| (Won::ZERO..=group.fee_charged).contains(&coupon.amount));
        if !is_within_fee {
            findings.add(&format!("deliGrpList[{place}].dlvCpn.dcAmt"), Reason::CouponExceedsFee);
        }
    }
}

/// Only an amount above 0 gives a promotion an effect that later rules must know how to undo.
fn check_kinds(order: &OrderToTake, findings: &mut Findings<'_>) {
    let mut check = |discount: &Discount, is_right: fn(PromotionType) -> bool, place: String| {
        if discount.amount.is_positive() && !is_right(discount.promotion_type) {
            findings.add(&format!("{place}.promoTypCd"), Reason::WrongPromotionType);
        }
    };
    for (line_place, line) in order.lines.iter().enumerate() {
        for (place, discount) in line.discounts.iter().enumerate() {
            check(
                discount,
                PromotionType::is_line_discount,
                format!("goodsList[{line_place}].benefitList[{place}]"),
            );
        }
    }
    for (place, promotion) in order.promotions.iter().enumerate() {
        check(&promotion.discount, PromotionType::is_order_promotion, format!("ordPromotionList[{place}]"));
    }
    for (place, group) in order.groups.iter().enumerate() {
        let is_delivery_coupon = group
            .coupon
            .as_ref()
            .is_none_or(|coupon| coupon.promotion_type == PromotionType::FreeDeliveryCoupon);
        if !is_delivery_coupon {
            findings.add(&format!("deliGrpList[{place}].dlvCpn.promoTypCd"), Reason::WrongPromotionType);
        }
    }
}

/// One discount, wherever it stands, has one minimum; none and 0 mean the same.
fn check_minimums(order: &OrderToTake, findings: &mut Findings<'_>) {
    let of_lines = order.lines.iter().enumerate().flat_map(|(line_place, line)| {
        line.discounts.iter().enumerate().map(move |(place, discount)| (Some(line_place), place, discount))
    });
    let of_order =
        order.promotions.iter().enumerate().map(|(place, promotion)| (None, place, &promotion.discount));
    let mut minimums = HashMap::new();
    for (line_place, place, discount) in of_lines.chain(of_order) {
        let minimum = discount.minimum.unwrap_or(Won::ZERO);
        let known = minimums.entry((&discount.promotion_no, &discount.coupon_no)).or_insert(minimum);
        if *known != minimum {
            let field = match line_place {
                Some(line_place) => format!("goodsList[{line_place}].benefitList[{place}].minBuyAmt"),
                None => format!("ordPromotionList[{place}].minBuyAmt"),
            };
            findings.add(&field, Reason::MinimumDiffers);
        }
    }
}
