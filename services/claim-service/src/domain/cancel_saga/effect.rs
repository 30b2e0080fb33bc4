//! What a cancel does to the world, as data.

use std::collections::BTreeMap;
use std::fmt;

use commerce::{ClaimNo, CouponIssueNo, GoodsNo, ItemNo, PayMeans, PaymentNo, SagaStep, Won};
use serde::{Deserialize, Serialize};

use super::Decision;
use crate::domain::cost::ClaimCost;

/// 처리내용: one thing to bring about at one receiver. It is kept with its task: names are part of the kept form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// 주문반영: the order takes the units out, unless shipping was first.
    ConfirmOrder,
    /// 추가결제 취소: what was paid for a claim that was then rejected goes back in full.
    ReturnAdditionalPayment { amount: Won },
    /// 환불 of one payment.
    Refund { payment_no: PaymentNo, means: PayMeans, amount: Won },
    /// 재고복원 of one item.
    ReturnStock { goods_no: GoodsNo, item_no: ItemNo, quantity: i64 },
    /// 쿠폰복원
    RestoreCoupon { coupon_no: CouponIssueNo },
    /// 적립회수; its rows stand in the stored cost.
    TakeBackAccrual { amount: Won },
    /// 마일리지복원 of one payment.
    RestoreMileage { payment_no: PaymentNo, amount: Won },
    /// 알림
    Notify,
}

/// Made of claim, step and target, so that it outlives every row and every process.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectKey(String);

impl EffectKey {
    /// A key that came back from where it was sent.
    pub fn kept(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The step it is a key of; none of a text that is no key.
    pub fn step(&self) -> Option<SagaStep> {
        SagaStep::from_code(self.0.split(':').nth(1)?)
    }
}

impl fmt::Display for EffectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// 단계: they come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Confirming,
    /// Only of a claim that was rejected, and then the only one left.
    Compensating,
    /// The pivot.
    Refunding,
    Restoring,
    Notifying,
}

impl Stage {
    /// Whether it is gone through once the order has decided so, or has not decided yet.
    pub const fn belongs_to(self, decision: Decision) -> bool {
        match self {
            Self::Confirming => true,
            Self::Compensating => matches!(decision, Decision::Rejected),
            Self::Refunding | Self::Restoring | Self::Notifying => {
                matches!(decision, Decision::Undecided | Decision::Confirmed)
            }
        }
    }
}

impl Effect {
    pub const fn stage(&self) -> Stage {
        match self {
            Self::ConfirmOrder => Stage::Confirming,
            Self::ReturnAdditionalPayment { .. } => Stage::Compensating,
            Self::Refund { .. } => Stage::Refunding,
            Self::ReturnStock { .. }
            | Self::RestoreCoupon { .. }
            | Self::TakeBackAccrual { .. }
            | Self::RestoreMileage { .. } => Stage::Restoring,
            Self::Notify => Stage::Notifying,
        }
    }

    /// Whether it is brought about in the very transaction that notes it: stock is this service's own.
    pub const fn is_our_own(&self) -> bool {
        match self {
            Self::ReturnStock { .. } => true,
            Self::ConfirmOrder
            | Self::ReturnAdditionalPayment { .. }
            | Self::Refund { .. }
            | Self::RestoreCoupon { .. }
            | Self::TakeBackAccrual { .. }
            | Self::RestoreMileage { .. }
            | Self::Notify => false,
        }
    }

    /// The step it is shown under.
    pub const fn saga_step(&self) -> SagaStep {
        match self {
            Self::ConfirmOrder => SagaStep::Order,
            Self::ReturnAdditionalPayment { .. } | Self::Refund { .. } => SagaStep::Refund,
            Self::ReturnStock { .. } => SagaStep::Stock,
            Self::RestoreCoupon { .. } => SagaStep::Coupon,
            Self::TakeBackAccrual { .. } => SagaStep::Accrual,
            Self::RestoreMileage { .. } => SagaStep::Mileage,
            Self::Notify => SagaStep::Notification,
        }
    }

    /// `{claim}:{step}:{target}`; no number holds a colon or a slash.
    pub fn key(&self, claim_no: &ClaimNo) -> EffectKey {
        let step = self.saga_step();
        EffectKey(match self {
            Self::ConfirmOrder | Self::TakeBackAccrual { .. } | Self::Notify => format!("{claim_no}:{step}"),
            // A slash keeps it apart from every payment number.
            Self::ReturnAdditionalPayment { .. } => format!("{claim_no}:{step}:/additional"),
            Self::Refund { payment_no, .. } | Self::RestoreMileage { payment_no, .. } => {
                format!("{claim_no}:{step}:{payment_no}")
            }
            Self::ReturnStock { goods_no, item_no, .. } => format!("{claim_no}:{step}:{goods_no}/{item_no}"),
            Self::RestoreCoupon { coupon_no } => format!("{claim_no}:{step}:{coupon_no}"),
        })
    }
}

/// Everything a cost calls for, rejection included; what would move nothing is left out.
pub(super) fn effects_of(cost: &ClaimCost) -> Vec<Effect> {
    let mut effects = vec![Effect::ConfirmOrder];
    if cost.additional_payment.is_positive() {
        effects.push(Effect::ReturnAdditionalPayment { amount: cost.additional_payment });
    }
    // Mileage is our own book and comes back with what else is restored.
    let by_provider = cost.refunds.iter().filter(|refund| refund.means != PayMeans::Mileage);
    effects.extend(by_provider.map(|refund| Effect::Refund {
        payment_no: refund.payment_no.clone(),
        means: refund.means,
        amount: refund.amount,
    }));
    let mut stock: BTreeMap<(&GoodsNo, &ItemNo), i64> = BTreeMap::new();
    for goods in &cost.goods {
        let quantity = stock.entry((&goods.goods_no, &goods.item_no)).or_default();
        *quantity = quantity.saturating_add(goods.quantity);
    }
    effects.extend(stock.into_iter().map(|((goods_no, item_no), quantity)| Effect::ReturnStock {
        goods_no: goods_no.clone(),
        item_no: item_no.clone(),
        quantity,
    }));
    effects.extend(
        cost.restored_coupons
            .iter()
            .map(|coupon| Effect::RestoreCoupon { coupon_no: coupon.coupon_no.clone() }),
    );
    if cost.accrual_taken_back.is_positive() {
        effects.push(Effect::TakeBackAccrual { amount: cost.accrual_taken_back });
    }
    effects.extend(cost.mileage_restores.iter().map(|restore| Effect::RestoreMileage {
        payment_no: restore.payment_no.clone(),
        amount: restore.amount,
    }));
    effects.push(Effect::Notify);
    effects
}
