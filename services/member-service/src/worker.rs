//! The back door: what runs without a request.

pub mod guest_access_cleaner;
pub mod notification_sender;
pub mod order_recorder;
pub mod withdrawal;
