//! 옵션변경: another item of the same goods for a whole line.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use contract::operations::claim::{GOODS, ORD_CHANGE_FO, OTHER_ITMS};
use db::DbError;
use diesel::connection::SimpleConnection as _;
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{agent, anonymous, guest, member, service};
use test_kit::service::{TestAnswer, read};

use crate::app::{House, TestApp};
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER, plain_order};
use crate::quote::request as cancel_request;
use crate::stand_in::Mood;

const GOODS_NO: &str = "10002552";

fn goods(items: &[(&str, i64)]) -> Value {
    let item = |(no, stock): &(&str, i64)| json!({"itmNo": no, "itmNm": format!("단품 {no}"), "itmSaleStatCd": "10", "addPrc": 0, "stkQty": stock});
    let items: Vec<Value> = items.iter().map(item).collect();
    json!({"goodsNo": GOODS_NO, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10", "rsvGoodsYn": "N",
        "goodsImg": null, "itms": items})
}

async fn put(app: &TestApp, goods: Value) {
    let request = app.service.request(Method::PUT, GOODS.path, &service("shop"));
    let answer = read(request.json(&json!({"goods": [goods]}))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn app_with(items: &[(&str, i64)]) -> TestApp {
    let app = TestApp::spawn().await;
    put(&app, goods(items)).await;
    app
}

/// Stock by item, as a storefront sees it.
async fn stock(app: &TestApp) -> BTreeMap<String, i64> {
    let shown = app.service.post(OTHER_ITMS.path, &anonymous(), &json!([{"goodsNo": GOODS_NO}])).await;
    let items = shown.json[0]["itms"].as_array().expect("known goods").clone();
    let of = |item: &Value| Some((item["itmNo"].as_str()?.to_owned(), item["stkQty"].as_i64()?));
    items.iter().filter_map(of).collect()
}

fn stocks(items: &[(&str, i64)]) -> BTreeMap<String, i64> {
    items.iter().map(|(no, stock)| ((*no).to_owned(), *stock)).collect()
}

fn to_item(order_no: &str, item_no: &str) -> Value {
    json!({"ordNo": order_no, "ordSeq": 1, "goodsNo": GOODS_NO, "itmNo": item_no})
}

async fn change(app: &TestApp, caller: &Caller, request: &Value) -> TestAnswer {
    app.service.post(ORD_CHANGE_FO.path, caller, request).await
}

async fn change_once(app: &TestApp, request: &Value, key: &str) -> TestAnswer {
    let sent = app.service.request(Method::POST, ORD_CHANGE_FO.path, &member(MEMBER));
    read(sent.header("Idempotency-Key", key).json(request)).await
}

fn claim_no(answer: &TestAnswer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned()
}

async fn status(app: &TestApp, claim_no: &str) -> String {
    let details = app.details(&member(MEMBER), ORDER, claim_no).await;
    details.json["claimStatCd"].as_str().unwrap_or("").to_owned()
}

/// Asks until it is so.
async fn eventually<F: Future<Output = bool>>(is_so: impl Fn() -> F) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.expect("it comes to be so");
}

#[actix_web::test]
async fn a_line_moves_to_another_item_and_the_stock_with_it() {
    let app = app_with(&[("001", 5), ("002", 3), ("003", 3)]).await;
    let answer = change(&app, &member(MEMBER), &to_item(ORDER, "002")).await;
    let first = claim_no(&answer);
    assert!(commerce::ClaimNo::parse(&first).is_ok(), "{first}");
    assert_eq!(answer.payload(), &json!({"claimNo": first}));
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 0), ("003", 3)]));
    let details = app.details(&member(MEMBER), ORDER, &first).await.json;
    assert_eq!((&details["claimBusinessType"], &details["claimStatCd"]), (&json!("11"), &json!("30")));
    assert_eq!((&details["cost"], &details["rfdList"]), (&Value::Null, &json!([])));
    let line = app.popup(&member(MEMBER), ORDER).await.json["ordGoodsList"][0].clone();
    assert_eq!(
        (&line["itmNo"], &line["itmNm"], &line["optChgPsbYn"]),
        (&json!("002"), &json!("단품 002"), &json!("Y"))
    );
    assert_eq!((&line["cnclQty"], &line["claimPsbQty"]), (&json!(0), &json!(3)));
    let cost = app.preview(&member(MEMBER), &cancel_request(ORDER, "251", &[(1, 1)])).await.json;
    assert_eq!(cost["claimGoodsList"][0]["itmNo"], "002");
    assert_eq!(rows_of(&app.db, "claim_ldgr").await.len(), 4);
    // A line may be changed again, and what is cancelled afterwards is what it holds then.
    let second = claim_no(&change(&app, &member(MEMBER), &to_item(ORDER, "003")).await);
    assert_ne!(first, second);
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 3), ("003", 0)]));
    let cancelled = app.cancel(&member(MEMBER), &cancel_request(ORDER, "251", &[(1, 3)])).await;
    assert_eq!(cancelled.payload()["claimStatCd"], "30", "{}", cancelled.text);
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 3), ("003", 3)]));
}

#[track_caller]
fn check_refused(answer: &TestAnswer, code: &str, field: &str) {
    assert_eq!((answer.status, answer.code(), answer.fields()), (900, code, vec![field]), "{}", answer.text);
}

#[actix_web::test]
async fn every_refusal_has_its_code_and_moves_nothing() {
    let app = app_with(&[("001", 5), ("002", 2), ("003", 9)]).await;
    let caller = member(MEMBER);
    check_refused(&change(&app, &caller, &to_item(ORDER, "001")).await, "OPTION_SAME_ITEM", "itmNo");
    check_refused(&change(&app, &caller, &to_item(ORDER, "002")).await, "OPTION_STOCK_SHORT", "itmNo");
    check_refused(&change(&app, &caller, &to_item(ORDER, "004")).await, "OPTION_NOT_ON_SALE", "itmNo");
    let mut other_goods = to_item(ORDER, "003");
    other_goods["goodsNo"] = json!("10002553");
    check_refused(&change(&app, &caller, &other_goods).await, "OPTION_OTHER_GOODS", "goodsNo");
    let mut other_line = to_item(ORDER, "003");
    other_line["ordSeq"] = json!(2);
    check_refused(&change(&app, &caller, &other_line).await, "ORDER_LINE_NOT_FOUND", "ordSeq");

    let mut catalogue = goods(&[("001", 5), ("002", 2), ("003", 9)]);
    catalogue["itms"][2]["addPrc"] = json!(1);
    put(&app, catalogue.clone()).await;
    check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_PRICE_DIFFERS", "itmNo");
    catalogue["itms"][2]["addPrc"] = json!(0);
    for status in ["20", "30", "40"] {
        catalogue["itms"][2]["itmSaleStatCd"] = json!(status);
        put(&app, catalogue.clone()).await;
        check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_NOT_ON_SALE", "itmNo");
    }
    catalogue["itms"][2]["itmSaleStatCd"] = json!("10");
    catalogue["saleStatCd"] = json!("30");
    put(&app, catalogue.clone()).await;
    check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_NOT_ON_SALE", "itmNo");
    catalogue["saleStatCd"] = json!("10");
    catalogue["rsvGoodsYn"] = json!("Y");
    put(&app, catalogue).await;
    check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_RESERVED_GOODS", "goodsNo");
    put(&app, goods(&[("001", 5), ("002", 2), ("003", 9)])).await;

    for status in ["10", "12", "13", "15", "16", "19"] {
        app.member.set_status(ORDER, 0, status);
        check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_LINE_STATUS", "ordSeq");
    }
    app.member.set_status(ORDER, 0, "11");
    let claim = json!({"claimNo": "20260801C000001", "ordNo": ORDER, "claimBusinessType": "20", "claimStatCd": "10",
        "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]});
    assert_eq!(app.import(json!([claim])).await.status, 200);
    check_refused(&change(&app, &caller, &to_item(ORDER, "003")).await, "OPTION_PARTLY_CLAIMED", "ordSeq");
    assert_eq!(stock(&app).await, stocks(&[("001", 5), ("002", 2), ("003", 9)]));
    assert_eq!(rows_of(&app.db, "claim_opt").await, Vec::<String>::new());
    assert_eq!(app.member.0.count_calls("/options"), 0);
}

#[actix_web::test]
async fn who_may_see_an_order_may_change_it_and_bad_fields_are_named() {
    let app = app_with(&[("001", 5), ("002", 9)]).await;
    let answer = change(&app, &member("1"), &to_item(ORDER, "002")).await;
    assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"));
    assert_eq!(change(&app, &guest(GUEST_ORDER), &to_item(ORDER, "002")).await.status, 403);
    assert_eq!(change(&app, &anonymous(), &to_item(ORDER, "002")).await.status, 403);
    assert_eq!(change(&app, &agent("cs1"), &to_item(NO_ORDER, "002")).await.code(), "ORDER_NOT_FOUND");
    let answer = change(&app, &member(MEMBER), &json!({"ordNo": "1", "itmNo": "a b"})).await;
    assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec!["ordNo", "ordSeq", "goodsNo", "itmNo"]));
    let number_for_text = json!({"ordNo": ORDER, "ordSeq": "1", "goodsNo": GOODS_NO, "itmNo": "002"});
    assert_eq!(change(&app, &member(MEMBER), &number_for_text).await.fields(), ["ordSeq"]);
    claim_no(&change(&app, &guest(GUEST_ORDER), &to_item(GUEST_ORDER, "002")).await);
    claim_no(&change(&app, &agent("cs1"), &to_item(ORDER, "002")).await);
}

#[actix_web::test]
async fn if_shipping_wins_the_stock_is_as_before_and_the_claim_is_rejected() {
    let app = app_with(&[("001", 5), ("002", 3)]).await;
    app.member.0.world().ships_before_options = true;
    let answer = change(&app, &member(MEMBER), &to_item(ORDER, "002")).await;
    check_refused(&answer, "OPTION_LINE_STATUS", "ordSeq");
    assert_eq!(stock(&app).await, stocks(&[("001", 5), ("002", 3)]));
    let rejected = app.member.0.world().decided.keys().next().expect("it was asked").clone();
    assert_eq!(status(&app, &rejected).await, "90");
    assert_eq!(rows_of(&app.db, "claim_ldgr").await, Vec::<String>::new());
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.json["ordGoodsList"][0]["itmNo"], "001");
}

#[actix_web::test]
async fn the_same_key_finds_the_same_claim() {
    let app = app_with(&[("001", 5), ("002", 9), ("003", 9)]).await;
    let first = change_once(&app, &to_item(ORDER, "002"), "k1").await;
    let number = claim_no(&first);
    let again = change_once(&app, &to_item(ORDER, "002"), "k1").await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    assert_eq!(change_once(&app, &to_item(ORDER, "003"), "k1").await.code(), "IDEMPOTENCY_KEY_REUSED");
    // The answer was lost with the process that held the key: the claim is found, not made again.
    let forget = "DELETE FROM idempotency_key;";
    let done = app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(forget)?)).await;
    done.expect("keys can be removed");
    assert_eq!(claim_no(&change_once(&app, &to_item(ORDER, "002"), "k1").await), number);
    assert_eq!(rows_of(&app.db, "claim_opt").await.len(), 1);
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 6), ("003", 9)]));
    assert_eq!(change_once(&app, &to_item(ORDER, "002"), "k2").await.code(), "OPTION_SAME_ITEM");
}

/// Contract: two buyers of the last piece, one gets it.
#[actix_web::test]
async fn of_fifty_who_want_the_last_piece_one_gets_it() {
    let app = app_with(&[("001", 0), ("002", 1)]).await;
    let orders: Vec<String> = (0..50).map(|serial| format!("20260806O{serial:06}")).collect();
    for order_no in &orders {
        app.member.put(plain_order(order_no, &[(1, 20_000)], "10"));
    }
    let caller = member(MEMBER);
    let requests: Vec<Value> = orders.iter().map(|order_no| to_item(order_no, "002")).collect();
    let answers = futures_util::future::join_all(requests.iter().map(|one| change(&app, &caller, one))).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let short = answers.iter().filter(|answer| answer.code() == "OPTION_STOCK_SHORT").count();
    assert_eq!((won, short), (1, 49), "{:?}", answers.iter().map(|answer| &answer.text).collect::<Vec<_>>());
    // What the winner gave up is there for the next one.
    assert_eq!(stock(&app).await, stocks(&[("001", 1), ("002", 0)]));
    assert_eq!(rows_of(&app.db, "claim_opt").await.len(), 1);
}

#[actix_web::test]
async fn changes_of_one_line_come_one_after_the_other() {
    let app = app_with(&[("001", 9), ("002", 9), ("003", 9), ("004", 9)]).await;
    let caller = member(MEMBER);
    let requests: Vec<Value> = (0..12).map(|turn| to_item(ORDER, ["002", "003", "004"][turn % 3])).collect();
    let answers = futures_util::future::join_all(requests.iter().map(|one| change(&app, &caller, one))).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let same = answers.iter().filter(|answer| answer.code() == "OPTION_SAME_ITEM").count();
    assert_eq!(won + same, 12, "{:?}", answers.iter().map(|answer| &answer.text).collect::<Vec<_>>());
    let held = app.popup(&caller, ORDER).await.json["ordGoodsList"][0]["itmNo"].clone();
    let mut expected = stocks(&[("001", 12), ("002", 9), ("003", 9), ("004", 9)]);
    *expected.get_mut(held.as_str().unwrap_or("")).expect("one of the items") -= 3;
    assert_eq!(stock(&app).await, expected);
}

#[actix_web::test]
async fn an_accepted_change_outlives_its_process_and_others_wait_for_it() {
    let house = House::new().with("CANCEL__ANSWER_DEADLINE_MS", "300");
    let app = TestApp::spawn_in(house).await;
    put(&app, goods(&[("001", 5), ("002", 3), ("003", 9)])).await;
    app.member.0.feels("/options", Mood::Down);
    let number = claim_no(&change_once(&app, &to_item(ORDER, "002"), "k1").await);
    assert_eq!(status(&app, &number).await, "20");
    // What is taken is taken; what the line holds is free only when the order has confirmed.
    assert_eq!(stock(&app).await, stocks(&[("001", 5), ("002", 0), ("003", 9)]));
    let second = change(&app, &member(MEMBER), &to_item(ORDER, "003")).await;
    assert_eq!((second.status, second.code()), (900, "CLAIM_IN_PROGRESS"));
    let cancel = app.cancel(&member(MEMBER), &cancel_request(ORDER, "251", &[(1, 1)])).await;
    assert_eq!((cancel.status, cancel.code()), (900, "CLAIM_IN_PROGRESS"), "{}", cancel.text);

    let TestApp { service, house } = app;
    service.stop().await;
    house.member.0.recovers();
    let app = TestApp::spawn_in(house).await;
    eventually(async || status(&app, &number).await == "30").await;
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 0), ("003", 9)]));
    assert_eq!(claim_no(&change_once(&app, &to_item(ORDER, "002"), "k1").await), number);
    assert_eq!(rows_of(&app.db, "claim_ldgr").await.len(), 4);
}

#[actix_web::test]
async fn an_answer_of_the_order_that_is_lost_is_asked_for_again() {
    let app = app_with(&[("001", 5), ("002", 3)]).await;
    app.member.0.feels("/options", Mood::LosesFirst(5));
    let number = claim_no(&change(&app, &member(MEMBER), &to_item(ORDER, "002")).await);
    assert_eq!(status(&app, &number).await, "30");
    assert_eq!(stock(&app).await, stocks(&[("001", 8), ("002", 0)]));
    assert_eq!(app.member.0.world().decided.len(), 1);
}

#[actix_web::test]
async fn a_cancel_beside_a_change_gives_back_the_item_the_line_holds() {
    const ROUNDS: usize = 20;
    let app = app_with(&[("001", 500), ("002", 500)]).await;
    for round in 1..=ROUNDS {
        let order_no = format!("20260801O{:06}", 100 + round);
        let mut order = plain_order(&order_no, &[(2, 20_000)], "10");
        order["goodsList"][0]["goodsNo"] = json!(GOODS_NO);
        order["goodsList"][0]["itmNo"] = json!("001");
        app.member.put(order);
        let before = stock(&app).await;
        let caller = member(MEMBER);
        let (wanted, cancelled) = (to_item(&order_no, "002"), cancel_request(&order_no, "251", &[(1, 2)]));
        let (changed, cancelled) =
            tokio::join!(change(&app, &caller, &wanted), app.cancel(&caller, &cancelled));
        assert_eq!(cancelled.payload()["claimStatCd"], "30", "round {round}: {}", cancelled.text);
        // Whether the change came first or too late, its item is back.
        let held = if changed.status == 200 { "002" } else { "001" };
        let line = app.popup(&caller, &order_no).await.json["ordGoodsList"][0].clone();
        assert_eq!(line["itmNo"], held, "round {round}: {}", changed.text);
        let after = stock(&app).await;
        let risen = |item: &str| after[item] - before[item];
        assert_eq!((risen("001"), risen("002")), (2, 0), "round {round}: {held}");
    }
    app.assert_books().await;
}
