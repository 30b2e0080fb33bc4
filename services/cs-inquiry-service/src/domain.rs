//! The rules: facts in, decision out. No clock, no random number, no database, no wire.

pub mod inquiry;
pub mod inquiry_rules;
pub mod inquiry_status;

pub mod access;
pub mod answer_draft;
pub mod attachment;
pub mod catalogue;
pub mod counsel_list;
pub mod counsel_state;
pub mod counsel_type_tree;
pub mod desk_agent;
pub mod history;
pub mod masking;
pub mod memo;
pub mod template;
pub mod template_fill;
pub mod title_search;
pub mod writer;
