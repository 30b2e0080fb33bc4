//! The contract's order of 49,000, cancelled unit by unit and at once.

use serde_json::{Value, json};
use stories::{Stack, Storefront, contract_order};

use super::*;

/// 490 of accumulation on what was paid, as the checkout was told.
fn order_with_accumulation() -> Value {
    let goods = json!([{"ordSeq": 1, "goodsNo": GOODS, "itmNo": "001", "accmAmt": 490}]);
    with(
        contract_order(),
        "ordAccmList",
        json!([{"accmGbCd": "21", "accmRate": 1, "accmAmt": 490, "promoNo": "A21", "promoNm": "주문적립",
            "promoTypCd": null, "ourChrgRate": 100, "entrChrgRate": 0, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 49_000,
            "goodsAccmList": goods}]),
    )
}

async fn furnished() -> (Stack, Storefront) {
    let stack = patient_house().await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10), ("002", 5)]).await;
    issue_coupons(&shop).await;
    shop.take_in(&[order_with_accumulation()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(490 - 3_000)).await;
    (stack, shop)
}

/// What the house shows after one claim.
struct Round {
    refund: i64,
    refunds: Value,
    order_amount: Option<i64>,
    counts: (Option<i64>, Option<i64>),
    usable_coupons: &'static [&'static str],
    steps: &'static [&'static str],
    mileage: &'static [(&'static str, i64)],
    balance: i64,
    stock: i64,
}

/// With two units left the cart coupon's 50,000 and the free delivery's are not reached, with one the goods coupon's 30,000.
fn rounds() -> [Round; 3] {
    let refund = |payment: &str, means: &str, amount: i64| json!([payment, means, amount, "20"]);
    [
        Round {
            refund: 10_000,
            refunds: json!([refund("PAY1", "10", 10_000)]),
            order_amount: Some(36_000),
            counts: (Some(1), Some(1)),
            usable_coupons: &["CI0002"],
            steps: &["ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "NOTI"],
            mileage: &[("21", -163)],
            balance: -2_510 - 163,
            stock: 11,
        },
        Round {
            refund: 16_000,
            refunds: json!([refund("PAY1", "10", 16_000)]),
            order_amount: Some(20_000),
            counts: (Some(1), Some(2)),
            usable_coupons: &["CI0001", "CI0002"],
            steps: &["ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "NOTI"],
            mileage: &[("21", -163)],
            balance: -2_510 - 326,
            stock: 12,
        },
        Round {
            refund: 23_000,
            refunds: json!([refund("PAY1", "10", 20_000), refund("PAY2", "50", 3_000)]),
            order_amount: None,
            counts: (Some(0), Some(3)),
            usable_coupons: &["CI0001", "CI0002"],
            steps: &["ORDER", "REFUND", "STOCK", "ACCM", "MILEAGE", "NOTI"],
            mileage: &[("21", -164), ("29", 3_000)],
            balance: 0,
            stock: 13,
        },
    ]
}

async fn assert_round(stack: &Stack, shop: &Storefront, claim_no: &str, round: &Round) {
    let shown = details_in(shop, ORDER, claim_no, "30").await;
    assert_eq!(steps_of(&shown), all_done(round.steps));
    let refunds = shown["rfdList"].as_array().expect("details have refunds").iter();
    let refunds: Vec<Value> = refunds
        .map(|row| json!([row["payNo"], row["payMeansCd"], row["rfdAmt"], row["rfdStatCd"]]))
        .collect();
    assert_eq!(json!(refunds), round.refunds);
    assert_eq!(shown["stkList"], json!([{"goodsNo": GOODS, "itmNo": "001", "qty": 1}]));
    assert_eq!(order_amount(shop, ORDER).await, round.order_amount);
    assert_eq!(counts(shop, "myPage").await, round.counts);
    assert_eq!(usable_coupons(shop).await, round.usable_coupons);
    let mileage: Vec<(String, i64)> =
        round.mileage.iter().map(|(reason, amount)| ((*reason).to_owned(), *amount)).collect();
    assert_eq!(mileage_of(shop, claim_no).await, mileage);
    assert_eq!(balance(shop).await, Some(round.balance));
    assert_eq!(stock(shop).await, stocks(&[("001", round.stock), ("002", 5)]));
    assert_eq!(inbox_about(shop, claim_no).await, ["CLAIM_COMPLETED"]);
    until("the customer is told", async || messages_about(stack, claim_no).len() >= 2).await;
    assert_eq!(messages_about(stack, claim_no), told_by("CLAIM_COMPLETED"));
}

#[actix_web::test]
async fn unit_by_unit_everything_that_was_paid_goes_back() {
    let (stack, shop) = furnished().await;
    let member = shop.member(MEMBER);
    let one = request(ORDER, 1);
    let mut claims: Vec<String> = Vec::new();
    for round in rounds() {
        let target = popup(&shop, &member, ORDER).await;
        let left = 3 - i64::try_from(claims.len()).expect("three at most");
        assert_eq!(target["ordGoodsList"][0]["claimPsbQty"], left);
        let cost = preview(&shop, &member, &one).await;
        assert_eq!(cost["payInfo"]["rfdPrarAmt"], round.refund);
        let seen = with(one.clone(), "costHash", cost["costHash"].clone());
        let answer = cancel(&shop, &member, &with(seen, "expectRfdAmt", json!(round.refund))).await;
        let claim_no = claim_no_of(&answer);
        assert_eq!(answer.payload()["rfdPrarAmt"], round.refund);
        assert_round(&stack, &shop, &claim_no, &round).await;
        let mut shown = details(&shop, &member, ORDER, &claim_no).await;
        assert_eq!(shown["cost"]["claimGoodsList"][0]["goodsNm"], "린넨 셔츠");
        // Details say what goods are called; a preview is asked by somebody who knows.
        for goods in shown["cost"]["claimGoodsList"].as_array_mut().into_iter().flatten() {
            let goods = goods.as_object_mut().expect("goods are an object");
            goods.retain(|name, _| name != "goodsNm" && name != "itmNm");
        }
        assert_eq!(shown["cost"], cost, "what was seen is what was executed");
        claims.push(claim_no);
    }
    assert_eq!(given_back(&stack, ORDER).await.len(), 2 + 1, "card three times, mileage not by a provider");
    let nothing_left = cancel(&shop, &member, &one).await;
    assert_eq!((nothing_left.status, nothing_left.code()), (900, "CLAIM_QTY_EXCEEDED"));
    // Earlier claims have said their word and say it once.
    for claim_no in &claims {
        assert_eq!(messages_about(&stack, claim_no), told_by("CLAIM_COMPLETED"));
        assert_eq!(inbox_about(&shop, claim_no).await, ["CLAIM_COMPLETED"]);
    }
    assert_books(&stack, 3).await;
}

#[actix_web::test]
async fn the_whole_order_at_once_comes_to_the_same() {
    let (stack, shop) = furnished().await;
    let answer = cancel(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await;
    let claim_no = claim_no_of(&answer);
    assert_eq!(answer.payload()["rfdPrarAmt"], 49_000);
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    let steps = ["ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "MILEAGE", "NOTI"];
    assert_eq!(steps_of(&shown), all_done(&steps));
    assert_eq!(order_amount(&shop, ORDER).await, None);
    assert_eq!(usable_coupons(&shop).await, ["CI0001", "CI0002"]);
    assert_eq!(mileage_of(&shop, &claim_no).await, [("21".to_owned(), -490), ("29".to_owned(), 3_000)]);
    assert_eq!(balance(&shop).await, Some(0));
    assert_eq!(stock(&shop).await, stocks(&[("001", 13), ("002", 5)]));
    assert_books(&stack, 1).await;
}

#[actix_web::test]
async fn what_was_seen_before_another_claim_is_refused_with_what_it_costs_now() {
    let (stack, shop) = furnished().await;
    let member = shop.member(MEMBER);
    let one = request(ORDER, 1);
    let old = preview(&shop, &member, &one).await;
    let first = claim_no_of(&cancel(&shop, &member, &one).await);
    details_in(&shop, ORDER, &first, "30").await;
    until("the customer is told", async || messages_about(&stack, &first).len() == 2).await;
    let messages = stack.sent_messages();

    let now = preview(&shop, &member, &one).await;
    assert_ne!(now["costHash"], old["costHash"]);
    let by_hash = with(one.clone(), "costHash", old["costHash"].clone());
    let by_amount = with(one.clone(), "expectRfdAmt", old["payInfo"]["rfdPrarAmt"].clone());
    for stale in [by_hash, by_amount] {
        let refused = cancel(&shop, &member, &stale).await;
        assert_eq!((refused.status, refused.code()), (900, "AMOUNT_CHANGED"), "{}", refused.text);
        assert_eq!(refused.payload(), &now);
    }
    assert_eq!(claims_of(&claim_database(&stack), ORDER).await.len(), 1);
    assert_eq!(popup(&shop, &member, ORDER).await["ordGoodsList"][0]["claimPsbQty"], 2);
    assert_eq!(order_amount(&shop, ORDER).await, Some(36_000));
    assert_eq!(usable_coupons(&shop).await, ["CI0002"]);
    assert_eq!(balance(&shop).await, Some(-2_510 - 163));
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 5)]));
    assert_eq!(stack.sent_messages(), messages);
    let agreed = with(one, "costHash", now["costHash"].clone());
    claim_no_of(&cancel(&shop, &member, &agreed).await);
}
