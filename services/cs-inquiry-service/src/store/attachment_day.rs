//! 일일 첨부량: what a member has attached on a Korean day.

use chrono::NaiveDate;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Text};

/// So many files of so many bytes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub files: i32,
    pub bytes: i64,
}

/// Adds to what the member has attached on the day, unless it would be more than `most` then: one statement, so that of two
/// uploads at once the second finds what the first has put down.
pub fn add(
    conn: &mut DbConnection,
    day: NaiveDate,
    site_no: &str,
    member_no: &str,
    added: Amount,
    most: Amount,
) -> QueryResult<bool> {
    if added.files > most.files || added.bytes > most.bytes {
        return Ok(false);
    }
    let Amount { files, bytes } = added;
    let row = Add { day, site_no, member_no, files, bytes, most_files: most.files, most_bytes: most.bytes };
    Ok(row.execute(conn)? == 1)
}

/// Removes rows of the days before `day`, so many at most.
pub fn purge_before(conn: &mut DbConnection, day: NaiveDate, limit: i64) -> QueryResult<usize> {
    PurgeBefore { day, limit }.execute(conn)
}

// An upsert with a condition: diesel says it per database only, and of a table declared for it.
db::statement! {
    struct Add<'a> {
        day: NaiveDate = Date,
        site_no: &'a str = Text,
        member_no: &'a str = Text,
        files: i32 = Integer,
        bytes: i64 = BigInt,
        most_files: i32 = Integer,
        most_bytes: i64 = BigInt,
    }
    sql {
        "INSERT INTO attachment_day AS known (upl_dt, site_no, mbr_no, file_cnt, bytes) VALUES (" {day} ", "
        {site_no} ", " {member_no} ", " {files} ", " {bytes} ") ON CONFLICT (upl_dt, site_no, mbr_no) DO UPDATE \
         SET file_cnt = known.file_cnt + excluded.file_cnt, bytes = known.bytes + excluded.bytes \
         WHERE known.file_cnt + excluded.file_cnt <= " {most_files} " AND known.bytes + excluded.bytes <= " {most_bytes}
    }
}

// diesel has no `IN` of several columns.
db::statement! {
    struct PurgeBefore {
        day: NaiveDate = Date,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM attachment_day WHERE (upl_dt, site_no, mbr_no) IN (SELECT upl_dt, site_no, mbr_no \
         FROM attachment_day WHERE upl_dt < " {day} " ORDER BY upl_dt, site_no, mbr_no LIMIT " {limit} ")"
    }
}
