//! Hands the outbox's messages to those who carry them out.

use async_trait::async_trait;
use db::outbox::Message;
use serde::de::DeserializeOwned;
use service_kit::outbox::worker::{Failure, Handler, OutboxWorker};

use crate::state::AppState;
use crate::usecase::mask_texts::mask_texts;
use crate::usecase::{carry_out, outgoing};

/// Adds the handler of every topic of this service.
pub fn handlers(worker: OutboxWorker, state: &AppState) -> OutboxWorker {
    let on = |topic| Carrier { topic, state: state.clone() };
    let topics = [
        outgoing::ANSWERED,
        outgoing::DELETE_FILE,
        outgoing::LEARN_GOODS_NAME,
        outgoing::EMPTY_LOG,
        outgoing::MASK_TEXTS,
    ];
    topics.into_iter().fold(worker, |worker, topic| worker.on(topic, on(topic)))
}

struct Carrier {
    topic: &'static str,
    state: AppState,
}

#[async_trait]
impl Handler for Carrier {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let state = &self.state;
        match self.topic {
            outgoing::ANSWERED => {
                carry_out::tell_answered(&state.db, &state.clients.member, &read(message)?).await
            }
            outgoing::DELETE_FILE => {
                carry_out::delete_file(state.attachments.as_ref(), &read(message)?).await
            }
            outgoing::LEARN_GOODS_NAME => {
                carry_out::learn_goods_name(&state.db, &state.clients.claim, &read(message)?).await
            }
            outgoing::EMPTY_LOG => carry_out::empty_log(&state.db).await,
            outgoing::MASK_TEXTS => mask_texts(state, &read(message)?).await.map_err(Failure::from),
            topic => Err(Failure::NeedsAttention(format!("nobody carries `{topic}` out"))),
        }
    }
}

fn read<T: DeserializeOwned>(message: &Message) -> Result<T, Failure> {
    serde_json::from_str(&message.payload)
        .map_err(|error| Failure::NeedsAttention(format!("the message can't be read: {error}")))
}
