//! Orders and goods an inquiry names are asked of the sister services; one that is down takes only its own part with it.

use serde_json::{Value, json};
use test_kit::identity::{member, on_site};

use crate::app::{
    CUSTOMER, MEMBER, OTHER_MEMBER, TestApp, assert_fields, assert_refused, gildong, kim, number, until,
};
use crate::sisters::{ORDER, OTHERS_ORDER, Sisters};

fn inquiry(type_no: &str, more: Value) -> Value {
    let mut body = json!({"cnslTypNo": type_no, "title": "제목", "accpCont": "내용"});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn row(app: &TestApp, ccn_no: &str) -> Value {
    app.detail(&gildong(), ccn_no).await.payload().clone()
}

#[actix_web::test]
async fn a_type_can_require_an_order_and_goods() {
    let app = TestApp::start().await;
    assert_fields(&app.save(&gildong(), inquiry("2010", json!({}))).await, &["ordNo"]);
    assert_fields(&app.save(&gildong(), inquiry("4010", json!({}))).await, &["goodsNo"]);
    assert_fields(&app.save(&gildong(), inquiry("4030", json!({}))).await, &["ordNo", "goodsNo"]);
    let with_line = app.save(&gildong(), inquiry("4030", json!({"ordNo": ORDER, "ordSeq": "2"}))).await;
    let shown = row(&app, &number(&with_line)).await;
    assert_eq!((&shown["goodsNo"], &shown["goodsNm"]), (&json!("10002553"), &json!("면 바지")));
    let with_goods =
        app.save(&gildong(), inquiry("4010", json!({"goodsNo": "10002552", "itmNo": "001"}))).await;
    assert_eq!(row(&app, &number(&with_goods)).await["goodsNm"], "린넨 셔츠");
    let unknown_goods = app.save(&gildong(), inquiry("4010", json!({"goodsNo": "1"}))).await;
    assert_eq!(row(&app, &number(&unknown_goods)).await["goodsNm"], Value::Null);
}

#[actix_web::test]
async fn the_order_must_be_the_members_own() {
    let app = TestApp::start().await;
    let about = |order_no: &str| inquiry("2010", json!({"ordNo": order_no}));
    assert_eq!(app.save(&gildong(), about(ORDER)).await.status, 200);
    for (caller, order_no) in [
        (gildong(), OTHERS_ORDER),
        (gildong(), "20260801O999999"),
        (member(OTHER_MEMBER), ORDER),
        (on_site(gildong(), "2"), ORDER),
    ] {
        assert_refused(&app.save(&caller, about(order_no)).await, 403, "FORBIDDEN");
    }
    let line = |more| inquiry("2010", more);
    let no_line = app.save(&gildong(), line(json!({"ordNo": ORDER, "ordSeq": 9}))).await;
    assert_refused(&no_line, 900, "ORDER_LINE_NOT_FOUND");
    assert_eq!(no_line.fields(), ["ordSeq"]);
    let other = app.save(&gildong(), line(json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002553"}))).await;
    assert_fields(&other, &["goodsNo"]);
    let other = app.save(&gildong(), line(json!({"ordNo": ORDER, "ordSeq": 1, "itmNo": "002"}))).await;
    assert_fields(&other, &["itmNo"]);
    let no_order = app.save(&gildong(), inquiry("9090", json!({"ordSeq": 1}))).await;
    assert_fields(&no_order, &["ordNo"]);
}

#[actix_web::test]
async fn an_edit_asks_again_only_about_what_has_changed() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.save(&gildong(), inquiry("4030", json!({"ordNo": ORDER, "ordSeq": 1}))).await);
    Sisters::break_down(&app.sisters.member, 503).await;
    let edit = |more: Value| {
        let mut body = inquiry("4030", more);
        body["ccnNo"] = json!(ccn_no);
        body["title"] = json!("고침");
        body
    };
    let same = app.edit(&gildong(), edit(json!({"ordNo": ORDER}))).await;
    assert_eq!(same.status, 200, "{}", same.text);
    let shown = row(&app, &ccn_no).await;
    assert_eq!((&shown["title"], &shown["goodsNm"]), (&json!("고침"), &json!("린넨 셔츠")));
    let other_line = app.edit(&gildong(), edit(json!({"ordNo": ORDER, "ordSeq": 2}))).await;
    assert_refused(&other_line, 503, "SERVICE_UNAVAILABLE");
    app.sisters.repair_member().await;
    assert_eq!(app.edit(&gildong(), edit(json!({"ordNo": ORDER, "ordSeq": 2}))).await.status, 200);
    assert_eq!(row(&app, &ccn_no).await["goodsNm"], "면 바지");
    assert_refused(
        &app.edit(&gildong(), edit(json!({"ordNo": OTHERS_ORDER, "ordSeq": 1}))).await,
        403,
        "FORBIDDEN",
    );
}

#[actix_web::test]
async fn the_members_ordered_lines_come_from_member_service() {
    let app = TestApp::start().await;
    let path = "/v1/customer/getOrderClaimGoodsList";
    let list = app.post(path, &gildong(), json!({})).await;
    assert_eq!(
        list.payload(),
        &json!({"totalCount": 1, "list": [{"ordNo": ORDER, "ordDtm": "2026-08-01T10:00:00+09:00", "ordSeq": 1,
            "goodsNo": "10002552", "goodsNm": "2026-08-22~2026-11-22 1/10", "itmNo": "001", "itmNm": "화이트/M",
            "goodsImg": null, "ordQty": 3, "salePrc": 20000, "ordDtlStatCd": "11", "ordDtlStatNm": "주문완료"}]})
    );
    let asked = json!({"strDt": "20260101", "endDt": "2026-06-30", "pageNo": 2, "pageSize": 5});
    let list = app.post(path, &gildong(), asked).await;
    assert_eq!(list.payload()["list"][0]["goodsNm"], "2026-01-01~2026-06-30 2/5");
    assert_eq!(app.post(path, &member(OTHER_MEMBER), json!({})).await.payload()["totalCount"], 0);
    let bad = json!({"strDt": "2026", "pageNo": 0});
    assert_fields(&app.post(path, &gildong(), bad).await, &["strDt", "pageNo"]);
}

#[actix_web::test]
async fn goods_are_searched_in_claim_services_catalogue() {
    let app = TestApp::start().await;
    let path = format!("{CUSTOMER}/searchGoods");
    let found = app.post(&path, &gildong(), json!({"searchNm": "셔츠"})).await;
    assert_eq!(
        found.payload(),
        &json!({"totalCount": 1, "list": [{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "itmNo": "001",
            "itmNm": "화이트/M", "salePrc": 20000, "goodsImg": "https://img.example/1.jpg"}]})
    );
    let none = app.post(&path, &gildong(), json!({"searchNm": "없는 & 상품"})).await;
    assert_eq!(none.payload(), &json!({"totalCount": 0, "list": []}));
    assert_fields(&app.post(&path, &gildong(), json!({"pageSize": 101})).await, &["pageSize"]);
}

#[actix_web::test]
async fn a_sister_that_is_away_takes_only_its_own_part_with_it() {
    let app = TestApp::start().await;
    for status in [404, 501, 503] {
        Sisters::break_down(&app.sisters.member, status).await;
        Sisters::break_down(&app.sisters.claim, status).await;
        let lines = app.post("/v1/customer/getOrderClaimGoodsList", &gildong(), json!({})).await;
        assert_refused(&lines, 503, "SERVICE_UNAVAILABLE");
        assert!(lines.json["message"].as_str().unwrap().contains("주문 상품"), "{}", lines.text);
        let goods = app.post(&format!("{CUSTOMER}/searchGoods"), &gildong(), json!({"searchNm": "a"})).await;
        assert_refused(&goods, 503, "SERVICE_UNAVAILABLE");
        let about_order = app.save(&gildong(), inquiry("2010", json!({"ordNo": ORDER}))).await;
        assert_refused(&about_order, 503, "SERVICE_UNAVAILABLE");
        assert!(about_order.headers.contains_key("retry-after"));

        let plain = number(&app.save(&gildong(), inquiry("9090", json!({}))).await);
        assert_eq!(app.answer(&kim(), &plain).await.status, 200);
        let about_goods = app.save(&gildong(), inquiry("4010", json!({"goodsNo": "10002552"}))).await;
        let about_goods = number(&about_goods);
        assert_eq!(row(&app, &about_goods).await["goodsNm"], Value::Null);
    }
    // What was missing is filled in and told when they are back.
    app.sisters.repair_member().await;
    app.sisters.repair_claim().await;
    let a_little_later = || app.clock.advance(chrono::TimeDelta::seconds(20));
    until(async || {
        a_little_later();
        app.sisters.notices().len() == 3
    })
    .await;
    until(async || {
        a_little_later();
        let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
        let rows = list.payload()["list"].as_array().unwrap().clone();
        rows.iter().filter(|row| row["goodsNm"] == "린넨 셔츠").count() == 3
    })
    .await;
    assert_eq!(app.sisters.notices()[0].mbr_no.as_ref().unwrap().as_str(), MEMBER);
}
