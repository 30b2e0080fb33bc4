use serde_json::json;

use super::*;
use crate::inquiry::InquiryCountResponse;

fn now() -> DateTime<Utc> {
    crate::parse_date_time("2026-08-01T10:00:00+09:00").unwrap()
}

#[test]
fn a_success_carries_its_payload() {
    let envelope = Envelope::success(now(), InquiryCountResponse { inquiry_cnt: 3 });
    let expected = json!({
        "timestamp": "2026-08-01T10:00:00+09:00", "code": "0000", "message": "정상 처리되었습니다.",
        "isProcess": true, "payload": {"inquiryCnt": 3}, "error": false, "errors": [],
    });
    assert_eq!(serde_json::to_value(&envelope).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Envelope<InquiryCountResponse>>(expected).unwrap(), envelope);
}

#[test]
fn a_success_without_anything_to_say_has_a_null_payload() {
    let written = serde_json::to_value(Envelope::success(now(), ())).unwrap();
    assert_eq!(written.get("payload"), Some(&json!(null)));
    assert_eq!(written.get("isProcess"), Some(&json!(true)));
}

#[test]
fn a_failure_names_its_code_and_its_fields() {
    let errors = vec![FieldError::new("claimGoodsList[0].claimQty", "수량은 1 이상이어야 합니다.")];
    let envelope = Envelope::<()>::failure(now(), "VALIDATION", "입력값을 확인해 주세요.", errors, None);
    let expected = json!({
        "timestamp": "2026-08-01T10:00:00+09:00", "code": "VALIDATION", "message": "입력값을 확인해 주세요.",
        "isProcess": false, "payload": null, "error": true,
        "errors": [{"field": "claimGoodsList[0].claimQty", "message": "수량은 1 이상이어야 합니다."}],
    });
    assert_eq!(serde_json::to_value(&envelope).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Envelope<()>>(expected).unwrap(), envelope);
}

#[test]
fn a_failure_may_carry_what_the_caller_needs_to_go_on() {
    let envelope = Envelope::failure(
        now(),
        "AMOUNT_CHANGED",
        "금액이 바뀌었습니다.",
        Vec::new(),
        Some(json!({"costHash": "ab"})),
    );
    let written = serde_json::to_value(&envelope).unwrap();
    assert_eq!(written.get("payload"), Some(&json!({"costHash": "ab"})));
    assert_eq!(written.get("error"), Some(&json!(true)));
}
