//! Mileage lapses only where the shop sets how long it is good.

use std::num::NonZeroU32;

use promotion_service::domain::booking_rules::BookingRules;
use promotion_service::worker::mileage_expirer::expire_all;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::app::*;

/// Orders of 1 August in Seoul earn mileage that is good until the end of 31 August there.
const LAST_INSTANT: &str = "2026-08-31T14:59:59.999999Z";
const AFTERWARDS: &str = "2026-08-31T15:00:00Z";

async fn expire_at(app: &TestApp, now: &str) -> usize {
    app.clock.set(at(now));
    let rules = BookingRules { now: at(now), valid_days: NonZeroU32::new(30) };
    expire_all(&app.db, rules, &CancellationToken::new()).await.unwrap()
}

fn row(reason: &str, amount: i64, claim: Option<u32>) -> (String, i64, Option<String>) {
    (reason.to_owned(), amount, claim.map(claim_no))
}

#[actix_web::test]
async fn what_is_left_of_a_lot_lapses_after_its_last_day_under_the_code_it_was_earned_under() {
    let app = TestApp::with_valid_days(30).await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 300), entry("24", "A24", 200)], 0, &[])).await;
    app.record(&order(ORDER, &[], 100, &[])).await;
    assert_eq!(expire_at(&app, LAST_INSTANT).await, 0);
    assert_eq!(expire_at(&app, AFTERWARDS).await, 1);
    assert_eq!(expire_at(&app, AFTERWARDS).await, 0, "once is enough");
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, 0);
    assert_eq!(rows[3..], [row("21", -200, None), row("24", -200, None)]);
}

#[actix_web::test]
async fn without_the_setting_mileage_stays() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 300)], 0, &[])).await;
    assert_eq!(expire_at(&app, "2126-08-01T00:00:00Z").await, 0);
    assert_eq!(app.balance().await, 300);
}

/// Used from a lot that has lapsed since, 100 come back with that lot's expiry: the next round takes them.
#[actix_web::test]
async fn used_mileage_comes_back_with_its_own_expiry() {
    let app = TestApp::with_valid_days(30).await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 100)], 0, &[])).await;
    app.record(&order(ORDER, &[], 100, &[])).await;
    expire_at(&app, AFTERWARDS).await;
    app.restore_mileage(1, 100).await;
    assert_eq!(app.balance().await, 100);
    assert_eq!(expire_at(&app, AFTERWARDS).await, 1);
    let (balance, rows) = app.mileage().await;
    assert_eq!((balance, rows.last().unwrap()), (0, &row("21", -100, None)));
}

/// Spent and then taken back, the first order left a debt of 100; the 100 the second one earned have paid for it and are
/// nobody's to lapse.
#[actix_web::test]
async fn mileage_that_pays_a_debt_does_not_lapse() {
    let app = TestApp::with_valid_days(30).await;
    app.record(&order(ORDER, &[entry("21", "A21", 100)], 0, &[])).await;
    app.record(&order("20260801O000002", &[], 100, &[])).await;
    app.take_back(1, &json!([{"accmGbCd": "21", "promoNo": "A21", "rtrvAmt": 100}])).await;
    app.record(&order("20260801O000003", &[entry("21", "A21", 100)], 0, &[])).await;
    assert_eq!(app.balance().await, 0);
    assert_eq!(expire_at(&app, AFTERWARDS).await, 0);
    assert_eq!(app.balance().await, 0);
    // Half of it is too much.
    app.record(&order("20260801O000004", &[entry("21", "A21", 50)], 0, &[])).await;
    assert_eq!(expire_at(&app, AFTERWARDS).await, 1);
    assert_eq!(app.balance().await, 0);
}

/// The second order's 100 have paid the first one's debt; when they expire, and ever after, the third one's are good until
/// their own last day.
#[actix_web::test]
async fn what_is_earned_after_a_debt_was_paid_lapses_on_its_own_day_only() {
    let app = TestApp::with_valid_days(30).await;
    app.record(&order(ORDER, &[entry("21", "A21", 100)], 0, &[])).await;
    app.record(&order("20260801O000002", &[], 100, &[])).await;
    app.take_back(1, &json!([{"accmGbCd": "21", "promoNo": "A21", "rtrvAmt": 100}])).await;
    app.record(&order("20260801O000003", &[entry("21", "A21", 100)], 0, &[])).await;
    assert_eq!(app.balance().await, 0);
    let mut later = order("20260810O000004", &[entry("21", "A21", 70)], 0, &[]);
    later["ordDtm"] = json!("2026-08-10T10:00:00+09:00");
    app.record(&later).await;
    assert_eq!(expire_at(&app, AFTERWARDS).await, 0);
    assert_eq!(app.balance().await, 70);
    assert_eq!(expire_at(&app, "2026-09-09T15:00:00Z").await, 1);
    assert_eq!(app.balance().await, 0);
}

/// The service that starts next takes out what has lapsed, without being asked.
#[actix_web::test]
async fn the_service_itself_takes_expired_mileage_out_of_the_books() {
    let app = TestApp::with_valid_days(30).await;
    app.record(&order(ORDER, &[entry("21", "A21", 300)], 0, &[])).await;
    app.clock.set(at(AFTERWARDS));
    let _replica = app.replica_with_valid_days(30).await;
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    while app.balance().await != 0 {
        assert!(tokio::time::Instant::now() < deadline, "nothing has lapsed yet");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(app.mileage().await.1.last(), Some(&row("21", -300, None)));
}

#[actix_web::test]
async fn the_first_to_expire_is_used_first() {
    let app = TestApp::with_valid_days(30).await;
    let mut later = order("20260801O000012", &[entry("22", "A22", 100)], 0, &[]);
    later["ordDtm"] = json!("2026-08-10T10:00:00+09:00");
    app.record(&later).await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 100)], 0, &[])).await;
    app.record(&order(ORDER, &[], 150, &[])).await;
    expire_at(&app, AFTERWARDS).await;
    assert_eq!(app.balance().await, 50, "the lot of 10 August is good until 9 September");
    expire_at(&app, "2026-09-09T15:00:00Z").await;
    assert_eq!(app.balance().await, 0);
}
