//! Members as far as orders go. Taking an order and withdrawing both lock a member's row first.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::MemberNo;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

/// Locks the members' rows until the transaction ends and says which of them have withdrawn.
///
/// The numbers come sorted, so two transactions never wait for each other in a circle.
pub fn lock_members(
    conn: &mut DbConnection,
    member_nos: &BTreeSet<MemberNo>,
) -> QueryResult<BTreeSet<MemberNo>> {
    let mut withdrawn = BTreeSet::new();
    for member_no in member_nos {
        let (withdrawn_at,): (Option<NaiveDateTime>,) =
            LockMember { member_no: member_no.as_str() }.get_result(conn)?;
        if withdrawn_at.is_some() {
            withdrawn.insert(member_no.clone());
        }
    }
    Ok(withdrawn)
}

/// Puts down that a member has withdrawn, and keeps the row locked. The first time counts.
pub fn withdraw(conn: &mut DbConnection, member_no: &MemberNo, now: DateTime<Utc>) -> QueryResult<()> {
    Withdraw { member_no: member_no.as_str(), now: now.naive_utc() }.execute(conn).map(drop)
}

// The update of nothing is what takes the lock.
db::statement! {
    struct LockMember<'a> {
        member_no: &'a str = Text,
    } -> (Nullable<Timestamp>)
    sql {
        "INSERT INTO ord_mbr (mbr_no) VALUES (" {member_no}
        ") ON CONFLICT (mbr_no) DO UPDATE SET mbr_no = excluded.mbr_no RETURNING wthd_dtm"
    }
}

db::statement! {
    struct Withdraw<'a> {
        member_no: &'a str = Text,
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO ord_mbr (mbr_no, wthd_dtm) VALUES (" {member_no} ", " {now}
        ") ON CONFLICT (mbr_no) DO UPDATE SET wthd_dtm = coalesce(ord_mbr.wthd_dtm, excluded.wthd_dtm)"
    }
}
