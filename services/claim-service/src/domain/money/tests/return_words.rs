//! The words of a return and an exchange, the text that is hashed, and the form in which their cost is kept.

use commerce::{Blame, CollectionMethod, Won};

use crate::domain::money::ClaimCost;
use crate::domain::money::quote_exchange;
use crate::domain::money::terms::{ExchangeTerms, ReturnTerms};
use crate::domain::money::tests::explanation::by_hand;
use crate::domain::money::tests::return_life::Life;
use crate::domain::money::tests::return_model::Fault;
use crate::domain::order::DeliveryGroup;
use crate::domain::testing::random::for_seeds;
use crate::domain::testing::{Story, contract_facts, contract_order, group, order, parsed};

fn words(cost: &ClaimCost) -> Vec<String> {
    let lines = cost.calculation.iter().map(|line| (line.calculation(), line.amount()));
    lines
        .map(|(line, amount)| {
            format!("{} | {} | {} | {amount}", line.rule_id(), line.title(), line.formula())
        })
        .collect()
}

#[test]
fn an_agent_can_read_what_a_return_comes_to() {
    let story = Story::of(order(|facts| {
        contract_facts(facts);
        facts.gifts[0].value = Won::new(700);
    }));
    let terms = ReturnTerms {
        gifts_kept: [0].into(),
        waived: Won::new(500),
        ..story.terms(Blame::Customer, &[(1, 1)])
    };
    let cost = story.quote_return(&terms).unwrap();
    let words = words(&cost);
    assert_eq!(
        words[..2],
        [
            "GOODS | 상품금액: 린넨 셔츠 1 (화이트/M) | 판매가 20,000원 × 반품 수량 1개 | 20000",
            "DISCOUNT | 할인 차감: 린넨 셔츠 1 (화이트/M) | 주문 3개의 할인 11,000원 중 반품 전 3개 몫 11,000원 − \
             반품 후 2개 몫 7,334원을 차감 (몫 = 할인 × 수량 ÷ 주문 수량, 원 미만 올림) | -3666",
        ]
    );
    assert_eq!(
        words[4..],
        [
            "RTN_FEE | 반품배송비: 배송 1 | 회수 배송비 3,000원을 차감 | -3000",
            "GIFT_NOT_RETURNED | 사은품 미반납: 텀블러 | 돌려보내지 않은 사은품 700원 × 1개를 차감 | -700",
            "WAIVED | 감면 | 받지 않기로 한 금액 500원 | 500",
        ]
    );
    let reasons: Vec<String> = cost.additional_costs.iter().map(|row| row.reason.text_ko()).collect();
    assert_eq!(
        reasons[1..],
        ["반품 회수 배송비", "남은 구매금액이 최소구매금액 50,000원 미만", "사은품 미반납", "감면", "감면"]
    );
}

fn exchange(terms: ReturnTerms) -> ExchangeTerms {
    let goods = terms.goods.into_iter().map(|goods| crate::domain::money::terms::ExchangedGoods {
        line_seq: goods.line_seq,
        item_no: goods.item_no,
        exchanged_for: parsed("002"),
        quantity: goods.quantity,
    });
    ExchangeTerms {
        blame: terms.blame,
        method: terms.method,
        at: terms.at,
        goods: goods.collect(),
        waived: terms.waived,
        paid_in_advance: terms.paid_in_advance,
    }
}

#[test]
fn fees_say_what_they_are_for() {
    let story = Story::of(contract_order());
    let of_exchange = |method| {
        let terms = exchange(ReturnTerms { method, ..story.terms(Blame::Customer, &[(1, 1)]) });
        words(&quote_exchange(&story.order, &story.history, &terms, &story.policy).unwrap())
    };
    assert_eq!(
        of_exchange(CollectionMethod::Collected),
        ["EXCH_FEE | 교환배송비: 배송 1 | 회수와 재배송의 왕복 배송비 6,000원을 차감 | -6000"]
    );
    assert_eq!(
        of_exchange(CollectionMethod::SentPrepaid),
        [
            "EXCH_FEE | 교환배송비: 배송 1 | 왕복 배송비 6,000원 − 회수하지 않는 편도 배송비 3,000원을 차감 | -3000"
        ]
    );
    let free = Story::of(order(|facts| {
        facts.groups = vec![DeliveryGroup { first_fee: Won::new(2_500), ..group(1, 3_000, None, 0) }];
    }));
    let cost = free.quote_return(&free.terms(Blame::Customer, &[(1, 3)])).unwrap();
    assert_eq!(
        words(&cost)[1],
        "DELIVERY_FEE | 배송비 추가: 배송 1 | 조건 없이 무료로 배송된 상품이 모두 반품되므로 최초 배송비 2,500원을 차감 \
         | -2500"
    );
    let charged = Story::of(order(|facts| facts.groups = vec![group(1, 3_000, None, 3_000)]));
    let cost = charged.quote_return(&charged.terms(Blame::Vendor, &[(1, 3)])).unwrap();
    assert_eq!(
        words(&cost)[1],
        "DELIVERY_FEE_BACK | 배송비 환불: 배송 1 | 배송 상품 전체 반품: 부담하신 배송비 3,000원 − 배송비 쿠폰 0원 \
         | 3000"
    );
}

#[test]
fn the_hashed_text_of_a_return_says_how_it_comes_back_and_not_what_was_paid_before() {
    let story = Story::of(contract_order());
    let cost = story.quote_return(&story.terms(Blame::Vendor, &[(1, 1)])).unwrap();
    let text = cost.canonical_text();
    let expected = "cost/1|20260801O000001\n\
        goods|1|10002551|001|1|20000|3666|16334\n\
        cost|10|+1|-|5:E0001|-|-|3000|20\n\
        cost|20|+1|-|5:E0001|-|-|3000|20\n\
        refund|PAY1|10|16334\n\
        back|20|10|-\n\
        total|16334|0|0|0|N\n";
    assert_eq!(text, expected);
    type Edit = fn(&mut crate::domain::money::SentBack);
    let of = |edit: Edit| {
        let mut other = cost.clone();
        edit(other.sent_back.as_mut().unwrap());
        other.canonical_text()
    };
    let seen: [Edit; 3] = [
        |back| back.blame = Blame::Carrier,
        |back| back.method = CollectionMethod::SentPayOnArrival,
        |back| back.free_return_coupon = Some(parsed("CI15")),
    ];
    for edit in seen {
        assert_ne!(of(edit), text);
    }
    let unseen: [Edit; 3] = [
        |back| back.paid_in_advance = Won::new(1),
        |back| back.still_due = Won::new(1),
        |back| back.advance_refunds.clear(),
    ];
    for edit in unseen {
        assert_eq!(of(edit), text);
    }
    let mut other = cost.clone();
    other.refunds[0].by_transfer = true;
    assert_eq!(other.canonical_text(), text.replace("16334\nback", "16334\ntransfer|PAY1\nback"));
}

#[test]
fn a_return_is_kept_as_it_was_reckoned() {
    let story = Story::of(contract_order());
    let terms = ReturnTerms { waived: Won::new(1), ..story.terms(Blame::Customer, &[(1, 3)]) };
    let cost = story.quote_return(&terms).unwrap();
    let kept = serde_json::to_string(&cost).unwrap();
    assert_eq!(serde_json::from_str::<ClaimCost>(&kept).unwrap(), cost);
}

#[test]
fn every_line_of_a_life_can_be_counted_again_from_its_own_words() {
    for_seeds(1_000, |_, random| {
        let mut life = Life::thrown(Fault::None, random);
        life.live().unwrap();
        for line in life.records.iter().flat_map(|record| &record.cost.calculation) {
            let calculation = line.calculation();
            let counted = by_hand(calculation.rule_id(), &calculation.formula());
            assert_eq!(counted, line.amount().amount(), "{}", calculation.formula());
            assert_eq!(calculation.amount(), Some(line.amount()));
        }
    });
}
