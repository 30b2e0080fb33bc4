//! 클레임: cancels and their cost as customers see them, claims a shop moves in with, and what sisters ask
//! (contract, section 5).

mod cost;
mod count;
mod details;
mod intake;
mod order_change;
mod request;
mod target;
#[cfg(test)]
mod tests;

pub use cost::{
    AdditionalCost, BenefitInfo, CalcRow, CancelledGift, ClaimCost, ClaimedGoods, CostRow, PayInfo,
    PlannedRefund, RestoredCoupon, RevokedDiscount,
};
pub use count::{ClaimCountAnswer, ClaimCountQuery};
pub use details::{ClaimCoupon, ClaimDetails, ClaimDetailsRequest, ClaimRefund, ClaimStep, ClaimStock};
pub use intake::{ClaimIntakeAnswer, ClaimIntakeRequest, ImportedClaim, ImportedClaimGoods};
pub use order_change::{CustomsCodeRequest, OptionChangeAnswer, OptionChangeRequest};
pub use request::{
    AdditionalPaymentRequest, CancelOrderAnswer, CancelOrderRequest, ClaimGoodsRequest, ClaimRequest,
    RefundAccountRequest,
};
pub use target::{ClaimReasonChoice, ClaimTarget, ClaimTargetGoods, ClaimTargetPayment, ClaimTargetRequest};
