//! 반품

mod get_return_target_info_fo;
mod return_fo;
mod save_refund_bundle_appro_mgmt;
mod save_rfd_acct_fo;
mod withdrawal_return_fo;

pub use get_return_target_info_fo::get_return_target_info_fo;
pub use return_fo::return_fo;
pub use save_refund_bundle_appro_mgmt::save_refund_bundle_appro_mgmt;
pub use save_rfd_acct_fo::save_rfd_acct_fo;
pub use withdrawal_return_fo::withdrawal_return_fo;
