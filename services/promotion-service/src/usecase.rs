//! Load, decide, save: one transaction each.

pub mod current_policy;
pub mod expire_mileage;
pub mod find_member_coupons;
pub mod find_policy;
pub mod hold_coupon;
pub mod issue_coupons;
pub mod list_coupons;
pub mod mileage_of_member;
mod posting;
pub mod put_policy;
pub mod record_order;
pub mod release_coupon;
pub mod restore_coupons;
pub mod settle_claim;
