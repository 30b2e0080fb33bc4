//! Whether PostgreSQL ended a transaction for the sake of another.
//!
//! A unit of work answers its own kind of error, and may have put the database's into any of them. So each connection
//! listens to what its statements come to.

use crate::connection::DbConnection;
use crate::error::DbError;
use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;

/// Hears of every statement of one connection.
#[derive(Debug, Default)]
struct LostRace {
    is_told: bool,
}

impl Instrumentation for LostRace {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::BeginTransaction { depth, .. } if depth.get() == 1 => self.is_told = false,
            InstrumentationEvent::FinishQuery { error: Some(error), .. } if DbError::is_lost_race(error) => {
                self.is_told = true;
            }
            _ => {}
        }
    }
}

/// From here on [`is_told`] knows of this connection.
pub(crate) fn listen(conn: &mut impl Connection) {
    conn.set_instrumentation(LostRace::default());
}

/// Whether the last transaction was ended so. SQLite is not asked: there writers wait instead.
pub(crate) fn is_told(conn: &mut DbConnection) -> bool {
    conn.instrumentation().downcast_ref::<LostRace>().is_some_and(|race| race.is_told)
}
