//! What travels with a request from process to process: its id and its place in a trace.

use http::HeaderMap;
use uuid::Uuid;

use crate::clock::Clock;

/// Header that carries the request id through gateway and services and back to the caller.
pub const REQUEST_ID_HEADER: &str = "x-request-id";
/// W3C trace context.
pub const TRACEPARENT_HEADER: &str = "traceparent";

/// The travelling facts of the request at hand.
#[derive(Clone, Debug)]
pub struct RequestContext {
    pub request_id: String,
    pub traceparent: Option<String>,
}

tokio::task_local! {
    static CURRENT: RequestContext;
}

impl RequestContext {
    /// A context for work that no request asked for, as a worker's.
    pub fn new() -> Self {
        Self { request_id: new_request_id(), traceparent: None }
    }

    /// Reads the headers; an id that could not be printed safely is replaced by a new one.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            request_id: text(REQUEST_ID_HEADER)
                .filter(|id| is_safe_request_id(id))
                .map_or_else(|| Self::new().request_id, str::to_owned),
            traceparent: text(TRACEPARENT_HEADER).filter(|value| is_traceparent(value)).map(str::to_owned),
        }
    }

    /// The context of the request this task works for, or a new one.
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// Runs `work` so that [`RequestContext::current`] finds this context.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }
}

impl Default for RequestContext {
    fn default() -> Self {
        Self::new()
    }
}

/// A number that sorts by time. The dice are the thread's own: asking the system for each is dearer than all the rest.
fn new_request_id() -> String {
    let milliseconds = u64::try_from(Clock::system().now().timestamp_millis()).unwrap_or_default();
    let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &rand::random()).into_uuid();
    id.simple().encode_lower(&mut Uuid::encode_buffer()).to_owned()
}

/// 1 to 64 letters, digits, dots, dashes and underscores.
pub fn is_safe_request_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// The shape of version 00 of W3C's `traceparent`.
pub fn is_traceparent(value: &str) -> bool {
    let mut parts = value.split('-');
    let is_hex = |part: Option<&str>, length: usize| {
        part.is_some_and(|part| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        })
    };
    is_hex(parts.next(), 2)
        && is_hex(parts.next(), 32)
        && is_hex(parts.next(), 16)
        && is_hex(parts.next(), 2)
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_that_print_safely_are_kept() {
        assert!(is_safe_request_id("a-1_B.2"));
        for bad in ["", "a b", "a\n", "é", &"x".repeat(65)] {
            assert!(!is_safe_request_id(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_traceparent_has_four_hexadecimal_parts() {
        assert!(is_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        for bad in
            ["", "00-xyz-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-02"]
        {
            assert!(!is_traceparent(bad), "{bad:?}");
        }
    }
}
