//! 주문취소: many at once. Claims of one order are decided one after the other.

use futures_util::future::join_all;
use serde_json::json;
use test_kit::dump::rows_of;
use test_kit::identity::member;

use crate::app::{House, TestApp};
use crate::cancel::claim_no_of;
use crate::member::{MEMBER, ORDER, order, plain_order};
use crate::quote::request;
use crate::stand_in::Mood;

#[actix_web::test]
async fn two_hundred_for_one_unit_and_one_gets_it() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000040";
    app.member.put(plain_order(order_no, &[(1, 10_000)], "10"));
    let (caller, asked) = (member(MEMBER), request(order_no, "251", &[(1, 1)]));
    let answers = join_all((0..200).map(|_| app.cancel(&caller, &asked))).await;
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.code() == "CLAIM_QTY_EXCEEDED").count();
    assert_eq!((accepted, refused), (1, 199));
    assert_eq!(app.refunds.book().given_of(order_no), [("PAY1".to_owned(), 10_000)].into());
    assert_eq!(rows_of(&app.db, "claim").await.len(), 1);
    app.assert_books().await;
}

#[actix_web::test]
async fn fifty_orders_of_eight_cancels_each_never_give_back_more_than_was_paid() {
    // Four hundred at once ask the one stand-in; on a busy machine it may take its time.
    let app = TestApp::spawn_in(House::new().with("CLIENT__TRY_TIMEOUT_MS", "60000")).await;
    let orders: Vec<String> = (0..50).map(|place| format!("20260801O0005{place:02}")).collect();
    for order_no in &orders {
        app.member.put(order(order_no));
    }
    let caller = member(MEMBER);
    let cancels = orders.iter().flat_map(|order_no| (0..8).map(move |turn| (order_no, turn)));
    let cancels = cancels.map(|(order_no, turn)| {
        let asked = request(order_no, "251", &[(1, 1 + turn % 2)]);
        let (app, caller) = (&app, &caller);
        async move { app.cancel(caller, &asked).await }
    });
    let answers = join_all(cancels).await;
    for answer in &answers {
        let is_complete = answer.status == 200 && answer.payload()["claimStatCd"] == "30";
        assert!(is_complete || answer.code() == "CLAIM_QTY_EXCEEDED", "{}", answer.text);
    }
    for order_no in &orders {
        // A claim of two may have left one that a claim of two could not have; each order had a claim of one too.
        assert_eq!(app.member.cancelled(order_no, 0), 3, "{order_no}");
        assert_eq!(app.refunds.book().given_of(order_no), [("PAY1".to_owned(), 46_000)].into());
        assert_eq!(app.promotion.world().restored_mileage(order_no), 3_000);
    }
    let numbers: Vec<&str> =
        answers.iter().filter_map(|answer| answer.payload()["claimNo"].as_str()).collect();
    let distinct: std::collections::BTreeSet<&&str> = numbers.iter().collect();
    assert_eq!(distinct.len(), numbers.len());
    app.assert_books().await;
}

#[actix_web::test]
async fn while_the_order_is_silent_about_one_claim_another_waits_and_then_hears_so() {
    let house = House::new().with("CANCEL__ANSWER_DEADLINE_MS", "300").with("CLIENT__TRY_TIMEOUT_MS", "200");
    let app = TestApp::spawn_in(house).await;
    app.member.0.feels("/claims", Mood::Hangs);
    let asked = request(ORDER, "251", &[(1, 1)]);
    let first = app.cancel(&member(MEMBER), &asked).await;
    let claim_no = claim_no_of(&first);
    assert_eq!(first.payload()["claimStatCd"], "20");
    let second = app.cancel(&member(MEMBER), &asked).await;
    assert_eq!((second.status, second.code()), (900, "CLAIM_IN_PROGRESS"), "{}", second.text);
    assert_eq!(rows_of(&app.db, "claim").await.len(), 1);
    // Its units count as claimed from acceptance on.
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.json["ordGoodsList"][0]["claimPsbQty"], 2);
    app.member.0.recovers();
    app.details_in(ORDER, &claim_no, "30").await;
    claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
}

#[actix_web::test]
async fn a_number_an_import_bears_is_stepped_over() {
    let app = TestApp::spawn().await;
    let today = commerce::calendar::kst_date_of(app.clock.now()).format("%Y%m%d").to_string();
    let imports: Vec<_> = (1..=20)
        .map(|serial| {
            json!({"claimNo": format!("{today}C{serial:06}"), "ordNo": ORDER, "claimBusinessType": "11",
                "claimStatCd": "20", "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
                "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
        })
        .collect();
    assert_eq!(app.import(json!(imports)).await.status, 200);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    assert!(claim_no.ends_with("C000021"), "{claim_no}");
    // One that was given already, imported in the meantime, is stepped over too.
    let mut next = imports[0].clone();
    next["claimNo"] = json!(format!("{}C000022", &claim_no[..8]));
    assert_eq!(app.import(json!([next])).await.status, 200);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    assert!(claim_no.ends_with("C000023"), "{claim_no}");
}
