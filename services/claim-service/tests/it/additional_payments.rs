//! 추가결제: a payment pays for one thing, whatever a customer names it for, and nobody is refunded twice.

use std::time::Duration;

use claim_service::usecase::operators::verify::verify_claims;
use commerce::PayMeans;
use db::DbError;
use diesel::RunQueryDsl as _;
use futures_util::future::join;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::member;
use test_kit::service::TestAnswer;

use crate::app::{House, TestApp};
use crate::cancel::{COSTLY, claim_no_of, costly_order, with};
use crate::member::{MEMBER, PaidFor, plain_order};
use crate::quote::request;
use crate::refunds::toss_stand_in::{SECRET, TossStandIn};
use crate::stand_in::Mood;

/// Another order of the same member, 2,000 by `tk_b`.
const OTHER: &str = "20260801O000060";
/// A third one, as costly to cancel as the first.
const THIRD: &str = "20260801O000061";

fn other_order() -> Value {
    let mut order = plain_order(OTHER, &[(1, 2_000)], "10");
    order["payList"][0]["pgPayKey"] = json!("tk_b");
    order
}

/// The first line of a costly order, paid for by card.
fn paid_with(order_no: &str, key: &str) -> Value {
    let paid = json!({"payMeansCd": "10", "pgPayKey": key});
    with(request(order_no, "251", &[(1, 1)]), "addPay", paid)
}

impl TestApp {
    async fn pay(&self, order_no: &str, key: &str) -> TestAnswer {
        self.cancel(&member(MEMBER), &paid_with(order_no, key)).await
    }

    async fn assert_nothing_of(&self, order_no: &str) {
        let claims = rows_of(&self.db, "claim").await;
        assert!(claims.iter().all(|row| !row.contains(order_no)), "{claims:?}");
    }
}

#[track_caller]
fn assert_required(answer: &TestAnswer) {
    assert_eq!(
        (answer.status, answer.code(), answer.fields()),
        (900, "ADDITIONAL_PAYMENT_REQUIRED", vec!["addPay"]),
        "{}",
        answer.text
    );
}

#[actix_web::test]
async fn a_payment_that_settled_another_order_pays_for_no_cancel() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    app.member.put(other_order());
    assert_required(&app.pay(COSTLY, "tk_b").await);
    app.assert_nothing_of(COSTLY).await;
    assert_eq!(app.member.held(), [""; 0]);
    // A payment of its own does, and both orders give back what was paid for them.
    claim_no_of(&app.pay(COSTLY, "tk_c").await);
    claim_no_of(&app.cancel(&member(MEMBER), &request(COSTLY, "251", &[(2, 1)])).await);
    claim_no_of(&app.cancel(&member(MEMBER), &request(OTHER, "251", &[(1, 1)])).await);
    let mut given: Vec<(Option<String>, i64)> = app
        .refunds
        .book()
        .given
        .values()
        .map(|order| (order.provider_key.clone(), order.amount.amount()))
        .collect();
    given.sort();
    let expected = [("tk_b", 2_000), ("tk_c", 2_000), ("tk_own", 50_500)];
    assert_eq!(given, expected.map(|(key, amount)| (Some(key.to_owned()), amount)));
    app.assert_books().await;
}

#[actix_web::test]
async fn a_payment_of_another_amount_means_or_name_pays_for_no_cancel() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    {
        let mut book = app.refunds.book();
        book.means.insert("tk_means".to_owned(), Some(PayMeans::EasyPay));
        book.means.insert("tk_certificate".to_owned(), None);
        book.made_for.insert("tk_other".to_owned(), format!("{OTHER}-1"));
        book.made_for.insert("tk_order".to_owned(), COSTLY.to_owned());
        book.made_for.insert("tk_good".to_owned(), format!("{COSTLY}-1"));
    }
    for key in ["tk_means", "tk_certificate", "tk_other", "tk_order"] {
        assert_required(&app.pay(COSTLY, key).await);
    }
    assert_eq!(app.member.held(), [""; 0], "what does not settle the claim is not even held");
    app.assert_nothing_of(COSTLY).await;
    claim_no_of(&app.pay(COSTLY, "tk_good").await);
    app.assert_books().await;
}

#[actix_web::test]
async fn toss_is_asked_what_a_payment_was_made_for() {
    let toss = TossStandIn::start().await;
    let house = House::new()
        .with("REFUND__PROVIDER", "toss")
        .with("REFUND__TOSS__BASE_URL", &toss.url())
        .with("REFUND__TOSS__SECRET_KEY", SECRET);
    let application =
        claim_service::app::build(house.settings(), house.clock.clone(), test_kit::service::any_port())
            .await
            .expect("the service starts");
    let service =
        test_kit::service::TestService::start(claim_service::app::NAME, application, house.clock.clone());
    let app = TestApp { service, house };
    app.member.put(costly_order(COSTLY));
    toss.paid_for("pk_order", "카드", COSTLY, 2_000);
    toss.paid_for("pk_other", "카드", &format!("{OTHER}-add"), 2_000);
    toss.paid_for("pk_easy", "간편결제", &format!("{COSTLY}-add"), 2_000);
    toss.paid_for("pk_good", "카드", &format!("{COSTLY}-add"), 2_000);
    for key in ["pk_order", "pk_other", "pk_easy"] {
        assert_required(&app.pay(COSTLY, key).await);
    }
    app.assert_nothing_of(COSTLY).await;
    claim_no_of(&app.pay(COSTLY, "pk_good").await);
    app.assert_books().await;
}

#[actix_web::test]
async fn without_the_keeper_of_payments_nothing_is_accepted() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    app.member.0.feels("/additionalPayments", Mood::Down);
    let answer = app.pay(COSTLY, "tk_c").await;
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"), "{}", answer.text);
    app.assert_nothing_of(COSTLY).await;
    app.member.0.recovers();
    claim_no_of(&app.pay(COSTLY, "tk_c").await);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_hold_whose_answer_is_lost_is_found_by_the_next_request_and_by_no_other_order() {
    let house = House::new().with("CLIENT__TRY_TIMEOUT_MS", "2000").with("CLIENT__RETRIES", "0");
    let app = TestApp::spawn_in(house).await;
    app.member.put(costly_order(COSTLY));
    app.member.put(costly_order(THIRD));
    app.member.0.feels("/additionalPayments", Mood::DoesAndHangs);
    let answer = app.pay(COSTLY, "tk_c").await;
    assert_eq!((answer.status, answer.code()), (504, "UPSTREAM_TIMEOUT"), "{}", answer.text);
    app.assert_nothing_of(COSTLY).await;
    app.member.0.recovers();
    assert_eq!(app.member.held(), ["tk_c"]);
    assert_required(&app.pay(THIRD, "tk_c").await);
    claim_no_of(&app.pay(COSTLY, "tk_c").await);
    app.assert_books().await;
}

/// Another system claims the line while the payment is being held.
#[actix_web::test]
async fn a_payment_that_was_held_in_vain_goes_back_and_is_good_for_another_cancel() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    app.member.put(costly_order(THIRD));
    app.member.0.feels("/additionalPayments", Mood::LateBy(Duration::from_millis(600)));
    let imported = async {
        app.until(|app| app.member.0.count_calls("/additionalPayments") > 0).await;
        let claims = json!([{"claimNo": "20260802C000001", "ordNo": COSTLY, "claimBusinessType": "10",
            "claimStatCd": "10", "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
            "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]);
        app.import(claims).await
    };
    let (answer, imported) = join(app.pay(COSTLY, "tk_c"), imported).await;
    assert_eq!(imported.status, 200, "{}", imported.text);
    assert_eq!((answer.status, answer.code()), (900, "CLAIM_QTY_EXCEEDED"), "{}", answer.text);
    assert_eq!(app.member.held(), [""; 0]);
    app.member.0.recovers();
    claim_no_of(&app.pay(THIRD, "tk_c").await);
    app.assert_books().await;
}

#[actix_web::test]
async fn every_accepted_payment_is_held_for_good_whoever_accepted_it() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    claim_no_of(&app.pay(COSTLY, "tk_c").await);
    app.until_outbox_is_empty().await;
    assert!(app.member.has_for_good("tk_c", COSTLY));
    // As if it had been accepted before anybody asked: the migration has it told.
    app.member.0.world().payments.remove("tk_c");
    app.db
        .write(|conn| {
            diesel::sql_query(told_by_the_migration()).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await
        .expect("the statement runs on both databases");
    app.until_outbox_is_empty().await;
    assert!(app.member.has_for_good("tk_c", COSTLY));
    app.assert_books().await;
}

/// What the migration writes of claims that are there.
fn told_by_the_migration() -> &'static str {
    let whole = include_str!("../../migrations/sqlite/0011_additional_payments/up.sql");
    let at =
        whole.find("\nINSERT INTO outbox_message").expect("the migration tells of claims that are there");
    let statement = &whole[at..];
    let other = include_str!("../../migrations/postgres/0011_additional_payments/up.sql");
    assert!(other.ends_with(statement), "both databases are filled alike");
    statement
}

#[actix_web::test]
async fn a_payment_an_earlier_release_took_twice_is_named() {
    // Nothing goes out by itself: the next process on the same database begins with what is due.
    let house = House::new().with("OUTBOX__POLL_MS", "3600000");
    let app = TestApp::spawn_in(house).await;
    app.member.put(costly_order(COSTLY));
    let claim_no = claim_no_of(&app.pay(COSTLY, "tk_b").await);
    app.member.0.world().payments.insert("tk_b".to_owned(), PaidFor::Order(OTHER.to_owned()));
    app.assert_books().await;
    let _next = app.house.service().await;
    app.until_outbox_is_empty().await;
    // The order is not known here; member-service has said so.
    let said = format!("{claim_no}: its additional payment has paid for order {OTHER} or a claim of it too");
    assert_eq!(app.differences().await, [said.as_str()]);
    // Once the order is cancelled too, more goes back than was paid.
    app.member.put(other_order());
    for (order_no, line) in [(COSTLY, 2), (OTHER, 1)] {
        claim_no_of(&app.cancel(&member(MEMBER), &request(order_no, "251", &[(line, 1)])).await);
    }
    let over = "of its additional payment 4000 goes back over all orders and 2000 was paid";
    assert_eq!(app.differences().await, [said, format!("{claim_no}: {over}")]);
}

impl House {
    async fn differences(&self) -> Vec<String> {
        verify_claims(&self.db).await.expect("the books can be read").differences
    }
}
