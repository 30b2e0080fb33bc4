//! 수신클레임

mod claims;

pub use claims::claims;
