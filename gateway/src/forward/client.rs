//! The way to the services: one client per worker thread, connections kept open.

use std::error::Error as StdError;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::body::UpstreamBody;
use crate::settings::LimitSettings;

/// The head of an answer may be so large.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Sends one request and brings the head of its answer. Small, so that another transport can take its place.
pub(crate) trait UpstreamClient {
    fn send(
        &self,
        request: Request<UpstreamBody>,
    ) -> impl Future<Output = Result<Response<Incoming>, UpstreamError>>;
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    #[error("the service can't be reached")]
    Unreachable(#[source] hyper_util::client::legacy::Error),
    #[error("the service took too long to accept a connection")]
    ConnectTimeout(#[source] hyper_util::client::legacy::Error),
    /// The connection ended before an answer began; the service may or may not have seen the request.
    #[error("the service closed the connection without an answer")]
    Closed(#[source] hyper_util::client::legacy::Error),
    #[error("the service did not answer as HTTP wants it")]
    Garbled(#[source] hyper_util::client::legacy::Error),
}

#[derive(Debug)]
pub(crate) struct HyperClient(Client<HttpConnector, UpstreamBody>);

impl HyperClient {
    /// Must be made on the thread that uses it: its connections live there.
    pub(crate) fn new(limits: &LimitSettings) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(Duration::from_millis(limits.connect_timeout_ms)));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_millis(limits.upstream_keep_alive_ms))
            .pool_max_idle_per_host(limits.upstream_idle_connections)
            .http1_max_buf_size(MAX_HEAD_BYTES)
            .build(connector);
        Self(client)
    }
}

impl UpstreamClient for HyperClient {
    async fn send(&self, request: Request<UpstreamBody>) -> Result<Response<Incoming>, UpstreamError> {
        self.0.request(request).await.map_err(classify)
    }
}

fn classify(error: hyper_util::client::legacy::Error) -> UpstreamError {
    if error.is_connect() {
        return if has_cause::<std::io::Error>(&error, |io| io.kind() == std::io::ErrorKind::TimedOut) {
            UpstreamError::ConnectTimeout(error)
        } else {
            UpstreamError::Unreachable(error)
        };
    }
    let is_closed = has_cause::<hyper::Error>(&error, |error| {
        error.is_incomplete_message() || error.is_canceled() || error.is_closed()
    }) || has_cause::<std::io::Error>(&error, |_| true);
    if is_closed { UpstreamError::Closed(error) } else { UpstreamError::Garbled(error) }
}

/// Whether an error, or what caused it, is of a type and passes a test.
fn has_cause<E: StdError + 'static>(error: &(dyn StdError + 'static), test: impl Fn(&E) -> bool) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<E>().is_some_and(&test) {
            return true;
        }
        cause = error.source();
    }
    false
}
