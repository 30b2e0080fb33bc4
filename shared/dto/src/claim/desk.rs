use commerce::{
    ClaimAct, ClaimNo, ClaimStatus, ClaimType, RequesterRole, ReturnProgress, SagaStep, SagaStepStatus, Yn,
};
use serde::{Deserialize, Serialize};

use super::details::ClaimDetails;
use crate::date_time::KstDateTime;

/// 클레임 현황 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimCountQuery {
    /// Of the request's day; the last three months as far as the two days are missing.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
}

/// 클레임 현황
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimCount {
    /// Of the period; what there is none of is left out.
    pub stat_list: Vec<ClaimStandingCount>,
    /// Whatever their age: steps that were refused, or tried too often.
    pub attn_list: Vec<ClaimAttentionCount>,
}

/// 상태별 건수
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimStandingCount {
    pub claim_business_type: ClaimType,
    pub claim_stat_cd: ClaimStatus,
    /// Null of every claim but returns and exchanges of ours.
    pub ord_dtl_stat_cd: Option<ReturnProgress>,
    pub cnt: i64,
    /// Of them, those whose refund is past its day.
    pub late_cnt: i64,
}

/// 확인필요 건수
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimAttentionCount {
    /// As `getClaimList` takes it.
    pub step_cd: String,
    pub step_nm: String,
    /// Claims.
    pub cnt: i64,
    /// Since when the oldest of them is open.
    pub oldest_dtm: KstDateTime,
}

/// 클레임 관리 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimQuery {
    pub claim_no: Option<String>,
}

/// 클레임 관리 상세: the details, and what only agents see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimDetails {
    #[serde(flatten)]
    pub details: ClaimDetails,
    /// A member's number, an agent's id or a program's name; null of a guest, and where `reqRoleCd` is.
    pub req_user_id: Option<String>,
    pub req_role_nm: Option<String>,
    pub impt_div_nm: Option<String>,
    /// Null of every claim but returns and exchanges of ours, as the next two are; the code of an end is among the details.
    pub ord_dtl_stat_cd: Option<ReturnProgress>,
    pub ord_dtl_stat_nm: Option<String>,
    pub end_rsn_nm: Option<String>,
    /// Each effect by itself, and what is still asked for without one.
    pub task_list: Vec<ClaimTask>,
    /// 클레임원장
    pub ldgr_list: Vec<ClaimPosting>,
    /// Who did what, the request first.
    pub hist_list: Vec<ClaimHistoryRow>,
}

debug_only!(ManagedClaimDetails { details });

/// 처리과제
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimTask {
    /// A step of `stepList`, or `OPTION`, `IMPORT`, `REJECTED`, `ADDPAY`, `RTNCPN`, `NOTICE`.
    pub step_cd: String,
    pub step_nm: String,
    pub step_stat_cd: SagaStepStatus,
    /// A payment's, a coupon's or an item's number; null where the step has one target only.
    pub tgt_no: Option<String>,
    /// Tries that brought no result.
    pub try_cnt: i64,
    /// Y where its receiver has said no.
    pub rfsd_yn: Yn,
    /// Null of what has no effect of its own.
    pub last_try_dtm: Option<KstDateTime>,
    /// Null where it is done, or not its turn yet.
    pub next_try_dtm: Option<KstDateTime>,
    /// Why the last try came to nothing; nothing personal.
    pub last_rsn: Option<String>,
}

/// 분개
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimPosting {
    pub step_cd: SagaStep,
    pub step_nm: String,
    /// A word, and after a colon what it is of: `REFUNDED:PAY1`.
    pub acct: String,
    /// `WON`, `POINT`, `COUPON:…` or `PIECE:…`.
    pub unit: String,
    /// Into the account above 0, out of it below; all of one unit add up to 0.
    pub amt: i64,
    pub reg_dtm: KstDateTime,
}

/// 처리이력
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimHistoryRow {
    pub dtm: KstDateTime,
    /// Null of a guest, of an operator at the console, and of a request nobody is known of.
    pub user_id: Option<String>,
    pub role_cd: Option<RequesterRole>,
    pub act_cd: ClaimAct,
    pub act_nm: String,
    /// 회수교환상태 of a return or an exchange of ours, 클레임상태 of every other claim. Null of the request.
    pub from_stat_cd: Option<String>,
    pub from_stat_nm: Option<String>,
    /// Null of the request.
    pub to_stat_cd: Option<String>,
    pub to_stat_nm: Option<String>,
}

/// 클레임 재시도 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRetryRequest {
    pub claim_no: Option<String>,
}

/// 클레임 재시도
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRetryAnswer {
    pub claim_no: ClaimNo,
    /// How many are asked for at once; what is in hand just now goes on by itself.
    pub due_cnt: i64,
}
