//! 반품·교환 산정조건: what the cost of a return or an exchange depends on beside its order and the claims before it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commerce::{Blame, ClaimNo, CollectionMethod, CouponIssueNo, ItemNo, PaymentNo, PromotionNo, Won};
use serde::{Deserialize, Serialize};

use crate::domain::history::AdditionalPayment;

/// 반품 산정조건: the same when it is asked for, inspected and settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTerms {
    pub blame: Blame,
    pub method: CollectionMethod,
    /// When it is settled: a payment's month is judged by it.
    pub at: DateTime<Utc>,
    /// The units accepted, of one delivery group, each pair of line and item once.
    pub goods: Vec<ReturnedGoods>,
    pub free_return_coupon: Option<FreeReturnCoupon>,
    /// 미반납 사은품: places among the order's gifts.
    pub gifts_kept: BTreeSet<usize>,
    /// 감면액
    pub waived: Won,
    /// 선결제: what was paid for this claim and is held.
    pub paid_in_advance: Vec<AdditionalPayment>,
}

/// 반품상품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedGoods {
    pub line_seq: i32,
    pub item_no: ItemNo,
    pub quantity: i64,
}

/// 무료반품쿠폰, with what is shown of it when it comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeReturnCoupon {
    pub coupon_no: CouponIssueNo,
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
}

/// 교환 산정조건
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeTerms {
    pub blame: Blame,
    pub method: CollectionMethod,
    pub at: DateTime<Utc>,
    /// Of one delivery group, each pair of line and item once.
    pub goods: Vec<ExchangedGoods>,
    /// 감면액
    pub waived: Won,
    /// 선결제
    pub paid_in_advance: Vec<AdditionalPayment>,
}

/// 교환상품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangedGoods {
    pub line_seq: i32,
    pub item_no: ItemNo,
    pub exchanged_for: ItemNo,
    pub quantity: i64,
}

/// 선결제 번호: the first payment for a claim bears the claim's number, each further one its place behind it. None where the
/// number is too long to be a payment's.
pub fn next_payment_no(claim_no: &ClaimNo, paid: &[AdditionalPayment]) -> Option<PaymentNo> {
    match paid.len() {
        0 => Some(claim_no.clone().into()),
        count => format!("{claim_no}-{}", count.saturating_add(1)).parse().ok(),
    }
}
