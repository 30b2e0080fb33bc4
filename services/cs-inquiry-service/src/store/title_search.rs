//! 제목 검색: what is kept to find a part of a title, by tails and by days.

pub mod day_version;
pub mod older_fold;
pub mod title_tail;
