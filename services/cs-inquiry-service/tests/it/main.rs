//! cs-inquiry-service, run for real against a throw-away database and stand-ins of its sisters.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can't go on has failed")]

mod app;
mod dice;
mod form;
mod sisters;

mod customer;
mod day_versions;
mod desk;
mod explain;
mod files;
mod frequent_search;
mod layers;
mod once;
mod own_orders;
mod paging;
mod races;
mod records;
mod retention;
mod s3;
mod templates;
mod title_search;
mod transfer;
mod types;
mod uploads;
mod withdrawal;
