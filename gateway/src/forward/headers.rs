//! Which headers cross the house, and in which form.
//!
//! Both ways the rule is the same: what speaks about one connection ends here, what only the gateway may say is said by
//! the gateway, and the rest passes.

use std::net::IpAddr;

use actix_web::dev::RequestHead;
use actix_web::http::header as actix_header;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use platform::identity::INTERNAL_HEADER;
use platform::request_context::{REQUEST_ID_HEADER, TRACEPARENT_HEADER};

use crate::trace::Trace;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The caller's own address, as far as it can be believed.
///
/// Each of our own `proxy_hops` proxies in front has appended the address it saw to `X-Forwarded-For`; whatever stands
/// further left was written by somebody else.
pub(crate) fn caller_address(head: &RequestHead, proxy_hops: usize) -> Option<IpAddr> {
    let peer = head.peer_addr.map(|address| address.ip());
    let Some(from_the_right) = proxy_hops.checked_sub(1) else {
        return peer;
    };
    let mut lines: Vec<_> = head.headers.get_all(FORWARDED_FOR.as_str()).collect();
    lines.reverse();
    // Byte by byte: what somebody wrote further left must not spoil what our own proxies appended.
    lines
        .iter()
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
        .nth(from_the_right)
        .and_then(|text| std::str::from_utf8(text).ok()?.trim().parse().ok())
        .or(peer)
}

/// The headers a service gets.
pub(crate) fn to_upstream(
    head: &RequestHead,
    proxy_hops: usize,
    identity: HeaderValue,
    is_authorization_passed: bool,
    trace: &Trace,
) -> HeaderMap {
    let named =
        named_by_connection(head.headers.get_all(actix_header::CONNECTION).map(|value| value.as_bytes()));
    let mut headers = HeaderMap::with_capacity(head.headers.len() + 8);
    for (name, value) in &head.headers {
        let name = name.as_str();
        let is_vendor_key = is_authorization_passed && name == "authorization";
        let is_dropped = ends_at_a_connection(name) || stays_outside(name) || named.iter().any(|n| n == name);
        if is_dropped && !is_vendor_key {
            continue;
        }
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
        {
            headers.append(name, value);
        }
    }
    insert_text(
        &mut headers,
        FORWARDED_FOR,
        caller_address(head, proxy_hops).map(|address| address.to_string()),
    );
    insert_text(&mut headers, FORWARDED_PROTO, Some(outside_scheme(head, proxy_hops).to_owned()));
    insert_text(&mut headers, FORWARDED_HOST, outside_host(head, proxy_hops));
    insert_text(&mut headers, HeaderName::from_static(REQUEST_ID_HEADER), Some(trace.request_id.clone()));
    insert_text(&mut headers, HeaderName::from_static(TRACEPARENT_HEADER), Some(trace.traceparent.clone()));
    headers.insert(HeaderName::from_static(INTERNAL_HEADER), identity);
    headers
}

/// Adds to the caller's answer what of the service's headers is meant for it.
pub(crate) fn to_caller(upstream: &HeaderMap, answer: &mut actix_header::HeaderMap) {
    let named =
        named_by_connection(upstream.get_all(http::header::CONNECTION).iter().map(HeaderValue::as_bytes));
    for (name, value) in upstream {
        let name = name.as_str();
        if ends_at_a_connection(name) || stays_inside(name) || named.iter().any(|n| n == name) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (
            actix_header::HeaderName::from_bytes(name.as_bytes()),
            actix_header::HeaderValue::from_bytes(value.as_bytes()),
        ) {
            answer.append(name, value);
        }
    }
}

/// Hop-by-hop headers of RFC 9110, section 7.6.1, and those that state the length, which is stated anew.
fn ends_at_a_connection(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "content-length"
            | "http2-settings"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

/// What callers may not tell services: who they are, where they come from, and to read the request differently.
fn stays_outside(name: &str) -> bool {
    // Some servers read underscores as dashes; nobody needs them in a name.
    name.contains('_')
        || name.starts_with("x-internal-")
        || name.starts_with("x-forwarded")
        || matches!(
            name,
            "authorization"
                | "cookie"
                | "expect"
                | "forwarded"
                | "host"
                | "true-client-ip"
                | "via"
                | "x-client-ip"
                | "x-http-method"
                | "x-http-method-override"
                | "x-method-override"
                | "x-original-url"
                | "x-real-ip"
                | "x-request-id"
                | "x-rewrite-url"
                | "traceparent"
        )
}

/// What services may not tell callers: how the house is built, and what the gateway says itself.
fn stays_inside(name: &str) -> bool {
    name.starts_with("x-internal-")
        || name.starts_with("access-control-")
        || matches!(name, "server" | "via" | "x-powered-by" | "x-request-id" | "x-content-type-options")
}

/// The further headers a message declares to be about its connection only.
fn named_by_connection<'a>(values: impl Iterator<Item = &'a [u8]>) -> Vec<String> {
    values
        .filter_map(|value| std::str::from_utf8(value).ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !matches!(name.as_str(), "" | "close" | "keep-alive"))
        .collect()
}

fn outside_scheme(head: &RequestHead, proxy_hops: usize) -> &'static str {
    let said = head.headers.get(FORWARDED_PROTO.as_str()).filter(|_| proxy_hops > 0);
    if said.is_some_and(|value| value.as_bytes() == b"https") { "https" } else { "http" }
}

fn outside_host(head: &RequestHead, proxy_hops: usize) -> Option<String> {
    head.headers
        .get(FORWARDED_HOST.as_str())
        .filter(|_| proxy_hops > 0)
        .or_else(|| head.headers.get(actix_header::HOST))
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

fn insert_text(headers: &mut HeaderMap, name: HeaderName, text: Option<String>) {
    if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(name, value);
    }
}
