//! What `/v1/member/*` takes and answers.
//!
//! Requests keep their fields as optional texts: the service can then name every missing or malformed one at
//! once, and a null counts as missing. Answers have the seed's fields and types exactly.

use commerce::{OrderNo, Won};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::date_time::KstDateTime;
use crate::nullable::null_as_empty;

/// 주문 정보 분리보관/마스킹 처리 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WithdrawalMemberRequest {
    pub mbr_no: Option<String>,
}

/// 비회원 비밀번호 찾기 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IsNonMemberOrderRequest {
    pub ord_no: Option<String>,
    pub ord_man_nm: Option<String>,
    pub umem_cell_sct_no: Option<String>,
    pub umem_cell_txno_no: Option<String>,
    pub umem_cell_end_no: Option<String>,
}

debug_only!(IsNonMemberOrderRequest { ord_no });

/// 비회원 로그인 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NonMemberLoginRequest {
    pub ord_no: Option<String>,
    pub ord_pwd: Option<String>,
}

debug_only!(NonMemberLoginRequest { ord_no });

/// 비회원 로그인 응답: a guest token and the seconds it holds for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NonMemberLoginResponse {
    pub access_token: String,
    pub expires_in: i64,
}

debug_only!(NonMemberLoginResponse { expires_in });

/// 기간별구매금액 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemberOrderAmtRequest {
    pub mbr_no: Option<String>,
    pub buy_str_dtm: Option<String>,
    pub buy_end_dtm: Option<String>,
}

/// 이벤트 대상 금액 조회 응답
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAmtInfoResponse {
    #[serde(default, deserialize_with = "null_as_empty")]
    pub order_list: Vec<OrderAmtInfo>,
    pub tot_ord_amt: Won,
}

/// 주문정보: what one order came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAmtInfo {
    pub ord_no: OrderNo,
    pub ord_dtm: KstDateTime,
    pub ord_amt: Won,
}

/// Whom staff ask for; a member's own number comes from its token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderClaimCountQuery {
    pub mbr_no: Option<String>,
}

/// 주문클레임건수 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderClaimCountRequest {
    pub req_gubun: Option<String>,
}

/// 주문/클레임 건수 정보
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderClaimCountInfo {
    pub claim_cnt: i32,
    pub ord_cnt: i32,
}

/// 요청구분(reqGubun): what the counts are for.
///
/// Not a code table: by the contract `myPage` is the page, and anything else asks whether the member may quit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountPurpose {
    MyPage,
    Quit,
}

impl CountPurpose {
    pub fn from_req_gubun(req_gubun: &str) -> Self {
        if req_gubun == "myPage" { Self::MyPage } else { Self::Quit }
    }

    pub const fn wire(self) -> &'static str {
        match self {
            Self::MyPage => "myPage",
            Self::Quit => "quit",
        }
    }
}

impl Serialize for CountPurpose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.wire())
    }
}

impl<'de> Deserialize<'de> for CountPurpose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|req_gubun| Self::from_req_gubun(&req_gubun))
    }
}

#[cfg(test)]
mod tests;
