//! 적립정책: versions of a site's policy, and which of them counts.

mod document;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::{PromotionNo, SiteNo, Won};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use self::document::PolicyDocument;
use crate::domain::accrual_policy::AccrualPolicy;
use crate::store::columns::time;
use crate::store::schema::{accm_policy, accm_policy_site, accm_promo_retired};

/// A document this program cannot read.
#[derive(Debug, thiserror::Error)]
#[error("version {version} of the policy of site {site_no} cannot be read")]
struct Unreadable {
    site_no: SiteNo,
    version: i64,
    source: serde_json::Error,
}

/// Keys of one statement; SQLite takes 32,766 values in all.
const CHUNK: usize = 1_000;

/// The version that counts now; `None` for a site without a policy.
pub fn find_current_version(conn: &mut DbConnection, site_no: &SiteNo) -> QueryResult<Option<i64>> {
    let version: Option<i64> =
        accm_policy_site::table.find(site_no).select(accm_policy_site::policy_ver).first(conn).optional()?;
    Ok(version.filter(|version| *version > 0))
}

/// As [`find_current_version`], 0 where there is none, and no other writer gets in before this transaction ends.
pub fn lock_current_version(conn: &mut DbConnection, site_no: &SiteNo) -> QueryResult<i64> {
    each_backend!(conn, |inner| diesel::insert_into(accm_policy_site::table)
        .values((accm_policy_site::site_no.eq(site_no), accm_policy_site::policy_ver.eq(0)))
        .on_conflict_do_nothing()
        .execute(inner))?;
    for_update!(
        conn,
        accm_policy_site::table.find(site_no).select(accm_policy_site::policy_ver),
        |query, inner| query.first(inner)
    )
}

/// A new version and who put it.
pub struct NewVersion<'a> {
    pub site_no: &'a SiteNo,
    pub version: i64,
    pub policy: &'a AccrualPolicy,
    pub put_by: &'a str,
    pub put_at: DateTime<Utc>,
}

/// Writes a version and makes it the one that counts.
pub fn insert_version(conn: &mut DbConnection, new: &NewVersion<'_>) -> QueryResult<()> {
    let document = serde_json::to_string(&PolicyDocument::from(new.policy))
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    diesel::insert_into(accm_policy::table)
        .values((
            accm_policy::site_no.eq(new.site_no),
            accm_policy::policy_ver.eq(new.version),
            accm_policy::policy_doc.eq(document),
            accm_policy::reg_user.eq(new.put_by),
            accm_policy::reg_dtm.eq(time(new.put_at)),
        ))
        .execute(conn)?;
    diesel::update(accm_policy_site::table.find(new.site_no))
        .set(accm_policy_site::policy_ver.eq(new.version))
        .execute(conn)?;
    Ok(())
}

pub fn find_version(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    version: i64,
) -> QueryResult<Option<AccrualPolicy>> {
    let document: Option<String> =
        accm_policy::table.find((site_no, version)).select(accm_policy::policy_doc).first(conn).optional()?;
    document
        .map(|document| {
            serde_json::from_str::<PolicyDocument>(&document).map(AccrualPolicy::from).map_err(|source| {
                let unreadable = Unreadable { site_no: site_no.clone(), version, source };
                diesel::result::Error::DeserializationError(Box::new(unreadable))
            })
        })
        .transpose()
}

/// Caps of goods mileages that earlier versions had and the one that counts has not.
pub fn find_retired_caps(
    conn: &mut DbConnection,
    site_no: &SiteNo,
) -> QueryResult<HashMap<PromotionNo, Won>> {
    let rows: Vec<(PromotionNo, Won)> = accm_promo_retired::table
        .filter(accm_promo_retired::site_no.eq(site_no))
        .select((accm_promo_retired::promo_no, accm_promo_retired::max_accm_amt))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

pub fn insert_retired_caps(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    caps: &[(PromotionNo, Won)],
) -> QueryResult<()> {
    for chunk in caps.chunks(CHUNK) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(promotion_no, cap)| {
                (
                    accm_promo_retired::site_no.eq(site_no),
                    accm_promo_retired::promo_no.eq(promotion_no),
                    accm_promo_retired::max_accm_amt.eq(cap),
                )
            })
            .collect();
        each_backend!(conn, |inner| diesel::insert_into(accm_promo_retired::table)
            .values(rows)
            .execute(inner))?;
    }
    Ok(())
}

pub fn delete_retired_caps(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    numbers: &[PromotionNo],
) -> QueryResult<()> {
    for chunk in numbers.chunks(CHUNK) {
        diesel::delete(accm_promo_retired::table)
            .filter(accm_promo_retired::site_no.eq(site_no))
            .filter(accm_promo_retired::promo_no.eq_any(chunk))
            .execute(conn)?;
    }
    Ok(())
}
