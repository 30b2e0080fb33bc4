//! 적립정책 등록: a new version that counts from its commit on.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use commerce::{PromotionNo, SiteNo, Won};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::accrual_policy::AccrualPolicy;
use crate::store;
use crate::store::policy::NewVersion;

/// Writes the next version and answers its number. Writers of one site follow one another, so that numbers have no gap.
pub fn put_policy(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    policy: &AccrualPolicy,
    put_by: &str,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let current = store::policy::lock_current_version(conn, site_no)?;
    let replaced = store::policy::find_version(conn, site_no, current)?.unwrap_or_default();
    let version = current.saturating_add(1);
    store::policy::insert_version(conn, &NewVersion { site_no, version, policy, put_by, put_at: now })?;
    keep_caps_of_what_ends(conn, site_no, &replaced, policy)?;
    tracing::info!(site.no = %site_no, policy.version = version, "accumulation policy put");
    Ok(version)
}

/// A claim asks for the cap of its order's goods mileage long after a policy has dropped it.
fn keep_caps_of_what_ends(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    replaced: &AccrualPolicy,
    policy: &AccrualPolicy,
) -> Result<(), Error> {
    let remaining: HashSet<&PromotionNo> =
        policy.goods_mileages.iter().map(|mileage| &mileage.promotion.no).collect();
    let retired: HashMap<PromotionNo, Won> = store::policy::find_retired_caps(conn, site_no)?;
    let back: Vec<PromotionNo> = retired.into_keys().filter(|number| remaining.contains(number)).collect();
    store::policy::delete_retired_caps(conn, site_no, &back)?;
    let ended: Vec<(PromotionNo, Won)> = replaced
        .goods_mileages
        .iter()
        .filter(|mileage| !remaining.contains(&mileage.promotion.no))
        .filter_map(|mileage| Some((mileage.promotion.no.clone(), mileage.cap()?)))
        .collect();
    store::policy::insert_retired_caps(conn, site_no, &ended)?;
    Ok(())
}
