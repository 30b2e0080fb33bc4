//! 쿠폰, and what claims made of them.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{ClaimNo, CouponIssueNo, CouponStatus, MemberNo, OrderNo, PromotionNo, PromotionType, Yn};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::coupon_state::{Coupon, CouponState, NotRestored, Restored};
use crate::store::columns::time;
use crate::store::schema::{coupon, coupon_restore};

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = coupon, treat_none_as_default_value = false)]
struct CouponRow {
    cpn_isu_no: CouponIssueNo,
    promo_no: PromotionNo,
    promo_nm: String,
    promo_typ_cd: PromotionType,
    mbr_no: MemberNo,
    valid_end_dtm: NaiveDateTime,
    use_stat_cd: CouponStatus,
    ord_no: Option<OrderNo>,
    isu_use_stat_cd: CouponStatus,
    isu_ord_no: Option<OrderNo>,
    reg_dtm: NaiveDateTime,
    mod_dtm: NaiveDateTime,
    claim_no: Option<ClaimNo>,
}

impl CouponRow {
    fn issued(coupon: &Coupon, now: DateTime<Utc>) -> Self {
        let (status, order_no) = (coupon.state.status(), coupon.state.order_no().cloned());
        Self {
            cpn_isu_no: coupon.no.clone(),
            promo_no: coupon.promotion_no.clone(),
            promo_nm: coupon.promotion_name.clone(),
            promo_typ_cd: coupon.promotion_type,
            mbr_no: coupon.member_no.clone(),
            valid_end_dtm: time(coupon.valid_until),
            use_stat_cd: status,
            ord_no: order_no.clone(),
            isu_use_stat_cd: status,
            isu_ord_no: order_no,
            reg_dtm: time(now),
            mod_dtm: time(now),
            // Claims get what was issued before.
            claim_no: None,
        }
    }

    fn into_coupon(self, state: CouponState) -> Coupon {
        Coupon {
            no: self.cpn_isu_no,
            promotion_no: self.promo_no,
            promotion_name: self.promo_nm,
            promotion_type: self.promo_typ_cd,
            member_no: self.mbr_no,
            valid_until: self.valid_end_dtm.and_utc(),
            state,
        }
    }

    fn into_current(mut self) -> Coupon {
        let state = match (self.ord_no.take(), self.claim_no.take()) {
            (Some(order_no), Some(claim_no)) => CouponState::Held { order_no, claim_no },
            (order_no, _) => state(self.use_stat_cd, order_no),
        };
        self.into_coupon(state)
    }

    fn into_issued(mut self) -> Coupon {
        let state = state(self.isu_use_stat_cd, self.isu_ord_no.take());
        self.into_coupon(state)
    }
}

/// The tables let only a used coupon have an order.
fn state(status: CouponStatus, order_no: Option<OrderNo>) -> CouponState {
    CouponState::of(status, order_no).unwrap_or(CouponState::Used(None))
}

/// Rows of one statement; SQLite takes 32,766 values in all.
const CHUNK: usize = 500;

/// Puts down coupons that are not known yet, and says how many. Numbers in ascending order, so that two issuers don't wait
/// for each other.
pub fn insert_new(conn: &mut DbConnection, coupons: &[&Coupon], now: DateTime<Utc>) -> QueryResult<usize> {
    let mut created = 0;
    for chunk in coupons.chunks(CHUNK) {
        let rows: Vec<CouponRow> = chunk.iter().map(|coupon| CouponRow::issued(coupon, now)).collect();
        created += each_backend!(conn, |inner| diesel::insert_into(coupon::table)
            .values(&rows)
            .on_conflict_do_nothing()
            .execute(inner))?;
    }
    Ok(created)
}

/// Coupons as they were first sent.
pub fn find_as_issued(conn: &mut DbConnection, numbers: &[&CouponIssueNo]) -> QueryResult<Vec<Coupon>> {
    let mut coupons = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(CHUNK) {
        let rows: Vec<CouponRow> = coupon::table
            .filter(coupon::cpn_isu_no.eq_any(chunk.iter().copied()))
            .select(CouponRow::as_select())
            .load(conn)?;
        coupons.extend(rows.into_iter().map(CouponRow::into_issued));
    }
    Ok(coupons)
}

/// A member's coupons, the first to expire first.
pub fn find_of_member(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<Vec<Coupon>> {
    let rows: Vec<CouponRow> = coupon::table
        .filter(coupon::mbr_no.eq(member_no))
        .order((coupon::valid_end_dtm, coupon::cpn_isu_no))
        .select(CouponRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(CouponRow::into_current).collect())
}

/// A coupon of any state.
pub fn find(conn: &mut DbConnection, number: &CouponIssueNo) -> QueryResult<Option<Coupon>> {
    let row: Option<CouponRow> =
        coupon::table.find(number).select(CouponRow::as_select()).first(conn).optional()?;
    Ok(row.map(CouponRow::into_current))
}

/// A member's usable coupons of a type or of any, the first to expire first, so many at most.
pub fn find_usable(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    promotion_type: Option<PromotionType>,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Coupon>> {
    let usable = coupon::table
        .filter(coupon::mbr_no.eq(member_no))
        .filter(coupon::valid_end_dtm.ge(time(now)))
        .filter(coupon::use_stat_cd.eq(CouponStatus::Usable))
        .order((coupon::valid_end_dtm, coupon::cpn_isu_no))
        .limit(limit)
        .select(CouponRow::as_select());
    let rows: Vec<CouponRow> = match promotion_type {
        Some(wanted) => usable.filter(coupon::promo_typ_cd.eq(wanted)).load(conn)?,
        None => usable.load(conn)?,
    };
    Ok(rows.into_iter().map(CouponRow::into_current).collect())
}

/// The known ones of these coupons; they don't change until this transaction ends.
pub fn lock(conn: &mut DbConnection, numbers: &[CouponIssueNo]) -> QueryResult<Vec<Coupon>> {
    // Written out inside: `as_select` is typed by its database.
    let rows: Vec<CouponRow> = for_update!(
        conn,
        coupon::table
            .filter(coupon::cpn_isu_no.eq_any(numbers))
            .order(coupon::cpn_isu_no)
            .select(CouponRow::as_select()),
        |query, inner| query.load(inner)
    )?;
    Ok(rows.into_iter().map(CouponRow::into_current).collect())
}

pub fn update_state(
    conn: &mut DbConnection,
    number: &CouponIssueNo,
    state: &CouponState,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(coupon::table.find(number))
        .set((
            coupon::use_stat_cd.eq(state.status()),
            coupon::ord_no.eq(state.order_no()),
            coupon::claim_no.eq(state.claim_no()),
            coupon::mod_dtm.eq(time(now)),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = coupon_restore, treat_none_as_default_value = false)]
struct RestoreRow<'a> {
    evt_key: &'a str,
    cpn_isu_no: &'a CouponIssueNo,
    claim_no: &'a ClaimNo,
    ord_no: &'a OrderNo,
    restored_yn: Yn,
    rsn_cd: Option<&'static str>,
    reg_dtm: NaiveDateTime,
}

pub fn insert_restored(
    conn: &mut DbConnection,
    key: &str,
    (claim_no, order_no): (&ClaimNo, &OrderNo),
    restored: &Restored,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let reason = restored.outcome.err().map(reason_code);
    diesel::insert_into(coupon_restore::table)
        .values(RestoreRow {
            evt_key: key,
            cpn_isu_no: &restored.coupon_no,
            claim_no,
            ord_no: order_no,
            restored_yn: if reason.is_none() { Yn::Yes } else { Yn::No },
            rsn_cd: reason,
            reg_dtm: time(now),
        })
        .execute(conn)?;
    Ok(())
}

pub fn find_restored(conn: &mut DbConnection, key: &str) -> QueryResult<Vec<Restored>> {
    let rows: Vec<(CouponIssueNo, Option<String>)> = coupon_restore::table
        .filter(coupon_restore::evt_key.eq(key))
        .order(coupon_restore::cpn_isu_no)
        .select((coupon_restore::cpn_isu_no, coupon_restore::rsn_cd))
        .load(conn)?;
    rows.into_iter()
        .map(|(coupon_no, reason)| {
            let outcome = match reason {
                None => Ok(()),
                Some(code) => Err(reason_of(&code)
                    .ok_or_else(|| diesel::result::Error::DeserializationError(code.into()))?),
            };
            Ok(Restored { coupon_no, outcome })
        })
        .collect()
}

/// Those of an order's coupons that the order may no longer use, because a claim of it has dealt with them already. One
/// past its validity was not given back: it stays used.
pub fn find_dealt_with(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<CouponIssueNo>> {
    coupon_restore::table
        .filter(coupon_restore::ord_no.eq(order_no))
        .filter(
            coupon_restore::rsn_cd.is_null().or(coupon_restore::rsn_cd.ne(reason_code(NotRestored::Expired))),
        )
        .order(coupon_restore::cpn_isu_no)
        .select(coupon_restore::cpn_isu_no)
        .load(conn)
}

const fn reason_code(reason: NotRestored) -> &'static str {
    match reason {
        NotRestored::Expired => "EXPIRED",
        NotRestored::Unknown => "UNKNOWN",
        NotRestored::UsedElsewhere => "USED_ELSEWHERE",
    }
}

fn reason_of(code: &str) -> Option<NotRestored> {
    [NotRestored::Expired, NotRestored::Unknown, NotRestored::UsedElsewhere]
        .into_iter()
        .find(|reason| reason_code(*reason) == code)
}
