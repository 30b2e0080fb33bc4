//! 주문취소: shipping is quicker, answers are lost, sisters are down. Each effect happens once all the same.

use std::time::Duration;

use db::DbError;
use diesel::RunQueryDsl as _;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::member;

use crate::app::{House, TestApp};
use crate::cancel::{COSTLY, claim_no_of, costly_order, with};
use crate::member::{GUEST_ORDER, MEMBER, ORDER, plain_order};
use crate::quote::request;
use crate::stand_in::Mood;
use crate::till::Till;

/// Everything the whole contract order gives back, once.
fn assert_all_given_back(app: &TestApp) {
    assert_eq!(app.member.cancelled(ORDER, 0), 3);
    assert_eq!(app.member.0.world().notices.len(), 1);
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    let promotion = app.promotion.world();
    assert_eq!(promotion.restored_mileage(ORDER), 3_000);
    assert_eq!(promotion.restored_coupons(), ["CI0001", "CI0002"]);
    assert_eq!(promotion.done.len(), 3);
}

#[actix_web::test]
async fn shipping_first_rejects_the_claim_and_what_was_paid_goes_back() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    app.member.0.world().shipped_first.push(COSTLY.to_owned());
    app.put_goods("10002552", &[("001", 5)]).await;
    let paid = json!({"payMeansCd": "70", "pgPayKey": "tk_additional"});
    let asked = with(request(COSTLY, "251", &[(1, 1)]), "addPay", paid);
    let answer = app.cancel(&member(MEMBER), &asked).await;
    assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_CANCELABLE"), "{}", answer.text);
    let claim_no = app.member.0.world().decided.keys().next().cloned().expect("the order was asked");
    let details = app.details_in(COSTLY, &claim_no, "90").await;
    assert_eq!(
        (
            &details["rfdList"][0]["payNo"],
            &details["rfdList"][0]["rfdAmt"],
            &details["rfdList"][0]["payMeansCd"]
        ),
        (&json!(claim_no), &json!(2_000), &json!("70"))
    );
    assert_eq!((&details["rfdList"][0]["rfdStatCd"], &details["cmplDtm"]), (&json!("20"), &Value::Null));
    for list in ["restoreCpnList", "stkList", "cnclGiftList"] {
        assert_eq!(details[list], json!([]));
    }
    let steps: Vec<&str> = details["stepList"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|step| step["stepCd"].as_str())
        .collect();
    assert_eq!(steps, ["ORDER", "REFUND"]);
    // Nothing else has happened.
    assert_eq!(app.refunds.book().given_of(COSTLY), [(claim_no.clone(), 2_000)].into());
    let keys: Vec<Option<String>> =
        app.refunds.book().given.values().map(|order| order.provider_key.clone()).collect();
    assert_eq!(keys, [Some("tk_additional".to_owned())]);
    assert!(app.promotion.world().done.is_empty());
    assert_eq!(app.stock("10002552").await, [("001".to_owned(), 5)]);
    // The customer hears of it once, and the units are free again.
    app.until(|app| app.member.0.world().notices.len() == 1).await;
    let notice = app.member.0.world().notices.values().next().cloned().expect("a notice");
    assert_eq!(
        (&notice["tmplCd"], &notice["variables"]["claimNo"]),
        (&json!("CLAIM_REJECTED"), &json!(claim_no))
    );
    assert!(notice["variables"]["rsn"].as_str().is_some_and(|reason| !reason.is_empty()));
    app.member.0.world().shipped_first.clear();
    for line in 0..2 {
        app.member.set_status(COSTLY, line, "11");
    }
    let again = json!({"payMeansCd": "70", "pgPayKey": "tk_2"});
    claim_no_of(
        &app.cancel(&member(MEMBER), &with(request(COSTLY, "251", &[(1, 1)]), "addPay", again)).await,
    );
    app.assert_books().await;
}

#[actix_web::test]
async fn an_order_that_is_paid_before_it_hears_of_its_cancel_keeps_its_goods() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__ANSWER_DEADLINE_MS", "200")).await;
    let order_no = "20260801O000050";
    let mut order = plain_order(order_no, &[(1, 10_000)], "30");
    order["goodsList"][0]["ordDtlStatCd"] = json!("10");
    app.member.put(order);
    app.member.0.feels("/claims", Mood::Down);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(order_no, "251", &[(1, 1)])).await);
    app.until(|app| app.member.0.count_calls("/claims") > 0).await;
    // Nobody looks at the order any more, and whoever had looked before has given up.
    app.member.0.feels(order_no, Mood::Down);
    let calls = app.member.0.count_calls(order_no);
    app.until(|app| app.member.0.count_calls(order_no) > calls + 6).await;
    app.member.set_status(order_no, 0, "11");
    app.member.0.recovers();
    app.details_in(order_no, &claim_no, "90").await;
    assert_eq!(app.member.cancelled(order_no, 0), 0);
    // Now it costs what a paid order costs.
    let account = json!({"bankCd": "004", "acctNo": "1", "dpstrNm": "홍길동"});
    let again = with(request(order_no, "251", &[(1, 1)]), "rfdAcct", account);
    let again = app.cancel(&member(MEMBER), &again).await;
    assert_eq!(again.payload()["rfdPrarAmt"], 10_000, "{}", again.text);
}

#[actix_web::test]
async fn answers_that_are_lost_or_late_make_nothing_happen_twice() {
    let app = TestApp::spawn().await;
    app.put_goods("10002552", &[("001", 5)]).await;
    // The client asks three times in one attempt, so four lost answers take a second attempt.
    app.member.0.feels("/claims", Mood::LosesFirst(4));
    app.member.0.feels("/notifications", Mood::LosesFirst(4));
    app.promotion.feels("/coupons", Mood::LosesFirst(4));
    app.promotion.feels("/mileage", Mood::LateBy(Duration::from_millis(50)));
    app.refunds.set(Till::GivesAndLosesWord(2));
    let answer = app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await;
    let claim_no = claim_no_of(&answer);
    assert_eq!(answer.payload()["claimStatCd"], "30");
    assert_all_given_back(&app);
    assert_eq!(app.stock("10002552").await, [("001".to_owned(), 8)]);
    let details = app.details(&member(MEMBER), ORDER, &claim_no).await.json;
    let tries: Vec<(&str, i64)> = details["stepList"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|step| (step["stepCd"].as_str().unwrap_or(""), step["tryCnt"].as_i64().unwrap_or(-1)))
        .collect();
    assert_eq!(
        tries,
        [("ORDER", 1), ("REFUND", 2), ("STOCK", 0), ("COUPON", 1), ("MILEAGE", 0), ("NOTI", 1)]
    );
    app.assert_books().await;
}

#[actix_web::test]
async fn sisters_that_are_down_are_asked_until_they_are_up_and_somebody_is_told() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__ANSWER_DEADLINE_MS", "200")).await;
    app.promotion.feels("/", Mood::Down);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await);
    app.until_details(&claim_no, |details| {
        let steps = details["stepList"].as_array().cloned().unwrap_or_default();
        steps.iter().any(|step| step["stepCd"] == "COUPON" && step["stepStatCd"] == "30")
    })
    .await;
    // What does not hang on promotion-service is done; what comes after it has not begun.
    assert_eq!(app.refunds.book().given.len(), 1);
    assert!(app.member.0.world().notices.is_empty());
    app.promotion.recovers();
    app.details_in(ORDER, &claim_no, "30").await;
    assert_all_given_back(&app);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_provider_that_refuses_is_shown_and_asked_again() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__ANSWER_DEADLINE_MS", "200")).await;
    app.refunds.set(Till::Refuses);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await);
    let refused = app.until_details(&claim_no, |details| details["rfdList"][0]["rfdStatCd"] == "30").await;
    assert_eq!((&refused["rfdList"][0]["rfdDtm"], &refused["claimStatCd"]), (&Value::Null, &json!("20")));
    assert!(app.promotion.world().done.is_empty());
    app.refunds.set(Till::Open);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_all_given_back(&app);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_repeat_under_the_same_key_finds_its_claim_also_when_the_first_answer_was_never_kept() {
    let app = TestApp::spawn().await;
    let asked = request(ORDER, "251", &[(1, 1)]);
    let first = app.cancel_once(&member(MEMBER), &asked, "k1").await;
    let claim_no = claim_no_of(&first);
    assert_eq!(app.cancel_once(&member(MEMBER), &asked, "k1").await.text, first.text);
    // As a process leaves it that dies between the acceptance and its answer.
    app.db
        .write(|conn| {
            diesel::sql_query(
                "UPDATE idempotency_key SET state_cd = '10', answered_dtm = NULL, answer_status = NULL, \
                 answer_content_type = NULL, answer_body = NULL, lease_until = created_dtm",
            )
            .execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await
        .expect("the key can be changed");
    let again = app.cancel_once(&member(MEMBER), &asked, "k1").await;
    assert_eq!((claim_no_of(&again), again.payload()), (claim_no.clone(), first.payload()));
    assert_eq!(rows_of(&app.db, "claim").await.len(), 1);
    let other = request(ORDER, "251", &[(1, 2)]);
    assert_eq!(app.cancel_once(&member(MEMBER), &other, "k1").await.code(), "IDEMPOTENCY_KEY_REUSED");
    // Another key, and none at all, are other requests.
    assert_ne!(claim_no_of(&app.cancel_once(&member(MEMBER), &asked, "k2").await), claim_no);
    assert_ne!(claim_no_of(&app.cancel(&member(MEMBER), &asked).await), claim_no);
}

#[actix_web::test]
async fn a_key_is_good_for_a_day_and_then_another_requests() {
    let app = TestApp::spawn().await;
    let asked = request(ORDER, "251", &[(1, 1)]);
    let first = claim_no_of(&app.cancel_once(&member(MEMBER), &asked, "k1").await);
    app.db
        .write(|conn| {
            for sql in ["DELETE FROM idempotency_key", "UPDATE claim SET req_dtm = '2026-01-01 00:00:00'"] {
                diesel::sql_query(sql).execute(conn)?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .expect("the claim can be made older");
    assert_ne!(claim_no_of(&app.cancel_once(&member(MEMBER), &asked, "k1").await), first);
}

#[actix_web::test]
async fn a_completed_import_reaches_its_order_once() {
    let app = TestApp::spawn().await;
    let claim = |serial: u32, kind: &str, status: &str| {
        json!({"claimNo": format!("20260801C{serial:06}"), "ordNo": GUEST_ORDER, "claimBusinessType": kind,
            "claimStatCd": status, "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
            "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
    };
    app.member.0.feels("/claims", Mood::LosesFirst(4));
    app.member.set_status(GUEST_ORDER, 0, "15");
    // One comes complete, one becomes so, one is an option change, one is only under way, one is rejected.
    let first =
        json!([claim(1, "22", "30"), claim(2, "10", "20"), claim(3, "11", "30"), claim(4, "20", "10")]);
    assert_eq!(app.import(first).await.status, 200);
    for _ in 0..2 {
        assert_eq!(app.import(json!([claim(1, "22", "30"), claim(2, "10", "30")])).await.status, 200);
    }
    assert_eq!(app.import(json!([claim(4, "20", "90")])).await.status, 200);
    app.until(|app| app.member.0.world().decided.len() == 2).await;
    let decided = app.member.0.world().decided.clone();
    let asked = |serial: u32| decided[&format!("20260801C{serial:06}")].0.clone();
    let lines = json!([{"ordSeq": 1, "claimQty": 1, "rvkDcAmt": 0}]);
    assert_eq!(
        asked(1),
        json!({"claimNo": "20260801C000001", "claimBusinessType": "20", "rcvYn": "Y", "payWaitYn": "N", "lineList": lines})
    );
    assert_eq!((&asked(2)["claimBusinessType"], &asked(2)["rcvYn"]), (&json!("10"), &json!("Y")));
    app.until_outbox_is_empty().await;
    assert_eq!(app.member.0.world().decided.len(), 2);
}
