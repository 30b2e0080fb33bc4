//! 회수클레임: operations that serve returns and exchanges alike, and what those of one kind read and answer alike.

pub(super) mod answer;
mod approve_claim;
pub(super) mod details;
pub(super) mod fields;
mod reject_claim;
pub(super) mod request;
mod save_inspect_rslt;
mod save_withdraw_stat_update_process;
mod save_wthd_inv_fo;
pub(super) mod target;

pub use approve_claim::approve_claim;
pub use reject_claim::reject_claim;
pub use save_inspect_rslt::save_inspect_rslt;
pub use save_withdraw_stat_update_process::save_withdraw_stat_update_process;
pub use save_wthd_inv_fo::save_wthd_inv_fo;
