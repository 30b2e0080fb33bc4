//! What of an inquiry goes with its member, and what goes with time.

use std::collections::HashMap;

use cs_inquiry_service::app::purge_once;
use cs_inquiry_service::settings::{DEFAULTS, PREFIX, Settings};
use cs_inquiry_service::usecase::purge::Purged;
use local_stack::environment::Process;
use platform::clock::Clock;
use platform::config::load_from;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::{all_rows, phone_forms};
use test_kit::service::read;

use super::house::{House, MEMBER, Multipart, assert_refused, number, photo};
use crate::wait::until;

const PHONE: [&str; 2] = ["7391", "8264"];
const EMAIL: &str = "very-secret@example.com";

fn contact() -> Value {
    json!({"smsNotiYn": "Y", "cellSctNo": "010", "cellTxnoNo": PHONE[0], "cellEndNo": PHONE[1], "emailAddr": EMAIL})
}

/// What of it stands in the service's tables.
async fn readable(house: &House) -> Vec<String> {
    let secrets = [phone_forms(PHONE[0], PHONE[1]), vec![EMAIL.to_owned()]].concat();
    let mut rows = all_rows(&house.stack.database(Process::Inquiry).open()).await;
    rows.retain(|row| secrets.iter().any(|secret| row.contains(secret)));
    rows
}

#[actix_web::test]
async fn a_withdrawal_masks_phone_and_e_mail_of_the_members_inquiries() {
    let house = House::open().await;
    let mut body = contact();
    body["cnslTypNo"] = json!("9090");
    body["title"] = json!("제목");
    body["accpCont"] = json!("내용");
    let save = async || {
        let request = house.customer(Method::POST, "questionSave", &house.member);
        read(request.header("Idempotency-Key", "first").json(&body)).await
    };
    let before = number(&save().await);
    assert!(!readable(&house).await.is_empty(), "they are there to begin with");
    let withdrawal = json!({"mbrNo": MEMBER});
    let path = "/api/order/v1/member/withdrawalMemberOrderInfo";
    assert_eq!(house.shop.post(path, &house.member, &withdrawal).await.status, 200);
    until("member-service has said so", async || house.desk_detail(&before).await["emailAddr"] == "****")
        .await;
    let later = house.written(&contact()).await;
    for ccn_no in [&before, &later] {
        let shown = house.desk_detail(ccn_no).await;
        assert_eq!(
            json!([shown["cellSctNo"], shown["cellTxnoNo"], shown["cellEndNo"], shown["emailAddr"]]),
            json!(["010", "****", "****", "****"])
        );
    }
    assert_refused(&save().await, 900, "IDEMPOTENCY_KEY_REUSED");
    let answer = json!({"ccnNo": before, "ansCont": "네."});
    assert_eq!(house.desk("saveAnswer", &house.agent, &answer).await.status, 200);
    house.at_rest().await;
    assert!(house.sms_sent().is_empty(), "nobody can be reached any more");
    assert_eq!(readable(&house).await, [""; 0]);
}

#[actix_web::test]
async fn the_purge_removes_inquiries_past_their_time_with_their_files() {
    let house = House::open().await;
    let old = number(&house.upload(&Multipart::inquiry().file("a.jpg", "image/jpeg", &photo(3_000))).await);
    assert_eq!(house.stored_files().len(), 1);
    house.desk_detail(&old).await;

    let mut settings = settings(&house);
    let purged = purge_once(&settings, &Clock::system()).await.expect("the purge runs beside the service");
    assert_eq!(purged, Purged::default(), "all of it is young");
    settings.inquiry.retention_years = 0;
    settings.inquiry.access_record_years = 0;
    let purged = purge_once(&settings, &Clock::system()).await.expect("the purge runs beside the service");
    assert_eq!(purged, Purged { inquiries: 1, files: 1, access_records: 1, drafts: 0 });
    assert_refused(&house.detail(&old, &house.member).await, 403, "FORBIDDEN");
    let list = house.desk_get("getIntegratedCounselList", &house.agent).await;
    assert_eq!(list.json, json!({"totalCount": 0, "payloads": []}));
    until("the file is gone", async || house.stored_files().is_empty()).await;
    let young = house.written(&json!({})).await;
    assert_ne!(young, old, "a number is never given to another inquiry");
}

/// Those of the running service, as far as a purge needs them.
fn settings(house: &House) -> Settings {
    let variables = HashMap::from([
        ("CS_INQUIRY_DATABASE__URL".to_owned(), "sqlite://replaced-below".to_owned()),
        ("CS_INQUIRY_IDENTITY__SECRET".to_owned(), "a purge signs nothing, but it reads this".to_owned()),
        ("CS_INQUIRY_UPSTREAMS__MEMBER_URL".to_owned(), house.stack.url(Process::Member)),
        ("CS_INQUIRY_UPSTREAMS__CLAIM_URL".to_owned(), house.stack.url(Process::Claim)),
    ]);
    let mut settings: Settings = load_from(PREFIX, DEFAULTS, variables).expect("these settings are complete");
    settings.database = house.stack.database(Process::Inquiry).settings();
    settings
}
