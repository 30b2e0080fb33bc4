//! The whole API of this service on one screen.

use dto::operations::{Upstream, claim};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Claim)
        .on(&claim::CANCEL_POPUP_FO, api::cancel_popup_fo)
        .on(&claim::CLAIM_CALCULATE_COST_FO, api::claim_calculate_cost_fo)
        .on(&claim::CANCEL_FO, api::cancel_fo)
        .on(&claim::CLAIM_DETAILS_INFO_FO, api::claim_details_info_fo)
        .on(&claim::ORD_CHANGE_FO, api::ord_change_fo)
        .on(&claim::ORD_DLVP_PCCC_CHANGE_FO, api::ord_dlvp_pccc_change_fo)
        .on(&claim::CLAIMS, api::claims)
        .on(&claim::GOODS, api::goods)
        .on(&claim::OTHER_ITMS, api::other_itms)
        .on(&claim::SSG_INQUIRY, api::ssg_cancel_inquiry)
        .on(&claim::INTERNAL_CLAIMS_COUNT, api::internal_claims_count)
        .on(&claim::INTERNAL_GOODS_SEARCH, api::internal_goods_search)
        .on(&claim::INTERNAL_MEMBERS_WITHDRAWAL, api::internal_members_withdrawal)
}
