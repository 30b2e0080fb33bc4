//! The words beside the amounts, and the text the hash is taken of.

use commerce::{LineStatus, Won};

use crate::domain::money::ClaimCost;
use crate::domain::money::explanation::won_text;
use crate::domain::testing::generator::{partly_refundable_order, unpaid_order};
use crate::domain::testing::play::{some_units, split};
use crate::domain::testing::random::for_seeds;
use crate::domain::testing::{CUSTOMER, Story, VENDOR, contract_order, line, line_discount, order};

fn words(cost: &ClaimCost) -> Vec<String> {
    let lines = cost.calculation.iter();
    lines
        .map(|line| {
            let calculation = line.calculation();
            format!(
                "{} {} | {} | {} | {}",
                line.seq(),
                calculation.rule_id(),
                calculation.title(),
                calculation.formula(),
                line.amount()
            )
        })
        .collect()
}

#[test]
fn an_agent_can_read_why_the_amount_is_what_it_is() {
    let mut story = Story::of(contract_order());
    assert_eq!(
        words(&story.cancel(CUSTOMER, &[(1, 1)]).unwrap()),
        [
            "1 GOODS | 상품금액: 린넨 셔츠 1 (화이트/M) | 판매가 20,000원 × 취소 수량 1개 | 20000",
            "2 DISCOUNT | 할인 차감: 린넨 셔츠 1 (화이트/M) | 주문 3개의 할인 11,000원 중 취소 전 3개 몫 11,000원 \
             − 취소 후 2개 몫 7,334원을 차감 (몫 = 할인 × 수량 ÷ 주문 수량, 원 미만 올림) | -3666",
            "3 DISCOUNT_TAKEN_BACK | 할인 회수: 행사 P12 | 남은 구매금액 40,000원 < 최소구매금액 50,000원; \
             린넨 셔츠 1 (화이트/M) 남은 2개(주문 3개)의 할인 7,334원 (전체 11,000원 기준) − 회수 후 할인 4,000원 \
             (전체 6,000원 기준)을 차감 (할인 = 전체 할인 × 남은 수량 ÷ 주문 수량, 원 미만 올림) | -3334",
            "4 DELIVERY_FEE | 배송비 추가: 배송 1 | 남은 주문금액 36,000원 < 무료배송 기준 50,000원이므로 기본 \
             배송비 3,000원을 차감 | -3000",
        ]
    );
    let rest = words(&story.cancel(CUSTOMER, &[(1, 2)]).unwrap());
    assert_eq!(
        rest[2],
        "3 DELIVERY_FEE_BACK | 배송비 환불: 배송 1 | 배송 상품 전체 취소: 부담하신 배송비 3,000원 − 배송비 쿠폰 0원 \
         | 3000"
    );
}

/// The numbers of a text before one of two units, in their order.
fn numbers(text: &str, unit: char) -> Vec<i64> {
    let plain = text.replace(',', "");
    let mut found = Vec::new();
    let mut digits = String::new();
    for letter in plain.chars() {
        if letter.is_ascii_digit() || (letter == '-' && digits.is_empty()) {
            digits.push(letter);
            continue;
        }
        if letter == unit {
            found.extend(digits.parse::<i64>().ok());
        }
        digits.clear();
    }
    found
}

/// What an agent comes to who has nothing but the rule's name and its words, and counts by hand.
pub(super) fn by_hand(rule_id: &str, formula: &str) -> i64 {
    let (won, pieces) = (numbers(formula, '원'), numbers(formula, '개'));
    // 원 미만 올림
    let share = |whole: i64, part: i64, of: i64| (whole * part + of - 1) / of;
    match (rule_id, won.as_slice(), pieces.as_slice()) {
        ("GOODS", [price], [quantity]) => price * quantity,
        ("DISCOUNT", [discount, with_before, with_after], [ordered, before, after]) => {
            assert_eq!(*with_before, share(*discount, *before, *ordered), "{formula}");
            assert_eq!(*with_after, share(*discount, *after, *ordered), "{formula}");
            with_after - with_before
        }
        ("DISCOUNT_TAKEN_BACK", [left, minimum, with, whole, without, rest], [after, ordered]) => {
            assert!(left < minimum, "{formula}");
            assert_eq!(*with, share(*whole, *after, *ordered), "{formula}");
            assert_eq!(*without, share(*rest, *after, *ordered), "{formula}");
            without - with
        }
        ("DELIVERY_FEE", [left, free_from, fee], []) => {
            assert!(left < free_from, "{formula}");
            -fee
        }
        ("DELIVERY_FEE" | "RTN_FEE" | "EXCH_FEE", [fee], []) => -fee,
        ("DELIVERY_FEE_BACK", [charged, coupon], []) => charged - coupon,
        ("EXCH_FEE", [both_ways, way_back], []) => way_back - both_ways,
        ("GIFT_NOT_RETURNED", [worth], [quantity]) => -worth * quantity,
        ("WAIVED", [amount], []) => *amount,
        ("NOT_PAID_YET", [total], []) => -total,
        ("REFUND_LIMIT", [most, net], []) => most - net,
        other => panic!("{other:?} of {formula}"),
    }
}

#[test]
fn every_line_can_be_counted_again_from_its_own_words() {
    for_seeds(3_000, |_, random| {
        let order = if random.one_in(5) { unpaid_order(random) } else { partly_refundable_order(random) };
        let mut story = Story::of(order);
        let requests = if random.one_in(5) {
            vec![story.order.lines().iter().map(|line| (line.seq, line.quantity)).collect()]
        } else {
            split(&some_units(&story.order, random), random)
        };
        for request in &requests {
            // An order that waits for its payment refuses a part.
            let Ok(cost) = story.cancel(CUSTOMER, request) else { continue };
            for line in &cost.calculation {
                let calculation = line.calculation();
                let counted = by_hand(calculation.rule_id(), &calculation.formula());
                assert_eq!(counted, line.amount().amount(), "{}", calculation.formula());
            }
        }
    });
}

#[test]
fn an_order_not_paid_yet_says_so_last() {
    let story = Story::of(order(|facts| facts.lines[0].status = LineStatus::AwaitingPayment));
    let cost = story.quote(CUSTOMER, &[(1, 3)]).unwrap();
    assert_eq!(
        words(&cost)[1],
        "2 NOT_PAID_YET | 입금 전 주문 | 아직 결제되지 않은 금액 60,000원은 환불 대상이 아니므로 차감 | -60000"
    );
}

#[test]
fn costs_have_their_reason_in_words() {
    let cost = Story::of(contract_order()).quote(CUSTOMER, &[(1, 1)]).unwrap();
    let reasons: Vec<String> = cost.additional_costs.iter().map(|row| row.reason.text_ko()).collect();
    assert_eq!(
        reasons,
        ["남은 주문금액이 무료배송 기준 50,000원 미만", "남은 구매금액이 최소구매금액 50,000원 미만"]
    );
}

#[test]
fn amounts_are_grouped_by_thousands() {
    let texts = [0, 1, 999, 1_000, -12_345, 1_234_567].map(|amount| won_text(Won::new(amount)));
    assert_eq!(texts, ["0원", "1원", "999원", "1,000원", "-12,345원", "1,234,567원"]);
}

#[test]
fn the_hashed_text_is_the_same_whatever_order_lines_are_asked_for_in() {
    let story = Story::of(order(|facts| facts.lines = vec![line(1, 1, 2, 100), line(2, 1, 2, 70)]));
    let text = |lines: &[(i32, i64)]| story.quote(CUSTOMER, lines).unwrap().canonical_text();
    assert_eq!(text(&[(1, 1), (2, 2)]), text(&[(2, 2), (1, 1)]));
    assert_ne!(text(&[(1, 1), (2, 2)]), text(&[(1, 2), (2, 1)]));
}

#[test]
fn the_hashed_text_stands_for_everything_that_bears_on_money_goods_or_coupons() {
    let story = Story::of(contract_order());
    let cost = story.quote(CUSTOMER, &[(1, 1)]).unwrap();
    let expected = "cost/1|20260801O000001\n\
        goods|1|10002551|001|1|20000|3666|16334\n\
        cost|10|+1|-|5:E0001|-|-|3000|10\n\
        cost|40|-|+1|5:E0001|+P12|+CI0002|3334|10\n\
        coupon|CI0002|P12|12\n\
        revoke|P12|+CI0002|3334\n\
        gift|0|3:AE1|8:90000001|3:001|1\n\
        refund|PAY1|10|10000\n\
        total|10000|0|0|0|N\n";
    assert_eq!(cost.canonical_text(), expected);
    // One edit each; the words do not count.
    type Edit = fn(&mut ClaimCost);
    let edits: [Edit; 10] = [
        |cost| cost.refund = Won::new(1),
        |cost| cost.additional_payment = Won::new(1),
        |cost| cost.mileage_restored = Won::new(1),
        |cost| cost.accrual_taken_back = Won::new(1),
        |cost| cost.needs_refund_account = true,
        |cost| cost.restored_coupons.clear(),
        |cost| cost.cancelled_gifts.clear(),
        |cost| cost.refunds[0].payment_no = crate::domain::testing::parsed("PAY2"),
        |cost| cost.goods[0].item_no = crate::domain::testing::parsed("002"),
        |cost| cost.taken_back.clear(),
    ];
    for (number, edit) in edits.iter().enumerate() {
        let mut other = cost.clone();
        edit(&mut other);
        assert_ne!(other.canonical_text(), expected, "edit {number}");
    }
    let mut other = cost.clone();
    other.calculation.clear();
    assert_eq!(other.canonical_text(), expected);
    assert_eq!(cost.hash_with(|bytes| bytes.len().to_string()), expected.len().to_string());
}

#[test]
fn whose_fault_it_is_shows_in_the_text_where_it_bears_on_anything() {
    let plain = Story::of(order(|_| {}));
    let text = |story: &Story, reason| story.quote(reason, &[(1, 1)]).unwrap().canonical_text();
    assert_eq!(text(&plain, CUSTOMER), text(&plain, VENDOR));
    let discounted = Story::of(order(|facts| {
        facts.lines[0].discounts = vec![line_discount("P1", None, Some(60_000), 30, 0)];
    }));
    assert_ne!(text(&discounted, CUSTOMER), text(&discounted, VENDOR));
}
