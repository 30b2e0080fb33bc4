//! What the gateway answers itself: its health, the public keys of local issuers, what describes the API, and who a token says one is.

mod desk;
mod docs;
mod login_info;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use platform::drain::Drain;
use platform::health::leaving;
use serde_json::json;

pub(crate) use self::desk::Desk;
use crate::door::{Keys, OwnPage};

pub(crate) use self::login_info::login_info;

/// What stands in metrics in place of an operation.
pub(crate) const LABEL: &str = "own_page";

/// Answers a page asked for at a path.
pub(crate) fn answer(
    page: OwnPage,
    path: &str,
    keys: &Keys,
    desk: Option<&Desk>,
    drain: &Drain,
) -> HttpResponse {
    match page {
        OwnPage::Live => HttpResponse::Ok().json(json!({"status": "UP"})),
        OwnPage::Ready if drain.is_under_way() => leaving(),
        OwnPage::Ready => ready(keys),
        OwnPage::OpenApi => docs::document(),
        OwnPage::Docs(file) => docs::file(file),
        OwnPage::Desk => desk.map_or_else(desk::nothing_there, |desk| desk.answer(path)),
        OwnPage::Jwks => {
            HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=60")).json(keys.published_set())
        }
    }
}

/// Ready when every issuer's tokens can be judged. The services' addresses were checked at the start; whether the
/// services themselves are up is theirs to say.
fn ready(keys: &Keys) -> HttpResponse {
    let missing = keys.issuers_without_keys();
    if missing.is_empty() {
        return HttpResponse::Ok().json(json!({"status": "UP"}));
    }
    let reason = format!("no keys yet of {}", missing.join(", "));
    HttpResponse::ServiceUnavailable().json(json!({"status": "DOWN", "reason": reason}))
}
