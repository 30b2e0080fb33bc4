//! Notifications: what was told to whom. The 알림함 is read straight from here.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{Channel, MemberNo, OrderNo, SendStatus, SiteNo, Yn, masking};
use db::{DbBackend, DbConnection};
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::schema::{notification, ord_base};
use crate::domain::notification::{Receiver, joined_phone};

/// A notification to be put down.
pub struct NewNotification<'a> {
    pub no: &'a str,
    pub key: &'a str,
    pub channel: Channel,
    pub template_code: &'a str,
    pub site_no: &'a SiteNo,
    pub member_no: Option<&'a MemberNo>,
    pub order_no: Option<&'a OrderNo>,
    pub title: &'a str,
    pub body: &'a str,
    pub receiver: Option<&'a str>,
    pub state: SendState<'a>,
    pub registered_at: DateTime<Utc>,
}

/// 발송상태 with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendState<'a> {
    Waiting,
    Sent(DateTime<Utc>),
    Failed(&'a str),
}

/// Puts a notification down; `false` when the event was told on this channel before.
pub fn insert(conn: &mut DbConnection, notification: &NewNotification<'_>) -> QueryResult<bool> {
    let (status, sent_at, reason) = match notification.state {
        SendState::Waiting => (SendStatus::Waiting, None, None),
        SendState::Sent(at) => (SendStatus::Sent, Some(at.naive_utc()), None),
        SendState::Failed(reason) => (SendStatus::Failed, None, Some(reason)),
    };
    let inserted = Insert {
        no: notification.no,
        key: notification.key,
        channel: notification.channel.code(),
        template_code: notification.template_code,
        site_no: notification.site_no.as_str(),
        member_no: notification.member_no.map(MemberNo::as_str),
        order_no: notification.order_no.map(OrderNo::as_str),
        title: notification.title,
        body: notification.body,
        receiver: notification.receiver,
        status: status.code(),
        sent_at,
        reason,
        registered_at: notification.registered_at.naive_utc(),
    }
    .execute(conn)?;
    Ok(inserted == 1)
}

/// Removes an event from all channels.
pub fn delete(conn: &mut DbConnection, key: &str) -> QueryResult<()> {
    diesel::delete(notification::table.filter(notification::noti_key.eq(key))).execute(conn).map(drop)
}

/// Puts down that notifications are about to be tried, and says which of them still wait.
pub fn begin_tries(conn: &mut DbConnection, nos: &[&str]) -> QueryResult<Vec<String>> {
    let waiting: Vec<(String,)> = BeginTries { nos }.get_results(conn)?;
    Ok(waiting.into_iter().map(|(no,)| no).collect())
}

/// Puts down that notifications which still wait have left.
pub fn update_sent(conn: &mut DbConnection, nos: &[&str], at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(notification::table)
        .filter(notification::noti_no.eq_any(nos))
        .filter(notification::send_stat_cd.eq(SendStatus::Waiting))
        .set((notification::send_stat_cd.eq(SendStatus::Sent), notification::send_dtm.eq(at.naive_utc())))
        .execute(conn)
}

/// Gives a notification up. The reason is for operators and holds nothing personal.
pub fn update_failed(conn: &mut DbConnection, no: &str, reason: &str) -> QueryResult<bool> {
    let updated = diesel::update(notification::table.find(no))
        .filter(notification::send_stat_cd.eq(SendStatus::Waiting))
        .set((notification::send_stat_cd.eq(SendStatus::Failed), notification::fail_rsn.eq(reason)))
        .execute(conn)?;
    Ok(updated == 1)
}

/// What a second notification of the same event needs to know of the first.
#[derive(Queryable)]
pub struct Told {
    pub key: String,
    pub site_no: SiteNo,
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub title: String,
    pub body: String,
}

pub fn find_told(conn: &mut DbConnection, no: &str) -> QueryResult<Option<Told>> {
    notification::table
        .find(no)
        .select((
            notification::noti_key,
            notification::site_no,
            notification::mbr_no,
            notification::ord_no,
            notification::title,
            notification::body,
        ))
        .first(conn)
        .optional()
}

/// Masks title, body and receiver of all of a member's notifications, and calls off those that have not left yet.
/// A second time changes nothing.
pub fn mask_of_member(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<usize> {
    let (receiver, status) = (notification::receiver, notification::send_stat_cd);
    diesel::update(notification::table)
        .filter(notification::mbr_no.eq(member_no))
        .filter(notification::title.ne(masking::STARS))
        .set((
            notification::title.eq(masking::STARS),
            notification::body.eq(masking::STARS),
            receiver.eq(case_when(receiver.is_not_null(), masking::STARS.into_sql::<Nullable<Text>>())),
            status.eq(case_when(status.eq(SendStatus::Waiting), SendStatus::Failed.into_sql::<Text>())
                .otherwise(status)),
        ))
        .execute(conn)
}

/// Where the one who placed an order is found; nothing once the order is masked.
pub fn find_receiver_of_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<Receiver>> {
    let row: Option<(String, String, String, Option<String>)> = ord_base::table
        .find(order_no)
        .filter(ord_base::mask_yn.eq(Yn::No))
        .select((ord_base::cell_sct_no, ord_base::cell_txno_no, ord_base::cell_end_no, ord_base::email_addr))
        .first(conn)
        .optional()?;
    Ok(row.map(|(sct, txno, end, email)| Receiver {
        phone: joined_phone([Some(&sct), Some(&txno), Some(&end)]),
        email: email.filter(|email| !email.is_empty()),
    }))
}

// The written-out statements are on every cancel's way: `cancels` of `make bench` measures them.
db::statement! {
    struct Insert<'a> {
        no: &'a str = Text,
        key: &'a str = Text,
        channel: &'a str = Text,
        template_code: &'a str = Text,
        site_no: &'a str = Text,
        member_no: Option<&'a str> = Nullable<Text>,
        order_no: Option<&'a str> = Nullable<Text>,
        title: &'a str = Text,
        body: &'a str = Text,
        receiver: Option<&'a str> = Nullable<Text>,
        status: &'a str = Text,
        sent_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        reason: Option<&'a str> = Nullable<Text>,
        registered_at: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO notification (noti_no, noti_key, chnl_cd, tmpl_cd, site_no, mbr_no, ord_no, title, body, \
         receiver, send_stat_cd, send_dtm, fail_rsn, reg_dtm) VALUES ("
        {no} ", " {key} ", " {channel} ", " {template_code} ", " {site_no} ", " {member_no} ", " {order_no} ", "
        {title} ", " {body} ", " {receiver} ", " {status} ", " {sent_at} ", " {reason} ", " {registered_at}
        ") ON CONFLICT (noti_key, chnl_cd) DO NOTHING"
    }
}

/// Its text depends on the number of notifications, and tells a connection which statement it is.
#[derive(Debug)]
struct BeginTries<'a> {
    nos: &'a [&'a str],
}

impl QueryFragment<DbBackend> for BeginTries<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        let mut opening = "UPDATE notification SET try_cnt = try_cnt + 1 WHERE noti_no IN (";
        for no in self.nos {
            out.push_sql(opening);
            out.push_bind_param::<Text, _>(no)?;
            opening = ", ";
        }
        out.push_sql(") AND send_stat_cd = '10' RETURNING noti_no");
        Ok(())
    }
}

impl QueryId for BeginTries<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for BeginTries<'_> {
    type SqlType = (Text,);
}

impl RunQueryDsl<DbConnection> for BeginTries<'_> {}
