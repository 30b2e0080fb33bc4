//! Claims take back what an order earned and give back what it used, once each.

use serde_json::{Value, json};

use crate::app::*;

fn row(reason: &str, amount: i64, claim: Option<u32>) -> (String, i64, Option<String>) {
    (reason.to_owned(), amount, claim.map(claim_no))
}

fn back(reason: &str, promotion: &str, amount: i64) -> Value {
    json!({"accmGbCd": reason, "promoNo": promotion, "rtrvAmt": amount})
}

#[actix_web::test]
async fn a_claim_takes_back_under_the_code_it_was_earned_under_and_a_repeat_nothing() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 650), entry("24", "A24", 1_375)], 0, &[])).await;
    let entries =
        json!([back("21", "A21", 216), back("24", "A24", 458), back("22", "A22", 0), back("29", "A29", 5)]);
    for _ in 0..3 {
        app.take_back(1, &entries).await;
    }
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, 650 + 1_375 - 216 - 458);
    assert_eq!(rows[2..], [row("21", -216, Some(1)), row("24", -458, Some(1))]);
    app.take_back(2, &json!([back("21", "A21", 434), back("24", "A24", 917)])).await;
    assert_eq!(app.balance().await, 0);
}

#[actix_web::test]
async fn what_was_spent_before_it_is_taken_back_leaves_a_debt() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 1_000)], 0, &[])).await;
    app.record(&order("20260801O000002", &[], 1_000, &[])).await;
    app.take_back(1, &json!([back("21", "A21", 1_000)])).await;
    assert_eq!(app.balance().await, -1_000);
}

#[actix_web::test]
async fn used_mileage_comes_back_in_pieces_and_never_more_than_was_used() {
    let app = TestApp::start().await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 2_000)], 0, &[])).await;
    app.record(&order(ORDER, &[], 3_000, &[])).await;
    assert_eq!(app.balance().await, -1_000);
    for _ in 0..3 {
        app.restore_mileage(1, 1_400).await;
    }
    app.restore_mileage(2, 1_000).await;
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, 1_400);
    // What was used without a lot comes back first, as a new one; then the lot gets its own.
    assert_eq!(rows[3..], [row("29", 1_000, Some(1)), row("29", 400, Some(1)), row("29", 1_000, Some(2))]);

    let too_much = app
        .service
        .post_as_sister("/internal/mileage/restore", "claim-service", &restore_mileage(3, 601))
        .await;
    assert_eq!((too_much.status, too_much.fields()), (900, vec!["restoreAmt"]));
    assert_eq!(app.balance().await, 1_400, "a refusal changes nothing");
    app.restore_mileage(3, 600).await;
    assert_eq!(app.balance().await, 2_000, "and the step is still to be done");
}

/// What comes back as a new lot can be used again, and comes back to that lot then.
#[actix_web::test]
async fn mileage_given_back_is_as_good_as_any() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[], 500, &[])).await;
    app.restore_mileage(1, 500).await;
    app.record(&order("20260801O000002", &[], 500, &[])).await;
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, -500);
    assert_eq!(rows, [row("50", -500, None), row("50", -500, None), row("29", 500, Some(1))]);
}

#[actix_web::test]
async fn a_claim_that_comes_before_its_order_waits_for_it() {
    let app = TestApp::start().await;
    app.take_back(1, &json!([back("21", "A21", 200)])).await;
    app.restore_mileage(1, 1_000).await;
    app.restore_mileage(1, 1_000).await;
    assert_eq!(app.mileage().await, (0, vec![]), "there is nothing to take back from yet");
    let taken = order(ORDER, &[entry("21", "A21", 650)], 3_000, &[]);
    app.record(&taken).await;
    app.record(&taken).await;
    assert_eq!(app.balance().await, -3_000 + 650 - 200 + 1_000);
    // The steps were heard: sent again they do nothing.
    app.take_back(1, &json!([back("21", "A21", 200)])).await;
    app.restore_mileage(1, 1_000).await;
    assert_eq!(app.balance().await, -3_000 + 650 - 200 + 1_000);
    app.restore_mileage(2, 2_000).await;
    assert_eq!(app.balance().await, 450);
}

#[actix_web::test]
async fn a_claim_that_waited_gets_no_more_than_its_order_used() {
    let app = TestApp::start().await;
    app.restore_mileage(1, 700).await;
    app.restore_mileage(2, 700).await;
    app.record(&order(ORDER, &[], 1_000, &[])).await;
    assert_eq!(app.balance().await, 0);
}

#[actix_web::test]
async fn what_was_never_earned_is_taken_back_all_the_same() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[], 0, &[])).await;
    app.take_back(1, &json!([back("21", "A21", 30)])).await;
    assert_eq!(app.mileage().await, (-30, vec![row("21", -30, Some(1))]));
}

#[actix_web::test]
async fn a_step_of_one_kind_does_not_stand_in_the_way_of_another() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 100)], 500, &[])).await;
    let mut step = take_back(1, &json!([back("21", "A21", 100)]));
    step["evtKey"] = json!("claim");
    app.tell("/internal/accumulation/takeBack", &step).await;
    let mut step = restore_mileage(1, 500);
    step["evtKey"] = json!("claim");
    app.tell("/internal/mileage/restore", &step).await;
    assert_eq!(app.balance().await, 0);
}
