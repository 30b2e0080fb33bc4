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
    /// A part of the name.
    pub search_nm: Option<String>,
    /// Those for this type or one below it.
    pub cnsl_typ_no: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 답변 템플릿 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateDetailQuery {
    pub tmpl_no: Option<String>,
    /// Fills the text in for this inquiry.
    pub ccn_no: Option<String>,
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
    /// What it is for; absent of one that is for all types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnsl_typ_no: Option<String>,
}

/// 답변 템플릿 상세: for an inquiry, with what would go out.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FilledTemplate {
    #[serde(flatten)]
    pub template: TemplateDetail,
    /// The text as its reader would see it; absent where no inquiry was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filled_cont: Option<String>,
    /// Variables that the inquiry has no value for; absent where no inquiry was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfilled_list: Option<Vec<String>>,
}

debug_only!(FilledTemplate { template });

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
    /// What it is for. Absent, it stays as it is; empty, it is for all types.
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub cnsl_typ_no: Option<String>,
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
