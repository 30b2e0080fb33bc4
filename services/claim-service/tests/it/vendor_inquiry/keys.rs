//! 협력사 키: issued, two at a time, revoked.

use std::process::{Command, Output};

use claim_service::commands::vendor_key::{CommandError, VendorKeyCommand, run};
use claim_service::settings::Settings;
use platform::clock::Clock;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use test_kit::dump::rows_of;
use test_kit::identity::anonymous;
use test_kit::service::{TestAnswer, read};

use super::{OTHER_VENDOR, VENDOR, ask, by_order, inquiry, key_of, result};
use crate::app::TestApp;
use crate::member::ORDER;
use contract::operations::claim::SSG_INQUIRY;

fn list_of(vendor_no: &str) -> VendorKeyCommand {
    VendorKeyCommand::List { vendor_no: vendor_no.to_owned() }
}

fn revoke(id: &str) -> VendorKeyCommand {
    VendorKeyCommand::Revoke { id: id.to_owned() }
}

#[track_caller]
fn check_refused(answer: &TestAnswer) {
    assert_eq!((answer.status, result(answer).0), (401, "40"), "{}", answer.text);
    assert_eq!(answer.json["result"]["resultMessage"], "unauthorized");
    assert!(result(answer).1.contains("인증키"));
}

#[actix_web::test]
async fn a_key_opens_until_it_is_revoked_and_another_one_stays() {
    let app = TestApp::spawn().await;
    let settings: Settings = app.settings();
    let clock = Clock::system();
    let issue = || run(&settings, &clock, VendorKeyCommand::Issue { vendor_no: VENDOR.to_owned() });
    let (first, second) = (issue().await.expect("issued"), issue().await.expect("issued"));
    assert!(first.output.len() == 64 && first.output.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_ne!(first.output, second.output);
    for key in [&first.output, &second.output] {
        assert_eq!(result(&ask(&app, key, by_order(ORDER)).await).0, "00");
    }
    let list = run(&settings, &clock, list_of(VENDOR)).await.expect("listed").output;
    let ids: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(ids.len() == 2 && !list.contains(&first.output) && !list.contains("revoked"), "{list}");
    assert!(first.note.contains(ids[0]), "{}", first.note);

    run(&settings, &clock, revoke(ids[0])).await.expect("revoked");
    check_refused(&ask(&app, &first.output, by_order(ORDER)).await);
    assert_eq!(result(&ask(&app, &second.output, by_order(ORDER)).await).0, "00");
    let again = run(&settings, &clock, revoke(ids[0])).await;
    assert!(matches!(again, Err(CommandError::NoSuchKey(_))), "{again:?}");
    let list = run(&settings, &clock, list_of(VENDOR)).await.expect("listed").output;
    assert_eq!(list.lines().filter(|line| line.contains("revoked")).count(), 1);
    assert_eq!(run(&settings, &clock, list_of(OTHER_VENDOR)).await.expect("listed").output, "");
}

#[actix_web::test]
async fn only_a_hash_of_a_key_is_kept() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let rows = rows_of(&app.db, "vendor_key").await;
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].contains(&key));
}

#[actix_web::test]
async fn a_key_stands_alone_and_once_in_its_header() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let mut flipped = key.clone();
    flipped.replace_range(0..1, if key.starts_with('0') { "1" } else { "0" });
    let bad = [
        format!("Bearer {key}"),
        format!("bearer {key}"),
        format!("Basic {key}"),
        key.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A"),
        format!("{key}0"),
        key[1..].to_owned(),
        flipped,
        "x".repeat(5_000),
        "' OR 1=1 --".to_owned(),
        String::new(),
    ];
    for header in bad {
        check_refused(&ask(&app, &header, by_order(ORDER)).await);
    }
    let without = app.service.request(Method::POST, SSG_INQUIRY.path, &anonymous());
    check_refused(&read(without.json(&serde_json::json!({"request": {}}))).await);
    let twice = inquiry(&app, &key).header("Authorization", key.as_str());
    check_refused(&read(twice.json(&serde_json::json!({"request": {}}))).await);
}

#[actix_web::test]
async fn a_bad_key_is_refused_in_the_form_that_is_asked_for() {
    let app = TestApp::spawn().await;
    let in_xml = inquiry(&app, "nobody's").header("Content-Type", "application/xml").body("<request/>");
    let answer = read(in_xml).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.headers["content-type"], "application/xml");
    assert!(answer.text.contains("<result><resultCode>40</resultCode>"), "{}", answer.text);
    let json_in_xml_out = inquiry(&app, "nobody's").header("Accept", "application/xml");
    let answer = read(json_in_xml_out.json(&serde_json::json!({}))).await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().ok()), (401, Some("application/xml")));
    // The key comes before the body: what a stranger sends is not read.
    let answer = read(inquiry(&app, "nobody's").header("Content-Type", "application/json").body("{")).await;
    check_refused(&answer);
}

#[actix_web::test]
async fn the_program_prints_a_fresh_key_and_nothing_else() {
    let app = TestApp::spawn().await;
    let settings = app.settings();
    let program = |words: &[&str]| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claim-service"));
        command
            .args(words)
            .env("CLAIM_DATABASE__URL", settings.database.url.expose_secret())
            .env("CLAIM_IDENTITY__SECRET", settings.identity.secret.expose_secret())
            .env("CLAIM_SECRETS__DATA_KEY", test_kit::identity::DATA_KEY)
            .env("CLAIM_UPSTREAMS__MEMBER_URL", "http://127.0.0.1:1")
            .env("CLAIM_UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1")
            .env("CLAIM_UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1");
        if let Some(schema) = &settings.database.schema {
            command.env("CLAIM_DATABASE__SCHEMA", schema);
        }
        command.output().expect("the program runs")
    };
    let issued = program(&["vendor-key", "issue", VENDOR]);
    let said = String::from_utf8_lossy(&issued.stderr).into_owned();
    assert!(issued.status.success(), "{said}");
    let key = String::from_utf8(issued.stdout).expect("a key is text");
    let key = key.strip_suffix('\n').expect("one line");
    assert_eq!((key.len(), said.contains(key)), (64, false));
    assert_eq!(result(&ask(&app, key, by_order(ORDER)).await).0, "00");
    for words in
        [&["vendor-key"][..], &["vendor-key", "issue", " "], &["vendor-key", "revoke", "x"], &["serve"]]
    {
        let refused = program(words);
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{words:?}");
    }
}
