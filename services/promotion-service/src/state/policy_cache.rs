//! The policies that this process has compiled.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use commerce::SiteNo;
use tokio::sync::{Mutex, MutexGuard};

use crate::domain::accrual::CompiledPolicy;

/// Compiled policies of the sites this process was asked about, one version each.
#[derive(Debug, Clone, Default)]
pub struct PolicyCache(Arc<Cache>);

#[derive(Debug, Default)]
struct Cache {
    by_site: RwLock<HashMap<SiteNo, Kept>>,
    /// Held while a policy is loaded, so that a new version is compiled once and not by everybody who asks.
    loading: Mutex<()>,
}

#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) version: i64,
    pub(crate) policy: Arc<CompiledPolicy>,
}

impl PolicyCache {
    /// The kept policy, if it is of this version or a newer one.
    pub(crate) fn find(&self, site_no: &SiteNo, version: i64) -> Option<Arc<CompiledPolicy>> {
        let by_site = self.0.by_site.read().unwrap_or_else(PoisonError::into_inner);
        by_site.get(site_no).filter(|kept| kept.version >= version).map(|kept| Arc::clone(&kept.policy))
    }

    /// Whoever holds this loads a policy, one at a time.
    pub(crate) async fn begin_loading(&self) -> MutexGuard<'_, ()> {
        self.0.loading.lock().await
    }

    pub(crate) fn keep(&self, site_no: SiteNo, new: Kept) {
        let mut by_site = self.0.by_site.write().unwrap_or_else(PoisonError::into_inner);
        if by_site.get(&site_no).is_none_or(|kept| kept.version < new.version) {
            by_site.insert(site_no, new);
        }
    }
}
