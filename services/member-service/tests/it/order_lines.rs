//! What cs-inquiry-service asks about a member's orders.

use serde_json::{Value, json};
use test_kit::identity::{member, service};

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER};

const SISTER: &str = "cs-inquiry-service";

async fn with_order() -> TestApp {
    let app = TestApp::spawn().await;
    let order: Value =
        serde_json::from_str(include_str!("../../../../deploy/local/src/demo/known/member_order.json"))
            .unwrap();
    let answer = app.service.post("/v1/order/orders", &service("shop"), &json!({"orders": [order]})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app
}

#[actix_web::test]
async fn a_member_has_its_lines_of_the_days_asked_for() {
    let app = with_order().await;
    let lines = async |query: &str| {
        let path = format!("/internal/members/{MEMBER}/orderLines?{query}");
        app.service.get_as_sister(&path, SISTER).await
    };
    let answer = lines("siteNo=1&strDt=20260801&endDt=20260801").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["totalCount"], 1);
    assert_eq!(
        answer.json["list"][0],
        json!({"ordNo": ORDER, "ordDtm": "2026-08-01T10:00:00+09:00", "ordSeq": 1, "goodsNo": "10002552",
            "goodsNm": "린넨 셔츠", "itmNo": "001", "itmNm": "화이트/M", "goodsImg": null, "ordQty": 3,
            "salePrc": 20000, "ordDtlStatCd": "11"})
    );
    for elsewhere in ["siteNo=2&strDt=20260801&endDt=20260801", "siteNo=1&strDt=20260802&endDt=20260831"] {
        assert_eq!(lines(elsewhere).await.json, json!({"totalCount": 0, "list": []}), "{elsewhere}");
    }
    let beyond = lines("siteNo=1&strDt=20260801&endDt=20260801&pageNo=2").await;
    assert_eq!(beyond.json, json!({"totalCount": 1, "list": []}));
    assert_eq!(lines("siteNo=1&strDt=20260801&endDt=20260801&pageSize=101").await.fields(), ["pageSize"]);
}

#[actix_web::test]
async fn an_order_is_a_members_own_or_nobodys_business() {
    let app = with_order().await;
    let ownership = async |order_no: &str, query: &str| {
        let path = format!("/internal/orders/{order_no}/ownership?{query}");
        app.service.get_as_sister(&path, SISTER).await.json
    };
    let own = ownership(ORDER, &format!("mbrNo={MEMBER}&siteNo=1")).await;
    assert_eq!(own["isOwn"], true);
    assert_eq!(own["ordManNm"], "홍길동");
    assert_eq!(own["lines"][0]["goodsNo"], "10002552");
    let nobodys = json!({"isOwn": false, "ordManNm": null, "lines": []});
    assert_eq!(ownership(ORDER, "mbrNo=100009999&siteNo=1").await, nobodys);
    assert_eq!(ownership(ORDER, &format!("mbrNo={MEMBER}&siteNo=2")).await, nobodys);
    assert_eq!(ownership("20260801O999999", &format!("mbrNo={MEMBER}&siteNo=1")).await, nobodys);
}

#[actix_web::test]
async fn only_sister_services_may_ask() {
    let app = with_order().await;
    let path = format!("/internal/orders/{ORDER}/ownership?mbrNo={MEMBER}&siteNo=1");
    assert_eq!(app.service.get(&path, &member(MEMBER)).await.status, 403);
    assert_eq!(app.service.get(&path, &service("shop")).await.status, 403);
}
