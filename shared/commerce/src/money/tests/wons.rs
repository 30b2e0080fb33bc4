use super::super::Won;

#[test]
fn json_carries_whole_won_and_nothing_else() {
    for (json, amount) in
        [("0", 0), ("-1", -1), ("9223372036854775807", i64::MAX), ("-9223372036854775808", i64::MIN)]
    {
        assert_eq!(serde_json::from_str::<Won>(json).unwrap(), Won::new(amount));
        assert_eq!(serde_json::to_string(&Won::new(amount)).unwrap(), json);
    }
    for json in ["1.0", "1e3", "\"1\"", "null", "true", "[]", "9223372036854775808", "99999999999999999999"] {
        let refused = serde_json::from_str::<Won>(json).unwrap_err().to_string();
        assert!(refused.contains("expected an amount in whole won"), "{json}: {refused}");
    }
}

#[test]
fn won_reads_from_a_value_as_from_a_text() {
    let value: serde_json::Value = serde_json::from_str("[20000, 1.5]").unwrap();
    let [whole, broken] = <[serde_json::Value; 2]>::try_from(value.as_array().unwrap().clone()).unwrap();
    assert_eq!(serde_json::from_value::<Won>(whole).unwrap(), Won::new(20_000));
    assert!(serde_json::from_value::<Won>(broken).is_err());
}

#[test]
fn arithmetic_that_does_not_fit_is_none() {
    let most = Won::new(i64::MAX);
    assert_eq!(Won::new(2).checked_add(Won::new(3)), Some(Won::new(5)));
    assert_eq!(Won::new(2).checked_sub(Won::new(3)), Some(Won::new(-1)));
    assert_eq!(Won::new(20_000).checked_mul(3), Some(Won::new(60_000)));
    assert_eq!(most.checked_add(Won::new(1)), None);
    assert_eq!(Won::new(i64::MIN).checked_sub(Won::new(1)), None);
    assert_eq!(Won::new(i64::MIN).checked_neg(), None);
    assert_eq!(most.checked_mul(2), None);
}

#[test]
fn a_sum_fits_or_not_whatever_the_order() {
    let most = Won::new(i64::MAX);
    assert_eq!(Won::sum([]), Some(Won::ZERO));
    assert_eq!(Won::sum([most, Won::new(1), Won::new(-1)]), Some(most));
    assert_eq!(Won::sum([most, Won::new(1)]), None);
}

#[test]
fn an_amount_prints_as_its_number() {
    assert_eq!(format!("{} {:?} {:>5}", Won::new(-5), Won::new(7), Won::new(3)), "-5 Won(7)     3");
}
