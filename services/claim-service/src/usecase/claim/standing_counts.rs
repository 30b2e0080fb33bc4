//! 클레임 현황 조회

use chrono::{DateTime, NaiveDate, Utc};
use commerce::period::Period;
use service_kit::error::Error;

use crate::domain::standing_count::{StandingCount, StuckCount};
use crate::state::AppState;
use crate::store;
use crate::usecase::messages::Asked;

/// 현황 of one moment.
pub struct StandingCounts {
    /// Of the period.
    pub standing: Vec<StandingCount>,
    /// Whatever their age: what needs attention, how many claims it is of, and since when the oldest is open.
    pub stuck: Vec<(Asked, i64, DateTime<Utc>)>,
}

pub async fn count_standing(
    state: &AppState,
    period: Period,
    today: NaiveDate,
) -> Result<StandingCounts, Error> {
    let (standing, stuck) = state
        .db
        .snapshot(move |conn| {
            let standing = store::claim::standing_count::count(conn, period, today)?;
            Ok::<_, Error>((standing, store::claim::standing_count::count_stuck(conn)?))
        })
        .await?;
    let asked = |one: &StuckCount| match one.step {
        Some(step) => Some(Asked::Step(step)),
        None => Asked::ONCE.into_iter().find(|asked| asked.topic() == one.topic),
    };
    let stuck = stuck.into_iter().filter_map(|one| Some((asked(&one)?, one.count, one.oldest)));
    Ok(StandingCounts { standing, stuck: stuck.collect() })
}
