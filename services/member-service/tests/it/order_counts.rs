use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, on_site, service};
use wiremock::matchers::{header_exists, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::app::TestApp;
use crate::orders::{COUNTS, MEMBER, ORDER, asking, order, plain_order, sisters};

fn kst(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(&format!("{text}+09:00")).unwrap().to_utc()
}

async fn count(app: &TestApp, req_gubun: &str) -> i64 {
    let answer = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": req_gubun})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["ordCnt"].as_i64().unwrap()
}

#[tokio::test]
async fn a_delivered_order_counts_for_ten_days_on_the_page_and_for_fourteen_before_quitting() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    let check = async |now: &str, my_page: i64, quit: i64| {
        app.clock.set(kst(now));
        assert_eq!((count(&app, "myPage").await, count(&app, "quit").await), (my_page, quit), "{now}");
    };
    check("2026-08-01T11:00:00", 1, 1).await;
    check("2027-08-01T11:00:00", 1, 1).await;
    app.move_line(ORDER, "15", "2026-08-03T00:00:00").await;
    check("2026-08-13T23:59:59.999999", 1, 1).await;
    check("2026-08-14T00:00:00", 0, 1).await;
    check("2026-08-17T23:59:59.999999", 0, 1).await;
    check("2026-08-18T00:00:00", 0, 0).await;
    // Confirmed later, it still counts by its delivery.
    app.move_line(ORDER, "16", "2026-08-18T00:00:00").await;
    check("2026-08-18T00:00:00", 0, 0).await;
}

#[tokio::test]
async fn anything_but_my_page_is_quit_and_nothing_is_refused_but_nothing() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    app.move_line(ORDER, "15", "2026-08-03T00:00:00").await;
    app.clock.set(kst("2026-08-15T00:00:00"));
    assert_eq!(count(&app, "myPage").await, 0);
    for other in ["quit", "mypage", "MYPAGE", "무엇이든"] {
        assert_eq!(count(&app, other).await, 1, "{other}");
    }
    for empty in [json!({}), json!({"reqGubun": ""}), json!({"reqGubun": null})] {
        let answer = app.service.post(COUNTS, &member(MEMBER), &empty).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec!["reqGubun"]));
    }
}

#[tokio::test]
async fn the_claim_days_are_a_row_and_the_windows_are_settings() {
    let sisters = sisters(0).await;
    let change = asking(&sisters);
    let app = TestApp::spawn_with(|settings| {
        change(settings);
        settings.orders.my_page_order_days = 2;
    })
    .await
    .with_orders(&[order()])
    .await;
    app.move_line(ORDER, "15", "2026-08-03T00:00:00").await;
    app.clock.set(kst("2026-08-05T00:00:00"));
    assert_eq!(count(&app, "myPage").await, 1);
    app.clock.set(kst("2026-08-06T00:00:00"));
    assert_eq!((count(&app, "myPage").await, count(&app, "quit").await), (0, 1));
    let set = async |sql: &'static str| {
        use diesel::prelude::*;
        app.write(move |conn| Ok(diesel::sql_query(sql).execute(conn)?)).await
    };
    set("UPDATE cd_ref SET ref1 = '2' WHERE cd_grp = 'ST006' AND cd = '10'").await;
    assert_eq!(count(&app, "quit").await, 0);
    set("DELETE FROM cd_ref").await;
    assert_eq!(count(&app, "quit").await, 1);
}

#[tokio::test]
async fn only_live_orders_of_the_member_and_the_site_count() {
    let sisters = sisters(0).await;
    let at = "2026-08-01T10:00:00";
    let mut elsewhere = plain_order("20260801O000012", MEMBER, at, 5, "11");
    elsewhere["siteNo"] = json!("2");
    let app = TestApp::spawn_with(asking(&sisters)).await;
    let app = app
        .with_orders(&[
            plain_order("20260801O000010", MEMBER, at, 1, "10"),
            plain_order("20260801O000011", MEMBER, at, 3, "12"),
            elsewhere,
            plain_order("20260801O000013", "100001399", at, 7, "11"),
        ])
        .await;
    assert_eq!((count(&app, "myPage").await, count(&app, "quit").await), (2, 2));
    let on_two = app.service.post(COUNTS, &on_site(member(MEMBER), "2"), &json!({"reqGubun": "quit"})).await;
    assert_eq!(on_two.json["ordCnt"], 1);
}

#[tokio::test]
async fn staff_name_the_member_and_a_member_is_itself() {
    let sisters = sisters(3).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    let body = json!({"reqGubun": "quit"});
    let path_of = |member_no: &str| format!("{COUNTS}?mbrNo={member_no}");
    for caller in [agent("a1"), admin("a2"), service("shop"), member(MEMBER)] {
        let answer = app.service.post(&path_of(MEMBER), &caller, &body).await;
        assert_eq!(answer.json, json!({"claimCnt": 3, "ordCnt": 1}), "{caller:?}");
    }
    let unnamed = app.service.post(COUNTS, &agent("a1"), &body).await;
    assert_eq!((unnamed.status, unnamed.code(), unnamed.fields()), (900, "VALIDATION", vec!["mbrNo"]));
    let malformed = app.service.post(&path_of("x"), &agent("a1"), &body).await;
    assert_eq!((malformed.code(), malformed.fields()), ("VALIDATION", vec!["mbrNo"]));
    assert_eq!(app.service.post(&path_of("100001399"), &member(MEMBER), &body).await.status, 403);
    assert_eq!(app.service.post(COUNTS, &guest(ORDER), &body).await.status, 403);
}

/// Fixes how claim-service is asked; it is built against this.
#[tokio::test]
async fn claims_are_counted_by_claim_service_under_this_contract() {
    let claim_service = MockServer::start().await;
    let question = |req_gubun: &str| {
        Mock::given(method("GET"))
            .and(path("/internal/claims/count"))
            .and(header_exists("x-internal-identity"))
            .and(header_exists("x-request-id"))
            .and(query_param("mbrNo", MEMBER))
            .and(query_param("siteNo", "1"))
            .and(query_param("reqGubun", req_gubun))
    };
    let answer = |claims: i32| ResponseTemplate::new(200).set_body_json(json!({"claimCnt": claims}));
    // Completed ten days ago still counts, the whole of that Korean day.
    question("myPage")
        .and(query_param("cmplAfter", "2026-08-05T00:00:00+09:00"))
        .respond_with(answer(4))
        .expect(1)
        .mount(&claim_service)
        .await;
    question("quit")
        .and(query_param_is_missing("cmplAfter"))
        .respond_with(answer(2))
        .expect(1)
        .mount(&claim_service)
        .await;
    let app = TestApp::spawn_with(asking(&claim_service)).await;
    app.clock.set(kst("2026-08-15T23:59:59"));
    let ask = async |req_gubun: &str| -> Value {
        app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": req_gubun})).await.json
    };
    assert_eq!(ask("myPage").await, json!({"claimCnt": 4, "ordCnt": 0}));
    assert_eq!(ask("anything else").await, json!({"claimCnt": 2, "ordCnt": 0}));
}

#[tokio::test]
async fn without_claim_service_there_are_no_counts() {
    let app = TestApp::spawn().await;
    let down = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "quit"})).await;
    assert_eq!((down.status, down.code()), (503, "SERVICE_UNAVAILABLE"));
    assert!(down.headers.contains_key("retry-after"));

    let slow_sister = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_delay(std::time::Duration::from_secs(30)))
        .mount(&slow_sister)
        .await;
    let change = asking(&slow_sister);
    let app = TestApp::spawn_with(|settings| {
        change(settings);
        settings.client.try_timeout_ms = 50;
        settings.client.retries = 0;
    })
    .await;
    let slow = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "quit"})).await;
    assert_eq!((slow.status, slow.code()), (504, "UPSTREAM_TIMEOUT"));
}
