//! What an inquiry needs to know of a member's orders.

use std::ops::Range;

use chrono::{DateTime, Utc};
use commerce::{MemberNo, OrderNo, SiteNo};
use db::{Db, DbError};
use service_kit::error::Error;

use crate::domain::ordered_line::OrderedLine;
use crate::store::ordered_line;

/// A page of the member's lines on a site.
pub async fn read_order_lines(
    db: &Db,
    member_no: MemberNo,
    site_no: SiteNo,
    ordered: Range<DateTime<Utc>>,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<OrderedLine>), Error> {
    db.snapshot(move |conn| {
        ordered_line::find_of_member(conn, &member_no, &site_no, &ordered, limit, offset)
            .map_err(DbError::from)
    })
    .await
    .map_err(Error::from)
}

/// Who ordered, and the lines, if the order is the member's on that site.
pub async fn read_own_order_lines(
    db: &Db,
    order_no: OrderNo,
    member_no: MemberNo,
    site_no: SiteNo,
) -> Result<Option<(String, Vec<OrderedLine>)>, Error> {
    db.snapshot(move |conn| {
        let Some((owner, site, orderer_name)) = ordered_line::find_orderer(conn, &order_no)? else {
            return Ok(None);
        };
        if owner.as_ref() != Some(&member_no) || site != site_no {
            return Ok(None);
        }
        Ok::<_, Error>(Some((orderer_name, ordered_line::find_of_order(conn, &order_no)?)))
    })
    .await
}
