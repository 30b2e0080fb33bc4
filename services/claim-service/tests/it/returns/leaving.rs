//! Members who leave while they ask for a return, or while it is settled: the money comes, and nothing personal stays.

use contract::operations::claim::{INTERNAL_MEMBERS_WITHDRAWAL, RETURN_FO, SAVE_REFUND_BUNDLE_APPRO_MGMT};
use db::Backend;
use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member};

use crate::app::{House, TestApp};
use crate::cancel::with;
use crate::goods_back::{delivered, noon, number_in, return_of};
use crate::member::plain_order;

async fn leave(app: &TestApp, member_no: &str) {
    let body = json!({"mbrNo": member_no});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// A delivered order of a member of its own, paid in a way that needs an account.
fn put_order_of(app: &TestApp, order_no: &str, member_no: &str) {
    let mut placed = plain_order(order_no, &[(3, 10_000)], "30");
    placed["mbrNo"] = json!(member_no);
    app.member.put(placed);
    app.member.deliver(order_no, "2026-08-05T12:00:00+09:00");
}

fn account() -> Value {
    json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"})
}

/// Rows of members who have left are marked.
#[track_caller]
fn assert_marked(rows: &[String]) {
    let is_marked = |row: &String| row.ends_with("|Y") || row.ends_with(",Y)");
    assert!(rows.iter().all(is_marked), "{rows:?}");
}

/// No refund needs them any more, so they are in the archive alone.
#[track_caller]
fn assert_gone(rows: &[String]) {
    let is_gone = |row: &String| row.ends_with("||Y") || row.ends_with(",,Y)");
    assert!(rows.iter().all(is_gone), "{rows:?}");
}

#[actix_web::test]
async fn who_asks_for_a_return_while_leaving_leaves_no_address_no_account_and_no_word_behind() {
    const COUNT: usize = 12;
    let app = delivered().await;
    app.member.0.world().known = json!({"nmList": ["남궁길동"], "cellList": [{"cellTxnoNo": "1234",
        "cellEndNo": "5678"}]});
    for round in 0..COUNT {
        let (order_no, member_no) = (format!("20260801O2{round:05}"), format!("3100{round:03}"));
        put_order_of(&app, &order_no, &member_no);
        let mut asked = with(return_of("272", 1), "ordNo", json!(order_no));
        asked["rfdAcct"] = account();
        asked["claimRsnCntt"] = json!("남궁길동 010-1234-5678 로 연락 주세요");
        asked["wthdDlvp"] = json!({"rcvmnNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "1234",
            "cellEndNo": "5678", "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "11층"});
        let caller = member(&member_no);
        let (answer, ()) =
            tokio::join!(app.service.post(RETURN_FO.path, &caller, &asked), leave(&app, &member_no));
        number_in(&answer, "20");
    }
    app.until_outbox_is_empty().await;
    let addresses = rows_of(&app.db, "claim_rtn_dlvp").await;
    assert_eq!(addresses.len(), COUNT);
    assert_marked(&addresses);
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), COUNT);
    let accounts = rows_of(&app.db, "claim_rfd_acct").await;
    assert_eq!(accounts.len(), COUNT);
    assert_marked(&accounts);
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), COUNT);
    let everything = all_rows(&app.db).await.join("\n");
    for personal in ["남궁길동", "010-1234-5678", "110-234-567890"] {
        assert!(!everything.contains(personal), "{personal}");
    }
}

#[actix_web::test]
async fn who_leaves_while_a_return_is_settled_gets_the_money_and_leaves_no_account_behind() {
    const COUNT: usize = 12;
    let app = delivered().await;
    for round in 0..COUNT {
        let (order_no, member_no) = (format!("20260801O3{round:05}"), format!("3200{round:03}"));
        put_order_of(&app, &order_no, &member_no);
        let mut asked = with(return_of("272", 1), "ordNo", json!(order_no));
        asked["rfdAcct"] = account();
        let caller = member(&member_no);
        let answer = app.service.post(RETURN_FO.path, &caller, &asked).await;
        let claim_no = number_in(&answer, "20");
        let rows = json!({"ordNo": order_no, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1"});
        assert_eq!(app.save_status(&agent("cs1"), ("33", "36"), &[rows]).await.status, 200);
        let mut settle = json!({"ordNo": order_no, "claimNo": claim_no, "claimBusinessType": "22",
            "systemType": "BO", "amtChgCfrmYn": "Y"});
        if round % 2 == 1 {
            // The agent names another one at the same moment.
            settle["rfdAcct"] = with(account(), "acctNo", json!("110-999-999999"));
        }
        let desk = agent("cs1");
        let (settled, ()) = tokio::join!(
            app.service.post(SAVE_REFUND_BUNDLE_APPRO_MGMT.path, &desk, &settle),
            leave(&app, &member_no)
        );
        assert_eq!(settled.status, 200, "{}", settled.text);
        app.details_seen_by(&desk, (&order_no, &claim_no), "30").await;
        assert_eq!(app.refunds.book().given_of(&order_no), [("PAY1".to_owned(), 10_000)].into());
    }
    app.until_outbox_is_empty().await;
    assert_gone(&rows_of(&app.db, "claim_rfd_acct").await);
    let everything = all_rows(&app.db).await.join("\n");
    for personal in ["남궁길동", "110-234-567890", "110-999-999999"] {
        assert!(!everything.contains(personal), "{personal}");
    }
    app.assert_books().await;
}

/// The same in the shop of many replicas: members leave while many of their claims move.
#[actix_web::test]
async fn a_member_with_many_claims_leaves_while_they_are_settled() {
    const COUNT: usize = 8;
    let app = TestApp::spawn_in(House::at(noon())).await;
    if app.db.backend() == Backend::Sqlite {
        // There the whole file has one writer.
        return;
    }
    let member_no = "3300001";
    let mut claims = Vec::new();
    for round in 0..COUNT {
        let order_no = format!("20260801O4{round:05}");
        put_order_of(&app, &order_no, member_no);
        let asked = with(with(return_of("272", 1), "ordNo", json!(order_no)), "rfdAcct", account());
        let path = RETURN_FO.path;
        let claim_no = number_in(&app.service.post(path, &member(member_no), &asked).await, "20");
        let row = json!({"ordNo": order_no, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1"});
        assert_eq!(app.save_status(&agent("cs1"), ("33", "36"), &[row]).await.status, 200);
        claims.push(json!({"ordNo": order_no, "claimNo": claim_no, "claimBusinessType": "22",
            "systemType": "BO", "amtChgCfrmYn": "Y", "rfdAcct": account()}));
    }
    let desk = agent("cs1");
    let settling = claims.iter().map(|one| app.service.post(SAVE_REFUND_BUNDLE_APPRO_MGMT.path, &desk, one));
    let (settled, ()) = tokio::join!(futures_util::future::join_all(settling), leave(&app, member_no));
    for answer in settled {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    app.until_outbox_is_empty().await;
    assert_gone(&rows_of(&app.db, "claim_rfd_acct").await);
    assert_eq!(app.refunds.book().given.len(), COUNT);
    app.assert_books().await;
}
