//! 개인정보

mod internal_members_withdrawal;
mod ord_dlvp_pccc_change_fo;

pub use internal_members_withdrawal::internal_members_withdrawal;
pub use ord_dlvp_pccc_change_fo::ord_dlvp_pccc_change_fo;
