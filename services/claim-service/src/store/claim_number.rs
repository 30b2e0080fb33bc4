//! 클레임번호 채번

use std::collections::HashSet;

use chrono::NaiveDate;
use commerce::ClaimNo;
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Date, Integer};

use crate::store::schema::claim;

db::statement! {
    struct TakeSerials {
        day: NaiveDate = Date,
        count: i32 = Integer,
    } -> (Integer,)
    sql {
        "INSERT INTO claim_serial AS taken (claim_day, last_no) VALUES (" {day} ", " {count}
        ") ON CONFLICT (claim_day) DO UPDATE SET last_no = taken.last_no + excluded.last_no RETURNING last_no"
    }
}

/// Takes the next serials of a day for good, in a transaction of their own. Those that imported claims bear are left
/// out; there may be fewer than asked for, or none, and none at all once the day's six digits are used up.
pub fn take(conn: &mut DbConnection, day: NaiveDate, count: i32) -> QueryResult<Taken> {
    let (last,): (i32,) = TakeSerials { day, count }.get_result(conn)?;
    let first = last.saturating_sub(count).saturating_add(1);
    let serials = (first..=last).filter_map(|serial| u32::try_from(serial).ok());
    let numbers: Vec<ClaimNo> = serials.filter_map(|serial| ClaimNo::of_day(day, serial)).collect();
    if numbers.is_empty() {
        return Ok(Taken::DayIsFull);
    }
    let texts: Vec<&str> = numbers.iter().map(ClaimNo::as_str).collect();
    let borne: Vec<ClaimNo> =
        claim::table.filter(claim::claim_no.eq_any(texts)).select(claim::claim_no).load(conn)?;
    let borne: HashSet<ClaimNo> = borne.into_iter().collect();
    Ok(Taken::Numbers(numbers.into_iter().filter(|number| !borne.contains(number)).collect()))
}

/// What taking numbers came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// In their order; possibly none.
    Numbers(Vec<ClaimNo>),
    DayIsFull,
}
