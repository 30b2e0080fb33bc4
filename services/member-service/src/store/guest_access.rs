//! Guests' orders as far as access goes, and what was tried on order numbers.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{OrderNo, SiteNo, Yn};
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};
use diesel::upsert::excluded;

use super::schema::{guest_access_try, ord_base};
use crate::domain::guest_access::{GuestOrder, Try, counted_after};

/// The order, if it is a guest's and nothing of it is masked.
pub fn find_guest_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<GuestOrder>> {
    let row: Option<(SiteNo, String, String, String, String, String)> = ord_base::table
        .find(order_no)
        .filter(ord_base::mbr_no.is_null())
        .filter(ord_base::ord_pwd_hash.is_not_null())
        .filter(ord_base::mask_yn.eq(Yn::No))
        .select((
            ord_base::site_no,
            ord_base::ord_man_nm,
            ord_base::cell_sct_no,
            ord_base::cell_txno_no,
            ord_base::cell_end_no,
            ord_base::ord_pwd_hash.assume_not_null(),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(site_no, orderer_name, sct, txno, end, password_hash)| GuestOrder {
        order_no: order_no.clone(),
        site_no,
        orderer_name,
        phone: [sct, txno, end],
        password_hash,
    }))
}

/// Puts a new password in the place of the old; `false` when the order is no guest's any more.
pub fn update_password(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    password_hash: &str,
) -> QueryResult<bool> {
    let updated = diesel::update(ord_base::table.find(order_no))
        .filter(ord_base::mbr_no.is_null())
        .filter(ord_base::mask_yn.eq(Yn::No))
        .set(ord_base::ord_pwd_hash.eq(password_hash))
        .execute(conn)?;
    Ok(updated == 1)
}

/// Counts a try; `None` when as many as may are within the window already.
///
/// Every slot is taken in one statement that looks and writes at once, so callers at the same moment never share one,
/// on either database and without a lock of their own.
pub fn take_slot(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    kind: Try,
    now: DateTime<Utc>,
) -> QueryResult<Option<i32>> {
    use diesel::query_dsl::methods::FilterDsl as _;
    for slot in 1..=kind.limit() {
        let taken = each_backend!(conn, |inner| diesel::insert_into(guest_access_try::table)
            .values((
                guest_access_try::ord_no.eq(order_no),
                guest_access_try::try_gb_cd.eq(code(kind)),
                guest_access_try::slot_seq.eq(slot),
                guest_access_try::try_dtm.eq(now.naive_utc()),
                guest_access_try::match_yn.eq(Yn::No),
            ))
            .on_conflict((guest_access_try::ord_no, guest_access_try::try_gb_cd, guest_access_try::slot_seq))
            .do_update()
            .set((
                guest_access_try::try_dtm.eq(excluded(guest_access_try::try_dtm)),
                guest_access_try::match_yn.eq(excluded(guest_access_try::match_yn)),
            ))
            .filter(guest_access_try::try_dtm.le(counted_after(now).naive_utc()))
            .execute(inner))?;
        if taken == 1 {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

/// Notes whether the one who took the slot knew what had to be known.
pub fn note_outcome(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    kind: Try,
    slot: i32,
    is_match: bool,
) -> QueryResult<()> {
    diesel::update(guest_access_try::table.find((order_no, code(kind), slot)))
        .set(guest_access_try::match_yn.eq(Yn::from(is_match)))
        .execute(conn)
        .map(drop)
}

/// When as many tries as may lie within the window: the oldest of them.
pub fn find_exhausted(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    kind: Try,
    now: DateTime<Utc>,
) -> QueryResult<Option<DateTime<Utc>>> {
    let tries: Vec<NaiveDateTime> = guest_access_try::table
        .filter(guest_access_try::ord_no.eq(order_no))
        .filter(guest_access_try::try_gb_cd.eq(code(kind)))
        .filter(guest_access_try::try_dtm.gt(counted_after(now).naive_utc()))
        .order((guest_access_try::try_dtm, guest_access_try::slot_seq))
        .select(guest_access_try::try_dtm)
        .load(conn)?;
    let is_exhausted = i32::try_from(tries.len()).is_ok_and(|count| count >= kind.limit());
    Ok(tries.first().filter(|_| is_exhausted).map(|oldest| oldest.and_utc()))
}

/// Forgets tries that no longer count, so many at most.
pub fn purge_tries(conn: &mut DbConnection, now: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    PurgeTries { counted_after: counted_after(now).naive_utc(), limit }.execute(conn)
}

fn code(kind: Try) -> &'static str {
    match kind {
        Try::PasswordRequest => "10",
        Try::LoginFailure => "20",
    }
}

// diesel has no IN for several columns at once. The condition stands outside once more: a slot may be taken anew
// between the two looks.
db::statement! {
    struct PurgeTries {
        counted_after: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    }
    sql {
        "DELETE FROM guest_access_try WHERE try_dtm <= " {counted_after}
        " AND (ord_no, try_gb_cd, slot_seq) IN (SELECT ord_no, try_gb_cd, slot_seq FROM guest_access_try \
         WHERE try_dtm <= " {counted_after} " ORDER BY try_dtm, ord_no, try_gb_cd, slot_seq LIMIT " {limit} ")"
    }
}
