//! 개인정보 분리보관: sealed originals of members who have withdrawn, until their date.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::ClaimNo;
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use crate::store::schema::personal_archive;

/// Puts an account away. What lies there already is the original and stays.
pub fn insert(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    sealed: &str,
    keep_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    each_backend!(conn, |inner| diesel::insert_into(personal_archive::table)
        .values((
            personal_archive::claim_no.eq(claim_no.as_str()),
            personal_archive::keep_until.eq(keep_until.naive_utc()),
            personal_archive::sealed_doc.eq(sealed),
            personal_archive::reg_dtm.eq(now.naive_utc()),
        ))
        .on_conflict_do_nothing()
        .execute(inner))
}

/// Sealed accounts after a claim's number, in the order of the numbers; so many at most.
pub fn page_after(conn: &mut DbConnection, after: &str, limit: i64) -> QueryResult<Vec<(ClaimNo, String)>> {
    personal_archive::table
        .filter(personal_archive::claim_no.gt(after))
        .order(personal_archive::claim_no)
        .limit(limit)
        .select((personal_archive::claim_no, personal_archive::sealed_doc))
        .load(conn)
}

/// Puts what was sealed anew in the place of what it was made of, if that is still there.
pub fn replace(conn: &mut DbConnection, claim_no: &ClaimNo, from: &str, to: &str) -> QueryResult<usize> {
    let same = personal_archive::table.find(claim_no.as_str()).filter(personal_archive::sealed_doc.eq(from));
    diesel::update(same).set(personal_archive::sealed_doc.eq(to)).execute(conn)
}

/// Deletes what need not be kept any longer.
pub fn purge(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    Purge { now: now.naive_utc() }.execute(conn)
}

db::statement! {
    struct Purge {
        now: NaiveDateTime = Timestamp,
    }
    sql { "DELETE FROM personal_archive WHERE keep_until <= " {now} }
}
