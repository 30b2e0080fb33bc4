//! Days that have to be read, gathered into a bounded number of runs.

use chrono::NaiveDate;
use commerce::period::Period;

/// Days that follow one another in a list of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// How many inquiries have to be read there.
    pub inquiries: i64,
    /// How many lie between this run and the one before it.
    skipped: i64,
}

impl Run {
    pub fn period(&self) -> Period {
        Period { first_day: Some(self.first_day), last_day: Some(self.last_day) }
    }
}

/// The wanted days of `daily` (inquiries per day, the newest day first) in at most `most` runs, the newest first.
///
/// Where there would be more, the shortest gaps are read as well.
pub fn runs(daily: &[(NaiveDate, i64)], is_wanted: impl Fn(NaiveDate) -> bool, most: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut skipped = 0;
    for &(day, inquiries) in daily {
        match runs.last_mut() {
            _ if !is_wanted(day) => skipped += inquiries,
            Some(run) if skipped == 0 => {
                run.first_day = day;
                run.inquiries += inquiries;
            }
            _ => {
                runs.push(Run { first_day: day, last_day: day, inquiries, skipped });
                skipped = 0;
            }
        }
    }
    while runs.len() > most.max(1) {
        let shortest = (1..runs.len()).min_by_key(|place| runs.get(*place).map(|run| run.skipped));
        let Some(place) = shortest else { break };
        let run = runs.remove(place);
        if let Some(newer) = runs.get_mut(place - 1) {
            newer.first_day = run.first_day;
            newer.inquiries += run.skipped + run.inquiries;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 8, number).unwrap()
    }

    /// Ten inquiries on each day of August, but for a few on the 20th and none on the 11th.
    fn daily() -> Vec<(NaiveDate, i64)> {
        let on = |number| if number == 20 { 3 } else { 10 };
        (1..=31).rev().filter(|number| *number != 11).map(|number| (day(number), on(number))).collect()
    }

    fn check(wanted: &[u32], most: usize, expected: &[(u32, u32, i64)]) {
        let found = runs(&daily(), |day| wanted.iter().any(|number| self::day(*number) == day), most);
        let found: Vec<_> =
            found.into_iter().map(|run| (run.first_day, run.last_day, run.inquiries)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(first, last, count)| (day(*first), day(*last), *count)).collect();
        assert_eq!(found, expected, "{wanted:?} in {most}");
    }

    #[test]
    fn neighbouring_days_are_one_run() {
        check(&[], 3, &[]);
        check(&[31], 3, &[(31, 31, 10)]);
        check(&[1, 2, 3, 8, 31], 3, &[(31, 31, 10), (8, 8, 10), (1, 3, 30)]);
        check(&[10, 12], 3, &[(10, 12, 20)]);
        check(&[1, 11], 3, &[(1, 1, 10)]);
    }

    #[test]
    fn where_there_are_too_many_the_shortest_gaps_are_read_as_well() {
        check(&[1, 3, 19, 21, 31], 4, &[(31, 31, 10), (19, 21, 23), (3, 3, 10), (1, 1, 10)]);
        check(&[1, 3, 19, 21, 31], 3, &[(31, 31, 10), (19, 21, 23), (1, 3, 30)]);
        check(&[1, 3, 19, 21, 31], 2, &[(19, 31, 123), (1, 3, 30)]);
        check(&[1, 3, 19, 21, 31], 1, &[(1, 31, 293)]);
    }
}
