//! 통합상담관리: the agents' desk.

mod counsel;
mod get_access_record_list;
mod get_integrated_counsel_list;
mod template;
mod types;

pub use counsel::{assign, get_integrated_counsel_detail, release_process, save_answer, start_process};
pub use get_access_record_list::get_access_record_list;
pub use get_integrated_counsel_list::get_integrated_counsel_list;
pub use template::{
    delete_counsel_template, get_counsel_template_detail, get_counsel_template_list, save_counsel_template,
};
pub use types::{get_counsel_type_list, save_counsel_type};
