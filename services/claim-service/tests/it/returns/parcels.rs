//! Parcels on their way back: several at once, invoices, times, and the account the money goes to.

use chrono::TimeDelta;
use serde_json::{Value, json};
use test_kit::dump::all_rows;
use test_kit::identity::{agent, member, service};

use super::desk::{assert_unchanged, named, parcel, stands, waiting};
use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{assert_refused, delivered, exchange_of, number_in, paid, return_of};
use crate::member::{MEMBER, ORDER, order};

const OTHER_ORDER: &str = "20260801O000050";
const LIST: &str = "withdrawStatUpdateSaveInfoList";

/// Two claims in 33, of two orders; the one whose order comes first is the second.
async fn two(app: &TestApp) -> (Value, Value) {
    let mut other = order(OTHER_ORDER);
    other["payList"][0]["pgPayKey"] = json!("tk_of_other");
    app.member.put(other);
    app.member.deliver(OTHER_ORDER, "2026-08-05T12:00:00+09:00");
    let first = with(return_of("251", 1), "ordNo", json!(OTHER_ORDER));
    let first = number_in(&app.ask_return(&first).await, "20");
    let second = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    (with(parcel(&first), "ordNo", json!(OTHER_ORDER)), parcel(&second))
}

fn number_of(row: &Value) -> &str {
    row["claimNo"].as_str().expect("a row names a claim")
}

#[actix_web::test]
async fn all_rows_move_or_none_does() {
    let app = delivered().await;
    let (first, second) = two(&app).await;
    // A carrier's system may say so too.
    let caller = service("wms");
    app.step(("33", "34"), second.clone(), 1).await;
    let before = app.kept(number_of(&first)).await;
    let refused = app.save_status(&caller, ("33", "36"), &[first.clone(), second.clone()]).await;
    assert_refused(&refused, "CLAIM_STATUS_CONFLICT", &[&format!("{LIST}[1]")]);
    let unknown = with(second.clone(), "claimNo", json!("20260810C999999"));
    let refused = app.save_status(&caller, ("33", "34"), &[first.clone(), second.clone(), unknown]).await;
    assert_refused(&refused, "CLAIM_NOT_FOUND", &[&format!("{LIST}[2]")]);
    assert_unchanged(&app, &before).await;
    // Those that are there already are not counted.
    let moved = app.save_status(&caller, ("33", "34"), &[first.clone(), second.clone()]).await;
    assert_eq!(moved.payload(), &json!({"updated": 1}), "{}", moved.text);
    let moved = app.save_status(&caller, ("34", "36"), &[second.clone(), first.clone()]).await;
    assert_eq!(moved.payload(), &json!({"updated": 2}), "{}", moved.text);
    for row in [&first, &second] {
        assert_eq!(stands(&app, number_of(row)).await, "36");
    }
}

#[actix_web::test]
async fn a_row_that_is_wrong_names_its_field() {
    let app = delivered().await;
    let (first, second) = two(&app).await;
    let at = |field: &str| format!("{LIST}[1].{field}");
    let asked = async |step, row: Value| app.save_status(&agent("cs1"), step, &[first.clone(), row]).await;
    let without = |row: &Value, fields: &[&str]| {
        let mut row = row.clone();
        fields.iter().for_each(|field| row[*field] = Value::Null);
        row
    };
    // Of goods that the shop fetches.
    let no_invoice = without(&second, &["hdcCd", "invNo"]);
    assert_refused(&asked(("33", "34"), no_invoice).await, "VALIDATION", &[&at("hdcCd"), &at("invNo")]);
    let half = without(&second, &["invNo"]);
    assert_refused(&asked(("33", "34"), half).await, "VALIDATION", &[&at("invNo")]);
    for (field, value) in [
        ("hdcCd", "C J"),
        ("hdcCd", "C123456789012345678901"),
        ("invNo", "12_34"),
        ("invNo", "1234567890123456789012345678901"),
        ("dtm", "2026-08-32T00:00:00"),
        // Before it was asked for, and a second too early.
        ("dtm", "2026-08-10T11:59:59"),
        ("dtm", "2026-08-10T12:00:01+09:00"),
        ("claimNo", "C-1"),
        ("ordNo", "O-1"),
    ] {
        let wrong = with(second.clone(), field, json!(value));
        assert_refused(&asked(("33", "34"), wrong).await, "VALIDATION", &[&at(field)]);
    }
    let no_cause = second.clone();
    let refused = asked(("36", "38"), no_cause).await;
    let cause = |row: usize| format!("{LIST}[{row}].wthdFnshWaitProcCaus");
    assert_refused(&refused, "VALIDATION", &[&cause(0), &cause(1)]);
    let long = with(second.clone(), "wthdFnshWaitProcCaus", json!("가".repeat(1_001)));
    assert_refused(&asked(("33", "34"), long).await, "VALIDATION", &[&cause(1)]);
    let twice = app.save_status(&agent("cs1"), ("33", "34"), &[second.clone(), second.clone()]).await;
    assert_refused(&twice, "VALIDATION", &[&at("claimNo")]);
    for row in [&first, &second] {
        assert_eq!(stands(&app, number_of(row)).await, "33");
    }
}

#[actix_web::test]
async fn only_steps_of_the_collection_and_up_to_a_hundred_claims() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let asked = async |from, to, rows: &[Value]| app.save_status(&agent("cs1"), (from, to), rows).await;
    let row = [parcel(&claim_no)];
    let target = "updateTargetOrdDtlStatCd";
    for (from, to) in
        [("31", "34"), ("33", "33"), ("36", "37"), ("38", "39"), ("36", "34"), ("22", "13"), ("36", "33")]
    {
        assert_refused(&asked(from, to, &row).await, "VALIDATION", &[target]);
    }
    assert_refused(&asked("99", "11", &row).await, "VALIDATION", &["ordDtlStatCd", target]);
    assert_refused(&asked("", "", &[]).await, "VALIDATION", &["ordDtlStatCd", target, LIST]);
    let many = |count: u32| (0..count).map(|no| parcel(&format!("20260810C{no:06}"))).collect::<Vec<_>>();
    let answer = asked("33", "34", &many(101)).await;
    assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec![LIST]), "{}", answer.text);
    // A hundred that nobody has made.
    assert_eq!(asked("33", "34", &many(100)).await.code(), "CLAIM_NOT_FOUND");
    for member_or_guest in [member(MEMBER), test_kit::identity::guest(ORDER)] {
        assert_eq!(app.save_status(&member_or_guest, ("33", "34"), &row).await.status, 403);
    }
}

#[actix_web::test]
async fn a_parcel_may_have_moved_earlier_than_somebody_says_so() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.clock.advance(TimeDelta::days(3));
    app.step(("33", "34"), with(parcel(&claim_no), "dtm", json!("2026-08-11 09:00:00")), 1).await;
    app.step(("34", "36"), with(named(&claim_no), "dtm", json!("2026-08-12T00:30:00+00:00")), 1).await;
    let claim = app.kept(&claim_no).await;
    assert_eq!(claim.times.collecting, Some("2026-08-11T00:00:00Z".parse().expect("an instant")));
    assert_eq!(claim.times.collected, Some("2026-08-12T00:30:00Z".parse().expect("an instant")));
    // Wednesday the 12th.
    assert_eq!(claim.refund_due, Some("2026-08-17".parse().expect("a day")));
}

#[actix_web::test]
async fn holidays_put_a_refund_off() {
    let house =
        crate::app::House::at(crate::goods_back::noon()).with("RETURNS__HOLIDAYS", "20260811, 20260813");
    let app = crate::goods_back::delivered_in(house, |_| {}).await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    assert_eq!(app.kept(&claim_no).await.refund_due, Some("2026-08-17".parse().expect("a day")));
}

#[actix_web::test]
async fn a_customer_who_sends_the_goods_says_by_which_parcel() {
    let app = delivered().await;
    let caller = member(MEMBER);
    let fetched = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_refused(&app.say_parcel(&caller, &fetched, "1").await, "VALIDATION", &["invNo"]);
    let asked = with(return_of("251", 1), "wthdMthdCd", json!("30"));
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    let said = app.say_parcel(&caller, &claim_no, "11-22").await;
    assert_eq!((said.status, said.text.as_str()), (200, ""));
    let on_its_way = app.kept(&claim_no).await;
    assert_eq!(stands(&app, &claim_no).await, "34");
    assert_eq!(app.say_parcel(&caller, &claim_no, "11-22").await.status, 200);
    assert_unchanged(&app, &on_its_way).await;
    assert_eq!(app.say_parcel(&agent("cs1"), &claim_no, "33").await.status, 200);
    let kept = app.kept(&claim_no).await;
    assert_eq!(
        kept.way_back.map(|invoice| (invoice.carrier, invoice.number)),
        Some(("POST".into(), "33".into()))
    );
    assert_eq!(kept.times, on_its_way.times);
    app.step(("34", "36"), named(&claim_no), 1).await;
    assert_refused(&app.say_parcel(&caller, &claim_no, "33").await, "CLAIM_STATUS_CONFLICT", &[]);
    // Nothing is collected.
    let asked = with(return_of("251", 1), "wthdMthdCd", json!("40"));
    let nothing = number_in(&app.ask_return_for(&asked).await, "20");
    assert_refused(&app.say_parcel(&caller, &nothing, "1").await, "VALIDATION", &["invNo"]);
}

#[actix_web::test]
async fn before_an_approval_nobody_sends_anything() {
    let app = waiting().await;
    let asked = with(return_of("251", 1), "wthdMthdCd", json!("20"));
    let claim_no = number_in(&app.ask_return(&asked).await, "10");
    assert_refused(&app.say_parcel(&member(MEMBER), &claim_no, "1").await, "CLAIM_STATUS_CONFLICT", &[]);
    let exchange = with(paid(exchange_of("252", 1, "002"), "tk_fee"), "wthdMthdCd", json!("20"));
    let claim_no = number_in(&app.ask_exchange(&exchange).await, "10");
    number_in(&app.approve(&claim_no, None).await, "20");
    assert_eq!(app.say_parcel(&member(MEMBER), &claim_no, "1").await.status, 200);
    assert_eq!(stands(&app, &claim_no).await, "34");
}

#[actix_web::test]
async fn an_account_that_comes_later_is_the_one_the_money_goes_to() {
    let app = crate::goods_back::delivered_as(|order| {
        order["payList"] =
            json!([{"payNo": "PAY1", "payMeansCd": "30", "payAmt": 49_000, "sctnCnclPsbYn": "Y"}]);
    })
    .await;
    let account = |number: &str| json!({"bankCd": "004", "acctNo": number, "dpstrNm": "홍길동"});
    let asked = with(return_of("251", 1), "rfdAcct", account("110-111"));
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    for number in ["110-222", "110-333", "110-333"] {
        let said =
            app.say_account(&member(MEMBER), &with(named(&claim_no), "rfdAcct", account(number))).await;
        assert_eq!((said.status, said.text.as_str()), (200, ""));
    }
    let rows = all_rows(&app.db).await.join("\n");
    assert!(!rows.contains("110-333") && !rows.contains("홍길동"), "an account is never readable");
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.details_in(ORDER, &claim_no, "30").await;
    let accounts: Vec<String> = {
        let book = app.refunds.book();
        book.given.values().filter_map(|order| Some(order.account.as_ref()?.account_no.clone())).collect()
    };
    assert_eq!(accounts, ["110-333"]);
    // An exchange refunds nothing.
    let exchange = paid(exchange_of("252", 1, "002"), "tk_fee");
    let exchange = number_in(&app.ask_exchange(&exchange).await, "20");
    let said = app.say_account(&member(MEMBER), &with(named(&exchange), "rfdAcct", account("110-4"))).await;
    assert_refused(&said, "CLAIM_STATUS_CONFLICT", &[]);
}
