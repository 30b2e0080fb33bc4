//! 협력사 키

use chrono::{DateTime, NaiveDateTime, Utc};
use db::DbConnection;
use diesel::prelude::*;

use crate::store::schema::vendor_key;

/// A key as an operator sees it: never the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    pub id: String,
    pub vendor_no: String,
    pub issued_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

pub fn insert(conn: &mut DbConnection, key: &IssuedKey, hash: &str) -> QueryResult<usize> {
    diesel::insert_into(vendor_key::table)
        .values((
            vendor_key::key_id.eq(&key.id),
            vendor_key::entr_no.eq(&key.vendor_no),
            vendor_key::key_hash.eq(hash),
            vendor_key::iss_dtm.eq(key.issued_at.naive_utc()),
        ))
        .execute(conn)
}

/// Whose key has this hash, unless it was revoked. One look-up in an index, whatever was sent.
pub fn find_vendor(conn: &mut DbConnection, hash: &str) -> QueryResult<Option<String>> {
    vendor_key::table
        .filter(vendor_key::key_hash.eq(hash))
        .filter(vendor_key::rvk_dtm.is_null())
        .select(vendor_key::entr_no)
        .first(conn)
        .optional()
}

/// Every key of a vendor, revoked ones too, oldest first.
pub fn list(conn: &mut DbConnection, vendor_no: &str) -> QueryResult<Vec<IssuedKey>> {
    let rows: Vec<(String, NaiveDateTime, Option<NaiveDateTime>)> = vendor_key::table
        .filter(vendor_key::entr_no.eq(vendor_no))
        .order((vendor_key::iss_dtm, vendor_key::key_id))
        .select((vendor_key::key_id, vendor_key::iss_dtm, vendor_key::rvk_dtm))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, issued_at, revoked_at)| IssuedKey {
            id,
            vendor_no: vendor_no.to_owned(),
            issued_at: issued_at.and_utc(),
            revoked_at: revoked_at.map(|at| at.and_utc()),
        })
        .collect())
}

/// False where there is no such key, or it was revoked before.
pub fn revoke(conn: &mut DbConnection, id: &str, at: DateTime<Utc>) -> QueryResult<bool> {
    let revoked = diesel::update(vendor_key::table.find(id))
        .filter(vendor_key::rvk_dtm.is_null())
        .set(vendor_key::rvk_dtm.eq(at.naive_utc()))
        .execute(conn)?;
    Ok(revoked == 1)
}
