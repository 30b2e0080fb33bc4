//! How many inquiries there are per Korean day, status and type: a list's total without counting its rows.
//!
//! Triggers put every change down as a row of its own, so that writers never wait for one another's counter; a worker
//! folds the changes into the counts. A reader adds both up in one statement and so is always exact.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::counsel_list::ListFilter;

/// Stands for inquiries in whatever state, and for those of whatever type.
const ANY_STATUS: &str = "";
const ANY_TYPE: i64 = 0;

/// Counts per day, the newest day first, for a filter that the counts can answer.
pub fn find(conn: &mut DbConnection, filter: &ListFilter) -> QueryResult<Vec<(NaiveDate, i64)>> {
    let mut daily: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for Asked { first_day, last_day, status, type_id } in asked(filter) {
        let rows: Vec<(NaiveDate, i64)> = Find { first_day, last_day, status, type_id }.load(conn)?;
        for (day, count) in rows {
            *daily.entry(day).or_default() += count;
        }
    }
    Ok(daily.into_iter().rev().filter(|(_, count)| *count != 0).collect())
}

/// One range of the counts.
struct Asked {
    first_day: NaiveDate,
    last_day: NaiveDate,
    status: &'static str,
    type_id: i64,
}

fn asked(filter: &ListFilter) -> impl Iterator<Item = Asked> + '_ {
    let first_day = filter.period.first_day.unwrap_or(EARLIEST);
    let last_day = filter.period.last_day.unwrap_or(LATEST);
    let statuses = match filter.statuses.as_slice() {
        [] => vec![ANY_STATUS],
        several => several.iter().map(|status| status.code()).collect(),
    };
    let types = match filter.type_ids.as_slice() {
        [] => &[ANY_TYPE],
        ids => ids,
    };
    let of_status = move |status| {
        types.iter().map(move |type_id| Asked { first_day, last_day, status, type_id: *type_id })
    };
    statuses.into_iter().flat_map(of_status)
}

/// Folds up to `limit` changes; says how many there were. Call it inside a transaction.
pub fn fold(conn: &mut DbConnection, limit: i64) -> QueryResult<usize> {
    let changes: Vec<(NaiveDate, String, i64, i64)> = TakeChanges { limit }.load(conn)?;
    let mut sums: BTreeMap<(&str, i64, NaiveDate), i64> = BTreeMap::new();
    for (day, status, type_id, diff) in &changes {
        for (status, type_id) in
            [(status.as_str(), *type_id), (status, ANY_TYPE), (ANY_STATUS, *type_id), (ANY_STATUS, ANY_TYPE)]
        {
            *sums.entry((status, type_id, *day)).or_default() += diff;
        }
    }
    // In the order of the key, so that two folders never wait for each other crosswise.
    for ((status, type_id, day), diff) in sums {
        if diff != 0 {
            AddUp { status, type_id, day, diff }.execute(conn)?;
        }
    }
    Ok(changes.len())
}

/// No inquiry is older than the shop or accepted later than this; both databases can write these days.
const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
const LATEST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

db::statement! {
    /// `make bench` measures it (`inquiries`): the totals of the agents' list.
    struct Find<'a> {
        first_day: NaiveDate = Date,
        last_day: NaiveDate = Date,
        status: &'a str = Text,
        type_id: i64 = BigInt,
    } -> (Date, BigInt)
    sql {
        "SELECT accp_dt, CAST(sum(cnt) AS BIGINT) FROM (\
         SELECT accp_dt, cnt FROM counsel_count WHERE cnsl_stat_cd = " {status} " AND cnsl_typ_no = " {type_id}
        " AND accp_dt >= " {first_day} " AND accp_dt <= " {last_day} " UNION ALL \
         SELECT accp_dt, diff FROM counsel_count_change WHERE (" {status} " = '' OR cnsl_stat_cd = " {status}
        ") AND (" {type_id} " = 0 OR cnsl_typ_no = " {type_id} ") AND accp_dt >= " {first_day} " AND accp_dt <= "
        {last_day} ") AS counted GROUP BY accp_dt"
    }
}

// These two add up what triggers wrote. diesel would need both tables declared, and says each per database only.
db::statement! {
    struct TakeChanges {
        limit: i64 = BigInt,
    } -> (Date, Text, BigInt, BigInt)
    sql {
        "DELETE FROM counsel_count_change WHERE seq IN (SELECT seq FROM counsel_count_change ORDER BY seq LIMIT "
        {limit} ") RETURNING accp_dt, cnsl_stat_cd, cnsl_typ_no, diff"
    }
}

db::statement! {
    struct AddUp<'a> {
        status: &'a str = Text,
        type_id: i64 = BigInt,
        day: NaiveDate = Date,
        diff: i64 = BigInt,
    }
    sql {
        "INSERT INTO counsel_count AS known (cnsl_stat_cd, cnsl_typ_no, accp_dt, cnt) VALUES ("
        {status} ", " {type_id} ", " {day} ", " {diff}
        ") ON CONFLICT (cnsl_stat_cd, cnsl_typ_no, accp_dt) DO UPDATE SET cnt = known.cnt + excluded.cnt"
    }
}
