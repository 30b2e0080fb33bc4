//! 옵션변경

mod ord_change_fo;

pub use ord_change_fo::ord_change_fo;
