//! The front door: HTTP in, HTTP out, one operation a file.

pub mod back_office;
mod caller;
mod fields;
pub mod files;
pub mod get_inquiry_count;
pub mod get_not_completed_inquiry_count;
pub mod get_order_claim_goods_list;
pub mod get_question;
pub mod get_question_dtl;
pub mod get_question_init;
mod inquiry_count;
pub mod internal_access_records;
pub mod internal_members_withdrawal;
mod question;
pub mod question_del;
pub mod question_mod;
pub mod question_save;
pub mod search_goods;
mod shown;
pub mod transfer_qna_save;
