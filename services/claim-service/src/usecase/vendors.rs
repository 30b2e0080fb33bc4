//! 협력사

pub mod keys;
pub mod list_cancels;
pub mod list_exchange_targets;
pub mod listing;
