//! Whose claim it is, on each operation that moves one, and which claims they are not for.

use contract::operations::Operation;
use contract::operations::claim::{
    APPROVE_CLAIM, CANCEL_FO, REJECT_CLAIM, SAVE_RFD_ACCT_FO, SAVE_WITHDRAW_STAT_UPDATE_PROCESS,
    SAVE_WTHD_INV_FO, WITHDRAWAL_EXCHANGE, WITHDRAWAL_EXCHANGE_FO, WITHDRAWAL_RETURN_FO,
};
use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member, on_site, service};

use super::desk::assert_unchanged;
use crate::app::TestApp;
use crate::goods_back::{delivered, exchange_of, number_in, paid, return_of};
use crate::member::{GUEST_ORDER, MEMBER, ORDER, plain_order};

/// Those of customers, and those of the desk alone.
const CUSTOMERS: [&Operation; 4] =
    [&WITHDRAWAL_RETURN_FO, &WITHDRAWAL_EXCHANGE_FO, &SAVE_WTHD_INV_FO, &SAVE_RFD_ACCT_FO];
const DESKS: [&Operation; 4] =
    [&APPROVE_CLAIM, &REJECT_CLAIM, &WITHDRAWAL_EXCHANGE, &SAVE_WITHDRAW_STAT_UPDATE_PROCESS];

/// Everything that any of them asks for.
fn request(order_no: &str, claim_no: &str) -> Value {
    json!({"ordNo": order_no, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1", "rjtRsnCd": "02",
        "rfdAcct": {"bankCd": "004", "acctNo": "1", "dpstrNm": "홍길동"}, "systemType": "BO",
        "claimBusinessType": "30", "ordMediaCd": "10", "ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "34",
        "withdrawStatUpdateSaveInfoList": [{"ordNo": order_no, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1"}]})
}

async fn code(
    app: &TestApp,
    operation: &Operation,
    caller: &platform::identity::Caller,
    body: &Value,
) -> String {
    let answer = app.service.post(operation.path, caller, body).await;
    format!("{} {}", answer.status, answer.code())
}

#[actix_web::test]
async fn nobody_learns_of_anothers_claim_and_the_desk_learns_that_there_is_none() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let before = app.kept(&claim_no).await;
    let strangers = [member("100001312"), on_site(member(MEMBER), "2"), guest(GUEST_ORDER), guest(ORDER)];
    for operation in CUSTOMERS {
        for caller in &strangers {
            for claim_no in [claim_no.as_str(), "20260810C999999"] {
                let said = code(&app, operation, caller, &request(ORDER, claim_no)).await;
                assert_eq!(said, "403 FORBIDDEN", "{}", operation.id);
            }
        }
        // Its own order, and no such claim; and the claim under another of its orders.
        for (order_no, claim_no) in [(ORDER, "20260810C999999"), ("20260801O000077", claim_no.as_str())] {
            let said = code(&app, operation, &member(MEMBER), &request(order_no, claim_no)).await;
            assert_eq!(said, "403 FORBIDDEN", "{}", operation.id);
        }
        assert_eq!(
            code(&app, operation, &service("shop"), &request(ORDER, &claim_no)).await,
            "403 FORBIDDEN"
        );
    }
    for operation in CUSTOMERS.iter().chain(&DESKS) {
        for (order_no, claim_no) in [(ORDER, "20260810C999999"), (GUEST_ORDER, claim_no.as_str())] {
            let said = code(&app, operation, &agent("cs1"), &request(order_no, claim_no)).await;
            assert_eq!(said, "900 CLAIM_NOT_FOUND", "{}", operation.id);
        }
    }
    for operation in DESKS {
        for caller in [member(MEMBER), guest(GUEST_ORDER)] {
            let said = code(&app, operation, &caller, &request(ORDER, &claim_no)).await;
            assert_eq!(said, "403 FORBIDDEN", "{}", operation.id);
        }
    }
    assert_unchanged(&app, &before).await;
}

#[actix_web::test]
async fn claims_of_another_kind_and_those_another_system_took_are_a_conflict() {
    let app = delivered().await;
    let imported = |no: &str, kind: &str| {
        json!({"claimNo": no, "ordNo": ORDER, "claimBusinessType": kind, "claimStatCd": "10", "claimRsnCd": "252",
            "reqDtm": "2026-08-09T10:00:00", "cmplDtm": null, "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
    };
    let (of_return, of_exchange) = ("20260809C000001", "20260809C000002");
    let taken_in = app.import(json!([imported(of_return, "20"), imported(of_exchange, "30")])).await;
    assert_eq!(taken_in.status, 200, "{}", taken_in.text);
    let cancelled = "20260801O000071";
    app.member.put(plain_order(cancelled, &[(2, 10_000)], "10"));
    let cancel =
        json!({"ordNo": cancelled, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
    let cancel = app.service.post(CANCEL_FO.path, &member(MEMBER), &cancel).await;
    let cancel = cancel.payload()["claimNo"].as_str().expect("a number").to_owned();
    let conflict = "900 CLAIM_STATUS_CONFLICT";
    for operation in CUSTOMERS.iter().chain(&DESKS) {
        for (order_no, claim_no) in [(ORDER, of_return), (ORDER, of_exchange), (cancelled, &cancel)] {
            let said = code(&app, operation, &agent("cs1"), &request(order_no, claim_no)).await;
            assert_eq!(said, conflict, "{} {claim_no}", operation.id);
        }
    }
    let a_return = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let exchange = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    for (operation, claim_no) in [
        (&WITHDRAWAL_RETURN_FO, &exchange),
        (&SAVE_RFD_ACCT_FO, &exchange),
        (&WITHDRAWAL_EXCHANGE_FO, &a_return),
    ] {
        let said = code(&app, operation, &member(MEMBER), &request(ORDER, claim_no)).await;
        assert_eq!(said, conflict, "{}", operation.id);
    }
    assert_eq!(code(&app, &WITHDRAWAL_EXCHANGE, &agent("cs1"), &request(ORDER, &a_return)).await, conflict);
}

#[actix_web::test]
async fn a_guest_moves_what_its_order_asked_for() {
    let app = delivered().await;
    app.member.deliver(GUEST_ORDER, "2026-08-05T12:00:00+09:00");
    let mut asked = return_of("251", 1);
    asked["ordNo"] = json!(GUEST_ORDER);
    let caller = guest(GUEST_ORDER);
    let asked = app.service.post(contract::operations::claim::RETURN_FO.path, &caller, &asked).await;
    let claim_no = number_in(&asked, "20");
    for operation in [&SAVE_RFD_ACCT_FO, &WITHDRAWAL_RETURN_FO] {
        let answer = app.service.post(operation.path, &caller, &request(GUEST_ORDER, &claim_no)).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""), "{}", operation.id);
    }
    assert_eq!(super::desk::stands(&app, &claim_no).await, "39/30");
    // No notice goes to the inbox of somebody who has none.
    app.until_outbox_is_empty().await;
    let world = app.member.0.world();
    let notice = &world.notices[&format!("{claim_no}:CLAIM_WITHDRAWN")];
    assert_eq!(notice["chnlCds"], json!(["10", "30"]));
}
