//! 옵션변경

pub mod change;
