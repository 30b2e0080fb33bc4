//! 실행: how an accepted claim of any kind reaches its end.

pub mod advance;
pub mod ask;
pub mod begin;
pub mod note;
pub mod take_over;
pub mod tell;
