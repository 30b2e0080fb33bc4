//! 상담유형: the tree a member chooses from, and its management.

use commerce::Yn;
use serde::{Deserialize, Serialize};

use crate::nullable::text_or_number;

/// 1:1문의 작성 초기정보
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionInit {
    /// Parents before their children, each level by `sortSeq`.
    pub cnsl_typ_list: Vec<InitCounselType>,
    pub file_limit: FileLimit,
}

/// 선택할 수 있는 상담유형
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InitCounselType {
    pub cnsl_typ_no: String,
    pub cnsl_typ_nm: String,
    pub upr_cnsl_typ_no: Option<String>,
    pub level: i32,
    pub sort_seq: i32,
    pub goods_sel_mdty_yn: Yn,
    pub ord_sel_mdty_yn: Yn,
}

/// 첨부파일 제한
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FileLimit {
    pub max_cnt: i32,
    pub max_bytes: i64,
    pub types: Vec<String>,
}

/// 상담유형 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselTypeRow {
    pub cnsl_typ_no: String,
    pub cnsl_typ_nm: String,
    pub upr_cnsl_typ_no: Option<String>,
    pub level: i32,
    pub sort_seq: i32,
    pub use_yn: Yn,
    pub goods_sel_mdty_yn: Yn,
    pub ord_sel_mdty_yn: Yn,
}

/// 상담유형 저장 요청. Of a known type, what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SaveCounselTypeRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub cnsl_typ_no: Option<String>,
    pub cnsl_typ_nm: Option<String>,
    /// Empty: at the top of the tree.
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub upr_cnsl_typ_no: Option<String>,
    pub sort_seq: Option<i32>,
    pub use_yn: Option<String>,
    pub goods_sel_mdty_yn: Option<String>,
    pub ord_sel_mdty_yn: Option<String>,
}
