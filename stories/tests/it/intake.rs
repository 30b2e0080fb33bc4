//! Orders come in whole or not at all, and move forward only.

use serde_json::{Value, json};
use stories::{Stack, Storefront, TestAnswer, contract_order, guest_order, order};

async fn intake(shop: &Storefront, orders: Vec<Value>) -> TestAnswer {
    shop.post("/v1/order/orders", &shop.service(), &json!({"orders": orders})).await
}

#[actix_web::test]
async fn an_order_sent_again_changes_nothing_and_another_under_its_number_is_refused() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let guest = guest_order("20261101O000002", "correct horse");
    let first = intake(&shop, vec![contract_order(), guest.clone()]).await;
    assert_eq!(first.payload(), &json!({"created": 2, "unchanged": 0}), "{}", first.text);
    let mut other_password = guest;
    other_password["ordPwd"] = json!("battery staple");
    let again = intake(&shop, vec![contract_order(), other_password]).await;
    assert_eq!(again.payload(), &json!({"created": 0, "unchanged": 2}), "the password aside: {}", again.text);
    let mut different = contract_order();
    different["dlvpList"][0]["dtlAddr"] = json!("11층");
    let refused = intake(&shop, vec![different]).await;
    assert_eq!((refused.status, refused.code()), (900, "ORDER_EXISTS"));
}

#[actix_web::test]
async fn one_bad_order_keeps_all_of_them_out() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let good = order("20261101O000001", "100001311", "2026-11-01T00:00:00", 1, 1_000);
    let mut bad = order("20261101O000002", "100001311", "2026-11-01T00:00:00", 1, 1_000);
    bad["payList"][0]["payAmt"] = json!(999);
    let refused = intake(&shop, vec![good.clone(), bad]).await;
    assert_eq!((refused.status, refused.code()), (900, "VALIDATION"));
    assert!(refused.fields().iter().all(|field| field.starts_with("orders[1].")), "{:?}", refused.fields());
    let alone = intake(&shop, vec![good]).await;
    assert_eq!(alone.payload(), &json!({"created": 1, "unchanged": 0}), "nothing of the first try stayed");
}

#[actix_web::test]
async fn an_order_whose_sums_or_references_do_not_hold_is_refused_with_the_fields_path() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let spoil = |pointer: &str, value: Value| {
        let mut order = contract_order();
        *order.pointer_mut(pointer).expect("the order has it") = value;
        order
    };
    let cases = [
        (spoil("/payList/0/payAmt", json!(46_001)), "orders[0].payList"),
        (spoil("/ordPromotionList/0/goods/0/dcAmt", json!(4_999)), "orders[0].ordPromotionList[0]"),
        (spoil("/goodsList/0/deliGrpNo", json!(2)), "orders[0].goodsList[0].deliGrpNo"),
        (spoil("/deliGrpList/0/dlvpSeq", json!(9)), "orders[0].deliGrpList[0].dlvpSeq"),
        (
            spoil("/ordPromotionList/0/goods/0/ordSeq", json!(7)),
            "orders[0].ordPromotionList[0].goods[0].ordSeq",
        ),
        (spoil("/goodsList/0/ordDtlStatCd", json!("13")), "orders[0].goodsList[0].ordDtlStatCd"),
        (spoil("/mbrNo", Value::Null), "orders[0].mbrNo"),
        (spoil("/ordNo", json!("X")), "orders[0].ordNo"),
        (spoil("/goodsList/0/ordQty", json!(0)), "orders[0].goodsList[0].ordQty"),
        (spoil("/goodsList/0/salePrc", json!(i64::MAX)), "orders[0]"),
    ];
    for (order, path) in cases {
        let answer = intake(&shop, vec![order]).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{path}: {}", answer.text);
        assert!(answer.fields().iter().any(|field| field.starts_with(path)), "{path}: {:?}", answer.fields());
    }
    let empty = intake(&shop, vec![]).await;
    assert_eq!(empty.payload(), &json!({"created": 0, "unchanged": 0}));
    let too_many =
        (0..501).map(|n| order(&format!("20261101O{n:06}"), "1", "2026-11-01T00:00:00", 1, 1)).collect();
    assert_eq!(intake(&shop, too_many).await.fields(), ["orders"]);
}

#[actix_web::test]
async fn a_line_moves_forward_only_and_all_lines_of_a_call_or_none() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let path = "/v1/order/orders/20260801O000001/status";
    let status = async |code: &str| {
        let body = json!({"lines": [{"ordSeq": 1, "ordDtlStatCd": code, "dtm": "2026-08-02T00:00:00"}]});
        shop.post(path, &shop.service(), &body).await
    };
    assert_eq!(status("13").await.status, 200, "steps may be skipped");
    assert_eq!(status("13").await.status, 200, "the same again changes nothing");
    let backward = status("12").await;
    assert_eq!((backward.status, backward.code()), (900, "STATUS_NOT_FORWARD"));
    for bad in ["19", "36", "99"] {
        assert_eq!(status(bad).await.status, 900, "{bad}");
    }
    let unknown_line = json!({"lines": [
        {"ordSeq": 1, "ordDtlStatCd": "15", "dtm": "2026-08-03T00:00:00"},
        {"ordSeq": 2, "ordDtlStatCd": "15", "dtm": "2026-08-03T00:00:00"}]});
    assert_eq!(shop.post(path, &shop.service(), &unknown_line).await.status, 900);
    assert_eq!(status("13").await.status, 200, "the first line had not moved to 15");
    let unknown = "/v1/order/orders/20260801O999999/status";
    let body = json!({"lines": [{"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-08-02T00:00:00"}]});
    assert_eq!(shop.post(unknown, &shop.service(), &body).await.code(), "ORDER_NOT_FOUND");
}
