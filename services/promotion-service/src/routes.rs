//! The whole API of this service on one screen.

use dto::operations::{Upstream, promotion};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Promotion)
        .on(&promotion::PROMOTION_ACCUMULATION, api::promotion_accumulation)
        .on(&promotion::PUT_ACCUMULATION_POLICIES, api::put_accumulation_policies)
        .on(&promotion::GET_ACCUMULATION_POLICIES, api::get_accumulation_policies)
        .on(&promotion::POST_COUPONS, api::post_coupons)
        .on(&promotion::GET_COUPONS, api::get_coupons)
        .on(&promotion::MILEAGE, api::mileage)
        .on(&promotion::INTERNAL_ORDERS, api::internal_orders)
        .on(&promotion::INTERNAL_COUPONS_RESTORE, api::internal_coupons_restore)
        .on(&promotion::INTERNAL_ACCUMULATION_TAKE_BACK, api::internal_accumulation_take_back)
        .on(&promotion::INTERNAL_MILEAGE_RESTORE, api::internal_mileage_restore)
}
