//! The front door: HTTP in, HTTP out, one operation a file.

mod cancel_fo;
mod cancel_popup_fo;
mod cancel_request;
mod claim_calculate_cost_fo;
mod claim_cost;
mod claim_details_info_fo;
mod claims;
mod goods;
mod internal_claims_count;
mod internal_goods_search;
mod internal_members_withdrawal;
mod ord_change_fo;
mod ord_dlvp_pccc_change_fo;
mod other_itms;
mod ssg_cancel_inquiry;

pub use cancel_fo::cancel_fo;
pub use cancel_popup_fo::cancel_popup_fo;
pub use claim_calculate_cost_fo::claim_calculate_cost_fo;
pub use claim_details_info_fo::claim_details_info_fo;
pub use claims::claims;
pub use goods::goods;
pub use internal_claims_count::internal_claims_count;
pub use internal_goods_search::internal_goods_search;
pub use internal_members_withdrawal::internal_members_withdrawal;
pub use ord_change_fo::ord_change_fo;
pub use ord_dlvp_pccc_change_fo::ord_dlvp_pccc_change_fo;
pub use other_itms::other_itms;
pub use ssg_cancel_inquiry::ssg_cancel_inquiry;
