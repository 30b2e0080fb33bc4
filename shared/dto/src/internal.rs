//! What services tell each other beside the contract. The gateway never routes these.

use commerce::{CouponIssueNo, MemberNo, OrderNo, SiteNo, Won};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;
use crate::nullable::null_as_empty;
use crate::order::OrderAccm;

/// 회원 탈퇴 전달: the member whose personal data the receiver must mask. A repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberWithdrawal {
    pub mbr_no: MemberNo,
}

/// 주문 반영: what promotion-service records of an order member-service has taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRecord {
    /// Names the event: however often it is sent, it is recorded once.
    pub evt_key: String,
    pub ord_no: OrderNo,
    pub site_no: SiteNo,
    pub mbr_no: Option<MemberNo>,
    pub ord_dtm: KstDateTime,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub accm_list: Vec<OrderAccm>,
    /// Mileage the order was paid with (ME020 50).
    pub mlg_use_amt: Won,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub cpn_isu_no_list: Vec<CouponIssueNo>,
}

#[cfg(test)]
mod tests;
