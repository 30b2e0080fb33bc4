//! Goods that came back, and what goes out for them.

use super::*;

#[test]
fn an_inspection_has_the_contracts_fields_in_its_order() {
    survives::<InspectionRequest>(concat!(
        r#"{"ordNo":"20260801O000001","claimNo":"20260810C000001","imptDivCd":"20","claimRsnCd":"272","insptList":[{"#,
        r#""ordSeq":1,"itmNo":"001","acptQty":1,"resellQty":0,"rjtQty":1,"rjtRsnCd":"02","rjtRsnCntt":"얼룩"}],"#,
        r#""giftList":[{"aeNo":"AE1","rcvYn":"N"}],"wvAmt":1000,"addPay":{"payMeansCd":"10","pgPayKey":"tk_1"}}"#,
    ));
    survives::<InspectionAnswer>(r#"{"claimNo":"20260810C000001","claimStatCd":"90","cost":null}"#);
    let empty: InspectionRequest = serde_json::from_str(r#"{"insptList":null,"giftList":null}"#).unwrap();
    assert_eq!(empty, InspectionRequest::default());
}

#[test]
fn what_goes_out_in_exchange_has_the_contracts_fields_in_its_order() {
    survives::<ExchangeDeliveryRequest>(concat!(
        r#"{"ordNo":"20260801O000001","claimNo":"20260810C000001","ordDtlStatCd":"13","hdcCd":"CJ","invNo":"1234","#,
        r#""dtm":"2026-08-12T10:00:00+09:00"}"#,
    ));
    survives::<ConversionRequest>(
        r#"{"ordNo":"20260801O000001","claimNo":"20260810C000001","imptDivCd":"10","claimRsnCd":"251"}"#,
    );
    survives::<ExchangeItemRequest>(r#"{"goodsNo":"10002552","itmNo":"001","claimQty":1,"salePrc":20000}"#);
    survives::<ClaimStanding>(r#"{"claimNo":"20260810C000001","claimStatCd":"20"}"#);
}

#[test]
fn what_agents_write_of_goods_stays_out_of_debug_texts() {
    let text = r#"{"insptList":[{"ordSeq":1,"rjtRsnCntt":"홍길동 고객"}],"addPay":{"pgPayKey":"tk_secret"}}"#;
    let request: InspectionRequest = serde_json::from_str(text).unwrap();
    let shown = format!("{request:?} {:?}", request.inspt_list);
    assert!(!shown.contains("홍길동") && !shown.contains("tk_secret"), "{shown}");
}
