//! 개인정보 접속: an agent looks at a member's data.

use chrono::{DateTime, Utc};
use commerce::period::Period;
use commerce::{FileNo, MemberNo};

use super::inquiry::InquiryId;

/// A look at a member's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub by: String,
    pub member_no: MemberNo,
    /// The operation that showed them.
    pub operation: &'static str,
    pub inquiry: Option<InquiryId>,
    pub file_no: Option<FileNo>,
}

/// A look as it was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedLook {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub by: String,
    pub member_no: MemberNo,
    pub operation: String,
    pub inquiry: Option<InquiryId>,
    pub file_no: Option<FileNo>,
}

/// Which looks an admin asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookFilter {
    pub period: Period,
    pub by: Option<String>,
    pub member_no: Option<MemberNo>,
}
