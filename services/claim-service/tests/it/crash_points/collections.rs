//! 반품·교환의 장애 지점: the process is killed at each moment of each call that a request, a settlement, an inspection, a conversion or
//! an end makes. Whoever was cut off asks again, the next process brings everything to its end, and every effect happens once.

mod case;
mod life;

use std::collections::BTreeMap;

use contract::operations::claim::{GOODS, OTHER_ITMS};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::service;

use super::stage::Stage;
use super::wire::Moment::{self, Answered, Arrived, Committed};
use super::{EACH, GOODS as SHIRT, OF_A_CALL, STOCK_AT_FIRST};
use case::{Case, Step};
use life::{Deed, Life};

const PAYMENT_READ: Step = Step("GET /v1/payments/", "", 0);
const PAYMENT_HOLD: Step = Step("/additionalPayments ", "", 0);
/// Once it is the claim's, whoever keeps all payments hears so.
const PAYMENT_NOTE: Step = Step("/additionalPayments ", "", 1);
const COUPON_READ: Step = Step("GET /internal/coupons?", "", 0);
const COUPON_HOLD: Step = Step("/internal/coupons/hold ", "", 0);
const ORDER: Step = Step("/claims ", "ORDER", 0);
const REFUND: Step = Step("/cancel ", "REFUND", 0);
/// Our own: it calls nobody, and comes after the refund.
const STOCK: Step = Step("/cancel ", "STOCK", 0);
const COUPON: Step = Step("/internal/coupons/restore ", "COUPON", 0);
const COUPON_RELEASE: Step = Step("/internal/coupons/release ", "COUPON", 0);
const ACCRUAL: Step = Step("/internal/accumulation/", "ACCM", 0);
const MILEAGE: Step = Step("/internal/mileage/", "MILEAGE", 0);
const COMPLETION: Step = Step("/internal/notifications ", "NOTI", 0);
const NOTICE: Step = Step("/internal/notifications ", "", 0);

async fn put_shirts(stage: &Stage) {
    let item = |number: &str| json!({"itmNo": number, "itmNm": number, "itmSaleStatCd": "10", "addPrc": 0, "stkQty": STOCK_AT_FIRST});
    let goods = json!({"goods": [{"goodsNo": SHIRT, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
        "rsvGoodsYn": "N", "goodsImg": null, "itms": [item("001"), item("002")]}]});
    let answer = stage.ask(Method::PUT, GOODS.path, &service("shop"), "", &goods).await;
    assert_eq!(answer.map(|answer| answer.status), Some(200));
}

/// What is in stock of each item.
async fn shirts(stage: &Stage) -> (i64, i64) {
    let asked = json!([{"goodsNo": SHIRT}]);
    let answer = stage.ask(Method::POST, OTHER_ITMS.path, &service("shop"), "", &asked).await;
    let shown = answer.expect("nobody dies any more").json;
    let items = shown[0]["itms"].as_array().cloned().unwrap_or_default();
    let of = |item: &Value| Some((item["itmNo"].as_str()?.to_owned(), item["stkQty"].as_i64()?));
    let stock: BTreeMap<String, i64> = items.iter().filter_map(of).collect();
    (stock["001"], stock["002"])
}

/// One process after the other dies at the moments of one step of one deed, each in a life of its own.
async fn dies_at(life: Life, deed: Deed, step: Step, moments: &[Moment]) {
    let stage = Stage::open().await;
    put_shirts(&stage).await;
    let mut stock = (STOCK_AT_FIRST, STOCK_AT_FIRST);
    for (serial, moment) in (0..).zip(moments) {
        eprintln!("{life:?} {deed:?} {step:?} {moment:?}");
        let case = Case::new(serial, life);
        case.prepare(&stage);
        case.live(&stage, deed, (step, *moment)).await;
        case.assert_effects(&stage).await;
        let pieces = life.pieces();
        stock = (stock.0 + pieces.0, stock.1 + pieces.1);
        assert_eq!(shirts(&stage).await, stock);
        stage.assert_books().await;
    }
}

async fn dies_at_each<const N: usize>(life: Life, deed: Deed, steps: [(Step, &[Moment]); N]) {
    join_all(steps.map(|(step, moments)| dies_at(life, deed, step, moments))).await;
}

#[actix_web::test]
async fn a_request_with_money_and_a_coupon_is_there_once_wherever_its_process_dies() {
    let steps: [(Step, &[Moment]); 7] = [
        (Step("/returnFO ", "", 0), &OF_A_CALL),
        (PAYMENT_READ, &OF_A_CALL),
        (PAYMENT_HOLD, &OF_A_CALL),
        (PAYMENT_NOTE, &OF_A_CALL),
        (COUPON_READ, &[Arrived, Answered]),
        (COUPON_HOLD, &OF_A_CALL),
        (NOTICE, &OF_A_CALL),
    ];
    dies_at_each(Life::NeedlesslyPaid, Deed::Request, steps).await;
}

#[actix_web::test]
async fn a_settlement_gives_everything_back_once_wherever_its_process_dies() {
    let steps: [(Step, &[Moment]); 8] = [
        (Step("/saveRefundBundleApproMgmt ", "", 0), &OF_A_CALL),
        (ORDER, &EACH),
        (REFUND, &EACH),
        (STOCK, &[Committed]),
        (COUPON, &EACH),
        (ACCRUAL, &EACH),
        (MILEAGE, &EACH),
        (COMPLETION, &EACH),
    ];
    dies_at_each(Life::WholeReturn, Deed::Settle, steps).await;
}

#[actix_web::test]
async fn money_and_a_coupon_that_were_not_needed_go_back_once_wherever_the_process_dies() {
    let steps: [(Step, &[Moment]); 4] = [
        (Step("/saveInspectRslt ", "", 0), &OF_A_CALL),
        (ORDER, &EACH),
        (REFUND, &EACH),
        (COUPON_RELEASE, &EACH),
    ];
    let (inspected, settled) = (&steps[..1], &steps[1..]);
    let inspected = inspected.iter().map(|(step, moments)| (Deed::Inspect, *step, *moments));
    let settled = settled.iter().map(|(step, moments)| (Deed::Settle, *step, *moments));
    let lives = inspected.chain(settled);
    join_all(lives.map(|(deed, step, moments)| dies_at(Life::NeedlesslyPaid, deed, step, moments))).await;
}

#[actix_web::test]
async fn an_exchange_is_inspected_and_delivered_once_wherever_the_process_dies() {
    let inspected: [(Step, &[Moment]); 2] = [(Step("/saveInspectRslt ", "", 0), &OF_A_CALL), (REFUND, &EACH)];
    let delivered: [(Step, &[Moment]); 2] =
        [(Step("/saveExchangeDeliStat ", "", 0), &OF_A_CALL), (NOTICE, &OF_A_CALL)];
    futures_util::future::join(
        dies_at_each(Life::Exchange, Deed::Inspect, inspected),
        dies_at_each(Life::Exchange, Deed::Deliver, delivered),
    )
    .await;
}

#[actix_web::test]
async fn an_exchange_is_asked_for_and_takes_its_piece_once_wherever_its_process_dies() {
    let steps: [(Step, &[Moment]); 3] =
        [(Step("/exchangeFO ", "", 0), &OF_A_CALL), (PAYMENT_HOLD, &OF_A_CALL), (NOTICE, &OF_A_CALL)];
    dies_at_each(Life::Conversion, Deed::Request, steps).await;
}

#[actix_web::test]
async fn an_exchange_becomes_one_return_wherever_the_process_dies() {
    let steps: [(Step, &[Moment]); 3] =
        [(Step("/convertExchangeToReturn ", "", 0), &OF_A_CALL), (REFUND, &EACH), (NOTICE, &OF_A_CALL)];
    dies_at_each(Life::Conversion, Deed::Convert, steps).await;
}

#[actix_web::test]
async fn what_is_withdrawn_gives_money_and_coupon_back_once_wherever_the_process_dies() {
    let steps: [(Step, &[Moment]); 4] = [
        (Step("/withdrawalReturnFO ", "", 0), &OF_A_CALL),
        (REFUND, &EACH),
        (COUPON_RELEASE, &EACH),
        (NOTICE, &OF_A_CALL),
    ];
    dies_at_each(Life::Withdrawn, Deed::Withdraw, steps).await;
}
