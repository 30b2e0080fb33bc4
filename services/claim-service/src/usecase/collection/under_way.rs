//! 반품·교환 현황: how many stand where, and how many returns are to be settled by today.

use chrono::{Days, NaiveDate};
use commerce::ReturnProgress;
use db::DbConnection;
use diesel::QueryResult;

use crate::domain::collection::CollectionKind;
use crate::store::collection::under_way;

/// 진행현황
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnderWay {
    /// None of states nobody is in.
    pub standing: Vec<(CollectionKind, ReturnProgress, u64)>,
    pub due_today: u64,
    pub overdue: u64,
}

/// Those that stand in one of these states.
pub fn count(conn: &mut DbConnection, states: &[ReturnProgress], today: NaiveDate) -> QueryResult<UnderWay> {
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    Ok(UnderWay {
        standing: under_way::count(conn, states)?,
        due_today: under_way::count_due(conn, (Some(today), today))?,
        overdue: under_way::count_due(conn, (None, yesterday))?,
    })
}
