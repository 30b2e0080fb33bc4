//! 마일리지 원장

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, MemberNo, MileageReason, OrderNo, SiteNo, Won};
use db::DbConnection;
use diesel::prelude::*;

use crate::domain::burden::{Burden, Split};
use crate::domain::mileage_ledger::{Account, Movement, Use};
use crate::store::columns::time;
use crate::store::schema::mlg_ledger;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mlg_ledger, treat_none_as_default_value = false)]
struct MovementRow {
    mlg_no: String,
    mbr_no: MemberNo,
    site_no: SiteNo,
    lot_no: Option<String>,
    rsn_cd: MileageReason,
    amt: Won,
    our_chrg_rate: i32,
    entr_chrg_rate: i32,
    our_amt: Won,
    entr_amt: Won,
    ord_no: OrderNo,
    claim_no: Option<ClaimNo>,
    org_mlg_no: Option<String>,
    evt_key: String,
    dtm: NaiveDateTime,
}

impl From<MovementRow> for Movement {
    fn from(row: MovementRow) -> Self {
        Self {
            no: row.mlg_no,
            lot_no: row.lot_no,
            reason: row.rsn_cd,
            amount: row.amt,
            burden: Burden::of_order(Some(row.our_chrg_rate), Some(row.entr_chrg_rate)),
            split: Split { ours: row.our_amt, vendors: row.entr_amt },
            order_no: row.ord_no,
            claim_no: row.claim_no,
            reverses: row.org_mlg_no,
            key: row.evt_key,
            at: row.dtm.and_utc(),
        }
    }
}

pub fn insert(conn: &mut DbConnection, account: &Account, movement: Movement) -> QueryResult<()> {
    diesel::insert_into(mlg_ledger::table)
        .values(MovementRow {
            mlg_no: movement.no,
            mbr_no: account.member_no.clone(),
            site_no: account.site_no.clone(),
            lot_no: movement.lot_no,
            rsn_cd: movement.reason,
            amt: movement.amount,
            our_chrg_rate: movement.burden.our_rate(),
            entr_chrg_rate: movement.burden.vendor_rate(),
            our_amt: movement.split.ours,
            entr_amt: movement.split.vendors,
            ord_no: movement.order_no,
            claim_no: movement.claim_no,
            org_mlg_no: movement.reverses,
            evt_key: movement.key,
            dtm: time(movement.at),
        })
        .execute(conn)?;
    Ok(())
}

/// A member's movements on one site or on all, the newest first.
pub fn find_of_member(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: Option<&SiteNo>,
) -> QueryResult<Vec<Movement>> {
    let of_member = mlg_ledger::table
        .filter(mlg_ledger::mbr_no.eq(member_no))
        .order((mlg_ledger::dtm.desc(), mlg_ledger::mlg_no.desc()))
        .select(MovementRow::as_select());
    let rows: Vec<MovementRow> = match site_no {
        Some(site_no) => of_member.filter(mlg_ledger::site_no.eq(site_no)).load(conn)?,
        None => of_member.load(conn)?,
    };
    Ok(rows.into_iter().map(Movement::from).collect())
}

/// What an order was paid with, first to last, and what of it is still out.
pub fn find_uses(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<Use>> {
    type Row = (String, Option<String>, MileageReason, Won, Option<String>);
    let rows: Vec<Row> = mlg_ledger::table
        .filter(mlg_ledger::ord_no.eq(order_no))
        .filter(mlg_ledger::rsn_cd.eq_any([
            MileageReason::UsedInOrder,
            MileageReason::UsedForDelivery,
            MileageReason::Refund,
        ]))
        .order(mlg_ledger::mlg_no)
        .select((
            mlg_ledger::mlg_no,
            mlg_ledger::lot_no,
            mlg_ledger::rsn_cd,
            mlg_ledger::amt,
            mlg_ledger::org_mlg_no,
        ))
        .load(conn)?;
    let mut returned: HashMap<String, i64> = HashMap::new();
    for (_, _, reason, amount, reversed) in &rows {
        if let (MileageReason::Refund, Some(reversed)) = (reason, reversed) {
            *returned.entry(reversed.clone()).or_default() += amount.amount();
        }
    }
    Ok(rows
        .into_iter()
        .filter(|(_, _, reason, _, _)| *reason != MileageReason::Refund)
        .map(|(movement_no, lot_no, _, amount, _)| {
            let back = returned.get(&movement_no).copied().unwrap_or(0);
            let outstanding = Won::new(amount.amount().saturating_neg().saturating_sub(back));
            Use { movement_no, lot_no, outstanding }
        })
        .collect())
}
