//! 주문 반영여부: which orders were recorded, and what claims said of those that were not.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::mileage_ledger::Account;
use crate::domain::order_effects::{ClaimStep, MileageClaim};
use crate::store::columns::time;
use crate::store::schema::{mlg_ord, mlg_waiting};

/// What is known of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderBook {
    NotRecorded,
    /// Guests have no account.
    Recorded(Option<Account>),
}

/// Nobody else tells of this order before this transaction ends.
pub fn lock(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<OrderBook> {
    type Row = (Option<NaiveDateTime>, Option<MemberNo>, Option<SiteNo>);
    each_backend!(conn, |inner| diesel::insert_into(mlg_ord::table)
        .values(mlg_ord::ord_no.eq(order_no))
        .on_conflict_do_nothing()
        .execute(inner))?;
    let (recorded_at, member_no, site_no): Row = for_update!(
        conn,
        mlg_ord::table.find(order_no).select((mlg_ord::rec_dtm, mlg_ord::mbr_no, mlg_ord::site_no)),
        |query, inner| query.first(inner)
    )?;
    Ok(match (recorded_at, member_no, site_no) {
        (None, _, _) => OrderBook::NotRecorded,
        (Some(_), Some(member_no), Some(site_no)) => {
            OrderBook::Recorded(Some(Account { member_no, site_no }))
        }
        (Some(_), _, _) => OrderBook::Recorded(None),
    })
}

/// The member whose order it is; none of a guest's, and of one that was not recorded yet.
pub fn find_orderer(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<MemberNo>> {
    let found: Option<Option<MemberNo>> =
        mlg_ord::table.find(order_no).select(mlg_ord::mbr_no).first(conn).optional()?;
    Ok(found.flatten())
}

pub fn update_recorded(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    member_no: Option<&MemberNo>,
    site_no: &SiteNo,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(mlg_ord::table.find(order_no))
        .set((mlg_ord::rec_dtm.eq(time(now)), mlg_ord::mbr_no.eq(member_no), mlg_ord::site_no.eq(site_no)))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = mlg_waiting, treat_none_as_default_value = false)]
struct WaitingRow {
    evt_key: String,
    seq: i64,
    ord_no: OrderNo,
    claim_no: ClaimNo,
    rsn_cd: Option<MileageReason>,
    promo_no: Option<PromotionNo>,
    amt: Won,
}

/// Keeps a claim's step for when its order is recorded.
pub fn insert_waiting(conn: &mut DbConnection, step: &ClaimStep, claims: &[MileageClaim]) -> QueryResult<()> {
    for (seq, claim) in (0_i64..).zip(claims) {
        let (rsn_cd, promo_no, amt) = match claim {
            MileageClaim::TakeBack { reason, promotion_no, amount } => {
                (Some(*reason), Some(promotion_no.clone()), *amount)
            }
            MileageClaim::Restore { amount } => (None, None, *amount),
        };
        diesel::insert_into(mlg_waiting::table)
            .values(WaitingRow {
                evt_key: step.key.clone(),
                seq,
                ord_no: step.order_no.clone(),
                claim_no: step.claim_no.clone(),
                rsn_cd,
                promo_no,
                amt,
            })
            .execute(conn)?;
    }
    Ok(())
}

/// What waits for an order.
pub fn find_waiting(
    conn: &mut DbConnection,
    order_no: &OrderNo,
) -> QueryResult<Vec<(ClaimStep, MileageClaim)>> {
    let rows: Vec<WaitingRow> = mlg_waiting::table
        .filter(mlg_waiting::ord_no.eq(order_no))
        .order((mlg_waiting::evt_key, mlg_waiting::seq))
        .select(WaitingRow::as_select())
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let step = ClaimStep { key: row.evt_key, claim_no: row.claim_no, order_no: row.ord_no };
            let claim = match (row.rsn_cd, row.promo_no) {
                (Some(reason), Some(promotion_no)) => {
                    MileageClaim::TakeBack { reason, promotion_no, amount: row.amt }
                }
                _ => MileageClaim::Restore { amount: row.amt },
            };
            (step, claim)
        })
        .collect())
}

pub fn delete_waiting(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<usize> {
    diesel::delete(mlg_waiting::table).filter(mlg_waiting::ord_no.eq(order_no)).execute(conn)
}
