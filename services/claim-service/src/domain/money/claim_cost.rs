//! 클레임비용: everything a claim comes to.

use commerce::{
    Blame, CollectionMethod, CostBearer, CostKind, CouponIssueNo, GoodsNo, ItemNo, MileageReason, OrderNo,
    PayMeans, PaymentNo, PromotionNo, PromotionType, Won,
};
use serde::{Deserialize, Serialize};

use crate::domain::money::explanation::{CalcLine, won_text};
use crate::domain::money::refusal::Unsound;
use crate::domain::money::settlement::Settlement;
use crate::domain::money::{accrual, identities};
use crate::domain::order::{DiscountId, LineShare, PaidOrder};

/// 클레임비용
///
/// It is kept whole with its claim, and read again for as long as the order lives: names are part of the kept form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCost {
    pub order_no: OrderNo,
    /// Of a cancel as requested, in the request's order; of a return and an exchange by line, then by item.
    pub goods: Vec<ClaimedGoods>,
    /// Delivery by group, then the way back, discounts taken back by identity, gifts, and what was waived.
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
    /// None of a cancel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_back: Option<SentBack>,
}

/// 회수비용: what the cost of a return or an exchange holds beside a cancel's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    pub blame: Blame,
    pub method: CollectionMethod,
    /// All its lines are of this delivery group.
    pub group_no: i32,
    pub free_return_coupon: Option<CouponIssueNo>,
    /// 선결제액: what was paid for the claim and is held until it is settled.
    pub paid_in_advance: Won,
    /// 선결제환불: what of it goes back, per payment.
    pub advance_refunds: Vec<Refund>,
    /// What is still to be paid.
    pub still_due: Won,
    /// 감면액
    pub waived: Won,
    /// What would have gone back of what was waived.
    pub cut: Won,
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

    /// 감면액: what was waived, now and for good; 0 of a cancel.
    pub fn waived(&self) -> Won {
        self.sent_back.as_ref().map_or(Won::ZERO, |sent_back| sent_back.waived)
    }

    /// What of earlier waivers this claim did not give back once more, also a cancel.
    pub fn cut(&self) -> Option<Won> {
        let cuts = self.additional_costs.iter().filter(|row| row.is_cut());
        Won::sum(cuts.map(|row| row.amount))
    }
}

/// What the rules have come to, one after the other.
pub(super) struct Reckoned {
    pub(super) goods: Vec<ClaimedGoods>,
    /// All but those of the settlement.
    pub(super) additional_costs: Vec<AdditionalCost>,
    pub(super) restored_coupons: Vec<RestoredCoupon>,
    pub(super) taken_back: Vec<DiscountTakenBack>,
    pub(super) cancelled_gifts: Vec<CancelledGift>,
    pub(super) accrual_rows: Vec<AccrualTakenBack>,
    pub(super) settlement: Settlement,
    pub(super) calculation: Vec<CalcLine>,
    pub(super) is_unpaid: bool,
    pub(super) sent_back: Option<SentBack>,
}

impl Reckoned {
    /// The cost, which doesn't leave this room unless its parts agree.
    pub(super) fn of_order(self, order: &PaidOrder) -> Result<ClaimCost, Unsound> {
        let mut additional_costs = self.additional_costs;
        additional_costs.extend(self.settlement.limits);
        let cost = ClaimCost {
            order_no: order.number().clone(),
            goods: self.goods,
            cost_rows: cost_rows(&additional_costs),
            additional_costs,
            restored_coupons: self.restored_coupons,
            taken_back: self.taken_back,
            cancelled_gifts: self.cancelled_gifts,
            accrual_taken_back: accrual::total(&self.accrual_rows)?,
            accrual_rows: self.accrual_rows,
            mileage_restored: self.settlement.mileage_restored,
            mileage_restores: self.settlement.mileage_restores,
            refund: self.settlement.refund,
            additional_payment: self.settlement.additional_payment,
            needs_refund_account: self.settlement.needs_refund_account,
            refunds: self.settlement.refunds,
            calculation: self.calculation,
            is_unpaid: self.is_unpaid,
            sent_back: self.sent_back,
        };
        identities::check(&cost)?;
        Ok(cost)
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

impl AdditionalCost {
    /// Whether the row keeps from the customer what was waived before.
    pub(super) fn is_cut(&self) -> bool {
        self.reason == CostReason::WaivedBefore && self.bearer == CostBearer::Customer
    }
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
    /// Nothing of the delivery group is left, the last of it returned.
    GroupReturned,
    /// Nothing is kept of a group that was delivered free without a condition.
    NothingKept,
    /// Goods come back.
    Return,
    /// Goods come back, paid by a coupon.
    FreeReturnCoupon,
    /// Goods come back and others go out.
    Exchange,
    /// A gift that was to be sent back is not there.
    GiftNotReturned,
    /// 감면
    Waived,
    /// What was waived would go back once more.
    WaivedBefore,
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
            Self::GroupReturned => "배송 상품 전체 반품".to_owned(),
            Self::NothingKept => "무료로 배송된 상품 전체 반품".to_owned(),
            Self::Return => "반품 회수 배송비".to_owned(),
            Self::FreeReturnCoupon => "무료반품쿠폰 사용".to_owned(),
            Self::Exchange => "교환 배송비".to_owned(),
            Self::GiftNotReturned => "사은품 미반납".to_owned(),
            Self::Waived => "감면".to_owned(),
            Self::WaivedBefore => "감면한 금액의 재환불 제외".to_owned(),
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
    /// 회수여부: whether it has to come back with the goods; none of a cancel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_to_be_sent_back: Option<bool>,
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
    /// 계좌이체: it goes to the customer's account, because the payment can't give back a part.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_transfer: bool,
}

/// What is not there is not kept, so that a cancel is kept as it always was.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it a reference")]
pub(super) const fn is_false(flag: &bool) -> bool {
    !*flag
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
