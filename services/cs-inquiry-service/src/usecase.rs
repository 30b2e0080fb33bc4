//! What this service does: load, decide, save; one transaction each.

pub mod app_state;
pub mod outgoing;
pub mod spool;

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
mod count_by_day;
pub mod list_counsels;
pub mod release_process;
pub mod save_answer;
pub mod show_counsel;
pub mod start_process;

pub mod manage_templates;
pub mod manage_types;
pub mod read_access_records;

pub mod carry_out;
pub mod collect_orphans;
pub mod mask_withdrawn_member;
pub mod purge;
