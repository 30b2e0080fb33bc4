//! 클레임비용: everything a cancel comes to.

use commerce::{
    CostBearer, CostKind, CouponIssueNo, GoodsNo, ItemNo, MileageReason, OrderNo, PayMeans, PaymentNo,
    PromotionNo, PromotionType, Won,
};
use serde::{Deserialize, Serialize};

use super::explanation::{CalcLine, won_text};
use crate::domain::order::{DiscountId, LineShare};

/// 클레임비용
///
/// It is kept whole with its claim, and read again for as long as the order lives: names are part of the kept form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCost {
    pub order_no: OrderNo,
    /// As requested, in the request's order.
    pub goods: Vec<ClaimedGoods>,
    /// Delivery by group, then discounts taken back by identity.
    pub additional_costs: Vec<AdditionalCost>,
    /// The rows to store, one per additional cost.
    pub cost_rows: Vec<CostRow>,
    pub restored_coupons: Vec<RestoredCoupon>,
    /// Every discount taken back, also those worth nothing: from now on each counts 0, so all must be stored.
    pub taken_back: Vec<DiscountTakenBack>,
    pub cancelled_gifts: Vec<CancelledGift>,
    /// 적립회수액
    pub accrual_taken_back: Won,
    /// What the accrual is made of; rows of 0 are left out.
    pub accrual_rows: Vec<AccrualTakenBack>,
    /// 마일리지복원액
    pub mileage_restored: Won,
    /// Used mileage that comes back, per payment; also where the order itself was never paid.
    pub mileage_restores: Vec<Refund>,
    /// 환불예정금액
    pub refund: Won,
    /// 추가결제예정금액
    pub additional_payment: Won,
    /// 환불계좌필요여부
    pub needs_refund_account: bool,
    /// Per payment, in the order they are refunded; mileage included.
    pub refunds: Vec<Refund>,
    /// Why the amount is what it is: the lines add up to refund less additional payment.
    pub calculation: Vec<CalcLine>,
    /// Nothing but mileage has been paid for the order.
    pub is_unpaid: bool,
}

impl ClaimCost {
    /// 할인회수 목록: the discounts taken back that were worth something.
    pub fn revoked_discounts(&self) -> impl Iterator<Item = &DiscountTakenBack> {
        self.taken_back.iter().filter(|taken_back| taken_back.amount.is_positive())
    }

    /// What goes back of each payment, whichever way.
    pub fn refunds_and_restores(&self) -> impl Iterator<Item = &Refund> {
        let outside_refunds = self.mileage_restores.iter().filter(|_| self.is_unpaid);
        self.refunds.iter().chain(outside_refunds)
    }

    /// Refund less additional payment.
    pub fn net(&self) -> Option<Won> {
        self.refund.checked_sub(self.additional_payment)
    }
}

/// 클레임상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedGoods {
    pub line_seq: i32,
    pub goods_no: GoodsNo,
    pub item_no: ItemNo,
    pub quantity: i64,
    pub goods_amount: Won,
    pub discount_amount: Won,
    /// Goods less discount.
    pub net_amount: Won,
}

/// 추가비용: above 0 the bearer pays it, below 0 it goes back to the bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdditionalCost {
    pub kind: CostKind,
    pub group_no: Option<i32>,
    /// The line, where the cost stands on one line alone.
    pub line_seq: Option<i32>,
    pub vendor_no: Option<String>,
    pub discount: Option<DiscountId>,
    pub amount: Won,
    pub bearer: CostBearer,
    pub reason: CostReason,
}

/// 추가비용 사유
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CostReason {
    /// What is left no longer reaches the free-delivery amount.
    FreeDeliveryLost { free_from: Won },
    /// Nothing of the delivery group is left.
    GroupCancelled,
    /// What is left no longer reaches the discount's minimum.
    MinimumNotReached { minimum: Won },
    /// More would go back than is left of the payments.
    BeyondPayments,
}

impl CostReason {
    pub fn text_ko(self) -> String {
        match self {
            Self::FreeDeliveryLost { free_from } => {
                format!("남은 주문금액이 무료배송 기준 {} 미만", won_text(free_from))
            }
            Self::GroupCancelled => "배송 상품 전체 취소".to_owned(),
            Self::MinimumNotReached { minimum } => {
                format!("남은 구매금액이 최소구매금액 {} 미만", won_text(minimum))
            }
            Self::BeyondPayments => "환불 가능한 결제금액 초과".to_owned(),
        }
    }
}

/// 저장할 비용: a row as it will be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostRow {
    pub seq: i32,
    pub kind: CostKind,
    pub group_no: Option<i32>,
    pub line_seq: Option<i32>,
    pub discount: Option<DiscountId>,
    pub amount: Won,
    pub bearer: CostBearer,
}

/// 복원쿠폰
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredCoupon {
    pub coupon_no: CouponIssueNo,
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
    pub promotion_type: PromotionType,
}

/// 회수할인
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountTakenBack {
    pub id: DiscountId,
    pub promotion_name: String,
    /// What it was still worth on the units left.
    pub amount: Won,
    /// The same per line, in the order's order; lines on which it was worth nothing are left out.
    pub shares: Vec<LineShare>,
    pub reason: CostReason,
}

/// 취소사은품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledGift {
    /// Its place among the order's gifts.
    pub place: usize,
    pub event_no: String,
    pub goods_no: String,
    pub item_no: String,
    pub goods_name: String,
    pub quantity: i64,
}

/// 적립회수: what one line gives back of one entry of the order's accumulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccrualTakenBack {
    pub reason: MileageReason,
    pub promotion_no: PromotionNo,
    pub line_seq: i32,
    pub amount: Won,
}

/// 환불: what goes back by one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub payment_no: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
}

pub(super) fn cost_rows(costs: &[AdditionalCost]) -> Vec<CostRow> {
    (1..)
        .zip(costs)
        .map(|(seq, cost)| CostRow {
            seq,
            kind: cost.kind,
            group_no: cost.group_no,
            line_seq: cost.line_seq,
            discount: cost.discount.clone(),
            amount: cost.amount,
            bearer: cost.bearer,
        })
        .collect()
}
