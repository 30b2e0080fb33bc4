//! 상담 상태: where inquiries stand, without anything of whose they are.

use chrono::{DateTime, Utc};
use commerce::InquiryStatus;

use super::inquiry::InquiryId;

/// 상담 한 건의 상태
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounselState {
    pub id: InquiryId,
    pub status: InquiryStatus,
    /// The agent who works on it, or who did.
    pub agent: Option<String>,
    /// Since when it is this agent's.
    pub taken_at: Option<DateTime<Utc>>,
    /// When the member last changed the text or its files.
    pub changed_at: DateTime<Utc>,
    pub is_deleted: bool,
}

/// What is an agent's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// What it works on.
    pub open: i64,
    /// What it has answered since a time.
    pub answered_since: i64,
    pub drafts: i64,
}
