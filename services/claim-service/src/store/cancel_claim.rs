//! 취소클레임: cancels of our own among all claims.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, MemberNo, OrderNo, PayMeans, SiteNo, Yn};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use crate::domain::accepted_cancel::{AcceptedCancel, CancelUnderWay, PaidWith};
use crate::domain::cancel_saga::Decision;
use crate::domain::cost::{ClaimCost, CostRow};
use crate::domain::order::DiscountId;
use crate::store::schema::{claim, claim_cost, claim_line};
use crate::store::{from_text, to_text};

/// What putting a cancel down came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    Done,
    /// A claim that came in meanwhile bears the number.
    NumberTaken,
    /// Another claim was settled with the payment at the same moment; the transaction can't go on.
    PaymentUsed,
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
    claim_rsn_cd: ClaimReason,
    rcv_yn: Yn,
    claim_rsn_cntt: Option<&'a str>,
    acpt_key: Option<&'a str>,
    dcsn_cd: &'static str,
    plcy_ver: i32,
    cost_doc: String,
    cost_hash: &'a str,
    add_pay_means_cd: Option<PayMeans>,
    add_pay_key: Option<&'a str>,
}

db::insert_rows! {
    struct NewLineRow<'a> into "claim_line" {
        claim_no: &'a str = Text,
        ord_seq: i32 = Integer,
        claim_qty: i64 = BigInt,
        entr_no: &'a str = Text,
        rmn_qty: i64 = BigInt,
    }
}

db::insert_rows! {
    struct NewCostRow<'a> into "claim_cost" {
        claim_no: &'a str = Text,
        cost_seq: i32 = Integer,
        ord_cost_gb_cd: &'static str = Text,
        deli_grp_no: Option<i32> = Nullable<Integer>,
        ord_seq: Option<i32> = Nullable<Integer>,
        promo_no: Option<&'a str> = Nullable<Text>,
        cpn_isu_no: Option<&'a str> = Nullable<Text>,
        amt: commerce::Won = BigInt,
        chrg_sub_cd: &'static str = Text,
    }
}

/// A claimed line as the vendors' view needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedLine {
    pub line_seq: i32,
    pub quantity: i64,
    pub vendor_no: String,
    /// What was left of the line before this claim.
    pub left_before: i64,
}

/// Puts an accepted cancel down with its lines and its cost.
pub fn insert(
    conn: &mut DbConnection,
    accepted: &AcceptedCancel,
    lines: &[ClaimedLine],
    acceptance_key: Option<&str>,
) -> QueryResult<Inserted> {
    let row = NewRow {
        claim_no: accepted.claim_no.as_str(),
        site_no: &accepted.site_no,
        ord_no: accepted.order_no.as_str(),
        mbr_no: accepted.member_no.as_ref(),
        claim_business_type: ClaimType::Cancel,
        claim_stat_cd: ClaimStatus::InProgress,
        req_dtm: accepted.asked_at.naive_utc(),
        claim_rsn_cd: accepted.reason,
        rcv_yn: Yn::No,
        claim_rsn_cntt: accepted.reason_text.as_deref(),
        acpt_key: acceptance_key,
        dcsn_cd: code_of(Decision::Undecided),
        plcy_ver: accepted.policy_version,
        cost_doc: to_text(&accepted.cost)?,
        cost_hash: &accepted.cost_hash,
        add_pay_means_cd: accepted.paid_with.as_ref().map(|paid| paid.means),
        add_pay_key: accepted.paid_with.as_ref().map(|paid| paid.provider_key.as_str()),
    };
    let inserted = each_backend!(conn, |inner| diesel::insert_into(claim::table)
        .values(&row)
        .on_conflict(claim::claim_no)
        .do_nothing()
        .execute(inner));
    match inserted {
        Ok(1) => {}
        Ok(_) => return Ok(Inserted::NumberTaken),
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
            if accepted.paid_with.is_some() =>
        {
            return Ok(Inserted::PaymentUsed);
        }
        Err(error) => return Err(error),
    }
    let claim_no = accepted.claim_no.as_str();
    let lines: Vec<NewLineRow<'_>> = lines
        .iter()
        .map(|line| NewLineRow {
            claim_no,
            ord_seq: line.line_seq,
            claim_qty: line.quantity,
            entr_no: &line.vendor_no,
            rmn_qty: line.left_before,
        })
        .collect();
    NewLineRow::insert_all(conn, &lines)?;
    let costs: Vec<NewCostRow<'_>> =
        accepted.cost.cost_rows.iter().map(|cost| new_cost_row(claim_no, cost)).collect();
    NewCostRow::insert_all(conn, &costs)?;
    Ok(Inserted::Done)
}

fn new_cost_row<'a>(claim_no: &'a str, cost: &'a CostRow) -> NewCostRow<'a> {
    let discount = cost.discount.as_ref();
    NewCostRow {
        claim_no,
        cost_seq: cost.seq,
        ord_cost_gb_cd: cost.kind.code(),
        deli_grp_no: cost.group_no,
        ord_seq: cost.line_seq,
        promo_no: discount.map(|discount| discount.promotion_no.as_str()),
        cpn_isu_no: discount.and_then(|discount| discount.coupon_no.as_ref()).map(|no| no.as_str()),
        amt: cost.amount,
        chrg_sub_cd: cost.bearer.code(),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    claim_no: ClaimNo,
    site_no: SiteNo,
    ord_no: OrderNo,
    mbr_no: Option<MemberNo>,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    claim_rsn_cd: Option<ClaimReason>,
    claim_rsn_cntt: Option<String>,
    dcsn_cd: Option<String>,
    plcy_ver: Option<i32>,
    cost_doc: Option<String>,
    cost_hash: Option<String>,
    add_pay_means_cd: Option<PayMeans>,
    add_pay_key: Option<String>,
}

impl Row {
    /// None for a claim without a cost: one another system took, or an option change.
    fn into_cancel(self) -> QueryResult<Option<CancelUnderWay>> {
        let (Some(decision), Some(reason), Some(policy_version), Some(cost), Some(cost_hash)) =
            (self.dcsn_cd, self.claim_rsn_cd, self.plcy_ver, self.cost_doc, self.cost_hash)
        else {
            return Ok(None);
        };
        let paid_with = self.add_pay_means_cd.zip(self.add_pay_key);
        Ok(Some(CancelUnderWay {
            accepted: AcceptedCancel {
                claim_no: self.claim_no,
                order_no: self.ord_no,
                site_no: self.site_no,
                member_no: self.mbr_no,
                reason,
                reason_text: self.claim_rsn_cntt,
                asked_at: self.req_dtm.and_utc(),
                policy_version,
                cost: from_text(&cost)?,
                cost_hash,
                paid_with: paid_with.map(|(means, provider_key)| PaidWith { means, provider_key }),
            },
            decision: decision_of(&decision)?,
            status: self.claim_stat_cd,
            completed_at: self.cmpl_dtm.map(|at| at.and_utc()),
        }))
    }
}

pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<CancelUnderWay>> {
    let row = claim::table.find(claim_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    row.map_or(Ok(None), Row::into_cancel)
}

/// Reads a cancel and locks it until the transaction ends: its steps are taken one after the other.
pub fn lock(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<CancelUnderWay>> {
    let row: Option<Row> =
        for_update!(conn, claim::table.find(claim_no.as_str()).select(Row::as_select()), |query, inner| {
            query.first(inner).optional()
        })?;
    row.map_or(Ok(None), Row::into_cancel)
}

/// Where a cancel stands, locked until the transaction ends: its steps are taken one after the other. None of a claim
/// without a cost.
pub fn lock_standing(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
) -> QueryResult<Option<(Decision, ClaimStatus)>> {
    let query = claim::table
        .find(claim_no.as_str())
        .filter(claim::cost_doc.is_not_null())
        .select((claim::dcsn_cd, claim::claim_stat_cd));
    let row: Option<(Option<String>, ClaimStatus)> =
        for_update!(conn, query, |query, inner| query.first(inner).optional())?;
    let Some((Some(decision), status)) = row else { return Ok(None) };
    Ok(Some((decision_of(&decision)?, status)))
}

/// The claim a request was accepted as, and when it was asked for.
pub fn find_by_acceptance_key(
    conn: &mut DbConnection,
    acceptance_key: &str,
) -> QueryResult<Option<(ClaimNo, DateTime<Utc>)>> {
    let found: Option<(ClaimNo, NaiveDateTime)> = claim::table
        .filter(claim::acpt_key.eq(acceptance_key))
        .select((claim::claim_no, claim::req_dtm))
        .first(conn)
        .optional()?;
    Ok(found.map(|(claim_no, at)| (claim_no, at.and_utc())))
}

/// A key is good for a day; after it, the same one is another request's.
pub fn forget_acceptance_key(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<usize> {
    diesel::update(claim::table.find(claim_no.as_str())).set(claim::acpt_key.eq(None::<String>)).execute(conn)
}

/// Whether the order has not decided on one of its claims yet.
pub fn has_undecided(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        claim::table
            .filter(claim::ord_no.eq(order_no.as_str()))
            .filter(claim::dcsn_cd.eq(code_of(Decision::Undecided))),
    ))
    .get_result(conn)
}

/// Whether a payment settled a claim already, whatever became of it.
pub fn is_payment_used(conn: &mut DbConnection, provider_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(claim::table.filter(claim::add_pay_key.eq(provider_key))))
        .get_result(conn)
}

/// The provider's name of what was paid for a claim.
pub fn find_additional_payment_key(conn: &mut DbConnection, claim_no: &str) -> QueryResult<Option<String>> {
    let key: Option<Option<String>> =
        claim::table.find(claim_no).select(claim::add_pay_key).first(conn).optional()?;
    Ok(key.flatten())
}

/// Where a claim stands, whoever took it.
pub fn find_status(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<ClaimStatus>> {
    claim::table.find(claim_no.as_str()).select(claim::claim_stat_cd).first(conn).optional()
}

/// Writes how far a cancel has come; its lines are complete with it.
pub fn update_progress(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    (decision, status): (Decision, ClaimStatus),
    completed_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    let (claim_no, completed_at) = (claim_no.as_str(), completed_at.map(|at| at.naive_utc()));
    UpdateProgress { decision: code_of(decision), status: status.code(), completed_at, claim_no }
        .execute(conn)?;
    if completed_at.is_some() {
        CompleteLines { completed_at, claim_no }.execute(conn)?;
    }
    Ok(())
}

db::statement! {
    struct UpdateProgress<'a> {
        decision: &'static str = Text,
        status: &'static str = Text,
        completed_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        claim_no: &'a str = Text,
    }
    sql {
        "UPDATE claim SET dcsn_cd = " {decision} ", claim_stat_cd = " {status} ", cmpl_dtm = " {completed_at}
        " WHERE claim_no = " {claim_no}
    }
}

db::statement! {
    struct CompleteLines<'a> {
        completed_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        claim_no: &'a str = Text,
    }
    sql { "UPDATE claim_line SET cmpl_dtm = " {completed_at} " WHERE claim_no = " {claim_no} }
}

pub(super) const fn code_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Undecided => "U",
        Decision::Confirmed => "C",
        Decision::Rejected => "R",
    }
}

fn decision_of(code: &str) -> QueryResult<Decision> {
    match code {
        "U" => Ok(Decision::Undecided),
        "C" => Ok(Decision::Confirmed),
        "R" => Ok(Decision::Rejected),
        other => Err(QueryError::DeserializationError(format!("`{other}` is no decision").into())),
    }
}

/// A cost kept with a claim.
pub(super) fn cost_of(text: &str) -> QueryResult<ClaimCost> {
    from_text(text)
}

/// Cancels of our own after a number, in the order of their numbers.
pub fn list_after(conn: &mut DbConnection, after: Option<&ClaimNo>, limit: i64) -> QueryResult<Vec<ClaimNo>> {
    claim::table
        .filter(claim::cost_doc.is_not_null())
        .filter(claim::claim_no.gt(after.map_or("", ClaimNo::as_str)))
        .order(claim::claim_no)
        .limit(limit)
        .select(claim::claim_no)
        .load(conn)
}

/// Units by line.
pub fn find_lines(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<(i32, i64)>> {
    claim_line::table
        .filter(claim_line::claim_no.eq(claim_no.as_str()))
        .order(claim_line::ord_seq)
        .select((claim_line::ord_seq, claim_line::claim_qty))
        .load(conn)
}

type KeptCostRow = (
    i32,
    commerce::CostKind,
    Option<i32>,
    Option<i32>,
    Option<commerce::PromotionNo>,
    Option<commerce::CouponIssueNo>,
    commerce::Won,
    commerce::CostBearer,
);

/// The rows of its cost as they are kept.
pub fn find_cost_rows(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<CostRow>> {
    let rows: Vec<KeptCostRow> = claim_cost::table
        .filter(claim_cost::claim_no.eq(claim_no.as_str()))
        .order(claim_cost::cost_seq)
        .select((
            claim_cost::cost_seq,
            claim_cost::ord_cost_gb_cd,
            claim_cost::deli_grp_no,
            claim_cost::ord_seq,
            claim_cost::promo_no,
            claim_cost::cpn_isu_no,
            claim_cost::amt,
            claim_cost::chrg_sub_cd,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(seq, kind, group_no, line_seq, promotion_no, coupon_no, amount, bearer)| CostRow {
            seq,
            kind,
            group_no,
            line_seq,
            discount: promotion_no.map(|promotion_no| DiscountId { promotion_no, coupon_no }),
            amount,
            bearer,
        })
        .collect())
}
