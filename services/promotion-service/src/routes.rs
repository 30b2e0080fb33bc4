//! The whole API of this service on one screen.

use contract::operations::{Upstream, promotion};
use service_kit::routes::Routes;

use crate::api::get_accumulation_policies::get_accumulation_policies;
use crate::api::get_coupons::get_coupons;
use crate::api::internal_accumulation_take_back::internal_accumulation_take_back;
use crate::api::internal_coupons::internal_coupons;
use crate::api::internal_coupons_hold::internal_coupons_hold;
use crate::api::internal_coupons_release::internal_coupons_release;
use crate::api::internal_coupons_restore::internal_coupons_restore;
use crate::api::internal_mileage_restore::internal_mileage_restore;
use crate::api::internal_orders::internal_orders;
use crate::api::mileage::mileage;
use crate::api::post_coupons::post_coupons;
use crate::api::promotion_accumulation::promotion_accumulation;
use crate::api::put_accumulation_policies::put_accumulation_policies;

pub fn routes() -> Routes {
    Routes::new(Upstream::Promotion)
        .on(&promotion::PROMOTION_ACCUMULATION, promotion_accumulation)
        .on(&promotion::PUT_ACCUMULATION_POLICIES, put_accumulation_policies)
        .on(&promotion::GET_ACCUMULATION_POLICIES, get_accumulation_policies)
        .on(&promotion::POST_COUPONS, post_coupons)
        .on(&promotion::GET_COUPONS, get_coupons)
        .on(&promotion::MILEAGE, mileage)
        .on(&promotion::INTERNAL_ORDERS, internal_orders)
        .on(&promotion::INTERNAL_COUPONS, internal_coupons)
        .on(&promotion::INTERNAL_COUPONS_HOLD, internal_coupons_hold)
        .on(&promotion::INTERNAL_COUPONS_RELEASE, internal_coupons_release)
        .on(&promotion::INTERNAL_COUPONS_RESTORE, internal_coupons_restore)
        .on(&promotion::INTERNAL_ACCUMULATION_TAKE_BACK, internal_accumulation_take_back)
        .on(&promotion::INTERNAL_MILEAGE_RESTORE, internal_mileage_restore)
}
