//! What an operator decides about the database.

use secrecy::SecretString;
use serde::Deserialize;

/// The `database` part of a service's settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `sqlite:///absolute/path`, `sqlite://relative/path` or `postgres://user:password@host/database`.
    pub url: SecretString,
    /// PostgreSQL only: the schema of this service, created by the first migration.
    #[serde(default)]
    pub schema: Option<String>,
    /// How many connections at most; twice the number of cores when absent.
    /// On SQLite these are the readers, beside the single writer.
    #[serde(default)]
    pub pool_size: Option<u32>,
    /// How long a caller may wait for a connection before it is told that the database is busy.
    #[serde(default = "default_acquire_timeout_ms")]
    pub acquire_timeout_ms: u64,
    /// How many callers may wait at once; one more is told at once that the database is busy.
    #[serde(default = "default_max_waiting")]
    pub max_waiting: usize,
    /// PostgreSQL only: a statement running longer than this is cancelled. Migrations are exempt.
    #[serde(default = "default_statement_timeout_ms")]
    pub statement_timeout_ms: u64,
}

impl DatabaseSettings {
    /// The defaults for one URL.
    pub fn new(url: impl Into<SecretString>) -> Self {
        Self {
            url: url.into(),
            schema: None,
            pool_size: None,
            acquire_timeout_ms: default_acquire_timeout_ms(),
            max_waiting: default_max_waiting(),
            statement_timeout_ms: default_statement_timeout_ms(),
        }
    }
}

fn default_acquire_timeout_ms() -> u64 {
    3_000
}

fn default_max_waiting() -> usize {
    1_000
}

fn default_statement_timeout_ms() -> u64 {
    10_000
}
