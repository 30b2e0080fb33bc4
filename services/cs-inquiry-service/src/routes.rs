//! The whole API of this service on one screen.

use dto::operations::{Upstream, inquiry};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Inquiry)
        .on(&inquiry::INTERNAL_MEMBERS_WITHDRAWAL, api::internal_members_withdrawal)
}
