use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, EndReason, MemberNo, OrderNo, ReturnProgress,
    SagaStepStatus, Won, Yn,
};
use serde::{Deserialize, Serialize};

use crate::date_time::{KstDate, KstDateTime};

/// 클레임 목록 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimListRequest {
    /// Of the request's day; the last three months as far as the two days are missing.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub claim_business_type: Option<String>,
    pub ord_no: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 클레임 목록 조회 대상
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimListQuery {
    /// For agents, who must name a member.
    pub mbr_no: Option<String>,
}

/// 클레임 목록
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimList {
    pub total_count: i64,
    /// Newest first.
    pub list: Vec<ClaimRow>,
}

/// 클레임 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub claim_business_type: ClaimType,
    pub claim_business_type_nm: String,
    pub claim_stat_cd: ClaimStatus,
    pub claim_stat_nm: String,
    /// Null of every claim but returns and exchanges of ours, as the next is.
    pub end_rsn_cd: Option<EndReason>,
    pub ord_dtl_stat_cd: Option<ReturnProgress>,
    pub req_dtm: KstDateTime,
    pub cmpl_dtm: Option<KstDateTime>,
    /// Of the details' `cost`; null where there is none.
    pub rfd_prar_amt: Option<Won>,
    /// Of its first line; null where the order is not known.
    pub goods_nm: Option<String>,
    /// Rows of goods.
    pub goods_cnt: i64,
}

/// 클레임 관리 목록 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimListQuery {
    /// Of the request's day; the last three months as far as the two days are missing, unless an order, a member, what is late or
    /// what is not done is asked for.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub claim_business_type: Option<String>,
    pub claim_stat_cd: Option<String>,
    pub ord_dtl_stat_cd: Option<String>,
    pub ord_no: Option<String>,
    pub mbr_no: Option<String>,
    /// The vendor of a return's or an exchange's delivery group; of other claims whoever sold one of the lines.
    pub entr_no: Option<String>,
    /// 환불기한 경과여부
    pub late_yn: Option<String>,
    /// 확인필요여부: Y of claims of which something was refused, or tried too often.
    pub attn_yn: Option<String>,
    /// A step that is not done: one of `stepList`, or `OPTION`, `IMPORT`, `REJECTED`, `ADDPAY`, `RTNCPN`, `NOTICE`.
    pub step_cd: Option<String>,
    /// How that step stands: 10 or 30. Without `stepCd`, any.
    pub step_stat_cd: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub impt_div_cd: Option<String>,
    /// 10 newest first, which is usual; 20 oldest first.
    pub sort_cd: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 클레임 관리 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedClaimRow {
    #[serde(flatten)]
    pub row: ClaimRow,
    /// Null for a guest's order.
    pub mbr_no: Option<MemberNo>,
    /// The delivery group's of a return or an exchange of ours; of other claims that of the first line.
    pub entr_no: Option<String>,
    pub impt_div_cd: Option<Blame>,
    /// 회수완료일시
    pub wthd_fnsh_dtm: Option<KstDateTime>,
    /// 환불기한
    pub rfd_due_dt: Option<KstDate>,
    /// Y of goods that are here, and whose refund is past its day.
    pub late_yn: Yn,
    /// Null for an option change, as the next is.
    pub claim_rsn_cd: Option<ClaimReason>,
    pub claim_rsn_nm: Option<String>,
    /// Of the details' `cost`; null where there is none.
    pub add_pay_prar_amt: Option<Won>,
    /// The step that is not done; what needs attention comes first. Null where nothing is open, as all that follow.
    pub step_cd: Option<String>,
    pub step_nm: Option<String>,
    pub step_stat_cd: Option<SagaStepStatus>,
    /// Tries that brought no result.
    pub try_cnt: Option<i64>,
    pub next_try_dtm: Option<KstDateTime>,
    /// Why the last try came to nothing; nothing personal.
    pub last_rsn: Option<String>,
}
