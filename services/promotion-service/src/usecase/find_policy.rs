//! 적립정책 조회

use commerce::SiteNo;
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::accrual_policy::AccrualPolicy;
use crate::store;

/// One version, or the one that counts.
pub fn find_policy(
    conn: &mut DbConnection,
    site_no: &SiteNo,
    version: Option<i64>,
) -> Result<Option<AccrualPolicy>, Error> {
    let version = match version {
        Some(version) => version,
        None => match store::policy::find_current_version(conn, site_no)? {
            Some(version) => version,
            None => return Ok(None),
        },
    };
    Ok(store::policy::find_version(conn, site_no, version)?)
}
