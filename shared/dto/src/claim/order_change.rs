use commerce::ClaimNo;
use serde::{Deserialize, Serialize};

/// 옵션변경 요청. Everything may be missing here, so that all of it is reported at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OptionChangeRequest {
    pub ord_no: Option<String>,
    pub ord_seq: Option<i32>,
    pub goods_no: Option<String>,
    pub itm_no: Option<String>,
}

/// 옵션변경 응답
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OptionChangeAnswer {
    pub claim_no: ClaimNo,
}

/// 개인통관고유부호 변경 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomsCodeRequest {
    pub ord_no: Option<String>,
    pub dlvp_seq: Option<i32>,
    /// `P` and 12 digits.
    pub pers_cstm_cd: Option<String>,
}

debug_only!(CustomsCodeRequest { ord_no, dlvp_seq });
