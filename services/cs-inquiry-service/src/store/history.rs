//! 상담이력: who did what with an inquiry.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::InquiryStatus;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::domain::history::{RecordedStep, Step};
use crate::domain::inquiry::InquiryId;
use crate::store::schema::counsel_history;

/// Adds a step. The caller holds the inquiry's row, so the numbers follow one another.
pub fn insert(
    conn: &mut DbConnection,
    id: InquiryId,
    now: DateTime<Utc>,
    step: &Step<'_>,
) -> QueryResult<usize> {
    Insert {
        id: id.0,
        now: now.naive_utc(),
        by: step.by,
        act: step.act.code(),
        from: step.from.map(InquiryStatus::code),
        to: step.to.map(InquiryStatus::code),
    }
    .execute(conn)
}

/// Oldest first.
pub fn find(conn: &mut DbConnection, id: InquiryId) -> QueryResult<Vec<RecordedStep>> {
    let rows: Vec<HistoryRow> = counsel_history::table
        .filter(counsel_history::ccn_no.eq(id.0))
        .order(counsel_history::seq)
        .select(HistoryRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(RecordedStep::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel_history)]
struct HistoryRow {
    seq: i32,
    dtm: NaiveDateTime,
    user_id: String,
    act_cd: String,
    from_stat_cd: Option<InquiryStatus>,
    to_stat_cd: Option<InquiryStatus>,
}

impl From<HistoryRow> for RecordedStep {
    fn from(row: HistoryRow) -> Self {
        Self {
            seq: row.seq,
            at: row.dtm.and_utc(),
            by: row.user_id,
            act_code: row.act_cd,
            from: row.from_stat_cd,
            to: row.to_stat_cd,
        }
    }
}

// diesel would need `coalesce` declared and every value made an expression, to find the number and use it at once.
db::statement! {
    struct Insert<'a> {
        id: i64 = BigInt,
        now: NaiveDateTime = Timestamp,
        by: &'a str = Text,
        act: &'a str = Text,
        from: Option<&'a str> = Nullable<Text>,
        to: Option<&'a str> = Nullable<Text>,
    }
    sql {
        "INSERT INTO counsel_history (ccn_no, seq, dtm, user_id, act_cd, from_stat_cd, to_stat_cd) SELECT "
        {id} ", coalesce(max(seq), 0) + 1, " {now} ", " {by} ", " {act} ", " {from} ", " {to}
        " FROM counsel_history WHERE ccn_no = " {id}
    }
}
