//! 클레임번호 채번: `yyyyMMdd` of the Korean day, `C` and six digits, given once and never again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use commerce::ClaimNo;
use commerce::calendar::kst_date_of;
use db::Db;
use dto::result_code::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::store::claim_number::{self, Taken};

/// Serials a process takes at once: one write in so many claims, and so many lost at most when it dies.
const TAKEN_AT_ONCE: i32 = 16;

/// Numbers in hand. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct ClaimNumbers(Arc<Mutex<InHand>>);

#[derive(Debug, Default)]
struct InHand {
    day: Option<NaiveDate>,
    numbers: VecDeque<ClaimNo>,
}

impl ClaimNumbers {
    /// A number nobody else has.
    pub async fn next(&self, db: &Db, now: DateTime<Utc>) -> Result<ClaimNo, Error> {
        let day = kst_date_of(now);
        loop {
            if let Some(number) = self.in_hand(day) {
                return Ok(number);
            }
            let taken = db
                .write(move |conn| Ok::<_, Error>(claim_number::take(conn, day, TAKEN_AT_ONCE)?))
                .await?;
            match taken {
                Taken::Numbers(numbers) => self.keep(day, numbers),
                Taken::DayIsFull => {
                    let why = "the day's claim numbers are used up";
                    return Err(Problem::new(ResultCode::ServiceUnavailable).caused_by(why).into());
                }
            }
        }
    }

    /// Takes a number back that certainly no claim bears.
    pub fn give_back(&self, number: ClaimNo) {
        let mut in_hand = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_the_day = in_hand.day.is_some_and(|day| number.as_str().starts_with(&day.format("%Y%m%d").to_string()));
        if is_of_the_day {
            in_hand.numbers.push_front(number);
        }
    }

    fn in_hand(&self, day: NaiveDate) -> Option<ClaimNo> {
        let mut in_hand = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if in_hand.day == Some(day) { in_hand.numbers.pop_front() } else { None }
    }

    fn keep(&self, day: NaiveDate, numbers: Vec<ClaimNo>) {
        let mut in_hand = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if in_hand.day != Some(day) {
            in_hand.day = Some(day);
            in_hand.numbers.clear();
        }
        in_hand.numbers.extend(numbers);
    }
}
