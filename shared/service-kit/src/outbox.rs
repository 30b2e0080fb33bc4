//! The outbox: what must happen after an answer, from the transaction of its cause until somebody has done it.

pub mod held;
pub mod send;
pub mod worker;
