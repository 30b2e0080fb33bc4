//! 접속기록 전달: who was shown whose personal data by a service, for the one that keeps such records.

use std::net::IpAddr;

use commerce::{ClaimNo, MemberNo, OrderNo};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_ACCESS_RECORDS, at_most};
use crate::date_time::KstDateTime;

/// The body of `POST /internal/accessRecords`. Whose operations they are is who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRecords {
    /// Names these records: however often they are sent, they are kept once.
    pub evt_key: String,
    #[serde(deserialize_with = "at_most::<MOST_ACCESS_RECORDS, _, _>")]
    pub record_list: Vec<AccessRecord>,
}

/// One member, or one guest's order, in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRecord {
    pub acs_dtm: KstDateTime,
    pub user_id: String,
    pub acs_ip: Option<IpAddr>,
    pub oper_nm: String,
    pub mbr_no: Option<MemberNo>,
    pub ord_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
}
