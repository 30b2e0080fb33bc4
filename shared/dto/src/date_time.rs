//! Date-times and days as the contract writes them.
//!
//! Answers carry RFC 3339 with the Korean offset. Requests may carry any offset or none (then it is Korean
//! time), a `T` or a space, and up to nine digits of a second's fraction. What is read lies in the years 1 to 9999 as
//! they read in Korea, so that it can be written again.

use std::fmt;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Timelike, Utc};
use commerce::calendar::{KST, is_in_calendar};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

mod scan;
#[cfg(feature = "openapi")]
mod schema;
#[cfg(test)]
mod tests;

use scan::Scan;

/// A text that is no date-time, or no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {kind}")]
pub struct MalformedDateTime {
    kind: &'static str,
    hint_ko: &'static str,
    text: String,
}

impl MalformedDateTime {
    fn of(kind: &'static str, hint_ko: &'static str, text: &str) -> Self {
        Self { kind, hint_ko, text: commerce::text::first(text, 40).to_owned() }
    }

    /// What the person who sent it should know, for the envelope's `errors`.
    pub fn hint_ko(&self) -> &'static str {
        self.hint_ko
    }
}

/// 일시: an instant, written in Korean time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KstDateTime(pub DateTime<Utc>);

impl KstDateTime {
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for KstDateTime {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl From<KstDateTime> for DateTime<Utc> {
    fn from(at: KstDateTime) -> Self {
        at.0
    }
}

impl fmt::Display for KstDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.with_timezone(&KST).to_rfc3339_opts(SecondsFormat::AutoSi, false))
    }
}

impl fmt::Debug for KstDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for KstDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KstDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = KstDateTime;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date-time")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<KstDateTime, E> {
                parse_date_time(text).map(KstDateTime).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// 일자: a whole Korean day, read as `yyyyMMdd` or `yyyy-MM-dd` and written as the latter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct KstDate(pub NaiveDate);

impl<'de> Deserialize<'de> for KstDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = KstDate;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<KstDate, E> {
                parse_date(text).map(KstDate).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Reads every form of a date-time a request may use.
pub fn parse_date_time(text: &str) -> Result<DateTime<Utc>, MalformedDateTime> {
    instant_of(text).ok_or_else(|| {
        MalformedDateTime::of("date-time", "일시는 yyyy-MM-ddTHH:mm:ss 형식이어야 합니다.", text)
    })
}

/// Reads a day as `yyyyMMdd` or `yyyy-MM-dd`.
pub fn parse_date(text: &str) -> Result<NaiveDate, MalformedDateTime> {
    day_of(text).ok_or_else(|| {
        MalformedDateTime::of("date", "일자는 yyyyMMdd 또는 yyyy-MM-dd 형식이어야 합니다.", text)
    })
}

fn day_of(text: &str) -> Option<NaiveDate> {
    let mut scan = Scan::new(text);
    let year = scan.digits(4)?;
    let is_dashed = scan.eat(b'-');
    let month = scan.digits(2)?;
    if scan.eat(b'-') != is_dashed {
        return None;
    }
    let day = date(year, month, scan.digits(2)?)?;
    scan.is_at_end().then_some(())?;
    // There is no year 0, and databases disagree about what to make of it.
    (year > 0).then_some(day)
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn instant_of(text: &str) -> Option<DateTime<Utc>> {
    let mut scan = Scan::new(text);
    let year = scan.digits(4)?;
    scan.expect(b'-')?;
    let month = scan.digits(2)?;
    scan.expect(b'-')?;
    let day = date(year, month, scan.digits(2)?)?;
    if !(scan.eat(b'T') || scan.eat(b't') || scan.eat(b' ')) {
        return None;
    }
    let hour = scan.digits(2)?;
    scan.expect(b':')?;
    let minute = scan.digits(2)?;
    scan.expect(b':')?;
    let second = scan.digits(2)?;
    let nanosecond = if scan.eat(b'.') { scan.fraction()? } else { 0 };
    let offset = offset(&mut scan)?;
    scan.is_at_end().then_some(())?;

    let is_leap_second = second == 60;
    let time =
        NaiveTime::from_hms_nano_opt(hour, minute, if is_leap_second { 59 } else { second }, nanosecond)?;
    let mut at = offset.from_local_datetime(&day.and_time(time)).single()?.with_timezone(&Utc);
    if is_leap_second {
        // Clocks repeat a leap second as the first of the next minute, and only midnight UTC has one.
        ((at.hour(), at.minute()) == (23, 59)).then_some(())?;
        at += Duration::seconds(1);
    }
    is_in_calendar(at).then_some(at)
}

fn offset(scan: &mut Scan<'_>) -> Option<FixedOffset> {
    if scan.is_at_end() {
        return Some(KST);
    }
    if scan.eat(b'Z') || scan.eat(b'z') {
        return FixedOffset::east_opt(0);
    }
    let is_west = scan.eat(b'-');
    if !is_west {
        scan.expect(b'+')?;
    }
    let hours = scan.digits(2)?;
    scan.expect(b':')?;
    let minutes = scan.digits(2).filter(|minutes| *minutes < 60)?;
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(if is_west { -seconds } else { seconds })
}
