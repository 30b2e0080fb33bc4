//! 1:1 inquiries with the real sisters: a member writes, an agent answers, and nobody else sees anything of it.

pub(crate) mod house;

mod forms;
mod life;
mod member_leaves;
mod races;
mod sisters;
mod uploads;
