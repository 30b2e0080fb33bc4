//! 협력사

mod ssg_cancel_inquiry;

pub use ssg_cancel_inquiry::ssg_cancel_inquiry;
