//! 주문취소: everything it refuses, in the order it refuses it, and that nothing is left of a refused request.

use chrono::TimeDelta;
use claim_service::clients::refund_provider::PaymentUnreadable;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{agent, guest, member, service};

use crate::app::{House, TestApp};
use crate::cancel::{COSTLY, claim_no_of, costly_order, with};
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER, plain_order};
use crate::quote::request;

/// Nothing of any claim is there, and nobody was asked for anything.
async fn assert_nothing(app: &TestApp) {
    for table in
        ["claim", "claim_line", "claim_cost", "claim_task", "claim_ldgr", "claim_rfd_acct", "outbox_message"]
    {
        assert_eq!(rows_of(&app.db, table).await, Vec::<String>::new());
    }
    assert!(app.member.0.world().decided.is_empty() && app.refunds.book().given.is_empty());
}

#[actix_web::test]
async fn every_bad_field_is_named_at_once() {
    let app = TestApp::spawn().await;
    let bad = json!({"ordNo": "x", "claimRsnCd": "999", "claimGoodsList": [{"ordSeq": 1}], "expectRfdAmt": -1,
        "rfdAcct": {"bankCd": "00-4", "acctNo": "12a", "dpstrNm": " \u{200B}"},
        "addPay": {"payMeansCd": "99", "pgPayKey": "a b"}});
    let answer = app.cancel(&member(MEMBER), &bad).await;
    assert_eq!((answer.status, answer.code()), (900, "VALIDATION"));
    assert_eq!(
        answer.fields(),
        [
            "expectRfdAmt",
            "rfdAcct.bankCd",
            "rfdAcct.acctNo",
            "rfdAcct.dpstrNm",
            "addPay.payMeansCd",
            "addPay.pgPayKey",
            "ordNo",
            "claimRsnCd",
            "claimGoodsList[0].claimQty"
        ]
    );
    let half = with(request(ORDER, "251", &[(1, 1)]), "rfdAcct", json!({"bankCd": "004"}));
    let half = with(half, "addPay", json!({"payMeansCd": "10"}));
    let answer = app.cancel(&member(MEMBER), &half).await;
    assert_eq!(answer.fields(), ["rfdAcct.acctNo", "rfdAcct.dpstrNm", "addPay.pgPayKey"]);
    for (field, value) in [
        ("costHash", json!(1)),
        ("expectRfdAmt", json!("1")),
        ("expectRfdAmt", json!(1.5)),
        ("rfdAcct", json!("x")),
        ("addPay", json!([])),
    ] {
        let answer = app.cancel(&member(MEMBER), &with(request(ORDER, "251", &[(1, 1)]), field, value)).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec![field]), "{}", answer.text);
    }
    let other_type = with(request(ORDER, "251", &[(1, 1)]), "claimBusinessType", json!("20"));
    assert_eq!(app.cancel(&member(MEMBER), &other_type).await.code(), "CLAIM_TYPE_NOT_SUPPORTED");
    // A form that was not filled in is none.
    let empty = with(request(ORDER, "251", &[(1, 9)]), "rfdAcct", json!({"bankCd": "", "acctNo": null}));
    assert_eq!(app.cancel(&member(MEMBER), &empty).await.code(), "CLAIM_QTY_EXCEEDED");
    assert_nothing(&app).await;
}

#[actix_web::test]
async fn a_reason_and_a_holder_are_as_long_as_their_reader_sees_them() {
    let app = TestApp::spawn().await;
    let request = |reason: &str, holder: &str| {
        let account = json!({"bankCd": "004", "acctNo": "1", "dpstrNm": holder});
        // More than is left, so that nothing happens when the fields are good.
        let one = with(request(ORDER, "251", &[(1, 9)]), "claimRsnCntt", json!(reason));
        with(one, "rfdAcct", account)
    };
    let (gak, family) = ("\u{1100}\u{1161}\u{11A8}", "👨‍👩‍👧‍👦");
    for letter in [gak, family, "각"] {
        let good = app.cancel(&member(MEMBER), &request(&letter.repeat(1_000), &letter.repeat(50))).await;
        assert_eq!(good.code(), "CLAIM_QTY_EXCEEDED", "{letter}: {}", good.text);
        let bad = app.cancel(&member(MEMBER), &request(&letter.repeat(1_001), &letter.repeat(51))).await;
        assert_eq!(
            (bad.code(), bad.fields()),
            ("VALIDATION", vec!["rfdAcct.dpstrNm", "claimRsnCntt"]),
            "{letter}"
        );
    }
    let stacked = |most: usize| format!("a{}", "\u{301}".repeat(16 * most));
    let bad = app.cancel(&member(MEMBER), &request(&stacked(1_000), &stacked(50))).await;
    assert_eq!(bad.fields(), ["rfdAcct.dpstrNm", "claimRsnCntt"]);
    assert_nothing(&app).await;
}

#[actix_web::test]
async fn rights_come_before_lines_and_lines_before_money() {
    let app = TestApp::spawn().await;
    app.member.set_status(GUEST_ORDER, 0, "13");
    let nothing: &[&str] = &[];
    let cases = [
        (member("1"), ORDER, "251", 9, (403, "FORBIDDEN"), nothing),
        (member(MEMBER), NO_ORDER, "251", 9, (403, "FORBIDDEN"), nothing),
        (guest(GUEST_ORDER), ORDER, "251", 1, (403, "FORBIDDEN"), nothing),
        (service("shop"), ORDER, "251", 1, (403, "FORBIDDEN"), nothing),
        (agent("cs1"), NO_ORDER, "251", 1, (900, "ORDER_NOT_FOUND"), nothing),
        (member(MEMBER), ORDER, "270", 1, (900, "VALIDATION"), &["claimRsnCd"]),
        (member(MEMBER), ORDER, "251", 0, (900, "VALIDATION"), &["claimGoodsList[0].claimQty"]),
        (member(MEMBER), ORDER, "251", 4, (900, "CLAIM_QTY_EXCEEDED"), &["claimGoodsList[0].claimQty"]),
        (
            guest(GUEST_ORDER),
            GUEST_ORDER,
            "251",
            4,
            (900, "CLAIM_QTY_EXCEEDED"),
            &["claimGoodsList[0].claimQty"],
        ),
        (
            guest(GUEST_ORDER),
            GUEST_ORDER,
            "251",
            1,
            (900, "ORDER_NOT_CANCELABLE"),
            &["claimGoodsList[0].ordSeq"],
        ),
    ];
    for (caller, order_no, reason, quantity, (status, code), fields) in cases {
        // A hash that does not fit is not looked at before all that.
        let asked = with(request(order_no, reason, &[(1, quantity)]), "costHash", json!("00"));
        let answer = app.cancel(&caller, &asked).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
        assert_eq!(answer.fields(), fields);
    }
    let unknown = app.cancel(&agent("cs1"), &request(ORDER, "251", &[(7, 1)])).await;
    assert_eq!(
        (unknown.code(), unknown.fields()),
        ("ORDER_LINE_NOT_FOUND", vec!["claimGoodsList[0].ordSeq"])
    );
    assert_nothing(&app).await;
}

#[actix_web::test]
async fn a_payment_that_only_goes_back_whole_refuses_a_part_whatever_was_shown() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000030";
    let mut order = plain_order(order_no, &[(2, 10_000)], "30");
    order["payList"][0]["sctnCnclPsbYn"] = json!("N");
    app.member.put(order);
    let part = with(request(order_no, "251", &[(1, 1)]), "costHash", json!("00"));
    assert_eq!(app.cancel(&member(MEMBER), &part).await.code(), "PARTIAL_CANCEL_NOT_ALLOWED");
    assert_nothing(&app).await;
}

#[actix_web::test]
async fn what_the_customer_saw_is_what_is_executed() {
    let app = TestApp::spawn().await;
    let caller = member(MEMBER);
    let one = request(ORDER, "251", &[(1, 1)]);
    let shown = app.preview(&caller, &one).await.json;
    claim_no_of(&app.cancel(&caller, &one).await);
    app.until_all_is_told().await;
    let claims = rows_of(&app.db, "claim").await;
    let now = app.preview(&caller, &one).await.json;
    let outdated = [
        with(one.clone(), "costHash", shown["costHash"].clone()),
        with(one.clone(), "expectRfdAmt", shown["payInfo"]["rfdPrarAmt"].clone()),
        with(with(one.clone(), "costHash", now["costHash"].clone()), "expectRfdAmt", json!(1)),
        with(one.clone(), "costHash", json!("")),
    ];
    for asked in outdated {
        let answer = app.cancel(&caller, &asked).await;
        assert_eq!((answer.status, answer.code()), (900, "AMOUNT_CHANGED"), "{}", answer.text);
        assert_eq!((answer.payload(), &answer.json["error"]), (&now, &json!(true)));
    }
    assert_eq!(rows_of(&app.db, "claim").await, claims);
    let agreed = with(one, "costHash", now["costHash"].clone());
    claim_no_of(&app.cancel(&caller, &agreed).await);
}

#[actix_web::test]
async fn a_cancel_that_costs_more_than_it_gives_back_wants_to_be_paid_exactly_and_once() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    app.member.put(costly_order("20260801O000031"));
    {
        let paid = &mut app.refunds.book().paid;
        paid.insert("tk_less".to_owned(), Ok(1_999));
        paid.insert("tk_more".to_owned(), Ok(2_001));
        paid.insert("tk_gone".to_owned(), Err(PaymentUnreadable::NotPaid));
        paid.insert("tk_silent".to_owned(), Err(PaymentUnreadable::Unavailable("down".to_owned())));
    }
    let asked = |order_no: &str, means: &str, key: &str| {
        let paid = json!({"payMeansCd": means, "pgPayKey": key});
        with(request(order_no, "251", &[(1, 1)]), "addPay", paid)
    };
    let without = app.cancel(&member(MEMBER), &request(COSTLY, "251", &[(1, 1)])).await;
    assert_eq!((without.code(), without.fields()), ("ADDITIONAL_PAYMENT_REQUIRED", vec!["addPay"]));
    for means in ["50", "60"] {
        let refused = app.cancel(&member(MEMBER), &asked(COSTLY, means, "tk_1")).await;
        assert_eq!((refused.code(), refused.fields()), ("VALIDATION", vec!["addPay.payMeansCd"]));
    }
    assert_eq!(app.refunds.book().asked, 0);
    // The last one paid for the contract's order.
    for key in ["tk_less", "tk_more", "tk_gone", "tk_own", "tk_1"] {
        let refused = app.cancel(&member(MEMBER), &asked(COSTLY, "10", key)).await;
        assert_eq!(
            (refused.code(), refused.fields()),
            ("ADDITIONAL_PAYMENT_REQUIRED", vec!["addPay"]),
            "{key}"
        );
    }
    let silent = app.cancel(&member(MEMBER), &asked(COSTLY, "10", "tk_silent")).await;
    assert_eq!((silent.status, silent.code()), (503, "SERVICE_UNAVAILABLE"));
    assert_nothing(&app).await;
    claim_no_of(&app.cancel(&member(MEMBER), &asked(COSTLY, "10", "tk_new")).await);
    let again = app.cancel(&member(MEMBER), &asked("20260801O000031", "10", "tk_new")).await;
    assert_eq!(again.code(), "ADDITIONAL_PAYMENT_REQUIRED");
    claim_no_of(&app.cancel(&member(MEMBER), &asked("20260801O000031", "10", "tk_2")).await);
    // One sent without need is ignored, also in our own money, and is good for another claim.
    let free =
        with(request(ORDER, "251", &[(1, 1)]), "addPay", json!({"payMeansCd": "50", "pgPayKey": "tk_3"}));
    claim_no_of(&app.cancel(&member(MEMBER), &free).await);
    app.assert_books().await;
}

#[actix_web::test]
async fn one_payment_sent_for_two_orders_at_once_settles_one() {
    let app = TestApp::spawn().await;
    let orders = ["20260801O000032", "20260801O000033", "20260801O000034", "20260801O000035"];
    for order_no in orders {
        app.member.put(costly_order(order_no));
    }
    let caller = member(MEMBER);
    let cancels = orders.map(|order_no| {
        let paid = json!({"payMeansCd": "10", "pgPayKey": "tk_same"});
        let asked = with(request(order_no, "251", &[(1, 1)]), "addPay", paid);
        let (app, caller) = (&app, &caller);
        async move { app.cancel(caller, &asked).await }
    });
    let answers = futures_util::future::join_all(cancels).await;
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.code() == "ADDITIONAL_PAYMENT_REQUIRED").count();
    assert_eq!((accepted, refused), (1, 3), "{answers:?}");
    app.assert_books().await;
}

#[actix_web::test]
async fn a_refund_that_needs_an_account_asks_for_it_last() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000036";
    app.member.put(plain_order(order_no, &[(1, 10_000)], "30"));
    let asked = request(order_no, "251", &[(1, 1)]);
    let answer = app.cancel(&member(MEMBER), &with(asked.clone(), "costHash", json!("00"))).await;
    assert_eq!(answer.code(), "AMOUNT_CHANGED");
    let answer = app.cancel(&member(MEMBER), &with(asked, "rfdAcct", Value::Null)).await;
    assert_eq!((answer.code(), answer.fields()), ("REFUND_ACCOUNT_REQUIRED", vec!["rfdAcct"]));
    assert_nothing(&app).await;
}

/// A phone bill of the order's own month is simply cut; from the next Korean month on the money goes to an account.
#[actix_web::test]
async fn a_month_that_ends_between_preview_and_cancel_changes_what_was_shown() {
    let last_second = "2026-08-31T23:59:59+09:00".parse().expect("a time");
    let app = TestApp::spawn_in(House::at(last_second)).await;
    let order_no = "20260801O000037";
    app.member.put(plain_order(order_no, &[(1, 10_000)], "40"));
    let asked = request(order_no, "251", &[(1, 1)]);
    let shown = app.preview(&member(MEMBER), &asked).await.json;
    assert_eq!(shown["payInfo"]["rfdAcctReqYn"], "N", "{shown}");
    app.clock.advance(TimeDelta::seconds(1));
    let outdated = with(asked, "costHash", shown["costHash"].clone());
    let answer = app.cancel(&member(MEMBER), &outdated).await;
    assert_eq!((answer.status, answer.code()), (900, "AMOUNT_CHANGED"), "{}", answer.text);
    let pay_info = &answer.payload()["payInfo"];
    assert_eq!((&pay_info["rfdAcctReqYn"], &pay_info["rfdPrarAmt"]), (&json!("Y"), &json!(10_000)));
    assert_nothing(&app).await;
}
