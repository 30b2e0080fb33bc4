//! The version of each Korean day: it grows with every committed change of what lists of the day's inquiries are
//! filtered by, and never stands still.
//!
//! Triggers put every change down as a row of its own, as they do for the daily counts; a worker folds them. A reader
//! adds both up in one statement. Only a version read in the snapshot that is counted in says what was counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

/// The versions of the days from the first to the last. Those that are missing have version 0.
pub fn find(
    conn: &mut DbConnection,
    first_day: NaiveDate,
    last_day: NaiveDate,
) -> QueryResult<BTreeMap<NaiveDate, i64>> {
    let rows: Vec<(NaiveDate, i64)> = Find { first_day, last_day }.load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Folds up to `limit` changes; says how many there were. Call it inside a transaction.
pub fn fold(conn: &mut DbConnection, limit: i64) -> QueryResult<usize> {
    let changes: Vec<(NaiveDate, i64)> = TakeChanges { limit }.load(conn)?;
    let mut sums: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (day, step) in &changes {
        *sums.entry(*day).or_default() += step;
    }
    // In the order of the key, so that two folders never wait for each other crosswise.
    for (day, step) in sums {
        AddUp { day, step }.execute(conn)?;
    }
    Ok(changes.len())
}

db::statement! {
    /// `make bench` measures it (`inquiries`): searches of frequent words.
    struct Find {
        first_day: NaiveDate = Date,
        last_day: NaiveDate = Date,
    } -> (Date, BigInt)
    sql {
        "SELECT accp_dt, CAST(sum(changes) AS BIGINT) FROM (\
         SELECT accp_dt, changes FROM counsel_day_version WHERE accp_dt >= " {first_day} " AND accp_dt <= " {last_day}
        " UNION ALL \
         SELECT accp_dt, step FROM counsel_day_change WHERE accp_dt >= " {first_day} " AND accp_dt <= " {last_day}
        ") AS versions GROUP BY accp_dt"
    }
}

// These two add up what triggers wrote. diesel would need both tables declared, and says each per database only.
db::statement! {
    struct TakeChanges {
        limit: i64 = BigInt,
    } -> (Date, BigInt)
    sql {
        "DELETE FROM counsel_day_change WHERE seq IN (SELECT seq FROM counsel_day_change ORDER BY seq LIMIT "
        {limit} ") RETURNING accp_dt, step"
    }
}

db::statement! {
    struct AddUp {
        day: NaiveDate = Date,
        step: i64 = BigInt,
    }
    sql {
        "INSERT INTO counsel_day_version AS known (accp_dt, changes) VALUES (" {day} ", " {step}
        ") ON CONFLICT (accp_dt) DO UPDATE SET changes = known.changes + excluded.changes"
    }
}
