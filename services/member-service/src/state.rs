//! What handlers, use cases and workers share.

use std::sync::Arc;

use db::Db;
use platform::clock::Clock;
use service_kit::outbox::worker::Bell;

use crate::clients::claim::ClaimService;
use crate::clients::inquiry::InquiryService;
use crate::clients::promotion::PromotionService;
use crate::secrets::Secrets;
use crate::settings::Settings;

#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub clients: Clients,
    /// Rings the outbox worker after a commit.
    pub bell: Bell,
    pub secrets: Secrets,
    pub settings: Arc<Settings>,
}

/// The sister services.
#[derive(Clone, Debug)]
pub struct Clients {
    pub claim: ClaimService,
    pub inquiry: InquiryService,
    pub promotion: PromotionService,
}
