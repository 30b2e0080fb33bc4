use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::collection::due::Holidays;

/// 반품·교환
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReturnSettings {
    /// Whether what is asked for is collected without an agent's approval.
    pub auto_approve: bool,
    /// 공휴일: `yyyyMMdd`, with commas between.
    pub holidays: String,
}

impl Default for ReturnSettings {
    fn default() -> Self {
        Self { auto_approve: true, holidays: String::new() }
    }
}

impl ReturnSettings {
    /// What is no day is none here; the start refuses it.
    pub fn holidays(&self) -> Holidays {
        Holidays(self.days().filter_map(Result::ok).collect())
    }

    /// Names what is no day.
    pub fn check(&self) -> Result<(), String> {
        self.days().collect::<Result<Vec<_>, _>>().map(drop)
    }

    fn days(&self) -> impl Iterator<Item = Result<NaiveDate, String>> {
        let texts = self.holidays.split(',').map(str::trim).filter(|text| !text.is_empty());
        texts.map(|text| {
            // The reader takes less than two digits for a day as well.
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|_| text.len() == 8);
            day.ok_or_else(|| format!("`{text}` is no day of the form yyyyMMdd"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(holidays: &str) -> ReturnSettings {
        ReturnSettings { holidays: holidays.to_owned(), ..ReturnSettings::default() }
    }

    #[test]
    fn holidays_are_days_with_commas_between() {
        assert_eq!(settings("").holidays(), Holidays::default());
        let two = settings(" 20270101, 20270301,");
        assert_eq!(two.check(), Ok(()));
        assert_eq!(
            two.holidays().0.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2027-01-01", "2027-03-01"]
        );
    }

    #[test]
    fn what_is_no_day_is_named() {
        for wrong in ["2027-01-01", "20270229", "2027011", "x"] {
            let refused = settings(&format!("20270101,{wrong}")).check();
            assert_eq!(refused, Err(format!("`{wrong}` is no day of the form yyyyMMdd")));
        }
    }
}
