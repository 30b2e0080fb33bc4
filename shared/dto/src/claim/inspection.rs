use commerce::{ClaimNo, ClaimStatus, Won, Yn};
use serde::{Deserialize, Serialize};

use super::{AdditionalPaymentRequest, ClaimCost};
use crate::bounded::{MOST_LINES, MOST_ROWS, none_or_at_most};

/// 검수결과 저장 요청: what was found of the goods of a return or an exchange. Everything may be missing here, so that all of it is
/// reported at once.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InspectionRequest {
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    /// 귀책구분, where it is set anew.
    pub impt_div_cd: Option<String>,
    pub claim_rsn_cd: Option<String>,
    /// What is left out is missing.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub inspt_list: Vec<InspectedGoodsRequest>,
    /// 사은품, of a return: what is left out has come back.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub gift_list: Vec<InspectedGiftRequest>,
    /// 감면금액, of an exchange.
    pub wv_amt: Option<Won>,
    /// 추가결제, of an exchange: needed where a fee is due that nobody has paid.
    pub add_pay: Option<AdditionalPaymentRequest>,
}

debug_only!(InspectionRequest { ord_no, claim_no });

/// 검수 상품 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InspectedGoodsRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_seq: Option<i32>,
    /// 단품, where the claim holds more than one of the line.
    pub itm_no: Option<String>,
    /// 인정수량
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub acpt_qty: Option<i64>,
    /// 재판매 가능수량: all that is accepted, where it is missing and the goods were collected.
    pub resell_qty: Option<i64>,
    /// 반려수량
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub rjt_qty: Option<i64>,
    /// 반려사유, where anything is refused.
    pub rjt_rsn_cd: Option<String>,
    pub rjt_rsn_cntt: Option<String>,
}

debug_only!(InspectedGoodsRequest { ord_seq, acpt_qty, rjt_qty });

/// 검수 사은품 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InspectedGiftRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ae_no: Option<String>,
    /// 회수여부
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub rcv_yn: Option<Yn>,
}

/// 검수결과 저장 응답
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InspectionAnswer {
    pub claim_no: ClaimNo,
    pub claim_stat_cd: ClaimStatus,
    /// What it comes to now; of an exchange it is final. Null where everything was refused.
    pub cost: Option<ClaimCost>,
}
