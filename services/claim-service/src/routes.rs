//! The whole API of this service on one screen.

use dto::operations::{Upstream, claim};
use service_kit::routes::Routes;

use crate::api;

pub fn routes() -> Routes {
    Routes::new(Upstream::Claim)
        .on(&claim::INTERNAL_CLAIMS_COUNT, api::internal_claims_count)
        .on(&claim::INTERNAL_MEMBERS_WITHDRAWAL, api::internal_members_withdrawal)
}
