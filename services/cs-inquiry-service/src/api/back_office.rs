//! 통합상담관리: the agents' desk.

mod answer_draft;
pub mod assign;
pub mod delete_answer_draft;
pub mod delete_counsel_template;
pub mod get_access_record_list;
pub mod get_answer_draft;
pub mod get_answer_draft_list;
pub mod get_counsel_template_detail;
pub mod get_counsel_template_list;
pub mod get_counsel_type_list;
pub mod get_integrated_counsel_count;
pub mod get_integrated_counsel_detail;
pub mod get_integrated_counsel_list;
pub mod get_integrated_counsel_state;
pub mod get_proc_user_list;
mod moved;
pub mod release_process;
pub mod save_answer;
pub mod save_answer_draft;
pub mod save_counsel_memo;
pub mod save_counsel_template;
pub mod save_counsel_type;
pub mod start_next_process;
pub mod start_process;
mod template;
