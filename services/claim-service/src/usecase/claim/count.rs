//! 클레임 건수: what member-service shows beside the member's orders (contract, section 2, getOrdClaimCnt).

use chrono::{DateTime, Utc};
use commerce::{ClaimType, MemberNo, SiteNo};
use db::DbConnection;
use service_kit::error::Error;

use crate::store;

/// What a count is for, which decides what counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountPurpose {
    /// 마이페이지: cancels, returns and exchanges that are open, or complete since then.
    MyPage { complete_from: Option<DateTime<Utc>> },
    /// 탈퇴 가능 여부: returns and exchanges that are open.
    Quit,
}

/// Rejected claims and option changes never count.
pub fn count_claims(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    purpose: CountPurpose,
) -> Result<i64, Error> {
    let (types, complete_from): (&[ClaimType], _) = match purpose {
        CountPurpose::MyPage { complete_from } => {
            (&[ClaimType::Cancel, ClaimType::Return, ClaimType::Exchange], complete_from)
        }
        CountPurpose::Quit => (&[ClaimType::Return, ClaimType::Exchange], None),
    };
    Ok(store::claim::head::count_open(conn, member_no, site_no, types, complete_from)?)
}
