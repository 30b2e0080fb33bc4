//! Guests' orders as far as access goes, and what was tried on order numbers.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{OrderNo, SiteNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamp};

use crate::domain::guest_access::{GuestOrder, Try, counted_after};

/// The order, if it is a guest's and nothing of it is masked.
pub fn find_guest_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Option<GuestOrder>> {
    let row: Option<(String, String, String, String, String, String)> =
        FindGuestOrder { order_no: order_no.as_str() }.get_result(conn).optional()?;
    row.map(|(site_no, orderer_name, sct, txno, end, password_hash)| {
        let site_no = SiteNo::parse(&site_no)
            .map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
        Ok(GuestOrder {
            order_no: order_no.clone(),
            site_no,
            orderer_name,
            phone: [sct, txno, end],
            password_hash,
        })
    })
    .transpose()
}

/// Puts a new password in the place of the old; `false` when the order is no guest's any more.
pub fn update_password(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    password_hash: &str,
) -> QueryResult<bool> {
    Ok(UpdatePassword { password_hash, order_no: order_no.as_str() }.execute(conn)? == 1)
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
    for slot in 1..=kind.limit() {
        let taken = TakeSlot {
            order_no: order_no.as_str(),
            kind: code(kind),
            slot,
            now: now.naive_utc(),
            match_yn: Yn::No.code(),
            counted_after: counted_after(now).naive_utc(),
        }
        .execute(conn)?;
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
    let match_yn = if is_match { Yn::Yes } else { Yn::No }.code();
    NoteOutcome { match_yn, order_no: order_no.as_str(), kind: code(kind), slot }.execute(conn).map(drop)
}

/// When as many tries as may lie within the window: the oldest of them.
pub fn find_exhausted(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    kind: Try,
    now: DateTime<Utc>,
) -> QueryResult<Option<DateTime<Utc>>> {
    let tries: Vec<(NaiveDateTime,)> = FindTries {
        order_no: order_no.as_str(),
        kind: code(kind),
        counted_after: counted_after(now).naive_utc(),
    }
    .load(conn)?;
    let is_exhausted = i32::try_from(tries.len()).is_ok_and(|count| count >= kind.limit());
    Ok(tries.first().filter(|_| is_exhausted).map(|(oldest,)| oldest.and_utc()))
}

/// Forgets the tries that no longer count.
pub fn purge_tries(conn: &mut DbConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    PurgeTries { counted_after: counted_after(now).naive_utc() }.execute(conn)
}

fn code(kind: Try) -> &'static str {
    match kind {
        Try::PasswordRequest => "10",
        Try::LoginFailure => "20",
    }
}

db::statement! {
    struct FindGuestOrder<'a> {
        order_no: &'a str = Text,
    } -> (Text, Text, Text, Text, Text, Text)
    sql {
        "SELECT site_no, ord_man_nm, cell_sct_no, cell_txno_no, cell_end_no, ord_pwd_hash FROM ord_base \
         WHERE ord_no = " {order_no} " AND mbr_no IS NULL AND ord_pwd_hash IS NOT NULL AND mask_yn = 'N'"
    }
}

db::statement! {
    struct UpdatePassword<'a> {
        password_hash: &'a str = Text,
        order_no: &'a str = Text,
    }
    sql {
        "UPDATE ord_base SET ord_pwd_hash = " {password_hash} " WHERE ord_no = " {order_no}
        " AND mbr_no IS NULL AND mask_yn = 'N'"
    }
}

db::statement! {
    struct TakeSlot<'a> {
        order_no: &'a str = Text,
        kind: &'a str = Text,
        slot: i32 = Integer,
        now: NaiveDateTime = Timestamp,
        match_yn: &'a str = Text,
        counted_after: NaiveDateTime = Timestamp,
    }
    sql {
        "INSERT INTO guest_access_try (ord_no, try_gb_cd, slot_seq, try_dtm, match_yn) VALUES ("
        {order_no} ", " {kind} ", " {slot} ", " {now} ", " {match_yn}
        ") ON CONFLICT (ord_no, try_gb_cd, slot_seq) DO UPDATE \
         SET try_dtm = excluded.try_dtm, match_yn = excluded.match_yn \
         WHERE guest_access_try.try_dtm <= " {counted_after}
    }
}

db::statement! {
    struct NoteOutcome<'a> {
        match_yn: &'a str = Text,
        order_no: &'a str = Text,
        kind: &'a str = Text,
        slot: i32 = Integer,
    }
    sql {
        "UPDATE guest_access_try SET match_yn = " {match_yn} " WHERE ord_no = " {order_no}
        " AND try_gb_cd = " {kind} " AND slot_seq = " {slot}
    }
}

db::statement! {
    struct FindTries<'a> {
        order_no: &'a str = Text,
        kind: &'a str = Text,
        counted_after: NaiveDateTime = Timestamp,
    } -> (Timestamp)
    sql {
        "SELECT try_dtm FROM guest_access_try WHERE ord_no = " {order_no} " AND try_gb_cd = " {kind}
        " AND try_dtm > " {counted_after} " ORDER BY try_dtm, slot_seq"
    }
}

db::statement! {
    struct PurgeTries {
        counted_after: NaiveDateTime = Timestamp,
    }
    sql { "DELETE FROM guest_access_try WHERE try_dtm <= " {counted_after} }
}
