//! What use cases, handlers and workers share.

use std::sync::{Arc, Mutex};

use commerce::{MemberNo, SiteNo};
use db::Db;
use platform::clock::Clock;
use platform::http_client::ServiceClient;
use service_kit::outbox_worker::Bell;

use super::spool::Spool;
use crate::clients::attachment_store::AttachmentStore;
use crate::domain::kept_counts::KeptCounts;
use crate::settings::Settings;

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
}

/// The sister services.
#[derive(Clone, Debug)]
pub struct Clients {
    pub member: ServiceClient,
    pub claim: ServiceClient,
}

/// 문의 회원: whose inquiry it is. Another site's member of the same number is somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub member_no: MemberNo,
    pub site_no: SiteNo,
}
