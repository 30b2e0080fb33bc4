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
    check::<ClaimNo>(&["20230808C007404"], &["20230808O007404", "20230808C00740x"]);
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
fn a_day_has_a_million_claim_numbers() {
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    assert_eq!(ClaimNo::of_day(day, 1).unwrap().as_str(), "20260801C000001");
    assert_eq!(ClaimNo::of_day(day, 999_999).unwrap().as_str(), "20260801C999999");
    assert_eq!(ClaimNo::of_day(day, 1_000_000), None);
}

#[test]
fn a_claim_number_names_a_payment() {
    let claim_no = ClaimNo::parse("20260801C000001").unwrap();
    assert_eq!(PaymentNo::from(claim_no).as_str(), "20260801C000001");
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
    fn any_text_at_all_is_parsed_or_refused_without_a_panic(text in any::<String>()) {
        let well_formed = text.len() == 15
            && text.chars().enumerate().all(|(at, c)| if at == 8 { c == 'O' } else { c.is_ascii_digit() });
        prop_assert_eq!(OrderNo::parse(&text).is_ok(), well_formed);
    }
}
