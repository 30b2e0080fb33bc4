//! 보존기간: what is past its time goes.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::FileNo;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::domain::inquiry::InquiryId;

/// Up to `limit` inquiries behind `after` whose last event, acceptance or answer, was before `before`.
pub fn find_past(
    conn: &mut DbConnection,
    after: InquiryId,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<InquiryId>> {
    let rows: Vec<(i64,)> = FindPast { after: after.0, before: before.naive_utc(), limit }.load(conn)?;
    Ok(rows.into_iter().map(|(id,)| InquiryId(id)).collect())
}

/// Removes an inquiry with its history and its files' rows, unless it was answered meanwhile; says which files it had.
pub fn delete(
    conn: &mut DbConnection,
    id: InquiryId,
    before: DateTime<Utc>,
) -> QueryResult<Option<Vec<FileNo>>> {
    let locked: Option<(i64,)> =
        LockPast { id: id.0, before: before.naive_utc() }.get_result(conn).optional()?;
    if locked.is_none() {
        return Ok(None);
    }
    let files: Vec<(FileNo,)> = DeleteFiles { id: id.0 }.load(conn)?;
    DeleteInquiry { id: id.0 }.execute(conn)?;
    Ok(Some(files.into_iter().map(|(file_no,)| file_no).collect()))
}

/// Removes up to `limit` access records from before `before`.
pub fn delete_access_records(
    conn: &mut DbConnection,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<usize> {
    DeleteAccessRecords { before: before.naive_utc(), limit }.execute(conn)
}

db::statement! {
    struct FindPast {
        after: i64 = BigInt,
        before: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    } -> (BigInt)
    sql {
        "SELECT ccn_no FROM counsel WHERE ccn_no > " {after} " AND accp_dtm < " {before}
        " AND (ans_dtm IS NULL OR ans_dtm < " {before} ") ORDER BY ccn_no LIMIT " {limit}
    }
}

// Locks by writing what stands there already.
db::statement! {
    struct LockPast {
        id: i64 = BigInt,
        before: NaiveDateTime = Timestamp,
    } -> (BigInt)
    sql {
        "UPDATE counsel SET del_dtm = del_dtm WHERE ccn_no = " {id} " AND accp_dtm < " {before}
        " AND (ans_dtm IS NULL OR ans_dtm < " {before} ") RETURNING ccn_no"
    }
}

db::statement! {
    struct DeleteFiles {
        id: i64 = BigInt,
    } -> (Text)
    sql { "DELETE FROM attachment WHERE ccn_no = " {id} " RETURNING file_no" }
}

db::statement! {
    struct DeleteInquiry {
        id: i64 = BigInt,
    }
    sql { "DELETE FROM counsel WHERE ccn_no = " {id} }
}

db::statement! {
    struct DeleteAccessRecords {
        before: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM access_record WHERE acs_no IN (SELECT acs_no FROM access_record WHERE acs_dtm < " {before}
        " ORDER BY acs_dtm, acs_no LIMIT " {limit} ")"
    }
}
