use serde_json::json;

use super::*;
use crate::schema_check::{Optional, Required, check_schema};

#[test]
fn the_list_has_the_contracts_fields() {
    let row = json!({
        "notiNo": "1", "chnlCd": "40", "tmplCd": "CANCEL_DONE", "title": "취소 완료", "body": "취소되었습니다.",
        "sendStatCd": "20", "sendDtm": "2026-08-01T10:00:00+09:00",
    });
    check_schema::<NotificationList>(&[("totalCount", Required, json!(1)), ("list", Required, json!([row]))]);
    check_schema::<NotificationRow>(&[
        ("notiNo", Required, json!("1")),
        ("chnlCd", Required, json!("40")),
        ("tmplCd", Required, json!("CANCEL_DONE")),
        ("title", Required, json!("취소 완료")),
        ("body", Required, json!("취소되었습니다.")),
        ("sendStatCd", Required, json!("20")),
        ("sendDtm", Optional, json!("2026-08-01T10:00:00+09:00")),
    ]);
}

#[test]
fn a_request_needs_no_receiver_where_the_order_knows_one() {
    let request: NotifyRequest = serde_json::from_value(json!({
        "notiKey": "claim:20260801C000001:done", "tmplCd": "CANCEL_DONE", "chnlCds": ["10", "40"], "siteNo": "1",
        "ordNo": "20260801O000001",
    }))
    .unwrap();
    assert_eq!(request.receiver, NotifyReceiver::default());
    assert!(request.variables.is_empty());
    let again = serde_json::to_value(&request).unwrap();
    assert_eq!(serde_json::from_value::<NotifyRequest>(again).unwrap(), request);
}

#[test]
fn what_a_message_says_and_who_gets_it_stay_out_of_debug() {
    let request: NotifyRequest = serde_json::from_value(json!({
        "notiKey": "k", "tmplCd": "TEMP_PASSWORD", "chnlCds": ["10"], "siteNo": "1",
        "receiver": {"name": "홍길동", "cellSctNo": "010"}, "variables": {"ordPwd": "s3cret"},
    }))
    .unwrap();
    let printed = format!("{request:?} {:?}", request.receiver);
    assert!(
        !printed.contains("s3cret") && !printed.contains("홍길동") && !printed.contains("010"),
        "{printed}"
    );
}
