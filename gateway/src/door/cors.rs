//! Which web pages may read our answers.

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use contract::operations;
use platform::operations::allow;

const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, accept, idempotency-key, x-request-id, traceparent",
);
const ANSWER_HEADERS: HeaderValue =
    HeaderValue::from_static("x-request-id, retry-after, ratelimit, ratelimit-policy, content-disposition");
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The origins that were named in the settings. Tokens travel in a header, so cookies are never allowed.
#[derive(Debug)]
pub(crate) struct Cors {
    origins: Vec<HeaderValue>,
}

impl Cors {
    /// Takes origins the settings have checked.
    pub(crate) fn new(origins: &[String]) -> Self {
        Self { origins: origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect() }
    }

    /// The request's origin if it is one of ours.
    pub(crate) fn allowed_origin(&self, head: &RequestHead) -> Option<HeaderValue> {
        let mut sent = head.headers.get_all(ORIGIN);
        let origin = sent.next()?;
        (sent.next().is_none() && self.origins.contains(origin)).then(|| origin.clone())
    }

    /// Whether a browser asks if it may send its real request.
    pub(crate) fn is_preflight(&self, head: &RequestHead) -> bool {
        head.method == Method::OPTIONS
            && head.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
            && self.allowed_origin(head).is_some()
    }

    /// Adds to any answer what lets an allowed page read it.
    pub(crate) fn mark(&self, origin: Option<HeaderValue>, headers: &mut HeaderMap) {
        if self.origins.is_empty() {
            return;
        }
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = origin {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
        }
    }
}

/// The answer to a preflight: what the path takes.
pub(crate) fn preflight_answer(methods: &[operations::Method]) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, allow(methods)))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
        .insert_header((ACCESS_CONTROL_MAX_AGE, MAX_AGE))
        .insert_header((VARY, "Access-Control-Request-Method, Access-Control-Request-Headers"));
    response.finish()
}
