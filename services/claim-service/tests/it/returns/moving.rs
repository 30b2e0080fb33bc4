//! From the request to the settlement or to an early end, one step after the other, and what the customer hears of each.

use serde_json::{Value, json};
use test_kit::identity::{agent, member};

use super::desk::{assert_unchanged, ended_as, named, parcel, stands, waiting};
use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    assert_refused, delivered, delivered_as, exchange_of, inspection, number_in, paid, return_of, row, shirts,
};
use crate::member::{MEMBER, ORDER};

#[actix_web::test]
async fn a_return_is_approved_collected_and_settled_and_each_step_is_told_once() {
    let app = waiting().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    assert_eq!(stands(&app, &claim_no).await, "31");
    assert_eq!(app.told().await, ["CLAIM_RECEIVED"]);
    let approved = app.approve(&claim_no, None).await;
    assert_eq!(approved.payload(), &json!({"claimNo": claim_no, "claimStatCd": "20"}));
    assert_eq!(stands(&app, &claim_no).await, "33");
    let instructed = app.kept(&claim_no).await;
    number_in(&app.approve(&claim_no, None).await, "20");
    assert_unchanged(&app, &instructed).await;
    app.step(("31", "33"), named(&claim_no), 0).await;
    app.step(("33", "34"), parcel(&claim_no), 1).await;
    app.step(("33", "34"), parcel(&claim_no), 0).await;
    app.step(("34", "36"), named(&claim_no), 1).await;
    let collected = app.kept(&claim_no).await;
    assert_eq!(collected.refund_due, Some("2026-08-13".parse().expect("a day")));
    let heard = ["CLAIM_COLLECTED", "CLAIM_COLLECTING", "CLAIM_RECEIVED"];
    assert_eq!(app.told().await, heard);
    app.step(("36", "38"), with(named(&claim_no), "wthdFnshWaitProcCaus", json!("상자가 젖어 있음")), 1)
        .await;
    assert_refused(&app.settle(&claim_no, true).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.step(("38", "36"), named(&claim_no), 1).await;
    assert_eq!(app.told().await, heard);
    let settled = app.settle(&claim_no, false).await;
    assert_eq!(settled.payload()["list"][0]["code"], "0000", "{}", settled.text);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(stands(&app, &claim_no).await, "37");
    app.assert_books().await;
}

#[actix_web::test]
async fn an_approval_in_one_step_with_the_request_is_not_told_by_itself() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_eq!(stands(&app, &claim_no).await, "33");
    assert_eq!(app.told().await, ["CLAIM_RECEIVED"]);
}

#[actix_web::test]
async fn an_agent_changes_how_the_goods_come_until_they_are_on_their_way() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let cost = async || app.preview(&agent("cs1"), &named(&claim_no)).await.json;
    let fees = |cost: &Value| cost["addtnCostList"].to_string().matches(r#""ordCostGbCd":"20""#).count();
    assert_eq!(fees(&cost().await), 1);
    number_in(&app.approve(&claim_no, Some("20")).await, "20");
    let prepaid = cost().await;
    assert_eq!((fees(&prepaid), &prepaid["wthdMthdCd"]), (0, &json!("20")));
    number_in(&app.approve(&claim_no, Some("40")).await, "20");
    assert_eq!(stands(&app, &claim_no).await, "36");
    let arrived = app.kept(&claim_no).await;
    number_in(&app.approve(&claim_no, Some("40")).await, "20");
    number_in(&app.approve(&claim_no, None).await, "20");
    assert_refused(&app.approve(&claim_no, Some("10")).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_unchanged(&app, &arrived).await;
    assert_eq!(app.told().await, ["CLAIM_COLLECTED", "CLAIM_RECEIVED"]);
}

/// What can't be collected is back with its instruction, whatever the request and the desk say.
#[actix_web::test]
async fn goods_that_are_never_collected_are_back_at_once() {
    let never: [fn(&mut Value); 2] = [
        |order| order["goodsList"][0]["deliProcTypCd"] = json!("E_COUPON_DLV"),
        |order| order["goodsList"][0]["wthdYn"] = json!("N"),
    ];
    for edit in never {
        let app = delivered_as(edit).await;
        let asked = with(return_of("251", 1), "wthdMthdCd", json!("20"));
        let claim_no = number_in(&app.ask_return(&asked).await, "20");
        assert_eq!(stands(&app, &claim_no).await, "36");
        assert_eq!(app.kept(&claim_no).await.method.code(), "40");
        assert_eq!(app.told().await, ["CLAIM_COLLECTED", "CLAIM_RECEIVED"]);
        number_in(&app.approve(&claim_no, Some("10")).await, "20");
        assert_eq!(app.kept(&claim_no).await.method.code(), "40");
        // A customer who blames the vendor may not choose, and need not.
        let claim_no =
            number_in(&app.ask_return(&with(return_of("272", 1), "wthdMthdCd", json!("40"))).await, "20");
        assert_eq!(stands(&app, &claim_no).await, "36");
    }
}

#[actix_web::test]
async fn a_claim_that_waits_for_approval_keeps_what_it_is_whatever_method_is_sent() {
    let house = crate::app::House::at(crate::goods_back::noon()).with("RETURNS__AUTO_APPROVE", "false");
    let app =
        crate::goods_back::delivered_in(house, |order| order["goodsList"][0]["wthdYn"] = json!("N")).await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    number_in(&app.approve(&claim_no, Some("10")).await, "20");
    assert_eq!(
        (stands(&app, &claim_no).await.as_str(), app.kept(&claim_no).await.method.code()),
        ("36", "40")
    );
    // One an agent asked to have without a collection can still be collected.
    let app = waiting().await;
    let asked = with(return_of("251", 1), "wthdMthdCd", json!("40"));
    let claim_no = number_in(&app.ask_return_for(&asked).await, "10");
    number_in(&app.approve(&claim_no, Some("10")).await, "20");
    assert_eq!(
        (stands(&app, &claim_no).await.as_str(), app.kept(&claim_no).await.method.code()),
        ("33", "10")
    );
}

#[actix_web::test]
async fn a_customer_takes_a_return_back_until_it_is_on_its_way() {
    let app = waiting().await;
    let caller = member(MEMBER);
    for is_approved in [false, true] {
        let claim_no = number_in(&app.ask_return(&return_of("251", 3)).await, "10");
        if is_approved {
            number_in(&app.approve(&claim_no, None).await, "20");
        }
        let answer = app.withdraw_return(&caller, &claim_no).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        assert_eq!(stands(&app, &claim_no).await, "39/30");
        let ended = app.kept(&claim_no).await;
        assert_eq!(app.withdraw_return(&caller, &claim_no).await.status, 200);
        assert_unchanged(&app, &ended).await;
        // The desk's withdrawal is another end.
        assert_refused(&app.withdraw_return(&agent("cs1"), &claim_no).await, "CLAIM_STATUS_CONFLICT", &[]);
        app.details_in(ORDER, &claim_no, "90").await;
    }
    let claim_no = number_in(&app.ask_return(&return_of("251", 3)).await, "10");
    number_in(&app.approve(&claim_no, None).await, "20");
    app.step(("33", "34"), parcel(&claim_no), 1).await;
    assert_refused(&app.withdraw_return(&caller, &claim_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(app.withdraw_return(&agent("cs1"), &claim_no).await.status, 200);
    assert_eq!(stands(&app, &claim_no).await, "39/40");
    assert_refused(&app.withdraw_return(&caller, &claim_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    let withdrawn = app.told().await.into_iter().filter(|told| told == "CLAIM_WITHDRAWN").count();
    assert_eq!(withdrawn, 3);
    assert!(app.refunds.book().given.is_empty());
    app.assert_books().await;
}

#[actix_web::test]
async fn an_exchange_that_is_taken_back_gives_back_its_piece_and_its_payment() {
    let app = delivered().await;
    let asked = |key: &str| paid(exchange_of("252", 1, "002"), key);
    let claim_no = number_in(&app.ask_exchange(&asked("tk_fee")).await, "20");
    assert_eq!(shirts(&app).await, (5, 1));
    assert_eq!(app.withdraw_exchange(&member(MEMBER), &claim_no).await.status, 200);
    assert_eq!(app.withdraw_exchange(&member(MEMBER), &claim_no).await.status, 200);
    let details = app.details_in(ORDER, &claim_no, "90").await;
    assert_eq!(details["stepList"][0]["stepCd"], "REFUND", "{details}");
    assert_eq!(shirts(&app).await, (5, 2));
    assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
    // What went back pays for nothing else.
    let again = app.ask_exchange(&asked("tk_fee")).await;
    assert_refused(&again, "ADDITIONAL_PAYMENT_REQUIRED", &["addPay"]);
    number_in(&app.ask_exchange(&asked("tk_other")).await, "20");
    assert_eq!(app.told().await, ["CLAIM_RECEIVED", "CLAIM_WITHDRAWN", "CLAIM_RECEIVED"]);
    app.assert_books().await;
}

#[actix_web::test]
async fn the_back_office_holds_an_exchange_that_is_here_or_takes_it_back() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    let cause = Some("단품 확인 필요");
    assert_refused(&app.take_exchange_back(&claim_no, cause).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    let held = app.take_exchange_back(&claim_no, cause).await;
    assert_eq!((held.status, held.text.as_str()), (200, ""));
    assert_eq!(stands(&app, &claim_no).await, "38");
    let before = app.kept(&claim_no).await;
    assert_eq!(app.take_exchange_back(&claim_no, Some("또 다른 사유")).await.status, 200);
    assert_unchanged(&app, &before).await;
    assert_eq!(before.hold_cause.as_deref(), cause);
    assert_eq!(app.take_exchange_back(&claim_no, None).await.status, 200);
    assert_eq!(stands(&app, &claim_no).await, "39/40");
    app.details_in(ORDER, &claim_no, "90").await;
    assert_eq!(
        (shirts(&app).await, app.refunds.book().given_of(ORDER)),
        ((5, 2), [(claim_no, 6_000)].into())
    );
}

#[actix_web::test]
async fn a_request_is_refused_or_goods_that_have_come_back_and_the_customer_hears_why() {
    let app = waiting().await;
    let asked = number_in(&app.ask_return(&return_of("251", 3)).await, "10");
    let refused = app.reject(&asked, "01", None).await;
    assert_eq!(refused.payload(), &json!({"claimNo": asked, "claimStatCd": "90"}));
    assert_eq!(stands(&app, &asked).await, "39/10");
    let collected = number_in(&app.ask_return(&return_of("251", 3)).await, "10");
    number_in(&app.approve(&collected, None).await, "20");
    assert_refused(&app.reject(&collected, "02", None).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.step(("33", "34"), parcel(&collected), 1).await;
    assert_refused(&app.reject(&collected, "02", None).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.step(("34", "36"), named(&collected), 1).await;
    number_in(&app.inspect(&inspection(&collected, &[row(2, 1)])).await, "20");
    number_in(&app.reject(&collected, "02", Some("향수 냄새가 남")).await, "90");
    let ended = app.kept(&collected).await;
    assert_eq!(ended_as(&ended), Some("20"));
    // What was found of them falls away.
    assert!(!ended.is_inspected && ended.goods[0].inspected.is_none());
    number_in(&app.reject(&collected, "08", None).await, "90");
    assert_unchanged(&app, &ended).await;
    app.until_outbox_is_empty().await;
    let reason = |claim_no: &str| {
        let world = app.member.0.world();
        world.notices[&format!("{claim_no}:CLAIM_REJECTED")]["variables"]["rsn"].clone()
    };
    assert_eq!(reason(&asked), "기간경과");
    assert_eq!(reason(&collected), "향수 냄새가 남");
    // The units are where they were.
    number_in(&app.ask_return(&return_of("251", 3)).await, "10");
}

#[actix_web::test]
async fn a_return_that_is_settled_is_moved_by_nobody() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.details_in(ORDER, &claim_no, "30").await;
    let settled = app.kept(&claim_no).await;
    let conflict = "CLAIM_STATUS_CONFLICT";
    assert_refused(&app.approve(&claim_no, None).await, conflict, &[]);
    assert_refused(&app.reject(&claim_no, "02", None).await, conflict, &[]);
    assert_refused(&app.withdraw_return(&member(MEMBER), &claim_no).await, conflict, &[]);
    assert_refused(&app.withdraw_return(&agent("cs1"), &claim_no).await, conflict, &[]);
    let row = ["withdrawStatUpdateSaveInfoList[0]"];
    let hold = with(named(&claim_no), "wthdFnshWaitProcCaus", json!("늦은 보류"));
    assert_refused(&app.save_status(&agent("cs1"), ("36", "38"), &[hold]).await, conflict, &row);
    let account = json!({"bankCd": "004", "acctNo": "110-1", "dpstrNm": "홍길동"});
    let request = with(named(&claim_no), "rfdAcct", account);
    assert_refused(&app.say_account(&member(MEMBER), &request).await, conflict, &[]);
    assert_unchanged(&app, &settled).await;
}

/// Two lines of one parcel, of which one is not collected: what is not counts as arrived with the rest.
#[actix_web::test]
async fn a_mixed_claim_comes_as_its_collected_goods_do() {
    let app: TestApp = delivered_as(|order| {
        let mut second = order["goodsList"][0].clone();
        second["ordSeq"] = json!(2);
        second["deliProcTypCd"] = json!("E_COUPON_DLV");
        second["benefitList"] = json!([]);
        order["goodsList"].as_array_mut().expect("a list").push(second);
        order["payList"][0]["payAmt"] = json!(106_000);
    })
    .await;
    let mut asked = return_of("251", 1);
    asked["claimGoodsList"] = json!([{"ordSeq": 1, "claimQty": 1}, {"ordSeq": 2, "claimQty": 1}]);
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    assert_eq!(
        (stands(&app, &claim_no).await.as_str(), app.kept(&claim_no).await.method.code()),
        ("33", "10")
    );
    app.step(("33", "36"), parcel(&claim_no), 1).await;
}
