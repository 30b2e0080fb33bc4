//! The whole API of this service on one screen.

use contract::operations::{Upstream, claim};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Claim)
        .on(&claim::CANCEL_POPUP_FO, api::cancel::cancel_popup_fo)
        .on(&claim::CLAIM_CALCULATE_COST_FO, api::claim::claim_calculate_cost_fo)
        .on(&claim::CANCEL_FO, api::cancel::cancel_fo)
        .on(&claim::RETURN_FO, api::returns::return_fo)
        .on(&claim::EXCHANGE_FO, api::exchange::exchange_fo)
        .on(&claim::WITHDRAWAL_RETURN_FO, api::returns::withdrawal_return_fo)
        .on(&claim::WITHDRAWAL_EXCHANGE_FO, api::exchange::withdrawal_exchange_fo)
        .on(&claim::WITHDRAWAL_EXCHANGE, api::exchange::withdrawal_exchange)
        .on(&claim::APPROVE_CLAIM, api::collection::approve_claim)
        .on(&claim::REJECT_CLAIM, api::collection::reject_claim)
        .on(&claim::SAVE_WITHDRAW_STAT_UPDATE_PROCESS, api::collection::save_withdraw_stat_update_process)
        .on(&claim::SAVE_WTHD_INV_FO, api::collection::save_wthd_inv_fo)
        .on(&claim::SAVE_RFD_ACCT_FO, api::returns::save_rfd_acct_fo)
        .on(&claim::SAVE_REFUND_BUNDLE_APPRO_MGMT, api::returns::save_refund_bundle_appro_mgmt)
        .on(&claim::SAVE_INSPECT_RSLT, api::collection::save_inspect_rslt)
        .on(&claim::SAVE_EXCHANGE_DELI_STAT, api::exchange::save_exchange_deli_stat)
        .on(&claim::CONVERT_EXCHANGE_TO_RETURN, api::exchange::convert_exchange_to_return)
        .on(&claim::IS_EXISTS_EXCHANGE_GOODS_ITM, api::exchange::is_exists_exchange_goods_itm)
        .on(&claim::CLAIM_DETAILS_INFO_FO, api::claim::claim_details_info_fo)
        .on(&claim::GET_RETURN_TARGET_INFO_FO, api::returns::get_return_target_info_fo)
        .on(&claim::GET_EXCHAGE_TARGET_INFO_FO, api::exchange::get_exchage_target_info_fo)
        .on(&claim::GET_CLAIM_LIST_FO, api::claim::get_claim_list_fo)
        .on(&claim::GET_CLAIM_LIST, api::claim::get_claim_list)
        .on(&claim::GET_CLAIM_COUNT, api::claim::get_claim_count)
        .on(&claim::GET_CLAIM_DETAIL, api::claim::get_claim_detail)
        .on(&claim::RETRY_CLAIM, api::claim::retry_claim)
        .on(&claim::ORD_CHANGE_FO, api::option::ord_change_fo)
        .on(&claim::ORD_DLVP_PCCC_CHANGE_FO, api::personal::ord_dlvp_pccc_change_fo)
        .on(&claim::CLAIMS, api::imported::claims)
        .on(&claim::GOODS, api::catalogue::goods)
        .on(&claim::OTHER_ITMS, api::catalogue::other_itms)
        .on(&claim::SSG_INQUIRY, api::vendors::ssg_cancel_inquiry)
        .on(&claim::SSG_EXCHANGE_TARGET, api::vendors::ssg_exchange_target)
        .on(&claim::INTERNAL_CLAIMS_COUNT, api::claim::internal_claims_count)
        .on(&claim::INTERNAL_GOODS_SEARCH, api::catalogue::internal_goods_search)
        .on(&claim::INTERNAL_MEMBERS_WITHDRAWAL, api::personal::internal_members_withdrawal)
}
