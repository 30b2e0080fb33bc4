//! Calls a sister service: bounded in time, in tries and in what it waits for.

mod breaker;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use contract::operations::{Method, Operation};
use dto::envelope::Envelope;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Clock;
use crate::drain::IDLE_CONNECTIONS_KEPT;
use crate::error::Problem;
use crate::http_client::breaker::Breaker;
use crate::identity::{Caller, INTERNAL_HEADER, InternalKeys};
use crate::metrics;
use crate::request_context::{REQUEST_ID_HEADER, RequestContext, TRACEPARENT_HEADER};
use contract::ResultCode;

/// How long an internal identity token of a call is good.
const TOKEN_LIFETIME: TimeDelta = TimeDelta::seconds(60);
/// Answers longer than this are refused.
const MAX_ANSWER_BYTES: u64 = 32 << 20;

/// Bounds of a call.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientSettings {
    pub connect_timeout_ms: u64,
    /// One try, from the first byte sent to the last received.
    pub try_timeout_ms: u64,
    /// Further tries of a call that is safe to repeat.
    pub retries: u32,
    /// Failures in a row that open the circuit.
    pub breaker_failures: u32,
    /// How long an open circuit refuses before it lets one call try.
    pub breaker_open_ms: u64,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            connect_timeout_ms: 500,
            try_timeout_ms: 3_000,
            retries: 2,
            breaker_failures: 5,
            breaker_open_ms: 2_000,
        }
    }
}

/// Whether a call may be sent again when its answer is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The receiver does it once however often it hears it.
    Safe,
    Never,
}

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("{target} can't be reached")]
    Unreachable { target: &'static str, source: reqwest::Error },
    #[error("{target} did not answer in time")]
    TimedOut { target: &'static str },
    #[error("{target} failed too often just now and is left alone")]
    CircuitOpen { target: &'static str },
    #[error("{target} failed with status {status}")]
    Failed { target: &'static str, status: u16 },
    /// It understood and said no: a business refusal or a missing right.
    #[error("{target} refused: {status} {code}")]
    Refused { target: &'static str, status: u16, code: String, envelope: Box<Envelope<Value>> },
    #[error("{target} answered something unreadable: {reason}")]
    Unreadable { target: &'static str, reason: String },
}

impl ClientError {
    /// Whether the same call may succeed later without anybody changing it.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::CircuitOpen { .. }
            | Self::Failed { .. } => true,
            Self::Refused { .. } | Self::Unreadable { .. } => false,
        }
    }

    /// As [`ClientError::is_transient`], and a sister that is not furnished yet, or busy with just this, may help later too.
    pub fn may_pass(&self) -> bool {
        self.is_transient() || matches!(self, Self::Refused { status: 404 | 409 | 429 | 501, .. })
    }
}

impl From<ClientError> for Problem {
    /// What a caller of ours hears when a sister service could not help.
    fn from(error: ClientError) -> Self {
        let code = match &error {
            ClientError::Unreachable { .. } | ClientError::CircuitOpen { .. } => {
                ResultCode::ServiceUnavailable
            }
            ClientError::TimedOut { .. } => ResultCode::UpstreamTimeout,
            ClientError::Failed { status, .. } if *status == 503 => ResultCode::ServiceUnavailable,
            ClientError::Failed { .. } | ClientError::Refused { .. } | ClientError::Unreadable { .. } => {
                ResultCode::UpstreamError
            }
        };
        let problem = Self::new(code).caused_by(error);
        if code == ResultCode::ServiceUnavailable { problem.retry_after(2) } else { problem }
    }
}

/// What a call says.
#[derive(Debug)]
pub struct Call<'a, B: Serialize> {
    pub operation: &'static Operation,
    /// Stands for the variable part of the path.
    pub path_value: Option<&'a str>,
    pub query: &'a [(&'a str, &'a str)],
    pub body: Option<&'a B>,
    pub repeat: Repeat,
}

/// A call without a body.
pub fn get<'a>(operation: &'static Operation, query: &'a [(&'a str, &'a str)]) -> Call<'a, ()> {
    Call { operation, path_value: None, query, body: None, repeat: Repeat::Safe }
}

/// A call with a JSON body that the receiver does once however often it hears it.
pub fn post<'a, B: Serialize>(operation: &'static Operation, body: &'a B) -> Call<'a, B> {
    Call { operation, path_value: None, query: &[], body: Some(body), repeat: Repeat::Safe }
}

/// A successful answer, not yet read.
#[derive(Clone, Debug)]
pub struct Reply {
    target: &'static str,
    pub body: Bytes,
}

impl Reply {
    pub fn bare<T: DeserializeOwned>(&self) -> Result<T, ClientError> {
        serde_json::from_slice(&self.body)
            .map_err(|error| ClientError::Unreadable { target: self.target, reason: error.to_string() })
    }

    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, ClientError> {
        let envelope: Envelope<T> = self.bare()?;
        envelope
            .payload
            .ok_or_else(|| ClientError::Unreadable { target: self.target, reason: "no payload".to_owned() })
    }
}

/// A client of one sister service. Cheap to clone; clones share connections and circuit.
#[derive(Clone, Debug)]
pub struct ServiceClient {
    http: reqwest::Client,
    base: String,
    issuer: &'static str,
    target: &'static str,
    keys: Arc<InternalKeys>,
    clock: Clock,
    settings: ClientSettings,
    breaker: Arc<Breaker>,
}

impl ServiceClient {
    /// `issuer` is the calling service, `target` the called one; `base` its URL without a path.
    pub fn new(
        issuer: &'static str,
        target: &'static str,
        base: &str,
        keys: Arc<InternalKeys>,
        clock: Clock,
        settings: &ClientSettings,
    ) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_millis(settings.connect_timeout_ms))
            .timeout(Duration::from_millis(settings.try_timeout_ms))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .tcp_nodelay(true)
            .pool_idle_timeout(IDLE_CONNECTIONS_KEPT)
            .build()?;
        let breaker = Arc::new(Breaker::new(
            settings.breaker_failures,
            Duration::from_millis(settings.breaker_open_ms),
        ));
        watch(target, &breaker);
        Ok(Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            issuer,
            target,
            keys,
            clock,
            settings: settings.clone(),
            breaker,
        })
    }

    /// Calls on behalf of this service itself.
    pub async fn call<B: Serialize>(&self, call: Call<'_, B>) -> Result<Reply, ClientError> {
        self.call_as(&Caller::service(self.issuer), call).await
    }

    /// Calls on behalf of the given caller.
    pub async fn call_as<B: Serialize>(
        &self,
        caller: &Caller,
        call: Call<'_, B>,
    ) -> Result<Reply, ClientError> {
        let may_repeat = call.repeat == Repeat::Safe || call.operation.method == Method::Get;
        let mut tries_left = if may_repeat { self.settings.retries } else { 0 };
        let mut wait = Duration::from_millis(50);
        loop {
            let Some(permit) = self.breaker.admit() else {
                metrics::get().called(self.target, "not_made");
                return Err(ClientError::CircuitOpen { target: self.target });
            };
            let result = self.try_once(caller, &call).await;
            metrics::get().called(self.target, outcome(&result));
            match &result {
                Err(error) if error.is_transient() => permit.failed(),
                _ => permit.succeeded(),
            }
            match result {
                Err(error) if error.is_transient() && tries_left > 0 => {
                    tracing::info!(target_service = self.target, operation = call.operation.id, %error, "trying again");
                    tries_left -= 1;
                    tokio::time::sleep(jittered(wait)).await;
                    wait *= 2;
                }
                result => return result,
            }
        }
    }

    async fn try_once<B: Serialize>(
        &self,
        caller: &Caller,
        call: &Call<'_, B>,
    ) -> Result<Reply, ClientError> {
        let method = match call.operation.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let url = format!("{}{}", self.base, path(call.operation.path, call.path_value));
        let token = self.keys.sign(self.target, self.issuer, caller, self.clock.now(), TOKEN_LIFETIME);
        let context = RequestContext::current();
        let mut request = self
            .http
            .request(method, with_query(&url, call.query))
            .header(INTERNAL_HEADER, token)
            .header(REQUEST_ID_HEADER, context.request_id);
        if let Some(traceparent) = current_traceparent().or(context.traceparent) {
            request = request.header(TRACEPARENT_HEADER, traceparent);
        }
        if let Some(body) = call.body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|error| self.sending_failed(error))?;
        let status = response.status().as_u16();
        if response.content_length().is_some_and(|length| length > MAX_ANSWER_BYTES) {
            return Err(ClientError::Unreadable {
                target: self.target,
                reason: "too long an answer".to_owned(),
            });
        }
        let body = response.bytes().await.map_err(|error| self.sending_failed(error))?;
        match status {
            200..=299 => Ok(Reply { target: self.target, body }),
            501 | 400..=499 | 900 => match serde_json::from_slice::<Envelope<Value>>(&body) {
                Ok(envelope) => Err(ClientError::Refused {
                    target: self.target,
                    status,
                    code: envelope.code.to_string(),
                    envelope: Box::new(envelope),
                }),
                Err(error) => Err(ClientError::Unreadable { target: self.target, reason: error.to_string() }),
            },
            _ => Err(ClientError::Failed { target: self.target, status }),
        }
    }

    fn sending_failed(&self, error: reqwest::Error) -> ClientError {
        if error.is_timeout() && !error.is_connect() {
            ClientError::TimedOut { target: self.target }
        } else {
            ClientError::Unreachable { target: self.target, source: error.without_url() }
        }
    }
}

/// Shows an operator the state of a circuit as long as somebody calls through it.
fn watch(target: &'static str, breaker: &Arc<Breaker>) {
    let breaker = Arc::downgrade(breaker);
    metrics::get().before_each_scrape(move |metrics| {
        let Some(breaker) = breaker.upgrade() else { return false };
        metrics.breaker(target, &breaker::STATES, breaker.state());
        true
    });
}

fn outcome(result: &Result<Reply, ClientError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(ClientError::Refused { .. }) => "refused",
        Err(_) => "failed",
    }
}

fn path(pattern: &str, value: Option<&str>) -> String {
    match (pattern.split_once('{'), value) {
        (Some((before, rest)), Some(value)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            format!("{before}{value}{after}")
        }
        _ => pattern.to_owned(),
    }
}

fn with_query(url: &str, query: &[(&str, &str)]) -> String {
    if query.is_empty() {
        return url.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{url}?{query}")
}

/// Between half and the whole of `wait`, so that callers do not knock in step.
fn jittered(wait: Duration) -> Duration {
    let half = wait / 2;
    let more = rand::random_range(0..=u64::try_from(half.as_millis()).unwrap_or(0));
    half + Duration::from_millis(more)
}

/// The place of the running span in its trace, if traces are made.
pub fn current_traceparent() -> Option<String> {
    use opentelemetry::trace::TraceContextExt as _;
    use tracing_opentelemetry::OpenTelemetrySpanExt as _;

    let context = tracing::Span::current().context();
    let span = context.span();
    let span_context = span.span_context();
    span_context.is_valid().then(|| {
        format!(
            "00-{}-{}-{:02x}",
            span_context.trace_id(),
            span_context.span_id(),
            span_context.trace_flags().to_u8()
        )
    })
}
