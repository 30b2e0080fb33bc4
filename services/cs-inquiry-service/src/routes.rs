//! The whole API of this service on one screen.

use contract::operations::{Upstream, inquiry};
use service_kit::routes::Routes;

use crate::api::back_office::assign::assign;
use crate::api::back_office::delete_answer_draft::delete_answer_draft;
use crate::api::back_office::delete_counsel_template::delete_counsel_template;
use crate::api::back_office::get_access_record_list::get_access_record_list;
use crate::api::back_office::get_answer_draft::get_answer_draft;
use crate::api::back_office::get_answer_draft_list::get_answer_draft_list;
use crate::api::back_office::get_counsel_template_detail::get_counsel_template_detail;
use crate::api::back_office::get_counsel_template_list::get_counsel_template_list;
use crate::api::back_office::get_counsel_type_list::get_counsel_type_list;
use crate::api::back_office::get_integrated_counsel_count::get_integrated_counsel_count;
use crate::api::back_office::get_integrated_counsel_detail::get_integrated_counsel_detail;
use crate::api::back_office::get_integrated_counsel_list::get_integrated_counsel_list;
use crate::api::back_office::get_integrated_counsel_state::get_integrated_counsel_state;
use crate::api::back_office::get_proc_user_list::get_proc_user_list;
use crate::api::back_office::release_process::release_process;
use crate::api::back_office::save_answer::save_answer;
use crate::api::back_office::save_answer_draft::save_answer_draft;
use crate::api::back_office::save_counsel_memo::save_counsel_memo;
use crate::api::back_office::save_counsel_template::save_counsel_template;
use crate::api::back_office::save_counsel_type::save_counsel_type;
use crate::api::back_office::start_next_process::start_next_process;
use crate::api::back_office::start_process::start_process;
use crate::api::files::files;
use crate::api::get_inquiry_count::get_inquiry_count;
use crate::api::get_not_completed_inquiry_count::get_not_completed_inquiry_count;
use crate::api::get_order_claim_goods_list::get_order_claim_goods_list;
use crate::api::get_question::get_question;
use crate::api::get_question_dtl::get_question_dtl;
use crate::api::get_question_init::get_question_init;
use crate::api::internal_access_records::internal_access_records;
use crate::api::internal_members_withdrawal::internal_members_withdrawal;
use crate::api::question_del::question_del;
use crate::api::question_mod::question_mod;
use crate::api::question_save::question_save;
use crate::api::search_goods::search_goods;
use crate::api::transfer_qna_save::transfer_qna_save;

pub fn routes() -> Routes {
    Routes::new(Upstream::Inquiry)
        .on(&inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT, get_not_completed_inquiry_count)
        .on(&inquiry::GET_INQUIRY_COUNT, get_inquiry_count)
        .on(&inquiry::GET_QUESTION, get_question)
        .on(&inquiry::GET_QUESTION_INIT, get_question_init)
        .on(&inquiry::GET_QUESTION_DTL, get_question_dtl)
        .on(&inquiry::SEARCH_GOODS, search_goods)
        .on(&inquiry::GET_ORDER_CLAIM_GOODS_LIST, get_order_claim_goods_list)
        .on(&inquiry::QUESTION_SAVE, question_save)
        .on(&inquiry::QUESTION_MOD_PUT, question_mod)
        .on(&inquiry::QUESTION_MOD_POST, question_mod)
        .on(&inquiry::QUESTION_DEL_DELETE, question_del)
        .on(&inquiry::QUESTION_DEL_POST, question_del)
        .on(&inquiry::FILES, files)
        .on(&inquiry::TRANSFER_QNA_SAVE, transfer_qna_save)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_LIST, get_integrated_counsel_list)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_DETAIL, get_integrated_counsel_detail)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_COUNT, get_integrated_counsel_count)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_STATE, get_integrated_counsel_state)
        .on(&inquiry::START_PROCESS, start_process)
        .on(&inquiry::START_NEXT_PROCESS, start_next_process)
        .on(&inquiry::RELEASE_PROCESS, release_process)
        .on(&inquiry::SAVE_ANSWER, save_answer)
        .on(&inquiry::GET_ANSWER_DRAFT, get_answer_draft)
        .on(&inquiry::GET_ANSWER_DRAFT_LIST, get_answer_draft_list)
        .on(&inquiry::SAVE_ANSWER_DRAFT, save_answer_draft)
        .on(&inquiry::DELETE_ANSWER_DRAFT, delete_answer_draft)
        .on(&inquiry::SAVE_COUNSEL_MEMO, save_counsel_memo)
        .on(&inquiry::ASSIGN, assign)
        .on(&inquiry::GET_PROC_USER_LIST, get_proc_user_list)
        .on(&inquiry::GET_ACCESS_RECORD_LIST, get_access_record_list)
        .on(&inquiry::GET_COUNSEL_TEMPLATE_LIST, get_counsel_template_list)
        .on(&inquiry::GET_COUNSEL_TEMPLATE_DETAIL, get_counsel_template_detail)
        .on(&inquiry::SAVE_COUNSEL_TEMPLATE, save_counsel_template)
        .on(&inquiry::DELETE_COUNSEL_TEMPLATE, delete_counsel_template)
        .on(&inquiry::GET_COUNSEL_TYPE_LIST, get_counsel_type_list)
        .on(&inquiry::SAVE_COUNSEL_TYPE, save_counsel_type)
        .on(&inquiry::INTERNAL_ACCESS_RECORDS, internal_access_records)
        .on(&inquiry::INTERNAL_MEMBERS_WITHDRAWAL, internal_members_withdrawal)
}
