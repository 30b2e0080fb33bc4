//! 프로모션: what `promotionAccumulation` takes and answers, schema for schema as the seed gives it, and how policies,
//! coupons and mileage are put and read.
//!
//! Required fields have no `Option`; an optional one may also come as null. Codes the seed lists values for are
//! typed, and so are numbers whose form the contract gives; everything else stays the text or number it is.

mod answer;
mod basket;
mod benefit;
mod coupon;
mod mileage;
mod policy;
mod request;
#[cfg(test)]
mod tests;

pub use answer::{AccmInfo, AccmPromotionInfo, AccmResponse};
pub use basket::{BasketGoods, OrdGoodsInfo};
pub use benefit::{
    AeEvtInfo, AeFvrInfo, BenefitOrderPromotionInfo, GoodsBenefitResponse, OrderBenefitGoodsInfo,
    OrderPromotionInfo,
};
pub use coupon::{Coupon, CouponIssueAnswer, CouponIssueRequest, CouponList, MemberQuery};
pub use mileage::{MileageBook, MileageMovement};
pub use policy::{
    AccumulationPolicy, AccumulationPolicyAnswer, AccumulationPolicyQuery, BaseAccumulation, GoodsMileage,
    GradeAccumulation, MileageTarget,
};
pub use request::{AccmGoodsInfo, AccmRequest, OrderAccmInfo};
