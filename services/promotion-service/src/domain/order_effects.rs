//! What orders and claims do to a member's mileage and coupons, as the sister services tell it.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, CouponIssueNo, MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won};

use super::burden::Burden;
use super::mileage_ledger::Account;

/// 주문 반영: an order that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOrder {
    /// Names the message, however often it is sent.
    pub key: String,
    pub order_no: OrderNo,
    pub site_no: SiteNo,
    /// None for a guest, who has no mileage.
    pub member_no: Option<MemberNo>,
    pub ordered_at: DateTime<Utc>,
    pub earned: Vec<EarnedMileage>,
    /// 사용 마일리지
    pub used: Won,
    pub coupons: Vec<CouponIssueNo>,
}

impl TakenOrder {
    pub fn account(&self) -> Option<Account> {
        let member_no = self.member_no.clone()?;
        Some(Account { member_no, site_no: self.site_no.clone() })
    }
}

/// 적립: one entry of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarnedMileage {
    pub reason: MileageReason,
    pub promotion_no: PromotionNo,
    /// Above 0.
    pub amount: Won,
    pub burden: Burden,
}

/// One effect of a claim on an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimStep {
    /// Names the claim's step, however often it is sent.
    pub key: String,
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
}

/// 마일리지 클레임: what a claim does to an order's mileage. Amounts are above 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MileageClaim {
    /// 적립 회수 of one entry.
    TakeBack { reason: MileageReason, promotion_no: PromotionNo, amount: Won },
    /// 사용 마일리지 복원
    Restore { amount: Won },
}
