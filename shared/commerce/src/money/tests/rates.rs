use proptest::prelude::*;

use super::super::{MalformedRate, Rate, RateOrWon, Won};

#[track_caller]
fn check(text: &str, expected: Result<i64, MalformedRate>) {
    assert_eq!(Rate::from_percent_text(text).map(Rate::basis_points), expected, "{text}");
}

#[test]
fn a_rate_is_read_to_the_hundredth_exactly() {
    check("0", Ok(0));
    check("0.57", Ok(57));
    check("2.9", Ok(290));
    check("1.10", Ok(110));
    check("1.1000", Ok(110));
    check("10", Ok(1000));
    check("100", Ok(10_000));
    check("100.00", Ok(10_000));
    check("-0", Ok(0));
    check("0.0", Ok(0));
}

#[test]
fn an_exponent_is_read_exactly_too() {
    check("1e1", Ok(1000));
    check("1E+1", Ok(1000));
    check("5e-2", Ok(5));
    check("0.0001e4", Ok(100));
    check("12300e-4", Ok(123));
    check("0e99999999999999999999", Ok(0));
    check("0.00e-99999999999999999999", Ok(0));
    check("1e-99999999999999999999", Err(MalformedRate::TooFine));
    check("1e99999999999999999999", Err(MalformedRate::OutOfRange));
}

#[test]
fn what_is_finer_or_outside_is_refused() {
    check("0.005", Err(MalformedRate::TooFine));
    check("5e-3", Err(MalformedRate::TooFine));
    check("100.01", Err(MalformedRate::OutOfRange));
    check("101", Err(MalformedRate::OutOfRange));
    check("-0.01", Err(MalformedRate::OutOfRange));
    check("9223372036854775807", Err(MalformedRate::OutOfRange));
    check(&"9".repeat(400), Err(MalformedRate::OutOfRange));
}

#[test]
fn what_json_would_not_call_a_number_is_refused() {
    for text in
        ["", " 1", "1 ", "+1", "01", ".5", "5.", "1e", "1e+", "e1", "1.2.3", "0x1", "NaN", "--1", "１", "1,5"]
    {
        check(text, Err(MalformedRate::NotANumber));
    }
}

#[test]
fn json_carries_rates_without_a_detour_over_floats() {
    for (json, written) in [("0.57", "0.57"), ("2.90", "2.9"), ("1e1", "10"), ("10.0", "10"), ("0", "0")] {
        let rate: Rate = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&rate).unwrap(), written);
    }
    let refused = serde_json::from_str::<Rate>("0.005").unwrap_err().to_string();
    assert!(refused.starts_with("`0.005` is not a rate: finer than 0.01"), "{refused}");
    let refused = serde_json::from_str::<Rate>("100.01").unwrap_err().to_string();
    assert!(refused.contains("`100.01` is not a rate: below 0 or above"), "{refused}");
    for json in ["\"1\"", "null", "[]", "{}", "true"] {
        assert!(serde_json::from_str::<Rate>(json).is_err(), "{json}");
    }
}

#[test]
fn a_rate_reads_from_a_value_and_inside_a_flattened_struct() {
    #[derive(serde::Deserialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(serde::Deserialize)]
    struct Inner {
        rate: Rate,
    }
    let outer: Outer = serde_json::from_str(r#"{"rate":0.57}"#).unwrap();
    assert_eq!(outer.inner.rate.basis_points(), 57);
    let value: serde_json::Value = serde_json::from_str("2.9").unwrap();
    assert_eq!(serde_json::from_value::<Rate>(value).unwrap().basis_points(), 290);
}

#[test]
fn a_portion_is_rounded_down() {
    let portion = |percent: &str, amount| {
        Rate::from_percent_text(percent).unwrap().portion_floor(Won::new(amount)).unwrap().amount()
    };
    assert_eq!(portion("0.57", 10_000), 57);
    assert_eq!(portion("2.9", 100), 2);
    assert_eq!(portion("0.01", 9_999), 0);
    assert_eq!(portion("50", -1), -1);
    assert_eq!(portion("100", i64::MAX), i64::MAX);
    assert_eq!(portion("100", i64::MIN), i64::MIN);
}

#[test]
fn a_rate_or_amount_is_what_its_kind_says() {
    let ten = RateOrWon::from_text("10").unwrap();
    assert_eq!(ten.as_rate(), Rate::from_basis_points(1000));
    assert_eq!(ten.as_won(), Some(Won::new(10)));
    let broken = RateOrWon::from_text("2.9").unwrap();
    assert_eq!((broken.as_rate().map(Rate::basis_points), broken.as_won()), (Some(290), None));
    let amount = RateOrWon::from_text("1000000000000").unwrap();
    assert_eq!((amount.as_rate(), amount.as_won()), (None, Some(Won::new(1_000_000_000_000))));
    assert_eq!(RateOrWon::from_won(Won::new(1_000_000_000_000)), Some(amount));
    assert_eq!(RateOrWon::from_won(Won::new(1_000_000_000_001)), None);
    assert_eq!(RateOrWon::from_won(Won::new(-1)), None);
    assert_eq!(RateOrWon::from_text("1000000000000.01"), Err(MalformedRate::OutOfRange));
    assert_eq!(RateOrWon::from(Rate::from_basis_points(57).unwrap()).to_text(), "0.57");
    assert_eq!(serde_json::to_string(&amount).unwrap(), "1000000000000");
    assert_eq!(serde_json::from_str::<RateOrWon>("1e12").unwrap(), amount);
}

proptest! {
    #[test]
    fn every_rate_survives_its_text_and_its_json(basis_points in 0_i64..=10_000) {
        let rate = Rate::from_basis_points(basis_points).unwrap();
        prop_assert_eq!(Rate::from_percent_text(&rate.to_percent_text()), Ok(rate));
        let json = serde_json::to_string(&rate).unwrap();
        prop_assert_eq!(&json, &rate.to_percent_text());
        prop_assert_eq!(serde_json::from_str::<Rate>(&json).unwrap(), rate);
    }

    #[test]
    fn a_number_means_the_same_however_it_is_written(basis_points in 0_i64..=10_000, zeros in 0_usize..30, shift in 0_u32..30) {
        let rate = Ok(Rate::from_basis_points(basis_points).unwrap());
        let (whole, rest) = (basis_points / 100, basis_points % 100);
        let fixed = format!("{whole}.{rest:02}{}", "0".repeat(zeros));
        prop_assert_eq!(Rate::from_percent_text(&fixed), rate);
        // Zero stays one digit: a JSON number has no leading zeros.
        let digits = i128::from(basis_points) * 10_i128.pow(shift);
        let shifted = format!("{digits}e-{}", shift + 2);
        prop_assert_eq!(Rate::from_percent_text(&shifted), rate);
    }

    #[test]
    fn zero_means_the_same_however_it_is_written(zeros in 0_usize..30, exponent in 0_u32..40) {
        for text in [format!("0.{}", "0".repeat(zeros + 1)), format!("0e-{exponent}"), format!("0e{exponent}")] {
            prop_assert_eq!(Rate::from_percent_text(&text), Ok(Rate::from_basis_points(0).unwrap()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "[-+0-9.eE]{0,24}") {
        let ours = RateOrWon::from_text(&text);
        let is_json_number = serde_json::from_str::<serde_json::Number>(&text).is_ok();
        prop_assert_eq!(ours == Err(MalformedRate::NotANumber), !is_json_number, "{}", text);
    }

    #[test]
    fn a_portion_is_at_most_one_won_below_its_exact_share(basis_points in 0_i64..=10_000, amount in any::<i64>()) {
        let portion = Rate::from_basis_points(basis_points).unwrap().portion_floor(Won::new(amount)).unwrap();
        let gap = i128::from(amount) * i128::from(basis_points) - i128::from(portion.amount()) * 10_000;
        prop_assert!((0..10_000).contains(&gap));
    }
}
