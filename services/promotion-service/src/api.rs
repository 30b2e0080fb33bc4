//! The front door: HTTP into domain and back, one operation a file.

mod accumulation_policies;
mod coupons;
mod internal_claims;
mod internal_orders;
mod mileage;
mod promotion_accumulation;

pub use accumulation_policies::{get_accumulation_policies, put_accumulation_policies};
pub use coupons::{get_coupons, post_coupons};
pub use internal_claims::{
    internal_accumulation_take_back, internal_coupons_restore, internal_mileage_restore,
};
pub use internal_orders::internal_orders;
pub use mileage::mileage;
pub use promotion_accumulation::promotion_accumulation;
