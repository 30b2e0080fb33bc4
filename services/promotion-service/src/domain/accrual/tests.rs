//! The contract's rules as cases worked by hand, then as laws over generated orders and policies.

mod golden;
mod laws;
mod sample;
