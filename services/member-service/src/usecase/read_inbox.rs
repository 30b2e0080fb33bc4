//! 알림함: what a member was told on its site.

use commerce::{MemberNo, SiteNo};
use db::Db;
use service_kit::error::Error;

use crate::store::notification::{InboxNotification, find_inbox_page};

/// How many there are, and one page of them.
pub async fn read_inbox(
    db: &Db,
    member_no: MemberNo,
    site_no: SiteNo,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<InboxNotification>), Error> {
    db.snapshot(move |conn| Ok(find_inbox_page(conn, &member_no, &site_no, limit, offset)?)).await
}
