//! Rules 11, 12 and 14: what the way back costs, and both ways of an exchange.

use commerce::{Blame, CollectionMethod, CostBearer, CostKind, PromotionType, Won};

use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::refusal::Unsound;
use crate::domain::money::terms::{ExchangeTerms, ReturnTerms};
use crate::domain::money::{AdditionalCost, CostReason, Overflow, RestoredCoupon};
use crate::domain::order::{DeliveryGroup, PaidOrder};
use crate::domain::policy::BlameRules;

/// The one delivery group that these lines are of.
pub(super) fn group_of(
    order: &PaidOrder,
    line_seqs: impl Iterator<Item = i32>,
) -> Result<&DeliveryGroup, Unsound> {
    let mut found = None;
    for seq in line_seqs {
        let line = order.line(seq).ok_or(Unsound::Contradiction("goods come back that were not ordered"))?;
        if *found.get_or_insert(line.group_no) != line.group_no {
            return Err(Unsound::Contradiction("one parcel holds goods of two delivery groups"));
        }
    }
    let of_group = |number: i32| order.groups().iter().find(|one| one.group.number == number);
    let group = found.and_then(of_group).ok_or(Unsound::Contradiction("nothing comes back"))?;
    Ok(&group.group)
}

/// 반품배송비, once a claim; the way back that is not the shop's costs it nothing.
pub(super) fn return_fee(
    group: &DeliveryGroup,
    terms: &ReturnTerms,
    rules: BlameRules,
    explanation: &mut Explanation,
) -> Result<Option<AdditionalCost>, Overflow> {
    if !is_collected(terms.method) || group.return_fee.is_zero() {
        return Ok(None);
    }
    let has_coupon = terms.free_return_coupon.is_some() && terms.blame == Blame::Customer;
    let (bearer, reason) = if has_coupon && rules.fee_bearer == CostBearer::Customer {
        (CostBearer::OurSide, CostReason::FreeReturnCoupon)
    } else {
        (rules.fee_bearer, CostReason::Return)
    };
    if bearer == CostBearer::Customer {
        explanation.add(Calculation::ReturnFee { group_no: group.number, fee: group.return_fee })?;
    }
    Ok(Some(row(CostKind::ReturnFee, group, group.return_fee, bearer, reason)))
}

/// 무료반품쿠폰 복원: one that had nothing to pay for is usable again.
pub(super) fn coupon_not_needed(terms: &ReturnTerms, fee: Option<&AdditionalCost>) -> Option<RestoredCoupon> {
    let coupon = terms.free_return_coupon.as_ref()?;
    let is_needed = fee.is_some_and(|fee| fee.reason == CostReason::FreeReturnCoupon);
    (!is_needed).then(|| RestoredCoupon {
        coupon_no: coupon.coupon_no.clone(),
        promotion_no: coupon.promotion_no.clone(),
        promotion_name: coupon.promotion_name.clone(),
        promotion_type: PromotionType::FreeReturnCoupon,
    })
}

/// 교환배송비: both ways, less the way back where nothing is collected.
pub(super) fn exchange_fee(
    group: &DeliveryGroup,
    terms: &ExchangeTerms,
    rules: BlameRules,
    explanation: &mut Explanation,
) -> Result<Option<AdditionalCost>, Overflow> {
    let way_back = if is_collected(terms.method) { Won::ZERO } else { group.return_fee };
    let fee = group.exchange_fee.checked_sub(way_back).ok_or(Overflow)?;
    if !fee.is_positive() {
        return Ok(None);
    }
    if rules.fee_bearer == CostBearer::Customer {
        let (group_no, both_ways) = (group.number, group.exchange_fee);
        explanation.add(Calculation::ExchangeFee { group_no, both_ways, way_back })?;
    }
    Ok(Some(row(CostKind::ExchangeFee, group, fee, rules.fee_bearer, CostReason::Exchange)))
}

/// Whether the way back is the shop's to pay.
const fn is_collected(method: CollectionMethod) -> bool {
    match method {
        CollectionMethod::Collected | CollectionMethod::SentPayOnArrival => true,
        CollectionMethod::SentPrepaid | CollectionMethod::NotCollected => false,
    }
}

fn row(
    kind: CostKind,
    group: &DeliveryGroup,
    amount: Won,
    bearer: CostBearer,
    reason: CostReason,
) -> AdditionalCost {
    AdditionalCost {
        kind,
        group_no: Some(group.number),
        line_seq: None,
        vendor_no: Some(group.vendor_no.clone()),
        discount: None,
        amount,
        bearer,
        reason,
    }
}
