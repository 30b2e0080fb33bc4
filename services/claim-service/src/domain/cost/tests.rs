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
mod settlement;
mod unpaid;
