//! What handlers, workers and use cases share while the process lives.

pub mod numbers;
pub mod progress;

use std::sync::Arc;
use std::time::Duration;

use db::Db;
use platform::clock::Clock;
use service_kit::outbox::held::Held;
use service_kit::outbox::worker::Bell;
use tokio::time::Instant;

use crate::clients::member::MemberService;
use crate::clients::promotion::PromotionService;
use crate::clients::refund_provider::RefundProvider;
use crate::domain::saga::Command;
use crate::domain::saga::claim::Cause;
use crate::secrets::Secrets;
use crate::settings::Settings;

use self::numbers::ClaimNumbers;
use self::progress::Progress;

#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub clients: Clients,
    /// Rings the outbox worker after a commit.
    pub bell: Bell,
    /// Whoever gives money back.
    pub refunds: Arc<dyn RefundProvider>,
    pub claim_numbers: ClaimNumbers,
    pub secrets: Secrets,
    /// Tells those who wait for a claim that it has moved.
    pub progress: Progress,
    /// Carries claims out from their acceptance on.
    pub runs: Held<Cause, Command>,
    pub settings: Arc<Settings>,
}

impl AppState {
    /// Until when an operation on a claim waits: for what is undecided of its order, and then for its own end.
    pub fn answer_deadline(&self) -> Instant {
        Instant::now() + Duration::from_millis(self.settings.cancel.answer_deadline_ms)
    }
}

/// The services this one calls.
#[derive(Clone, Debug)]
pub struct Clients {
    pub member: MemberService,
    pub promotion: PromotionService,
}
