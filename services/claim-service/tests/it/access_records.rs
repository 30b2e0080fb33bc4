//! Whoever is shown an order or a claim of somebody else leaves a record, vendors too.

use claim_service::usecase::vendors::keys::issue_vendor_key;
use contract::operations::claim::{
    GET_CLAIM_LIST, GET_CLAIM_LIST_FO, GET_EXCHAGE_TARGET_INFO_FO, GET_RETURN_TARGET_INFO_FO, SSG_INQUIRY,
};
use platform::clock::Clock;
use reqwest::Method;
use serde_json::json;
use service_kit::error::Error;
use test_kit::identity::{agent, anonymous, member};
use test_kit::looks::noted;
use test_kit::service::read;

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};
use crate::stand_in::Mood;

/// While their keeper is away they stay where they were put down.
async fn app() -> TestApp {
    let app = TestApp::spawn().await;
    app.inquiry.feels("/internal/accessRecords", Mood::Down);
    app
}

fn look(operation: &str, member_no: &str, order_no: &str, claim_no: &str) -> [String; 5] {
    ["cs1", operation, member_no, order_no, claim_no].map(str::to_owned)
}

#[actix_web::test]
async fn agents_looks_at_orders_and_claims() {
    let app = app().await;
    let desk = agent("cs1");
    let request =
        json!({"ordNo": ORDER, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
    let cancelled = app.cancel(&member(MEMBER), &request).await;
    let claim_no = cancelled.payload()["claimNo"].as_str().expect("a number").to_owned();
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.status, 200);
    assert_eq!(app.details(&member(MEMBER), ORDER, &claim_no).await.status, 200);
    assert_eq!(app.popup(&desk, NO_ORDER).await.status, 900);
    assert_eq!(app.cancel(&desk, &json!({"ordNo": ORDER})).await.status, 900);
    assert_eq!(noted(&app.db).await, Vec::<[String; 5]>::new(), "nobody else's, and nothing");

    app.popup(&desk, ORDER).await;
    app.popup(&desk, GUEST_ORDER).await;
    app.preview(&desk, &request).await;
    for operation in [GET_RETURN_TARGET_INFO_FO, GET_EXCHAGE_TARGET_INFO_FO] {
        assert_eq!(app.service.post(operation.path, &desk, &json!({"ordNo": ORDER})).await.status, 200);
    }
    app.details(&desk, ORDER, &claim_no).await;
    let path = format!("{}?mbrNo={MEMBER}", GET_CLAIM_LIST_FO.path);
    assert_eq!(app.service.post(&path, &desk, &json!({})).await.status, 200);
    assert_eq!(app.service.get(&format!("{}?ordNo={ORDER}", GET_CLAIM_LIST.path), &desk).await.status, 200);
    assert_eq!(
        app.service.get(&format!("{}?ordNo={NO_ORDER}", GET_CLAIM_LIST.path), &desk).await.status,
        200
    );
    assert_eq!(
        noted(&app.db).await,
        [
            look("cancelPopupFO", MEMBER, ORDER, "-"),
            look("cancelPopupFO", "-", GUEST_ORDER, "-"),
            look("claimCalculateCostFO", MEMBER, ORDER, "-"),
            look("getReturnTargetInfoFO", MEMBER, ORDER, "-"),
            look("getExchageTargetInfoFO", MEMBER, ORDER, "-"),
            look("claimDetailsInfoFO", MEMBER, ORDER, &claim_no),
            look("getClaimListFO", MEMBER, ORDER, &claim_no),
            look("getClaimList", MEMBER, ORDER, &claim_no),
        ]
    );
}

#[actix_web::test]
async fn a_vendors_look_is_the_vendors() {
    let app = app().await;
    let request =
        json!({"ordNo": ORDER, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
    let claim_no = app.cancel(&member(MEMBER), &request).await.payload()["claimNo"].clone();
    let claim_no = claim_no.as_str().expect("a number");
    app.details_in(ORDER, claim_no, "30").await;
    let now = Clock::system().now();
    let key = app.db.write(move |conn| issue_vendor_key(conn, "E0001", now)).await;
    let key = key.unwrap_or_else(|error: Error| panic!("{error}")).key;
    let ask = async |key: &str, order_no: &str| {
        let sent = app.service.request(Method::POST, SSG_INQUIRY.path, &anonymous());
        read(sent.header("Authorization", key).json(&json!({"request": {"orordNo": order_no}}))).await
    };
    ask("no key", ORDER).await;
    ask(&key, NO_ORDER).await;
    let answer = ask(&key, ORDER).await;
    assert_eq!(answer.json["result"]["resultCode"], "00", "{}", answer.text);
    let shown = ["E0001", "ssgCancelInquiry", MEMBER, ORDER, claim_no].map(str::to_owned);
    assert_eq!(noted(&app.db).await, [shown]);
}
