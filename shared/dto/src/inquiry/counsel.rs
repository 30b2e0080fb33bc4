//! 통합상담관리: what agents see of inquiries and do with them.

use commerce::{CounselNo, InquiryStatus, MemberNo};
use serde::{Deserialize, Serialize};

use super::question::{QuestionDetail, QuestionRow};
use crate::date_time::KstDateTime;
use crate::nullable::text_or_number;

/// 통합상담 목록 조회 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselListQuery {
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    /// One or several, with commas between.
    pub cnsl_stat_cd: Option<String>,
    pub cnsl_typ_no: Option<String>,
    pub mbr_no: Option<String>,
    pub ord_no: Option<String>,
    pub search_nm: Option<String>,
    pub proc_user_id: Option<String>,
    /// 10 the newest first, as where nothing is said; 20 the oldest first.
    pub sort_cd: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

debug_only!(CounselListQuery { str_dt, end_dt, cnsl_stat_cd, cnsl_typ_no, sort_cd, page_no, page_size });

/// 통합상담 한 건: the member's row and whose it is.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselRow {
    #[serde(flatten)]
    pub row: QuestionRow,
    pub mbr_no: MemberNo,
    /// The agent who works on it; null while nobody does.
    pub proc_user_id: Option<String>,
    /// When the member wrote or last edited it: send it with `startProcess`.
    pub mod_dtm: KstDateTime,
}

debug_only!(CounselRow { row });

/// 통합상담 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselDetailQuery {
    pub ccn_no: Option<String>,
}

/// 통합상담 상세
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselDetail {
    #[serde(flatten)]
    pub detail: QuestionDetail,
    pub mbr_no: MemberNo,
    pub proc_user_id: Option<String>,
    pub mod_dtm: KstDateTime,
    /// Oldest first.
    pub hist_list: Vec<CounselHistory>,
    /// What agents have told one another about it, oldest first. No member sees it.
    #[cfg_attr(feature = "openapi", schemars(length(max = 100)))]
    pub memo_list: Vec<CounselMemo>,
}

debug_only!(CounselDetail { detail });

/// 상담 이력
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselHistory {
    pub seq: i32,
    pub dtm: KstDateTime,
    /// The agent, the member's number, or the service that acted.
    pub user_id: String,
    pub act_cd: String,
    /// Null where the inquiry came into being.
    pub from_stat_cd: Option<InquiryStatus>,
    /// Null where it was deleted.
    pub to_stat_cd: Option<InquiryStatus>,
}

/// 상담 메모
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselMemo {
    pub seq: i32,
    pub dtm: KstDateTime,
    pub user_id: String,
    pub memo_cont: String,
}

debug_only!(CounselMemo { seq, dtm, user_id });

/// 상담 메모 등록 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SaveCounselMemoRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    pub memo_cont: Option<String>,
}

debug_only!(SaveCounselMemoRequest { ccn_no });

/// 상담 메모 번호
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemoNo {
    pub ccn_no: CounselNo,
    pub seq: i32,
}

/// 상담 처리 시작 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct StartProcessRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    /// As shown to the agent: differing, the member has edited it since.
    pub mod_dtm: Option<String>,
}

/// 상담 처리 해제 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ReleaseProcessRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
}

/// 상담 답변 등록 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SaveAnswerRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    pub ans_cont: Option<String>,
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub tmpl_no: Option<String>,
    pub mod_dtm: Option<String>,
}

debug_only!(SaveAnswerRequest { ccn_no, tmpl_no, mod_dtm });

/// 상담 배정 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct AssignRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    pub proc_user_id: Option<String>,
}

/// 상담 처리 결과
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselState {
    pub ccn_no: CounselNo,
    pub cnsl_stat_cd: InquiryStatus,
}
