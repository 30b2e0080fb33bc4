use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::tests::letter;
use super::*;

const SECRET: &str = "a-secret-of-the-provider";

fn setup(base_url: &str) -> Result<Solapi, SetupError> {
    let settings = SolapiSettings {
        base_url: base_url.to_owned(),
        api_key: "KEY".to_owned(),
        api_secret: SECRET.into(),
        from: "0212345678".to_owned(),
        pf_id: "PF1".to_owned(),
        timeout_ms: 300,
        template_ids: HashMap::from([("GUEST_TEMP_PASSWORD".to_owned(), "KA01TP1".to_owned())]),
    };
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    Solapi::new(&settings, clock)
}

fn provider(base_url: &str) -> Solapi {
    setup(base_url).expect("these settings are whole")
}

#[tokio::test]
async fn phone_numbers_and_letters_go_over_tls_only() {
    for (base_url, is_good) in [
        ("https://api.solapi.com", true),
        ("http://127.0.0.1:9999", true),
        ("http://api.solapi.com", false),
        ("ftp://api.solapi.com", false),
        ("api.solapi.com", false),
    ] {
        let refusal = setup(base_url).err().map(|error| error.to_string());
        assert_eq!(refusal.is_none(), is_good, "{base_url}: {refusal:?}");
        assert!(refusal.is_none_or(|text| text.contains("solapi.base_url")), "{base_url}");
    }
}

async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path(SEND_PATH)).respond_with(response).mount(&server).await;
    server
}

async fn sent(response: ResponseTemplate) -> Result<(), SendFailure> {
    let server = answering(response).await;
    provider(&server.uri()).send(&letter(Channel::Alimtalk, "01012345678"), Attempt::First).await
}

#[tokio::test]
async fn an_alimtalk_names_its_template_its_values_and_its_id_and_is_signed() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(SEND_PATH))
        .and(header("content-type", "application/json"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"statusCode": "2000", "messageId": "M4V"})),
        )
        .expect(1)
        .mount(&server)
        .await;
    let letter = letter(Channel::Alimtalk, "01012345678");
    provider(&server.uri()).send(&letter, Attempt::First).await.expect("it is taken");

    let requests = server.received_requests().await.expect("requests are recorded");
    let request = requests.first().expect("there is one");
    let body: Value = request.body_json().expect("JSON");
    assert_eq!(
        body,
        json!({"message": {
            "to": "01012345678", "from": "0212345678", "text": letter.body, "type": "ATA",
            "kakaoOptions": {"pfId": "PF1", "templateId": "KA01TP1", "disableSms": true,
                             "variables": {"#{ordPwd}": "Abcd234567"}},
            "customFields": {"messageId": letter.message_id},
        }})
    );
    assert_eq!(request.headers.get("idempotency-key").expect("the id"), letter.message_id.as_str());

    let authorization = request.headers.get("authorization").expect("it is signed").to_str().expect("text");
    let fields: HashMap<&str, &str> = authorization
        .strip_prefix("HMAC-SHA256 ")
        .expect("the scheme")
        .split(", ")
        .filter_map(|field| field.split_once('='))
        .collect();
    assert_eq!(fields["apiKey"], "KEY");
    assert_eq!(fields["date"], "2026-09-21T14:13:20.000Z");
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let signature = hex::decode(fields["signature"]).expect("hexadecimal");
    hmac::verify(&key, format!("{}{}", fields["date"], fields["salt"]).as_bytes(), &signature)
        .expect("our signature");
}

#[tokio::test]
async fn a_text_too_long_for_an_sms_goes_as_a_long_one_with_its_title() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({"statusCode": "2000"}))).await;
    let provider = provider(&server.uri());
    let short = letter(Channel::Sms, "01012345678");
    let long = Letter { body: "가".repeat(46), ..short.clone() };
    provider.send(&short, Attempt::First).await.expect("it is taken");
    provider.send(&long, Attempt::First).await.expect("it is taken");
    let bodies: Vec<Value> = server
        .received_requests()
        .await
        .expect("requests are recorded")
        .iter()
        .map(|request| request.body_json().expect("JSON"))
        .collect();
    assert_eq!(bodies[0]["message"]["type"], "SMS");
    assert_eq!(bodies[0]["message"].get("kakaoOptions"), None);
    assert_eq!(bodies[1]["message"]["type"], "LMS");
    assert_eq!(bodies[1]["message"]["subject"], "임시 비밀번호 안내");
}

#[tokio::test]
async fn a_bad_number_is_refused_for_good() {
    let refusal = ResponseTemplate::new(400)
        .set_body_json(json!({"errorCode": "ValidationError", "errorMessage": "01012345678 is wrong"}));
    assert_eq!(sent(refusal).await, Err(SendFailure::Refused("400 ValidationError".to_owned())));
    let taken_but_refused = ResponseTemplate::new(200).set_body_json(json!({"statusCode": "1062"}));
    assert_eq!(sent(taken_but_refused).await, Err(SendFailure::Refused("200 1062".to_owned())));
}

#[tokio::test]
async fn a_wrong_key_is_ours_to_mend_and_not_the_messages_fault() {
    let refusal = ResponseTemplate::new(403).set_body_json(json!({"errorCode": "InvalidAPIKey"}));
    assert_eq!(sent(refusal).await, Err(SendFailure::NeedsAttention("403 InvalidAPIKey".to_owned())));
}

#[tokio::test]
async fn a_provider_in_trouble_is_asked_again() {
    for status in [429, 500, 502, 503] {
        let result = sent(ResponseTemplate::new(status)).await;
        assert_eq!(result, Err(SendFailure::TryAgain(status.to_string())));
    }
}

#[tokio::test]
async fn a_timeout_is_unknown_and_the_repeat_carries_the_same_id() {
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
    let server = answering(slow).await;
    let provider = provider(&server.uri());
    let letter = letter(Channel::Sms, "01012345678");
    for attempt in [Attempt::First, Attempt::Repeat] {
        let result = provider.send(&letter, attempt).await;
        assert_eq!(result, Err(SendFailure::TryAgain("no answer in time".to_owned())));
    }
    let requests = server.received_requests().await.expect("requests are recorded");
    let ids: Vec<_> =
        requests.iter().map(|request| request.headers.get("idempotency-key").cloned()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn nobody_listening_is_tried_again() {
    let result =
        provider("http://127.0.0.1:1").send(&letter(Channel::Sms, "01012345678"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::TryAgain("no connection".to_owned())));
}

#[test]
fn missing_settings_are_named() {
    let error = Solapi::new(&SolapiSettings::default(), Clock::system()).err().expect("nothing is set");
    assert_eq!(error.to_string(), "`notification.solapi.api_key` is missing");
}
