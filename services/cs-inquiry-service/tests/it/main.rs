//! cs-inquiry-service, run for real against a throw-away database and stand-ins of its sisters.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can't go on has failed")]

mod allowance;
mod app;
mod batches;
mod calendar_ends;
mod characters;
mod counsel_counts;
mod counsel_states;
mod customer;
mod day_versions;
mod desk;
mod desk_plans;
mod explain;
mod files;
mod form;
mod frequent_search;
mod memory;
mod next_counsel;
mod once;
mod own_orders;
mod paging;
mod races;
mod random;
mod records;
mod retention;
mod room;
mod rooms;
mod s3;
mod sisters;
mod templates;
mod title_search;
mod transfer;
mod types;
mod uploads;
mod withdrawal;
mod withdrawn_texts;
