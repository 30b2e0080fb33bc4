//! Which headers cross the house, and in which form.
//!
//! Both ways the rule is the same: what speaks about one connection ends here, what only the gateway may say is said by
//! the gateway, and the rest passes.

use std::net::IpAddr;

use actix_http::RequestHead;
use actix_http::header::{CONNECTION, HOST, HeaderMap, HeaderName, HeaderValue};
use bytes::BytesMut;
use platform::identity::INTERNAL_HEADER;
use platform::request_context::{REQUEST_ID_HEADER, TRACEPARENT_HEADER};

use crate::door::{FORWARDED_FOR, caller_address};
use crate::wire::trace::Trace;

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// How long the body of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    None,
    Known(u64),
    Chunked,
}

/// `path` is normalised and the query was read as one, so that neither can hold a space or an end of line.
pub(super) fn write_request_line(
    output: &mut BytesMut,
    method: &str,
    path: &str,
    query: Option<&str>,
    authority: &str,
) {
    for part in [method.as_bytes(), b" ", path.as_bytes()] {
        output.extend_from_slice(part);
    }
    if let Some(query) = query {
        output.extend_from_slice(b"?");
        output.extend_from_slice(query.as_bytes());
    }
    output.extend_from_slice(b" HTTP/1.1\r\n");
    write_line(output, b"host", authority.as_bytes());
}

pub(super) fn write_length(output: &mut BytesMut, length: Length) {
    match length {
        Length::None => {}
        Length::Known(bytes) => {
            write_line(output, b"content-length", itoa::Buffer::new().format(bytes).as_bytes())
        }
        Length::Chunked => write_line(output, b"transfer-encoding", b"chunked"),
    }
}

/// The caller's own request, as far as a service may hear of it.
pub(super) struct Outside<'a> {
    pub(super) head: &'a RequestHead,
    pub(super) proxy_hops: usize,
    pub(super) is_authorization_passed: bool,
}

impl Outside<'_> {
    pub(super) fn write(&self, output: &mut BytesMut) {
        let head = self.head;
        let named = named_by_connection(head.headers.get_all(CONNECTION));
        for (name, value) in &head.headers {
            let name = name.as_str();
            let is_vendor_key = self.is_authorization_passed && name == "authorization";
            let is_dropped =
                ends_at_a_connection(name) || stays_outside(name) || named.iter().any(|n| n == name);
            if !is_dropped || is_vendor_key {
                write_line(output, name.as_bytes(), value.as_bytes());
            }
        }
        if let Some(address) = caller_address(head, self.proxy_hops) {
            write_line(output, FORWARDED_FOR.as_str().as_bytes(), address_text(address).as_bytes());
        }
        write_line(output, FORWARDED_PROTO.as_str().as_bytes(), self.scheme().as_bytes());
        if let Some(host) = self.host() {
            write_line(output, FORWARDED_HOST.as_str().as_bytes(), host.as_bytes());
        }
    }

    fn scheme(&self) -> &'static str {
        let said = self.head.headers.get(FORWARDED_PROTO).filter(|_| self.proxy_hops > 0);
        if said.is_some_and(|value| value.as_bytes() == b"https") { "https" } else { "http" }
    }

    fn host(&self) -> Option<&HeaderValue> {
        let headers = &self.head.headers;
        headers.get(FORWARDED_HOST).filter(|_| self.proxy_hops > 0).or_else(|| headers.get(HOST))
    }
}

/// Formats the usual kind of address without the formatter, which takes longer than all other headers together.
fn address_text(address: IpAddr) -> String {
    let IpAddr::V4(address) = address else {
        return address.to_string();
    };
    let mut text = String::with_capacity(15);
    for octet in address.octets() {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(itoa::Buffer::new().format(octet));
    }
    text
}

/// What only the gateway may say, and the end of the head.
pub(super) fn write_own(output: &mut BytesMut, trace: &Trace, identity: &http::HeaderValue) {
    write_line(output, REQUEST_ID_HEADER.as_bytes(), trace.request_id.as_bytes());
    write_line(output, TRACEPARENT_HEADER.as_bytes(), trace.traceparent.as_bytes());
    write_line(output, INTERNAL_HEADER.as_bytes(), identity.as_bytes());
    output.extend_from_slice(b"\r\n");
}

/// Names and values come from parsed headers or are our own: none holds an end of line.
fn write_line(output: &mut BytesMut, name: &[u8], value: &[u8]) {
    output.reserve(name.len() + value.len() + 4);
    for part in [name, b": ", value, b"\r\n"] {
        output.extend_from_slice(part);
    }
}

/// What of a service's headers is meant for the caller.
pub(crate) fn to_caller(mut headers: HeaderMap) -> HeaderMap {
    let named = named_by_connection(headers.get_all(CONNECTION));
    headers.retain(|name, _| {
        let name = name.as_str();
        !(ends_at_a_connection(name) || stays_inside(name) || named.iter().any(|n| n == name))
    });
    headers
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

/// The further headers a message declares to be about its connection only: hardly ever one.
fn named_by_connection<'a>(values: impl Iterator<Item = &'a HeaderValue>) -> Vec<String> {
    values
        .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|name| {
            !(name.is_empty()
                || name.eq_ignore_ascii_case("keep-alive")
                || name.eq_ignore_ascii_case("close"))
        })
        .map(str::to_ascii_lowercase)
        .collect()
}
