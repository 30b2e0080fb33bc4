//! 알림함: what a member was told. 알림 관리: what was told to whom, on every channel.

use commerce::{MemberNo, SiteNo};
use db::Db;
use service_kit::error::Error;

use crate::domain::notification::{InboxNotification, ManagedNotification, NotificationSearch};
use crate::store::notification_list::{find_inbox_page, find_page};

/// How many there are, and one page of them; on one site, or on every one.
pub async fn read_inbox(
    db: &Db,
    member_no: MemberNo,
    site_no: Option<SiteNo>,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<InboxNotification>), Error> {
    db.snapshot(move |conn| Ok(find_inbox_page(conn, member_no.clone(), site_no.clone(), limit, offset)?))
        .await
}

/// The same of everything that is sought.
pub async fn list_notifications(
    db: &Db,
    search: NotificationSearch,
    page: (i64, i64),
) -> Result<(i64, Vec<ManagedNotification>), Error> {
    db.snapshot(move |conn| Ok(find_page(conn, &search, page)?)).await
}
