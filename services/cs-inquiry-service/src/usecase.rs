//! Load, decide, save: one transaction each.

pub mod outgoing;

pub mod delete_inquiry;
pub mod edit_inquiry;
pub mod read_inquiries;
pub mod write_inquiry;

pub mod offer_choices;
pub mod open_file;
pub mod settle_choice;
pub mod store_files;
pub mod take_over_question;

pub mod assign;
pub mod keep_drafts;
pub mod list_agents;
pub mod list_counsels;
mod list_page;
pub mod release_process;
pub mod save_answer;
pub mod save_memo;
pub mod show_counsel;
pub mod start_process;
pub mod take_next;
pub mod title_search;
pub mod watch_counsels;

pub mod keep_looks;
pub mod manage_templates;
pub mod manage_types;
pub mod read_access_records;

pub mod carry_out;
pub mod collect_orphans;
pub mod fold_changes;
pub mod mask_texts;
pub mod mask_withdrawn_member;
pub mod purge;
