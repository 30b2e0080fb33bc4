//! 탈퇴회원: members whose personal data must not be readable here.

use chrono::{DateTime, Utc};
use commerce::MemberNo;
use db::{DbConnection, each_backend, named_lock};
use diesel::prelude::*;

use crate::store::schema::withdrawn_member;

/// Whether the member has withdrawn; no withdrawal can happen between this and the end of the transaction.
///
/// It is taken before the lock of an order or a claim: a withdrawal takes it first, and then locks claims.
pub fn lock(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<bool> {
    named_lock::hold(conn, &format!("member:{member_no}"))?;
    is_known(conn, member_no)
}

/// Remembers the member; a second time changes nothing.
pub fn insert(conn: &mut DbConnection, member_no: &MemberNo, now: DateTime<Utc>) -> QueryResult<usize> {
    each_backend!(conn, |inner| diesel::insert_into(withdrawn_member::table)
        .values((withdrawn_member::mbr_no.eq(member_no), withdrawn_member::wthd_dtm.eq(now.naive_utc())))
        .on_conflict_do_nothing()
        .execute(inner))
}

fn is_known(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(withdrawn_member::table.find(member_no))).get_result(conn)
}
