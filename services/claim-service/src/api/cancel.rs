//! 취소

mod cancel_fo;
mod cancel_popup_fo;
pub(super) mod cancel_request;

pub use cancel_fo::cancel_fo;
pub use cancel_popup_fo::cancel_popup_fo;
