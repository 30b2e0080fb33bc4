//! Empties the outbox of letters.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use db::DbConnection;
use db::outbox::Message;
use diesel::QueryResult;
use service_kit::outbox::worker::{Failure, Handler};

use crate::usecase::deliver_notification::{self, Delivery};

/// Handles the topic [`TOPIC`](crate::usecase::notify::TOPIC).
pub struct NotificationSender(pub Delivery);

#[async_trait]
impl Handler for NotificationSender {
    fn begin(&self, conn: &mut DbConnection, keys: &[&str]) -> QueryResult<Vec<String>> {
        deliver_notification::begin(conn, keys)
    }

    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        self.0.deliver(&message.key, &message.payload, message.try_count).await.map_err(|error| {
            let reason = error.to_string();
            if error.is_transient() { Failure::Later(reason) } else { Failure::NeedsAttention(reason) }
        })
    }

    fn finish(&self, conn: &mut DbConnection, keys: &[&str], now: DateTime<Utc>) -> QueryResult<()> {
        deliver_notification::finish(conn, keys, now)
    }
}
