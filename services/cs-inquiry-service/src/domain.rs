//! The rules of inquiries. No clock, no dice, no database, no wire.

pub mod inquiry;
pub mod inquiry_rules;
pub mod inquiry_status;

pub mod access;
pub mod attachment;
pub mod catalogue;
pub mod counsel_list;
pub mod counsel_type_tree;
pub mod day_runs;
pub mod history;
pub mod kept_counts;
pub mod masking;
pub mod period;
pub mod template;
pub mod template_fill;
pub mod title_search;
