//! 옵션변경 and 개인통관고유부호 변경.

use local_stack::environment::Process;
use stories::{contract_order, order};

use super::*;

const CHANGE: &str = "/v1/claim/orderChange/ordChangeFO";
const CUSTOMS: &str = "/api/order/v1/claim/orderChange/ordDlvpPcccChangeFo";

fn to_item(order_no: &str, item_no: &str) -> Value {
    json!({"ordNo": order_no, "ordSeq": 1, "goodsNo": GOODS, "itmNo": item_no})
}

#[actix_web::test]
async fn a_line_holds_the_new_item_and_the_stock_has_moved_both_ways() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10), ("002", 3)]).await;
    shop.take_in(&[contract_order()]).await;
    let member = shop.member(MEMBER);
    assert_eq!(shop.post(CHANGE, &shop.member("100009999"), &to_item(ORDER, "002")).await.status, 403);
    let claim_no = claim_no_of(&shop.post(CHANGE, &member, &to_item(ORDER, "002")).await);
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!((&shown["claimBusinessType"], &shown["rfdList"]), (&json!("11"), &json!([])));
    assert_eq!(stock(&shop).await, stocks(&[("001", 13), ("002", 0)]));
    let line = popup(&shop, &member, ORDER).await["ordGoodsList"][0].clone();
    assert_eq!(
        (&line["itmNo"], &line["itmNm"], &line["claimPsbQty"]),
        (&json!("002"), &json!("단품 002"), &json!(3))
    );
    let same = shop.post(CHANGE, &member, &to_item(ORDER, "002")).await;
    assert_eq!((same.status, same.code()), (900, "OPTION_SAME_ITEM"));
    assert_eq!(order_amount(&shop, ORDER).await, Some(49_000));
    // What is cancelled afterwards is what the line holds by then.
    let cancelled = claim_no_of(&cancel(&shop, &member, &request(ORDER, 1)).await);
    let shown = details_in(&shop, ORDER, &cancelled, "30").await;
    assert_eq!(shown["stkList"], json!([{"goodsNo": GOODS, "itmNo": "002", "qty": 1}]));
    assert_eq!(stock(&shop).await, stocks(&[("001", 13), ("002", 1)]));
    assert_books(&stack, 1).await;
}

#[actix_web::test]
async fn of_two_who_want_the_last_piece_one_gets_it() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10), ("002", 1)]).await;
    let numbers = ["20261101O000001", "20261101O000002"];
    let orders = numbers.map(|number| {
        let mut order = order(number, MEMBER, "2026-11-01T00:00:00", 1, 20_000);
        order["goodsList"][0]["goodsNo"] = json!(GOODS);
        order
    });
    shop.take_in(&orders).await;
    let member = shop.member(MEMBER);
    let want = |number: &str| read(shop.request(Method::POST, CHANGE, &member).json(&to_item(number, "002")));
    let (one, other) = tokio::join!(want(numbers[0]), want(numbers[1]));
    let (got, lost) = if one.status == 200 { (&one, &other) } else { (&other, &one) };
    assert_eq!((lost.status, lost.code()), (900, "OPTION_STOCK_SHORT"), "{}", lost.text);
    let winner = numbers[usize::from(one.status != 200)];
    details_in(&shop, winner, &claim_no_of(got), "30").await;
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 0)]));
    let mut items = Vec::new();
    for number in numbers {
        let shown = popup(&shop, &member, number).await;
        items.push(shown["ordGoodsList"][0]["itmNo"].as_str().expect("an item").to_owned());
    }
    items.sort();
    assert_eq!(items, ["001", "002"]);
}

#[actix_web::test]
async fn a_customs_code_is_changed_until_the_goods_leave() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let member = shop.member(MEMBER);
    let code = |code: &str| json!({"ordNo": ORDER, "dlvpSeq": 1, "persCstmCd": code});
    let answer = shop.post(CUSTOMS, &member, &code("P987654321098")).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    let kept = async || test_kit::dump::all_rows(&stack.database(Process::Member).open()).await.join("\n");
    assert!(kept().await.contains("P987654321098"));
    let bad = shop.post(CUSTOMS, &member, &code("987654321098")).await;
    assert_eq!((bad.status, bad.fields()), (900, vec!["persCstmCd"]));
    assert_eq!(shop.post(CUSTOMS, &shop.guest("20261101O000001"), &code("P000000000000")).await.status, 403);
    let line = json!([{"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-08-03T10:00:00"}]);
    shop.move_lines(ORDER, &line).await;
    let late = shop.post(CUSTOMS, &member, &code("P000000000000")).await;
    assert_eq!((late.status, late.code()), (900, "ORDER_NOT_CHANGEABLE"));
    assert!(!kept().await.contains("P000000000000"));
}
