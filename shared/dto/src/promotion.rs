//! 프로모션 적립: what `promotionAccumulation` takes and answers, schema for schema as the seed gives it.
//!
//! Required fields have no `Option`; an optional one may also come as null. Codes the seed lists values for are
//! typed, and so are numbers whose form the contract gives; everything else stays the text or number it is.

mod answer;
mod basket;
mod benefit;
mod request;
#[cfg(test)]
mod tests;

pub use answer::{AccmInfo, AccmPromotionInfo, AccmResponse};
pub use basket::{BasketGoods, OrdGoodsInfo};
pub use benefit::{
    AeEvtInfo, AeFvrInfo, BenefitOrderPromotionInfo, GoodsBenefitResponse, OrderBenefitGoodsInfo,
    OrderPromotionInfo,
};
pub use request::{AccmGoodsInfo, AccmRequest, OrderAccmInfo};
