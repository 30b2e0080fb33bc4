//! 클레임번호 채번: `yyyyMMdd` of the Korean day, `C` and the day's serial, given once and never again.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use commerce::ClaimNo;
use commerce::calendar::kst_date_of;
use db::Db;
use service_kit::error::Error;

use crate::store::claim::number;

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
    pub async fn next(&self, db: &Db, now: DateTime<Utc>) -> Result<LentNumber, Error> {
        let day = kst_date_of(now);
        loop {
            if let Some(number) = self.in_hand(day) {
                return Ok(LentNumber { number, day, lender: self.clone(), may_be_borne: Cell::new(false) });
            }
            let taken = db.write(move |conn| Ok::<_, Error>(number::take(conn, day, TAKEN_AT_ONCE)?)).await?;
            self.keep(day, taken);
        }
    }

    fn in_hand(&self, day: NaiveDate) -> Option<ClaimNo> {
        let mut in_hand = self.locked();
        if in_hand.day == Some(day) { in_hand.numbers.pop_front() } else { None }
    }

    fn keep(&self, day: NaiveDate, numbers: Vec<ClaimNo>) {
        let mut in_hand = self.locked();
        if in_hand.day != Some(day) {
            in_hand.day = Some(day);
            in_hand.numbers.clear();
        }
        in_hand.numbers.extend(numbers);
    }

    /// Yesterday's are of no use any more.
    fn give_back(&self, day: NaiveDate, number: ClaimNo) {
        let mut in_hand = self.locked();
        if in_hand.day == Some(day) {
            in_hand.numbers.push_front(number);
        }
    }

    fn locked(&self) -> MutexGuard<'_, InHand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 대여번호: a number for one transaction. However that ends, the number goes back with this, unless it may be borne.
///
/// So it belongs into the transaction: a caller who goes away does not stop that, and does not take the number along.
#[derive(Debug)]
pub struct LentNumber {
    number: ClaimNo,
    day: NaiveDate,
    lender: ClaimNumbers,
    may_be_borne: Cell<bool>,
}

impl LentNumber {
    pub const fn number(&self) -> &ClaimNo {
        &self.number
    }

    /// A claim bears the number if the transaction commits, and from here on nobody can say for certain that it did not.
    pub fn may_be_borne(&self) {
        self.may_be_borne.set(true);
    }
}

impl Drop for LentNumber {
    fn drop(&mut self) {
        if !self.may_be_borne.get() {
            self.lender.give_back(self.day, self.number.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "2026-08-01T03:00:00Z";

    #[tokio::test]
    async fn a_number_goes_back_unless_it_may_be_borne() {
        let numbers = ClaimNumbers::default();
        let now: DateTime<Utc> = NOON.parse().unwrap();
        let day = kst_date_of(now);
        numbers.keep(day, [1, 2, 3].map(|serial| ClaimNo::of_day(day, serial).unwrap()).into());
        let lend = || {
            let number = numbers.in_hand(day).unwrap();
            LentNumber { number, day, lender: numbers.clone(), may_be_borne: Cell::new(false) }
        };
        let first = lend();
        let second = lend();
        first.may_be_borne();
        drop((first, second));
        assert_eq!(lend().number().as_str(), "20260801C000002");
        // A day later it is of no use.
        let of_today = lend();
        let tomorrow = day.succ_opt().unwrap();
        numbers.keep(tomorrow, vec![ClaimNo::of_day(tomorrow, 1).unwrap()]);
        drop(of_today);
        assert_eq!(numbers.in_hand(tomorrow).unwrap().as_str(), "20260802C000001");
        assert_eq!(numbers.in_hand(tomorrow), None);
    }
}
