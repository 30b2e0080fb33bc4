//! 클레임 현황

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use commerce::period::Period;
use commerce::{ClaimStatus, ClaimType, ReturnProgress, SagaStep};
use db::DbConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::domain::claim_list::AWAITING_REFUND;
use crate::domain::standing_count::{StandingCount, StuckCount};
use crate::store::claim::open::{OPEN, needs_attention_sql};
use crate::store::schema::{claim, claim_rtn};

/// Of a query that groups claims, those of the period. Naming all states lets an index that begins with the state answer alone.
macro_rules! of_period {
    ($query:expr, $period:expr) => {{
        let period: Period = $period;
        let mut query =
            $query.filter(claim::claim_stat_cd.eq_any(ClaimStatus::ALL.iter().copied())).into_boxed();
        if let Some(from) = period.begin() {
            query = query.filter(claim::req_dtm.ge(from.naive_utc()));
        }
        if let Some(until) = period.end() {
            query = query.filter(claim::req_dtm.lt(until.naive_utc()));
        }
        query
    }};
}

macro_rules! all_claims {
    ($period:expr) => {
        of_period!(
            claim::table.group_by((claim::claim_business_type, claim::claim_stat_cd)).select((
                claim::claim_business_type,
                claim::claim_stat_cd,
                count_star(),
            )),
            $period
        )
    };
}

macro_rules! collections {
    ($period:expr) => {
        of_period!(
            claim::table
                .inner_join(claim_rtn::table)
                .group_by((claim::claim_business_type, claim::claim_stat_cd, claim_rtn::ord_dtl_stat_cd))
                .select((
                    claim::claim_business_type,
                    claim::claim_stat_cd,
                    claim_rtn::ord_dtl_stat_cd,
                    count_star(),
                )),
            $period
        )
    };
}

// After the macros, which only what follows them can see.
#[cfg(test)]
mod plan;

type Key = (ClaimType, ClaimStatus, Option<ReturnProgress>);

/// How many claims of the period stand where; nothing of where none does.
pub fn count(conn: &mut DbConnection, period: Period, today: NaiveDate) -> QueryResult<Vec<StandingCount>> {
    type Row = (ClaimType, ClaimStatus, ReturnProgress, i64);
    let all: Vec<(ClaimType, ClaimStatus, i64)> = all_claims!(period).load(conn)?;
    let collections: Vec<Row> = collections!(period).load(conn)?;
    let late: Vec<Row> = collections!(period)
        .filter(claim_rtn::ord_dtl_stat_cd.eq_any(AWAITING_REFUND))
        .filter(claim_rtn::rfd_due_dt.lt(today))
        .load(conn)?;
    let mut counts: BTreeMap<Key, (i64, i64)> = BTreeMap::new();
    for (claim_type, status, count) in all {
        counts.insert((claim_type, status, None), (count, 0));
    }
    for (claim_type, status, progress, count) in collections {
        counts.insert((claim_type, status, Some(progress)), (count, 0));
        let others = counts.entry((claim_type, status, None)).or_default();
        others.0 = others.0.saturating_sub(count);
    }
    for (claim_type, status, progress, count) in late {
        counts.entry((claim_type, status, Some(progress))).or_default().1 = count;
    }
    let counts = counts.into_iter().filter(|(_, (count, _))| *count > 0);
    Ok(counts
        .map(|((claim_type, status, progress), (count, late))| StandingCount {
            claim_type,
            status,
            progress,
            count,
            late,
        })
        .collect())
}

/// Of what asks for attention, how many claims it is of, by what is asked for.
pub fn count_stuck(conn: &mut DbConnection) -> QueryResult<Vec<StuckCount>> {
    let rows: Vec<StuckRow> = diesel::sql_query(stuck_sql()).load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| StuckCount {
            topic: row.topic,
            step: row.step_cd,
            count: row.cnt,
            oldest: row.oldest_dtm.and_utc(),
        })
        .collect())
}

#[derive(QueryableByName)]
struct StuckRow {
    #[diesel(sql_type = Text)]
    topic: String,
    #[diesel(sql_type = Nullable<Text>)]
    step_cd: Option<SagaStep>,
    #[diesel(sql_type = BigInt)]
    cnt: i64,
    #[diesel(sql_type = Timestamp)]
    oldest_dtm: NaiveDateTime,
}

fn stuck_sql() -> String {
    format!(
        "SELECT m.topic, t.step_cd, count(DISTINCT m.payload) AS cnt, min(m.created_dtm) AS oldest_dtm FROM {OPEN} AND {} \
         GROUP BY m.topic, t.step_cd ORDER BY m.topic, t.step_cd",
        needs_attention_sql()
    )
}
