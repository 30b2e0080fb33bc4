//! 상담데스크: what an agent's page asks again and again. Nothing here tells anything of a customer.

use commerce::{CounselNo, InquiryStatus, Yn};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_ASKED_TYPES, none_or_at_most};
use crate::date_time::KstDateTime;

/// 상담 상태 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselStateQuery {
    /// Up to 100, with commas between.
    pub ccn_no: Option<String>,
}

/// 상담 상태: those of the asked inquiries that there are, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselStateList {
    #[cfg_attr(feature = "openapi", schemars(length(max = 100)))]
    pub list: Vec<CounselStateRow>,
    pub server_dtm: KstDateTime,
}

/// 상담 한 건의 상태
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselStateRow {
    pub ccn_no: CounselNo,
    pub cnsl_stat_cd: InquiryStatus,
    /// The agent who works on it, or did; null while nobody does.
    pub proc_user_id: Option<String>,
    /// Since when it is this agent's.
    pub proc_dtm: Option<KstDateTime>,
    /// When the member wrote or last edited it.
    pub mod_dtm: KstDateTime,
    /// Whether the member has deleted it.
    pub del_yn: Yn,
}

/// 상담 건수 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselCountQuery {
    /// A type and those below it: what waits and is in process is then counted of these alone.
    pub cnsl_typ_no: Option<String>,
}

/// 상담 건수
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CounselCount {
    /// Inquiries in 10.
    pub wait_cnt: i64,
    /// Inquiries in 20, whoever works on them.
    pub prcs_cnt: i64,
    /// What the agent works on, of whatever type.
    pub my_cnt: i64,
    /// Its drafts of answers.
    pub my_draft_cnt: i64,
    /// What the agent has answered since midnight in Korea, of whatever type.
    pub my_ans_today_cnt: i64,
    /// When the oldest of those in 10 was received; null when none waits.
    pub oldest_accp_dtm: Option<KstDateTime>,
    pub server_dtm: KstDateTime,
}

/// 다음 상담 처리 시작 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct StartNextProcessRequest {
    /// Types, each with those below it; none for all.
    #[serde(deserialize_with = "none_or_at_most::<MOST_ASKED_TYPES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ASKED_TYPES)))]
    pub cnsl_typ_no_list: Vec<String>,
}

/// 다음 상담: both null when none waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NextCounsel {
    pub ccn_no: Option<CounselNo>,
    pub cnsl_stat_cd: Option<InquiryStatus>,
}

/// 처리상담원
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProcUserRow {
    pub user_id: String,
    /// When it last started, released, assigned or answered an inquiry.
    pub last_dtm: KstDateTime,
    /// How many inquiries it works on.
    pub open_cnt: i64,
}
