//! 반품: what was delivered comes back, and the money for it goes back.

pub mod effects;
pub mod left;
