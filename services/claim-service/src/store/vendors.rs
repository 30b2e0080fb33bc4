//! 협력사

pub mod cancel;
pub mod exchange_target;
pub mod key;
