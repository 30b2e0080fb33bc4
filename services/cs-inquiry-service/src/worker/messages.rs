//! Hands the outbox's messages to those who carry them out.

use async_trait::async_trait;
use db::outbox::Message;
use serde::de::DeserializeOwned;
use service_kit::outbox_worker::{Failure, Handler, OutboxWorker};

use crate::usecase::app_state::AppState;
use crate::usecase::{carry_out, outgoing};

/// Adds the handler of every topic of this service.
pub fn handlers(worker: OutboxWorker, app: &AppState) -> OutboxWorker {
    let on = |topic| Carrier { topic, app: app.clone() };
    [outgoing::ANSWERED, outgoing::DELETE_FILE, outgoing::LEARN_GOODS_NAME, outgoing::EMPTY_LOG]
        .into_iter()
        .fold(worker, |worker, topic| worker.on(topic, on(topic)))
}

struct Carrier {
    topic: &'static str,
    app: AppState,
}

#[async_trait]
impl Handler for Carrier {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let app = &self.app;
        match self.topic {
            outgoing::ANSWERED => {
                carry_out::tell_answered(&app.db, &app.clients.member, &read(message)?).await
            }
            outgoing::DELETE_FILE => carry_out::delete_file(app.attachments.as_ref(), &read(message)?).await,
            outgoing::LEARN_GOODS_NAME => {
                carry_out::learn_goods_name(&app.db, &app.clients.claim, &read(message)?).await
            }
            outgoing::EMPTY_LOG => carry_out::empty_log(&app.db).await,
            topic => Err(Failure::NeedsAttention(format!("nobody carries `{topic}` out"))),
        }
    }
}

fn read<T: DeserializeOwned>(message: &Message) -> Result<T, Failure> {
    serde_json::from_str(&message.payload)
        .map_err(|error| Failure::NeedsAttention(format!("the message can't be read: {error}")))
}
