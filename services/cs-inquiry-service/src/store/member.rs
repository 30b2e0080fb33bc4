//! 상담회원: the lock under which anything personal of a member is written.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::MemberNo;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

/// Whether the member has withdrawn; no withdrawal can happen between this and the end of the transaction.
pub fn lock(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<bool> {
    let (withdrawn_at,): (Option<NaiveDateTime>,) =
        Lock { member_no: member_no.as_str() }.get_result(conn)?;
    Ok(withdrawn_at.is_some())
}

/// Puts a withdrawal down and takes the lock; a second time changes nothing.
pub fn withdraw(conn: &mut DbConnection, member_no: &MemberNo, now: DateTime<Utc>) -> QueryResult<usize> {
    Withdraw { member_no: member_no.as_str(), now: now.naive_utc() }.execute(conn)
}

db::statement! {
    /// Locks by writing, since there may be no row yet to lock by reading.
    struct Lock<'a> {
        member_no: &'a str = Text,
    } -> (Nullable<Timestamp>)
    sql {
        "INSERT INTO counsel_member (mbr_no) VALUES (" {member_no}
        ") ON CONFLICT (mbr_no) DO UPDATE SET mbr_no = excluded.mbr_no RETURNING wthd_dtm"
    }
}

db::statement! {
    struct Withdraw<'a> {
        member_no: &'a str = Text,
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO counsel_member AS known (mbr_no, wthd_dtm) VALUES (" {member_no} ", " {now}
        ") ON CONFLICT (mbr_no) DO UPDATE SET wthd_dtm = coalesce(known.wthd_dtm, excluded.wthd_dtm)"
    }
}
