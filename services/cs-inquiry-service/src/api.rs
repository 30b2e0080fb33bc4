//! The front door: HTTP into the domain's words and back, one operation a file.

mod back_office;
mod caller;
mod fields;
mod question;
mod shown;

mod files;
mod get_inquiry_count;
mod get_order_claim_goods_list;
mod get_question;
mod get_question_dtl;
mod get_question_init;
mod internal_members_withdrawal;
mod question_del;
mod question_mod;
mod question_save;
mod search_goods;
mod transfer_qna_save;

pub use back_office::{
    assign, delete_counsel_template, get_access_record_list, get_counsel_template_detail,
    get_counsel_template_list, get_counsel_type_list, get_integrated_counsel_detail,
    get_integrated_counsel_list, release_process, save_answer, save_counsel_template, save_counsel_type,
    start_process,
};
pub use files::files;
pub use get_inquiry_count::{get_inquiry_count, get_not_completed_inquiry_count};
pub use get_order_claim_goods_list::get_order_claim_goods_list;
pub use get_question::get_question;
pub use get_question_dtl::get_question_dtl;
pub use get_question_init::get_question_init;
pub use internal_members_withdrawal::internal_members_withdrawal;
pub use question_del::question_del;
pub use question_mod::question_mod;
pub use question_save::question_save;
pub use search_goods::search_goods;
pub use transfer_qna_save::transfer_qna_save;
