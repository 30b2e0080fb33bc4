//! Messages come more than once, at once, and on several replicas.

use serde_json::{Value, json};
use test_kit::service::{TestAnswer, TestService, read};

use crate::app::*;

/// Sends each body to the path, all at once, in turn to one replica and the other.
async fn all_at_once(replicas: [&TestService; 2], messages: Vec<(&str, Value)>) -> Vec<TestAnswer> {
    let tasks: Vec<_> = messages
        .into_iter()
        .zip(replicas.iter().cycle())
        .map(|((path, body), replica)| {
            let request = replica.request_of_sister(reqwest::Method::POST, path, "claim-service");
            actix_web::rt::spawn(read(request.json(&body)))
        })
        .collect();
    let mut answers = Vec::with_capacity(tasks.len());
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        answers.push(answer);
    }
    answers
}

const COUPONS: &str = "/internal/coupons/restore";
const MILEAGE: &str = "/internal/mileage/restore";
const TAKE_BACK: &str = "/internal/accumulation/takeBack";
const ORDERS: &str = "/internal/orders";

#[actix_web::test]
async fn the_same_restore_sent_ten_times_at_once_happens_once() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let replicas = [&app.service, &replica];
    app.issue(&json!([coupon("CI0001")])).await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 2_000)], 0, &[])).await;
    app.record(&order(ORDER, &[], 3_000, &["CI0001"])).await;

    let answers = all_at_once(replicas, vec![(MILEAGE, restore_mileage(1, 1_500)); 10]).await;
    assert_eq!(answers.len(), 10);
    assert_eq!(app.balance().await, 500);

    let answers = all_at_once(replicas, vec![(COUPONS, restore_coupons(1, &["CI0001"])); 10]).await;
    for answer in answers {
        assert_eq!(answer.json, json!({"list": [{"cpnIsuNo": "CI0001", "restoredYn": "Y", "rsn": null}]}));
    }
    let entries = json!([{"accmGbCd": "21", "promoNo": "A21", "rtrvAmt": 10}]);
    all_at_once(replicas, vec![(TAKE_BACK, take_back(1, &entries)); 10]).await;
    assert_eq!(app.balance().await, 490);
}

#[actix_web::test]
async fn many_orders_of_one_member_at_once_keep_the_books_right() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let orders: Vec<(&str, Value)> = (0..24)
        .map(|index| {
            let number = format!("20260801O{:06}", 100 + index % 12);
            (ORDERS, order(&number, &[entry("21", "A21", 100), entry("24", "A24", 10)], 60, &[]))
        })
        .collect();
    all_at_once([&app.service, &replica], orders).await;
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, 12 * (110 - 60));
    assert_eq!(rows.iter().filter(|row| row.0 == "21").count(), 12, "each order came twice and counts once");
}

/// An order and its claims arrive together, in whatever order: they come to the same.
#[actix_web::test]
async fn an_order_and_its_claims_at_once_come_to_the_same() {
    for round in 0..6 {
        let app = TestApp::start().await;
        let replica = app.replica().await;
        app.issue(&json!([coupon("CI0001")])).await;
        let back = |amount: i64| json!([{"accmGbCd": "21", "promoNo": "A21", "rtrvAmt": amount}]);
        let mut messages = vec![
            (ORDERS, order(ORDER, &[entry("21", "A21", 650)], 3_000, &["CI0001"])),
            (TAKE_BACK, take_back(1, &back(216))),
            (MILEAGE, restore_mileage(1, 1_000)),
            (COUPONS, restore_coupons(1, &["CI0001"])),
            (TAKE_BACK, take_back(2, &back(434))),
            (MILEAGE, restore_mileage(2, 2_000)),
        ];
        messages.rotate_left(round);
        messages.extend(messages.clone());
        all_at_once([&app.service, &replica], messages).await;
        assert_eq!(app.balance().await, 0);
        assert_eq!(app.coupons().await, [("CI0001".to_owned(), "10".to_owned(), None)]);
    }
}

#[actix_web::test]
async fn two_orders_at_once_do_not_both_get_a_coupon() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    app.issue(&json!([coupon("CI0001"), coupon("CI0002")])).await;
    let orders = (0..8)
        .map(|index| {
            let number = format!("20260801O{:06}", 200 + index);
            let coupons = if index % 2 == 0 { ["CI0001", "CI0002"] } else { ["CI0002", "CI0001"] };
            (ORDERS, order(&number, &[], 0, &coupons))
        })
        .collect();
    all_at_once([&app.service, &replica], orders).await;
    let coupons = app.coupons().await;
    assert!(coupons.iter().all(|coupon| coupon.1 == "20"));
    assert_eq!(coupons[0].2, coupons[1].2, "whoever came first took both");
}

#[actix_web::test]
async fn the_same_coupons_issued_at_once_are_created_once() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let coupons: Vec<Value> = (0..50).map(|index| coupon(&format!("CI{index:04}"))).collect();
    let shop = test_kit::identity::service("shop");
    let tasks: Vec<_> = [&app.service, &replica]
        .into_iter()
        .cycle()
        .take(8)
        .map(|service| {
            let request = service.request(reqwest::Method::POST, "/v1/marketing/coupons", &shop);
            actix_web::rt::spawn(read(request.json(&json!({ "coupons": coupons }))))
        })
        .collect();
    let mut created = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        created += answer.payload()["created"].as_i64().unwrap();
    }
    assert_eq!(created, 50);
}
