//! Shipping and cancelling want the same goods: one of them gets them, whole.

use std::collections::BTreeMap;

use stories::order;

use super::*;

fn shipping(order_no: &str, shop: &Storefront) -> RequestBuilder {
    let lines = json!({"lines": [{"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-11-02T00:00:00"}]});
    shop.request(Method::POST, &format!("/v1/order/orders/{order_no}/status"), &shop.service()).json(&lines)
}

#[actix_web::test]
async fn what_has_left_is_not_cancelled_and_nothing_has_happened() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10)]).await;
    issue_coupons(&shop).await;
    shop.take_in(&[stories::contract_order()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    let cost = preview(&shop, &shop.member(MEMBER), &request(ORDER, 3)).await;
    assert_eq!(read(shipping(ORDER, &shop)).await.status, 200);
    let asked = with(request(ORDER, 3), "costHash", cost["costHash"].clone());
    let refused = cancel(&shop, &shop.member(MEMBER), &asked).await;
    assert_eq!((refused.status, refused.code()), (900, "ORDER_NOT_CANCELABLE"), "{}", refused.text);
    assert_eq!(order_amount(&shop, ORDER).await, Some(49_000));
    assert_eq!(usable_coupons(&shop).await, Vec::<String>::new());
    assert_eq!(balance(&shop).await, Some(-3_000));
    assert_eq!(stock(&shop).await, stocks(&[("001", 10)]));
    assert_eq!(counts(&shop, "myPage").await, (Some(1), Some(0)));
    assert!(stack.sent_messages().is_empty());
    assert_books(&stack, 0).await;
}

#[actix_web::test]
async fn of_shipping_and_cancelling_at_once_one_happens_fully_and_the_other_not_at_all() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    let numbers: Vec<String> = (1..=20).map(|serial| format!("20261101O{serial:06}")).collect();
    let orders: Vec<Value> =
        numbers.iter().map(|number| order(number, MEMBER, "2026-11-01T00:00:00", 2, 10_000)).collect();
    shop.take_in(&orders).await;
    let member = shop.member(MEMBER);
    let mut cancelled: BTreeMap<&str, String> = BTreeMap::new();
    let mut shipped: Vec<&str> = Vec::new();
    let claims = claim_database(&stack);
    for (round, order_no) in numbers.iter().enumerate() {
        let ship = read(shipping(order_no, &shop));
        let cancel = read(cancel_of(&shop, &member, &request(order_no, 2)));
        // Both at once, in either order; or the goods leave while the order has yet to hear of the accepted claim.
        let (ship, cancel) = match round % 3 {
            0 => tokio::join!(ship, cancel),
            1 => {
                let (cancel, ship) = tokio::join!(cancel, ship);
                (ship, cancel)
            }
            _ => {
                let cancel = tokio::spawn(cancel);
                while !cancel.is_finished() && claims_of(&claims, order_no).await.is_empty() {}
                (ship.await, cancel.await.expect("the request is answered"))
            }
        };
        match (ship.status, cancel.status) {
            (200, 900) => {
                assert_eq!(cancel.code(), "ORDER_NOT_CANCELABLE", "{}", cancel.text);
                shipped.push(order_no);
            }
            (900, 200) => {
                assert_eq!(ship.code(), "STATUS_NOT_FORWARD", "{}", ship.text);
                cancelled.insert(order_no, claim_no_of(&cancel));
            }
            _ => panic!("{order_no}: {} and {}", ship.text, cancel.text),
        }
    }
    for (order_no, claim_no) in &cancelled {
        let shown = details_in(&shop, order_no, claim_no, "30").await;
        assert_eq!(steps_of(&shown), all_done(&["ORDER", "REFUND", "STOCK", "NOTI"]));
        assert_eq!(shown["rfdList"][0]["rfdAmt"], 20_000);
        assert_eq!(popup(&shop, &member, order_no).await["ordGoodsList"][0]["ordDtlStatCd"], "19");
        assert_eq!(order_amount(&shop, order_no).await, None);
        assert_eq!(given_back(&stack, order_no).await.len(), 1);
        until("the customer is told", async || messages_about(&stack, claim_no).len() >= 2).await;
        assert_eq!(messages_about(&stack, claim_no), told_by("CLAIM_COMPLETED"));
    }
    for order_no in &shipped {
        let line = popup(&shop, &member, order_no).await["ordGoodsList"][0].clone();
        assert_eq!(
            (&line["ordDtlStatCd"], &line["cnclQty"], &line["claimPsbYn"]),
            (&json!("13"), &json!(0), &json!("N"))
        );
        assert_eq!(order_amount(&shop, order_no).await, Some(20_000));
        assert_eq!(given_back(&stack, order_no).await, Vec::<String>::new());
        for claim_no in claims_of(&claims, order_no).await {
            let shown = details_in(&shop, order_no, &claim_no, "90").await;
            assert_eq!((&shown["rfdList"], &shown["stkList"]), (&json!([]), &json!([])));
            until("the customer is told", async || messages_about(&stack, &claim_no).len() >= 2).await;
            assert_eq!(messages_about(&stack, &claim_no), told_by("CLAIM_REJECTED"));
        }
    }
    let counted = (i64::try_from(shipped.len()).ok(), i64::try_from(cancelled.len()).ok());
    assert_eq!(counts(&shop, "myPage").await, counted);
    let completed = stack.sent_messages().iter().filter(|one| one["tmplCd"] == "CLAIM_COMPLETED").count();
    assert_eq!(completed, 2 * cancelled.len());
}

/// Two lines of which the first costs more than it gives back: without it the delivery is no longer free.
fn costly_order(order_no: &str) -> Value {
    let mut costly = order(order_no, MEMBER, "2026-11-01T00:00:00", 1, 1_000);
    let mut second = costly["goodsList"][0].clone();
    second["ordSeq"] = json!(2);
    second["itmNo"] = json!("002");
    second["salePrc"] = json!(49_500);
    costly["goodsList"] = json!([costly["goodsList"][0], second]);
    costly["deliGrpList"][0]["baseDeliAmt"] = json!(3_000);
    costly["deliGrpList"][0]["freeStdAmt"] = json!(50_000);
    costly["payList"][0]["payAmt"] = json!(50_500);
    costly
}

#[actix_web::test]
async fn what_was_paid_for_a_cancel_goes_back_when_the_goods_have_left() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    let numbers: Vec<String> = (1..=10).map(|serial| format!("20261101O{serial:06}")).collect();
    shop.take_in(&numbers.iter().map(|number| costly_order(number)).collect::<Vec<Value>>()).await;
    let member = shop.member(MEMBER);
    let unpaid = cancel(&shop, &member, &request(&numbers[0], 1)).await;
    assert_eq!((unpaid.status, unpaid.code()), (900, "ADDITIONAL_PAYMENT_REQUIRED"), "{}", unpaid.text);
    let claims = claim_database(&stack);
    for order_no in &numbers {
        let paid = json!({"payMeansCd": "10", "pgPayKey": format!("tk_{order_no}")});
        let asked = with(request(order_no, 1), "addPay", paid);
        let cancel = tokio::spawn(read(cancel_of(&shop, &member, &asked)));
        while !cancel.is_finished() && claims_of(&claims, order_no).await.is_empty() {}
        let ship = read(shipping(order_no, &shop)).await;
        let cancel = cancel.await.expect("the request is answered");
        let claim_no = claims_of(&claims, order_no).await.pop().expect("the cancel was accepted first");
        let given_back = async || given_back(&stack, order_no).await;
        if ship.status == 200 {
            assert_eq!((cancel.status, cancel.code()), (900, "ORDER_NOT_CANCELABLE"), "{}", cancel.text);
            let shown = details_in(&shop, order_no, &claim_no, "90").await;
            until("it is given back", async || given_back().await.len() == 1).await;
            let refund = &shown["rfdList"][0];
            assert_eq!((&refund["payNo"], &refund["rfdAmt"]), (&json!(claim_no), &json!(2_000)));
            assert_eq!(order_amount(&shop, order_no).await, Some(50_500));
        } else {
            assert_eq!((ship.code(), claim_no_of(&cancel)), ("STATUS_NOT_FORWARD", claim_no.clone()));
            let shown = details_in(&shop, order_no, &claim_no, "30").await;
            assert_eq!(shown["rfdList"], json!([]));
            assert_eq!(given_back().await, Vec::<String>::new());
            assert_eq!(order_amount(&shop, order_no).await, Some(49_500));
        }
    }
    assert_books(&stack, numbers.len()).await;
}
