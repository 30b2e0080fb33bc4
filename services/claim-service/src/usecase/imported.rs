//! 수신클레임: claims another system took.

pub mod take_in;
pub mod tell;
