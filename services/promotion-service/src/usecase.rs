//! Load, decide, save: one transaction each.

mod current_policy;
mod expire_mileage;
mod find_policy;
mod issue_coupons;
mod list_coupons;
mod mileage_of_member;
mod posting;
mod put_policy;
mod record_order;
mod restore_coupons;
mod settle_claim;

pub use current_policy::{PolicyCache, current_policy};
pub use expire_mileage::{expire_account, find_accounts_to_expire};
pub use find_policy::find_policy;
pub use issue_coupons::{Issued, issue_coupons};
pub use list_coupons::list_coupons;
pub use mileage_of_member::{MileageBook, mileage_of_member};
pub use put_policy::put_policy;
pub use record_order::record_order;
pub use restore_coupons::restore_coupons;
pub use settle_claim::settle_claim;

/// What every booking needs to know beside its message.
#[derive(Debug, Clone, Copy)]
pub struct BookingRules {
    pub now: chrono::DateTime<chrono::Utc>,
    /// How long new lots are good; without it for ever.
    pub valid_days: Option<std::num::NonZeroU32>,
}
