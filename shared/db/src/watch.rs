//! How full the pools of a handle are, for whoever watches without keeping the handle alive.

use std::sync::{Arc, Weak};

use crate::database::{Db, Inner};
use crate::pool::Pool;

/// Looks at the pools of a [`Db`] as long as somebody else uses it.
#[derive(Clone)]
pub struct PoolWatch(Weak<Inner>);

/// One pool at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolLoad {
    /// `all` on PostgreSQL; `readers` and `writer` on SQLite.
    pub pool: &'static str,
    /// How many connections there may be, and are.
    pub limit: u64,
    pub open: u64,
    /// Callers with the right to a connection, and callers who wait for it.
    pub in_use: u64,
    pub waiting: u64,
}

impl Db {
    pub fn watch(&self) -> PoolWatch {
        PoolWatch(Arc::downgrade(&self.inner))
    }
}

impl PoolWatch {
    /// The load of each pool; `None` once the handle is gone.
    pub fn load(&self) -> Option<Vec<PoolLoad>> {
        let inner = self.0.upgrade()?;
        let load = |name, pool: &Pool| pool.load(name);
        Some(if Arc::ptr_eq(&inner.readers, &inner.writers) {
            vec![load("all", &inner.writers)]
        } else {
            vec![load("readers", &inner.readers), load("writer", &inner.writers)]
        })
    }
}
