//! Which database a URL means; everything else is refused by name.
//!
//! diesel would try the databases in turn, and SQLite accepts any text as a path: a typo in
//! `postgres://` would quietly become a new, empty file.

use crate::Backend;
use crate::settings::DatabaseSettings;
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::time::Duration;

/// A checked URL.
pub(crate) enum Target {
    Sqlite(SqliteTarget),
    #[cfg(feature = "postgres")]
    Postgres(PostgresTarget),
}

pub(crate) struct SqliteTarget {
    pub(crate) path: PathBuf,
    /// How long a connection waits for the locks of other processes.
    pub(crate) patience: Duration,
}

#[cfg(feature = "postgres")]
pub(crate) struct PostgresTarget {
    pub(crate) url: secrecy::SecretString,
    pub(crate) schema: Option<String>,
    pub(crate) statement_timeout_ms: u64,
}

/// Why the settings name no usable database. The texts never show the URL: it holds a password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database URL has no scheme: write sqlite://… or postgres://…")]
    NoScheme,
    #[error("`{0}` is not a database this service knows: write sqlite://… or postgres://…")]
    UnknownScheme(String),
    #[error("this build knows SQLite only: build with the feature `postgres` for a postgres:// URL")]
    PostgresNotBuiltIn,
    #[error(
        "the SQLite URL must name a file, without options: sqlite:///absolute/path or sqlite://relative/path"
    )]
    SqlitePath,
    #[error("`{0}` is not a schema name: use a-z, 0-9 and _, starting with a letter, at most 63 characters")]
    SchemaName(String),
    #[error("a schema belongs to PostgreSQL: SQLite has one file per service")]
    SchemaOnSqlite,
    #[error("the connection pool needs at least one connection")]
    EmptyPool,
    #[error("the threads of the database could not be set up")]
    Threads(#[source] std::io::Error),
}

impl Target {
    pub(crate) fn from_settings(settings: &DatabaseSettings) -> Result<Self, OpenError> {
        let url = settings.url.expose_secret();
        let (scheme, rest) = url.split_once("://").ok_or(OpenError::NoScheme)?;
        match scheme {
            "sqlite" if settings.schema.is_some() => Err(OpenError::SchemaOnSqlite),
            "sqlite" => {
                let patience = Duration::from_millis(settings.acquire_timeout_ms);
                Ok(Self::Sqlite(SqliteTarget { path: sqlite_path(rest)?, patience }))
            }
            "postgres" | "postgresql" => Self::postgres(settings),
            other => Err(OpenError::UnknownScheme(presentable(other))),
        }
    }

    #[cfg(feature = "postgres")]
    fn postgres(settings: &DatabaseSettings) -> Result<Self, OpenError> {
        if let Some(schema) = settings.schema.as_deref().filter(|schema| !is_schema_name(schema)) {
            return Err(OpenError::SchemaName(schema.to_owned()));
        }
        Ok(Self::Postgres(PostgresTarget {
            url: with_timeouts(settings.url.expose_secret()).into(),
            schema: settings.schema.clone(),
            statement_timeout_ms: settings.statement_timeout_ms,
        }))
    }

    #[cfg(not(feature = "postgres"))]
    fn postgres(_settings: &DatabaseSettings) -> Result<Self, OpenError> {
        Err(OpenError::PostgresNotBuiltIn)
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Backend::Postgres,
        }
    }
}

/// `file:` and `?` would be read as options by SQLite, `:memory:` as a database per connection.
fn sqlite_path(rest: &str) -> Result<PathBuf, OpenError> {
    let is_path = !rest.is_empty()
        && !rest.ends_with('/')
        && !rest.starts_with("file:")
        && !rest.starts_with(':')
        && !rest.contains(['?', '#', '\0']);
    is_path.then(|| PathBuf::from(rest)).ok_or(OpenError::SqlitePath)
}

/// The scheme as far as it may be shown: a wrongly quoted URL can have its password in front of `://`.
fn presentable(scheme: &str) -> String {
    let is_word =
        scheme.len() <= 20 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+');
    if is_word { format!("{scheme}://") } else { "(unreadable)".to_owned() }
}

#[cfg(feature = "postgres")]
fn is_schema_name(schema: &str) -> bool {
    schema.len() <= 63
        && schema.starts_with(|first: char| first.is_ascii_lowercase())
        && schema.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A server that is gone without a word must not hold a thread for minutes.
#[cfg(feature = "postgres")]
fn with_timeouts(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [("connect_timeout", "5"), ("tcp_user_timeout", "15000")] {
        if !url.contains(&format!("{name}=")) {
            let separator = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{separator}{name}={value}");
        }
    }
    url
}

#[cfg(test)]
mod tests;
