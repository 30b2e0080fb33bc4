//! A member has left: where its goods are fetched and go to, the numbers of their parcels and what was written to its returns is kept
//! apart, and the returns go on.

use chrono::{DateTime, Utc};
use claim_service::secrets::{ClaimAddress, Secrets};
use claim_service::store;
use claim_service::store::collection::address::AddressUse;
use claim_service::usecase::personal::archive_accounts::{Purged, purge_archive};
use commerce::ClaimNo;
use contract::operations::claim::{
    INTERNAL_MEMBERS_WITHDRAWAL, RETURN_FO, SAVE_WITHDRAW_STAT_UPDATE_PROCESS, WITHDRAWAL_EXCHANGE,
};
use db::{Backend, DbError};
use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member};

use crate::app::{House, TestApp};
use crate::cancel::with;
use crate::goods_back::{delivered_as, exchange_of, inspection, noon, number_in, paid, return_of, row};
use crate::member::{MEMBER, ORDER, order};
use crate::withdrawal_races::held_up;

const PERSONAL: [&str; 6] =
    ["남궁길동", "01049876", "센텀중앙로 79", "1103호", "5559876501", "110-234-567890"];

fn address() -> Value {
    json!({"rcvmnNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "4987", "cellEndNo": "6501",
        "zipNo": "48059", "zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "1103호", "deliMsg": "경비실에"})
}

fn masked() -> Value {
    json!({"rcvmnNm": "남**동", "cellSctNo": "010", "cellTxnoNo": "****", "cellEndNo": "****", "zipNo": "48059",
        "zipAddr": "부산광역시 해운대구 ****", "dtlAddr": "****", "deliMsg": null})
}

fn account() -> Value {
    json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"})
}

/// A return of one shirt, with everything that says who the member is.
fn personal_return() -> Value {
    let asked = with(return_of("251", 1), "wthdDlvp", address());
    with(with(asked, "rfdAcct", account()), "claimRsnCntt", json!("남궁길동입니다"))
}

/// The contract's order, paid into a virtual account.
async fn house() -> TestApp {
    house_paid_by("30").await
}

async fn house_paid_by(means: &str) -> TestApp {
    let app = delivered_as(|order| order["payList"][0]["payMeansCd"] = json!(means)).await;
    app.member.0.world().known = json!({"nmList": ["남궁길동"]});
    app
}

async fn withdraw(app: &TestApp, member_no: &str) {
    let body = json!({"mbrNo": member_no});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn move_by(app: &TestApp, claim_no: &str, (from, to): (&str, &str), more: Value) {
    let mut row = json!({"ordNo": ORDER, "claimNo": claim_no});
    for (name, value) in more.as_object().expect("fields of a row") {
        row[name] = value.clone();
    }
    let request = json!({"ordDtlStatCd": from, "updateTargetOrdDtlStatCd": to,
        "withdrawStatUpdateSaveInfoList": [row]});
    let path = SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path;
    let answer = app.service.post(path, &agent("cs1"), &request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// What of an address is left for who takes the goods on.
async fn address_of(app: &TestApp, claim_no: &str, used_for: AddressUse) -> Option<Value> {
    let claim_no: ClaimNo = claim_no.parse().expect("a claim number");
    let no = claim_no.clone();
    let sealed = app
        .db
        .read(move |conn| Ok::<_, DbError>(store::collection::address::find(conn, &no, used_for)?))
        .await
        .expect("addresses can be read")?;
    let secrets = Secrets::open(&app.settings()).expect("the keys of the house");
    let address: ClaimAddress =
        secrets.open_address(&claim_no, used_for.code(), &sealed).expect("sealed for this claim");
    Some(serde_json::to_value(address).expect("an address is JSON"))
}

/// Neither the tables nor the files of the database show anything of the member.
async fn assert_unreadable(app: &TestApp) {
    app.until_outbox_is_empty().await;
    let rows = all_rows(&app.db).await.join("\n");
    for personal in PERSONAL {
        assert!(!rows.contains(personal), "{personal} in a table");
    }
    for file in app.database_files().iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).expect("a file of the database can be read");
        for personal in PERSONAL {
            let personal = personal.as_bytes();
            let is_there = bytes.windows(personal.len()).any(|part| part == personal);
            assert!(!is_there, "in {}", file.display());
        }
    }
}

async fn accounts(app: &TestApp) -> Vec<String> {
    rows_of(&app.db, "claim_rfd_acct").await
}

#[actix_web::test]
async fn an_open_return_goes_on_masked_and_its_account_serves_until_the_refund() {
    let app = house().await;
    let claim_no = number_in(&app.ask_return(&personal_return()).await, "20");
    move_by(&app, &claim_no, ("33", "36"), json!({"hdcCd": "CJ", "invNo": "5559876501"})).await;
    let caused = json!({"wthdFnshWaitProcCaus": "남궁길동님의 상자가 비어 있음"});
    move_by(&app, &claim_no, ("36", "38"), caused).await;
    assert_eq!(address_of(&app, &claim_no, AddressUse::Collection).await, Some(address()));

    withdraw(&app, MEMBER).await;
    assert_unreadable(&app).await;
    assert_eq!(address_of(&app, &claim_no, AddressUse::Collection).await, Some(masked()));
    let kept = app.kept(&claim_no).await;
    let invoice = kept.way_back.expect("a parcel that has a number still has one");
    assert_eq!((invoice.carrier.as_str(), invoice.number.as_str()), ("CJ", "****"));
    assert_eq!(kept.reason_text.as_deref(), Some("남**동입니다"));
    assert_eq!(kept.hold_cause.as_deref(), Some("남**동님의 상자가 비어 있음"));
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 2);
    assert_eq!(rows_of(&app.db, "reason_archive").await.len(), 2);
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 1);
    // The return is open, and may need it yet.
    assert!(accounts(&app).await[0].len() > 100);

    // Told again, nothing changes.
    withdraw(&app, MEMBER).await;
    app.until_outbox_is_empty().await;
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 2);
    assert_eq!(rows_of(&app.db, "reason_archive").await.len(), 2);

    move_by(&app, &claim_no, ("38", "36"), json!({})).await;
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.until_outbox_is_empty().await;
    {
        let book = app.refunds.book();
        let given = book.given.values().next().expect("it was refunded");
        let to = given.account.as_ref().expect("an account");
        assert_eq!((to.account_no.as_str(), given.amount.amount()), ("110-234-567890", 7_000));
    }
    assert!(accounts(&app).await[0].len() < 60, "no refund needs it any more");
    assert_unreadable(&app).await;
    app.assert_books().await;
}

#[actix_web::test]
async fn what_is_written_for_one_who_has_left_is_kept_apart_at_once() {
    let app = house().await;
    withdraw(&app, MEMBER).await;
    let asked = app.ask_return_for(&personal_return()).await;
    let claim_no = number_in(&asked, "20");
    assert_eq!(address_of(&app, &claim_no, AddressUse::Collection).await, Some(masked()));
    // Another number of the same parcel is kept as well.
    move_by(&app, &claim_no, ("33", "34"), json!({"hdcCd": "CJ", "invNo": "5559876501"})).await;
    app.clock.advance(chrono::TimeDelta::seconds(1));
    move_by(&app, &claim_no, ("34", "34"), json!({"hdcCd": "CJ", "invNo": "55598765019"})).await;
    move_by(&app, &claim_no, ("34", "36"), json!({})).await;
    let words = json!("남궁길동님이 거절");
    let mut refused = row(0, 1);
    refused["rjtRsnCntt"] = words.clone();
    number_in(&app.inspect(&inspection(&claim_no, &[refused])).await, "90");
    assert_unreadable(&app).await;
    let kept = app.kept(&claim_no).await;
    let text = kept.rejection.and_then(|rejection| rejection.text);
    assert_eq!(text.as_deref(), Some("남**동님이 거절"));
    // Address and two numbers; the claim's words, and those of its refusal where they stand.
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 3);
    assert!(rows_of(&app.db, "reason_archive").await.len() >= 2);
    assert!(accounts(&app).await[0].len() < 60, "what has ended needs no account");
    app.assert_books().await;
}

#[actix_web::test]
async fn an_exchange_keeps_both_its_addresses_apart_and_so_does_the_return_it_becomes() {
    let app = house().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let asked = with(with(asked, "wthdDlvp", address()), "exchDlvp", address());
    let exchange_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&exchange_no).await;
    let found = inspection(&exchange_no, &[row(1, 0)]);
    number_in(&app.inspect(&found).await, "20");
    number_in(&app.ship(&exchange_no, "13", Some("5559876501")).await, "20");
    withdraw(&app, MEMBER).await;
    assert_unreadable(&app).await;
    for used_for in [AddressUse::Collection, AddressUse::Exchange] {
        assert_eq!(address_of(&app, &exchange_no, used_for).await, Some(masked()));
    }
    assert_eq!(app.kept(&exchange_no).await.way_out.expect("a parcel").number, "****");
    number_in(&app.ship(&exchange_no, "15", None).await, "30");
    // Another one, asked for by an agent, is converted.
    let mut asked = with(paid(exchange_of("252", 1, "002"), "tk_fee_2"), "wthdDlvp", address());
    asked["claimGoodsList"][0]["itmNo"] = json!("001");
    let exchange_no = number_in(&app.ask_exchange_for(&asked).await, "20");
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    assert_unreadable(&app).await;
    assert_eq!(address_of(&app, &return_no, AddressUse::Collection).await, Some(masked()));
    let unmarked = rows_of(&app.db, "claim_rtn_dlvp").await;
    assert!(unmarked.iter().all(|row| row.ends_with("|Y") || row.ends_with(",Y)")), "{unmarked:?}");
    app.assert_books().await;
}

#[actix_web::test]
async fn what_lies_apart_goes_at_its_date_and_is_sealed_anew_with_another_key() {
    use base64::Engine as _;
    use test_kit::identity::DATA_KEY;

    let app = house().await;
    let claim_no = number_in(&app.ask_return(&personal_return()).await, "20");
    move_by(&app, &claim_no, ("33", "34"), json!({"hdcCd": "CJ", "invNo": "5559876501"})).await;
    withdraw(&app, MEMBER).await;
    app.until_outbox_is_empty().await;
    let mut settings = app.settings();
    settings.secrets.data_key = base64::engine::general_purpose::STANDARD.encode([7_u8; 32]).into();
    settings.secrets.previous_data_key = Some(DATA_KEY.into());
    let secrets = Secrets::open(&settings).expect("both are keys");
    let sealed_anew = claim_service::usecase::personal::reseal::reseal(&app.db, &secrets).await;
    // The account and its copy, the reason, the address, masked and as it was, and the parcel's number.
    assert_eq!(sealed_anew.expect("sealed"), 6);
    let again = claim_service::usecase::personal::reseal::reseal(&app.db, &secrets).await;
    assert_eq!(again.expect("sealed"), 0);

    let date = |text: &str| DateTime::parse_from_rfc3339(text).expect("a date-time").to_utc();
    for (at, removed) in [("2031-08-01T09:59:59+09:00", 0), ("2031-08-01T10:00:00+09:00", 1)] {
        let at: DateTime<Utc> = date(at);
        let expected = Purged { accounts: removed, reasons: removed, parcels: removed * 2 };
        assert_eq!(purge_archive(&app.db, at).await.expect("purged"), expected);
    }
}

#[actix_web::test]
async fn a_hold_of_one_who_has_left_says_nothing_of_it() {
    let app = house_paid_by("10").await;
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    move_by(&app, &claim_no, ("33", "36"), json!({"hdcCd": "CJ", "invNo": "5559876501"})).await;
    withdraw(&app, MEMBER).await;
    let held = json!({"systemType": "BO", "claimBusinessType": "30", "ordMediaCd": "10", "ordNo": ORDER,
        "mbrNo": MEMBER, "claimNo": claim_no, "wthdFnshWaitProcCaus": "남궁길동 부재"});
    let answer = app.service.post(WITHDRAWAL_EXCHANGE.path, &agent("cs1"), &held).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_unreadable(&app).await;
    assert_eq!(app.kept(&claim_no).await.hold_cause.as_deref(), Some("남**동 부재"));
}

#[actix_web::test]
async fn whoever_is_first_the_address_goes_to_the_archive() {
    let app = TestApp::spawn_in(House::at(noon())).await;
    for round in 0..20 {
        let (order_no, member_no) = (format!("20260801O2{round:05}"), format!("4000{round:03}"));
        let mut placed = order(&order_no);
        placed["mbrNo"] = json!(member_no);
        app.member.put(placed);
        app.member.deliver(&order_no, "2026-08-05T12:00:00+09:00");
        let asked = with(return_of("251", 1), "wthdDlvp", address());
        let asked = with(asked, "ordNo", json!(order_no));
        let caller = member(&member_no);
        let asking = app.service.post(RETURN_FO.path, &caller, &asked);
        let (accepted, ()) = futures_util::future::join(asking, withdraw(&app, &member_no)).await;
        number_in(&accepted, "20");
    }
    app.until_outbox_is_empty().await;
    let addresses = rows_of(&app.db, "claim_rtn_dlvp").await;
    assert_eq!(addresses.len(), 20);
    assert!(addresses.iter().all(|row| row.ends_with("|Y") || row.ends_with(",Y)")), "{addresses:?}");
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 20);
}

#[actix_web::test]
async fn whoever_is_first_the_number_of_a_parcel_goes_to_the_archive() {
    let app = house_paid_by("10").await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let sent = move_by(&app, &claim_no, ("33", "34"), json!({"hdcCd": "CJ", "invNo": "5559876501"}));
    futures_util::future::join(sent, withdraw(&app, MEMBER)).await;
    assert_unreadable(&app).await;
    assert_eq!(app.kept(&claim_no).await.way_back.expect("a parcel").number, "****");
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 1);
}

#[actix_web::test]
async fn a_withdrawal_waits_for_a_return_that_is_not_accepted_yet_and_for_one_that_is_moved() {
    // Nobody else touches the messages meanwhile.
    let app = TestApp::spawn_in(House::new().with("OUTBOX__POLL_MS", "3000")).await;
    if app.db.backend() == Backend::Sqlite {
        // There the whole file has one writer.
        return;
    }
    let days_ago = (app.clock.now() - chrono::TimeDelta::days(2)).to_rfc3339();
    let asked = with(return_of("251", 1), "wthdDlvp", address());
    app.member.put(order(ORDER));
    app.member.deliver(ORDER, &days_ago);
    let answer = held_up(&app, app.ask_return(&asked), withdraw(&app, MEMBER)).await;
    number_in(&answer, "20");
    assert_unreadable(&app).await;
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 1);

    // Somebody else's goods are on their way back.
    let (other_no, other) = ("20260801O000081", "100001312");
    let mut placed = order(other_no);
    placed["mbrNo"] = json!(other);
    app.member.put(placed);
    app.member.deliver(other_no, &days_ago);
    let asked = with(return_of("251", 1), "ordNo", json!(other_no));
    let answer = app.service.post(RETURN_FO.path, &member(other), &asked).await;
    let claim_no = number_in(&answer, "20");
    app.until_outbox_is_empty().await;
    let row = json!({"ordNo": other_no, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "5559876501"});
    let request = json!({"ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "36",
        "withdrawStatUpdateSaveInfoList": [row]});
    let (path, caller) = (SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path, agent("cs1"));
    let moving = app.service.post(path, &caller, &request);
    let answer = held_up(&app, moving, withdraw(&app, other)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_unreadable(&app).await;
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 2);
}
