use chrono::TimeDelta;
use commerce::MemberNo;
use diesel::prelude::*;
use member_service::clients::messenger::Messengers;
use member_service::settings::Profile;
use member_service::settings::notification::PhoneProvider;
use member_service::store::notification::mask_of_member;
use member_service::usecase::deliver_notification::{self, Delivery};
use platform::clock::Clock;
use serde_json::{Value, json};
use service_kit::sealer::DataKey;
use test_kit::TestDatabase;
use test_kit::identity::{DATA_KEY, agent, anonymous, guest, member, on_site};
use test_kit::service::any_port;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::app::{TestApp, eventually, settings};
use crate::guest_order::{ORDER_NO, PHONE, claimed};

const MEMBER: &str = "100001311";
const INTERNAL: &str = "/internal/notifications";
const INBOX: &str = "/v1/member/notifications";

/// A cancel is done: told on the phone, by e-mail and in the 알림함.
fn claim_completed(key: &str) -> Value {
    json!({
        "notiKey": key, "tmplCd": "CLAIM_COMPLETED", "chnlCds": ["10", "30", "40"], "siteNo": "1",
        "mbrNo": MEMBER, "ordNo": "20260801O000001",
        "receiver": {"name": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
                     "emailAddr": "gildong@example.com"},
        "variables": {"claimNm": "주문취소", "ordNo": "20260801O000001", "claimNo": key, "rfdAmt": "46,000"},
    })
}

/// Number, channel, state and times tried of all that was put down, in the order of the channels.
async fn states(app: &TestApp) -> Vec<(String, String, i32)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        chnl_cd: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        send_stat_cd: String,
        #[diesel(sql_type = diesel::sql_types::Integer)]
        try_cnt: i32,
    }
    let rows: Vec<Row> = app
        .write(|conn| {
            Ok(diesel::sql_query(
                "SELECT chnl_cd, send_stat_cd, try_cnt FROM notification ORDER BY noti_key, chnl_cd, noti_no",
            )
            .load(conn)?)
        })
        .await;
    rows.into_iter().map(|row| (row.chnl_cd, row.send_stat_cd, row.try_cnt)).collect()
}

/// Whether a first try has failed and the next one waits for its time.
async fn is_put_back(app: &TestApp) -> bool {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let counted = "SELECT count(*) AS count FROM outbox_message WHERE last_reason IS NOT NULL";
    let row: Row = app.write(move |conn| Ok(diesel::sql_query(counted).get_result(conn)?)).await;
    row.count == 1
}

fn state(channel: &str, status: &str, tries: i32) -> (String, String, i32) {
    (channel.to_owned(), status.to_owned(), tries)
}

#[tokio::test]
async fn an_event_is_told_once_per_channel_however_often_it_is_reported() {
    let app = TestApp::spawn().await;
    for _ in 0..3 {
        let answer =
            app.service.post_as_sister(INTERNAL, "claim-service", &claim_completed("20260901C000001")).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    }
    let mut sent = app.all_sent().await;
    sent.sort_by_key(|line| line["chnlCd"].to_string());
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!((&sent[0]["chnlCd"], &sent[0]["to"]), (&json!("10"), &json!("01012345678")));
    assert_eq!((&sent[1]["chnlCd"], &sent[1]["to"]), (&json!("30"), &json!("gildong@example.com")));
    assert_eq!(sent[0]["title"], "주문취소 처리가 완료되었습니다");
    assert!(sent[0]["body"].as_str().unwrap().contains("환불 금액: 46,000원"));
    assert_eq!(states(&app).await, [state("10", "20", 1), state("30", "20", 1), state("40", "20", 0)]);
}

#[tokio::test]
async fn only_sister_services_may_ask_to_notify() {
    let app = TestApp::spawn().await;
    for caller in [anonymous(), member(MEMBER), agent("agent-1"), test_kit::identity::service("shop")] {
        let answer = app.service.post(INTERNAL, &caller, &claim_completed("k")).await;
        assert_eq!(answer.status, 403);
    }
    assert_eq!(states(&app).await, []);
}

#[tokio::test]
async fn a_request_that_can_not_be_told_is_refused_with_its_fields() {
    let app = TestApp::spawn().await;
    let check = async |change: fn(&mut Value), fields: &[&str]| {
        let mut body = claim_completed("k");
        change(&mut body);
        let answer = app.service.post_as_sister(INTERNAL, "claim-service", &body).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{body}");
        assert_eq!(answer.fields(), fields, "{body}");
    };
    check(|body| body["tmplCd"] = json!("NOPE"), &["tmplCd"]).await;
    check(|body| body["chnlCds"] = json!([]), &["chnlCds"]).await;
    check(|body| body["chnlCds"] = json!(["10", "99"]), &["chnlCds[1]"]).await;
    check(|body| body["notiKey"] = json!(""), &["notiKey"]).await;
    check(|body| body["mbrNo"] = Value::Null, &["mbrNo"]).await;
    check(
        |body| body["variables"] = json!({"claimNm": "주문취소", "ordNo": "1", "claimNo": "2"}),
        &["variables.rfdAmt"],
    )
    .await;
    check(
        |body| {
            body["tmplCd"] = json!("GUEST_TEMP_PASSWORD");
            body["variables"] = json!({"ordNo": "1", "ordPwd": "2"});
        },
        &["chnlCds[1]", "chnlCds[2]"],
    )
    .await;
    assert_eq!(states(&app).await, []);
}

#[tokio::test]
async fn what_the_sender_does_not_know_comes_from_the_order() {
    let app = TestApp::spawn().await.with_guest_order().await;
    let mut body = claim_completed("k");
    body["mbrNo"] = Value::Null;
    body["ordNo"] = json!(ORDER_NO);
    body["chnlCds"] = json!(["10", "30"]);
    body.as_object_mut().unwrap().remove("receiver");
    assert_eq!(app.service.post_as_sister(INTERNAL, "claim-service", &body).await.status, 200);
    let sent = app.all_sent().await;
    let to: Vec<&Value> = sent.iter().map(|line| &line["to"]).collect();
    assert!(to.contains(&&json!(PHONE)) && to.contains(&&json!("guest@example.com")), "{to:?}");

    // Nobody knows where: it is put down as failed, and nothing is sent.
    body["notiKey"] = json!("k2");
    body["ordNo"] = json!("20260802O000003");
    assert_eq!(app.service.post_as_sister(INTERNAL, "claim-service", &body).await.status, 200);
    assert_eq!(app.all_sent().await.len(), 2);
    assert_eq!(states(&app).await[2..], [state("10", "30", 0), state("30", "30", 0)]);
}

#[tokio::test]
async fn a_member_reads_its_own_inbox_newest_first() {
    let app = TestApp::spawn().await;
    for key in ["k1", "k2", "k3"] {
        app.service.post_as_sister(INTERNAL, "claim-service", &claim_completed(key)).await;
        app.clock.advance(TimeDelta::seconds(1));
    }
    let page = app.service.get(&format!("{INBOX}?pageNo=1&pageSize=2"), &member(MEMBER)).await;
    assert_eq!((page.status, page.code()), (200, "0000"));
    let payload = page.payload();
    assert_eq!(payload["totalCount"], 3);
    let list = payload["list"].as_array().unwrap();
    assert_eq!(list.len(), 2);
    assert!(list[0]["body"].as_str().unwrap().contains("k3"));
    assert!(list[1]["body"].as_str().unwrap().contains("k2"));
    let mut fields: Vec<&String> = list[0].as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["body", "chnlCd", "notiNo", "sendDtm", "sendStatCd", "title", "tmplCd"]);
    assert_eq!((&list[0]["chnlCd"], &list[0]["sendStatCd"]), (&json!("40"), &json!("20")));
    assert_eq!(list[0]["sendDtm"], "2026-09-01T12:00:02+09:00");

    let second = app.service.get(&format!("{INBOX}?pageNo=2&pageSize=2"), &member(MEMBER)).await;
    assert_eq!(second.payload()["list"].as_array().unwrap().len(), 1);
    let far = app.service.get(&format!("{INBOX}?pageNo=9000000000000000000"), &member(MEMBER)).await;
    assert_eq!((far.status, &far.payload()["list"]), (200, &json!([])));
}

#[tokio::test]
async fn an_inbox_is_nobody_elses() {
    let app = TestApp::spawn().await;
    app.service.post_as_sister(INTERNAL, "claim-service", &claim_completed("k1")).await;
    for caller in [member("100001312"), on_site(member(MEMBER), "2")] {
        let answer = app.service.get(INBOX, &caller).await;
        assert_eq!((answer.status, &answer.payload()["totalCount"]), (200, &json!(0)));
    }
    for caller in [anonymous(), guest(ORDER_NO)] {
        assert_eq!(app.service.get(INBOX, &caller).await.status, 403);
    }
    for (query, field) in [("pageNo=0", "pageNo"), ("pageSize=101", "pageSize"), ("pageNo=x", "pageNo")] {
        let answer = app.service.get(&format!("{INBOX}?{query}"), &member(MEMBER)).await;
        assert_eq!((answer.code(), answer.fields()), ("VALIDATION", vec![field]));
    }
}

#[tokio::test]
async fn a_withdrawn_members_notifications_are_masked_and_called_off() {
    let provider = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(503)).mount(&provider).await;
    let app = with_solapi(&provider).await;
    app.service.post_as_sister(INTERNAL, "claim-service", &claim_completed("k1")).await;
    eventually(async || is_put_back(&app).await).await;

    let member_no = MemberNo::parse(MEMBER).unwrap();
    let again = member_no.clone();
    assert_eq!(app.write(move |conn| Ok(mask_of_member(conn, &member_no)?)).await, 3);
    assert_eq!(
        app.write(move |conn| Ok(mask_of_member(conn, &again)?)).await,
        0,
        "a second time changes nothing"
    );

    let answer = app.service.get(INBOX, &member(MEMBER)).await;
    let row = &answer.payload()["list"][0];
    assert_eq!((&row["title"], &row["body"]), (&json!("****"), &json!("****")));
    app.clock.advance(TimeDelta::minutes(10));
    app.all_sent().await;
    let alimtalk = &states(&app).await[0];
    assert_eq!((alimtalk.0.as_str(), alimtalk.1.as_str()), ("10", "30"));

    // What comes after the withdrawal is not even put down.
    app.write(|conn| {
        Ok(diesel::sql_query(format!(
            "UPDATE ord_mbr SET wthd_dtm = '2026-09-01 00:00:00' WHERE mbr_no = '{MEMBER}'"
        ))
        .execute(conn)?)
    })
    .await;
    let answer = app.service.post_as_sister(INTERNAL, "claim-service", &claim_completed("k2")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(states(&app).await.len(), 3);
}

/// 알림톡 goes to the given provider; SMS and e-mail stay local.
async fn with_solapi(provider: &MockServer) -> TestApp {
    let base_url = provider.uri();
    TestApp::spawn_with(move |settings| {
        settings.notification.alimtalk.provider = PhoneProvider::Solapi;
        settings.notification.solapi.base_url = base_url;
        settings.notification.solapi.api_key = "KEY".to_owned();
        settings.notification.solapi.api_secret = "SECRET".into();
        settings.notification.solapi.from = "0212345678".to_owned();
        settings.notification.solapi.pf_id = "PF1".to_owned();
        settings.outbox.poll_ms = 20;
    })
    .await
}

#[tokio::test]
async fn an_alimtalk_refused_for_good_goes_as_an_sms() {
    let provider = MockServer::start().await;
    let refusal = ResponseTemplate::new(400).set_body_json(json!({"errorCode": "NotKakaoUser"}));
    Mock::given(method("POST")).respond_with(refusal).expect(1).mount(&provider).await;
    let app = with_solapi(&provider).await.with_guest_order().await;
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);

    let sent = app.all_sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!((&sent[0]["chnlCd"], &sent[0]["to"]), (&json!("20"), &json!(PHONE)));
    let password = crate::guest_order::password_in(&sent[0]);
    assert_eq!(app.log_in(ORDER_NO, &password).await.status, 200);
    assert_eq!(states(&app).await, [state("10", "30", 1), state("20", "20", 1)]);
}

#[tokio::test]
async fn a_provider_in_trouble_is_asked_again_under_the_same_id() {
    let provider = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(2)
        .mount(&provider)
        .await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"statusCode": "2000"})))
        .mount(&provider)
        .await;
    let app = with_solapi(&provider).await.with_guest_order().await;
    assert_eq!(app.ask_password(&claimed(ORDER_NO)).await.status, 200);
    eventually(async || {
        app.clock.advance(TimeDelta::seconds(10));
        states(&app).await[0].1 == "20"
    })
    .await;
    assert_eq!(states(&app).await, [state("10", "20", 3)]);
    let requests = provider.received_requests().await.unwrap();
    let ids: Vec<_> = requests.iter().map(|request| request.headers["idempotency-key"].clone()).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn a_message_that_could_not_be_sent_for_a_day_has_failed() {
    let provider = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(503)).mount(&provider).await;
    let app = with_solapi(&provider).await;
    let mut body = claim_completed("k1");
    body["chnlCds"] = json!(["10"]);
    app.service.post_as_sister(INTERNAL, "claim-service", &body).await;
    eventually(async || is_put_back(&app).await).await;
    app.clock.advance(TimeDelta::hours(24) + TimeDelta::seconds(1));
    let sent = app.all_sent().await;
    assert_eq!(sent.len(), 1, "an SMS goes in its place");
    assert_eq!(states(&app).await, [state("10", "30", 2), state("20", "20", 1)]);
}

#[tokio::test]
async fn a_crash_after_sending_does_not_send_again() {
    // The service's own worker takes nothing, so that this test can be the worker that dies.
    let app = TestApp::spawn_with(|settings| settings.outbox.parallel = 0).await;
    let mut body = claim_completed("k1");
    body["chnlCds"] = json!(["10"]);
    app.service.post_as_sister(INTERNAL, "claim-service", &body).await;
    let (key, payload) = waiting_letter(&app).await;
    assert!(!payload.contains("01012345678") && !payload.contains("46,000"), "it waits sealed");

    let settings = settings(app.folder.path(), &app.database);
    let delivery = Delivery {
        db: app.db.clone(),
        clock: app.clock.clone(),
        sealer: DataKey::from_base64(&DATA_KEY.into()).unwrap().sealer("outbox"),
        messengers: Messengers::from_settings(&settings.notification, false, &app.clock).unwrap(),
        keep_trying: TimeDelta::hours(24),
    };
    let begin = async || {
        let key = key.clone();
        app.write(move |conn| Ok(deliver_notification::begin(conn, &[&key])?)).await
    };
    assert_eq!(begin().await, [""; 0]);
    delivery.deliver(&key, &payload, 1).await.unwrap();
    // The process dies before it can put down that the message has left: the next one tries again, and says so.
    assert_eq!(begin().await, [""; 0]);
    delivery.deliver(&key, &payload, 2).await.unwrap();
    let sent = key.clone();
    let now = app.clock.now();
    app.write(move |conn| Ok(deliver_notification::finish(conn, &[&sent], now)?)).await;
    assert_eq!(begin().await, std::slice::from_ref(&key), "it asks for nothing any more");
    assert_eq!(app.sent().len(), 1);
    assert_eq!(states(&app).await, [state("10", "20", 2)]);
    assert!(
        delivery.deliver("noti:another", &payload, 1).await.is_err(),
        "a letter opens only under its own key"
    );
}

/// Key and payload of the one message in the outbox.
async fn waiting_letter(app: &TestApp) -> (String, String) {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        message_key: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        payload: String,
    }
    let row: Row = app
        .write(|conn| {
            Ok(diesel::sql_query("SELECT message_key, payload FROM outbox_message").get_result(conn)?)
        })
        .await;
    (row.message_key, row.payload)
}

#[tokio::test]
async fn a_production_profile_does_not_start_with_the_local_provider() {
    let (folder, database) = (tempfile::tempdir().unwrap(), TestDatabase::new());
    let mut settings = settings(folder.path(), &database);
    settings.profile = Profile::Production;
    let error = member_service::app::build(settings, Clock::system(), any_port()).await.err().unwrap();
    assert!(error.to_string().contains("notification.alimtalk.provider"), "{error}");
}
