//! The aggregates over a member's orders and claims: one indexed statement each, measured by `members` of `make bench`.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{MemberNo, OrderNo, SiteNo, Won};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::domain::purchase_period::PurchasePeriod;

/// What one order counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderAmount {
    pub order_no: OrderNo,
    pub ordered_at: DateTime<Utc>,
    pub amount: Won,
}

/// The orders of a member and a site in a period that count for something, newest first.
pub fn find_amounts(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    period: PurchasePeriod,
) -> QueryResult<Vec<OrderAmount>> {
    let find = FindAmounts {
        member_no: member_no.as_str(),
        site_no: site_no.as_str(),
        from: period.from().naive_utc(),
        to: period.to().naive_utc(),
    };
    let rows: Vec<(OrderNo, NaiveDateTime, Won)> = find.load(conn)?;
    let amounts = rows.into_iter().map(|(order_no, ordered_at, amount)| OrderAmount {
        order_no,
        ordered_at: ordered_at.and_utc(),
        amount,
    });
    Ok(amounts.collect())
}

/// What the member's page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageCounts {
    pub orders: i64,
    /// None until claim-service has told of all claims.
    pub claims: Option<i64>,
}

/// As [`count_live`], and beside them claims that are open or were completed at `completed_from` or later.
pub fn count_page(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    delivered_from: DateTime<Utc>,
    completed_from: DateTime<Utc>,
) -> QueryResult<PageCounts> {
    let count = CountPage {
        member_no: member_no.as_str(),
        site_no: site_no.as_str(),
        delivered_from: delivered_from.naive_utc(),
        completed_from: completed_from.naive_utc(),
    };
    let (orders, claims, backlog): (i64, i64, i64) = count.get_result(conn)?;
    Ok(PageCounts { orders, claims: (backlog == 0).then_some(claims) })
}

/// Orders with a live line on its way, or the last live one of which arrived at `delivered_from` or later.
pub fn count_live(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: &SiteNo,
    delivered_from: DateTime<Utc>,
) -> QueryResult<i64> {
    let count = CountLive {
        member_no: member_no.as_str(),
        site_no: site_no.as_str(),
        delivered_from: delivered_from.naive_utc(),
    };
    let (count,): (i64,) = count.get_result(conn)?;
    Ok(count)
}

// Newest first, as the index has them.
db::statement! {
    struct FindAmounts<'a> {
        member_no: &'a str = Text,
        site_no: &'a str = Text,
        from: NaiveDateTime = Timestamp,
        to: NaiveDateTime = Timestamp,
    } -> (Text, Timestamp, BigInt)
    sql {
        "SELECT ord_no, ord_dtm, pur_amt FROM ord_base WHERE mbr_no = " {member_no} " AND site_no = " {site_no}
        " AND ord_dtm >= " {from} " AND ord_dtm <= " {to}
        " AND pur_amt > 0 ORDER BY ord_dtm DESC, ord_no DESC"
    }
}

// Two ranges of one index: together they are the condition "open or delivered since", without reading what is neither.
db::statement! {
    struct CountLive<'a> {
        member_no: &'a str = Text,
        site_no: &'a str = Text,
        delivered_from: NaiveDateTime = Timestamp,
    } -> (BigInt)
    sql {
        "SELECT (SELECT count(*) FROM ord_base WHERE mbr_no = " {member_no} " AND site_no = " {site_no}
        " AND open_yn = 'Y') + (SELECT count(*) FROM ord_base WHERE mbr_no = " {member_no}
        " AND site_no = " {site_no} " AND open_yn = 'N' AND live_dlvd_dtm >= " {delivered_from} ")"
    }
}

db::statement! {
    struct CountPage<'a> {
        member_no: &'a str = Text,
        site_no: &'a str = Text,
        delivered_from: NaiveDateTime = Timestamp,
        completed_from: NaiveDateTime = Timestamp,
    } -> (BigInt, BigInt, BigInt)
    sql {
        "SELECT (SELECT count(*) FROM ord_base WHERE mbr_no = " {member_no} " AND site_no = " {site_no}
        " AND open_yn = 'Y') + (SELECT count(*) FROM ord_base WHERE mbr_no = " {member_no}
        " AND site_no = " {site_no} " AND open_yn = 'N' AND live_dlvd_dtm >= " {delivered_from}
        "), (SELECT count(*) FROM mbr_claim WHERE mbr_no = " {member_no} " AND site_no = " {site_no}
        " AND open_yn = 'Y') + (SELECT count(*) FROM mbr_claim WHERE mbr_no = " {member_no}
        " AND site_no = " {site_no} " AND open_yn = 'N' AND cmpl_dtm >= " {completed_from}
        "), (SELECT count(*) FROM mbr_claim_backlog)"
    }
}
