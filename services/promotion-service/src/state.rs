//! What handlers, use cases and workers share.

pub mod policy_cache;

use std::num::NonZeroU32;

use db::Db;
use platform::clock::Clock;

use crate::domain::booking_rules::BookingRules;
use policy_cache::PolicyCache;

#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub policies: PolicyCache,
    pub mileage_valid_days: Option<NonZeroU32>,
}

impl AppState {
    pub fn booking_rules(&self) -> BookingRules {
        BookingRules { now: self.clock.now(), valid_days: self.mileage_valid_days }
    }
}
