//! 답변 템플릿: texts an agent need not write twice. `{{mbrNm}}`, `{{ordNo}}` and `{{goodsNm}}` are filled in.

use commerce::Yn;
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;
use crate::nullable::text_or_number;

/// 답변 템플릿 목록 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateListQuery {
    pub cmn_yn: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 답변 템플릿 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateDetailQuery {
    pub tmpl_no: Option<String>,
}

/// 답변 템플릿
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateDetail {
    pub tmpl_no: String,
    pub tmpl_nm: String,
    pub tmpl_cont: String,
    /// Whether every agent may use it; else only the one who wrote it.
    pub cmn_yn: Yn,
    pub reg_user_id: String,
    pub mod_dtm: KstDateTime,
}

/// 답변 템플릿 저장 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SaveTemplateRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub tmpl_no: Option<String>,
    pub tmpl_nm: Option<String>,
    pub tmpl_cont: Option<String>,
    pub cmn_yn: Option<String>,
}

/// 답변 템플릿 삭제 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct DeleteTemplateRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub tmpl_no: Option<String>,
}
