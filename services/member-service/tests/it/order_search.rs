//! Orders as agents look for them: by what they are known by, to the letter.

use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, service};

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER, order, order_with};

const SEARCH: &str = "/v1/order/orderMgmt/getOrderMgmtList";
const ANOTHERS: &str = "20260802O000001";

/// A guest's order, of another name and phone; its end is the same.
fn anothers() -> Value {
    order_with(
        ANOTHERS,
        &json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": "secret-1", "ordManNm": "독고영재", "cellTxnoNo": "삼삼삼삼",
            "ordDtm": "2026-08-02T10:00:00+09:00", "ordAccmList": []}),
    )
}

impl TestApp {
    async fn found(&self, body: &Value) -> (i64, Vec<String>) {
        let answer = self.service.post(SEARCH, &agent("A001"), body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let rows = answer.json["payloads"].as_array().unwrap();
        let numbers = rows.iter().map(|row| row["ordNo"].as_str().unwrap().to_owned()).collect();
        (answer.json["totalCount"].as_i64().unwrap(), numbers)
    }

    #[track_caller]
    fn one(number: &str) -> (i64, Vec<String>) {
        (1, vec![number.to_owned()])
    }
}

fn phone(middle: &str) -> Value {
    json!({"cellSctNo": "010", "cellTxnoNo": middle, "cellEndNo": "오육칠팔"})
}

#[tokio::test]
async fn an_order_is_found_by_its_number_its_member_its_phone_or_its_name_with_the_phones_end() {
    let app = TestApp::spawn().await.with_orders(&[order(), anothers()]).await;
    assert_eq!(app.found(&json!({"ordNo": ANOTHERS})).await, TestApp::one(ANOTHERS));
    assert_eq!(app.found(&json!({"mbrNo": MEMBER})).await, TestApp::one(ORDER));
    assert_eq!(app.found(&phone("일이삼사")).await, TestApp::one(ORDER));
    assert_eq!(app.found(&phone("삼삼삼삼")).await, TestApp::one(ANOTHERS));
    let named = |name: &str| json!({"ordManNm": name, "cellEndNo": "오육칠팔"});
    assert_eq!(app.found(&named("독고영재")).await, TestApp::one(ANOTHERS));
    // To the letter, and all that is said.
    for body in [
        named("독고"),
        phone("일이삼"),
        json!({"ordNo": ORDER, "ordManNm": "독고영재"}),
        json!({"ordNo": ORDER, "mbrNo": "100001399"}),
        json!({"ordNo": ORDER, "strDt": "2026-08-02"}),
        json!({"mbrNo": MEMBER, "endDt": "2026-07-31"}),
        json!({"ordNo": "20260801O999999"}),
    ] {
        assert_eq!(app.found(&body).await, (0, vec![]), "{body}");
    }

    let answer = app.service.post(SEARCH, &admin("A002"), &json!({"ordNo": ORDER})).await;
    let row = &answer.json["payloads"][0];
    let mut of_list = row.clone();
    for (name, value) in [
        ("mbrNo", MEMBER),
        ("ordManNm", "남궁길동"),
        ("cellSctNo", "010"),
        ("cellTxnoNo", "일이삼사"),
        ("cellEndNo", "오육칠팔"),
    ] {
        assert_eq!(of_list.as_object_mut().unwrap().remove(name).unwrap(), value);
    }
    assert_eq!(of_list, app.first(&member(MEMBER)).await, "the rest is the list's row");
}

#[tokio::test]
async fn texts_of_any_length_are_kept_and_found() {
    let long = "일이삼사".repeat(2_000);
    let mut written = anothers();
    written["cellTxnoNo"] = json!(long);
    written["cellEndNo"] = json!(long);
    let app = TestApp::spawn().await.with_orders(&[order(), written]).await;
    let body = json!({"cellSctNo": "010", "cellTxnoNo": "일이삼사".repeat(50), "cellEndNo": "오육칠팔"});
    assert_eq!(app.found(&body).await, (0, vec![]), "its beginning alone is not it");
    assert_eq!(app.found(&json!({"ordNo": ANOTHERS})).await, TestApp::one(ANOTHERS));
}

#[tokio::test]
async fn pages_have_exact_totals() {
    let orders: Vec<Value> = (1..=5)
        .map(|n| {
            let at = format!("2026-08-0{n}T10:00:00+09:00");
            order_with(&format!("2026080{n}O000001"), &json!({"ordDtm": at}))
        })
        .collect();
    let app = TestApp::spawn().await.with_orders(&orders).await;
    let mut body = phone("일이삼사");
    body["pageSize"] = json!(2);
    assert_eq!(app.found(&body).await, (5, vec!["20260805O000001".into(), "20260804O000001".into()]));
    body["pageNo"] = json!(3);
    assert_eq!(app.found(&body).await, (5, vec!["20260801O000001".into()]));
}

#[tokio::test]
async fn whoever_looks_for_too_little_hears_what_is_missing() {
    let app = TestApp::spawn().await;
    let check = async |body: Value, fields: &[&str]| {
        let answer = app.service.post(SEARCH, &agent("A001"), &body).await;
        assert_eq!(
            (answer.status, answer.code(), answer.fields()),
            (900, "VALIDATION", fields.to_vec()),
            "{body}"
        );
    };
    check(json!({}), &["ordNo"]).await;
    check(json!({"ordNo": "", "ordManNm": ""}), &["ordNo"]).await;
    check(json!({"strDt": "2026-08-01"}), &["ordNo"]).await;
    check(json!({"ordManNm": "남궁길동"}), &["cellEndNo"]).await;
    check(json!({"cellEndNo": "5678"}), &["cellSctNo", "cellTxnoNo"]).await;
    check(json!({"cellSctNo": "010", "cellTxnoNo": "1234"}), &["cellEndNo"]).await;
    check(json!({"ordNo": "x", "mbrNo": "M 1", "pageSize": 51}), &["ordNo", "mbrNo", "pageSize"]).await;
    check(json!({"ordNo": ORDER, "strDt": "2026-08-02", "endDt": "2026-08-01"}), &["endDt"]).await;
    for caller in [member(MEMBER), guest(ORDER), service("shop")] {
        assert_eq!(app.service.post(SEARCH, &caller, &json!({"ordNo": ORDER})).await.status, 403);
    }
}

#[tokio::test]
async fn who_has_left_is_found_by_numbers_alone_and_masked() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    assert_eq!(app.found(&phone("일이삼사")).await, (0, vec![]));
    let answer = app.service.post(SEARCH, &agent("A001"), &json!({"mbrNo": MEMBER})).await;
    let row = &answer.json["payloads"][0];
    let shown = |name: &str| row[name].as_str().unwrap().to_owned();
    // Nor is it found by what now stands there.
    let stars = json!({"ordManNm": shown("ordManNm"), "cellSctNo": shown("cellSctNo"),
        "cellTxnoNo": shown("cellTxnoNo"), "cellEndNo": shown("cellEndNo")});
    assert_eq!(app.found(&stars).await, (0, vec![]));
    for original in ["남궁길동", "일이삼사", "오육칠팔"] {
        assert!(!answer.text.contains(original), "{}", answer.text);
    }
}
