//! 운영

pub mod look_after;
pub mod transfers;
pub mod verify;
pub mod verify_payments;
