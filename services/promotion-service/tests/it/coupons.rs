//! Coupons are issued, listed, used by orders and given back by claims.

use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, service};
use test_kit::service::read;

use crate::app::*;

const PATH: &str = "/v1/marketing/coupons";

fn row(number: &str, status: &str, order_no: Option<&str>) -> (String, String, Option<String>) {
    (number.to_owned(), status.to_owned(), order_no.map(str::to_owned))
}

fn outcome(number: &str, reason: Option<&str>) -> Value {
    let restored = if reason.is_none() { "Y" } else { "N" };
    json!({"cpnIsuNo": number, "restoredYn": restored, "rsn": reason})
}

#[actix_web::test]
async fn a_coupon_is_issued_once_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let mut used = coupon("CI0002");
    used["useStatCd"] = json!("20");
    used["ordNo"] = json!(ORDER);
    let both = json!([coupon("CI0001"), used]);
    assert_eq!(app.issue(&both).await.payload(), &json!({"created": 2, "unchanged": 0}));
    assert_eq!(app.issue(&both).await.payload(), &json!({"created": 0, "unchanged": 2}));
    // What has become of it since does not matter, nor how the same instant is written.
    app.restore_coupons(1, &["CI0002"]).await;
    let mut in_utc = coupon("CI0001");
    in_utc["validEndDtm"] = json!("2026-08-31T14:59:59Z");
    let again = json!([in_utc, both[1], coupon("CI0003")]);
    assert_eq!(app.issue(&again).await.payload(), &json!({"created": 1, "unchanged": 2}));
    assert_eq!(app.issue(&json!([])).await.payload(), &json!({"created": 0, "unchanged": 0}));
    let in_one_request = json!([coupon("CI0004"), coupon("CI0004")]);
    assert_eq!(app.issue(&in_one_request).await.payload(), &json!({"created": 1, "unchanged": 1}));
}

#[actix_web::test]
async fn another_coupon_under_a_known_number_is_refused_with_the_whole_request() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001")])).await;
    for (name, value) in [
        ("promoNo", json!("P99")),
        ("promoNm", json!("다른 쿠폰")),
        ("promoTypCd", json!("14")),
        ("mbrNo", json!("100009999")),
        ("validEndDtm", json!("2026-09-30T23:59:59+09:00")),
        ("useStatCd", json!("30")),
    ] {
        let mut other = coupon("CI0001");
        other[name] = value;
        let answer = app.issue(&json!([coupon("CI0009"), other])).await;
        assert_eq!((answer.status, answer.code()), (900, "COUPON_EXISTS"), "{name}");
        assert_eq!(answer.fields(), ["coupons[1].cpnIsuNo"]);
    }
    assert_eq!(app.coupons().await, [row("CI0001", "10", None)], "CI0009 was not taken");
}

#[actix_web::test]
async fn what_is_wrong_with_a_coupon_is_named_by_its_field() {
    let app = TestApp::start().await;
    let check = async |name: &str, value: Value| {
        let mut wrong = coupon("CI0002");
        wrong[name] = value;
        let answer = app.issue(&json!([coupon("CI0001"), wrong])).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{name}");
        assert_eq!(answer.fields(), [format!("coupons[1].{name}")]);
    };
    check("cpnIsuNo", json!("")).await;
    check("promoNm", json!("쿠폰\u{0}")).await;
    check("promoTypCd", json!("99")).await;
    check("mbrNo", json!("abc")).await;
    check("validEndDtm", json!("2026-13-01")).await;
    check("useStatCd", json!("40")).await;
    check("ordNo", json!("1")).await;
    check("ordNo", json!(ORDER)).await;
    check("claimNo", json!("1")).await;
    check("claimNo", json!("20260802C000001")).await;
    assert_eq!(app.coupons().await, []);
}

#[actix_web::test]
async fn members_see_their_own_coupons_and_staff_anybodys() {
    let app = TestApp::start().await;
    let mut others = coupon("CI0009");
    others["mbrNo"] = json!("100009999");
    let mut sooner = coupon("CI0005");
    sooner["validEndDtm"] = json!("2026-08-10T23:59:59+09:00");
    app.issue(&json!([coupon("CI0001"), others, sooner.clone()])).await;

    let own = app.service.get(PATH, &member(MEMBER)).await;
    assert_eq!(own.payload(), &json!({"list": [sooner, coupon("CI0001")]}));
    assert_eq!(
        app.service.get(&format!("{PATH}?mbrNo={MEMBER}"), &member(MEMBER)).await.payload(),
        own.payload()
    );
    for caller in [agent("a1"), admin("a2"), service("shop")] {
        let answer = app.service.get(&format!("{PATH}?mbrNo={MEMBER}"), &caller).await;
        assert_eq!(answer.payload(), own.payload());
        assert_eq!(app.service.get(PATH, &caller).await.fields(), ["mbrNo"]);
    }
    assert_eq!(app.service.get(&format!("{PATH}?mbrNo=100009999"), &member(MEMBER)).await.status, 403);
    assert_eq!(app.service.get(PATH, &guest(ORDER)).await.status, 403);
    let malformed = app.service.get(&format!("{PATH}?mbrNo=x"), &agent("a1")).await;
    assert_eq!((malformed.code(), malformed.fields()), ("VALIDATION", vec!["mbrNo"]));
    for caller in [member(MEMBER), agent("a1")] {
        assert_eq!(app.service.post(PATH, &caller, &json!({"coupons": []})).await.status, 403);
    }
}

#[actix_web::test]
async fn an_order_uses_its_coupons_and_a_claim_gives_them_back_once() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001"), coupon("CI0002")])).await;
    // Coupons this service does not know are no error.
    app.record(&order(ORDER, &[], 0, &["CI0001", "CI0777"])).await;
    assert_eq!(app.coupons().await, [row("CI0001", "20", Some(ORDER)), row("CI0002", "10", None)]);

    let answer = app.restore_coupons(1, &["CI0777", "CI0001"]).await;
    let expected = json!({"list": [outcome("CI0777", Some("UNKNOWN")), outcome("CI0001", None)]});
    assert_eq!(answer, expected);
    assert_eq!(app.coupons().await[0], row("CI0001", "10", None));

    // Another order uses it; the same step, sent again, changes nothing and says the same.
    app.record(&order("20260801O000002", &[], 0, &["CI0001"])).await;
    assert_eq!(app.restore_coupons(1, &["CI0777", "CI0001"]).await, expected);
    assert_eq!(app.coupons().await[0], row("CI0001", "20", Some("20260801O000002")));
    // Another claim of the first order does not get it.
    let answer = app.restore_coupons(2, &["CI0001"]).await;
    assert_eq!(answer, json!({"list": [outcome("CI0001", Some("USED_ELSEWHERE"))]}));
}

#[actix_web::test]
async fn a_coupon_past_its_validity_is_not_given_back() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001"), coupon("CI0002")])).await;
    app.record(&order(ORDER, &[], 0, &["CI0001", "CI0002"])).await;
    app.clock.set(at("2026-08-31T14:59:59Z"));
    assert_eq!(app.restore_coupons(1, &["CI0001"]).await["list"][0], outcome("CI0001", None));
    app.clock.set(at("2026-08-31T14:59:59.000001Z"));
    assert_eq!(app.restore_coupons(2, &["CI0002"]).await["list"][0], outcome("CI0002", Some("EXPIRED")));
    assert_eq!(
        app.coupons().await,
        [row("CI0001", "30", None), row("CI0002", "20", Some(ORDER))],
        "the one given back has expired in its owner's hands since"
    );
}

#[actix_web::test]
async fn a_claim_that_overtakes_its_order_leaves_the_coupon_usable() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001")])).await;
    assert_eq!(app.restore_coupons(1, &["CI0001"]).await["list"][0], outcome("CI0001", None));
    app.record(&order(ORDER, &[], 0, &["CI0001"])).await;
    assert_eq!(app.coupons().await, [row("CI0001", "10", None)], "the late message changes nothing");
}

#[actix_web::test]
async fn a_claim_that_overtakes_its_order_leaves_a_coupon_past_its_validity_used() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001")])).await;
    app.clock.set(at("2026-09-01T00:00:00Z"));
    assert_eq!(app.restore_coupons(1, &["CI0001"]).await["list"][0], outcome("CI0001", Some("EXPIRED")));
    app.record(&order(ORDER, &[], 0, &["CI0001"])).await;
    assert_eq!(app.coupons().await, [row("CI0001", "20", Some(ORDER))], "as if the order had come first");
}

#[actix_web::test]
async fn a_guests_order_uses_coupons_too() {
    let app = TestApp::start().await;
    app.issue(&json!([coupon("CI0001")])).await;
    let mut guests = order(ORDER, &[], 0, &["CI0001"]);
    guests["mbrNo"] = Value::Null;
    app.record(&guests).await;
    assert_eq!(app.coupons().await, [row("CI0001", "20", Some(ORDER))]);
}

#[actix_web::test]
async fn one_member_s_order_neither_uses_another_s_coupon_nor_gives_it_back() {
    let app = TestApp::start().await;
    let mut used = coupon("CI0002");
    used["useStatCd"] = json!("20");
    app.issue(&json!([coupon("CI0001"), used])).await;
    let mut others = order(ORDER, &[], 0, &["CI0001", "CI0002"]);
    others["mbrNo"] = json!("100009999");
    app.record(&others).await;
    let as_issued = [row("CI0001", "10", None), row("CI0002", "20", None)];
    assert_eq!(app.coupons().await, as_issued);
    let answer = app.restore_coupons(1, &["CI0001", "CI0002"]).await;
    let elsewhere = ["CI0001", "CI0002"].map(|number| outcome(number, Some("USED_ELSEWHERE")));
    assert_eq!(answer, json!({"list": elsewhere}));
    assert_eq!(app.coupons().await, as_issued);
    // Its owner's order does.
    app.record(&order("20260801O000002", &[], 0, &["CI0001"])).await;
    assert_eq!(app.coupons().await[0], row("CI0001", "20", Some("20260801O000002")));
}

#[actix_web::test]
async fn a_thousand_coupons_come_in_one_request_and_not_one_more() {
    let app = TestApp::start().await;
    let many: Vec<Value> = (0..1_001).map(|index| coupon(&format!("CI{index:06}"))).collect();
    let refused = app.issue(&json!(many)).await;
    assert_eq!((refused.status, refused.code(), refused.fields()), (900, "VALIDATION", vec!["coupons"]));
    let answer = app.issue(&json!(many[1..])).await;
    assert_eq!(answer.payload(), &json!({"created": 1_000, "unchanged": 0}));
    assert_eq!(app.coupons().await.len(), 1_000);
}

#[actix_web::test]
async fn a_repeat_under_one_key_is_answered_from_the_first() {
    let app = TestApp::start().await;
    let send = async |body: Value| {
        let request = app.service.request(Method::POST, PATH, &service("shop"));
        read(request.header("Idempotency-Key", "k1").json(&body)).await
    };
    let first = send(json!({"coupons": [coupon("CI0001")]})).await;
    assert_eq!(send(json!({"coupons": [coupon("CI0001")]})).await.text, first.text);
    assert_eq!(first.payload(), &json!({"created": 1, "unchanged": 0}));
}
