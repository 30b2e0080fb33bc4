//! 개인정보 접속기록: which agent looked at whose personal data, when, and at what.

use commerce::{CounselNo, FileNo, MemberNo};
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
    pub user_id: String,
    /// Whose data was looked at.
    pub mbr_no: MemberNo,
    /// The operation that showed them.
    pub oper_nm: String,
    pub ccn_no: Option<CounselNo>,
    pub file_no: Option<FileNo>,
}
