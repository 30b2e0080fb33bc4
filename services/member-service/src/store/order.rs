//! Orders: put down once, read back whole.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{MemberGrade, MemberNo, OrderMedia, OrderNo, SiteNo, Won, Yn};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use super::schema::ord_base;
use super::{order_line, order_payment, personal};
use crate::domain::order_intake::OrderToTake;
use crate::domain::personal::{Orderer, PersonalData, Phone};
use crate::domain::purchase_total::OrderSummary;
use crate::domain::standing_order::StandingOrder;

/// An order and what goes into its row beside its own facts.
pub struct NewOrder<'a> {
    pub order: &'a OrderToTake,
    /// What is to be seen of the person.
    pub personal: &'a PersonalData,
    pub is_masked: bool,
    pub password_hash: Option<&'a str>,
    pub terms: &'a str,
    pub digest: &'a str,
    pub summary: OrderSummary,
    pub registered_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = ord_base, treat_none_as_default_value = false)]
struct NewRow<'a> {
    ord_no: &'a str,
    site_no: &'a str,
    mbr_no: Option<&'a str>,
    mbr_grade_cd: Option<MemberGrade>,
    ord_man_nm: &'a str,
    cell_sct_no: &'a str,
    cell_txno_no: &'a str,
    cell_end_no: &'a str,
    email_addr: Option<&'a str>,
    ord_pwd_hash: Option<&'a str>,
    ord_media_cd: OrderMedia,
    ord_dtm: NaiveDateTime,
    ord_terms: &'a str,
    ord_dgst: &'a str,
    mask_yn: Yn,
    pur_amt: Won,
    open_yn: Yn,
    live_dlvd_dtm: Option<NaiveDateTime>,
    reg_dtm: NaiveDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_base)]
struct Row {
    ord_no: OrderNo,
    site_no: SiteNo,
    mbr_no: Option<MemberNo>,
    mbr_grade_cd: Option<MemberGrade>,
    ord_man_nm: String,
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
    email_addr: Option<String>,
    ord_media_cd: OrderMedia,
    ord_dtm: NaiveDateTime,
    ord_terms: String,
    mask_yn: Yn,
}

/// The digests of those orders that are here.
pub fn find_digests(
    conn: &mut DbConnection,
    order_nos: &[&OrderNo],
) -> QueryResult<HashMap<OrderNo, String>> {
    let order_nos: Vec<&str> = order_nos.iter().map(|order_no| order_no.as_str()).collect();
    let rows: Vec<(OrderNo, String)> = ord_base::table
        .filter(ord_base::ord_no.eq_any(order_nos))
        .select((ord_base::ord_no, ord_base::ord_dgst))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Who ordered, as it stands now, of those orders that are here; and whether that is masked.
pub fn find_orderer_names(
    conn: &mut DbConnection,
    order_nos: &[OrderNo],
) -> QueryResult<Vec<(OrderNo, String, Yn)>> {
    let order_nos: Vec<&str> = order_nos.iter().map(OrderNo::as_str).collect();
    ord_base::table
        .filter(ord_base::ord_no.eq_any(order_nos))
        .order(ord_base::ord_no)
        .select((ord_base::ord_no, ord_base::ord_man_nm, ord_base::mask_yn))
        .load(conn)
}

/// Puts an order's own row down; `false` when one of its number is here already, perhaps since a moment ago.
pub fn insert(conn: &mut DbConnection, new: &NewOrder<'_>) -> QueryResult<bool> {
    let (order, orderer) = (new.order, &new.personal.orderer);
    let row = NewRow {
        ord_no: order.number.as_str(),
        site_no: order.site_no.as_str(),
        mbr_no: order.member_no.as_ref().map(MemberNo::as_str),
        mbr_grade_cd: order.grade,
        ord_man_nm: &orderer.name,
        cell_sct_no: &orderer.phone.first,
        cell_txno_no: &orderer.phone.middle,
        cell_end_no: &orderer.phone.last,
        email_addr: orderer.email.as_deref(),
        ord_pwd_hash: new.password_hash,
        ord_media_cd: order.media,
        ord_dtm: order.ordered_at.naive_utc(),
        ord_terms: new.terms,
        ord_dgst: new.digest,
        mask_yn: new.is_masked.into(),
        pur_amt: new.summary.amount_purchased,
        open_yn: new.summary.is_open.into(),
        live_dlvd_dtm: new.summary.delivered_at.map(|at| at.naive_utc()),
        reg_dtm: new.registered_at.naive_utc(),
    };
    let inserted = each_backend!(conn, |inner| {
        diesel::insert_into(ord_base::table).values(&row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(inserted == 1)
}

/// Keeps an order locked until the transaction ends; `false` when there is none.
pub fn lock(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<bool> {
    let query = ord_base::table.find(order_no.as_str()).select(ord_base::ord_no);
    let found: Option<OrderNo> = for_update!(conn, query, |query, inner| query.first(inner).optional())?;
    Ok(found.is_some())
}

/// Writes what follows from the lines.
pub fn update_summary(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    summary: &OrderSummary,
) -> QueryResult<()> {
    UpdateSummary {
        amount: summary.amount_purchased,
        open_yn: Yn::from(summary.is_open).code(),
        delivered_at: summary.delivered_at.map(|at| at.naive_utc()),
        order_no: order_no.as_str(),
    }
    .execute(conn)
    .map(drop)
}

/// An order as it stands. Several statements: read it in one snapshot.
pub fn find(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<StandingOrder>> {
    let row: Option<Row> =
        ord_base::table.find(order_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let (payments, cards) = order_payment::find(conn, order_no)?;
    Ok(Some(StandingOrder {
        personal: PersonalData {
            orderer: Orderer {
                name: row.ord_man_nm,
                phone: Phone { first: row.cell_sct_no, middle: row.cell_txno_no, last: row.cell_end_no },
                email: row.email_addr,
            },
            deliveries: personal::find_deliveries(conn, order_no)?,
            gift_deliveries: personal::find_gift_deliveries(conn, order_no)?,
            cards,
        },
        number: row.ord_no,
        site_no: row.site_no,
        member_no: row.mbr_no,
        grade: row.mbr_grade_cd,
        media: row.ord_media_cd,
        ordered_at: row.ord_dtm.and_utc(),
        is_masked: row.mask_yn.into(),
        payments,
        lines: order_line::find(conn, order_no)?,
        terms: row.ord_terms,
    }))
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct UpdateSummary<'a> {
        amount: Won = BigInt,
        open_yn: &'a str = Text,
        delivered_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        order_no: &'a str = Text,
    }
    sql {
        "UPDATE ord_base SET pur_amt = " {amount} ", open_yn = " {open_yn} ", live_dlvd_dtm = " {delivered_at}
        " WHERE ord_no = " {order_no}
    }
}
