//! The way to the services: connections of each worker thread's own, kept open between requests.
//!
//! A request and its connection are driven by the same task. Nothing is handed from one task to another, and no thread
//! is woken for it: that is most of what a request costs with a shared client.

mod lane;

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Duration;

use http::header::HOST;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderValue, Request, Response, Uri};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::body::UpstreamBody;
use crate::settings::LimitSettings;

pub(crate) use self::lane::AnswerBody;

use self::lane::{Lane, Lanes};

/// The head of an answer may be so large.
const MAX_HEAD_BYTES: usize = 64 * 1024;
const DEFAULT_PORT: u16 = 80;

/// Sends one request and brings the head of its answer. Small, so that another transport can take its place.
pub(crate) trait UpstreamClient {
    fn send(
        &self,
        request: Request<UpstreamBody>,
    ) -> impl Future<Output = Result<Response<AnswerBody>, UpstreamError>>;
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    #[error("the service can't be reached")]
    Unreachable(#[source] std::io::Error),
    #[error("the service took too long to accept a connection")]
    ConnectTimeout(#[source] Elapsed),
    /// The connection ended before an answer began; the service may or may not have seen the request.
    #[error("the service closed the connection without an answer")]
    Closed(#[source] hyper::Error),
    #[error("the service did not answer as HTTP wants it")]
    Garbled(#[source] hyper::Error),
}

/// The connections of one worker thread.
#[derive(Debug)]
pub(crate) struct Connections {
    idle: Rc<Lanes>,
    connect_timeout: Duration,
}

impl Connections {
    /// Must be made on the thread that uses it: its connections live there.
    pub(crate) fn new(limits: &LimitSettings) -> Self {
        let keep_alive = Duration::from_millis(limits.upstream_keep_alive_ms);
        Self {
            idle: Rc::new(Lanes::new(limits.upstream_idle_connections, keep_alive)),
            connect_timeout: Duration::from_millis(limits.connect_timeout_ms),
        }
    }

    async fn connect(&self, authority: &Authority) -> Result<Lane, UpstreamError> {
        let address = (authority.host(), authority.port_u16().unwrap_or(DEFAULT_PORT));
        let connect = async {
            match TcpStream::connect(address).await {
                // One address may stand for several processes, and one of them may just have died. Nothing was sent yet.
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    TcpStream::connect(address).await
                }
                outcome => outcome,
            }
        };
        let stream = timeout(self.connect_timeout, connect)
            .await
            .map_err(UpstreamError::ConnectTimeout)?
            .map_err(UpstreamError::Unreachable)?;
        // It costs a packet more where it can't be set, nothing else.
        let _ = stream.set_nodelay(true);
        let (sender, connection) = http1::Builder::new()
            .max_buf_size(MAX_HEAD_BYTES)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(classify)?;
        Ok(Lane::new(sender, connection))
    }
}

impl UpstreamClient for Connections {
    async fn send(&self, mut request: Request<UpstreamBody>) -> Result<Response<AnswerBody>, UpstreamError> {
        let authority = address(&mut request);
        loop {
            let idle = self.idle.take(&authority).await;
            let was_idle = idle.is_some();
            let mut lane = match idle {
                Some(lane) => lane,
                None => self.connect(&authority).await?,
            };
            match lane.exchange(request).await {
                Ok(answer) => {
                    let (head, incoming) = answer.into_parts();
                    let body = AnswerBody::new(incoming, lane, Rc::clone(&self.idle), authority);
                    return Ok(Response::from_parts(head, body));
                }
                Err(mut failed) => match failed.take_message() {
                    // It was closed while it waited, and nothing was written to it: another one takes the same request.
                    Some(unsent) if was_idle => request = unsent,
                    _ => return Err(classify(failed.into_error())),
                },
            }
        }
    }
}

/// Takes the address out of a request's target and into its `Host`.
fn address(request: &mut Request<UpstreamBody>) -> Authority {
    let target = std::mem::take(request.uri_mut()).into_parts();
    let authority = target.authority.unwrap_or_else(|| Authority::from_static("localhost"));
    let path = target.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from(path);
    if let Ok(host) = HeaderValue::from_str(authority.as_str()) {
        request.headers_mut().insert(HOST, host);
    }
    authority
}

fn classify(error: hyper::Error) -> UpstreamError {
    let is_closed = error.is_incomplete_message()
        || error.is_canceled()
        || error.is_closed()
        || error.source().is_some_and(|cause| cause.is::<std::io::Error>());
    if is_closed { UpstreamError::Closed(error) } else { UpstreamError::Garbled(error) }
}
