//! 알림 목록: what was told, as it is looked at.

use chrono::{DateTime, Utc};
use commerce::period::Period;
use commerce::{Channel, MemberNo, OrderNo, SendStatus, SiteNo};

/// A row of the 알림함.
#[derive(Clone, PartialEq, Eq)]
pub struct InboxNotification {
    pub no: String,
    pub channel: Channel,
    pub template_code: String,
    pub title: String,
    pub body: String,
    pub status: SendStatus,
    pub sent_at: Option<DateTime<Utc>>,
}

/// The same with what became of it on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct ManagedNotification {
    pub notification: InboxNotification,
    /// Where it went, unmasked.
    pub address: Option<String>,
    pub tries: i32,
    pub reason: Option<String>,
    /// None of what was told of a guest's order.
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub registered_at: DateTime<Utc>,
}

/// What is sought: whatever is said here holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotificationSearch {
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub site_no: Option<SiteNo>,
    pub channel: Option<Channel>,
    pub status: Option<SendStatus>,
    /// Of when it was put down.
    pub period: Period,
}
