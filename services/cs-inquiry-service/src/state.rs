//! What handlers, use cases and workers share.

pub mod passing;
pub mod spool;

use std::sync::{Arc, Mutex};

use db::Db;
use platform::budget::Budget;
use platform::clock::Clock;
use service_kit::outbox::worker::Bell;

use crate::clients::attachment_store::AttachmentStore;
use crate::clients::claim::ClaimService;
use crate::clients::member::MemberService;
use crate::domain::title_search::kept_counts::KeptCounts;
use crate::settings::Settings;
use spool::Spool;

#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub clients: Clients,
    /// Rings the outbox worker after a commit.
    pub bell: Bell,
    pub settings: Arc<Settings>,
    /// What searches of this process found.
    pub kept_counts: Arc<Mutex<KeptCounts>>,
    /// Where files lie that belong to an inquiry.
    pub attachments: Arc<dyn AttachmentStore>,
    /// Where files lie that are on their way in.
    pub spool: Spool,
    /// Requests that bring parts, from their first to their answer.
    pub uploads: Budget,
    /// Bytes of texts that came as parts.
    pub upload_texts: Budget,
}

/// The sister services.
#[derive(Clone, Debug)]
pub struct Clients {
    pub claim: ClaimService,
    pub member: MemberService,
}
