use serde_json::json;

use super::*;
use crate::schema_check::{Optional, Required, check_schema};

#[test]
fn requests_have_the_seeds_fields_and_leave_missing_ones_to_the_service() {
    check_schema::<WithdrawalMemberRequest>(&[("mbrNo", Optional, json!("100001311"))]);
    check_schema::<IsNonMemberOrderRequest>(&[
        ("ordNo", Optional, json!("20260801O000001")),
        ("ordManNm", Optional, json!("홍길동")),
        ("umemCellSctNo", Optional, json!("010")),
        ("umemCellTxnoNo", Optional, json!("1234")),
        ("umemCellEndNo", Optional, json!("5678")),
    ]);
    check_schema::<NonMemberLoginRequest>(&[
        ("ordNo", Optional, json!("20260801O000001")),
        ("ordPwd", Optional, json!("secret")),
    ]);
    check_schema::<MemberOrderAmtRequest>(&[
        ("mbrNo", Optional, json!("100001311")),
        ("buyStrDtm", Optional, json!("2026-08-01T00:00:00")),
        ("buyEndDtm", Optional, json!("2026-08-31 23:59:59")),
    ]);
    check_schema::<OrderClaimCountRequest>(&[("reqGubun", Optional, json!("myPage"))]);
}

#[test]
fn answers_have_the_seeds_fields_and_types() {
    check_schema::<OrderAmtInfoResponse>(&[
        (
            "orderList",
            Optional,
            json!([{"ordNo": "20260801O000001", "ordDtm": "2026-08-01T10:00:00+09:00", "ordAmt": 49000}]),
        ),
        ("totOrdAmt", Required, json!(49000)),
    ]);
    check_schema::<OrderAmtInfo>(&[
        ("ordNo", Required, json!("20260801O000001")),
        ("ordDtm", Required, json!("2026-08-01T10:00:00+09:00")),
        ("ordAmt", Required, json!(49000)),
    ]);
    check_schema::<OrderClaimCountInfo>(&[("claimCnt", Required, json!(1)), ("ordCnt", Required, json!(2))]);
    check_schema::<NonMemberLoginResponse>(&[
        ("accessToken", Required, json!("a.b.c")),
        ("expiresIn", Required, json!(1800)),
    ]);
}

#[test]
fn whatever_is_not_my_page_asks_about_quitting() {
    assert_eq!(CountPurpose::from_req_gubun("myPage"), CountPurpose::MyPage);
    for req_gubun in ["quit", "mypage", "MYPAGE", " myPage", "x"] {
        assert_eq!(CountPurpose::from_req_gubun(req_gubun), CountPurpose::Quit);
    }
    assert_eq!(serde_json::to_string(&CountPurpose::MyPage).unwrap(), r#""myPage""#);
    assert_eq!(serde_json::from_str::<CountPurpose>(r#""anything""#).unwrap(), CountPurpose::Quit);
}

#[test]
fn names_phones_passwords_and_tokens_stay_out_of_debug() {
    let request = IsNonMemberOrderRequest {
        ord_no: Some("20260801O000001".to_owned()),
        ord_man_nm: Some("홍길동".to_owned()),
        umem_cell_end_no: Some("5678".to_owned()),
        ..Default::default()
    };
    assert_eq!(format!("{request:?}"), r#"IsNonMemberOrderRequest { ord_no: Some("20260801O000001"), .. }"#);
    let login = NonMemberLoginRequest { ord_no: None, ord_pwd: Some("secret".to_owned()) };
    assert!(!format!("{login:?}").contains("secret"));
    let answer = NonMemberLoginResponse { access_token: "a.b.c".to_owned(), expires_in: 1800 };
    assert!(!format!("{answer:?}").contains("a.b.c"));
}
