//! A member has left: what it is known by is found in the words of its claims, and kept apart as it was written.

use base64::Engine as _;
use claim_service::store::personal::REASON_ARCHIVE;
use contract::operations::claim::INTERNAL_MEMBERS_WITHDRAWAL;
use db::DbError;
use serde_json::{Value, json};
use service_kit::sealer::DataKey;
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{DATA_KEY, agent, member};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::member::{MEMBER, ORDER, plain_order};
use crate::quote::request;
use crate::stand_in::Mood;

const KNOWN: [&str; 5] = ["남궁길동", "010-1234-5678", "12345678", "gildong@example.com", "센텀중앙로 79"];
const WORDS: &str =
    "남궁길동입니다. 010-1234-5678, 01012345678, Gildong@example.com, 부산광역시 해운대구 센텀중앙로 79";
const MASKED: &str = "남**동입니다. 010-****-****, 010********, ****, 부산광역시 해운대구 ****";

fn known() -> Value {
    json!({"nmList": ["남궁길동"], "cellList": [{"cellTxnoNo": "1234", "cellEndNo": "5678"}],
        "emailList": ["gildong@example.com"],
        "addrList": [{"zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "2층"}]})
}

fn said(order_no: &str, words: &str) -> Value {
    with(request(order_no, "251", &[(1, 1)]), "claimRsnCntt", json!(words))
}

async fn withdraw(app: &TestApp) {
    let body = json!({"mbrNo": MEMBER});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn words(app: &TestApp, claim_no: &str) -> Value {
    app.details(&agent("cs1"), ORDER, claim_no).await.json["claimRsnCntt"].clone()
}

async fn assert_nothing_is_readable(app: &TestApp) {
    for row in all_rows(&app.db).await {
        assert!(KNOWN.iter().all(|known| !row.contains(known)), "still readable: {row}");
    }
    for file in app.database_files().iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).expect("a file of the database can be read");
        for known in KNOWN {
            let is_there = bytes.windows(known.len()).any(|window| window == known.as_bytes());
            assert!(!is_there, "`{known}` is still in {}", file.display());
        }
    }
}

#[actix_web::test]
async fn the_words_of_claims_are_masked_whenever_they_come_and_the_originals_are_sealed() {
    let app = TestApp::spawn().await;
    app.member.0.world().known = known();
    let before = claim_no_of(&app.cancel(&member(MEMBER), &said(ORDER, WORDS)).await);
    let plain = claim_no_of(&app.cancel(&member(MEMBER), &said(ORDER, "마음이 바뀌었어요")).await);
    withdraw(&app).await;
    app.until_outbox_is_empty().await;
    assert_eq!(
        (words(&app, &before).await, words(&app, &plain).await),
        (json!(MASKED), json!("마음이 바뀌었어요"))
    );

    let late = claim_no_of(&app.cancel(&agent("cs1"), &said(ORDER, WORDS)).await);
    app.until_outbox_is_empty().await;
    assert_eq!(words(&app, &late).await, MASKED);
    withdraw(&app).await;
    app.until_outbox_is_empty().await;
    assert_nothing_is_readable(&app).await;

    let sealed = app.db.read(|conn| Ok::<_, DbError>(REASON_ARCHIVE.page_after(conn, "", 10)?)).await;
    let sealed = sealed.expect("the archive can be read");
    assert_eq!(sealed.iter().map(|(claim_no, _)| claim_no.as_str()).collect::<Vec<_>>(), [&before, &late]);
    let sealer = DataKey::from_base64(&DATA_KEY.into()).expect("a key").sealer("claim-reason");
    for (claim_no, sealed) in &sealed {
        let original = sealer.open(claim_no.as_str(), sealed).expect("sealed for this claim");
        assert_eq!(std::str::from_utf8(&original), Ok(WORDS));
    }
    // Nothing else is there: not the text in another code.
    let coded = base64::engine::general_purpose::STANDARD.encode("남궁길동");
    assert!(all_rows(&app.db).await.iter().all(|row| !row.contains(&coded)));
    app.assert_books().await;
}

#[actix_web::test]
async fn with_member_service_down_they_are_masked_when_it_is_back() {
    let app = TestApp::spawn().await;
    app.member.0.world().known = known();
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &said(ORDER, WORDS)).await);
    app.until_outbox_is_empty().await;
    app.member.0.feels("personalValues", Mood::Down);
    withdraw(&app).await;
    app.until(|app| app.member.0.count_calls("personalValues") >= 3).await;
    for row in rows_of(&app.db, "outbox_message").await {
        assert!(KNOWN.iter().all(|known| !row.contains(known)), "an outbox row shows it: {row}");
    }
    app.member.0.recovers();
    app.until_outbox_is_empty().await;
    assert_eq!(words(&app, &claim_no).await, MASKED);
    assert_nothing_is_readable(&app).await;
}

#[actix_web::test]
async fn a_repeat_of_one_who_has_left_finds_its_claim_though_its_words_are_masked() {
    let house = House::new();
    house.member.0.world().known = known();
    let app = TestApp::spawn_in(house).await;
    app.member.put(plain_order("20260801O000070", &[(3, 10_000)], "10"));
    withdraw(&app).await;
    let asked = said("20260801O000070", WORDS);
    let claim_no = claim_no_of(&app.cancel_once(&agent("cs1"), &asked, "k1").await);
    app.until_outbox_is_empty().await;
    // The process died before it could keep its answer.
    app.db
        .write(|conn| {
            use diesel::RunQueryDsl as _;
            Ok::<_, DbError>(diesel::sql_query("DELETE FROM idempotency_key").execute(conn)?)
        })
        .await
        .expect("the keys are gone");
    assert_eq!(claim_no_of(&app.cancel_once(&agent("cs1"), &asked, "k1").await), claim_no);
    assert_eq!(rows_of(&app.db, "claim").await.len(), 1);
}
