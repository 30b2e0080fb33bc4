//! 배송지: which lines go there, and the customs number on it.

use commerce::{OrderNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use serde::Deserialize;

use super::schema::{ord_base, ord_dlvp, ord_line};
use crate::domain::delivery_place::{CustomsNumber, DeliveryPlace};

/// What the order's terms say of its delivery groups.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
    deli_grp_list: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    deli_grp_no: i32,
    dlvp_seq: i32,
}

/// Who receives at each address of these orders, as it stands now, by order and address.
pub fn find_recipients(
    conn: &mut DbConnection,
    order_nos: &[OrderNo],
) -> QueryResult<Vec<(OrderNo, i32, String)>> {
    let order_nos: Vec<&str> = order_nos.iter().map(OrderNo::as_str).collect();
    ord_dlvp::table
        .filter(ord_dlvp::ord_no.eq_any(order_nos))
        .order((ord_dlvp::ord_no, ord_dlvp::dlvp_seq))
        .select((ord_dlvp::ord_no, ord_dlvp::dlvp_seq, ord_dlvp::rcvmn_nm))
        .load(conn)
}

/// An address of an order, with where the lines stand that go there.
pub fn find(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    delivery_seq: i32,
) -> QueryResult<Option<DeliveryPlace>> {
    let is_here: Option<i32> = ord_dlvp::table
        .find((order_no.as_str(), delivery_seq))
        .select(ord_dlvp::dlvp_seq)
        .first(conn)
        .optional()?;
    if is_here.is_none() {
        return Ok(None);
    }
    let (terms, mask_yn): (String, Yn) = ord_base::table
        .find(order_no.as_str())
        .select((ord_base::ord_terms, ord_base::mask_yn))
        .first(conn)?;
    let terms: Terms = serde_json::from_str(&terms)
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
    let groups: Vec<i32> = terms
        .deli_grp_list
        .iter()
        .filter(|group| group.dlvp_seq == delivery_seq)
        .map(|group| group.deli_grp_no)
        .collect();
    let line_statuses = ord_line::table
        .filter(ord_line::ord_no.eq(order_no.as_str()))
        .filter(ord_line::deli_grp_no.eq_any(groups))
        .select(ord_line::ord_dtl_stat_cd)
        .load(conn)?;
    Ok(Some(DeliveryPlace { is_masked: mask_yn.into(), line_statuses }))
}

/// Writes the customs number of an address.
pub fn update_customs_number(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    delivery_seq: i32,
    customs_number: &CustomsNumber,
) -> QueryResult<()> {
    diesel::update(ord_dlvp::table.find((order_no.as_str(), delivery_seq)))
        .set(ord_dlvp::pers_cstm_cd.eq(customs_number.as_str()))
        .execute(conn)
        .map(drop)
}
