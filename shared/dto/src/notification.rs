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
