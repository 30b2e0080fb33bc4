//! What intake promised of an order, said a second time: the rules lean on each of these.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use commerce::{CouponIssueNo, GiftEventType, PaymentNo, PromotionNo, PromotionType, Won};

use crate::domain::order::{DiscountId, DiscountTerms, OrderFacts};

/// Far above any real amount, and far enough below the largest integer that sums can be written.
pub const LARGEST_AMOUNT: Won = Won::new(1_000_000_000_000_000);
const LARGEST_BOTH_WAYS: Won = Won::new(2 * LARGEST_AMOUNT.amount());
/// Everything an order moves, added up, stays below this, so that no rule can overflow on it.
const LARGEST_TOTAL: i128 = 2_000_000_000_000_000_000;

/// Why an order can't be reckoned with. Intake refuses such orders, so each is a fault of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderFault {
    #[error("the order has no lines")]
    NoLines,
    #[error("line {0} stands in the order twice")]
    LineRepeated(i32),
    #[error("delivery group {0} stands in the order twice")]
    GroupRepeated(i32),
    #[error("payment `{0}` stands in the order twice")]
    PaymentRepeated(PaymentNo),
    #[error("line {line_seq} names delivery group {group_no}, which the order does not have")]
    UnknownGroup { line_seq: i32, group_no: i32 },
    #[error("the order has no line {0}, and something of it stands there")]
    UnknownLine(i32),
    #[error("a gift by goods names no line")]
    GiftWithoutLine,
    #[error("line {0} has no quantity")]
    NoQuantity(i32),
    #[error("an amount is negative or too large")]
    TooLarge,
    #[error("discounts of line {0} exceed its price")]
    DiscountsExceedPrice(i32),
    #[error("shares of promotion `{0}` do not add up to its amount")]
    SharesDiffer(PromotionNo),
    #[error("promotion `{0}` is of a kind that takes nothing off where it stands")]
    WrongPromotionType(PromotionNo),
    #[error("promotion `{0}` puts a share on the vendor that is no percentage")]
    WrongShare(PromotionNo),
    #[error("discount `{}` has two minimum purchases", .0.promotion_no)]
    MinimumDiffers(DiscountId),
    #[error("the delivery coupon of group {0} exceeds the fee")]
    CouponExceedsFee(i32),
    #[error("delivery coupon `{}` is none", .0.as_ref().map_or("", CouponIssueNo::as_str))]
    NoDeliveryCoupon(Option<CouponIssueNo>),
    #[error("payments come to {paid} and the order to {due}")]
    PaymentsDiffer { paid: i128, due: i128 },
}

pub(super) fn check(facts: &OrderFacts) -> Result<(), OrderFault> {
    check_numbers(facts)?;
    check_amounts(facts)?;
    check_discounts(facts)?;
    check_delivery(facts)?;
    check_sums(facts)
}

fn check_numbers(facts: &OrderFacts) -> Result<(), OrderFault> {
    if facts.lines.is_empty() {
        return Err(OrderFault::NoLines);
    }
    let lines = unique(facts.lines.iter().map(|line| line.seq), OrderFault::LineRepeated)?;
    let groups = unique(facts.groups.iter().map(|group| group.number), OrderFault::GroupRepeated)?;
    unique(facts.payments.iter().map(|payment| payment.number.clone()), OrderFault::PaymentRepeated)?;
    if let Some(line) = facts.lines.iter().find(|line| !groups.contains(&line.group_no)) {
        return Err(OrderFault::UnknownGroup { line_seq: line.seq, group_no: line.group_no });
    }
    let shares = facts.promotions.iter().flat_map(|promotion| &promotion.shares);
    let referred = shares
        .map(|share| share.line_seq)
        .chain(facts.accruals.iter().map(|row| row.line_seq))
        .chain(facts.gifts.iter().filter_map(|gift| gift.line_seq));
    for line_seq in referred {
        if !lines.contains(&line_seq) {
            return Err(OrderFault::UnknownLine(line_seq));
        }
    }
    let is_lost = |gift: &super::Gift| gift.event_type == GiftEventType::Goods && gift.line_seq.is_none();
    if facts.gifts.iter().any(is_lost) { Err(OrderFault::GiftWithoutLine) } else { Ok(()) }
}

fn unique<N: Eq + Hash + Clone>(
    numbers: impl Iterator<Item = N>,
    fault: fn(N) -> OrderFault,
) -> Result<HashSet<N>, OrderFault> {
    let mut seen = HashSet::new();
    for number in numbers {
        if !seen.insert(number.clone()) {
            return Err(fault(number));
        }
    }
    Ok(seen)
}

fn check_amounts(facts: &OrderFacts) -> Result<(), OrderFault> {
    if let Some(line) = facts.lines.iter().find(|line| line.quantity < 1) {
        return Err(OrderFault::NoQuantity(line.seq));
    }
    let of_lines = facts.lines.iter().flat_map(|line| {
        let discounts = line
            .discounts
            .iter()
            .flat_map(|discount| std::iter::once(discount.amount).chain(discount.terms.minimum));
        std::iter::once(line.unit_price).chain(discounts)
    });
    let of_promotions = facts.promotions.iter().flat_map(|promotion| {
        let shares = promotion.shares.iter().map(|share| share.amount);
        std::iter::once(promotion.amount).chain(promotion.terms.minimum).chain(shares)
    });
    let of_groups = facts.groups.iter().flat_map(|group| {
        [group.base_fee, group.fee_charged, group.return_fee, group.first_fee]
            .into_iter()
            .chain(group.free_from)
            .chain(group.coupon.as_ref().map(|coupon| coupon.amount))
    });
    let mut all = of_lines
        .chain(of_promotions)
        .chain(of_groups)
        .chain(facts.gifts.iter().filter_map(|gift| gift.minimum))
        .chain(facts.gifts.iter().map(|gift| gift.value))
        .chain(facts.accruals.iter().map(|row| row.amount))
        .chain(facts.payments.iter().map(|payment| payment.amount));
    // Twice the way back, which may be as large as any amount.
    let is_both_ways = |fee: Won| (Won::ZERO..=LARGEST_BOTH_WAYS).contains(&fee);
    let are_both_ways = facts.groups.iter().all(|group| is_both_ways(group.exchange_fee));
    if are_both_ways && all.all(|amount| (Won::ZERO..=LARGEST_AMOUNT).contains(&amount)) {
        Ok(())
    } else {
        Err(OrderFault::TooLarge)
    }
}

fn check_discounts(facts: &OrderFacts) -> Result<(), OrderFault> {
    let mut minimums: HashMap<DiscountId, Won> = HashMap::new();
    let mut check_terms = |terms: &DiscountTerms, amount: Won, is_right: fn(PromotionType) -> bool| {
        if amount.is_positive() && !is_right(terms.promotion_type) {
            return Err(OrderFault::WrongPromotionType(terms.promotion_no.clone()));
        }
        if !(0..=100).contains(&terms.vendor_percent) {
            return Err(OrderFault::WrongShare(terms.promotion_no.clone()));
        }
        let minimum = terms.minimum.unwrap_or(Won::ZERO);
        let id = terms.id();
        if *minimums.entry(id.clone()).or_insert(minimum) == minimum {
            Ok(())
        } else {
            Err(OrderFault::MinimumDiffers(id))
        }
    };
    let mut taken_off: HashMap<i32, i128> = HashMap::new();
    for line in &facts.lines {
        for discount in &line.discounts {
            check_terms(&discount.terms, discount.amount, PromotionType::is_line_discount)?;
            *taken_off.entry(line.seq).or_default() += wide(discount.amount);
        }
    }
    for promotion in &facts.promotions {
        check_terms(&promotion.terms, promotion.amount, PromotionType::is_order_promotion)?;
        for share in &promotion.shares {
            *taken_off.entry(share.line_seq).or_default() += wide(share.amount);
        }
        let shared: i128 = promotion.shares.iter().map(|share| wide(share.amount)).sum();
        if shared != wide(promotion.amount) {
            return Err(OrderFault::SharesDiffer(promotion.terms.promotion_no.clone()));
        }
    }
    let exceeds =
        |line: &&super::OrderLine| taken_off.get(&line.seq).is_some_and(|taken| *taken > price_of(line));
    facts.lines.iter().find(exceeds).map_or(Ok(()), |line| Err(OrderFault::DiscountsExceedPrice(line.seq)))
}

fn check_delivery(facts: &OrderFacts) -> Result<(), OrderFault> {
    for group in &facts.groups {
        let Some(coupon) = &group.coupon else { continue };
        if coupon.promotion_type != PromotionType::FreeDeliveryCoupon {
            return Err(OrderFault::NoDeliveryCoupon(coupon.coupon_no.clone()));
        }
        if coupon.amount > group.fee_charged {
            return Err(OrderFault::CouponExceedsFee(group.number));
        }
    }
    Ok(())
}

/// 결제금액 = goods − discounts + delivery fees less their coupons.
fn check_sums(facts: &OrderFacts) -> Result<(), OrderFault> {
    let goods = facts.lines.iter().map(price_of).fold(0_i128, i128::saturating_add);
    let of_lines: i128 =
        facts.lines.iter().flat_map(|line| &line.discounts).map(|one| wide(one.amount)).sum();
    let of_order: i128 = facts.promotions.iter().map(|promotion| wide(promotion.amount)).sum();
    let fees: i128 = facts.groups.iter().map(|group| wide(group.fee_charged)).sum();
    let base_fees: i128 = facts.groups.iter().map(|group| wide(group.base_fee)).sum();
    let coupons: i128 =
        facts.groups.iter().filter_map(|group| group.coupon.as_ref()).map(|coupon| wide(coupon.amount)).sum();
    let accruals: i128 = facts.accruals.iter().map(|row| wide(row.amount)).sum();
    if goods.saturating_add(fees + base_fees + accruals) > LARGEST_TOTAL {
        return Err(OrderFault::TooLarge);
    }
    let due = goods - of_lines - of_order + fees - coupons;
    let paid: i128 = facts.payments.iter().map(|payment| wide(payment.amount)).sum();
    if paid == due { Ok(()) } else { Err(OrderFault::PaymentsDiffer { paid, due }) }
}

fn price_of(line: &super::OrderLine) -> i128 {
    wide(line.unit_price) * i128::from(line.quantity)
}

fn wide(amount: Won) -> i128 {
    i128::from(amount.amount())
}
