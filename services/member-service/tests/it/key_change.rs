//! The data key changes: what the old one sealed stays readable, and orders of its time stay known.

use std::net::TcpListener;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commerce::OrderNo;
use db::{DbError, outbox};
use member_service::app::reseal;
use member_service::secrets::order_digest::OrderDigests;
use member_service::settings::Settings;
use member_service::store::PERSONAL_ARCHIVE;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use service_kit::sealer::{DataKey, DataKeys, SealError};
use test_kit::identity::{DATA_KEY, INTERNAL_SECRET, service};

use crate::app::{TestApp, settings};
use crate::orders::{INTAKE, MEMBER, ORDER, asking, order, sisters};

fn new_key() -> SecretString {
    STANDARD.encode([7_u8; 32]).into()
}

/// Settings of a process that seals with the new key, on the database of the app.
fn changed(app: &TestApp, previous: Option<&str>) -> Settings {
    let mut settings = settings(app.folder.path(), &app.database);
    settings.secrets.data_key = new_key();
    settings.secrets.previous_data_key = previous.map(SecretString::from);
    settings
}

async fn archived(app: &TestApp) -> String {
    let order_no = OrderNo::parse(ORDER).unwrap();
    app.write(move |conn| Ok(PERSONAL_ARCHIVE.find(conn, order_no.as_str())?)).await.unwrap()
}

#[tokio::test]
async fn what_the_old_key_sealed_is_sealed_anew_beside_a_running_service() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    app.withdraw(MEMBER).await;
    // A letter that is still on its way, put down by a process that seals with the old key.
    let old_letters = DataKey::from_base64(&DATA_KEY.into()).unwrap().sealer("outbox");
    let letter = old_letters.seal("noti:later", b"{}").unwrap();
    let later = app.clock.now() + chrono::TimeDelta::days(1);
    app.write(move |conn| {
        let message = outbox::NewMessage {
            key: "noti:later",
            topic: member_service::usecase::notify::TOPIC,
            payload: &letter,
            traceparent: None,
            not_before: later,
        };
        Ok::<_, DbError>(outbox::enqueue(conn, later, &message)?)
    })
    .await;

    let with_both = changed(&app, Some(DATA_KEY));
    assert_eq!(reseal(&with_both, &app.clock).await.unwrap(), 2, "an archived order and a letter");
    assert_eq!(reseal(&with_both, &app.clock).await.unwrap(), 0, "a second time there is nothing to do");

    let sealed = archived(&app).await;
    let alone = DataKey::from_base64(&new_key()).unwrap();
    let opened = alone.sealer("archive").open(ORDER, &sealed).unwrap();
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&opened).unwrap()["ordManNm"],
        order()["ordManNm"]
    );
    let old = DataKey::from_base64(&DATA_KEY.into()).unwrap().sealer("archive");
    assert_eq!(old.open(ORDER, &sealed).err(), Some(SealError::NotOpened));
    let letters = app
        .write(|conn| Ok(outbox::payloads_after(conn, member_service::usecase::notify::TOPIC, "", 10)?))
        .await;
    let (_, letter) = letters.iter().find(|(key, _)| key == "noti:later").unwrap();
    assert_eq!(alone.sealer("outbox").open("noti:later", letter).unwrap().as_slice(), b"{}");
}

#[tokio::test]
async fn without_the_old_key_nothing_is_touched_and_the_command_says_so() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    app.withdraw(MEMBER).await;
    let before = archived(&app).await;
    assert!(reseal(&changed(&app, None), &app.clock).await.is_err());
    assert_eq!(archived(&app).await, before);
}

#[tokio::test]
async fn an_order_of_the_old_keys_time_is_recognised_when_it_is_sent_again() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let data_keys = DataKeys::open(&settings(app.folder.path(), &app.database).secrets.data_keys()).unwrap();
    let kept = OrderDigests::key_to_keep(&data_keys).unwrap();
    let again = |settings: Settings| async {
        let clock = app.clock.clone();
        let application =
            member_service::app::build(settings, clock.clone(), test_kit::service::any_port()).await.unwrap();
        let other = test_kit::service::TestService::start(member_service::app::NAME, application, clock);
        other.post(INTAKE, &service("shop"), &json!({"orders": [order()]})).await
    };

    let while_it_changes = again(changed(&app, Some(DATA_KEY))).await;
    assert_eq!(
        *while_it_changes.payload(),
        json!({"created": 0, "unchanged": 1}),
        "{}",
        while_it_changes.text
    );
    let mut afterwards = changed(&app, None);
    afterwards.secrets.retired_digest_keys = Some(kept.expose_secret().into());
    let known = again(afterwards).await;
    assert_eq!(*known.payload(), json!({"created": 0, "unchanged": 1}), "{}", known.text);
    // Forgotten altogether, it is refused and nothing is doubled.
    assert_eq!(again(changed(&app, None)).await.code(), "ORDER_EXISTS");
}

#[test]
fn a_command_says_one_line_where_the_service_has_the_address_of_the_metrics() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_member-service"))
        .arg("digest-key")
        .envs([
            ("MEMBER_DATABASE__URL", "sqlite:///never-opened"),
            ("MEMBER_IDENTITY__SECRET", INTERNAL_SECRET),
            ("MEMBER_SECRETS__DATA_KEY", DATA_KEY),
            ("MEMBER_UPSTREAMS__CLAIM_URL", "http://127.0.0.1:1"),
            ("MEMBER_UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1"),
            ("MEMBER_UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1"),
            ("MEMBER_GUEST_TOKEN__KEY_FILE", "/never-opened.pem"),
            ("MEMBER_NOTIFICATION__SINK_FILE", "/never-opened.jsonl"),
        ])
        .env("MEMBER_TELEMETRY__METRICS_LISTEN", taken.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(STANDARD.decode(said.strip_suffix('\n').unwrap()).unwrap().len(), 32, "{said}");
}
