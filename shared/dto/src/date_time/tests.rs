use chrono::Datelike as _;
use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let at = parse_date_time(text).unwrap();
    assert_eq!(at.to_rfc3339_opts(SecondsFormat::AutoSi, true), expected, "{text}");
}

#[track_caller]
fn refuse(text: &str) {
    assert!(parse_date_time(text).is_err(), "`{text}` should be refused");
}

#[test]
fn any_offset_is_read_and_none_is_korean_time() {
    check("2026-08-01T10:00:00+09:00", "2026-08-01T01:00:00Z");
    check("2026-08-01T10:00:00", "2026-08-01T01:00:00Z");
    check("2026-08-01 10:00:00", "2026-08-01T01:00:00Z");
    check("2026-08-01T01:00:00Z", "2026-08-01T01:00:00Z");
    check("2026-08-01t01:00:00z", "2026-08-01T01:00:00Z");
    check("2026-07-31 20:30:00-04:30", "2026-08-01T01:00:00Z");
    check("2026-08-01T01:00:00-00:00", "2026-08-01T01:00:00Z");
    check("2026-08-01T00:59:59+23:59", "2026-07-31T01:00:59Z");
}

#[test]
fn a_fraction_keeps_nine_digits_and_finer_ones_are_dropped() {
    check("2026-08-01T10:00:00.5", "2026-08-01T01:00:00.500Z");
    check("2026-08-01T10:00:00.000001+09:00", "2026-08-01T01:00:00.000001Z");
    check("2026-08-01T10:00:00.123456789Z", "2026-08-01T10:00:00.123456789Z");
    check("2026-08-01T10:00:00.1234567899999Z", "2026-08-01T10:00:00.123456789Z");
    check("2026-08-01T10:00:00.000000Z", "2026-08-01T10:00:00Z");
}

#[test]
fn a_leap_second_is_the_first_of_the_next_minute() {
    check("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    check("2017-01-01T08:59:60.25+09:00", "2017-01-01T00:00:00.250Z");
    refuse("2017-01-01T09:59:60+09:00");
    refuse("2017-01-01T08:58:60+09:00");
    refuse("2016-12-31T23:59:61Z");
}

#[test]
fn what_is_no_date_time_is_refused() {
    for text in [
        "",
        "2026-08-01",
        "20260801T100000",
        "2026-08-01T10:00",
        "2026-08-01T10:00:00.",
        "2026-08-01T10:00:00,5",
        "2026-08-01T10:00:00+0900",
        "2026-08-01T10:00:00+09",
        "2026-08-01T10:00:00+09:60",
        "2026-08-01T10:00:00+24:00",
        "2026-08-01T10:00:00 +09:00",
        "2026-08-01T10:00:00+09:00 ",
        " 2026-08-01T10:00:00",
        "2026-08-01_10:00:00",
        "2026-8-1T10:00:00",
        "+2026-08-01T10:00:00",
        "2026-02-29T10:00:00",
        "2026-13-01T10:00:00",
        "2026-08-01T24:00:00",
        "2026-08-01T10:60:00",
        "2026-08-01T1０:00:00",
        "0000-01-01T00:00:00",
        "infinity",
        "-infinity",
        "+infinity",
        "now",
        "-0001-01-01T00:00:00",
        "-2026-08-01T10:00:00Z",
        "10000-01-01T00:00:00",
        "+10000-01-01T00:00:00Z",
        "12026-08-01T10:00:00Z",
    ] {
        refuse(text);
    }
}

#[test]
fn the_calendar_ends_where_korea_has_no_year_of_four_digits() {
    check("0001-01-01T00:00:00", "0000-12-31T15:00:00Z");
    check("0001-01-01T00:00:00+09:00", "0000-12-31T15:00:00Z");
    check("0000-12-31T15:00:00Z", "0000-12-31T15:00:00Z");
    check("0000-12-31T00:00:00-23:59", "0000-12-31T23:59:00Z");
    check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
    check("0001-01-01T14:59:00+23:59", "0000-12-31T15:00:00Z");
    check("0000-12-31T23:59:60Z", "0001-01-01T00:00:00Z");
    check("9999-12-31T14:59:59.999999999Z", "9999-12-31T14:59:59.999999999Z");
    check("9999-12-31T23:59:59.999999999", "9999-12-31T14:59:59.999999999Z");
    check("9999-12-31T23:59:59.999999+09:00", "9999-12-31T14:59:59.999999Z");
    check("9999-12-31T23:59:59+23:59", "9999-12-31T00:00:59Z");
    for text in [
        "0000-01-01T00:00:00",
        "0000-00-00T00:00:00",
        "0000-12-31T23:59:59.999999999+09:00",
        "0000-12-31T14:59:59.999999999Z",
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00+09:01",
        "9999-12-31T15:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31T23:59:59+08:59",
        "9999-12-31T23:59:60Z",
        "9999-12-31T23:59:60",
        "9999-12-31T24:00:00",
    ] {
        refuse(text);
    }
    assert!(parse_date("00010101").is_ok() && parse_date("9999-12-31").is_ok());
    for text in ["00001231", "0000-12-31", "100000101", "10000-01-01", "-0010101", "infinity"] {
        assert!(parse_date(text).is_err(), "`{text}` should be refused");
    }
}

#[test]
fn answers_are_in_korean_time_with_as_much_fraction_as_there_is() {
    let written = |text: &str| serde_json::to_string(&KstDateTime(parse_date_time(text).unwrap())).unwrap();
    assert_eq!(written("2026-08-01T01:00:00Z"), r#""2026-08-01T10:00:00+09:00""#);
    assert_eq!(written("2026-08-01T01:00:00.5Z"), r#""2026-08-01T10:00:00.500+09:00""#);
    assert_eq!(written("2026-08-01T01:00:00.000001Z"), r#""2026-08-01T10:00:00.000001+09:00""#);
}

#[test]
fn a_day_is_read_in_both_forms_and_written_with_hyphens() {
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    assert_eq!(parse_date("20260801"), Ok(day));
    assert_eq!(parse_date("2026-08-01"), Ok(day));
    assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
    assert_eq!(serde_json::to_string(&KstDate(day)).unwrap(), r#""2026-08-01""#);
    assert_eq!(serde_json::from_str::<KstDate>(r#""20260801""#).unwrap(), KstDate(day));
    for text in [
        "",
        "2026",
        "202608",
        "2026-0801",
        "202608-01",
        "2026/08/01",
        "20260230",
        "20261301",
        "2026-08-01T00:00:00",
        "2026-8-1",
        " 20260801",
        "20260801 ",
        "00000101",
        "２0260801",
    ] {
        assert!(parse_date(text).is_err(), "`{text}` should be refused");
    }
}

#[test]
fn a_refusal_says_what_was_expected() {
    let refused = serde_json::from_str::<KstDateTime>(r#""yesterday""#).unwrap_err().to_string();
    assert!(refused.starts_with("`yesterday` is not a date-time"), "{refused}");
    let refused = serde_json::from_str::<KstDateTime>("20260801").unwrap_err().to_string();
    assert!(refused.contains("expected a date-time"), "{refused}");
    assert_eq!(parse_date("x").unwrap_err().hint_ko(), "일자는 yyyyMMdd 또는 yyyy-MM-dd 형식이어야 합니다.");
}

prop_compose! {
    /// Any instant of the calendar, its ends more often than others.
    fn instant()(
        seconds in prop_oneof![
            -62_135_629_200_i64..253_402_268_400,
            -62_135_629_200_i64..-62_135_500_000,
            253_402_100_000_i64..253_402_268_400,
        ],
        nanoseconds in prop_oneof![0_u32..1_000_000_000, Just(0), Just(999_999_999)],
    ) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, nanoseconds).unwrap()
    }
}

/// Texts that are date-times or look like some, at the ends of the calendar above all.
fn near_date_time() -> impl Strategy<Value = String> {
    let year =
        prop_oneof![Just("0000"), Just("0001"), Just("2026"), Just("9999"), Just("10000"), Just("-0001")];
    let day = prop_oneof![Just("01-01"), Just("12-31"), Just("02-29"), Just("06-15")];
    let time = prop_oneof![
        "(0[0-9]|1[0-9]|2[0-4]):[0-5][0-9]:[0-6][0-9]",
        Just("00:00:00".to_owned()),
        Just("23:59:59.999999999".to_owned()),
        Just("23:59:60".to_owned()),
    ];
    let offset = prop_oneof!["", "Z", "[+-](0[0-9]|1[0-9]|2[0-4]):[0-5][0-9]", "[+-]23:59"];
    (year, day, "[T ]", time, offset)
        .prop_map(|(year, day, between, time, offset)| format!("{year}-{day}{between}{time}{offset}"))
}

proptest! {
    #[test]
    fn every_instant_survives_its_own_text(at in instant()) {
        let json = serde_json::to_string(&KstDateTime(at)).unwrap();
        prop_assert!(json.ends_with("+09:00\""));
        prop_assert_eq!(serde_json::from_str::<KstDateTime>(&json).unwrap(), KstDateTime(at));
    }

    #[test]
    fn what_is_accepted_can_be_written_and_read_again(text in near_date_time()) {
        if let Ok(at) = parse_date_time(&text) {
            let written = KstDateTime(at).to_string();
            prop_assert_eq!(parse_date_time(&written), Ok(at), "{} {}", text, written);
            let local = written.get(..10).unwrap();
            prop_assert_eq!(parse_date(local).map(|day| day.to_string()), Ok(local.to_owned()));
        }
    }

    #[test]
    fn every_form_of_an_instant_is_the_same_instant(at in instant(), minutes in -1_439_i32..1_440) {
        let elsewhere = at.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        // Where it is another year, five digits are none that a request may use.
        prop_assume!((0..10_000).contains(&elsewhere.year()));
        let korean = at.with_timezone(&KST).naive_local();
        let forms = [
            elsewhere.to_rfc3339_opts(SecondsFormat::Nanos, false),
            elsewhere.to_rfc3339_opts(SecondsFormat::Nanos, true).replace('T', " "),
            at.to_rfc3339_opts(SecondsFormat::AutoSi, true).to_lowercase(),
            korean.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
            korean.format("%Y-%m-%d %H:%M:%S%.9f").to_string(),
        ];
        for form in forms {
            prop_assert_eq!(parse_date_time(&form), Ok(at), "{}", form);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "[-+0-9TtZz:. ]{0,40}") {
        let _ = parse_date_time(&text);
        let _ = parse_date(&text);
    }
}
