//! Amounts in whole won, rates in hundredths of a percent, and the ways to share an amount.
//!
//! A floating-point number meets none of them: JSON numbers are read and written as text.

mod decimal;
mod rate;
mod share;
mod won;

pub use rate::{MalformedRate, Rate, RateOrWon};
pub use share::{Spreader, carried_by, given_back, spread_by_weight};
pub use won::Won;

#[cfg(test)]
mod tests;
