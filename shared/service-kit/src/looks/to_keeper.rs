//! Looks of a service that keeps none itself: its outbox hands them to cs-inquiry-service.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::operations::inquiry::INTERNAL_ACCESS_RECORDS;
use db::DbConnection;
use db::outbox::{self, Message, NewMessage};
use diesel::QueryResult;
use diesel::result::Error::SerializationError;
use dto::bounded::MOST_ACCESS_RECORDS;
use dto::internal::{AccessRecord, AccessRecords};
use platform::http_client::{ServiceClient, post};
use uuid::Uuid;

use super::Looked;
use crate::outbox::worker::{Failure, Handler};

/// Of the messages with looks.
pub const TOPIC: &str = "access.records";

/// Writes them into the outbox: many in one message, so that many cost one call.
pub fn to_keeper(conn: &mut DbConnection, now: DateTime<Utc>, looks: &[Looked]) -> QueryResult<()> {
    let mut written = Vec::new();
    for looks in looks.chunks(MOST_ACCESS_RECORDS) {
        let evt_key = format!("access:{}", Uuid::now_v7());
        let records =
            AccessRecords { evt_key: evt_key.clone(), record_list: looks.iter().map(record).collect() };
        written.push((
            evt_key,
            serde_json::to_string(&records).map_err(|error| SerializationError(error.into()))?,
        ));
    }
    let messages: Vec<NewMessage<'_>> = written
        .iter()
        .map(|(key, payload)| NewMessage { key, topic: TOPIC, payload, traceparent: None, not_before: now })
        .collect();
    outbox::enqueue_all(conn, now, &messages, None).map(drop)
}

fn record(looked: &Looked) -> AccessRecord {
    let look = looked.at_whom.clone();
    AccessRecord {
        acs_dtm: looked.at.into(),
        user_id: looked.by.clone(),
        acs_ip: looked.from,
        oper_nm: looked.operation.to_owned(),
        mbr_no: look.member_no,
        ord_no: look.order_no,
        claim_no: look.claim_no,
    }
}

/// Handles the topic.
pub struct ToKeeper(pub ServiceClient);

#[async_trait]
impl Handler for ToKeeper {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let records: AccessRecords = serde_json::from_str(&message.payload)
            .map_err(|error| Failure::NeedsAttention(format!("the message can't be read: {error}")))?;
        self.0.call(post(&INTERNAL_ACCESS_RECORDS, &records)).await.map(drop).map_err(Failure::from)
    }
}
