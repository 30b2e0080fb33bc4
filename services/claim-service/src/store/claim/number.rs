//! 클레임번호 채번

use std::collections::HashSet;

use chrono::NaiveDate;
use commerce::ClaimNo;
use db::DbConnection;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Date, Integer};

use crate::store::schema::claim;

// On every cancel's way: `cancels` of `make bench` measures it.
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
/// out: there may be fewer than asked for, or none.
pub fn take(conn: &mut DbConnection, day: NaiveDate, count: i32) -> QueryResult<Vec<ClaimNo>> {
    let (last,): (i32,) = TakeSerials { day, count }.get_result(conn)?;
    let first = last.saturating_sub(count).saturating_add(1);
    let numbers: Vec<ClaimNo> =
        (first..=last).map(|serial| number(day, serial)).collect::<QueryResult<_>>()?;
    let texts: Vec<&str> = numbers.iter().map(ClaimNo::as_str).collect();
    let borne: Vec<ClaimNo> =
        claim::table.filter(claim::claim_no.eq_any(texts)).select(claim::claim_no).load(conn)?;
    let borne: HashSet<ClaimNo> = borne.into_iter().collect();
    Ok(numbers.into_iter().filter(|number| !borne.contains(number)).collect())
}

/// None of a day that is no day of a claim, as one after the year 9999.
fn number(day: NaiveDate, serial: i32) -> QueryResult<ClaimNo> {
    let number = u32::try_from(serial).ok().and_then(|serial| ClaimNo::of_day(day, serial));
    number.ok_or_else(|| {
        QueryError::DeserializationError(format!("no claim is the {serial}th of {day}").into())
    })
}
