//! The rules by hand, table by table, and then their laws over generated orders.

mod acceptance;
mod contract_order;
mod delivery;
mod discounts;
mod explanation;
mod gifts_and_accruals;
mod imported;
mod kept_form;
mod laws;
mod lines;
mod money;
mod return_edges;
mod return_fees;
mod return_laws;
pub(super) mod return_life;
mod return_lives;
pub(super) mod return_model;
mod return_words;
mod returns;
mod settlement;
mod unpaid;
