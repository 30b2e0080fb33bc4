//! 검증: whether everything that is kept of claims fits together.

pub mod claim;
pub mod collection;
pub mod payment;
