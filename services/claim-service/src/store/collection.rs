//! 회수클레임: returns and exchanges of our own, with what is theirs alone.

pub mod address;
pub mod goods;
pub mod payment;
pub mod under_way;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, CollectionMethod, CostChange, EndReason, MemberNo,
    OrderNo, RejectReason, RequesterRole, ReturnProgress, SiteNo, Yn,
};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::domain::actor::Actor;
use crate::domain::collection::{CollectionClaim, CollectionKind, Invoice, Rejection, Standing, Times};
use crate::domain::money::ClaimCost;
use crate::domain::saga::Decision;
use crate::store::claim::cost::{self, cost_of};
use crate::store::claim::standing::{code_of, decision_of};
use crate::store::schema::{claim, claim_rtn};
use crate::store::{from_text, to_text};

#[derive(Insertable)]
#[diesel(table_name = claim, treat_none_as_default_value = false)]
struct NewClaim<'a> {
    claim_no: &'a str,
    site_no: &'a SiteNo,
    ord_no: &'a str,
    mbr_no: Option<&'a MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    claim_rsn_cd: ClaimReason,
    rcv_yn: Yn,
    claim_rsn_cntt: Option<&'a str>,
    acpt_key: Option<&'a str>,
    dcsn_cd: Option<&'static str>,
    plcy_ver: i32,
    req_user_id: Option<&'a str>,
    req_role_cd: RequesterRole,
}

#[derive(Insertable)]
#[diesel(table_name = claim_rtn, treat_none_as_default_value = false)]
struct NewCollection<'a> {
    claim_no: &'a str,
    deli_grp_no: i32,
    entr_no: &'a str,
    req_impt_div_cd: Blame,
    req_wthd_mthd_cd: CollectionMethod,
    rtn_cpn_doc: Option<String>,
    req_cost_doc: String,
    req_cost_hash: &'a str,
    org_claim_no: Option<&'a str>,
    exch_mid_rtn_yn: Yn,
    // What the changes below write as well.
    ord_dtl_stat_cd: ReturnProgress,
    impt_div_cd: Blame,
    wthd_mthd_cd: CollectionMethod,
}

/// What moves on with the claim.
#[derive(AsChangeset)]
#[diesel(table_name = claim_rtn, treat_none_as_null = true)]
struct Changes<'a> {
    ord_dtl_stat_cd: ReturnProgress,
    end_rsn_cd: Option<EndReason>,
    impt_div_cd: Blame,
    wthd_mthd_cd: CollectionMethod,
    exch_mid_rtn_yn: Yn,
    inspt_yn: Yn,
    gift_doc: String,
    hdc_cd: Option<&'a str>,
    inv_no: Option<&'a str>,
    exch_hdc_cd: Option<&'a str>,
    exch_inv_no: Option<&'a str>,
    wthd_wait_caus: Option<&'a str>,
    rjt_rsn_cd: Option<RejectReason>,
    rjt_rsn_cntt: Option<&'a str>,
    wthd_dirc_dtm: Option<NaiveDateTime>,
    wthd_cnf_dtm: Option<NaiveDateTime>,
    wthd_fnsh_dtm: Option<NaiveDateTime>,
    wthd_dfr_dtm: Option<NaiveDateTime>,
    end_dtm: Option<NaiveDateTime>,
    ship_dtm: Option<NaiveDateTime>,
    deli_fnsh_dtm: Option<NaiveDateTime>,
    rfd_due_dt: Option<NaiveDate>,
}

impl<'a> Changes<'a> {
    fn of(claim: &'a CollectionClaim) -> QueryResult<Self> {
        let naive = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.naive_utc());
        let (times, rejection) = (&claim.times, claim.rejection.as_ref());
        let carrier = |invoice: &'a Option<Invoice>| invoice.as_ref().map(|one| one.carrier.as_str());
        let number = |invoice: &'a Option<Invoice>| invoice.as_ref().map(|one| one.number.as_str());
        Ok(Self {
            ord_dtl_stat_cd: claim.standing.progress,
            end_rsn_cd: claim.standing.end_reason,
            impt_div_cd: claim.blame,
            wthd_mthd_cd: claim.method,
            exch_mid_rtn_yn: claim.has_moved_stock.into(),
            inspt_yn: claim.is_inspected.into(),
            gift_doc: to_text(&claim.gifts_kept)?,
            hdc_cd: carrier(&claim.way_back),
            inv_no: number(&claim.way_back),
            exch_hdc_cd: carrier(&claim.way_out),
            exch_inv_no: number(&claim.way_out),
            wthd_wait_caus: claim.hold_cause.as_deref(),
            rjt_rsn_cd: rejection.map(|rejection| rejection.reason),
            rjt_rsn_cntt: rejection.and_then(|rejection| rejection.text.as_deref()),
            wthd_dirc_dtm: naive(times.instructed),
            wthd_cnf_dtm: naive(times.collecting),
            wthd_fnsh_dtm: naive(times.collected),
            wthd_dfr_dtm: naive(times.held),
            end_dtm: naive(times.ended),
            ship_dtm: naive(times.shipped),
            deli_fnsh_dtm: naive(times.delivered),
            rfd_due_dt: claim.refund_due,
        })
    }
}

/// Puts a claim down with its goods. False if somebody else bears the number.
pub fn insert(
    conn: &mut DbConnection,
    one: &CollectionClaim,
    (actor, acceptance_key): (&Actor, Option<&str>),
) -> QueryResult<bool> {
    let row = NewClaim {
        claim_no: one.claim_no.as_str(),
        site_no: &one.site_no,
        ord_no: one.order_no.as_str(),
        mbr_no: one.member_no.as_ref(),
        claim_business_type: one.kind.claim_type(),
        claim_stat_cd: one.standing.status,
        req_dtm: one.requested_at.naive_utc(),
        claim_rsn_cd: one.reason,
        rcv_yn: Yn::No,
        claim_rsn_cntt: one.reason_text.as_deref(),
        acpt_key: acceptance_key,
        dcsn_cd: one.standing.decision.map(code_of),
        plcy_ver: one.policy_version,
        req_user_id: actor.user_id.as_deref(),
        req_role_cd: actor.role,
    };
    let inserted = each_backend!(conn, |inner| diesel::insert_into(claim::table)
        .values(&row)
        .on_conflict(claim::claim_no)
        .do_nothing()
        .execute(inner))?;
    if inserted == 0 {
        return Ok(false);
    }
    let row = NewCollection {
        claim_no: one.claim_no.as_str(),
        deli_grp_no: one.group_no,
        entr_no: &one.vendor_no,
        req_impt_div_cd: one.requested_blame,
        req_wthd_mthd_cd: one.requested_method,
        rtn_cpn_doc: one.free_return_coupon.as_ref().map(to_text).transpose()?,
        req_cost_doc: to_text(&one.requested_cost)?,
        req_cost_hash: &one.requested_hash,
        org_claim_no: one.converted_from.as_ref().map(ClaimNo::as_str),
        exch_mid_rtn_yn: one.has_moved_stock.into(),
        ord_dtl_stat_cd: ReturnProgress::Requested,
        impt_div_cd: one.blame,
        wthd_mthd_cd: one.method,
    };
    diesel::insert_into(claim_rtn::table).values(&row).execute(conn)?;
    diesel::update(claim_rtn::table.find(one.claim_no.as_str())).set(Changes::of(one)?).execute(conn)?;
    goods::insert(conn, &one.claim_no, &one.goods)?;
    Ok(true)
}

/// Writes where a claim stands, and everything that has moved on with it. Who changes it holds its order locked.
pub fn update(conn: &mut DbConnection, one: &CollectionClaim) -> QueryResult<()> {
    let standing = &one.standing;
    diesel::update(claim::table.find(one.claim_no.as_str()))
        .set((
            claim::claim_stat_cd.eq(standing.status),
            claim::cmpl_dtm.eq(standing.completed_at.map(|at| at.naive_utc())),
            claim::claim_rsn_cd.eq(one.reason),
            claim::dcsn_cd.eq(standing.decision.map(code_of)),
            claim::stl_dtm.eq(standing.final_at.map(|at| at.naive_utc())),
        ))
        .execute(conn)?;
    diesel::update(claim_rtn::table.find(one.claim_no.as_str())).set(Changes::of(one)?).execute(conn)?;
    goods::update(conn, &one.claim_no, &one.goods)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct ClaimRow {
    claim_no: ClaimNo,
    site_no: SiteNo,
    ord_no: OrderNo,
    mbr_no: Option<MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    claim_rsn_cd: Option<ClaimReason>,
    claim_rsn_cntt: Option<String>,
    dcsn_cd: Option<String>,
    plcy_ver: Option<i32>,
    stl_dtm: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim_rtn)]
struct CollectionRow {
    deli_grp_no: i32,
    entr_no: String,
    ord_dtl_stat_cd: ReturnProgress,
    end_rsn_cd: Option<EndReason>,
    impt_div_cd: Blame,
    req_impt_div_cd: Blame,
    wthd_mthd_cd: CollectionMethod,
    req_wthd_mthd_cd: CollectionMethod,
    rtn_cpn_doc: Option<String>,
    req_cost_doc: String,
    req_cost_hash: String,
    org_claim_no: Option<ClaimNo>,
    exch_mid_rtn_yn: Yn,
    inspt_yn: Yn,
    gift_doc: String,
    hdc_cd: Option<String>,
    inv_no: Option<String>,
    exch_hdc_cd: Option<String>,
    exch_inv_no: Option<String>,
    wthd_wait_caus: Option<String>,
    rjt_rsn_cd: Option<RejectReason>,
    rjt_rsn_cntt: Option<String>,
    wthd_dirc_dtm: Option<NaiveDateTime>,
    wthd_cnf_dtm: Option<NaiveDateTime>,
    wthd_fnsh_dtm: Option<NaiveDateTime>,
    wthd_dfr_dtm: Option<NaiveDateTime>,
    end_dtm: Option<NaiveDateTime>,
    ship_dtm: Option<NaiveDateTime>,
    deli_fnsh_dtm: Option<NaiveDateTime>,
    rfd_due_dt: Option<NaiveDate>,
}

fn claim_of(conn: &mut DbConnection, (head, row): (ClaimRow, CollectionRow)) -> QueryResult<CollectionClaim> {
    let lacks = |what: &str| QueryError::DeserializationError(format!("a return has no {what}").into());
    let utc = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
    let invoice = |carrier: Option<String>, number: Option<String>| {
        carrier.zip(number).map(|(carrier, number)| Invoice { carrier, number })
    };
    let kind = CollectionKind::of(head.claim_business_type).ok_or_else(|| lacks("kind"))?;
    let decision: Option<Decision> = head.dcsn_cd.as_deref().map(decision_of).transpose()?;
    let gifts_kept: BTreeSet<usize> = from_text(&row.gift_doc)?;
    let goods = goods::find(conn, &head.claim_no)?;
    Ok(CollectionClaim {
        claim_no: head.claim_no,
        order_no: head.ord_no,
        site_no: head.site_no,
        member_no: head.mbr_no,
        kind,
        reason: head.claim_rsn_cd.ok_or_else(|| lacks("reason"))?,
        reason_text: head.claim_rsn_cntt,
        requested_at: head.req_dtm.and_utc(),
        policy_version: head.plcy_ver.ok_or_else(|| lacks("policy"))?,
        group_no: row.deli_grp_no,
        vendor_no: row.entr_no,
        blame: row.impt_div_cd,
        requested_blame: row.req_impt_div_cd,
        method: row.wthd_mthd_cd,
        requested_method: row.req_wthd_mthd_cd,
        free_return_coupon: row.rtn_cpn_doc.as_deref().map(from_text).transpose()?,
        requested_cost: cost_of(&row.req_cost_doc)?,
        requested_hash: row.req_cost_hash,
        converted_from: row.org_claim_no,
        has_moved_stock: row.exch_mid_rtn_yn.into(),
        standing: Standing {
            progress: row.ord_dtl_stat_cd,
            end_reason: row.end_rsn_cd,
            status: head.claim_stat_cd,
            decision,
            final_at: utc(head.stl_dtm),
            completed_at: utc(head.cmpl_dtm),
        },
        goods,
        is_inspected: row.inspt_yn.into(),
        gifts_kept,
        way_back: invoice(row.hdc_cd, row.inv_no),
        way_out: invoice(row.exch_hdc_cd, row.exch_inv_no),
        hold_cause: row.wthd_wait_caus,
        rejection: row.rjt_rsn_cd.map(|reason| Rejection { reason, text: row.rjt_rsn_cntt }),
        times: Times {
            instructed: utc(row.wthd_dirc_dtm),
            collecting: utc(row.wthd_cnf_dtm),
            collected: utc(row.wthd_fnsh_dtm),
            held: utc(row.wthd_dfr_dtm),
            ended: utc(row.end_dtm),
            shipped: utc(row.ship_dtm),
            delivered: utc(row.deli_fnsh_dtm),
        },
        refund_due: row.rfd_due_dt,
    })
}

/// None of a claim that is no return and no exchange of ours.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<CollectionClaim>> {
    let rows: Option<(ClaimRow, CollectionRow)> = claim::table
        .inner_join(claim_rtn::table)
        .filter(claim::claim_no.eq(claim_no.as_str()))
        .select((ClaimRow::as_select(), CollectionRow::as_select()))
        .first(conn)
        .optional()?;
    rows.map(|rows| claim_of(conn, rows)).transpose()
}

/// Reads a claim and locks it until the transaction ends.
pub fn lock(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<CollectionClaim>> {
    let locked: Option<ClaimNo> =
        for_update!(conn, claim::table.find(claim_no.as_str()).select(claim::claim_no), |query, inner| {
            query.first(inner).optional()
        })?;
    if locked.is_none() {
        return Ok(None);
    }
    find(conn, claim_no)
}

/// All of one order, by request: there are never more than the order has units.
pub fn list_of_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<CollectionClaim>> {
    let rows: Vec<(ClaimRow, CollectionRow)> = claim::table
        .inner_join(claim_rtn::table)
        .filter(claim::ord_no.eq(order_no.as_str()))
        .order((claim::req_dtm, claim::claim_no))
        .select((ClaimRow::as_select(), CollectionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(|rows| claim_of(conn, rows)).collect()
}

/// 반품전환: the return that an exchange was converted into.
pub fn find_converted(conn: &mut DbConnection, exchange_no: &ClaimNo) -> QueryResult<Option<ClaimNo>> {
    claim_rtn::table
        .filter(claim_rtn::org_claim_no.eq(exchange_no.as_str()))
        .select(claim_rtn::claim_no)
        .first(conn)
        .optional()
}

/// 정산완료: everything a settlement calls for is done.
pub fn complete(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    diesel::update(claim_rtn::table.find(claim_no.as_str()))
        .set(claim_rtn::ord_dtl_stat_cd.eq(ReturnProgress::Returned))
        .execute(conn)
}

/// 종료: nothing of a cost came to be; what was shown is kept for who asks.
pub fn keep_shown_cost(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    cost: &ClaimCost,
    hash: &str,
) -> QueryResult<()> {
    cost::delete(conn, claim_no)?;
    diesel::update(claim::table.find(claim_no.as_str()))
        .set((claim::cost_doc.eq(to_text(cost)?), claim::cost_hash.eq(hash)))
        .execute(conn)?;
    diesel::update(claim_rtn::table.find(claim_no.as_str()))
        .set(claim_rtn::chg_doc.eq(to_text::<[CostChange; 0]>(&[])?))
        .execute(conn)
        .map(drop)
}

/// 정산접수: the cost that is final from now on, and why it is not what was shown. Its rows stand beside it.
pub fn fix_cost(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    (cost, hash): (&ClaimCost, &str),
    changes: &[CostChange],
) -> QueryResult<()> {
    diesel::update(claim::table.find(claim_no.as_str()))
        .set((claim::cost_doc.eq(to_text(cost)?), claim::cost_hash.eq(hash)))
        .execute(conn)?;
    diesel::update(claim_rtn::table.find(claim_no.as_str()))
        .set(claim_rtn::chg_doc.eq(to_text(&changes)?))
        .execute(conn)?;
    cost::insert(conn, claim_no, &cost.cost_rows)
}

/// 금액변동사유 of a claim whose cost is final; none of one that has ended, whose cost is the one that was shown.
pub fn find_changes(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<CostChange>> {
    let text: Option<String> =
        claim_rtn::table.find(claim_no.as_str()).select(claim_rtn::chg_doc).first(conn).optional()?;
    text.map_or(Ok(Vec::new()), |text| from_text(&text))
}
