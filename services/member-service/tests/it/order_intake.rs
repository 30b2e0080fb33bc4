use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member, service};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::app::{TestApp, eventually};
use crate::orders::{INTAKE, MEMBER, ORDER, asking, order, order_with, plain_order, sisters};

const GUEST_ORDER: &str = "20260801O000002";

fn guest_order() -> Value {
    order_with(GUEST_ORDER, &json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": "guest-1234"}))
}

#[tokio::test]
async fn an_order_is_taken_once_and_stands_as_it_was_sent() {
    let app = TestApp::spawn().await;
    let answer = app.send_orders(&[order(), guest_order()]).await;
    assert_eq!((answer.status, answer.code()), (200, "0000"));
    assert_eq!(*answer.payload(), json!({"created": 2, "unchanged": 0}));
    let again = app.send_orders(&[guest_order(), order()]).await;
    assert_eq!(*again.payload(), json!({"created": 0, "unchanged": 2}));

    let snapshot = app.snapshot(ORDER).await;
    assert_eq!(snapshot.status, 200);
    let mut sent = order();
    // What was left out comes back as null.
    for (list, fields) in [
        ("goodsList", vec!["goodsImg"]),
        ("giftList", vec!["ordSeq"]),
        ("ordAccmList", vec!["promoTypCd", "ourChrgRate", "entrChrgRate"]),
    ] {
        for field in fields {
            sent[list][0][field] = Value::Null;
        }
    }
    sent["goodsList"][0]["benefitList"][0]["maxDcAmt"] = Value::Null;
    sent["ordPromotionList"][0]["maxDcAmt"] = Value::Null;
    sent["payList"][1]["pgPayKey"] = Value::Null;
    sent["payList"][1]["cardNo"] = Value::Null;
    assert_eq!(snapshot.json["order"], sent);
    assert_eq!(snapshot.json["masked"], false);
    assert_eq!(
        snapshot.json["lineList"],
        json!([{"ordSeq": 1, "ordDtlStatCd": "11", "itmNo": "001", "itmNm": "화이트/M", "cnclQty": 0, "rtnQty": 0,
                "dlvdDtm": null}])
    );
}

#[tokio::test]
async fn only_sisters_read_snapshots_and_only_services_send_orders() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    assert_eq!(app.service.get(&format!("/internal/orders/{ORDER}"), &service("shop")).await.status, 403);
    for caller in [member(MEMBER), agent("a1")] {
        assert_eq!(app.service.post(INTAKE, &caller, &json!({"orders": []})).await.status, 403);
    }
    let unknown = app.snapshot("20260801O999999").await;
    assert_eq!((unknown.status, unknown.code()), (900, "ORDER_NOT_FOUND"));
    let malformed = app.snapshot("1").await;
    assert_eq!((malformed.code(), malformed.fields()), ("VALIDATION", vec!["ordNo"]));
}

#[tokio::test]
async fn an_equal_order_is_unchanged_however_it_is_written() {
    let app = TestApp::spawn().await.with_orders(&[order(), guest_order()]).await;
    let mut same = order();
    same["ordDtm"] = json!("2026-08-01 01:00:00.000Z");
    same["ordAccmList"][0]["accmRate"] = json!(1.50);
    same["payList"].as_array_mut().unwrap().reverse();
    same["aFieldNobodyKnows"] = json!(1);
    same.as_object_mut().unwrap().remove("ordPwd");
    let mut guests = guest_order();
    guests["ordPwd"] = json!("another password");
    let answer = app.send_orders(&[same, guests]).await;
    assert_eq!(*answer.payload(), json!({"created": 0, "unchanged": 2}), "{}", answer.text);
    // The first password still opens the order.
    assert_eq!(app.log_in(GUEST_ORDER, "guest-1234").await.status, 200);
    assert_eq!(app.log_in(GUEST_ORDER, "another password").await.code(), "LOGIN_FAILED");
}

#[tokio::test]
async fn later_changes_do_not_make_an_order_another_one() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    app.move_line(ORDER, "13", "2026-08-02T10:00:00").await;
    assert_eq!(*app.send_orders(&[order()]).await.payload(), json!({"created": 0, "unchanged": 1}));
}

/// The order with everything a shop may agree on for its returns and exchanges.
fn order_for_returns() -> Value {
    let mut order = order();
    for (list, fields) in [
        ("deliGrpList", json!({"rtnDeliAmt": 3_000, "exchDeliAmt": 6_000, "frstDeliAmt": 2_500})),
        ("goodsList", json!({"rtnPsbYn": "Y", "exchPsbYn": "N", "wthdYn": "Y"})),
        ("giftList", json!({"aeAmt": 7_000})),
    ] {
        for (name, value) in fields.as_object().unwrap() {
            order[list][0][name] = value.clone();
        }
    }
    order
}

const FIELDS_OF_RETURNS: [(&str, &str); 7] = [
    ("deliGrpList", "rtnDeliAmt"),
    ("deliGrpList", "exchDeliAmt"),
    ("deliGrpList", "frstDeliAmt"),
    ("goodsList", "rtnPsbYn"),
    ("goodsList", "exchPsbYn"),
    ("goodsList", "wthdYn"),
    ("giftList", "aeAmt"),
];

#[tokio::test]
async fn what_an_order_says_of_its_returns_is_kept_and_only_what_it_says() {
    let app = TestApp::spawn().await.with_orders(&[order_for_returns()]).await;
    let kept = app.snapshot(ORDER).await.json["order"].clone();
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let silent = app.snapshot(ORDER).await.json["order"].clone();
    let sent = order_for_returns();
    for (list, field) in FIELDS_OF_RETURNS {
        assert_eq!(kept[list][0][field], sent[list][0][field], "{field}");
        // An order that says nothing is read as it was before there were returns.
        assert!(!silent[list][0].as_object().unwrap().contains_key(field), "{field}");
    }
}

#[tokio::test]
async fn an_order_that_says_more_of_its_returns_than_at_first_is_another_one() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let again = async |order: Value| app.send_orders(&[order]).await;
    for (list, field) in FIELDS_OF_RETURNS {
        let mut with_null = order();
        with_null[list][0][field] = Value::Null;
        assert_eq!(again(with_null).await.payload()["unchanged"], 1, "{field}");
        let mut with_value = order();
        with_value[list][0][field] = order_for_returns()[list][0][field].clone();
        assert_eq!(again(with_value).await.code(), "ORDER_EXISTS", "{field}");
    }
    let app = TestApp::spawn().await.with_orders(&[order_for_returns()]).await;
    assert_eq!(app.send_orders(&[order_for_returns()]).await.payload()["unchanged"], 1);
    assert_eq!(app.send_orders(&[order()]).await.code(), "ORDER_EXISTS");
}

#[tokio::test]
async fn what_a_return_may_cost_is_refused_by_its_path_unless_it_is_an_amount() {
    let app = TestApp::spawn().await;
    let mut wrong = order_for_returns();
    for (list, field) in FIELDS_OF_RETURNS {
        wrong[list][0][field] = if field.ends_with("Amt") { json!(-1) } else { json!("Y") };
    }
    let answer = app.send_orders(&[wrong]).await;
    let fields =
        ["rtnDeliAmt", "exchDeliAmt", "frstDeliAmt"].map(|field| format!("orders[0].deliGrpList[0].{field}"));
    assert_eq!(answer.code(), "VALIDATION");
    assert_eq!(answer.fields(), [fields.as_slice(), &["orders[0].giftList[0].aeAmt".to_owned()]].concat());
    for (list, field) in FIELDS_OF_RETURNS {
        let mut wrong = order_for_returns();
        wrong[list][0][field] = json!("아니요");
        let answer = app.send_orders(&[wrong]).await;
        assert_eq!(
            (answer.code(), answer.fields()),
            ("VALIDATION", vec![format!("orders[0].{list}[0].{field}").as_str()])
        );
    }
}

#[tokio::test]
async fn a_different_order_of_the_same_number_refuses_the_whole_request() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let mut other = order();
    other["ordManNm"] = json!("임꺽정");
    let answer = app.send_orders(&[guest_order(), other]).await;
    assert_eq!((answer.status, answer.code()), (900, "ORDER_EXISTS"));
    assert_eq!(answer.fields(), ["orders[1].ordNo"]);
    assert_eq!(rows_of(&app.db, "ord_base").await.len(), 1);
    assert_eq!(app.log_in(GUEST_ORDER, "guest-1234").await.code(), "LOGIN_FAILED");
}

#[tokio::test]
async fn every_refusal_of_a_request_is_named_at_once_and_nothing_is_taken() {
    let app = TestApp::spawn().await;
    let mut one = order();
    one["payList"][0]["payAmt"] = json!(46_001);
    one["goodsList"][0]["ordDtlStatCd"] = json!("15");
    let other = order_with(GUEST_ORDER, &json!({"mbrNo": null, "etcGftDlvpList": null}));
    let answer = app
        .send_orders(&[one, other, plain_order("20260801O000003", MEMBER, "2026-08-01T10:00:00", 1, "11")])
        .await;
    assert_eq!((answer.status, answer.code()), (900, "VALIDATION"));
    assert_eq!(
        answer.fields(),
        ["orders[0].goodsList[0].ordDtlStatCd", "orders[0].payList", "orders[1].mbrNo"]
    );
    assert_eq!(rows_of(&app.db, "ord_base").await, [""; 0]);
}

#[tokio::test]
async fn a_wrong_type_an_unknown_code_and_an_unwritable_text_are_named_by_path() {
    let app = TestApp::spawn().await;
    let check = async |change: fn(&mut Value), field: &str| {
        let mut order = order();
        change(&mut order);
        let answer = app.send_orders(&[order]).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec![field]), "{}", answer.text);
    };
    check(|order| order["ordNo"] = json!("1"), "orders[0].ordNo").await;
    check(
        |order| order["goodsList"][0]["deliProcTypCd"] = json!("10"),
        "orders[0].goodsList[0].deliProcTypCd",
    )
    .await;
    check(|order| order["payList"][1]["payAmt"] = json!(3000.5), "orders[0].payList[1].payAmt").await;
    check(|order| order["dlvpList"] = Value::Null, "orders[0].dlvpList").await;
    check(|order| order["dlvpList"][0]["rcvmnNm"] = json!("홍\u{0}"), "orders[0].dlvpList[0].rcvmnNm").await;
    check(|order| order["goodsList"][0]["ordQty"] = json!(1e30), "orders[0].goodsList[0].ordQty").await;
}

#[tokio::test]
async fn an_empty_list_takes_nothing_and_five_hundred_orders_are_the_most() {
    let app = TestApp::spawn().await;
    assert_eq!(*app.send_orders(&[]).await.payload(), json!({"created": 0, "unchanged": 0}));
    let orders: Vec<Value> = (0..501)
        .map(|number| {
            plain_order(&format!("20260801O{number:06}"), MEMBER, "2026-08-01T10:00:00", 1_000, "11")
        })
        .collect();
    let refused = app.send_orders(&orders).await;
    assert_eq!((refused.code(), refused.fields()), ("VALIDATION", vec!["orders"]));
    assert_eq!(*app.send_orders(&orders[..500]).await.payload(), json!({"created": 500, "unchanged": 0}));
}

#[tokio::test]
async fn a_guest_password_is_kept_as_a_hash_and_a_members_not_at_all() {
    let app = TestApp::spawn().await;
    let members = order_with(ORDER, &json!({"ordPwd": "member-1234"}));
    assert_eq!(app.send_orders(&[guest_order(), members]).await.status, 200);
    let rows = all_rows(&app.db).await.join("\n");
    assert!(rows.contains("$argon2id$"));
    assert!(!rows.contains("guest-1234") && !rows.contains("member-1234"));
    assert_eq!(rows.matches("$argon2id$").count(), 1);
}

#[tokio::test]
async fn the_same_order_sent_twice_at_once_is_taken_once() {
    let app = TestApp::spawn().await;
    let orders = [order(), plain_order("20260801O000009", "100001399", "2026-08-01T10:00:00", 1_000, "11")];
    let reversed = [orders[1].clone(), orders[0].clone()];
    let (one, other) = tokio::join!(app.send_orders(&orders), app.send_orders(&reversed));
    let sum = |field: &str| one.payload()[field].as_i64().unwrap() + other.payload()[field].as_i64().unwrap();
    assert_eq!((sum("created"), sum("unchanged")), (2, 2));
    assert_eq!(rows_of(&app.db, "ord_line").await.len(), 2);
}

#[tokio::test]
async fn promotion_service_is_told_once_of_what_an_order_earned_and_used() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await;
    let app =
        app.with_orders(&[order(), plain_order(GUEST_ORDER, MEMBER, "2026-08-01T10:00:00", 10, "11")]).await;
    app.until(|backlog| backlog.waiting == 0).await;
    let requests = sisters.received_requests().await.unwrap();
    // The plain order earned nothing and used nothing.
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].url.path(), "/internal/orders");
    assert!(requests[0].headers.contains_key("x-internal-identity"));
    let body: Value = serde_json::from_slice(&requests[0].body).unwrap();
    assert_eq!(body["evtKey"], format!("order-taken:{ORDER}"));
    assert_eq!(
        (&body["ordNo"], &body["siteNo"], &body["mbrNo"]),
        (&json!(ORDER), &json!("1"), &json!(MEMBER))
    );
    assert_eq!(body["mlgUseAmt"], 3_000);
    assert_eq!(body["cpnIsuNoList"], json!(["CI0001", "CI0002"]));
    assert_eq!(body["accmList"][0]["accmAmt"], 735);
    assert_eq!(body["accmList"][0]["goodsAccmList"][0]["ordSeq"], 1);
    for original in crate::orders::ORIGINALS {
        assert!(!body.to_string().contains(original), "{original}");
    }
    // Sent again, it is no event.
    app.send_orders(&[order()]).await;
    assert_eq!(rows_of(&app.db, "outbox_message").await, [""; 0]);
}

#[tokio::test]
async fn a_sister_that_is_not_furnished_yet_is_told_later() {
    let sister = MockServer::start().await;
    let envelope = json!({"timestamp": "2026-09-01T12:00:00+09:00", "code": "NOT_IMPLEMENTED", "message": "", "isProcess": false,
                          "payload": null, "error": true, "errors": []});
    Mock::given(method("POST"))
        .and(path("/internal/orders"))
        .respond_with(ResponseTemplate::new(501).set_body_json(&envelope))
        .up_to_n_times(1)
        .mount(&sister)
        .await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&sister).await;
    let app = TestApp::spawn_with(asking(&sister)).await.with_orders(&[order()]).await;
    let is_put_back = async || {
        let rows = rows_of(&app.db, "outbox_message").await;
        rows.len() == 1 && rows[0].contains("501")
    };
    eventually(is_put_back).await;
    app.clock.advance(chrono::TimeDelta::seconds(5));
    app.until(|backlog| backlog.waiting == 0).await;
    assert_eq!(sister.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_idempotency_key_gives_the_first_answer_again() {
    let app = TestApp::spawn().await;
    let send = async |body: Value| {
        let request = app.service.request(reqwest::Method::POST, INTAKE, &service("shop"));
        test_kit::service::read(request.header("Idempotency-Key", "k-1").json(&body)).await
    };
    let first = send(json!({"orders": [order()]})).await;
    assert_eq!(*first.payload(), json!({"created": 1, "unchanged": 0}));
    assert_eq!(send(json!({"orders": [order()]})).await.text, first.text);
    assert_eq!(send(json!({"orders": []})).await.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn a_password_is_as_long_as_who_typed_it_sees_it() {
    let app = TestApp::spawn().await;
    let with_password = |password: &str| {
        let mut order = guest_order();
        order["ordPwd"] = json!(password);
        order
    };
    let gak = "\u{1100}\u{1161}\u{11A8}";
    for too_short_or_long in
        ["e\u{301}".repeat(3), gak.repeat(65), format!("abcd{}", "\u{301}".repeat(1_100))]
    {
        let refused = app.send_orders(&[with_password(&too_short_or_long)]).await;
        assert_eq!(refused.fields(), ["orders[0].ordPwd"], "{too_short_or_long}");
    }
    let longest = gak.repeat(64);
    assert_eq!(app.send_orders(&[with_password(&longest)]).await.status, 200);
    assert_eq!(app.log_in(GUEST_ORDER, &longest).await.status, 200);
}
