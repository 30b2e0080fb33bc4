//! 협력사 키: issued and revoked by an operator, and judged at each inquiry.
//!
//! A key is 256 random bits, so its plain SHA-256 says nothing about it; several of one vendor hold side by side, so
//! that one can be exchanged without a gap.

use aws_lc_rs::{digest, rand};
use chrono::{DateTime, Utc};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use uuid::Uuid;

use crate::store;
use crate::store::vendors::key::IssuedKey;

const KEY_BYTES: usize = 32;

/// A key that was just made; this is the only time it is known.
pub struct FreshKey {
    pub issued: IssuedKey,
    pub key: String,
}

pub fn issue_vendor_key(
    conn: &mut DbConnection,
    vendor_no: &str,
    now: DateTime<Utc>,
) -> Result<FreshKey, Error> {
    let mut bytes = [0; KEY_BYTES];
    rand::fill(&mut bytes).map_err(|_| Problem::internal("the system gives no random bytes"))?;
    let key = hex::encode(bytes);
    let issued = IssuedKey {
        id: Uuid::now_v7().to_string(),
        vendor_no: vendor_no.to_owned(),
        issued_at: now,
        revoked_at: None,
    };
    store::vendors::key::insert(conn, &issued, &hash_of(&key))?;
    Ok(FreshKey { issued, key })
}

/// Whose key it is; none for one that was never issued or is revoked.
///
/// What is looked up is the hash of what was sent, so that how long it takes tells nothing about the keys.
pub fn vendor_of_key(conn: &mut DbConnection, key: &str) -> Result<Option<String>, Error> {
    Ok(store::vendors::key::find_vendor(conn, &hash_of(key))?)
}

fn hash_of(key: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, key.as_bytes()))
}
