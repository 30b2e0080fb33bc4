//! 반품·교환 검증: the books of returns and exchanges are sound wherever they stand, and what was tampered with is named.

use claim_service::usecase::operators::look_after::{list_stuck, retry_claim};
use claim_service::usecase::operators::verify::verify_claims;
use contract::operations::claim::{REJECT_CLAIM, WITHDRAWAL_RETURN_FO};
use db::DbError;
use diesel::RunQueryDsl as _;
use serde_json::json;
use test_kit::dump::rows_of;
use test_kit::identity::{agent, member};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::goods_back::{delivered, exchange_of, inspection, number_in, paid, return_of, row};
use crate::member::{MEMBER, ORDER, order, plain_order};
use crate::promotion::FreeReturn;
use crate::quote::request;
use crate::stand_in::Mood;

/// Each statement, what it makes `verify` say, and the one that takes it back.
type Tampering<'a> = &'a [(&'a str, &'a str, &'a str)];

/// The contract's order was delivered two days ago, and time goes on.
async fn today(house: House) -> TestApp {
    let app = TestApp::spawn_in(house).await;
    app.member.put(order(ORDER));
    app.member.deliver(ORDER, &(app.clock.now() - chrono::TimeDelta::days(2)).to_rfc3339());
    app
}

async fn run(app: &TestApp, sql: &str) {
    let sql = sql.to_owned();
    let ran = app.db.write(move |conn| Ok::<_, DbError>(diesel::sql_query(&sql).execute(conn)?)).await;
    assert!(ran.expect("a row can be changed") > 0, "nothing was changed");
}

/// The books are sound, and each thing that is tampered with is named by the claim's number.
async fn assert_named(app: &TestApp, claim_no: &str, tampering: Tampering<'_>) {
    app.assert_books().await;
    for (tamper, expected, undo) in tampering {
        run(app, &tamper.replace("{no}", claim_no)).await;
        let found = verify_claims(&app.db).await.expect("the books can be read").differences;
        let is_named = |one: &String| one.starts_with(claim_no) && one.contains(expected);
        assert!(found.iter().any(is_named), "{tamper}: {found:?}");
        run(app, &undo.replace("{no}", claim_no)).await;
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn of_an_open_exchange_what_was_paid_and_what_was_reserved_is_posted() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    let tampering = [
        (
            "UPDATE claim_ldgr SET amt = amt + 1 WHERE claim_no = '{no}' AND ldgr_seq = 1",
            "add up to 1",
            "UPDATE claim_ldgr SET amt = amt - 1 WHERE claim_no = '{no}' AND ldgr_seq = 1",
        ),
        (
            "UPDATE claim_pay SET pay_amt = pay_amt + 1 WHERE claim_no = '{no}'",
            "the ledger has",
            "UPDATE claim_pay SET pay_amt = pay_amt - 1 WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_rtn_goods SET claim_qty = 2 WHERE claim_no = '{no}'",
            "StockOnHand",
            "UPDATE claim_rtn_goods SET claim_qty = 1 WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_rtn SET req_cost_hash = 'x' || req_cost_hash WHERE claim_no = '{no}'",
            "the cost that was shown does not have its hash",
            "UPDATE claim_rtn SET req_cost_hash = substr(req_cost_hash, 2) WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim SET claim_stat_cd = '30', cmpl_dtm = req_dtm WHERE claim_no = '{no}'",
            "it is in 30 and its goods in 33",
            "UPDATE claim SET claim_stat_cd = '20', cmpl_dtm = NULL WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim SET stl_dtm = req_dtm WHERE claim_no = '{no}'",
            "its cost is final",
            "UPDATE claim SET stl_dtm = NULL WHERE claim_no = '{no}'",
        ),
        (
            "INSERT INTO claim_cost (claim_no, cost_seq, ord_cost_gb_cd, deli_grp_no, amt, chrg_sub_cd) VALUES ('{no}', 1, '30', 1, 6000, '10')",
            "the cost rows",
            "DELETE FROM claim_cost WHERE claim_no = '{no}'",
        ),
    ];
    assert_named(&app, &claim_no, &tampering).await;
}

#[actix_web::test]
async fn of_a_settled_return_everything_follows_from_its_cost() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.assert_books().await;
    app.collect(&claim_no).await;
    app.assert_books().await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 1)])).await, "20");
    app.assert_books().await;
    assert_eq!(app.settle(&claim_no, true).await.status, 200);
    app.until_outbox_is_empty().await;
    let tampering = [
        (
            "UPDATE claim_cost SET amt = amt + 1 WHERE claim_no = '{no}' AND cost_seq = 1",
            "the cost rows",
            "UPDATE claim_cost SET amt = amt - 1 WHERE claim_no = '{no}' AND cost_seq = 1",
        ),
        (
            "UPDATE claim SET cost_hash = 'x' || cost_hash WHERE claim_no = '{no}'",
            "the kept cost does not have the kept hash",
            "UPDATE claim SET cost_hash = substr(cost_hash, 2) WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_rtn_goods SET acpt_qty = 0, resell_qty = 0 WHERE claim_no = '{no}'",
            "the units of the kept cost",
            "UPDATE claim_rtn_goods SET acpt_qty = 1, resell_qty = 1 WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_rtn_goods SET resell_qty = 0 WHERE claim_no = '{no}'",
            "the tasks are not those",
            "UPDATE claim_rtn_goods SET resell_qty = 1 WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_task SET rslt_cd = NULL WHERE claim_no = '{no}' AND step_cd = 'NOTI'",
            "its tasks say 20",
            "UPDATE claim_task SET rslt_cd = '10' WHERE claim_no = '{no}' AND step_cd = 'NOTI'",
        ),
        (
            "UPDATE claim SET stl_dtm = NULL WHERE claim_no = '{no}'",
            "its goods are in 37 and its cost is not final",
            "UPDATE claim SET stl_dtm = cmpl_dtm WHERE claim_no = '{no}'",
        ),
    ];
    assert_named(&app, &claim_no, &tampering).await;
}

#[actix_web::test]
async fn an_exchange_is_followed_to_the_door() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 2, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&claim_no).await;
    let found = with(inspection(&claim_no, &[row(1, 1)]), "imptDivCd", json!("20"));
    number_in(&app.inspect(&found).await, "20");
    app.until_outbox_is_empty().await;
    app.assert_books().await;
    number_in(&app.ship(&claim_no, "13", Some("777")).await, "20");
    app.assert_books().await;
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    app.until_outbox_is_empty().await;
    let tampering = [
        (
            "UPDATE claim_rtn_goods SET resell_qty = 0 WHERE claim_no = '{no}'",
            "StockOnHand",
            "UPDATE claim_rtn_goods SET resell_qty = 1 WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_task SET eff_doc = replace(eff_doc, '6000', '6001') WHERE claim_no = '{no}'",
            "6001 goes back and 6000 was paid",
            "UPDATE claim_task SET eff_doc = replace(eff_doc, '6001', '6000') WHERE claim_no = '{no}'",
        ),
    ];
    assert_named(&app, &claim_no, &tampering).await;
}

#[actix_web::test]
async fn what_a_claim_that_has_ended_held_has_gone_back() {
    let app = delivered().await;
    let withdrawn = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let named = json!({"ordNo": ORDER, "claimNo": withdrawn});
    let answer = app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &named).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app.assert_books().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&claim_no).await;
    let rejected = json!({"ordNo": ORDER, "claimNo": claim_no, "rjtRsnCd": "02"});
    let answer = app.service.post(REJECT_CLAIM.path, &agent("cs1"), &rejected).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app.until_outbox_is_empty().await;
    let tampering = [
        (
            "UPDATE claim_task SET eff_doc = replace(eff_doc, '6000', '5999') WHERE claim_no = '{no}'",
            "5999 goes back and 6000 was paid",
            "UPDATE claim_task SET eff_doc = replace(eff_doc, '5999', '6000') WHERE claim_no = '{no}'",
        ),
        (
            "UPDATE claim_ldgr SET amt = amt * 2 WHERE claim_no = '{no}' AND ldgr_seq <= 2",
            "instead of 0",
            "UPDATE claim_ldgr SET amt = amt / 2 WHERE claim_no = '{no}' AND ldgr_seq <= 2",
        ),
    ];
    assert_named(&app, &claim_no, &tampering).await;
}

#[actix_web::test]
async fn an_exchange_and_the_return_it_became_speak_of_the_same_units() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let exchange_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&exchange_no).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    app.until_outbox_is_empty().await;
    let tampering = [
        (
            "UPDATE claim_rtn SET org_claim_no = NULL WHERE org_claim_no = '{no}'",
            "there is no return of it",
            "UPDATE claim_rtn SET org_claim_no = '{no}' WHERE exch_mid_rtn_yn = 'Y'",
        ),
        (
            "UPDATE claim_rtn SET exch_mid_rtn_yn = 'N' WHERE org_claim_no = '{no}'",
            "has moved, or has not",
            "UPDATE claim_rtn SET exch_mid_rtn_yn = 'Y' WHERE org_claim_no = '{no}'",
        ),
    ];
    assert_named(&app, &exchange_no, &tampering).await;
    assert_eq!(app.settle(&return_no, false).await.status, 200);
    app.until_outbox_is_empty().await;
    app.assert_books().await;
}

#[actix_web::test]
async fn a_payment_in_advance_that_paid_for_something_else_is_named() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.until_outbox_is_empty().await;
    app.assert_books().await;
    let other = "20260801O000070";
    run(&app, &format!("UPDATE claim_pay SET othr_ord_no = '{other}'")).await;
    let found = verify_claims(&app.db).await.expect("the books can be read").differences;
    let said = format!("{claim_no}: its additional payment has paid for order {other} or a claim of it too");
    assert_eq!(found, [said]);
}

#[actix_web::test]
async fn a_coupon_that_was_gone_leaves_nothing_to_give_back() {
    let app = delivered().await;
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI0015", MEMBER)];
    let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!("CI0015"));
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    app.assert_books().await;
    let named = json!({"ordNo": ORDER, "claimNo": claim_no});
    let answer = app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &named).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app.until_outbox_is_empty().await;
    app.assert_books().await;
    // Seen as usable, and used by somebody else before it is held.
    let app = today(House::new()).await;
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI0015", MEMBER)];
    app.promotion.feels("/internal/coupons/hold", Mood::Down);
    let house = &app.house;
    let asking = app.ask_return(&asked);
    let using = async {
        while house.promotion.count_calls("/internal/coupons/hold") == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        house.promotion.world().free_returns[0].status = "20";
        house.promotion.recovers();
    };
    let (answer, ()) = futures_util::future::join(asking, using).await;
    assert_eq!((answer.status, answer.code()), (900, "COUPON_NOT_USABLE"), "{}", answer.text);
    app.until_outbox_is_empty().await;
    app.assert_books().await;
}

#[actix_web::test]
async fn a_coupon_nobody_speaks_for_and_a_notice_nobody_takes_are_listed() {
    let house = House::new()
        .with("CANCEL__ANSWER_DEADLINE_MS", "200")
        .with("OUTBOX__FIRST_RETRY_MS", "10")
        .with("OUTBOX__MAX_RETRY_MS", "10");
    let app = today(house).await;
    app.promotion.world().free_returns = vec![FreeReturn::usable("CI0015", MEMBER)];
    app.promotion.feels("/internal/coupons/hold", Mood::Down);
    let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!("CI0015"));
    let with_coupon = number_in(&app.ask_return(&asked).await, "10");
    let listed = async |key: &str, code: &str| {
        loop {
            let stuck = list_stuck(&app.db).await.expect("claims can be listed");
            if let Some(found) = stuck.iter().find(|one| one.key == key) {
                assert_eq!((found.claim_no.as_str(), found.asked.code()), (with_coupon.as_str(), code));
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    listed(&format!("{with_coupon}:RTNCPN"), "RTNCPN").await;
    app.promotion.recovers();
    app.until_outbox_is_empty().await;
    app.member.0.feels("/internal/notifications", Mood::Down);
    app.collect(&with_coupon).await;
    let named = json!({"ordNo": ORDER, "claimNo": with_coupon, "rjtRsnCd": "02"});
    let answer = app.service.post(REJECT_CLAIM.path, &agent("cs1"), &named).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    listed(&format!("{with_coupon}:CLAIM_REJECTED"), "NOTICE").await;
    app.member.0.recovers();
    app.until_outbox_is_empty().await;
    app.assert_books().await;
}

#[actix_web::test]
async fn a_notice_that_waits_is_tried_when_somebody_says_so() {
    // Nothing is tried again by itself while this test lasts.
    let house =
        House::new().with("OUTBOX__FIRST_RETRY_MS", "3600000").with("OUTBOX__MAX_RETRY_MS", "3600000");
    let app = today(house).await;
    app.member.0.feels("/internal/notifications", Mood::Down);
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let number = claim_no.parse().expect("a claim number");
    let retried = async || {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        retry_claim(&app.db, &number, app.clock.now()).await.expect("it can be retried")
    };
    // While somebody is at work on it, it is left alone.
    let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
    while retried().await != Some(1) {
        let rows = rows_of(&app.db, "outbox_message").await;
        assert!(tokio::time::Instant::now() < patience, "it is not given back: {rows:?}");
    }
    app.member.0.recovers();
    while !rows_of(&app.db, "outbox_message").await.is_empty() {
        retried().await;
        let rows = rows_of(&app.db, "outbox_message").await;
        assert!(tokio::time::Instant::now() < patience, "it is not tried: {rows:?}");
    }
    assert_eq!(app.told().await, ["CLAIM_RECEIVED"]);
}

#[actix_web::test]
async fn cancels_beside_returns_are_still_looked_at() {
    let app = delivered().await;
    let other = "20260801O000071";
    app.member.put(plain_order(other, &[(2, 10_000)], "10"));
    claim_no_of(&app.cancel(&member(MEMBER), &request(other, "251", &[(1, 1)])).await);
    number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let audit = verify_claims(&app.db).await.expect("the books can be read");
    assert_eq!((audit.checked, audit.differences), (2, Vec::new()));
}
