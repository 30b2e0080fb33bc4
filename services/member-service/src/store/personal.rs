//! The personal columns of orders: put down with a new order, read back, masked many at a time.

mod masked;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{MemberNo, OrderNo, PaymentNo, Yn};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use super::schema::{ord_base, ord_dlvp, ord_etc_gft_dlvp, ord_pay};
use crate::domain::personal::{Address, Card, Delivery, GiftDelivery, Orderer, PersonalData, Phone};

pub use masked::update_masked;

/// The personal data of one order.
pub struct PersonalOrder {
    pub order_no: OrderNo,
    pub ordered_at: DateTime<Utc>,
    pub personal: PersonalData,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ord_base)]
struct BaseRow {
    ord_no: OrderNo,
    ord_dtm: NaiveDateTime,
    ord_man_nm: String,
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
    email_addr: Option<String>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = ord_dlvp, treat_none_as_default_value = false)]
struct DeliveryRow {
    ord_no: OrderNo,
    dlvp_seq: i32,
    rcvmn_nm: String,
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
    zip_no: String,
    zip_addr: String,
    dtl_addr: String,
    deli_msg: Option<String>,
    pers_cstm_cd: Option<String>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = ord_etc_gft_dlvp, treat_none_as_default_value = false)]
struct GiftDeliveryRow {
    ord_no: OrderNo,
    etc_gft_dlvp_no: String,
    etc_gft_nm: String,
    rcvmn_nm: String,
    zip_no: String,
    zip_addr: String,
    dtl_addr: String,
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
    deli_msg: Option<String>,
}

impl DeliveryRow {
    fn into_delivery(self) -> (OrderNo, Delivery) {
        let delivery = Delivery {
            seq: self.dlvp_seq,
            receiver: self.rcvmn_nm,
            phone: Phone { first: self.cell_sct_no, middle: self.cell_txno_no, last: self.cell_end_no },
            address: Address { zip_code: self.zip_no, street: self.zip_addr, detail: self.dtl_addr },
            message: self.deli_msg,
            customs_number: self.pers_cstm_cd,
        };
        (self.ord_no, delivery)
    }
}

impl GiftDeliveryRow {
    fn into_gift(self) -> (OrderNo, GiftDelivery) {
        let gift = GiftDelivery {
            number: self.etc_gft_dlvp_no,
            gift_name: self.etc_gft_nm,
            receiver: self.rcvmn_nm,
            phone: Phone { first: self.cell_sct_no, middle: self.cell_txno_no, last: self.cell_end_no },
            address: Address { zip_code: self.zip_no, street: self.zip_addr, detail: self.dtl_addr },
            message: self.deli_msg,
        };
        (self.ord_no, gift)
    }
}

/// Puts down where new orders and their gifts go. Orderers and cards stand in the rows of order and payment.
pub fn insert<'a>(
    conn: &mut DbConnection,
    orders: impl Iterator<Item = (&'a OrderNo, &'a PersonalData)>,
) -> QueryResult<()> {
    let (mut deliveries, mut gifts) = (Vec::new(), Vec::new());
    for (order_no, personal) in orders {
        deliveries.extend(personal.deliveries.iter().map(|delivery| delivery_row(order_no, delivery)));
        gifts.extend(personal.gift_deliveries.iter().map(|gift| gift_row(order_no, gift)));
    }
    for rows in deliveries.chunks(super::ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(ord_dlvp::table).values(rows).execute(inner))?;
    }
    for rows in gifts.chunks(super::ROWS_PER_STATEMENT) {
        each_backend!(conn, |inner| diesel::insert_into(ord_etc_gft_dlvp::table)
            .values(rows)
            .execute(inner))?;
    }
    Ok(())
}

/// Up to `limit` of a member's orders that are still readable, locked until the transaction ends.
pub fn find_readable(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    limit: i64,
) -> QueryResult<Vec<PersonalOrder>> {
    let rows: Vec<BaseRow> = for_update!(
        conn,
        ord_base::table
            .filter(ord_base::mbr_no.eq(member_no.as_str()))
            .filter(ord_base::mask_yn.eq("N"))
            .order(ord_base::ord_no)
            .limit(limit)
            .select(BaseRow::as_select()),
        |query, inner| query.load(inner)
    )?;
    whole_orders(conn, rows)
}

/// A page of a member's orders behind one of them, by number; `true` where only masks are left. Call it in a snapshot.
pub fn find_page(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    after: Option<&OrderNo>,
    limit: i64,
) -> QueryResult<Vec<(bool, PersonalOrder)>> {
    let rows: Vec<(Yn, BaseRow)> = ord_base::table
        .filter(ord_base::mbr_no.eq(member_no.as_str()))
        .filter(ord_base::ord_no.gt(after.map_or("", OrderNo::as_str)))
        .order(ord_base::ord_no)
        .limit(limit)
        .select((ord_base::mask_yn, BaseRow::as_select()))
        .load(conn)?;
    let (masked, rows): (Vec<Yn>, Vec<BaseRow>) = rows.into_iter().unzip();
    Ok(masked.into_iter().map(Yn::is_yes).zip(whole_orders(conn, rows)?).collect())
}

fn whole_orders(conn: &mut DbConnection, rows: Vec<BaseRow>) -> QueryResult<Vec<PersonalOrder>> {
    let order_nos: Vec<OrderNo> = rows.iter().map(|row| row.ord_no.clone()).collect();
    let mut deliveries = deliveries_of(conn, &order_nos)?;
    let mut gift_deliveries = gift_deliveries_of(conn, &order_nos)?;
    let mut cards = cards_of(conn, &order_nos)?;
    let orders = rows.into_iter().map(|row| PersonalOrder {
        personal: PersonalData {
            orderer: Orderer {
                name: row.ord_man_nm,
                phone: Phone { first: row.cell_sct_no, middle: row.cell_txno_no, last: row.cell_end_no },
                email: row.email_addr,
            },
            deliveries: deliveries.remove(&row.ord_no).unwrap_or_default(),
            gift_deliveries: gift_deliveries.remove(&row.ord_no).unwrap_or_default(),
            cards: cards.remove(&row.ord_no).unwrap_or_default(),
        },
        order_no: row.ord_no,
        ordered_at: row.ord_dtm.and_utc(),
    });
    Ok(orders.collect())
}

/// Where one order goes.
pub(super) fn find_deliveries(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<Delivery>> {
    let rows: Vec<DeliveryRow> = ord_dlvp::table
        .filter(ord_dlvp::ord_no.eq(order_no.as_str()))
        .order(ord_dlvp::dlvp_seq)
        .select(DeliveryRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.into_delivery().1).collect())
}

/// Where the gifts of one order go.
pub(super) fn find_gift_deliveries(
    conn: &mut DbConnection,
    order_no: &OrderNo,
) -> QueryResult<Vec<GiftDelivery>> {
    let rows: Vec<GiftDeliveryRow> = ord_etc_gft_dlvp::table
        .filter(ord_etc_gft_dlvp::ord_no.eq(order_no.as_str()))
        .order(ord_etc_gft_dlvp::etc_gft_dlvp_no)
        .select(GiftDeliveryRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.into_gift().1).collect())
}

fn deliveries_of(
    conn: &mut DbConnection,
    order_nos: &[OrderNo],
) -> QueryResult<HashMap<OrderNo, Vec<Delivery>>> {
    let rows: Vec<DeliveryRow> = ord_dlvp::table
        .filter(ord_dlvp::ord_no.eq_any(order_nos))
        .order((ord_dlvp::ord_no, ord_dlvp::dlvp_seq))
        .select(DeliveryRow::as_select())
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(DeliveryRow::into_delivery)))
}

fn gift_deliveries_of(
    conn: &mut DbConnection,
    order_nos: &[OrderNo],
) -> QueryResult<HashMap<OrderNo, Vec<GiftDelivery>>> {
    let rows: Vec<GiftDeliveryRow> = ord_etc_gft_dlvp::table
        .filter(ord_etc_gft_dlvp::ord_no.eq_any(order_nos))
        .order((ord_etc_gft_dlvp::ord_no, ord_etc_gft_dlvp::etc_gft_dlvp_no))
        .select(GiftDeliveryRow::as_select())
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(GiftDeliveryRow::into_gift)))
}

fn cards_of(conn: &mut DbConnection, order_nos: &[OrderNo]) -> QueryResult<HashMap<OrderNo, Vec<Card>>> {
    let rows: Vec<(OrderNo, PaymentNo, Option<String>)> = ord_pay::table
        .filter(ord_pay::ord_no.eq_any(order_nos))
        .order((ord_pay::ord_no, ord_pay::pay_no))
        .select((ord_pay::ord_no, ord_pay::pay_no, ord_pay::card_no))
        .load(conn)?;
    Ok(grouped(
        rows.into_iter().map(|(order_no, payment_no, number)| (order_no, Card { payment_no, number })),
    ))
}

fn grouped<T>(rows: impl Iterator<Item = (OrderNo, T)>) -> HashMap<OrderNo, Vec<T>> {
    let mut groups: HashMap<OrderNo, Vec<T>> = HashMap::new();
    for (order_no, item) in rows {
        groups.entry(order_no).or_default().push(item);
    }
    groups
}

fn delivery_row(order_no: &OrderNo, delivery: &Delivery) -> DeliveryRow {
    let delivery = delivery.clone();
    DeliveryRow {
        ord_no: order_no.clone(),
        dlvp_seq: delivery.seq,
        rcvmn_nm: delivery.receiver,
        cell_sct_no: delivery.phone.first,
        cell_txno_no: delivery.phone.middle,
        cell_end_no: delivery.phone.last,
        zip_no: delivery.address.zip_code,
        zip_addr: delivery.address.street,
        dtl_addr: delivery.address.detail,
        deli_msg: delivery.message,
        pers_cstm_cd: delivery.customs_number,
    }
}

fn gift_row(order_no: &OrderNo, gift: &GiftDelivery) -> GiftDeliveryRow {
    let gift = gift.clone();
    GiftDeliveryRow {
        ord_no: order_no.clone(),
        etc_gft_dlvp_no: gift.number,
        etc_gft_nm: gift.gift_name,
        rcvmn_nm: gift.receiver,
        zip_no: gift.address.zip_code,
        zip_addr: gift.address.street,
        dtl_addr: gift.address.detail,
        cell_sct_no: gift.phone.first,
        cell_txno_no: gift.phone.middle,
        cell_end_no: gift.phone.last,
        deli_msg: gift.message,
    }
}
