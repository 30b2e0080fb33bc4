use super::*;

fn promotion(no: &str) -> Promotion {
    Promotion { no: PromotionNo::parse(no).unwrap(), name: no.to_owned(), burden: None }
}

fn mileage(no: &str) -> GoodsMileage {
    GoodsMileage {
        promotion: promotion(no),
        starts_at: "2026-08-01T00:00:00Z".parse().unwrap(),
        ends_at: "2026-08-31T00:00:00Z".parse().unwrap(),
        rate: AccrualRate::Fixed(Won::new(100)),
        most: None,
        grades: Vec::new(),
        media: Vec::new(),
        targets: vec![Target { kind: AccrualTargetType::Brand, number: Some("B01".to_owned()) }],
    }
}

fn grade(no: &str, grade: MemberGrade) -> GradeAccrual {
    GradeAccrual { promotion: promotion(no), grade, threshold: Won::ZERO, rate: Rate::ZERO }
}

fn sound() -> AccrualPolicy {
    AccrualPolicy {
        base: Some(BaseAccrual { promotion: promotion("A21"), rate: Rate::ZERO }),
        grades: vec![grade("A22", MemberGrade::Gold), grade("A22", MemberGrade::Vip)],
        goods_mileages: vec![mileage("P1"), mileage("P2")],
        excluded_goods: Vec::new(),
    }
}

#[track_caller]
fn check(spoil: impl FnOnce(&mut AccrualPolicy), place: Place, reason: Reason) {
    let mut policy = sound();
    spoil(&mut policy);
    assert_eq!(faults(&policy), [Fault { place, reason }]);
}

#[test]
fn a_sound_policy_has_no_fault_and_its_grades_may_share_a_number() {
    assert_eq!(faults(&sound()), []);
    assert_eq!(faults(&AccrualPolicy::default()), []);
}

#[test]
fn a_number_stands_for_one_promotion() {
    let twice = Reason::PromotionTwice;
    check(|policy| policy.goods_mileages[1] = mileage("P1"), Place::MileagePromotion(1), twice);
    check(|policy| policy.goods_mileages[0] = mileage("A21"), Place::MileagePromotion(0), twice);
    check(|policy| policy.goods_mileages[1] = mileage("A22"), Place::MileagePromotion(1), twice);
    check(
        |policy| policy.grades[1] = grade("A21", MemberGrade::Vip),
        Place::GradePromotion(1),
        Reason::PromotionTwice,
    );
}

#[test]
fn a_grade_has_one_accumulation() {
    check(|policy| policy.grades[1].grade = MemberGrade::Gold, Place::Grade(1), Reason::GradeTwice);
}

#[test]
fn a_mileage_does_not_end_before_it_starts_but_may_last_an_instant() {
    check(
        |policy| policy.goods_mileages[1].ends_at = "2026-07-31T23:59:59.999999Z".parse().unwrap(),
        Place::MileageEnd(1),
        Reason::EndsBeforeItStarts,
    );
    let mut policy = sound();
    policy.goods_mileages[0].ends_at = policy.goods_mileages[0].starts_at;
    assert_eq!(faults(&policy), []);
}

#[test]
fn thresholds_and_caps_are_not_negative() {
    check(|policy| policy.grades[0].threshold = Won::new(-1), Place::Threshold(0), Reason::Negative);
    check(
        |policy| policy.goods_mileages[0].most = Some(Won::new(-1)),
        Place::MileageCap(0),
        Reason::Negative,
    );
}

#[test]
fn only_the_target_everything_needs_no_number() {
    let target = |kind, number: Option<&str>| Target { kind, number: number.map(str::to_owned) };
    for number in [None, Some("")] {
        check(
            |policy| policy.goods_mileages[1].targets.push(target(AccrualTargetType::Vendor, number)),
            Place::TargetNumber(1, 1),
            Reason::TargetWithoutNumber,
        );
    }
    let mut policy = sound();
    policy.goods_mileages[0].targets.push(target(AccrualTargetType::All, None));
    assert_eq!(faults(&policy), []);
}

#[test]
fn a_rate_is_read_by_its_kind() {
    let of = |kind, text| AccrualRate::of(kind, RateOrWon::from_text(text).unwrap());
    assert_eq!(of(DiscountKind::Rate, "0.57"), Some(AccrualRate::Rate(Rate::from_basis_points(57).unwrap())));
    assert_eq!(of(DiscountKind::FixedAmount, "500"), Some(AccrualRate::Fixed(Won::new(500))));
    assert_eq!(of(DiscountKind::Rate, "100.01"), None);
    assert_eq!(of(DiscountKind::FixedAmount, "0.5"), None);
}
