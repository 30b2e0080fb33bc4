//! 추가결제: a payment pays for one thing in the whole house.

use stories::order;

use super::*;

const COSTLY: &str = "20261101O000001";
const OTHER: &str = "20261101O000002";

/// Two lines of 1,000 and 50,000; without the first, its delivery is no longer free: 2,000 more than it gives back.
fn costly_order(order_no: &str, key: &str) -> Value {
    let mut order = order(order_no, MEMBER, "2026-11-01T00:00:00", 1, 1_000);
    let mut second = order["goodsList"][0].clone();
    second["ordSeq"] = json!(2);
    second["salePrc"] = json!(50_000);
    order["goodsList"].as_array_mut().expect("an order has goods").push(second);
    order["deliGrpList"][0]["baseDeliAmt"] = json!(3_000);
    order["deliGrpList"][0]["freeStdAmt"] = json!(50_500);
    order["payList"][0]["payAmt"] = json!(51_000);
    order["payList"][0]["pgPayKey"] = json!(key);
    order
}

fn other_order(order_no: &str, key: &str) -> Value {
    let mut order = order(order_no, MEMBER, "2026-11-01T00:00:00", 1, 2_000);
    order["payList"][0]["pgPayKey"] = json!(key);
    order
}

fn paid_with(order_no: &str, key: &str) -> Value {
    with(request(order_no, 1), "addPay", json!({"payMeansCd": "10", "pgPayKey": key}))
}

#[track_caller]
fn assert_required(answer: &TestAnswer) {
    assert_eq!((answer.status, answer.code()), (900, "ADDITIONAL_PAYMENT_REQUIRED"), "{}", answer.text);
}

#[actix_web::test]
async fn a_payment_of_another_order_pays_for_no_cancel_and_is_not_given_back_while_that_stands() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[costly_order(COSTLY, "tk_A"), other_order(OTHER, "tk_B")]).await;
    let member = shop.member(MEMBER);
    assert_required(&cancel(&shop, &member, &paid_with(COSTLY, "tk_B")).await);
    assert_required(&cancel(&shop, &member, &paid_with(COSTLY, "tk_A")).await);
    assert_eq!(claims_of(&claim_database(&stack), COSTLY).await.len(), 0);
    // With a payment of its own it is accepted, and an order that comes with that one is refused.
    let first = claim_no_of(&cancel(&shop, &member, &paid_with(COSTLY, "tk_C")).await);
    details_in(&shop, COSTLY, &first, "30").await;
    let late =
        json!({"orders": [other_order("20261101O000003", "tk_D"), other_order("20261101O000004", "tk_C")]});
    let answer = shop.post("/v1/order/orders", &shop.service(), &late).await;
    assert_eq!(
        (answer.status, answer.code(), answer.fields()),
        (900, "VALIDATION", vec!["orders[1].payList[0].pgPayKey"]),
        "{}",
        answer.text
    );
    let rest =
        json!({"ordNo": COSTLY, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 2, "claimQty": 1}]});
    let rest = cancel(&shop, &member, &rest).await;
    assert_eq!(rest.payload()["rfdPrarAmt"], 53_000, "{}", rest.text);
    details_in(&shop, COSTLY, &claim_no_of(&rest), "30").await;
    assert_books(&stack, 2).await;
}

#[actix_web::test]
async fn of_a_cancel_and_an_order_that_come_at_once_with_one_payment_one_gets_it() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    let (member, service) = (shop.member(MEMBER), shop.service());
    let mut accepted = 0;
    for round in 0..10 {
        let (costly, other) = (format!("20261101O1{round:05}"), format!("20261101O2{round:05}"));
        let key = format!("tk_race_{round}");
        shop.take_in(&[costly_order(&costly, "tk_A")]).await;
        let late = json!({"orders": [other_order(&other, &key)]});
        let asked = paid_with(&costly, &key);
        let (cancelled, taken) =
            tokio::join!(cancel(&shop, &member, &asked), shop.post("/v1/order/orders", &service, &late));
        match taken.status {
            200 => assert_required(&cancelled),
            _ => {
                assert_eq!(taken.fields(), ["orders[0].payList[0].pgPayKey"], "{}", taken.text);
                claim_no_of(&cancelled);
                accepted += 1;
            }
        }
    }
    println!("the cancel was first {accepted} times of 10");
    if accepted > 0 {
        assert_books(&stack, accepted).await;
    }
}

#[actix_web::test]
async fn of_two_cancels_that_come_at_once_with_one_payment_one_gets_it() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[costly_order(COSTLY, "tk_A"), costly_order(OTHER, "tk_A")]).await;
    let member = shop.member(MEMBER);
    let (one, other) = (paid_with(COSTLY, "tk_C"), paid_with(OTHER, "tk_C"));
    let (one, other) = tokio::join!(cancel(&shop, &member, &one), cancel(&shop, &member, &other));
    let refused = if one.status == 200 { other } else { one };
    assert_required(&refused);
    assert_books(&stack, 1).await;
}
