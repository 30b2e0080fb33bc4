//! 개인정보 접속기록: who looked at whose personal data, when, from where, and at what.

use std::net::IpAddr;

use commerce::{ClaimNo, CounselNo, FileNo, MemberNo, OrderNo};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 접속기록 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessRecordQuery {
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub user_id: Option<String>,
    pub mbr_no: Option<String>,
    /// The service that showed them, as `member-service`.
    pub svc_nm: Option<String>,
    /// The operation that showed them.
    pub oper_nm: Option<String>,
    pub ord_no: Option<String>,
    pub claim_no: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 접속기록 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessRecordRow {
    pub acs_no: String,
    pub acs_dtm: KstDateTime,
    /// The agent who looked, or the vendor.
    pub user_id: String,
    /// Whose data was looked at; null of a guest, whom `ordNo` names.
    pub mbr_no: Option<MemberNo>,
    /// The operation that showed them.
    pub oper_nm: String,
    pub ccn_no: Option<CounselNo>,
    pub file_no: Option<FileNo>,
    pub svc_nm: String,
    /// The order they were shown of, where it was one alone.
    pub ord_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
    /// 접속지: the address who looked called from; null of records that are older than this field.
    pub acs_ip: Option<IpAddr>,
}
