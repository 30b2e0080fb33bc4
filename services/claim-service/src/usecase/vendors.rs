//! 협력사

pub mod keys;
pub mod list_cancels;
