//! Stories of the whole house, told through the gateway.

mod both_databases;
mod claim_counts;
mod claim_previews;
mod conventions;
mod guests;
mod intake;
mod notifications;
mod ownership;
mod purchase_amounts;
mod tokens;
mod wait;
mod withdrawal;
