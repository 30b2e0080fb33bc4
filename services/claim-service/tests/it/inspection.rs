//! 반품 검수: what is found is recorded and may be said anew until it is settled; money and stock follow then.

use commerce::CostChange;
use serde_json::{Value, json};
use test_kit::identity::{agent, member};

use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    UNCHANGED, assert_refused, delivered, delivered_as, exchange_of, inspection, leave, number_in, return_of,
    row, shirts,
};
use crate::member::{MEMBER, ORDER};

/// So many shirts, back at the shop.
async fn collected(app: &TestApp, reason: &str, quantity: i64) -> String {
    let claim_no = number_in(&app.ask_return(&return_of(reason, quantity)).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

async fn found(app: &TestApp, request: &Value) -> Value {
    let answer = app.inspect(request).await;
    number_in(&answer, "20");
    answer.payload()["cost"].clone()
}

async fn settled(app: &TestApp, claim_no: &str) -> i64 {
    let answer = app.settle(claim_no, true).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app.until_outbox_is_empty().await;
    answer.payload()["list"][0]["rfdAmt"].as_i64().expect("an amount")
}

/// Additional costs as text, `10 3000 by 10`.
fn costs(cost: &Value) -> Vec<String> {
    let rows = cost["addtnCostList"].as_array().into_iter().flatten();
    rows.map(|row| {
        let text = |field: &str| row[field].as_str().unwrap_or("").to_owned();
        format!("{} {} by {}", text("ordCostGbCd"), row["amt"], text("chrgSubCd"))
    })
    .collect()
}

#[actix_web::test]
async fn a_fault_of_the_vendors_by_the_customers_word_is_the_customers_after_a_look() {
    let app = delivered().await;
    let claim_no = collected(&app, "272", 1).await;
    let shown = app.kept(&claim_no).await.requested_cost.refund.amount();
    assert_eq!(shown, 16_334);
    let cost = found(&app, &with(inspection(&claim_no, &[row(1, 0)]), "claimRsnCd", json!("251"))).await;
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 7_000);
    assert_eq!((&cost["estmYn"], &cost["imptDivCd"]), (&json!("Y"), &json!("10")));
    let preview = app.preview(&member(MEMBER), &json!({"ordNo": ORDER, "claimNo": claim_no})).await.json;
    assert_eq!(cost, preview);
    let refused = app.settle(&claim_no, false).await;
    assert_refused(&refused, "AMOUNT_CONFIRM_REQUIRED", &[]);
    assert_eq!(settled(&app, &claim_no).await, 7_000);
    assert_eq!(app.changes(&claim_no).await, [CostChange::Fault]);
    assert_eq!(shirts(&app).await, (6, 2));
    app.assert_books().await;
}

#[actix_web::test]
async fn what_is_refused_is_the_customers_again_once_the_rest_is_settled() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 2).await;
    assert_eq!(app.kept(&claim_no).await.requested_cost.refund.amount(), 23_000);
    let cost = found(&app, &inspection(&claim_no, &[row(1, 1)])).await;
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 7_000);
    // Held until it is settled.
    let two = return_of("251", 2);
    assert_refused(&app.ask_return(&two).await, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]);
    assert_eq!(settled(&app, &claim_no).await, 7_000);
    assert_eq!(app.changes(&claim_no).await, [CostChange::Part]);
    number_in(&app.ask_return(&two).await, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn a_shirt_the_carrier_lost_goes_back_in_money_alone() {
    let app = delivered().await;
    app.put_goods("90000001", &[("001", 4)]).await;
    let claim_no = collected(&app, "251", 1).await;
    let lost = with(row(1, 0), "resellQty", json!(0));
    let cost = found(&app, &with(inspection(&claim_no, &[lost]), "imptDivCd", json!("30"))).await;
    assert_eq!(costs(&cost), ["10 3000 by 30", "20 3000 by 30"]);
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 16_334);
    assert_eq!(cost["bnfInfo"]["cnclGiftList"], json!([]));
    assert_eq!(settled(&app, &claim_no).await, 16_334);
    assert_eq!(shirts(&app).await, (5, 2));
    assert_eq!(app.stock("90000001").await, [("001".to_owned(), 4)]);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_later_look_takes_the_place_of_an_earlier_one_until_it_is_settled() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 2).await;
    let first = found(&app, &with(inspection(&claim_no, &[row(1, 1)]), "imptDivCd", json!("20"))).await;
    assert_eq!(first["imptDivCd"], "20");
    // A fault stays until it is set anew.
    let second = found(&app, &inspection(&claim_no, &[row(2, 0)])).await;
    assert_eq!(second["imptDivCd"], "20");
    let third = found(&app, &with(inspection(&claim_no, &[row(2, 0)]), "imptDivCd", json!("10"))).await;
    assert_eq!(third["payInfo"]["rfdPrarAmt"], 23_000);
    assert_eq!(shirts(&app).await, (5, 2));
    assert_eq!(settled(&app, &claim_no).await, 23_000);
    assert_eq!(app.changes(&claim_no).await, UNCHANGED);
    assert_eq!(shirts(&app).await, (7, 2));
    assert_refused(&app.inspect(&inspection(&claim_no, &[row(2, 0)])).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_gift_that_did_not_come_back_has_its_price() {
    let app = delivered_as(|order| order["giftList"][0]["aeAmt"] = json!(2_000)).await;
    app.put_goods("90000001", &[("001", 4)]).await;
    let claim_no = collected(&app, "251", 1).await;
    let gift = |no: &str, came_back: &str| {
        with(inspection(&claim_no, &[row(1, 0)]), "giftList", json!([{"aeNo": no, "rcvYn": came_back}]))
    };
    assert_refused(&app.inspect(&gift("AE2", "Y")).await, "VALIDATION", &["giftList[0].aeNo"]);
    let cost = found(&app, &gift("AE1", "N")).await;
    assert_eq!(costs(&cost), ["10 3000 by 10", "20 3000 by 10", "40 3334 by 10", "50 2000 by 10"]);
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 5_000);
    assert_eq!(settled(&app, &claim_no).await, 5_000);
    assert_eq!(app.changes(&claim_no).await, [CostChange::Gift]);
    assert_eq!(app.stock("90000001").await, [("001".to_owned(), 4)]);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_is_refused_wholly_ends_the_claim() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 1).await;
    let answer = app.inspect(&inspection(&claim_no, &[with(row(0, 1), "rjtRsnCntt", json!("얼룩"))])).await;
    number_in(&answer, "90");
    assert_eq!(answer.payload()["cost"], Value::Null);
    assert_eq!(app.told().await, ["CLAIM_COLLECTED", "CLAIM_RECEIVED", "CLAIM_REJECTED"]);
    let kept = app.kept(&claim_no).await;
    assert_eq!(kept.rejection.and_then(|rejection| rejection.text), Some("얼룩".to_owned()));
    assert_refused(&app.settle(&claim_no, true).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(shirts(&app).await, (5, 2));
    number_in(&app.ask_return(&return_of("251", 3)).await, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn a_result_fits_its_claim_and_names_every_bad_field() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 2).await;
    let of = |rows: Value| with(inspection(&claim_no, &[]), "insptList", rows);
    let bad = of(
        json!([{"ordSeq": 1, "acptQty": -1, "rjtQty": 1}, {"acptQty": 1, "resellQty": 2, "rjtRsnCd": "99"}]),
    );
    let fields = [
        "insptList[0].acptQty",
        "insptList[0].rjtRsnCd",
        "insptList[1].ordSeq",
        "insptList[1].rjtQty",
        "insptList[1].resellQty",
        "insptList[1].rjtRsnCd",
    ];
    assert_refused(&app.inspect(&bad).await, "VALIDATION", &fields);
    assert_refused(&app.inspect(&of(json!([]))).await, "VALIDATION", &["insptList"]);
    assert_refused(&app.inspect(&of(json!([row(0, 0)]))).await, "VALIDATION", &["insptList"]);
    let exceeded = app.inspect(&of(json!([row(2, 1)]))).await;
    assert_refused(&exceeded, "CLAIM_QTY_EXCEEDED", &["insptList[0].acptQty"]);
    let twice = app.inspect(&of(json!([row(1, 0), row(1, 0)]))).await;
    assert_refused(&twice, "VALIDATION", &["insptList[1].ordSeq"]);
    let money = with(of(json!([row(1, 0)])), "wvAmt", json!(1_000));
    assert_refused(&app.inspect(&money).await, "VALIDATION", &["wvAmt"]);
    let money = with(of(json!([row(1, 0)])), "addPay", json!({"payMeansCd": "10", "pgPayKey": "tk_x"}));
    assert_refused(&app.inspect(&money).await, "VALIDATION", &["addPay"]);
    let reason = with(of(json!([row(1, 0)])), "claimRsnCd", json!("258"));
    assert_refused(&app.inspect(&reason).await, "VALIDATION", &["claimRsnCd"]);
    assert!(!app.kept(&claim_no).await.is_inspected);
}

#[actix_web::test]
async fn what_is_missing_is_free_once_the_rest_is_settled_and_costs_no_second_fee() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 2).await;
    found(&app, &inspection(&claim_no, &[row(1, 0)])).await;
    assert_eq!(settled(&app, &claim_no).await, 7_000);
    let late = with(return_of("251", 1), "wthdMthdCd", json!("20"));
    let late = number_in(
        &app.service.post(contract::operations::claim::RETURN_FO.path, &agent("cs1"), &late).await,
        "20",
    );
    app.collect(&late).await;
    let cost = found(&app, &inspection(&late, &[row(1, 0)])).await;
    assert!(costs(&cost).iter().all(|row| !row.starts_with("20 ")), "{cost}");
    app.assert_books().await;
}

#[actix_web::test]
async fn an_exchange_of_the_order_changes_no_cost_of_its_returns() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 1).await;
    let before = found(&app, &inspection(&claim_no, &[row(1, 0)])).await;
    let exchange_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    app.collect(&exchange_no).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    assert_eq!(found(&app, &inspection(&claim_no, &[row(1, 0)])).await, before);
    assert_eq!(settled(&app, &claim_no).await, 7_000);
    assert_eq!(app.changes(&claim_no).await, UNCHANGED);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_is_said_of_the_goods_of_a_member_who_has_left_is_masked() {
    let app = delivered().await;
    let claim_no = collected(&app, "251", 2).await;
    leave(&app, "남궁길동").await;
    let used = with(row(1, 1), "rjtRsnCntt", json!("남궁길동 고객이 사용"));
    found(&app, &inspection(&claim_no, &[used])).await;
    app.until_outbox_is_empty().await;
    let kept = app.kept(&claim_no).await;
    let refusal = kept.goods[0].inspected.as_ref().and_then(|found| found.refusal.as_ref());
    assert_eq!(refusal.and_then(|refusal| refusal.text.as_deref()), Some("남**동 고객이 사용"));
    assert_eq!(settled(&app, &claim_no).await, 7_000);
    app.assert_books().await;
}
