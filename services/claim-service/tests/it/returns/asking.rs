//! 접수: what may be sent back or exchanged, by whom, until when and how; and what holds units until then.

use chrono::TimeDelta;
use claim_service::domain::collection::CollectionClaim;
use contract::operations::claim::{CANCEL_FO, EXCHANGE_FO, RETURN_FO};
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{agent, member};
use test_kit::service::{TestAnswer, read};

use super::desk::{named, parcel, stands};
use crate::app::{House, TestApp};
use crate::cancel::with;
use crate::goods_back::{
    assert_refused, delivered, delivered_as, delivered_in, exchange_of, noon, number_in, paid, return_of,
    shirts,
};
use crate::member::{MEMBER, ORDER};
use crate::promotion::FreeReturn;

const SEQ: &str = "claimGoodsList[0].ordSeq";
const QTY: &str = "claimGoodsList[0].claimQty";

/// What preview and execution say alike.
async fn assert_both(app: &TestApp, caller: &Caller, asked: &Value, code: &str, fields: &[&str]) {
    let is_exchange = asked["claimGoodsList"][0]["exchItmNo"].is_string();
    let (operation, kind) = if is_exchange { (&EXCHANGE_FO, "30") } else { (&RETURN_FO, "20") };
    let answer = app.service.post(operation.path, caller, asked).await;
    assert_refused(&answer, code, fields);
    let shown = app.preview(caller, &with(asked.clone(), "claimBusinessType", json!(kind))).await;
    assert_refused(&shown, code, fields);
}

async fn assert_nothing(app: &TestApp) {
    for table in ["claim", "claim_rtn", "claim_rtn_goods", "claim_pay", "claim_ldgr", "outbox_message"] {
        assert_eq!(rows_of(&app.db, table).await, Vec::<String>::new());
    }
    assert_eq!(shirts(app).await, (5, 2));
}

#[actix_web::test]
async fn only_goods_that_are_with_the_customer_come_back() {
    let app = delivered().await;
    let caller = member(MEMBER);
    for status in ["10", "11", "12", "36"] {
        app.member.set_status(ORDER, 0, status);
        for asked in [return_of("272", 1), exchange_of("272", 1, "002")] {
            assert_both(&app, &caller, &asked, "ORDER_NOT_RETURNABLE", &[SEQ]).await;
            assert_both(&app, &agent("cs1"), &asked, "ORDER_NOT_RETURNABLE", &[SEQ]).await;
        }
    }
    let mut unknown = return_of("251", 1);
    unknown["claimGoodsList"][0]["ordSeq"] = json!(7);
    assert_both(&app, &caller, &unknown, "ORDER_LINE_NOT_FOUND", &[SEQ]).await;
    // Too much is judged before where it stands.
    assert_both(&app, &caller, &return_of("251", 4), "CLAIM_QTY_EXCEEDED", &[QTY]).await;
    assert_nothing(&app).await;
    for status in ["13", "15", "16"] {
        app.member.set_status(ORDER, 0, status);
        number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    }
}

#[actix_web::test]
async fn a_customer_gives_reasons_of_its_kind_and_what_is_for_agents_is_for_agents() {
    let app = delivered().await;
    let caller = member(MEMBER);
    for reason in ["253", "258", "259", "260", "270"] {
        for who in [&caller, &agent("cs1")] {
            assert_both(&app, who, &return_of(reason, 1), "VALIDATION", &["claimRsnCd"]).await;
        }
    }
    for reason in ["251", "276", "253"] {
        assert_both(&app, &caller, &exchange_of(reason, 1, "002"), "VALIDATION", &["claimRsnCd"]).await;
    }
    let blaming = with(return_of("251", 1), "imptDivCd", json!("20"));
    assert_both(&app, &caller, &blaming, "VALIDATION", &["imptDivCd"]).await;
    // Who blames the vendor has the goods fetched, and only agents do without a collection.
    for (reason, method) in [("251", "40"), ("272", "20"), ("272", "30"), ("272", "40")] {
        let asked = with(return_of(reason, 1), "wthdMthdCd", json!(method));
        assert_both(&app, &caller, &asked, "VALIDATION", &["wthdMthdCd"]).await;
    }
    assert_nothing(&app).await;
    let carriers = with(with(return_of("274", 1), "imptDivCd", json!("30")), "wthdMthdCd", json!("40"));
    let claim_no = number_in(&app.ask_return_for(&carriers).await, "20");
    let claim: CollectionClaim = app.kept(&claim_no).await;
    assert_eq!((claim.blame.code(), claim.method.code()), ("30", "40"));
    assert_eq!(stands(&app, &claim_no).await, "36");
    let waived = with(named(&claim_no), "wvAmt", json!(0));
    assert_refused(&app.preview(&caller, &waived).await, "VALIDATION", &["wvAmt"]);
    assert_eq!(app.preview(&agent("cs1"), &waived).await.status, 200);
}

#[actix_web::test]
async fn what_may_not_be_sent_back_is_taken_where_it_is_not_what_was_agreed() {
    for (field, asked) in [("rtnPsbYn", return_of("252", 1)), ("exchPsbYn", exchange_of("252", 1, "002"))] {
        let app = delivered_as(|order| order["goodsList"][0][field] = json!("N")).await;
        assert_both(&app, &member(MEMBER), &asked, "ORDER_NOT_RETURNABLE", &[SEQ]).await;
        let defective = with(asked.clone(), "claimRsnCd", json!("272"));
        let is_return = field == "rtnPsbYn";
        let ask = async |request: &Value| {
            if is_return { app.ask_return(request).await } else { app.ask_exchange(request).await }
        };
        number_in(&ask(&defective).await, "20");
        let by_agent = paid(asked, "tk_fee");
        let by_agent = if is_return {
            app.ask_return_for(&by_agent).await
        } else {
            app.ask_exchange_for(&by_agent).await
        };
        number_in(&by_agent, "20");
    }
}

/// The contract's order with a second line in a second group.
async fn of_two_groups() -> TestApp {
    delivered_as(|order| {
        let mut line = order["goodsList"][0].clone();
        line["ordSeq"] = json!(2);
        line["deliGrpNo"] = json!(2);
        line["benefitList"] = json!([]);
        order["goodsList"].as_array_mut().expect("a list").push(line);
        let mut group = order["deliGrpList"][0].clone();
        group["deliGrpNo"] = json!(2);
        order["deliGrpList"].as_array_mut().expect("a list").push(group);
        order["payList"][0]["payAmt"] = json!(106_000);
    })
    .await
}

#[actix_web::test]
async fn a_claim_is_of_one_delivery_group() {
    let app = of_two_groups().await;
    let mut asked = return_of("251", 1);
    asked["claimGoodsList"] = json!([{"ordSeq": 2, "claimQty": 1}, {"ordSeq": 1, "claimQty": 1}]);
    let second = "claimGoodsList[1].ordSeq";
    assert_both(&app, &member(MEMBER), &asked, "CLAIM_GROUP_MIXED", &[second]).await;
    assert_both(&app, &agent("cs1"), &asked, "CLAIM_GROUP_MIXED", &[second]).await;
    // Before its period, behind its quantity.
    app.clock.advance(TimeDelta::days(200));
    assert_both(&app, &member(MEMBER), &asked, "CLAIM_GROUP_MIXED", &[second]).await;
    asked["claimGoodsList"][1]["claimQty"] = json!(4);
    assert_both(&app, &member(MEMBER), &asked, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[1].claimQty"]).await;
    assert_nothing(&app).await;
}

#[actix_web::test]
async fn a_period_ends_with_its_last_day_in_korea() {
    let app = delivered().await;
    let caller = member(MEMBER);
    // Fourteen days after the 5th of August.
    app.clock.set("2026-08-19T14:59:59Z".parse().expect("an instant"));
    for asked in [return_of("251", 1), exchange_of("252", 1, "002")] {
        assert_eq!(
            app.preview(&caller, &with(asked.clone(), "claimBusinessType", kind_of(&asked))).await.status,
            200
        );
    }
    app.clock.advance(TimeDelta::seconds(1));
    for asked in [return_of("251", 1), exchange_of("252", 1, "002")] {
        assert_both(&app, &caller, &asked, "CLAIM_PERIOD_EXPIRED", &[SEQ]).await;
    }
    // What differs from what was agreed has three months, and agents are bound by nothing of this.
    number_in(&app.ask_return(&return_of("272", 1)).await, "20");
    number_in(&app.ask_return_for(&return_of("251", 1)).await, "20");
    app.clock.set("2026-11-05T14:59:59Z".parse().expect("an instant"));
    number_in(&app.ask_return(&return_of("273", 1)).await, "20");
    app.clock.advance(TimeDelta::seconds(1));
    let late = with(return_of("272", 1), "ordNo", json!(crate::member::GUEST_ORDER));
    app.member.deliver(crate::member::GUEST_ORDER, "2026-08-05T12:00:00+09:00");
    let guest = test_kit::identity::guest(crate::member::GUEST_ORDER);
    assert_both(&app, &guest, &late, "CLAIM_PERIOD_EXPIRED", &[SEQ]).await;
}

fn kind_of(asked: &Value) -> Value {
    json!(if asked["claimGoodsList"][0]["exchItmNo"].is_string() { "30" } else { "20" })
}

#[actix_web::test]
async fn the_shops_own_days_count_and_what_is_not_delivered_has_none() {
    let app = delivered().await;
    app.member.change(ORDER, |snapshot| {
        snapshot["rtnDays"] = json!(3);
        snapshot["exchDays"] = json!(20);
    });
    // Under seven no agreement may go.
    app.clock.set("2026-08-12T14:59:59Z".parse().expect("an instant"));
    let shown = |asked: Value| with(asked.clone(), "claimBusinessType", kind_of(&asked));
    assert_eq!(app.preview(&member(MEMBER), &shown(return_of("251", 1))).await.status, 200);
    app.clock.advance(TimeDelta::seconds(1));
    assert_both(&app, &member(MEMBER), &return_of("251", 1), "CLAIM_PERIOD_EXPIRED", &[SEQ]).await;
    app.clock.set("2026-08-25T14:59:59Z".parse().expect("an instant"));
    assert_eq!(app.preview(&member(MEMBER), &shown(exchange_of("252", 1, "002"))).await.status, 200);
    app.clock.advance(TimeDelta::seconds(1));
    let late = exchange_of("252", 1, "002");
    assert_both(&app, &member(MEMBER), &late, "CLAIM_PERIOD_EXPIRED", &[SEQ]).await;
    app.member.change(ORDER, |snapshot| {
        snapshot["lineList"][0]["ordDtlStatCd"] = json!("13");
        snapshot["lineList"][0]["dlvdDtm"] = Value::Null;
    });
    app.clock.advance(TimeDelta::days(365));
    number_in(&app.ask_return(&return_of("251", 1)).await, "20");
}

#[actix_web::test]
async fn an_open_claim_holds_its_units_against_everybody_else() {
    let app = delivered().await;
    let caller = member(MEMBER);
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    assert_both(&app, &caller, &return_of("251", 2), "CLAIM_QTY_EXCEEDED", &[QTY]).await;
    assert_both(&app, &caller, &exchange_of("252", 2, "002"), "CLAIM_QTY_EXCEEDED", &[QTY]).await;
    // Those it holds can't be cancelled for it, the free one not because it is shipped.
    let cancel =
        async |quantity: i64| app.service.post(CANCEL_FO.path, &caller, &return_of("251", quantity)).await;
    assert_refused(&cancel(2).await, "CLAIM_QTY_EXCEEDED", &[QTY]);
    assert_refused(&cancel(1).await, "ORDER_NOT_CANCELABLE", &[SEQ]);
    let import = async |no: u32, quantity: i64| {
        let claim = json!({"claimNo": format!("20260810C9{no:05}"), "ordNo": ORDER, "claimBusinessType": "20",
            "claimStatCd": "10", "claimRsnCd": "251", "reqDtm": "2026-08-10T10:00:00", "cmplDtm": null,
            "goodsList": [{"ordSeq": 1, "claimQty": quantity}]});
        app.import(json!([claim])).await
    };
    assert_refused(&import(1, 2).await, "CLAIM_QTY_EXCEEDED", &["claims[0].goodsList[0].claimQty"]);
    let taken_in = import(2, 1).await;
    assert_eq!(taken_in.status, 200, "{}", taken_in.text);
    assert_both(&app, &caller, &return_of("251", 1), "CLAIM_QTY_EXCEEDED", &[QTY]).await;
    assert_eq!(app.withdraw_return(&caller, &claim_no).await.status, 200);
    number_in(&app.ask_return(&return_of("251", 2)).await, "20");
}

async fn ask_once(app: &TestApp, asked: &Value, key: &str) -> TestAnswer {
    let sent = app.service.request(Method::POST, RETURN_FO.path, &member(MEMBER));
    read(sent.header("Idempotency-Key", key).json(asked)).await
}

#[actix_web::test]
async fn a_repeat_is_the_same_claim_and_other_words_under_its_key_are_none() {
    let app = delivered().await;
    let asked = return_of("251", 1);
    let first = ask_once(&app, &asked, "k1").await;
    let claim_no = number_in(&first, "20");
    app.step(("33", "34"), parcel(&claim_no), 1).await;
    let again = ask_once(&app, &asked, "k1").await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    let other = ask_once(&app, &return_of("252", 1), "k1").await;
    assert_refused(&other, "IDEMPOTENCY_KEY_REUSED", &[]);
    assert_ne!(number_in(&ask_once(&app, &asked, "k2").await, "20"), claim_no);
    assert_eq!(rows_of(&app.db, "claim_rtn").await.len(), 2);
    // A step under a key, too: what it met first is what it says.
    let key = async || {
        let path = contract::operations::claim::WITHDRAWAL_RETURN_FO.path;
        let sent = app.service.request(Method::POST, path, &member(MEMBER));
        read(sent.header("Idempotency-Key", "k3").json(&named(&claim_no))).await
    };
    let (first, again) = (key().await, key().await);
    assert_refused(&first, "CLAIM_STATUS_CONFLICT", &[]);
    assert_eq!(first.text, again.text);
}

#[actix_web::test]
async fn a_coupon_pays_a_customers_way_back_once() {
    let app = delivered().await;
    let coupon = |asked: Value| with(asked, "rtnCpnIsuNo", json!("CI15"));
    let refused = |asked: Value| {
        let app = &app;
        async move {
            assert_both(app, &member(MEMBER), &coupon(asked), "COUPON_NOT_USABLE", &["rtnCpnIsuNo"]).await;
        }
    };
    // Nobody knows it, it is another's, it is used or past its date.
    refused(return_of("251", 1)).await;
    for (member_no, status) in [("100001312", "10"), (MEMBER, "20"), (MEMBER, "30")] {
        let held = FreeReturn { status, ..FreeReturn::usable("CI15", member_no) };
        app.promotion.world().free_returns = vec![held];
        refused(return_of("251", 1)).await;
    }
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI15", MEMBER)];
    // There is nothing it could pay for.
    refused(return_of("272", 1)).await;
    refused(with(return_of("251", 1), "wthdMthdCd", json!("20"))).await;
    refused(exchange_of("252", 1, "002")).await;
    assert_nothing(&app).await;
    let claim_no = number_in(&app.ask_return(&coupon(return_of("251", 1))).await, "20");
    assert_eq!(stands(&app, &claim_no).await, "33");
    refused(return_of("251", 1)).await;
    // It is usable again when the claim comes to nothing.
    assert_eq!(app.withdraw_return(&member(MEMBER), &claim_no).await.status, 200);
    app.details_in(ORDER, &claim_no, "90").await;
    let claim_no = number_in(&app.ask_return(&coupon(return_of("251", 1))).await, "20");
    app.step(("33", "36"), parcel(&claim_no), 1).await;
    let shown = app.preview(&agent("cs1"), &named(&claim_no)).await.json;
    let fee =
        shown["addtnCostList"].as_array().expect("a list").iter().find(|row| row["ordCostGbCd"] == "20");
    assert_eq!(fee.expect("a fee")["chrgSubCd"], "30");
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(app.promotion.world().free_returns[0].status, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn a_request_that_waits_for_approval_says_so() {
    let app = delivered_in(House::at(noon()).with("RETURNS__AUTO_APPROVE", "false"), |_| {}).await;
    let answer = app.ask_return(&return_of("251", 1)).await;
    let claim_no = number_in(&answer, "10");
    assert_eq!(
        answer.payload(),
        &json!({"claimNo": claim_no, "claimStatCd": "10", "rfdPrarAmt": 7_000, "addPayPrarAmt": 0})
    );
    let details = app.details(&member(MEMBER), ORDER, &claim_no).await.json;
    assert_eq!((&details["claimStatCd"], &details["claimBusinessType"]), (&json!("10"), &json!("20")));
}
