//! What every booking needs to know beside its message.

use std::num::NonZeroU32;

use chrono::{DateTime, Utc};

#[derive(Debug, Clone, Copy)]
pub struct BookingRules {
    pub now: DateTime<Utc>,
    /// How long new lots are good; without it for ever.
    pub valid_days: Option<NonZeroU32>,
}
