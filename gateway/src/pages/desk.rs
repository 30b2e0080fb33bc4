//! The agents' desk: its page, what the page has to know of this house, and its files.

use actix_web::HttpResponse;
use actix_web::ResponseError as _;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CROSS_ORIGIN_OPENER_POLICY, CROSS_ORIGIN_RESOURCE_POLICY,
    HeaderMap, HeaderValue, PERMISSIONS_POLICY, REFERRER_POLICY, X_FRAME_OPTIONS,
};
use bytes::Bytes;
use contract::ResultCode;
use platform::error::Problem;
use serde_json::{Value, json};
use std::borrow::Cow;

use crate::settings::DeskSettings;

/// The address names the build, so what is behind it never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FEATURES: HeaderValue =
    HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), clipboard-write=(self)");

/// Where it is switched on.
#[derive(Debug)]
pub(crate) struct Desk {
    /// What the page asks for first, without the name of the build.
    config: Value,
    /// `blob:` and the origins of goods' pictures.
    images: String,
    issuer_origin: String,
}

impl Desk {
    /// Takes settings that were checked; None where the desk is off.
    pub(crate) fn new(settings: &DeskSettings) -> Option<Self> {
        if !settings.enabled {
            return None;
        }
        let config = json!({
            "issuer": settings.issuer,
            "clientId": settings.client_id,
            "scope": settings.scope,
            "extraParams": settings.extra_params,
            "idleLockMin": settings.idle_lock_min,
            "pollS": settings.poll_s,
            "undoS": settings.undo_s,
            "imageOrigins": settings.image_origins,
            "label": settings.label,
        });
        let mut images = "blob:".to_owned();
        for origin in &settings.image_origins {
            images.push(' ');
            images.push_str(origin);
        }
        Some(Self { config, images, issuer_origin: settings.issuer_origin()? })
    }

    pub(super) fn answer(&self, path: &str) -> HttpResponse {
        match path {
            // The provider sends the browser back to the page, which knows by its address what to do.
            "/desk" | "/desk/callback" => {
                HttpResponse::Ok().content_type("text/html; charset=utf-8").body(desk::page().html.clone())
            }
            "/desk/config.json" => self.config(),
            _ => path.strip_prefix("/desk/_/").and_then(file).unwrap_or_else(nothing_there),
        }
    }

    fn config(&self) -> HttpResponse {
        let mut config = self.config.clone();
        if let Some(fields) = config.as_object_mut() {
            fields.insert("buildId".to_owned(), desk::page().build_id.clone().into());
        }
        HttpResponse::Ok().json(config)
    }

    /// What every answer under `/desk` has, whoever made it.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        if let Ok(policy) = HeaderValue::from_str(&self.policy(&desk::page().import_map_hash)) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(PERMISSIONS_POLICY, FEATURES);
    }

    /// Only our own files run, and no text becomes markup: no line of the page can make an exception.
    fn policy(&self, import_map_hash: &str) -> String {
        let Self { images, issuer_origin, .. } = self;
        format!(
            "default-src 'none'; script-src 'self' 'sha256-{import_map_hash}'; style-src 'self'; \
             img-src 'self' {images}; connect-src 'self' {issuer_origin}; font-src 'self'; manifest-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'"
        )
    }
}

/// A file of this build, and of no other: during an upgrade a page asks the one that sent it.
fn file(path: &str) -> Option<HttpResponse> {
    let (build_id, path) = path.split_once('/')?;
    if build_id != desk::page().build_id {
        return None;
    }
    let file = desk::find(path)?;
    let content = match file.content {
        Cow::Borrowed(held) => Bytes::from_static(held),
        Cow::Owned(read) => Bytes::from(read),
    };
    Some(
        HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, FOR_EVER))
            .content_type(file.content_type)
            .body(content),
    )
}

pub(super) fn nothing_there() -> HttpResponse {
    Problem::new(ResultCode::NotFound).error_response()
}
