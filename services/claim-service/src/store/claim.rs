//! 클레임: what is kept of claims of every kind.

pub mod accepted;
pub mod additional_payment;
pub mod cost;
pub mod head;
pub mod history;
pub mod key;
pub mod line;
pub mod list;
pub mod number;
mod open;
pub mod standing;
pub mod standing_count;
pub mod task;
pub mod told;
pub mod told_standing;
