//! 운영: what an operator lists, has tried again, and has compared.

use std::process::Command;

use claim_service::usecase::operators::look_after::{Trouble, list_stuck, retry_claim};
use claim_service::usecase::operators::verify::verify_claims;
use db::DbError;
use diesel::RunQueryDsl as _;
use test_kit::TestDatabase;
use test_kit::identity::member;

use crate::app::{House, TestApp};
use crate::cancel::claim_no_of;
use crate::member::{MEMBER, ORDER};
use crate::quote::request;
use crate::till::Till;

#[actix_web::test]
async fn a_claim_that_is_stuck_is_listed_and_goes_on_when_it_is_told_to() {
    // Nothing is tried again by itself while this test lasts.
    let house = House::new()
        .with("CANCEL__ANSWER_DEADLINE_MS", "200")
        .with("OUTBOX__FIRST_RETRY_MS", "3600000")
        .with("OUTBOX__MAX_RETRY_MS", "3600000");
    let app = TestApp::spawn_in(house).await;
    app.refunds.set(Till::Refuses);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await);
    app.until_details(&claim_no, |details| details["rfdList"][0]["rfdStatCd"] == "30").await;
    let mut stuck = list_stuck(&app.db).await.expect("claims can be listed");
    while stuck[0].reason.is_none() {
        // The task is noted before the message is given back.
        stuck = list_stuck(&app.db).await.expect("claims can be listed");
    }
    assert_eq!(stuck.len(), 1);
    assert_eq!((stuck[0].claim_no.as_str(), stuck[0].asked.code()), (claim_no.as_str(), "REFUND"));
    assert_eq!(
        (stuck[0].key.as_str(), stuck[0].tries, stuck[0].trouble),
        (format!("{claim_no}:REFUND:PAY1").as_str(), 1, Trouble::Refused)
    );
    assert_eq!(stuck[0].reason.as_deref(), Some("the payment is too old"));

    app.refunds.set(Till::Open);
    let number = claim_no.parse().expect("a claim number");
    assert_eq!(retry_claim(&app.db, &number, app.clock.now()).await.expect("due"), Some(1));
    assert_eq!(list_stuck(&app.db).await.expect("claims can be listed"), []);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(retry_claim(&app.db, &number, app.clock.now()).await.expect("nothing to do"), Some(0));
    let unknown = "20260801C999999".parse().expect("a claim number");
    assert_eq!(retry_claim(&app.db, &unknown, app.clock.now()).await.expect("no such claim"), None);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_was_tampered_with_is_named() {
    let app = TestApp::spawn().await;
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    app.assert_books().await;
    let tampering = [
        ("UPDATE claim_ldgr SET amt = amt + 1 WHERE ldgr_seq = 1", "add up to 1"),
        ("UPDATE claim_ldgr SET amt = amt - 1 WHERE ldgr_seq = 1", ""),
        ("UPDATE claim_cost SET amt = amt + 1 WHERE cost_seq = 1", "cost rows"),
        ("UPDATE claim_cost SET amt = amt - 1 WHERE cost_seq = 1", ""),
        ("UPDATE claim_line SET claim_qty = 2", "claimed lines"),
        ("UPDATE claim_line SET claim_qty = 1", ""),
        ("UPDATE claim_task SET rslt_cd = NULL WHERE step_cd = 'NOTI'", "its tasks say 20"),
    ];
    for (sql, expected) in tampering {
        app.db
            .write(move |conn| {
                diesel::sql_query(sql).execute(conn)?;
                Ok::<_, DbError>(())
            })
            .await
            .expect("a row can be changed");
        let found = verify_claims(&app.db).await.expect("the books can be read").differences;
        assert_eq!(found.is_empty(), expected.is_empty(), "{sql}: {found:?}");
        assert!(expected.is_empty() || found.iter().any(|one| one.contains(expected)), "{sql}: {found:?}");
        assert!(found.iter().all(|one| one.starts_with(&claim_no)), "{found:?}");
    }
}

#[actix_web::test]
async fn the_program_says_by_its_exit_code_whether_the_books_are_sound() {
    let app = TestApp::spawn_on(TestDatabase::sqlite()).await;
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    let run = |arguments: &[&str]| {
        let file = app.database_files().into_iter().next().expect("a file");
        let ran = Command::new(env!("CARGO_BIN_EXE_claim-service"))
            .args(arguments)
            .envs(app.environment())
            .env("CLAIM_DATABASE__URL", format!("sqlite://{}", file.display()))
            .env("CLAIM_LOG__FILTER", "off")
            .output()
            .expect("the program can be run");
        (
            ran.status.code(),
            String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr),
        )
    };
    assert_eq!(run(&["verify"]), (Some(0), "1 claims looked at, 0 differences\n".to_owned()));
    assert_eq!(run(&["stuck"]), (Some(0), String::new()));
    assert_eq!(run(&["retry", &claim_no]), (Some(0), format!("{claim_no}: 0 to be tried now\n")));
    assert_eq!(run(&["retry", "20260801C999999"]).0, Some(1));
    assert_eq!(run(&["purge-archive"]).0, Some(0));
    let (code, usage) = run(&["retry"]);
    assert!(code == Some(2) && usage.contains("Usage: claim-service retry <CLAIM_NO>"), "{usage}");
    let (code, help) = run(&["--help"]);
    assert!(code == Some(0) && help.contains("Usage: claim-service [COMMAND]"), "{help}");
    app.db
        .write(|conn| {
            diesel::sql_query("UPDATE claim_ldgr SET amt = amt + 1 WHERE ldgr_seq = 1").execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await
        .expect("a row can be changed");
    let (code, said) = run(&["verify"]);
    assert!(
        code == Some(1) && said.contains(&format!("{claim_no}: the postings in Won add up to 1")),
        "{said}"
    );
}
