//! Stories of the whole house, told through the gateway.
#![expect(clippy::indexing_slicing, reason = "an answer without the field fails its story")]

mod authorization;
mod bad_input;
mod both_databases;
mod claim_counts;
mod claim_previews;
mod claims;
mod conventions;
mod demo_shop;
mod desk;
mod guests;
mod inquiries;
mod intake;
mod notifications;
mod on_disk;
mod ownership;
mod promotions;
mod purchase_amounts;
mod tokens;
mod wait;
mod withdrawal;
mod withdrawn_texts;
