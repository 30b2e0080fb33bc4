//! The way to the services: connections of each worker thread's own, kept open between requests.
//!
//! A request and its connection are driven by the same task. Nothing is handed from one task to another, and no thread
//! is woken for it: that is most of what a request costs with a shared client.

mod answer;
mod answer_head;
mod lane;
mod lanes;

use std::future::poll_fn;
use std::io::ErrorKind;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use actix_http::ServiceConfig;
use actix_http::error::{ParseError, PayloadError};
use bytes::Bytes;
use contract::operations::Upstream;
use http::uri::Authority;
use tokio::net::TcpStream;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::forward::StreamedBody;
use crate::per_service::PerService;
use crate::settings::LimitSettings;

pub(crate) use self::answer::{Answer, AnswerBody};
pub(crate) use self::lane::Lane;

use self::lanes::Lanes;

/// What of an answer the kernel receives ahead: more than a service is away, for any service that is near.
const RECEIVED_BYTES: usize = 256 * 1024;
const DEFAULT_PORT: u16 = 80;

/// Why no answer came, or not all of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    #[error("the service can't be reached")]
    Unreachable(#[source] std::io::Error),
    #[error("the service took too long to accept a connection")]
    ConnectTimeout(#[source] Elapsed),
    #[error("the service did not answer in time")]
    TooSlow,
    /// The connection ended before an answer began; the service may or may not have seen the request.
    #[error("the service closed the connection without an answer")]
    Closed(#[source] Option<std::io::Error>),
    #[error("the service did not answer as HTTP wants it")]
    Garbled(#[source] ParseError),
    #[error("the service's answer can be read in two ways: {0}")]
    Ambiguous(&'static str),
    #[error("the service broke off its answer")]
    BrokeOff(#[source] PayloadError),
    #[error("the caller's body broke off")]
    BodyBrokeOff,
}

/// The connections of one worker thread.
#[derive(Debug)]
pub(crate) struct Connections {
    authorities: PerService<Authority>,
    idle: Rc<Lanes>,
    config: ServiceConfig,
    connect_timeout: Duration,
}

impl Connections {
    /// Must be made on the thread that uses it: its connections live there.
    pub(crate) fn new(
        authorities: PerService<Authority>,
        limits: &LimitSettings,
        config: ServiceConfig,
    ) -> Self {
        let keep_alive = Duration::from_millis(limits.upstream_keep_alive_ms);
        Self {
            authorities,
            idle: Rc::new(Lanes::new(limits.upstream_idle_connections, keep_alive)),
            config,
            connect_timeout: Duration::from_millis(limits.connect_timeout_ms),
        }
    }

    /// Where a service is to be found.
    pub(crate) fn authority(&self, upstream: Upstream) -> &Authority {
        &self.authorities[upstream]
    }

    /// A connection without a request: one that is open already, else a new one.
    pub(crate) async fn lane(&self, upstream: Upstream) -> Result<Lane, UpstreamError> {
        match poll_fn(|context| Poll::Ready(self.idle.take(upstream, context))).await {
            Some(lane) => Ok(lane),
            None => self.new_lane(upstream).await,
        }
    }

    pub(crate) async fn new_lane(&self, upstream: Upstream) -> Result<Lane, UpstreamError> {
        let authority = self.authority(upstream);
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
        // While a caller doesn't read, the kernel would store up to six megabytes for it on this side and four on the other.
        let _ = socket2::SockRef::from(&stream).set_recv_buffer_size(RECEIVED_BYTES);
        Ok(Lane::new(stream, upstream))
    }

    /// Sends the head that was written to the lane with a body that is there completely, and waits for the head of the answer.
    pub(crate) async fn exchange(
        &self,
        mut lane: Lane,
        body: &Bytes,
        bound: Duration,
    ) -> Result<Answer, UpstreamError> {
        lane.output().extend_from_slice(body);
        let head = lane.exchange(&self.config, bound).await?;
        Ok(Answer::new(head, lane, &self.idle))
    }

    /// The same with a body that is still arriving. The service's time begins when the caller has had its own.
    pub(crate) async fn exchange_streamed(
        &self,
        mut lane: Lane,
        mut body: StreamedBody,
        bound: Duration,
    ) -> Result<Answer, UpstreamError> {
        let head = match lane.pass_on(&self.config, &mut body).await? {
            Some(head) => head,
            None => lane.exchange(&self.config, bound).await?,
        };
        Ok(Answer::new(head, lane, &self.idle))
    }
}
