//! 상담 메모: what agents tell one another about an inquiry. Its member never sees it.

use chrono::{DateTime, Utc};

/// So many memos an inquiry has at most.
pub const MOST_MEMOS: i32 = 100;

/// 상담 메모
#[derive(Clone, PartialEq, Eq)]
pub struct Memo {
    pub seq: i32,
    pub at: DateTime<Utc>,
    pub by: String,
    pub text: String,
}
