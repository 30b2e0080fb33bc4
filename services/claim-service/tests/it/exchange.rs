//! 교환: goods come back, others go out, and every piece and every won moves once.

use claim_service::domain::money::ledger::Account;
use commerce::{CostBearer, CostChange, ReturnProgress};
use serde_json::{Value, json};
use test_kit::identity::member;

use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    SHIRT, UNCHANGED, assert_refused, delivered, delivered_as, exchange_of, inspection, number_in, paid,
    return_of, row, shirts,
};
use crate::member::{MEMBER, ORDER};

/// A shirt for another size, paid for, back at the shop.
async fn collected(app: &TestApp) -> String {
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

/// So many shirts for defective ones, back at the shop.
async fn defective(app: &TestApp, quantity: i64, item_no: &str) -> String {
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", quantity, item_no)).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

fn pay_info(cost: &Value) -> (i64, i64, i64) {
    let info = &cost["payInfo"];
    let amount = |field: &str| info[field].as_i64().expect("an amount");
    (amount("addPayPrarAmt"), amount("prepayAmt"), amount("prepayRfdAmt"))
}

#[actix_web::test]
async fn an_exchange_moves_each_piece_once_and_its_units_are_the_other_item_from_its_arrival_on() {
    let app = delivered().await;
    assert_refused(
        &app.ask_exchange(&exchange_of("252", 1, "002")).await,
        "ADDITIONAL_PAYMENT_REQUIRED",
        &["addPay"],
    );
    let claim_no = collected(&app).await;
    assert_eq!(shirts(&app).await, (5, 1));
    let shown = app.preview(&member(MEMBER), &json!({"ordNo": ORDER, "claimNo": claim_no})).await.json;
    let inspected = app.inspect(&inspection(&claim_no, &[row(1, 0)])).await;
    number_in(&inspected, "20");
    let cost = &inspected.payload()["cost"];
    assert_eq!(pay_info(cost), (6_000, 6_000, 0));
    assert_eq!((&cost["estmYn"], &cost["claimNo"]), (&json!("N"), &json!(claim_no)));
    assert_eq!(cost["costHash"], shown["costHash"], "what was shown is what is final");
    assert_eq!(shirts(&app).await, (6, 1));
    assert_eq!(app.balance(&claim_no, Account::HeldForClaim).await, 0);
    assert_eq!(app.balance(&claim_no, Account::OwedToCustomer).await, 0);
    assert_eq!(app.balance(&claim_no, Account::PaidForClaim).await, -6_000);
    assert_eq!(app.changes(&claim_no).await, UNCHANGED);

    assert_refused(&app.ship(&claim_no, "13", None).await, "VALIDATION", &["hdcCd", "invNo"]);
    number_in(&app.ship(&claim_no, "13", Some("1")).await, "20");
    number_in(&app.ship(&claim_no, "13", Some("1")).await, "20");
    number_in(&app.ship(&claim_no, "13", Some("2")).await, "20");
    assert_eq!(app.kept(&claim_no).await.way_out.map(|invoice| invoice.number), Some("2".to_owned()));
    // Until it arrives nothing of it can be claimed again.
    let again =
        with(return_of("251", 1), "claimGoodsList", json!([{"ordSeq": 1, "itmNo": "002", "claimQty": 1}]));
    assert_refused(&app.ask_return(&again).await, "VALIDATION", &["claimGoodsList[0].itmNo"]);
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    assert_refused(&app.ship(&claim_no, "13", Some("3")).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(shirts(&app).await, (6, 1));
    assert_refused(&app.ask_return(&return_of("251", 1)).await, "VALIDATION", &["claimGoodsList[0].itmNo"]);
    let asked = app.ask_return(&again).await;
    number_in(&asked, "20");
    let rest =
        with(return_of("251", 2), "claimGoodsList", json!([{"ordSeq": 1, "itmNo": "001", "claimQty": 3}]));
    assert_refused(&app.ask_return(&rest).await, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]);
    assert!(app.refunds.book().given.is_empty(), "a fee that is final is spent");
    assert_eq!(
        app.told().await,
        ["CLAIM_COLLECTED", "CLAIM_EXCHANGED", "CLAIM_RECEIVED", "CLAIM_SHIPPED", "CLAIM_RECEIVED"]
    );
    app.assert_books().await;
}

#[actix_web::test]
async fn an_exchange_is_inspected_once() {
    let app = delivered().await;
    let claim_no = collected(&app).await;
    let found = inspection(&claim_no, &[row(1, 0)]);
    let first = app.inspect(&found).await;
    number_in(&first, "20");
    let second = app.inspect(&found).await;
    assert_eq!(second.payload(), first.payload());
    let other = with(found.clone(), "imptDivCd", json!("20"));
    assert_refused(&app.inspect(&other).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_refused(&app.inspect(&inspection(&claim_no, &[row(0, 1)])).await, "CLAIM_STATUS_CONFLICT", &[]);
    number_in(&app.ship(&claim_no, "13", Some("1")).await, "20");
    assert_refused(&app.inspect(&found).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(shirts(&app).await, (6, 1));
    app.postings(&claim_no).await;
    app.assert_books().await;
}

#[actix_web::test]
async fn what_is_not_here_or_on_hold_is_not_inspected() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    let found = inspection(&claim_no, &[row(1, 0)]);
    assert_refused(&app.inspect(&found).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.collect(&claim_no).await;
    app.move_goods(&claim_no, ReturnProgress::OnHold).await;
    assert_refused(&app.inspect(&found).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_refused(&app.ship(&claim_no, "13", Some("1")).await, "CLAIM_STATUS_CONFLICT", &[]);
    app.collect(&claim_no).await;
    let with_gift = with(found.clone(), "giftList", json!([{"aeNo": "AE1", "rcvYn": "Y"}]));
    assert_refused(&app.inspect(&with_gift).await, "VALIDATION", &["giftList"]);
    number_in(&app.inspect(&found).await, "20");
    app.assert_books().await;
}

/// The fee as the preview shows it: what the customer pays, and who bears it.
async fn fee(app: &TestApp, reason: &str, method: &str, blame: Option<&str>) -> (i64, Value, Value) {
    let mut request = with(exchange_of(reason, 1, "002"), "wthdMthdCd", json!(method));
    request["claimBusinessType"] = json!("30");
    request["imptDivCd"] = json!(blame);
    let cost = app.preview(&test_kit::identity::agent("cs1"), &request).await.json;
    let row = &cost["addtnCostList"][0];
    (pay_info(&cost).0, row["amt"].clone(), row["chrgSubCd"].clone())
}

#[actix_web::test]
async fn the_fee_goes_by_fault_and_method() {
    let app = delivered().await;
    let by = |bearer: &str, amount: i64| (json!(amount), json!(bearer));
    for (reason, method, blame, due, (amount, bearer)) in [
        ("252", "10", None, 6_000, by("10", 6_000)),
        ("252", "20", None, 3_000, by("10", 3_000)),
        ("252", "30", None, 6_000, by("10", 6_000)),
        ("252", "40", None, 3_000, by("10", 3_000)),
        ("272", "10", None, 0, by("20", 6_000)),
        ("272", "40", None, 0, by("20", 3_000)),
        ("252", "10", Some("30"), 0, by("30", 6_000)),
    ] {
        assert_eq!(
            fee(&app, reason, method, blame).await,
            (due, amount, bearer),
            "{reason} {method} {blame:?}"
        );
    }
}

#[actix_web::test]
async fn a_fee_that_is_due_at_the_inspection_is_paid_or_waived() {
    let app = delivered().await;
    let claim_no = defective(&app, 1, "002").await;
    let blamed = with(inspection(&claim_no, &[row(1, 0)]), "imptDivCd", json!("10"));
    assert_refused(&app.inspect(&blamed).await, "ADDITIONAL_PAYMENT_REQUIRED", &["addPay"]);
    let too_much = with(blamed.clone(), "wvAmt", json!(6_001));
    assert_refused(&app.inspect(&too_much).await, "VALIDATION", &["wvAmt"]);
    let in_part = with(blamed.clone(), "wvAmt", json!(1_000));
    assert_refused(&app.inspect(&in_part).await, "ADDITIONAL_PAYMENT_REQUIRED", &["addPay"]);
    let by_points = with(in_part.clone(), "addPay", json!({"payMeansCd": "50", "pgPayKey": "tk_x"}));
    assert_refused(&app.inspect(&by_points).await, "VALIDATION", &["addPay.payMeansCd"]);
    assert_eq!(app.kept(&claim_no).await.standing.progress, ReturnProgress::Collected);
    assert_eq!(shirts(&app).await, (5, 1));
    let answer = app.inspect(&paid(in_part, "tk_fee")).await;
    number_in(&answer, "20");
    assert_eq!(pay_info(&answer.payload()["cost"]), (5_000, 5_000, 0));
    app.until_outbox_is_empty().await;
    assert!(app.member.has_for_good("tk_fee", ORDER));
    assert_eq!(app.changes(&claim_no).await, [CostChange::Fault, CostChange::Waived]);
    assert_eq!(app.balance(&claim_no, Account::BorneBy(CostBearer::OurSide)).await, -1_000);
    // The same payment pays for nothing else.
    let again = paid(exchange_of("252", 1, "002"), "tk_fee");
    assert_refused(&app.ask_exchange(&again).await, "ADDITIONAL_PAYMENT_REQUIRED", &["addPay"]);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_the_customer_paid_for_the_vendors_fault_goes_back() {
    let app = delivered().await;
    let claim_no = collected(&app).await;
    let answer = app.inspect(&with(inspection(&claim_no, &[row(1, 0)]), "claimRsnCd", json!("272"))).await;
    number_in(&answer, "20");
    assert_eq!(pay_info(&answer.payload()["cost"]), (0, 6_000, 6_000));
    app.until_outbox_is_empty().await;
    assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
    assert_eq!(app.changes(&claim_no).await, [CostChange::Fault]);
    for account in [Account::HeldForClaim, Account::OwedToCustomer] {
        assert_eq!(app.balance(&claim_no, account).await, 0);
    }
    assert_eq!(app.balance(&claim_no, Account::BorneBy(CostBearer::Vendor)).await, -6_000);
    // It still goes out, and is complete when it arrives.
    assert_eq!(app.kept(&claim_no).await.standing.progress, ReturnProgress::ShippingInstructed);
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    app.assert_books().await;
}

#[actix_web::test]
async fn of_what_is_refused_in_part_the_reservation_goes_back_and_the_fee_stays_whole() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 2, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    assert_eq!(shirts(&app).await, (5, 0));
    // The last piece is reserved: nobody else gets it.
    let other = app.ask_exchange(&exchange_of("272", 1, "002")).await;
    assert_refused(&other, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
    app.collect(&claim_no).await;
    let broken = with(row(1, 1), "resellQty", json!(0));
    let answer = app.inspect(&inspection(&claim_no, &[broken])).await;
    number_in(&answer, "20");
    assert_eq!(pay_info(&answer.payload()["cost"]), (6_000, 6_000, 0));
    assert_eq!(shirts(&app).await, (5, 1));
    assert_eq!(app.changes(&claim_no).await, [CostChange::Part]);
    // The refused one may be claimed again, the accepted one not before it has arrived.
    assert_refused(
        &app.ask_return(&return_of("251", 3)).await,
        "CLAIM_QTY_EXCEEDED",
        &["claimGoodsList[0].claimQty"],
    );
    number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.postings(&claim_no).await;
    app.assert_books().await;
}

#[actix_web::test]
async fn of_what_is_refused_wholly_everything_goes_back() {
    let app = delivered().await;
    let claim_no = collected(&app).await;
    let found = inspection(&claim_no, &[row(0, 1)]);
    let answer = app.inspect(&found).await;
    number_in(&answer, "90");
    assert_eq!(answer.payload()["cost"], Value::Null);
    number_in(&app.inspect(&found).await, "90");
    assert_refused(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(shirts(&app).await, (5, 2));
    assert_eq!(app.told().await, ["CLAIM_COLLECTED", "CLAIM_RECEIVED", "CLAIM_REJECTED"]);
    assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
    let kept = app.kept(&claim_no).await;
    assert_eq!(kept.goods[0].inspected.as_ref().map(|found| found.refused), Some(1));
    assert_eq!(app.balance(&claim_no, Account::HeldForClaim).await, 0);
    number_in(&app.ask_return(&return_of("251", 3)).await, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn a_defect_is_replaced_by_the_same_item() {
    let app = delivered().await;
    let claim_no = defective(&app, 2, "001").await;
    assert_eq!(shirts(&app).await, (3, 2));
    let broken = with(row(2, 0), "resellQty", json!(0));
    number_in(&app.inspect(&inspection(&claim_no, &[broken])).await, "20");
    assert_eq!(shirts(&app).await, (3, 2));
    number_in(&app.ship(&claim_no, "13", Some("1")).await, "20");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    // Still one item, so nobody has to say which.
    number_in(&app.ask_return(&return_of("251", 3)).await, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn two_lines_that_want_the_last_piece_are_refused_together() {
    let app = delivered_as(|order| {
        let mut second = order["goodsList"][0].clone();
        second["ordSeq"] = json!(2);
        second["benefitList"] = json!([]);
        second["ordQty"] = json!(1);
        order["goodsList"].as_array_mut().expect("an order has goods").push(second);
        order["payList"][0]["payAmt"] = json!(66_000);
    })
    .await;
    let rows = |item_no: &str| {
        let rows = json!([{"ordSeq": 1, "claimQty": 1, "exchItmNo": item_no}, {"ordSeq": 2, "claimQty": 1, "exchItmNo": item_no}]);
        with(exchange_of("272", 1, item_no), "claimGoodsList", rows)
    };
    app.put_goods(SHIRT, &[("001", 5), ("002", 1)]).await;
    let answer = app.ask_exchange(&rows("002")).await;
    assert_refused(&answer, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
    assert_eq!(shirts(&app).await, (5, 1));
    number_in(&app.ask_exchange(&rows("001")).await, "20");
    assert_eq!(shirts(&app).await, (3, 1));
    app.assert_books().await;
}

#[actix_web::test]
async fn what_was_lost_on_the_way_out_comes_back_as_money_and_never_as_a_piece() {
    let app = delivered().await;
    let claim_no = defective(&app, 1, "002").await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    number_in(&app.ship(&claim_no, "13", Some("1")).await, "20");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    assert_eq!(shirts(&app).await, (6, 1));
    let goods = json!([{"ordSeq": 1, "itmNo": "002", "claimQty": 1}]);
    let mut lost = with(return_of("274", 1), "claimGoodsList", goods);
    lost["imptDivCd"] = json!("30");
    lost["wthdMthdCd"] = json!("40");
    let return_no = number_in(&app.ask_return_for(&lost).await, "20");
    let settled = app.settle(&return_no, false).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    assert_eq!(settled.payload()["list"][0]["rfdAmt"], 16_334, "{}", settled.text);
    app.until_outbox_is_empty().await;
    assert_eq!(shirts(&app).await, (6, 1));
    app.assert_books().await;
}

#[actix_web::test]
async fn an_e_coupon_is_exchanged_without_a_parcel() {
    let app = delivered_as(|order| order["goodsList"][0]["deliProcTypCd"] = json!("E_COUPON_DLV")).await;
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    assert_eq!(app.kept(&claim_no).await.standing.progress, ReturnProgress::Collected);
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    assert_eq!(shirts(&app).await, (6, 1));
    number_in(&app.ship(&claim_no, "13", None).await, "20");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    app.assert_books().await;
}

#[actix_web::test]
async fn goods_leave_neither_before_their_inspection_nor_tomorrow() {
    let app = delivered().await;
    let claim_no = defective(&app, 1, "002").await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    let path = contract::operations::claim::SAVE_EXCHANGE_DELI_STAT.path;
    for (status, at, field) in [
        ("15", "2026-08-10T11:59:59+09:00", "dtm"),
        ("15", "2026-08-11T12:00:00+09:00", "dtm"),
        ("16", "2026-08-10T12:00:00+09:00", "ordDtlStatCd"),
        ("15", "yesterday", "dtm"),
    ] {
        let sent = json!({"ordNo": ORDER, "claimNo": claim_no, "ordDtlStatCd": status, "dtm": at});
        let answer = app.service.post(path, &test_kit::identity::service("shop"), &sent).await;
        assert_refused(&answer, "VALIDATION", &[field]);
    }
    app.assert_books().await;
}
