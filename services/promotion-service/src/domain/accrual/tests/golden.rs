use commerce::AccrualTargetType::{All, Brand, DisplayCategory, Goods as GoodsTarget, Vendor};
use commerce::{GoodsNo, MemberGrade, OrderMedia, Won};

use super::super::AccrualKind::{GoodsMileage as Mileage, Grade, Order};
use super::super::*;
use super::sample::*;
use crate::domain::accrual_policy::{AccrualPolicy, GoodsMileage};

/// An expected row: kind, promotion, amount, standard amount, and (place, amount) per goods.
fn row(kind: AccrualKind, number: &str, amount: i64, standard: i64, shares: &[(usize, i64)]) -> Row {
    (kind, number.to_owned(), amount, standard, shares.to_vec())
}

/// What goods earn under goods mileages alone.
#[track_caller]
fn check_mileages(mileages: Vec<GoodsMileage>, goods: &[Goods], expected: &[Row]) {
    let (_, rows) = earned(&goods_mileages(mileages), &order(goods));
    assert_eq!(rows, expected);
}

/// The first goods earns on 60,000 − 5,000 = 55,000, the second on 10,001: 65,001 together.
///
/// 21 at 1 %: 650.01 → 650. Exact parts 650×55,000/65,001 = 549.99… and 650×10,001/65,001 = 100.008…; rounded down
/// they are 549 and 100, and the won left over goes to the larger remainder: 550 and 100.
/// 22 at 1.5 %: 975.015 → 975, exact parts 824.98… and 150.01… → 825 and 150.
/// 24 at 2.9 % for the brand of the first goods alone: 55,000 × 2.9 % = 1,595.
/// In all 650 + 975 + 1,595 = 3,220.
#[test]
fn an_order_earns_under_three_kinds() {
    let policy = AccrualPolicy {
        base: Some(base("1")),
        grades: vec![grade(MemberGrade::Gold, 30_000, "1.5"), grade(MemberGrade::Vip, 0, "5")],
        ..goods_mileages(vec![mileage("P40", percent("2.9"), &[(Brand, "B02")])])
    };
    let goods = [goods("G1", 60_000).less(5_000).of_brand("B02"), goods("G2", 10_001)];
    let (total, rows) = earned(&policy, &order(&goods));
    assert_eq!(total, 3_220);
    assert_eq!(
        rows,
        [
            row(Order, "A21", 650, 65_001, &[(0, 550), (1, 100)]),
            row(Grade, "A22", 975, 30_000, &[(0, 825), (1, 150)]),
            row(Mileage, "P40", 1_595, 55_000, &[(0, 1_595)]),
        ]
    );
}

#[test]
fn an_empty_order_and_an_empty_policy_earn_nothing() {
    let policy = AccrualPolicy { base: Some(base("100")), ..AccrualPolicy::default() };
    assert_eq!(earned(&policy, &order(&[])), (0, vec![]));
    assert_eq!(earned(&AccrualPolicy::default(), &order(&[goods("G1", 1_000)])), (0, vec![]));
}

/// 0.57 % of 10,000 is 57 exactly; as a double, 0.57 × 100 is 56.99….
#[test]
fn a_rate_of_hundredths_is_exact() {
    let policy = AccrualPolicy { base: Some(base("0.57")), ..AccrualPolicy::default() };
    assert_eq!(earned(&policy, &order(&[goods("G1", 10_000)])).0, 57);
    assert_eq!(earned(&policy, &order(&[goods("G1", 9_999)])).0, 56);
}

/// The grade's threshold must be exceeded: at 30,000 there is nothing, at 30,001 there are 1.5 % = 450.015 → 450.
#[test]
fn reaching_the_grades_threshold_is_not_exceeding_it() {
    let policy =
        AccrualPolicy { grades: vec![grade(MemberGrade::Gold, 30_000, "1.5")], ..AccrualPolicy::default() };
    assert_eq!(earned(&policy, &order(&[goods("G1", 30_000)])).1, []);
    assert_eq!(
        earned(&policy, &order(&[goods("G1", 30_001)])).1,
        [row(Grade, "A22", 450, 30_000, &[(0, 450)])]
    );
    // What an order promotion takes off counts: 35,000 − 5,000 is 30,000 again.
    assert_eq!(earned(&policy, &order(&[goods("G1", 35_000).less(5_000)])).1, []);
    let mut silver = order(&[]);
    silver.grade = MemberGrade::Family;
    assert_eq!(earned(&policy, &silver).1, []);
}

/// A share larger than the price leaves a base of 0, not less: the second goods alone earns 1 % of 1,000.
#[test]
fn a_base_does_not_fall_below_zero() {
    let policy = AccrualPolicy { base: Some(base("1")), ..AccrualPolicy::default() };
    let goods = [goods("G1", 500).less(900), goods("G2", 1_000)];
    assert_eq!(earned(&policy, &order(&goods)).1, [row(Order, "A21", 10, 1_000, &[(1, 10)])]);
}

/// Excluded goods count neither for the amount nor for the grade's threshold.
#[test]
fn excluded_goods_earn_nothing_and_count_for_nothing() {
    let policy = AccrualPolicy {
        base: Some(base("1")),
        grades: vec![grade(MemberGrade::Gold, 30_000, "1")],
        excluded_goods: vec![GoodsNo::parse("G2").unwrap()],
        ..goods_mileages(vec![mileage("P1", percent("10"), &[(All, "")])])
    };
    let goods = [goods("G1", 20_000), goods("G2", 20_000)];
    assert_eq!(
        earned(&policy, &order(&goods)).1,
        [row(Order, "A21", 200, 20_000, &[(0, 200)]), row(Mileage, "P1", 2_000, 20_000, &[(0, 2_000)])]
    );
}

/// Five won over three equal goods at 1 %: 333 each is 999, of it 9.99 → 9, so 3 each; 334 each is 10.02 → 10: the one
/// won too many goes to the first of the request.
#[test]
fn a_tie_of_remainders_goes_to_the_first_of_the_request() {
    let policy = AccrualPolicy { base: Some(base("1")), ..AccrualPolicy::default() };
    let three = |amount| [goods("G3", amount), goods("G1", amount), goods("G2", amount)];
    let shares = |amount| earned(&policy, &order(&three(amount))).1.remove(0).4;
    assert_eq!(shares(333), [(0, 3), (1, 3), (2, 3)]);
    assert_eq!(shares(334), [(0, 4), (1, 3), (2, 3)]);
}

/// 0.01 % of 30,000 is 3 won over four goods: three get one, the fourth has no row.
#[test]
fn goods_that_get_nothing_have_no_row_and_an_amount_of_nothing_has_no_entry() {
    let policy = AccrualPolicy { base: Some(base("0.01")), ..AccrualPolicy::default() };
    let four: Vec<Goods> = (1..=4).map(|number| goods(&format!("G{number}"), 7_500)).collect();
    assert_eq!(earned(&policy, &order(&four)).1, [row(Order, "A21", 3, 30_000, &[(0, 1), (1, 1), (2, 1)])]);
    assert_eq!(earned(&policy, &order(&[goods("G1", 9_999)])).1, []);
}

#[test]
fn a_goods_item_earns_from_one_promotion_only_the_one_worth_most() {
    // 3 % of 10,000 is 300 and beats 2 %, and the 250 fixed; at 8,000 it is 240 and the fixed amount wins.
    let mileages = || {
        vec![
            mileage("P1", percent("2"), &[(All, "")]),
            mileage("P2", percent("3"), &[(Brand, "B01")]),
            mileage("P3", fixed(250), &[(Vendor, "E01")]),
        ]
    };
    check_mileages(mileages(), &[goods("G1", 10_000)], &[row(Mileage, "P2", 300, 10_000, &[(0, 300)])]);
    check_mileages(mileages(), &[goods("G1", 8_000)], &[row(Mileage, "P3", 250, 8_000, &[(0, 250)])]);
}

/// 0.33 % of 101 is 0.3333, 0.34 % is 0.3434: both come to 0 won for one goods, yet the second is worth more. With ten
/// such goods it earns 3.434 → 3.
#[test]
fn worth_is_compared_without_rounding() {
    let mileages =
        vec![mileage("P1", percent("0.33"), &[(All, "")]), mileage("P2", percent("0.34"), &[(All, "")])];
    let ten: Vec<Goods> = (0..10).map(|number| goods(&format!("G{number}"), 101)).collect();
    check_mileages(mileages, &ten, &[row(Mileage, "P2", 3, 1_010, &[(0, 1), (1, 1), (2, 1)])]);
}

/// 5 % of 10,000 is 500 but capped at 300; 4 % uncapped is 400.
#[test]
fn worth_ends_at_the_cap() {
    check_mileages(
        vec![
            capped(mileage("P1", percent("5"), &[(All, "")]), 300),
            mileage("P2", percent("4"), &[(All, "")]),
        ],
        &[goods("G1", 10_000)],
        &[row(Mileage, "P2", 400, 10_000, &[(0, 400)])],
    );
}

/// As strings, `P10` comes before `P9`.
#[test]
fn of_equal_worth_the_smallest_number_as_a_string_wins() {
    check_mileages(
        vec![mileage("P9", percent("2"), &[(All, "")]), mileage("P10", percent("2"), &[(All, "")])],
        &[goods("G1", 10_000)],
        &[row(Mileage, "P10", 200, 10_000, &[(0, 200)])],
    );
    // 2 % of 10,000 is the fixed 200.
    check_mileages(
        vec![mileage("P2", percent("2"), &[(All, "")]), mileage("P1", fixed(200), &[(All, "")])],
        &[goods("G1", 10_000)],
        &[row(Mileage, "P1", 200, 10_000, &[(0, 200)])],
    );
}

#[test]
fn the_named_promotion_is_taken_if_it_applies_though_another_is_worth_more() {
    let mileages =
        || vec![mileage("P1", percent("1"), &[(Brand, "B01")]), mileage("P2", percent("9"), &[(All, "")])];
    let expected = |number, amount| [row(Mileage, number, amount, 10_000, &[(0, amount)])];
    check_mileages(mileages(), &[goods("G1", 10_000).naming("P1")], &expected("P1", 100));
    // It does not target this brand, or is unknown: then the best.
    check_mileages(mileages(), &[goods("G1", 10_000).of_brand("B02").naming("P1")], &expected("P2", 900));
    check_mileages(mileages(), &[goods("G1", 10_000).naming("P7")], &expected("P2", 900));
}

/// Two goods of 149 at 1 %: each alone is 1.49 → 1, together 2.98 → 2.
#[test]
fn goods_of_one_promotion_earn_together() {
    check_mileages(
        vec![mileage("P1", percent("1"), &[(All, "")])],
        &[goods("G1", 149), goods("G2", 149)],
        &[row(Mileage, "P1", 2, 298, &[(0, 1), (1, 1)])],
    );
}

/// 10 % of 10,000 + 20,000 is 3,000, capped at 1,000: 333.3 and 666.6 → 333 and 667.
#[test]
fn a_promotion_is_capped_over_all_its_goods() {
    check_mileages(
        vec![capped(mileage("P1", percent("10"), &[(All, "")]), 1_000)],
        &[goods("G1", 10_000), goods("G2", 20_000)],
        &[row(Mileage, "P1", 1_000, 30_000, &[(0, 333), (1, 667)])],
    );
    // 0 is no cap.
    check_mileages(
        vec![capped(mileage("P1", percent("10"), &[(All, "")]), 0)],
        &[goods("G1", 10_000)],
        &[row(Mileage, "P1", 1_000, 10_000, &[(0, 1_000)])],
    );
}

/// 500 each for two goods; the third costs nothing and earns nothing. With a cap of 777 the two halves are 388.5 each,
/// and the odd won goes to the first.
#[test]
fn a_fixed_amount_is_earned_by_each_goods_that_costs_something() {
    let three = [goods("G1", 1_000), goods("G2", 90_000), goods("G3", 0)];
    check_mileages(
        vec![mileage("P1", fixed(500), &[(All, "")])],
        &three,
        &[row(Mileage, "P1", 1_000, 91_000, &[(0, 500), (1, 500)])],
    );
    check_mileages(
        vec![capped(mileage("P1", fixed(500), &[(All, "")]), 777)],
        &three,
        &[row(Mileage, "P1", 777, 91_000, &[(0, 389), (1, 388)])],
    );
}

#[test]
fn every_kind_of_target_is_found_and_no_target_is_nothing() {
    let number = |kind| match kind {
        GoodsTarget => "G1",
        Brand => "B01",
        commerce::AccrualTargetType::StandardCategory => "S01",
        DisplayCategory => "C01",
        Vendor => "E01",
        commerce::AccrualTargetType::SalesChannel => "1000001",
        All => "",
    };
    for kind in commerce::AccrualTargetType::ALL {
        let hit = vec![mileage("P1", percent("1"), &[(*kind, number(*kind))])];
        check_mileages(hit, &[goods("G1", 100)], &[row(Mileage, "P1", 1, 100, &[(0, 1)])]);
        if *kind != All {
            check_mileages(vec![mileage("P1", percent("1"), &[(*kind, "X")])], &[goods("G1", 100)], &[]);
        }
    }
    check_mileages(vec![mileage("P1", percent("1"), &[])], &[goods("G1", 100)], &[]);
}

#[test]
fn a_mileage_holds_for_its_grades_its_media_and_from_its_first_to_its_last_instant() {
    let policy = goods_mileages(vec![GoodsMileage {
        grades: vec![MemberGrade::Gold, MemberGrade::Vip],
        media: vec![OrderMedia::Pc],
        ..mileage("P1", percent("1"), &[(All, "")])
    }]);
    let goods = [goods("G1", 100)];
    let earns = |grade, media, base_at: &str| {
        earned(&policy, &OrderToAccrue { grade, media, base_at: at(base_at), ..order(&goods) }).0 == 1
    };
    let (gold, pc, first, last) =
        (MemberGrade::Gold, OrderMedia::Pc, "2026-07-31T15:00:00Z", "2026-08-31T14:59:59Z");
    assert!(earns(gold, pc, first) && earns(MemberGrade::Vip, pc, last));
    assert!(!earns(MemberGrade::Vvip, pc, first));
    assert!(!earns(gold, OrderMedia::IosApp, first));
    assert!(!earns(gold, pc, "2026-07-31T14:59:59.999999999Z"));
    assert!(!earns(gold, pc, "2026-08-31T14:59:59.000000001Z"));
}

/// Three goods of 10^12 at 100 %, 99.99 % of it for the grade: 3×10^12 and 2,999,700,000,000; the fixed 10^12 is worth as
/// much as 100 % would be.
#[test]
fn amounts_near_a_trillion_stay_exact() {
    const MOST: i64 = 1_000_000_000_000;
    let policy = AccrualPolicy {
        base: Some(base("100")),
        grades: vec![grade(MemberGrade::Gold, MOST, "99.99")],
        ..goods_mileages(vec![
            mileage("P1", fixed(MOST), &[(All, "")]),
            mileage("P2", percent("100"), &[(All, "")]),
        ])
    };
    let goods = [goods("G1", MOST), goods("G2", MOST), goods("G3", MOST)];
    let each = |amount| vec![(0, amount), (1, amount), (2, amount)];
    assert_eq!(
        earned(&policy, &order(&goods)).1,
        [
            row(Order, "A21", 3 * MOST, 3 * MOST, &each(MOST)),
            row(Grade, "A22", 2_999_700_000_000, MOST, &each(999_900_000_000)),
            row(Mileage, "P1", 3 * MOST, 3 * MOST, &each(MOST)),
        ]
    );
    let too_large = [self::goods("G1", i64::MAX), self::goods("G2", i64::MAX)];
    let policy = CompiledPolicy::compile(policy, []);
    assert_eq!(accrue(&policy, &order(&too_large)).unwrap_err(), AmountsTooLarge);
}

fn promised<'a>(
    kind: AccrualKind,
    number: &'a PromotionNo,
    rate: AccrualRate,
    threshold: i64,
) -> PromisedAccrual<'a> {
    let promise =
        Promise { promotion_no: number, name: "주문 당시", rate, our_rate: 70, vendor_rate: 30 };
    PromisedAccrual { kind, promise, threshold: Won::new(threshold) }
}

/// Today's policy gives 9 %; the order was promised 1 %, 2 % over 5,000, and 3 % by P1. 7,000 earn 70, 140 and 210.
#[test]
fn a_claim_is_computed_with_what_the_order_was_promised() {
    let policy = AccrualPolicy {
        base: Some(base("9")),
        grades: vec![grade(MemberGrade::Gold, 0, "9")],
        excluded_goods: vec![GoodsNo::parse("G9").unwrap()],
        ..goods_mileages(vec![mileage("P9", percent("9"), &[(All, "")])])
    };
    let numbers = [no("A21"), no("A22"), no("P1")];
    let goods = [
        goods("G1", 6_000).naming("P1"),
        goods("G2", 1_000).naming("P1"),
        // Excluded today, though it was not when it was ordered.
        goods("G9", 5_000).naming("P1"),
    ];
    let mut claim = order(&goods);
    claim.promised = Some(vec![
        promised(Mileage, &numbers[2], percent("3"), 0),
        promised(Grade, &numbers[1], percent("2"), 5_000),
        promised(Order, &numbers[0], percent("1"), 0),
    ]);
    let (total, rows) = earned(&policy, &claim);
    assert_eq!(total, 420);
    assert_eq!(
        rows,
        [
            row(Order, "A21", 70, 7_000, &[(0, 60), (1, 10)]),
            row(Grade, "A22", 140, 5_000, &[(0, 120), (1, 20)]),
            row(Mileage, "P1", 210, 7_000, &[(0, 180), (1, 30)]),
        ]
    );

    claim.promised = Some(vec![promised(Grade, &numbers[1], percent("2"), 7_000)]);
    assert_eq!(
        earned(&policy, &claim),
        (0, vec![]),
        "7,000 does not exceed 7,000, and the rest was not promised"
    );
    claim.promised = Some(vec![]);
    assert_eq!(earned(&policy, &claim), (0, vec![]));
}

/// The goods without a name and the one that names what was not promised take no goods mileage, though today's policy
/// has one for everything.
#[test]
fn in_a_claim_a_goods_takes_the_mileage_it_names_and_no_other() {
    let policy = goods_mileages(vec![mileage("P9", percent("9"), &[(All, "")])]);
    let number = no("P1");
    let goods = [goods("G1", 1_000), goods("G2", 1_000).naming("P9"), goods("G3", 1_000).naming("P1")];
    let mut claim = order(&goods);
    claim.promised = Some(vec![promised(Mileage, &number, fixed(50), 0)]);
    assert_eq!(earned(&policy, &claim).1, [row(Mileage, "P1", 50, 1_000, &[(2, 50)])]);
}

/// 3 % of 10,000 is 300; the stored promotion caps it at 120, whether it still counts today or was dropped since.
#[test]
fn in_a_claim_the_stored_promotion_caps() {
    let number = no("P1");
    let goods = [goods("G1", 10_000).naming("P1")];
    let mut claim = order(&goods);
    claim.promised = Some(vec![promised(Mileage, &number, percent("3"), 0)]);
    let amount = |policy: &CompiledPolicy| accrue(policy, &claim).unwrap().total.amount();

    let stored = goods_mileages(vec![capped(mileage("P1", percent("9"), &[]), 120)]);
    assert_eq!(amount(&CompiledPolicy::compile(stored, [])), 120);
    let dropped = AccrualPolicy::default();
    assert_eq!(amount(&CompiledPolicy::compile(dropped.clone(), [(number.clone(), Won::new(120))])), 120);
    assert_eq!(amount(&CompiledPolicy::compile(dropped, [])), 300);
    let today_without_a_cap = goods_mileages(vec![mileage("P1", percent("9"), &[])]);
    assert_eq!(amount(&CompiledPolicy::compile(today_without_a_cap, [(number.clone(), Won::new(120))])), 300);
}

#[test]
fn an_entry_names_its_promotion_and_its_burden() {
    let number = no("P1");
    let goods = [goods("G1", 10_000).naming("P1")];
    let mut claim = order(&goods);
    claim.promised = Some(vec![promised(Mileage, &number, percent("3"), 0)]);
    let policy = CompiledPolicy::default();
    let promise = accrue(&policy, &claim).unwrap().entries[0].promise;
    assert_eq!((promise.name, promise.our_rate, promise.vendor_rate), ("주문 당시", 70, 30));
}
