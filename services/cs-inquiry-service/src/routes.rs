//! The whole API of this service on one screen.

use dto::operations::{Upstream, inquiry};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Inquiry)
        .on(&inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT, api::get_not_completed_inquiry_count)
        .on(&inquiry::GET_INQUIRY_COUNT, api::get_inquiry_count)
        .on(&inquiry::GET_QUESTION, api::get_question)
        .on(&inquiry::GET_QUESTION_INIT, api::get_question_init)
        .on(&inquiry::GET_QUESTION_DTL, api::get_question_dtl)
        .on(&inquiry::SEARCH_GOODS, api::search_goods)
        .on(&inquiry::GET_ORDER_CLAIM_GOODS_LIST, api::get_order_claim_goods_list)
        .on(&inquiry::QUESTION_SAVE, api::question_save)
        .on(&inquiry::QUESTION_MOD_PUT, api::question_mod)
        .on(&inquiry::QUESTION_MOD_POST, api::question_mod)
        .on(&inquiry::QUESTION_DEL_DELETE, api::question_del)
        .on(&inquiry::QUESTION_DEL_POST, api::question_del)
        .on(&inquiry::FILES, api::files)
        .on(&inquiry::TRANSFER_QNA_SAVE, api::transfer_qna_save)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_LIST, api::get_integrated_counsel_list)
        .on(&inquiry::GET_INTEGRATED_COUNSEL_DETAIL, api::get_integrated_counsel_detail)
        .on(&inquiry::START_PROCESS, api::start_process)
        .on(&inquiry::RELEASE_PROCESS, api::release_process)
        .on(&inquiry::SAVE_ANSWER, api::save_answer)
        .on(&inquiry::ASSIGN, api::assign)
        .on(&inquiry::GET_ACCESS_RECORD_LIST, api::get_access_record_list)
        .on(&inquiry::GET_COUNSEL_TEMPLATE_LIST, api::get_counsel_template_list)
        .on(&inquiry::GET_COUNSEL_TEMPLATE_DETAIL, api::get_counsel_template_detail)
        .on(&inquiry::SAVE_COUNSEL_TEMPLATE, api::save_counsel_template)
        .on(&inquiry::DELETE_COUNSEL_TEMPLATE, api::delete_counsel_template)
        .on(&inquiry::GET_COUNSEL_TYPE_LIST, api::get_counsel_type_list)
        .on(&inquiry::SAVE_COUNSEL_TYPE, api::save_counsel_type)
        .on(&inquiry::INTERNAL_MEMBERS_WITHDRAWAL, api::internal_members_withdrawal)
}
