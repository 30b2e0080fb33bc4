//! How much is let in: how often somebody may ask, how much an address may have open, how much may be under way.

pub(crate) mod open_files;

mod address_cap;
mod bulkheads;
mod rate_limit;
mod threshold;

pub(crate) use self::address_cap::{AddressCap, Entrance};
pub(crate) use self::bulkheads::{Bulkheads, HeldBytes, Place};
pub(crate) use self::rate_limit::{CallerKey, Counted, RateLimit, UsedUp};
pub(crate) use self::threshold::Threshold;
