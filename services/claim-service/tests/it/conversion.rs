//! 교환의 반품전환: an exchange leaves nothing behind, and a return goes on in its place.

use claim_service::domain::money::ledger::Account;
use commerce::{Blame, ClaimReason, EndReason, ReturnProgress};
use contract::operations::claim::CONVERT_EXCHANGE_TO_RETURN;
use serde_json::json;
use test_kit::identity::agent;

use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    UNCHANGED, assert_refused, delivered, exchange_of, inspection, leave, number_in, paid, return_of, row,
    shirts,
};
use crate::member::ORDER;

/// A shirt for another size, paid for.
async fn asked(app: &TestApp) -> String {
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    number_in(&app.ask_exchange(&asked).await, "20")
}

#[actix_web::test]
async fn after_its_inspection_everything_goes_back_and_the_return_costs_what_it_always_would() {
    let app = delivered().await;
    let exchange_no = asked(&app).await;
    app.collect(&exchange_no).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    assert_eq!(shirts(&app).await, (6, 1));
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    assert_ne!(return_no, exchange_no);
    assert_eq!(shirts(&app).await, (6, 2));
    // Asked again, whatever the key: the same return.
    assert_eq!(number_in(&app.convert(&exchange_no).await, "20"), return_no);
    let exchange = app.kept(&exchange_no).await;
    assert_eq!(exchange.standing.end_reason, Some(EndReason::Converted));
    let kept = app.kept(&return_no).await;
    assert_eq!((kept.standing.progress, kept.has_moved_stock), (ReturnProgress::Collected, true));
    assert_eq!(kept.requested_at, exchange.requested_at);
    assert_eq!(kept.requested_cost.refund.amount(), 7_000);
    app.until_outbox_is_empty().await;
    assert_eq!(app.refunds.book().given_of(ORDER), [(exchange_no.clone(), 6_000)].into());
    for account in [Account::HeldForClaim, Account::OwedToCustomer, Account::ExchangeFees(1)] {
        assert_eq!(app.balance(&exchange_no, account).await, 0);
    }
    // Its quantities are final, its fault is not.
    assert_refused(&app.inspect(&inspection(&return_no, &[row(0, 1)])).await, "CLAIM_STATUS_CONFLICT", &[]);
    let same = inspection(&return_no, &[row(1, 0)]);
    number_in(&app.inspect(&with(same.clone(), "imptDivCd", json!("20"))).await, "20");
    number_in(&app.inspect(&with(same, "imptDivCd", json!("10"))).await, "20");
    let settled = app.settle(&return_no, false).await;
    assert_eq!(settled.payload()["list"][0]["rfdAmt"], 7_000, "{}", settled.text);
    app.until_outbox_is_empty().await;
    // The shirt went on stock at the inspection; the tumbler is in no catalogue.
    assert_eq!(shirts(&app).await, (6, 2));
    assert_eq!(app.changes(&return_no).await, UNCHANGED);
    app.postings(&return_no).await;
    assert_eq!(app.told().await, ["CLAIM_COLLECTED", "CLAIM_CONVERTED", "CLAIM_RECEIVED", "CLAIM_COMPLETED"]);
    app.assert_books().await;
}

#[actix_web::test]
async fn before_its_inspection_the_return_goes_on_as_any_other() {
    let app = delivered().await;
    let exchange_no = asked(&app).await;
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    assert_eq!(shirts(&app).await, (5, 2));
    let kept = app.kept(&return_no).await;
    assert_eq!(kept.standing.progress, ReturnProgress::CollectionInstructed);
    assert_eq!(kept.converted_from.map(|no| no.to_string()), Some(exchange_no));
    assert!(!kept.has_moved_stock);
    // The units are the return's now.
    let more = app.ask_return(&return_of("251", 3)).await;
    assert_refused(&more, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]);
    app.collect(&return_no).await;
    number_in(&app.inspect(&inspection(&return_no, &[row(1, 0)])).await, "20");
    let settled = app.settle(&return_no, false).await;
    assert_eq!(settled.payload()["list"][0]["rfdAmt"], 7_000, "{}", settled.text);
    app.until_outbox_is_empty().await;
    assert_eq!(shirts(&app).await, (6, 2));
    app.assert_books().await;
}

#[actix_web::test]
async fn a_return_of_what_was_accepted_leaves_the_rest_with_the_customer() {
    let app = delivered().await;
    let exchange_no = number_in(&app.ask_exchange(&exchange_of("272", 2, "002")).await, "20");
    app.collect(&exchange_no).await;
    let broken = with(row(1, 1), "resellQty", json!(0));
    number_in(&app.inspect(&inspection(&exchange_no, &[broken])).await, "20");
    assert_eq!(shirts(&app).await, (5, 1));
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    assert_eq!(shirts(&app).await, (5, 2));
    let kept = app.kept(&return_no).await;
    assert_eq!(kept.goods.iter().map(|goods| goods.quantity).collect::<Vec<_>>(), [1]);
    assert_eq!((kept.reason, kept.blame), (ClaimReason::Defective, Blame::Vendor));
    let settled = app.settle(&return_no, false).await;
    assert_eq!(settled.payload()["list"][0]["rfdAmt"], 16_334, "{}", settled.text);
    app.until_outbox_is_empty().await;
    assert_eq!(shirts(&app).await, (5, 2));
    number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.assert_books().await;
}

#[actix_web::test]
async fn the_fault_may_be_said_anew_and_no_reason_of_a_cancel() {
    let app = delivered().await;
    let exchange_no = asked(&app).await;
    let convert = |reason: &str| json!({"ordNo": ORDER, "claimNo": exchange_no, "claimRsnCd": reason});
    let path = CONVERT_EXCHANGE_TO_RETURN.path;
    let refused = app.service.post(path, &agent("cs1"), &convert("253")).await;
    assert_refused(&refused, "VALIDATION", &["claimRsnCd"]);
    let return_no = number_in(&app.service.post(path, &agent("cs1"), &convert("272")).await, "20");
    let kept = app.kept(&return_no).await;
    assert_eq!(
        (kept.reason, kept.blame, kept.requested_blame),
        (ClaimReason::Defective, Blame::Vendor, Blame::Vendor)
    );
    assert_eq!(kept.requested_cost.refund.amount(), 16_334);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_has_left_and_what_is_a_return_are_not_converted() {
    let app = delivered().await;
    let exchange_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    app.collect(&exchange_no).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    number_in(&app.ship(&exchange_no, "13", Some("1")).await, "20");
    assert_refused(&app.convert(&exchange_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    number_in(&app.ship(&exchange_no, "15", None).await, "30");
    assert_refused(&app.convert(&exchange_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    let goods = json!([{"ordSeq": 1, "itmNo": "001", "claimQty": 1}]);
    let return_no =
        number_in(&app.ask_return(&with(return_of("251", 1), "claimGoodsList", goods)).await, "20");
    assert_refused(&app.convert(&return_no).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_refused(&app.ship(&return_no, "13", Some("1")).await, "CLAIM_STATUS_CONFLICT", &[]);
    assert_refused(&app.convert("20260810C999999").await, "CLAIM_NOT_FOUND", &[]);
    app.assert_books().await;
}

#[actix_web::test]
async fn where_the_goods_are_fetched_goes_over_to_the_return() {
    let app = delivered().await;
    let address = json!({"rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
        "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "11층"});
    let asked = with(exchange_of("272", 1, "002"), "wthdDlvp", address);
    let exchange_no = number_in(&app.ask_exchange(&asked).await, "20");
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    let rows = test_kit::dump::rows_of(&app.db, "claim_rtn_dlvp").await;
    assert_eq!(rows.iter().filter(|row| row.contains(&return_no)).count(), 1, "{rows:?}");
    assert!(rows.iter().all(|row| !row.contains("테헤란로")), "{rows:?}");
    app.assert_books().await;
}

#[actix_web::test]
async fn of_a_member_who_has_left_the_return_says_no_more_than_the_exchange() {
    let app = delivered().await;
    let address = json!({"rcvmnNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
        "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "11층"});
    let asked = with(exchange_of("272", 1, "002"), "wthdDlvp", address);
    let asked = with(asked, "claimRsnCntt", json!("남궁길동입니다"));
    let exchange_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&exchange_no).await;
    leave(&app, "남궁길동").await;
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    app.until_outbox_is_empty().await;
    let (exchange, kept) = (app.kept(&exchange_no).await, app.kept(&return_no).await);
    assert_eq!(kept.reason_text.as_deref(), Some("남**동입니다"));
    assert_eq!(kept.reason_text, exchange.reason_text);
    assert_eq!(kept.way_back, exchange.way_back);
    let rows = test_kit::dump::all_rows(&app.db).await;
    assert!(rows.iter().all(|row| !row.contains("남궁길동")), "the name is readable");
    app.assert_books().await;
}
