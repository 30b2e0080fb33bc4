//! The data key changes: refund accounts stay readable for who hands out the refund.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use claim_service::secrets::Secrets;
use claim_service::store::personal::ACCOUNT_ARCHIVE;
use claim_service::store::personal::refund_account::SealedAccounts;
use claim_service::usecase::personal::reseal::reseal;
use commerce::ClaimNo;
use contract::operations::claim::INTERNAL_MEMBERS_WITHDRAWAL;
use db::DbError;
use serde_json::json;
use service_kit::personal::reseal::SealedTexts as _;
use test_kit::dump::rows_of;
use test_kit::identity::{DATA_KEY, member};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::member::{MEMBER, plain_order};
use crate::quote::request;
use crate::till::Till;

const ACCOUNT_ORDER: &str = "20260801O000061";

fn secrets(app: &TestApp, previous: Option<&str>) -> Secrets {
    let mut settings = app.settings();
    settings.secrets.data_key = STANDARD.encode([7_u8; 32]).into();
    settings.secrets.previous_data_key = previous.map(Into::into);
    Secrets::open(&settings).expect("both are keys")
}

#[actix_web::test]
async fn accounts_in_use_and_archived_are_sealed_anew_beside_a_running_service() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__ANSWER_DEADLINE_MS", "200")).await;
    app.member.put(plain_order(ACCOUNT_ORDER, &[(3, 10_000)], "30"));
    app.refunds.set(Till::Refuses);
    let account = json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"});
    let asked = with(request(ACCOUNT_ORDER, "251", &[(1, 1)]), "rfdAcct", account);
    app.member.0.world().known = json!({"nmList": ["남궁길동"]});
    let asked = with(asked, "claimRsnCntt", json!("남궁길동입니다"));
    let open = claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    app.until(|app| !app.refunds.book().attempts.is_empty()).await;
    let left = json!({"mbrNo": MEMBER});
    app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &left).await;
    let archived = async || rows_of(&app.db, "reason_archive").await.len();
    while archived().await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }

    let with_both = secrets(&app, Some(DATA_KEY));
    let sealed_anew = async |secrets: &Secrets| reseal(&app.db, secrets).await;
    assert!(sealed_anew(&secrets(&app, None)).await.is_err(), "without the old key nothing can be opened");
    assert_eq!(
        sealed_anew(&with_both).await.expect("sealed"),
        3,
        "one that a refund needs, its copy apart, and a reason"
    );
    assert_eq!(sealed_anew(&with_both).await.expect("sealed"), 0);

    let alone = secrets(&app, None);
    let claim_no = ClaimNo::parse(&open).expect("a number");
    let rows = app
        .db
        .read(|conn| {
            let mut rows = SealedAccounts.page_after(conn, "", 10)?;
            rows.extend(ACCOUNT_ARCHIVE.page_after(conn, "", 10)?);
            Ok::<_, DbError>(rows)
        })
        .await
        .expect("read");
    assert_eq!(rows.len(), 2);
    for (of, sealed) in rows {
        assert_eq!(of, claim_no.as_str());
        let account = alone.open_account(&claim_no, &sealed).expect("the new key opens it");
        assert_eq!(account.account_no, "110-234-567890");
    }
}
