//! 알림: the member's list of notifications, and the request every service sends to have one delivered.

use std::collections::BTreeMap;

use commerce::{Channel, MemberNo, OrderNo, SendStatus, SiteNo};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 알림함 응답
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotificationList {
    pub total_count: i64,
    pub list: Vec<NotificationRow>,
}

/// 알림함 한 건
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotificationRow {
    pub noti_no: String,
    pub chnl_cd: Channel,
    pub tmpl_cd: String,
    pub title: String,
    pub body: String,
    pub send_stat_cd: SendStatus,
    /// Null while it waits.
    pub send_dtm: Option<KstDateTime>,
}

debug_only!(NotificationRow { noti_no, chnl_cd, tmpl_cd, send_stat_cd });

/// 알림함 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotificationQuery {
    /// For agents and services, who must name a member.
    pub mbr_no: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 알림 관리 목록 조회 요청: a member or an order must be named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedNotificationQuery {
    pub mbr_no: Option<String>,
    pub ord_no: Option<String>,
    pub chnl_cd: Option<String>,
    pub send_stat_cd: Option<String>,
    /// Of the day it was put down.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 알림 관리 한 건
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedNotificationRow {
    #[serde(flatten)]
    pub row: NotificationRow,
    /// Masked; null where there is none, as in the 알림함.
    pub receiver: Option<String>,
    pub try_cnt: i32,
    /// Of one that was given up.
    pub fail_rsn: Option<String>,
    pub ord_no: Option<OrderNo>,
    /// 등록일시
    pub reg_dtm: KstDateTime,
}

debug_only!(ManagedNotificationRow { row, try_cnt, fail_rsn });

/// 알림 발송 요청: what another service asks member-service to send.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotifyRequest {
    /// Names the event, 1 to 200 characters: however often it is sent, each channel carries it once.
    pub noti_key: String,
    pub tmpl_cd: String,
    pub chnl_cds: Vec<Channel>,
    pub site_no: SiteNo,
    pub mbr_no: Option<MemberNo>,
    pub ord_no: Option<OrderNo>,
    #[serde(default)]
    pub receiver: NotifyReceiver,
    /// What the template's placeholders stand for.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
}

debug_only!(NotifyRequest { noti_key, tmpl_cd, chnl_cds, ord_no });

/// 알림 수신자: as far as the sender knows; the rest comes from the order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotifyReceiver {
    pub name: Option<String>,
    pub cell_sct_no: Option<String>,
    pub cell_txno_no: Option<String>,
    pub cell_end_no: Option<String>,
    pub email_addr: Option<String>,
}

debug_only!(NotifyReceiver {});

#[cfg(test)]
mod tests;
