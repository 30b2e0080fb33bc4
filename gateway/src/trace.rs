//! A request's id and its place in a trace: taken over from the caller where it can be, else begun here.

use std::cell::Cell;
use std::time::Instant;

use actix_web::dev::RequestHead;
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use platform::http_client::current_traceparent;
use platform::request_context::{
    REQUEST_ID_HEADER, RequestContext, TRACEPARENT_HEADER, is_safe_request_id, is_traceparent,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// What goes with a request through the house, and back to the caller as its id.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) request_id: String,
    pub(crate) traceparent: String,
    /// Disabled unless spans are exported: making one costs more than routing a request.
    pub(crate) span: Span,
    /// The declared operation's id, once it is known.
    operation: Cell<&'static str>,
    began: Instant,
}

impl Trace {
    pub(crate) fn begin(head: &RequestHead, is_exported: bool) -> Self {
        let text = |name: &str| {
            let mut values = head.headers.get_all(name);
            let value = values.next().and_then(|value| value.to_str().ok());
            value.filter(|_| values.next().is_none())
        };
        let request_id = text(REQUEST_ID_HEADER)
            .filter(|id| is_safe_request_id(id))
            .map_or_else(|| RequestContext::new().request_id, str::to_owned);
        let span = if is_exported { exported_span(head, &request_id) } else { Span::none() };
        let traceparent = span
            .in_scope(|| if is_exported { current_traceparent() } else { None })
            .or_else(|| text(TRACEPARENT_HEADER).filter(|value| is_traceparent(value)).map(str::to_owned))
            .unwrap_or_else(new_traceparent);
        let operation = Cell::new(platform::metrics::NO_OPERATION);
        Self { request_id, traceparent, span, operation, began: Instant::now() }
    }

    pub(crate) fn is_about(&self, operation: &'static str) {
        self.span.record("operation", operation);
        self.operation.set(operation);
    }

    /// Counts the answer, however it came about.
    pub(crate) fn answered(&self, status: u16) {
        self.span.record("status", status);
        platform::metrics::get().answered(self.operation.get(), status, self.began.elapsed());
    }

    pub(crate) fn duration_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

fn exported_span(head: &RequestHead, request_id: &str) -> Span {
    let span = tracing::info_span!(
        "request",
        request.id = request_id,
        operation = tracing::field::Empty,
        status = tracing::field::Empty,
        otel.kind = "server",
    );
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Headers(head)));
    // A span that is filtered out has no place in a trace, and needs none.
    let _ = span.set_parent(parent);
    span
}

/// The beginning of a trace, marked as not recorded here.
fn new_traceparent() -> String {
    // All zeros would be invalid; the chance is one in 2^128 and 2^64, the remedy is one bit.
    let trace_id = rand::random::<u128>() | 1;
    let span_id = rand::random::<u64>() | 1;
    format!("00-{trace_id:032x}-{span_id:016x}-00")
}

struct Headers<'a>(&'a RequestHead);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.headers.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.headers.keys().map(|name| name.as_str()).collect()
    }
}
