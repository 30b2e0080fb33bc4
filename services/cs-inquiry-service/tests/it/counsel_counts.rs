//! What the head of an agent's page counts.

use chrono::TimeDelta;
use platform::identity::Caller;
use serde_json::{Value, json};

use crate::app::{DESK, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee, number};

async fn counts(app: &TestApp, caller: &Caller, query: &str) -> Value {
    let answer = app.service.get(&format!("{DESK}/getIntegratedCounselCount?{query}"), caller).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.payload()["serverDtm"], app.now_on_the_wire());
    answer.payload().clone()
}

fn in_words(counts: &Value) -> [&Value; 5] {
    ["waitCnt", "prcsCnt", "myCnt", "myAnsTodayCnt", "oldestAccpDtm"].map(|name| &counts[name])
}

#[track_caller]
fn check(counts: &Value, expected: Value) {
    assert_eq!(json!(in_words(counts)), expected, "{counts}");
}

#[actix_web::test]
async fn the_queue_and_what_is_ones_own_are_counted_as_they_are_this_moment() {
    let app = TestApp::start().await;
    check(&counts(&app, &kim(), "").await, json!([0, 0, 0, 0, null]));
    let oldest = app.written().await;
    let oldest_at = app.now_on_the_wire();
    // 23:30 in Korea.
    app.clock.advance(TimeDelta::minutes(11 * 60 + 30));
    let second_at = app.now_on_the_wire();
    let numbers = [app.written().await, app.written().await, app.written().await, app.written().await];
    check(&counts(&app, &kim(), "").await, json!([5, 0, 0, 0, oldest_at]));

    app.start_process(&kim(), &oldest).await;
    app.start_process(&lee(), &numbers[0]).await;
    check(&counts(&app, &kim(), "").await, json!([3, 2, 1, 0, second_at]));
    app.answer(&kim(), &oldest).await;
    app.answer(&boss(), &numbers[0]).await;
    app.delete(&gildong(), &numbers[1]).await;
    check(&counts(&app, &kim(), "").await, json!([2, 0, 0, 1, second_at]));
    check(&counts(&app, &boss(), "").await, json!([2, 0, 0, 1, second_at]));
    check(&counts(&app, &lee(), "").await, json!([2, 0, 0, 0, second_at]));
    // Half past midnight.
    app.clock.advance(TimeDelta::minutes(60));
    check(&counts(&app, &kim(), "").await, json!([2, 0, 0, 0, second_at]));
    app.answer(&kim(), &numbers[2]).await;
    check(&counts(&app, &kim(), "").await, json!([1, 0, 0, 1, second_at]));
    app.answer(&kim(), &numbers[3]).await;
    check(&counts(&app, &kim(), "").await, json!([0, 0, 0, 2, null]));
}

#[actix_web::test]
async fn a_type_narrows_the_queue_and_not_what_is_ones_own() {
    let app = TestApp::start().await;
    app.written().await;
    app.clock.advance(TimeDelta::minutes(1));
    let coupon = json!({"cnslTypNo": "5010", "title": "쿠폰", "accpCont": "내용"});
    number(&app.save(&gildong(), coupon.clone()).await);
    let coupon_at = app.now_on_the_wire();
    let started = number(&app.save(&gildong(), coupon).await);
    app.start_process(&kim(), &started).await;
    for types in ["5010", "5000"] {
        let counts = counts(&app, &kim(), &format!("cnslTypNo={types}")).await;
        check(&counts, json!([1, 1, 1, 0, coupon_at]));
    }
    check(&counts(&app, &kim(), "cnslTypNo=6000").await, json!([0, 0, 1, 0, null]));
    check(&counts(&app, &kim(), "cnslTypNo=99999999999999999999").await, json!([0, 0, 1, 0, null]));
}

#[actix_web::test]
async fn counting_is_for_agents_and_leaves_no_record() {
    let app = TestApp::start().await;
    app.written().await;
    counts(&app, &kim(), "").await;
    assert_eq!(app.count("SELECT count(*) AS rows FROM access_record").await, 0);
    let path = format!("{DESK}/getIntegratedCounselCount?cnslTypNo=x");
    assert_fields(&app.service.get(&path, &kim()).await, &["cnslTypNo"]);
    assert_refused(&app.service.get(&path, &gildong()).await, 403, "FORBIDDEN");
}
