//! 답변 초안: what an agent has written of an answer and not sent. Each agent sees its own alone.

use commerce::{CounselNo, InquiryStatus};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;
use crate::nullable::text_or_number;

/// 답변 초안 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerDraftQuery {
    pub ccn_no: Option<String>,
}

/// 답변 초안
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerDraft {
    pub ccn_no: CounselNo,
    pub ans_cont: String,
    pub tmpl_no: Option<String>,
    /// Send it with the next change.
    pub draft_ver: i64,
    pub mod_dtm: KstDateTime,
}

debug_only!(AnswerDraft { ccn_no, draft_ver, mod_dtm });

/// 답변 초안 목록의 한 건: the inquiry it is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerDraftRow {
    pub ccn_no: CounselNo,
    pub title: String,
    pub cnsl_stat_cd: InquiryStatus,
    /// The agent who works on the inquiry now.
    pub proc_user_id: Option<String>,
    /// When the draft was last changed.
    pub mod_dtm: KstDateTime,
}

debug_only!(AnswerDraftRow { ccn_no, cnsl_stat_cd, mod_dtm });

/// 답변 초안 저장 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SaveAnswerDraftRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    pub ans_cont: Option<String>,
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub tmpl_no: Option<String>,
    /// Of the draft that is changed; absent of a new one.
    pub draft_ver: Option<i64>,
}

debug_only!(SaveAnswerDraftRequest { ccn_no, draft_ver });

/// 답변 초안 삭제 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct DeleteAnswerDraftRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
}
