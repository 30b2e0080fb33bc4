//! The house, with a person in every personal field, and a withdrawal.

use std::io::Read as _;

use platform::telemetry::{self, LogFormat, LogSettings, TelemetrySettings};
use reqwest::Method;
use serde_json::json;
use stories::{Options, Stack, order};

/// Names the collector; without it there is no parent, and nothing to do.
pub(crate) const COLLECTOR: &str = "HOUSE_COLLECTOR";
/// Said once every request is answered.
pub(crate) const READY: &str = "HOUSE READY";
/// The trace and the span the caller of the withdrawal was in.
pub(crate) const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
pub(crate) const CALLERS_SPAN: &str = "00f067aa0ba902b7";
/// The trace the caller of the cancel was in.
pub(crate) const CANCELS_TRACE_ID: &str = "7d2f92f3577b34da6a3ce929d0e0e900";

/// What nobody may read in a log line, a span or a metric. (Parts of phone numbers could stand there by chance; the parts that
/// are looked for are put together as people write them.)
pub(crate) const CANARIES: [&str; 24] = [
    "카나리아이름",
    "카나리아수취",
    "canary-orderer@example.com",
    "카나리아로 11",
    "카나리아동 12호",
    "카나리아 메시지",
    "P100000000013",
    "5409000000000014",
    "pg_canary_15",
    "canary-password-16",
    "카나리아 제목",
    "카나리아 본문",
    "canary-asker@example.com",
    "카나리아문의자",
    "카나리아 질문",
    "010-9876-5432",
    "01098765432",
    "카나리아선물",
    "P200000000023",
    "110-234-000021",
    "110234000021",
    "카나리아예금주",
    "카나리아 취소사유",
    "Bearer ",
];

const MEMBER: &str = "100001311";

#[actix_web::test]
async fn the_house_as_its_parent_starts_it() {
    let Ok(collector) = std::env::var(COLLECTOR) else { return };
    let log = LogSettings { format: LogFormat::Json, filter: "debug".to_owned() };
    let settings =
        TelemetrySettings { otlp_endpoint: Some(collector.clone()), ..TelemetrySettings::default() };
    let guard = telemetry::init("house", &log, &settings).unwrap();
    let options =
        Options { settings: vec![("GATEWAY_TELEMETRY__OTLP_ENDPOINT", collector)], ..Options::default() };
    let mut stack = Stack::start_with(options).await;
    live_a_little(&stack).await;
    println!("\n{READY}");

    // The parent holds the other end until it has seen enough.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    println!("{}", platform::metrics::get().scrape());
    stack.stop_all().await;
    drop(guard);
}

async fn live_a_little(stack: &Stack) {
    let shop = stack.storefront();
    let mut one = order("20260901O000001", MEMBER, "2026-09-01T00:00:00", 2, 1_000);
    one["ordManNm"] = json!("카나리아이름");
    one["emailAddr"] = json!("canary-orderer@example.com");
    one["dlvpList"][0]["rcvmnNm"] = json!("카나리아수취");
    one["dlvpList"][0]["zipAddr"] = json!("서울특별시 강남구 카나리아로 11");
    one["dlvpList"][0]["dtlAddr"] = json!("카나리아동 12호");
    one["dlvpList"][0]["deliMsg"] = json!("카나리아 메시지");
    one["dlvpList"][0]["persCstmCd"] = json!("P100000000013");
    one["payList"][0]["cardNo"] = json!("5409000000000014");
    one["payList"][0]["pgPayKey"] = json!("pg_canary_15");
    // A refund of this kind of payment needs an account.
    one["payList"][0]["payMeansCd"] = json!("30");
    one["etcGftDlvpList"] = json!([{"etcGftDlvpNo": "G1", "etcGftNm": "선물", "rcvmnNm": "카나리아선물", "zipNo": "06236",
        "zipAddr": "서울특별시 강남구 카나리아로 11", "dtlAddr": "카나리아동 12호", "cellSctNo": "010", "cellTxnoNo": "9876",
        "cellEndNo": "5432", "deliMsg": "카나리아 메시지"}]);
    let mut guests = order("20260901O000002", MEMBER, "2026-09-01T00:00:00", 1, 1_000);
    guests["mbrNo"] = json!(null);
    guests["mbrGradeCd"] = json!(null);
    guests["ordPwd"] = json!("canary-password-16");
    shop.take_in(&[one, guests]).await;

    let login = json!({"ordNo": "20260901O000002", "ordPwd": "canary-password-16"});
    assert_eq!(shop.post("/v1/member/nonMbrLogin", &shop.agent(), &login).await.status, 200);
    let wrong = json!({"ordNo": "20260901O000002", "ordPwd": "canary-password-16-wrong"});
    assert_eq!(shop.post("/v1/member/nonMbrLogin", &shop.agent(), &wrong).await.status, 900);
    let asked = json!({"cnslTypNo": "4010", "title": "카나리아 제목", "accpCont": "카나리아 본문", "smsNotiYn": "Y",
        "cellSctNo": "010", "cellTxnoNo": "9876", "cellEndNo": "5432", "emailAddr": "canary-asker@example.com"});
    let saved = shop.post("/v1/customerservice/questionSave", &shop.member(MEMBER), &asked).await;
    assert!([200, 900].contains(&saved.status), "{}", saved.text);
    let question = json!({"mbrNo": MEMBER, "inqmnNm": "카나리아문의자", "accpCont": "카나리아 질문",
        "emailAddr": "canary-asker@example.com"});
    let moved = shop.post("/v1/customerservice/transferQnaSave", &shop.service(), &question).await;
    assert_eq!(moved.status, 200, "{}", moved.text);

    let cancel = json!({"ordNo": "20260901O000001", "claimRsnCd": "251", "claimRsnCntt": "카나리아 취소사유",
        "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}],
        "rfdAcct": {"bankCd": "004", "acctNo": "110-234-000021", "dpstrNm": "카나리아예금주"}});
    let request = shop
        .request(Method::POST, "/v1/claim/orderCancel/cancelFO", &shop.member(MEMBER))
        .header("traceparent", format!("00-{CANCELS_TRACE_ID}-{CALLERS_SPAN}-01"))
        .json(&cancel);
    let cancelled = request.send().await.unwrap();
    let status = cancelled.status();
    assert_eq!(status, 200, "{}", cancelled.text().await.unwrap());
    let other_code = json!({"ordNo": "20260901O000001", "dlvpSeq": 1, "persCstmCd": "P200000000023"});
    let changed =
        shop.post("/v1/claim/orderChange/ordDlvpPcccChangeFo", &shop.member(MEMBER), &other_code).await;
    assert_eq!(changed.status, 200, "{}", changed.text);

    let request = shop
        .request(Method::POST, "/v1/member/withdrawalMemberOrderInfo", &shop.member(MEMBER))
        .header("traceparent", format!("00-{TRACE_ID}-{CALLERS_SPAN}-01"))
        .json(&json!({"mbrNo": MEMBER}));
    assert_eq!(request.send().await.unwrap().status(), 200);
}
