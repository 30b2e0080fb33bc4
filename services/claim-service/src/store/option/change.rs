//! 옵션변경클레임: claims of type 11 among all claims.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{
    ClaimNo, ClaimStatus, ClaimType, GoodsNo, ItemNo, MemberNo, OrderNo, RequesterRole, SiteNo, Yn,
};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::actor::Actor;
use crate::domain::option::StockMove;
use crate::store::ROWS_PER_STATEMENT;
use crate::store::schema::{claim, claim_opt};

const UNDECIDED: &str = "U";
const CONFIRMED: &str = "C";
const REJECTED: &str = "R";

/// 옵션변경: as it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedOption {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub line_seq: i32,
    pub item_name: String,
    pub moved: StockMove,
}

/// Whose order it is, and who asked for the change, and when.
pub struct AskedBy<'a> {
    pub actor: &'a Actor,
    pub site_no: &'a SiteNo,
    /// None for a guest's order.
    pub member_no: Option<&'a MemberNo>,
    pub at: DateTime<Utc>,
    pub acceptance_key: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = claim, treat_none_as_default_value = false)]
struct NewRow<'a> {
    claim_no: &'a str,
    site_no: &'a SiteNo,
    ord_no: &'a str,
    mbr_no: Option<&'a MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    rcv_yn: Yn,
    acpt_key: Option<&'a str>,
    dcsn_cd: &'static str,
    req_user_id: Option<&'a str>,
    req_role_cd: RequesterRole,
}

/// Puts an accepted change down, undecided. False if somebody else bears the number.
pub fn insert(conn: &mut DbConnection, accepted: &AcceptedOption, by: &AskedBy<'_>) -> QueryResult<bool> {
    let row = NewRow {
        claim_no: accepted.claim_no.as_str(),
        site_no: by.site_no,
        ord_no: accepted.order_no.as_str(),
        mbr_no: by.member_no,
        claim_business_type: ClaimType::OptionChange,
        claim_stat_cd: ClaimStatus::InProgress,
        req_dtm: by.at.naive_utc(),
        rcv_yn: Yn::No,
        acpt_key: by.acceptance_key,
        dcsn_cd: UNDECIDED,
        req_user_id: by.actor.user_id.as_deref(),
        req_role_cd: by.actor.role,
    };
    let inserted = each_backend!(conn, |inner| {
        diesel::insert_into(claim::table)
            .values(&row)
            .on_conflict(claim::claim_no)
            .do_nothing()
            .execute(inner)
    })?;
    if inserted != 1 {
        return Ok(false);
    }
    diesel::insert_into(claim_opt::table)
        .values((
            claim_opt::claim_no.eq(accepted.claim_no.as_str()),
            claim_opt::ord_seq.eq(accepted.line_seq),
            claim_opt::goods_no.eq(accepted.moved.goods_no.as_str()),
            claim_opt::fr_itm_no.eq(accepted.moved.given_back.as_str()),
            claim_opt::itm_no.eq(accepted.moved.taken.as_str()),
            claim_opt::itm_nm.eq(&accepted.item_name),
            claim_opt::opt_qty.eq(accepted.moved.quantity),
        ))
        .execute(conn)?;
    Ok(true)
}

type Row = (OrderNo, i32, GoodsNo, ItemNo, ItemNo, String, i64);

/// A change the order has not decided on; none when it has, or there is no such change.
pub fn find_undecided(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<AcceptedOption>> {
    let row: Option<Row> = claim_opt::table
        .inner_join(claim::table)
        .filter(claim_opt::claim_no.eq(claim_no.as_str()))
        .filter(claim::dcsn_cd.eq(UNDECIDED))
        .select((
            claim::ord_no,
            claim_opt::ord_seq,
            claim_opt::goods_no,
            claim_opt::fr_itm_no,
            claim_opt::itm_no,
            claim_opt::itm_nm,
            claim_opt::opt_qty,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(order_no, line_seq, goods_no, given_back, taken, item_name, quantity)| AcceptedOption {
        claim_no: claim_no.clone(),
        order_no,
        line_seq,
        item_name,
        moved: StockMove { goods_no, given_back, taken, quantity },
    }))
}

/// Locks the claim until the transaction ends; whether it is still undecided.
pub fn lock_undecided(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<bool> {
    let decision: Option<Option<String>> = for_update!(
        conn,
        claim::table.filter(claim::claim_no.eq(claim_no.as_str())).select(claim::dcsn_cd),
        |query, inner| query.first(inner).optional()
    )?;
    Ok(decision.flatten().as_deref() == Some(UNDECIDED))
}

/// Writes down what the order decided: 30 or 90.
pub fn decide(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    is_confirmed: bool,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    let (decision, status) =
        if is_confirmed { (CONFIRMED, ClaimStatus::Complete) } else { (REJECTED, ClaimStatus::Rejected) };
    diesel::update(claim::table.find(claim_no.as_str()))
        .set((
            claim::dcsn_cd.eq(decision),
            claim::claim_stat_cd.eq(status),
            claim::cmpl_dtm.eq(is_confirmed.then_some(at.naive_utc())),
        ))
        .execute(conn)
}

/// 현재단품: the item a line holds since its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedItem {
    pub order_no: OrderNo,
    pub line_seq: i32,
    pub item_no: ItemNo,
    pub item_name: String,
}

/// Confirmed changes of these orders, the last of each line last.
pub fn find_changed_items(conn: &mut DbConnection, numbers: &[OrderNo]) -> QueryResult<Vec<ChangedItem>> {
    let mut changed = Vec::new();
    for batch in numbers.chunks(ROWS_PER_STATEMENT) {
        let batch: Vec<&str> = batch.iter().map(OrderNo::as_str).collect();
        let rows: Vec<(OrderNo, i32, ItemNo, String)> = claim_opt::table
            .inner_join(claim::table)
            .filter(claim::ord_no.eq_any(batch))
            .filter(claim::claim_stat_cd.eq(ClaimStatus::Complete))
            .order((claim::cmpl_dtm, claim::claim_no))
            .select((claim::ord_no, claim_opt::ord_seq, claim_opt::itm_no, claim_opt::itm_nm))
            .load(conn)?;
        changed.extend(rows.into_iter().map(|(order_no, line_seq, item_no, item_name)| ChangedItem {
            order_no,
            line_seq,
            item_no,
            item_name,
        }));
    }
    Ok(changed)
}
