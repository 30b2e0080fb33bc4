//! 개인정보 접속: somebody is shown somebody else's data.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use commerce::period::Period;
use commerce::{ClaimNo, FileNo, MemberNo, OrderNo};

use super::inquiry::InquiryId;

/// A look at somebody's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// An agent, or a vendor.
    pub by: String,
    /// 접속지: where who looked called from.
    pub from: Option<IpAddr>,
    pub service: String,
    /// The operation that showed them.
    pub operation: String,
    /// None of a guest, whose order it is then.
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
    pub inquiry: Option<InquiryId>,
    pub file_no: Option<FileNo>,
}

/// A look as it was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedLook {
    pub id: i64,
    pub look: Look,
}

/// Which looks an admin asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookFilter {
    pub period: Period,
    pub by: Option<String>,
    pub member_no: Option<MemberNo>,
    pub service: Option<String>,
    pub operation: Option<String>,
    pub order_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
}
