use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamp};

use super::written::Part::{Sql, Text, Time};
use super::written::Statement;
use crate::DbConnection;

/// A table of members, by number (`mbr_no`), with the time of their withdrawal (`wthd_dtm`). Whoever writes anything personal
/// of a member locks its row first, and a withdrawal does so too.
#[derive(Debug, Clone, Copy)]
pub struct Members {
    table: &'static str,
}

impl Members {
    pub const fn in_table(table: &'static str) -> Self {
        Self { table }
    }

    /// Whether the member has withdrawn; no withdrawal can happen between this and the end of the transaction.
    pub fn lock(self, conn: &mut DbConnection, member_no: &str) -> QueryResult<bool> {
        // There may be no row yet to lock by reading, so it is locked by writing what stands there already.
        let lock = Statement::<(Nullable<Timestamp>,)>::of([
            Sql("INSERT INTO "),
            Sql(self.table),
            Sql(" (mbr_no) VALUES ("),
            Text(member_no),
            Sql(") ON CONFLICT (mbr_no) DO UPDATE SET mbr_no = excluded.mbr_no RETURNING wthd_dtm"),
        ]);
        let (withdrawn_at,): (Option<NaiveDateTime>,) = lock.get_result(conn)?;
        Ok(withdrawn_at.is_some())
    }

    /// Whether a member has withdrawn, as far as is known at this moment.
    pub fn has_withdrawn(self, conn: &mut DbConnection, member_no: &str) -> QueryResult<bool> {
        let find = Statement::<(Nullable<Timestamp>,)>::of([
            Sql("SELECT wthd_dtm FROM "),
            Sql(self.table),
            Sql(" WHERE mbr_no = "),
            Text(member_no),
        ]);
        let found: Option<(Option<NaiveDateTime>,)> = find.get_result(conn).optional()?;
        Ok(found.is_some_and(|(withdrawn_at,)| withdrawn_at.is_some()))
    }

    /// Puts down that a member has withdrawn, and keeps the row locked. The first time counts.
    pub fn withdraw(self, conn: &mut DbConnection, member_no: &str, now: DateTime<Utc>) -> QueryResult<()> {
        let withdraw: Statement<'_> = Statement::of([
            Sql("INSERT INTO "),
            Sql(self.table),
            Sql(" AS known (mbr_no, wthd_dtm) VALUES ("),
            Text(member_no),
            Sql(", "),
            Time(now.naive_utc()),
            Sql(
                ") ON CONFLICT (mbr_no) DO UPDATE SET wthd_dtm = coalesce(known.wthd_dtm, excluded.wthd_dtm)",
            ),
        ]);
        withdraw.execute(conn).map(drop)
    }
}
