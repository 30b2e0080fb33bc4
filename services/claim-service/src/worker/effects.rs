//! Carries accepted claims out from their acceptance on, one stage after the other.

use async_trait::async_trait;
use service_kit::outbox::held::Carrier;
use service_kit::outbox::worker::{Failure, Tried};
use tracing::Span;

use crate::domain::saga::claim::Cause;
use crate::domain::saga::{Command, Event};
use crate::state::AppState;
use crate::usecase::execution::ask::ask;
use crate::usecase::execution::note::note_tries;
use crate::usecase::messages::EFFECT_TOPIC;
use crate::worker::patience;

pub struct Effects(pub AppState);

#[async_trait]
impl Carrier for Effects {
    type Cause = Cause;
    type Command = Command;
    type Said = Option<Event>;

    const TOPIC: &'static str = EFFECT_TOPIC;

    fn key(command: &Command) -> &str {
        command.key.as_str()
    }

    fn span(cause: &Cause) -> Span {
        tracing::info_span!("claim", otel.kind = "consumer", claim.no = %cause.accepted.claim_no)
    }

    async fn attempt(&self, cause: &Cause, command: &Command) -> (Option<Event>, Result<(), Failure>) {
        ask(&self.0, cause, command, patience(&self.0.settings.outbox)).await
    }

    async fn note(
        &self,
        cause: &Cause,
        said: Vec<Option<Event>>,
        tries: Vec<Tried>,
    ) -> Result<Vec<Command>, Failure> {
        let events = said.into_iter().flatten().collect();
        note_tries(&self.0, cause, events, tries).await.map_err(Failure::from)
    }
}
