//! What this service asks of others.

pub mod attachment_store;
pub mod catalogue;
pub mod member_orders;
pub mod notifications;
