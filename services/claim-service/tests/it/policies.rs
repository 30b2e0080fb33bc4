//! 클레임정책: versions as an operator adds them, and the orders they judge.

use std::process::{Command, Output};

use claim_service::commands::policy::read;
use claim_service::domain::policy::{Policy, PolicyFault, ReturnOutbound};
use claim_service::store::MIGRATIONS;
use claim_service::usecase::policies::{self, NotAdded};
use db::{Db, DbError};
use diesel::RunQueryDsl as _;
use platform::clock::Clock;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{DATA_KEY, INTERNAL_SECRET, member};

use crate::app::TestApp;
use crate::member::{MEMBER, order};
use crate::quote::request;

/// A version under which nothing is taken back and the vendor bears the delivery.
fn lenient(version: i32, from: &str) -> Value {
    let rules = json!({"judgesDiscounts": false, "judgesGifts": false, "feeBearer": "20"});
    json!({"version": version, "inForceFrom": from, "customer": rules, "vendor": rules,
        "refundOrder": ["MILEAGE", "ORDER_PAYMENTS", "ADDITIONAL_PAYMENTS", "DEPOSIT"], "returnOutbound": "20"})
}

fn policy(document: &Value) -> Policy {
    read(&document.to_string()).expect("the version reads well")
}

async fn migrated(database: &TestDatabase) -> Db {
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS))
        .await
        .expect("it does not panic")
        .expect("migrated");
    db
}

async fn versions(db: &Db) -> Vec<Policy> {
    let book = db.read(|conn| Ok::<_, DbError>(policies::book(conn)?)).await.expect("the book can be read");
    book.versions().to_vec()
}

#[actix_web::test]
async fn an_order_is_judged_by_the_version_in_force_when_it_was_placed() {
    let app = TestApp::spawn().await;
    // A preview: what comes back, how, and what of it the customer bears.
    let judged = async |order_no: &str, ordered_at: &str| {
        let mut order = order(order_no);
        order["ordDtm"] = json!(ordered_at);
        app.member.put(order);
        let cost = app.preview(&member(MEMBER), &request(order_no, "251", &[(1, 1)])).await;
        assert_eq!(cost.status, 200, "{}", cost.text);
        (cost.json["payInfo"]["rfdPrarAmt"].clone(), cost.json["bnfInfo"]["mlgRestoreAmt"].clone())
    };
    let contract = (json!(10_000), json!(0));
    let version_2 = (json!(16_334), json!(3_000));
    assert_eq!(judged("20260801O000021", "2099-01-01T00:00:00+09:00").await, contract);

    policies::add(&app.db, &Clock::system(), policy(&lenient(2, "2099-01-01T00:00:00+09:00")))
        .await
        .expect("it is new and for the future");
    // From its commit on, in the service that was running all the time.
    assert_eq!(judged("20260801O000022", "2026-08-01T10:00:00+09:00").await, contract);
    assert_eq!(judged("20260801O000023", "2098-12-31T23:59:59.999999+09:00").await, contract);
    assert_eq!(judged("20260801O000024", "2099-01-01T00:00:00+09:00").await, version_2);
    assert_eq!(judged("20260801O000025", "2099-06-01T00:00:00Z").await, version_2);
}

#[actix_web::test]
async fn a_version_is_kept_as_it_was_written() {
    let database = TestDatabase::new();
    let db = migrated(&database).await;
    assert_eq!(versions(&db).await, [Policy::CONTRACT]);
    let mut mixed = lenient(7, "2099-01-01T00:00:00.123456+09:00");
    mixed["customer"] = json!({"judgesDiscounts": true, "judgesGifts": false, "feeBearer": "30"});
    mixed["vendor"] = json!({"judgesDiscounts": false, "judgesGifts": true, "feeBearer": "10"});
    let later = policy(&lenient(3, "2100-01-01T00:00:00+09:00"));
    let mixed = policy(&mixed);
    for added in [&later, &mixed] {
        policies::add(&db, &Clock::system(), added.clone()).await.expect("it is new and for the future");
    }
    assert_eq!(versions(&db).await, [Policy::CONTRACT, mixed, later]);
}

#[actix_web::test]
async fn a_version_from_before_returns_judges_them_as_the_first_one_does() {
    let database = TestDatabase::new();
    let db = migrated(&database).await;
    let older = "INSERT INTO claim_policy (plcy_ver, str_dtm, cust_dc_jdg_yn, cust_gift_jdg_yn, cust_chrg_sub_cd, \
        entr_dc_jdg_yn, entr_gift_jdg_yn, entr_chrg_sub_cd, rfd_ord, reg_dtm) VALUES (2, '2026-08-01 00:00:00', \
        'Y', 'Y', '10', 'N', 'N', '20', 'ORDER,ADDITIONAL,DEPOSIT,MILEAGE', '2026-07-01 00:00:00')";
    let kept = db.write(move |conn| Ok::<_, DbError>(diesel::sql_query(older).execute(conn)?)).await;
    assert_eq!(kept.expect("it is a version"), 1);
    let judged: Vec<ReturnOutbound> =
        versions(&db).await.iter().map(|version| version.return_outbound).collect();
    assert_eq!(judged, [ReturnOutbound::Used, ReturnOutbound::Used]);
}

#[actix_web::test]
async fn a_version_reaches_back_to_no_order_and_takes_no_number_that_is_taken() {
    let database = TestDatabase::new();
    let db = migrated(&database).await;
    let clock = Clock::fixed("2026-09-01T00:00:00Z".parse().expect("a time"));
    for early in ["2026-08-31T23:59:59Z", "2026-09-01T00:00:00Z", "2026-09-01T00:00:59Z"] {
        let refusal = policies::add(&db, &clock, policy(&lenient(2, early))).await;
        assert!(matches!(refusal, Err(NotAdded::Fault(PolicyFault::InThePast(2)))), "{early}: {refusal:?}");
    }
    let added = policy(&lenient(2, "2026-09-01T00:01:00Z"));
    policies::add(&db, &clock, added.clone()).await.expect("a minute is notice enough");
    let again = policies::add(&db, &clock, policy(&lenient(2, "2027-01-01T00:00:00Z"))).await;
    assert!(matches!(again, Err(NotAdded::Fault(PolicyFault::VersionExists(2)))), "{again:?}");
    assert_eq!(versions(&db).await, [Policy::CONTRACT, added]);
}

#[actix_web::test]
async fn of_two_who_add_the_same_number_at_once_one_wins() {
    let database = TestDatabase::new();
    let (one, other) = (migrated(&database).await, database.open());
    let clock = Clock::system();
    for version in 2..12 {
        let early = policy(&lenient(version, "2099-01-01T00:00:00+09:00"));
        let late = policy(&lenient(version, "2099-02-01T00:00:00+09:00"));
        let (first, second) = tokio::join!(
            policies::add(&one, &clock, early.clone()),
            policies::add(&other, &clock, late.clone())
        );
        let (winner, refusal) = match (first, second) {
            (Ok(()), Err(refusal)) => (early, refusal),
            (Err(refusal), Ok(())) => (late, refusal),
            both => panic!("one of them wins: {both:?}"),
        };
        assert!(matches!(refusal, NotAdded::Fault(PolicyFault::VersionExists(_))), "{refusal:?}");
        let kept: Vec<Policy> =
            versions(&one).await.into_iter().filter(|kept| kept.version == version).collect();
        assert_eq!(kept, [winner]);
    }
}

/// The program itself, as an operator calls it.
fn claim_service(database: &TestDatabase, arguments: &[&str]) -> Output {
    let settings = database.settings();
    let mut command = Command::new(env!("CARGO_BIN_EXE_claim-service"));
    command
        .args(arguments)
        .env("CLAIM_DATABASE__URL", settings.url.expose_secret())
        .env("CLAIM_IDENTITY__SECRET", INTERNAL_SECRET)
        .env("CLAIM_SECRETS__DATA_KEY", DATA_KEY)
        .env("CLAIM_UPSTREAMS__MEMBER_URL", "http://127.0.0.1:1")
        .env("CLAIM_UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1")
        .env("CLAIM_UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1");
    if let Some(schema) = &settings.schema {
        command.env("CLAIM_DATABASE__SCHEMA", schema);
    }
    command.output().expect("the program was built")
}

fn said(output: &Output) -> (bool, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn an_operator_adds_a_version_and_sees_it() {
    let database = TestDatabase::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("policy.json");
    let file = file.to_str().expect("a path");
    let document = lenient(2, "2099-01-01T00:00:00+09:00");
    std::fs::write(file, document.to_string()).expect("written");

    let (is_done, text) = said(&claim_service(&database, &["policy", "add", file]));
    assert!(is_done, "{text}");
    assert_eq!(text, "policy version 2 judges the orders placed from 2099-01-01T00:00:00+09:00 on\n");
    let (is_done, text) = said(&claim_service(&database, &["policy", "list"]));
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(is_done && lines.len() == 2, "{text}");
    assert_eq!((&lines[0]["version"], &lines[1]), (&json!(1), &document));

    let (is_done, text) = said(&claim_service(&database, &["policy", "add", file]));
    assert_eq!((is_done, text.as_str()), (false, "claim-service: policy version 2 exists\n"));
}

#[test]
fn an_operator_is_told_what_is_wrong_and_nothing_is_kept() {
    let database = TestDatabase::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("policy.json");
    let file = path.to_str().expect("a path");
    let add = |text: &str| {
        std::fs::write(&path, text).expect("written");
        let (is_done, text) = said(&claim_service(&database, &["policy", "add", file]));
        assert!(!is_done, "{text}");
        text
    };
    let mut wrong = lenient(2, "tomorrow");
    wrong["vendor"]["feeBearer"] = json!("99");
    let text = add(&wrong.to_string());
    assert!(text.contains("`inForceFrom` must be") && text.contains("`vendor.feeBearer` must be"), "{text}");
    let text = add(&lenient(2, "2020-01-01T00:00:00Z").to_string());
    assert!(text.contains("policy version 2 would change how orders already placed are judged"), "{text}");
    assert!(add("{").contains("`$` is not JSON, see line 1"));
    assert!(add(&" ".repeat(70_000)).contains("can't be read"));
    let mistaken: [&[&str]; 4] =
        [&["policy"], &["policy", "add"], &["policy", "remove", "2"], &["policy", "list", "all"]];
    for arguments in mistaken {
        let (is_done, text) = said(&claim_service(&database, arguments));
        assert!(!is_done && text.contains("Usage: claim-service policy"), "{arguments:?}: {text}");
    }
    let (is_done, text) = said(&claim_service(&database, &["policy", "add", "/no/such/file"]));
    assert!(!is_done && text.starts_with("claim-service: "), "{text}");
    let (_, text) = said(&claim_service(&database, &["policy", "list"]));
    assert_eq!(text.lines().count(), 1, "{text}");
}
