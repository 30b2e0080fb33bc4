//! The front door: HTTP in, HTTP out, one operation a file.

mod accumulation_policy;
mod claim_step;
pub mod get_accumulation_policies;
pub mod get_coupons;
pub mod internal_accumulation_take_back;
pub mod internal_coupons;
pub mod internal_coupons_hold;
pub mod internal_coupons_release;
pub mod internal_coupons_restore;
pub mod internal_mileage_restore;
pub mod internal_orders;
pub mod mileage;
pub mod post_coupons;
pub mod promotion_accumulation;
pub mod put_accumulation_policies;
