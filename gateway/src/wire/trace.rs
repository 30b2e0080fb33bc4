//! A request's id and its place in a trace: taken over from the caller where it can be, else begun here.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, Instant};

use actix_http::RequestHead;
use actix_http::header::HeaderName;
use foldhash::fast::RandomState;
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use platform::http_client::current_traceparent;
use platform::metrics;
use platform::request_context::{
    REQUEST_ID_HEADER, RequestContext, TRACEPARENT_HEADER, is_safe_request_id, is_traceparent,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static(REQUEST_ID_HEADER);
const TRACEPARENT: HeaderName = HeaderName::from_static(TRACEPARENT_HEADER);

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
        let text = |name: HeaderName| {
            let mut values = head.headers.get_all(name);
            let value = values.next().and_then(|value| value.to_str().ok());
            value.filter(|_| values.next().is_none())
        };
        let request_id = text(REQUEST_ID)
            .filter(|id| is_safe_request_id(id))
            .map_or_else(|| RequestContext::new().request_id, str::to_owned);
        let span = if is_exported { exported_span(head, &request_id) } else { Span::none() };
        let traceparent = span
            .in_scope(|| if is_exported { current_traceparent() } else { None })
            .or_else(|| text(TRACEPARENT).filter(|value| is_traceparent(value)).map(str::to_owned))
            .unwrap_or_else(new_traceparent);
        let operation = Cell::new(metrics::NO_OPERATION);
        Self { request_id, traceparent, span, operation, began: Instant::now() }
    }

    pub(crate) fn is_about(&self, operation: &'static str) {
        self.span.record("operation", operation);
        self.operation.set(operation);
    }

    /// Counts the answer, however it came about.
    pub(crate) fn answered(&self, status: u16, counters: &AnswerCounters) {
        self.span.record("status", status);
        counters.count(self.operation.get(), status, self.began.elapsed());
    }

    pub(crate) fn duration_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// The series of answers, at hand for one worker thread: the house's own collection of them is shared and locked.
#[derive(Default)]
pub(crate) struct AnswerCounters {
    known: RefCell<HashMap<(&'static str, u16), metrics::Answers, RandomState>>,
}

impl AnswerCounters {
    fn count(&self, operation: &'static str, status: u16, took: Duration) {
        let mut known = self.known.borrow_mut();
        let answers =
            known.entry((operation, status)).or_insert_with(|| metrics::get().answers(operation, status));
        answers.count(took);
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
    // All zeros would be invalid; the chance is one in 2^128 and 2^64.
    let ids: [u8; 24] = rand::random();
    let mut digits = [0; 48];
    hex::encode_to_slice(ids, &mut digits).expect("two digits for each byte");
    let (trace_id, span_id) = std::str::from_utf8(&digits).expect("digits are ASCII").split_at(32);
    ["00-", trace_id, "-", span_id, "-00"].concat()
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
