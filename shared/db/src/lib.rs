#![doc = include_str!("../README.md")]

mod checkpoint;
mod connection;
mod database;
mod each_backend;
mod error;
pub mod idempotency;
pub mod inbox;
mod insert_rows;
pub mod kept_apart;
mod lost_race;
mod migrate;
pub mod named_lock;
pub mod outbox;
mod owner_only;
mod pool;
mod schema;
mod session;
mod settings;
mod statement;
mod target;
mod time;
mod transaction;
mod watch;
mod workers;

pub use connection::{DbBackend, DbConnection};
pub use database::{Backend, Db};
pub use error::{ConnectFailure, DbError};
pub use insert_rows::ROWS_AT_ONCE;
pub use migrate::{MigrateError, Migrations};
pub use settings::DatabaseSettings;
pub use target::OpenError;
pub use watch::{PoolLoad, PoolWatch};
