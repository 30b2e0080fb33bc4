//! 접수된 클레임: claims of our own, with what each costs, among all claims.

use chrono::NaiveDateTime;
use commerce::{
    ClaimNo, ClaimReason, ClaimStatus, ClaimType, MemberNo, OrderNo, PayMeans, RequesterRole, SiteNo, Yn,
};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use crate::domain::actor::Actor;
use crate::domain::saga::Decision;
use crate::domain::saga::claim::{AcceptedClaim, ClaimUnderWay, PaidWith};
use crate::store::claim::cost::{self, cost_of};
use crate::store::claim::line::{self, ClaimedLine};
use crate::store::claim::standing::{code_of, decision_of};
use crate::store::schema::claim;
use crate::store::to_text;

/// What putting a claim down came to.
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
    req_user_id: Option<&'a str>,
    req_role_cd: RequesterRole,
}

/// Puts an accepted claim down with its lines and its cost.
pub fn insert(
    conn: &mut DbConnection,
    accepted: &AcceptedClaim,
    lines: &[ClaimedLine],
    (actor, acceptance_key): (&Actor, Option<&str>),
) -> QueryResult<Inserted> {
    let row = NewRow {
        claim_no: accepted.claim_no.as_str(),
        site_no: &accepted.site_no,
        ord_no: accepted.order_no.as_str(),
        mbr_no: accepted.member_no.as_ref(),
        claim_business_type: accepted.claim_type,
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
        req_user_id: actor.user_id.as_deref(),
        req_role_cd: actor.role,
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
    line::insert(conn, &accepted.claim_no, lines)?;
    cost::insert(conn, &accepted.claim_no, &accepted.cost.cost_rows)?;
    Ok(Inserted::Done)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    claim_no: ClaimNo,
    site_no: SiteNo,
    ord_no: OrderNo,
    mbr_no: Option<MemberNo>,
    claim_business_type: ClaimType,
    claim_stat_cd: ClaimStatus,
    req_dtm: NaiveDateTime,
    cmpl_dtm: Option<NaiveDateTime>,
    stl_dtm: Option<NaiveDateTime>,
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
    fn into_claim(self) -> QueryResult<Option<ClaimUnderWay>> {
        let (Some(decision), Some(reason), Some(policy_version), Some(cost), Some(cost_hash)) =
            (self.dcsn_cd, self.claim_rsn_cd, self.plcy_ver, self.cost_doc, self.cost_hash)
        else {
            return Ok(None);
        };
        let paid_with = self.add_pay_means_cd.zip(self.add_pay_key);
        Ok(Some(ClaimUnderWay {
            accepted: AcceptedClaim {
                claim_no: self.claim_no,
                claim_type: self.claim_business_type,
                order_no: self.ord_no,
                site_no: self.site_no,
                member_no: self.mbr_no,
                reason,
                reason_text: self.claim_rsn_cntt,
                asked_at: self.req_dtm.and_utc(),
                reckoned_at: self.stl_dtm.unwrap_or(self.req_dtm).and_utc(),
                policy_version,
                cost: cost_of(&cost)?,
                cost_hash,
                paid_with: paid_with.map(|(means, provider_key)| PaidWith { means, provider_key }),
            },
            decision: decision_of(&decision)?,
            status: self.claim_stat_cd,
            completed_at: self.cmpl_dtm.map(|at| at.and_utc()),
        }))
    }
}

pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<ClaimUnderWay>> {
    let row = claim::table.find(claim_no.as_str()).select(Row::as_select()).first(conn).optional()?;
    row.map_or(Ok(None), Row::into_claim)
}

/// Reads a claim and locks it until the transaction ends: its steps are taken one after the other.
pub fn lock(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Option<ClaimUnderWay>> {
    let row: Option<Row> =
        for_update!(conn, claim::table.find(claim_no.as_str()).select(Row::as_select()), |query, inner| {
            query.first(inner).optional()
        })?;
    row.map_or(Ok(None), Row::into_claim)
}
