//! 클레임: what is asked of claims of every kind.

pub(super) mod asker;
mod claim_calculate_cost_fo;
mod claim_details_info_fo;
pub(super) mod cost;
mod get_claim_count;
mod get_claim_detail;
mod get_claim_list;
mod get_claim_list_fo;
mod internal_claims_count;
mod listed;
pub(super) mod means;
mod retry_claim;
pub(super) mod target;

pub use claim_calculate_cost_fo::claim_calculate_cost_fo;
pub use claim_details_info_fo::claim_details_info_fo;
pub use get_claim_count::get_claim_count;
pub use get_claim_detail::get_claim_detail;
pub use get_claim_list::get_claim_list;
pub use get_claim_list_fo::get_claim_list_fo;
pub use internal_claims_count::internal_claims_count;
pub use retry_claim::retry_claim;
