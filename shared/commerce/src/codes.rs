//! The code tables of the contract, one file per table prefix or subject.
//!
//! Where a list is this project's own decision and not the source's, its comment says "(ours)".

pub mod claim;
pub mod flag;
pub mod inquiry;
pub mod marketing;
pub mod member;
pub mod notification;
pub mod order;
pub mod payment;
pub mod product;

#[cfg(test)]
mod tests;
