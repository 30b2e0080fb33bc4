use chrono::TimeZone as _;
use proptest::prelude::*;

use super::*;
use crate::domain::personal::{Address, Card, Delivery, Orderer, Phone};
use crate::domain::purchase_total::summarise;

fn parsed<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("well-formed")
}

fn phone() -> Phone {
    Phone { first: "010".to_owned(), middle: "1234".to_owned(), last: "5678".to_owned() }
}

const SHARES: BurdenShares = BurdenShares { ours: 100, vendors: 0 };

fn discount(promotion: &str, kind: PromotionType, minimum: Option<i64>, amount: i64) -> Discount {
    Discount {
        promotion_no: parsed(promotion),
        promotion_type: kind,
        coupon_no: Some(parsed(&format!("CI{promotion}"))),
        shares: SHARES,
        rate_or_amount: 10,
        minimum: minimum.map(Won::new),
        most: None,
        amount: Won::new(amount),
    }
}

fn line(seq: i32, quantity: i64, price: i64, discounts: Vec<Discount>) -> OrderedLine {
    OrderedLine {
        seq,
        goods_no: parsed("10002552"),
        goods_name: "린넨 셔츠".to_owned(),
        goods_image: None,
        item_no: parsed("001"),
        item_name: "화이트/M".to_owned(),
        vendor_no: "E0001".to_owned(),
        group_no: 1,
        quantity,
        unit_price: Won::new(price),
        status: LineStatus::OrderComplete,
        discounts,
    }
}

fn payment(number: &str, means: PayMeans, amount: i64) -> Payment {
    Payment {
        number: parsed(number),
        means,
        amount: Won::new(amount),
        is_partly_refundable: true,
        provider_key: None,
    }
}

/// The order of the contract: 60,000 of goods, 11,000 off, paid with 46,000 and 3,000 of mileage.
fn order() -> OrderToTake {
    OrderToTake {
        number: parsed("20260801O000001"),
        site_no: parsed("1"),
        member_no: Some(parsed("100001311")),
        grade: Some(MemberGrade::Gold),
        password: None,
        media: OrderMedia::Pc,
        ordered_at: Utc.with_ymd_and_hms(2026, 8, 1, 1, 0, 0).single().expect("a time"),
        personal: PersonalData {
            orderer: Orderer { name: "홍길동".to_owned(), phone: phone(), email: None },
            deliveries: vec![Delivery {
                seq: 1,
                receiver: "홍길동".to_owned(),
                phone: phone(),
                address: Address {
                    zip_code: "06236".to_owned(),
                    street: "서울특별시 강남구 테헤란로 152".to_owned(),
                    detail: "10층".to_owned(),
                },
                message: None,
                customs_number: None,
            }],
            gift_deliveries: Vec::new(),
            cards: vec![Card { payment_no: parsed("PAY1"), number: None }],
        },
        groups: vec![DeliveryGroup {
            number: 1,
            delivery_seq: 1,
            base_fee: Won::new(3_000),
            free_from: Some(Won::new(50_000)),
            fee_charged: Won::ZERO,
            coupon: None,
            return_fee: None,
            exchange_fee: None,
            first_fee: None,
        }],
        lines: vec![line(
            1,
            3,
            20_000,
            vec![discount("P11", PromotionType::GoodsCoupon, Some(30_000), 6_000)],
        )],
        promotions: vec![OrderPromotion {
            discount: discount("P12", PromotionType::CartCoupon, Some(50_000), 5_000),
            line_amounts: vec![LineAmount { line_seq: 1, amount: Won::new(5_000) }],
        }],
        accruals: Vec::new(),
        gifts: vec![Gift {
            kind: GiftEventType::PurchaseAmount,
            line_seq: None,
            minimum: Some(Won::new(50_000)),
            quantity: 1,
            value: None,
        }],
        payments: vec![payment("PAY1", PayMeans::Card, 46_000), payment("PAY2", PayMeans::Mileage, 3_000)],
    }
}

/// Changes the contract's order and expects these findings, in any order.
#[track_caller]
fn check(change: impl FnOnce(&mut OrderToTake), expected: &[(&str, Reason)]) {
    let mut order = order();
    change(&mut order);
    let mut found: Vec<(String, Reason)> =
        findings(&[order]).into_iter().map(|finding| (finding.field, finding.reason)).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    let mut expected: Vec<(String, Reason)> =
        expected.iter().map(|(field, reason)| (format!("orders[0].{field}"), *reason)).collect();
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
}

#[test]
fn the_order_of_the_contract_is_taken() {
    check(|_| {}, &[]);
    let order = order();
    let states = order.line_states().expect("small amounts");
    assert_eq!(summarise(&states).expect("sound").amount_purchased, Won::new(49_000));
    let coupons: Vec<String> = order.coupons().into_iter().map(CouponIssueNo::into_string).collect();
    assert_eq!(coupons, ["CIP11", "CIP12"]);
    assert_eq!(order.mileage_paid(), Some(Won::new(3_000)));
}

#[test]
fn an_order_belongs_to_a_member_or_to_a_guest_with_a_password() {
    check(|order| order.member_no = None, &[("mbrNo", Reason::OwnerMissing)]);
    let guest = |password: String| {
        move |order: &mut OrderToTake| {
            order.member_no = None;
            order.password = Some(password);
        }
    };
    check(guest("비밀번호".to_owned()), &[]);
    check(guest("가".repeat(64)), &[]);
    check(guest("123".to_owned()), &[("ordPwd", Reason::PasswordLength)]);
    check(guest("1".repeat(65)), &[("ordPwd", Reason::PasswordLength)]);
}

#[test]
fn numbers_are_unique() {
    let twice = |order: &mut OrderToTake| {
        order.groups.extend(order.groups.clone());
        order.lines.push(line(1, 1, 0, Vec::new()));
        order.payments.push(payment("PAY1", PayMeans::Card, 0));
        order.personal.deliveries.extend(order.personal.deliveries.clone());
    };
    check(
        twice,
        &[
            ("dlvpList[1].dlvpSeq", Reason::Repeated),
            ("deliGrpList[1].deliGrpNo", Reason::Repeated),
            ("goodsList[1].ordSeq", Reason::Repeated),
            // The parts of one number fall on both of its lines, and the second costs nothing.
            ("goodsList[1].benefitList", Reason::DiscountsExceedPrice),
            ("payList[2].payNo", Reason::Repeated),
        ],
    );
    let found = findings(&[order(), order()]);
    assert_eq!(found, [Finding { field: "orders[1].ordNo".to_owned(), reason: Reason::Repeated }]);
}

#[test]
fn references_resolve() {
    check(|order| order.lines[0].group_no = 2, &[("goodsList[0].deliGrpNo", Reason::Unresolved)]);
    check(|order| order.groups[0].delivery_seq = 2, &[("deliGrpList[0].dlvpSeq", Reason::Unresolved)]);
    check(
        |order| order.promotions[0].line_amounts[0].line_seq = 2,
        &[("ordPromotionList[0].goods[0].ordSeq", Reason::Unresolved)],
    );
    let accrual = |line_seq| Accrual {
        amount: Won::new(490),
        line_amounts: vec![LineAmount { line_seq, amount: Won::new(490) }],
    };
    check(|order| order.accruals.push(accrual(1)), &[]);
    check(
        |order| order.accruals.push(accrual(7)),
        &[("ordAccmList[0].goodsAccmList[0].ordSeq", Reason::Unresolved)],
    );
    check(|order| order.gifts[0].line_seq = Some(2), &[("giftList[0].ordSeq", Reason::Unresolved)]);
    check(|order| order.gifts[0].kind = GiftEventType::Goods, &[("giftList[0].ordSeq", Reason::Required)]);
}

#[test]
fn sums_hold_to_the_won() {
    check(|order| order.payments[0].amount = Won::new(45_999), &[("payList", Reason::PaymentsDiffer)]);
    check(|order| order.payments.clear(), &[("payList", Reason::PaymentsDiffer)]);
    check(
        |order| order.promotions[0].line_amounts[0].amount = Won::new(4_999),
        &[("ordPromotionList[0].dcAmt", Reason::SharesDiffer)],
    );
    let coupon = |amount| DeliveryCoupon {
        promotion_type: PromotionType::FreeDeliveryCoupon,
        coupon_no: None,
        shares: SHARES,
        amount: Won::new(amount),
    };
    let with_fee = |fee, amount| {
        move |order: &mut OrderToTake| {
            order.groups[0].fee_charged = Won::new(fee);
            order.groups[0].coupon = Some(coupon(amount));
        }
    };
    check(with_fee(3_000, 3_000), &[]);
    check(with_fee(3_000, 2_000), &[("payList", Reason::PaymentsDiffer)]);
    check(
        with_fee(3_000, 3_001),
        &[("deliGrpList[0].dlvCpn.dcAmt", Reason::CouponExceedsFee), ("payList", Reason::PaymentsDiffer)],
    );
}

#[test]
fn discounts_agree_with_their_place_and_with_themselves() {
    check(
        |order| {
            order.lines[0].discounts[0].amount = Won::new(55_001);
            order.payments[0].amount = Won::new(-3_001);
        },
        &[
            ("goodsList[0].benefitList", Reason::DiscountsExceedPrice),
            ("payList[0].payAmt", Reason::OutOfRange),
        ],
    );
    check(
        |order| order.lines[0].discounts[0].promotion_type = PromotionType::CartCoupon,
        &[("goodsList[0].benefitList[0].promoTypCd", Reason::WrongPromotionType)],
    );
    check(
        |order| order.promotions[0].discount.promotion_type = PromotionType::StaffDiscount,
        &[("ordPromotionList[0].promoTypCd", Reason::WrongPromotionType)],
    );
    let second_line = |minimum| {
        move |order: &mut OrderToTake| {
            order.lines.push(line(2, 1, 0, vec![discount("P11", PromotionType::GoodsCoupon, minimum, 0)]));
        }
    };
    check(second_line(Some(30_000)), &[]);
    check(second_line(Some(30_001)), &[("goodsList[1].benefitList[0].minBuyAmt", Reason::MinimumDiffers)]);
    check(second_line(None), &[("goodsList[1].benefitList[0].minBuyAmt", Reason::MinimumDiffers)]);
}

#[test]
fn lines_come_in_a_status_of_intake_and_wait_for_payment_together() {
    check(
        |order| order.lines[0].status = LineStatus::Shipped,
        &[("goodsList[0].ordDtlStatCd", Reason::StatusNotOfIntake)],
    );
    let second = |status| {
        move |order: &mut OrderToTake| {
            order.lines.push(OrderedLine { status, ..line(2, 1, 0, Vec::new()) });
        }
    };
    check(second(LineStatus::Preparing), &[]);
    check(second(LineStatus::AwaitingPayment), &[("goodsList[1].ordDtlStatCd", Reason::PaymentMixed)]);
    let nothing = |order: &mut OrderToTake| {
        order.lines.clear();
        order.promotions.clear();
        order.payments.clear();
    };
    check(nothing, &[("goodsList", Reason::Required)]);
}

#[test]
fn absurd_amounts_are_found_and_never_overflow() {
    check(
        |order| {
            let absurd = line(2, i64::MAX, i64::MAX, Vec::new());
            order.lines.extend((2..20).map(|seq| OrderedLine { seq, ..absurd.clone() }));
            order.lines.truncate(3);
        },
        &[
            ("goodsList[1].salePrc", Reason::OutOfRange),
            ("goodsList[2].salePrc", Reason::OutOfRange),
            ("payList", Reason::PaymentsDiffer),
        ],
    );
    check(
        |order| order.lines[0].quantity = i64::MAX,
        &[("goodsList[0].ordQty", Reason::OutOfRange), ("payList", Reason::PaymentsDiffer)],
    );
    check(
        |order| order.lines[0].quantity = 0,
        &[
            ("goodsList[0].ordQty", Reason::OutOfRange),
            ("goodsList[0].benefitList", Reason::DiscountsExceedPrice),
            ("payList", Reason::PaymentsDiffer),
        ],
    );
}

#[test]
fn what_a_return_may_cost_is_an_amount_and_no_part_of_the_sums() {
    let with_fees = |amount| {
        move |order: &mut OrderToTake| {
            let group = &mut order.groups[0];
            (group.return_fee, group.exchange_fee, group.first_fee) = (amount, amount, amount);
            order.gifts[0].value = amount;
        }
    };
    check(with_fees(None), &[]);
    check(with_fees(Some(Won::ZERO)), &[]);
    check(with_fees(Some(LARGEST_AMOUNT)), &[]);
    let fields = [
        "deliGrpList[0].rtnDeliAmt",
        "deliGrpList[0].exchDeliAmt",
        "deliGrpList[0].frstDeliAmt",
        "giftList[0].aeAmt",
    ]
    .map(|field| (field, Reason::OutOfRange));
    check(with_fees(Some(Won::new(-1))), &fields);
    check(with_fees(Some(Won::new(LARGEST_AMOUNT.amount() + 1))), &fields);
}

/// Orders whose sums hold by construction.
fn valid_order() -> impl Strategy<Value = OrderToTake> {
    let lines = proptest::collection::vec((1_i64..20, 1_i64..200_000, 0_i64..=60, 0_i64..=40), 1..6);
    (lines, 0_i64..5_000, 0_i64..=100).prop_map(|(rows, fee, mileage_share)| {
        let mut order = order();
        order.lines.clear();
        order.promotions[0].line_amounts.clear();
        let mut to_pay = fee;
        let mut of_order = 0;
        for (seq, (quantity, price, own_share, order_share)) in (1_i32..).zip(rows) {
            let whole = quantity * price;
            let (own, part) = (whole * own_share / 100, whole * order_share / 100);
            let own_discount = discount("P11", PromotionType::GoodsCoupon, None, own);
            order.lines.push(line(seq, quantity, price, vec![own_discount]));
            order.promotions[0].line_amounts.push(LineAmount { line_seq: seq, amount: Won::new(part) });
            of_order += part;
            to_pay += whole - own - part;
        }
        order.promotions[0].discount.amount = Won::new(of_order);
        order.groups[0].fee_charged = Won::new(fee);
        let mileage = to_pay * mileage_share / 100;
        order.payments = vec![
            payment("PAY1", PayMeans::Card, to_pay - mileage),
            payment("PAY2", PayMeans::Mileage, mileage),
        ];
        order
    })
}

proptest! {
    #[test]
    fn an_order_whose_sums_hold_is_taken_and_counts_what_its_goods_were_paid(order in valid_order()) {
        prop_assert_eq!(findings(std::slice::from_ref(&order)), []);
        let paid: i64 = order.payments.iter().map(|payment| payment.amount.amount()).sum();
        let states = order.line_states().expect("small amounts");
        let counted = summarise(&states).expect("sound").amount_purchased;
        prop_assert_eq!(counted.amount(), paid - order.groups[0].fee_charged.amount());
    }

    #[test]
    fn one_won_more_or_less_anywhere_is_refused(order in valid_order(), place in 0_usize..100, more in any::<bool>()) {
        let mut order = order;
        let by = if more { 1 } else { -1 };
        let amounts: Vec<&mut Won> = order
            .payments.iter_mut().map(|payment| &mut payment.amount)
            .chain(order.lines.iter_mut().map(|line| &mut line.unit_price))
            .chain(order.groups.iter_mut().map(|group| &mut group.fee_charged))
            .chain(order.promotions.iter_mut().map(|promotion| &mut promotion.discount.amount))
            .collect();
        let count = amounts.len();
        let amount = amounts.into_iter().nth(place % count).expect("within the list");
        *amount = Won::new(amount.amount() + by);
        prop_assert!(!findings(&[order]).is_empty());
    }
}
