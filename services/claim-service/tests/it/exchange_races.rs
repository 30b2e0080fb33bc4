//! 교환: many at once, and what had gone back before an exchange ends.

use contract::operations::claim::{APPROVE_CLAIM, WITHDRAWAL_EXCHANGE};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::agent;
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    SHIRT, assert_refused, delivered, exchange_of, inspection, number_in, paid, row, shirts,
};
use crate::member::{ORDER, order};

/// Another order of the same goods.
const OTHER: &str = "20260801O000070";

async fn defective(app: &TestApp) -> String {
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "001")).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

fn is_conflict(answer: &TestAnswer) -> bool {
    (answer.status, answer.code()) == (900, "CLAIM_STATUS_CONFLICT")
}

#[actix_web::test]
async fn however_often_an_exchange_is_converted_at_once_it_becomes_one_return() {
    let app = delivered().await;
    let exchange_no = defective(&app).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    let answers = join_all((0..8).map(|_| app.convert(&exchange_no))).await;
    let mut numbers: Vec<String> = answers.iter().map(|answer| number_in(answer, "20")).collect();
    numbers.dedup();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(rows_of(&app.db, "claim").await.len(), 2);
    assert_eq!(shirts(&app).await, (6, 2));
    app.assert_books().await;
}

#[actix_web::test]
async fn the_same_found_by_many_at_once_moves_each_piece_once() {
    let app = delivered().await;
    let claim_no = defective(&app).await;
    let found = inspection(&claim_no, &[row(1, 0)]);
    let answers = join_all((0..8).map(|_| app.inspect(&found))).await;
    for answer in &answers {
        assert_eq!((answer.status, answer.payload()), (200, answers[0].payload()), "{}", answer.text);
    }
    assert_eq!(shirts(&app).await, (5, 2));
    app.assert_books().await;
}

#[actix_web::test]
async fn of_an_inspection_and_a_withdrawal_the_first_wins() {
    let app = delivered().await;
    for _ in 0..4 {
        let claim_no = defective(&app).await;
        let found = inspection(&claim_no, &[row(1, 0)]);
        let withdrawn = json!({"ordNo": ORDER, "claimNo": claim_no, "systemType": "BO", "claimBusinessType": "30",
            "ordMediaCd": "10"});
        let caller = agent("cs1");
        let withdrawn = app.service.post(WITHDRAWAL_EXCHANGE.path, &caller, &withdrawn);
        let (inspected, withdrawn) = join(app.inspect(&found), withdrawn).await;
        assert!(is_conflict(&inspected) != is_conflict(&withdrawn), "{} {}", inspected.text, withdrawn.text);
        assert_eq!(shirts(&app).await, (5, 2));
        if inspected.status == 200 {
            number_in(&app.ship(&claim_no, "15", None).await, "30");
        }
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn of_all_who_want_the_last_piece_one_gets_it() {
    let app = delivered().await;
    app.put_goods(SHIRT, &[("001", 5), ("002", 1)]).await;
    app.member.put(order(OTHER));
    app.member.deliver(OTHER, "2026-08-05T12:00:00+09:00");
    let of = |order_no: &str| with(exchange_of("272", 1, "002"), "ordNo", json!(order_no));
    let asked: Vec<Value> = [ORDER, OTHER].into_iter().cycle().take(6).map(of).collect();
    let answers = join_all(asked.iter().map(|request| app.ask_exchange(request))).await;
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 1, "{:?}", answers.iter().map(|answer| &answer.text).collect::<Vec<_>>());
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_refused(answer, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
    }
    assert_eq!(shirts(&app).await, (5, 0));
    app.assert_books().await;
}

#[actix_web::test]
async fn what_went_back_at_the_inspection_does_not_go_back_again() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    // The customer brings it to the shop: the way back costs nothing.
    let brought = json!({"ordNo": ORDER, "claimNo": claim_no, "wthdMthdCd": "40"});
    number_in(&app.service.post(APPROVE_CLAIM.path, &agent("cs1"), &brought).await, "20");
    let answer = app.inspect(&inspection(&claim_no, &[with(row(1, 0), "resellQty", json!(1))])).await;
    number_in(&answer, "20");
    assert_eq!(answer.payload()["cost"]["payInfo"]["prepayRfdAmt"], 3_000, "{}", answer.text);
    app.until_outbox_is_empty().await;
    assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 3_000)].into());
    assert_eq!(app.changes(&claim_no).await, [commerce::CostChange::Method]);
    app.assert_books().await;
    number_in(&app.convert(&claim_no).await, "20");
    app.until_outbox_is_empty().await;
    assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
    assert_eq!(app.refunds.book().given.len(), 2);
    app.assert_books().await;
}
