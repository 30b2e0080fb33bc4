use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

#[track_caller]
fn check<T: std::str::FromStr<Err = Malformed> + std::fmt::Display>(good: &[&str], bad: &[&str]) {
    for text in good {
        assert_eq!(text.parse::<T>().ok().map(|number| number.to_string()).as_deref(), Some(*text));
    }
    for text in bad {
        assert!(text.parse::<T>().is_err(), "`{text}` should be refused");
    }
}

#[test]
fn an_order_number_is_a_date_the_letter_o_and_six_digits() {
    check::<OrderNo>(
        &["20230808O007404", "00000000O000000", "99999999O999999"],
        &[
            "",
            "20230808O07404",
            "20230808O0007404",
            "20230808C007404",
            "202308O08007404",
            "20230808o007404",
            "2023080０O00740",
            " 20230808O007404",
            "20230808O00740４",
        ],
    );
}

#[test]
fn a_claim_number_is_a_date_the_letter_c_and_six_digits() {
    check::<ClaimNo>(
        &["20230808C007404", "20230808C999999"],
        &[
            "20230808O007404",
            "20230808C00740x",
            "20230808C07404",
            "20230808C0007404",
            "20230808C１２",
            "20230808C",
        ],
    );
}

#[test]
fn a_claim_number_of_a_very_long_day_goes_on_behind_the_last_of_six_digits() {
    check::<ClaimNo>(
        &["20230808C9999990000000001", "20230808C9999994294967295"],
        &[
            "20230808C9999990000000000",
            "20230808C999999000000001",
            "20230808C99999900000000001",
            "20230808C9999980000000001",
            "20230808C1000000",
            "20230808C999999000000000x",
            "20230808C999999가나다라",
        ],
    );
    check::<OrderNo>(&[], &["20230808O9999990000000001"]);
}

#[test]
fn members_and_inquiries_have_up_to_twenty_digits() {
    let twenty = "12345678901234567890";
    check::<MemberNo>(&["100001311", "0", twenty], &["", "10000131a", "-1", "１", &format!("{twenty}1")]);
    check::<CounselNo>(&["1", twenty], &["", "1 ", &format!("{twenty}1")]);
}

#[test]
fn words_have_letters_digits_underscores_and_hyphens() {
    let forty = "a".repeat(40);
    let longer = "a".repeat(41);
    let bad = ["", "a b", "a/b", "가", "a.b", &longer];
    check::<GoodsNo>(&["10002552", &forty, "A_b-9"], &bad);
    check::<ItemNo>(&["001", &forty], &bad);
    check::<PromotionNo>(&["P11", &forty], &bad);
    check::<CouponIssueNo>(&["CI0001", &forty], &bad);
    check::<PaymentNo>(&["PAY1", &forty], &bad);
    check::<FileNo>(&[&"a".repeat(64)], &["", &"a".repeat(65)]);
    check::<SiteNo>(&["1", &"a".repeat(20)], &["", &"a".repeat(21)]);
}

#[test]
fn a_refusal_quotes_a_short_piece_and_hints_in_korean() {
    let refused = OrderNo::parse(&"x".repeat(1000)).unwrap_err();
    assert_eq!(refused.to_string(), format!("`{}` is not an order number", "x".repeat(40)));
    assert_eq!(refused.hint_ko(), "주문번호 형식이 올바르지 않습니다.");
}

#[test]
fn json_carries_numbers_as_strings_only() {
    assert_eq!(serde_json::to_string(&MemberNo::parse("100001311").unwrap()).unwrap(), r#""100001311""#);
    assert_eq!(serde_json::from_str::<MemberNo>(r#""7""#).unwrap().as_str(), "7");
    let refused = serde_json::from_str::<MemberNo>("7").unwrap_err().to_string();
    assert!(refused.starts_with("invalid type: integer `7`, expected a member number"), "{refused}");
    let refused = serde_json::from_str::<OrderNo>(r#""O-1""#).unwrap_err().to_string();
    assert!(refused.starts_with("`O-1` is not an order number"), "{refused}");
}

#[test]
fn a_day_never_runs_out_of_claim_numbers() {
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    assert_eq!(ClaimNo::of_day(day, 1).unwrap().as_str(), "20260801C000001");
    assert_eq!(ClaimNo::of_day(day, 999_999).unwrap().as_str(), "20260801C999999");
    assert_eq!(ClaimNo::of_day(day, 1_000_000).unwrap().as_str(), "20260801C9999990000000001");
    assert_eq!(ClaimNo::of_day(day, u32::MAX).unwrap().as_str(), "20260801C9999994293967296");
}

#[test]
fn a_claim_number_names_a_payment() {
    for text in ["20260801C000001", "20260801C9999994294967295"] {
        let payment_no = PaymentNo::from(ClaimNo::parse(text).unwrap());
        assert_eq!(payment_no.as_str(), text);
        assert_eq!(PaymentNo::parse(text).unwrap(), payment_no);
    }
}

proptest! {
    #[test]
    fn every_well_formed_order_number_parses_to_itself(text in "[0-9]{8}O[0-9]{6}") {
        let order_no = OrderNo::parse(&text).unwrap();
        prop_assert_eq!(order_no.as_str(), text.as_str());
        let json = serde_json::to_string(&order_no).unwrap();
        prop_assert_eq!(serde_json::from_str::<OrderNo>(&json).unwrap(), order_no);
    }

    #[test]
    fn claim_numbers_of_a_day_sort_as_texts_in_the_order_they_are_given(
        one in prop_oneof![999_980_u32..1_000_020, any::<u32>()],
        other in prop_oneof![999_980_u32..1_000_020, any::<u32>()],
    ) {
        let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        let of_day = |serial| ClaimNo::of_day(day, serial).unwrap();
        prop_assert_eq!(of_day(one).as_str().cmp(of_day(other).as_str()), one.cmp(&other));
        prop_assert_eq!(ClaimNo::parse(of_day(one).as_str()).unwrap(), of_day(one));
    }

    #[test]
    fn any_text_at_all_is_parsed_or_refused_without_a_panic(text in any::<String>()) {
        let well_formed = text.len() == 15
            && text.chars().enumerate().all(|(at, c)| if at == 8 { c == 'O' } else { c.is_ascii_digit() });
        prop_assert_eq!(OrderNo::parse(&text).is_ok(), well_formed);
    }
}
