//! 협력사

mod ssg_cancel_inquiry;
mod ssg_exchange_target;

mod answer;
mod door;
mod fault;
mod format;
mod read;
mod xml;

pub use ssg_cancel_inquiry::ssg_cancel_inquiry;
pub use ssg_exchange_target::ssg_exchange_target;
