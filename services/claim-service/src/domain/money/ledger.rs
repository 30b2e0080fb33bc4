//! 클레임 원장: every movement of money, points, coupons and stock a claim causes, in double entry.
//!
//! A posting says what flowed into an account (above 0) or out of it (below 0). The postings of one task add up
//! to 0 in each unit, so those of a claim do too, and the ledger is only ever appended to.

pub mod balances;

mod journal;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, CostBearer, CouponIssueNo, GoodsNo, ItemNo, PaymentNo, SagaStep};

pub use balances::{Balances, imbalances};
pub use journal::{Journal, additional_payment_postings, held_payment_postings, held_refund_postings};

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 원
    Won,
    /// 마일리지
    Point,
    /// 쿠폰
    Coupon(CouponIssueNo),
    /// 재고
    Piece(GoodsNo, ItemNo),
}

/// 계정
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// 매출: goods sold.
    Sales,
    /// 할인: discounts given.
    Discounts,
    /// 할인회수: discounts taken back.
    DiscountsTakenBack,
    /// 배송비 of one group.
    DeliveryFees(i32),
    /// 반품배송비 of one group.
    ReturnFees(i32),
    /// 교환배송비 of one group.
    ExchangeFees(i32),
    /// 사은품 미반납: gifts that were kept.
    GiftsKept,
    /// 감면: what was waived, less what of it did not go back once more.
    Waived,
    /// 배송비 부담: what somebody other than the customer bears.
    BorneBy(CostBearer),
    /// 환불채무: what a claim owes the customer; 0 at its end.
    OwedToCustomer,
    /// 미수금: what an order that waits for payment had to bring.
    Receivable,
    /// 환불: what has gone back by a payment.
    Refunded(PaymentNo),
    /// 추가결제: what the customer paid for a claim.
    PaidForClaim,
    /// 선수금: what of that is held until the claim is settled.
    HeldForClaim,
    /// 보유 마일리지
    MemberPoints,
    /// 사용 마일리지
    PointsUsed,
    /// 적립 마일리지
    PointsEarned,
    /// 사용 쿠폰
    CouponsUsed,
    /// 보유 쿠폰
    MemberCoupons,
    /// 소멸 쿠폰: not given back because they expired or are not known.
    CouponsLapsed,
    /// 판매 재고
    StockSold,
    /// 가용 재고
    StockOnHand,
}

/// 분개
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Posting {
    pub claim_no: ClaimNo,
    pub step: SagaStep,
    pub account: Account,
    pub unit: Unit,
    /// Never 0.
    pub amount: i64,
}

/// 분개 as people read it: its account and unit in the words they are kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedPosting {
    pub step: SagaStep,
    pub account: String,
    pub unit: String,
    pub amount: i64,
    pub at: DateTime<Utc>,
}
