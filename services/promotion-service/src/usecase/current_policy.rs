//! The policy that counts: its version is asked of the database each time, its compiled form is kept here.

use std::sync::Arc;

use commerce::SiteNo;
use db::Db;
use service_kit::error::Error;

use crate::domain::accrual::CompiledPolicy;
use crate::state::policy_cache::{Kept, PolicyCache};
use crate::store;

/// The policy of a site as it counts for a request that comes now, on whichever replica. A site without one gives
/// nothing.
pub async fn current_policy(
    db: &Db,
    cache: &PolicyCache,
    site_no: &SiteNo,
) -> Result<Arc<CompiledPolicy>, Error> {
    let asked = site_no.clone();
    let version: Option<i64> =
        db.read(move |conn| Ok::<_, Error>(store::policy::find_current_version(conn, &asked)?)).await?;
    let Some(version) = version else {
        return Ok(Arc::default());
    };
    if let Some(policy) = cache.find(site_no, version) {
        return Ok(policy);
    }
    let _turn = cache.begin_loading().await;
    if let Some(policy) = cache.find(site_no, version) {
        return Ok(policy);
    }
    let asked = site_no.clone();
    let loaded = db.snapshot(move |conn| load(conn, &asked)).await?;
    let policy = Arc::clone(&loaded.policy);
    tracing::info!(site.no = %site_no, policy.version = loaded.version, "accumulation policy loaded");
    cache.keep(site_no.clone(), loaded);
    Ok(policy)
}

fn load(conn: &mut db::DbConnection, site_no: &SiteNo) -> Result<Kept, Error> {
    let version = store::policy::find_current_version(conn, site_no)?.unwrap_or(0);
    let policy = store::policy::find_version(conn, site_no, version)?.unwrap_or_default();
    let retired_caps = store::policy::find_retired_caps(conn, site_no)?;
    Ok(Kept { version, policy: Arc::new(CompiledPolicy::compile(policy, retired_caps)) })
}
