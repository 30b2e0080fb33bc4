//! 알림 목록: a member's 알림함, and what agents look through.

use chrono::NaiveDateTime;
use commerce::{Channel, MemberNo, OrderNo, SendStatus, SiteNo};
use db::{DbBackend, DbConnection};
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::schema::notification;
use crate::domain::notification::{InboxNotification, ManagedNotification, NotificationSearch};

type InboxRow = (String, Channel, String, String, String, SendStatus, Option<NaiveDateTime>);

/// Of a query that selects something from notifications, those that are sought. Its type nobody can write down.
macro_rules! narrowed {
    ($select:expr, $search:expr) => {{
        let search: &NotificationSearch = $search;
        let mut query = notification::table.select($select).into_boxed::<DbBackend>();
        if let Some(order_no) = &search.order_no {
            query = query.filter(notification::ord_no.eq(order_no.as_str()));
        }
        if let Some(member_no) = &search.member_no {
            query = query.filter(notification::mbr_no.eq(member_no.as_str()));
        }
        if let Some(site_no) = &search.site_no {
            query = query.filter(notification::site_no.eq(site_no.as_str()));
        }
        if let Some(channel) = search.channel {
            query = query.filter(notification::chnl_cd.eq(channel));
        }
        if let Some(status) = search.status {
            query = query.filter(notification::send_stat_cd.eq(status));
        }
        if let Some(from) = search.period.begin() {
            query = query.filter(notification::reg_dtm.ge(from.naive_utc()));
        }
        if let Some(until) = search.period.end() {
            query = query.filter(notification::reg_dtm.lt(until.naive_utc()));
        }
        query
    }};
}

/// 알림함: how many, and one page of them, newest first; on one site, or on every one.
pub fn find_inbox_page(
    conn: &mut DbConnection,
    member_no: MemberNo,
    site_no: Option<SiteNo>,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<InboxNotification>)> {
    let channel = Some(Channel::Inbox);
    let search =
        NotificationSearch { member_no: Some(member_no), site_no, channel, ..NotificationSearch::default() };
    let count = narrowed!(count_star(), &search).first(conn)?;
    let rows: Vec<InboxRow> = narrowed!(INBOX_COLUMNS, &search)
        .order((notification::reg_dtm.desc(), notification::noti_no.desc()))
        .limit(limit)
        .offset(offset)
        .load(conn)?;
    Ok((count, rows.into_iter().map(inbox).collect()))
}

/// How many were put down, and one page of them, newest first.
pub fn find_page(
    conn: &mut DbConnection,
    search: &NotificationSearch,
    (limit, offset): (i64, i64),
) -> QueryResult<(i64, Vec<ManagedNotification>)> {
    type Row =
        (InboxRow, Option<String>, i32, Option<String>, Option<MemberNo>, Option<OrderNo>, NaiveDateTime);
    let count = narrowed!(count_star(), search).first(conn)?;
    let columns = (
        INBOX_COLUMNS,
        notification::receiver,
        notification::try_cnt,
        notification::fail_rsn,
        notification::mbr_no,
        notification::ord_no,
        notification::reg_dtm,
    );
    let rows: Vec<Row> = narrowed!(columns, search)
        .order((notification::reg_dtm.desc(), notification::noti_no.desc()))
        .limit(limit)
        .offset(offset)
        .load(conn)?;
    let page = rows.into_iter().map(|(row, address, tries, reason, member_no, order_no, registered_at)| {
        ManagedNotification {
            notification: inbox(row),
            address,
            tries,
            reason,
            member_no,
            order_no,
            registered_at: registered_at.and_utc(),
        }
    });
    Ok((count, page.collect()))
}

fn inbox((no, channel, template_code, title, body, status, sent_at): InboxRow) -> InboxNotification {
    let sent_at = sent_at.map(|at| at.and_utc());
    InboxNotification { no, channel, template_code, title, body, status, sent_at }
}

type InboxColumns = (
    notification::noti_no,
    notification::chnl_cd,
    notification::tmpl_cd,
    notification::title,
    notification::body,
    notification::send_stat_cd,
    notification::send_dtm,
);

const INBOX_COLUMNS: InboxColumns = (
    notification::noti_no,
    notification::chnl_cd,
    notification::tmpl_cd,
    notification::title,
    notification::body,
    notification::send_stat_cd,
    notification::send_dtm,
);
