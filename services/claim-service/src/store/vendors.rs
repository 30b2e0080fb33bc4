//! 협력사

pub mod cancel;
pub mod key;
