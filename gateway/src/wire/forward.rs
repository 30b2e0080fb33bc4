//! An admitted request goes to its service, and the answer comes back.

mod body;
mod headers;

use std::sync::Arc;
use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::{RequestHead, Response, StatusCode};
use bytes::Bytes;
use contract::operations::{Access, Method};
use http::HeaderValue;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub(crate) use self::body::{BodyFault, Piece, StreamedBody};

use self::body::{PumpEnd, RequestBody, answer_body};
use self::headers::{Length, Outside};
use super::client::{Answer, Connections, Lane, UpstreamError};
use super::connection::Body;
use super::pace::BodyPace;
use super::trace::Trace;
use crate::door::{Admission, Content};
use crate::limits::{Bulkheads, HeldBytes, Place};

/// Everything of a request that goes to a service, its body aside.
pub(crate) struct Outgoing<'a> {
    pub(crate) admission: &'a Admission<'a>,
    pub(crate) head: &'a RequestHead,
    pub(crate) identity: HeaderValue,
    pub(crate) trace: &'a Trace,
    pub(crate) proxy_hops: usize,
    pub(crate) bulkheads: &'a Arc<Bulkheads>,
    pub(crate) connections: &'a Connections,
}

/// The bounds in time of one exchange with a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) pace: BodyPace,
    /// For the answer, counted from the end of the caller's body.
    pub(crate) answer: Duration,
}

/// Why a caller gets no answer of a service.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotForwarded {
    #[error("{service} or the whole house has all it can do")]
    Overloaded { service: &'static str },
    #[error("the body was not received")]
    Body(#[source] BodyFault),
    #[error("{service} failed")]
    Upstream { service: &'static str, source: UpstreamError },
    /// The service does not believe the gateway: their secrets differ, or their clocks.
    #[error("{service} refused the gateway's own identity")]
    IdentityRefused { service: &'static str },
    #[error("the task of a body was lost")]
    PumpLost,
}

impl Outgoing<'_> {
    pub(crate) async fn send(
        &self,
        payload: Body,
        bounds: Bounds,
    ) -> Result<Response<BoxBody>, NotForwarded> {
        let upstream = self.admission.upstream;
        let overloaded = || NotForwarded::Overloaded { service: self.service() };
        if self.bulkheads.is_full(upstream) {
            return Err(overloaded());
        }
        let mut held = self.bulkheads.hold_nothing();
        let body = self.receive(payload, bounds, &mut held).await.map_err(NotForwarded::Body)?;
        // Not before the body is there: a slow caller shall not keep a place from a quick one.
        let place = self.bulkheads.enter(upstream).ok_or_else(overloaded)?;
        let answer = match body {
            RequestBody::Whole(body) => self.send_whole(&body, bounds.answer).await?,
            RequestBody::Streamed { body, pump } => self.send_streamed(body, pump, bounds.answer).await?,
        };
        self.pass_back(answer, bounds.answer, place).await
    }

    async fn receive(
        &self,
        payload: Body,
        bounds: Bounds,
        held: &mut HeldBytes,
    ) -> Result<RequestBody, BodyFault> {
        let declared = match self.admission.content {
            Content::None => return Ok(RequestBody::Whole(Bytes::new())),
            Content::Declared(bytes) => Some(bytes),
            Content::Chunked => None,
        };
        let limit = self.admission.operation.body.limit();
        RequestBody::receive(payload, declared, limit, bounds, held).await
    }

    async fn send_whole(&self, body: &Bytes, bound: Duration) -> Result<Answer, NotForwarded> {
        let upstream = self.admission.upstream;
        let mut lane = self.connections.lane(upstream).await.map_err(|error| self.failed(error))?;
        let may_be_repeated = self.admission.operation.method == Method::Get;
        self.write_head(&mut lane, self.length(body));
        match self.connections.exchange(lane, body, bound).await {
            // A connection may have been closed by the service just when it was used. Reading again is harmless; anything
            // else might be done twice.
            Err(UpstreamError::Closed(_)) if may_be_repeated => {
                let mut lane =
                    self.connections.new_lane(upstream).await.map_err(|error| self.failed(error))?;
                self.write_head(&mut lane, self.length(body));
                self.connections.exchange(lane, body, bound).await
            }
            result => result,
        }
        .map_err(|error| self.failed(error))
    }

    /// Sends a body that is still arriving.
    async fn send_streamed(
        &self,
        body: StreamedBody,
        mut pump: JoinHandle<Result<(), PumpEnd>>,
        bound: Duration,
    ) -> Result<Answer, NotForwarded> {
        let exchange = async {
            let mut lane = self.connections.lane(self.admission.upstream).await?;
            self.write_head(&mut lane, body.declared().map_or(Length::Chunked, Length::Known));
            self.connections.exchange_streamed(lane, body, bound).await
        };
        tokio::pin!(exchange);
        let result = tokio::select! {
            // A body that broke off makes the exchange fail too; the first cause is the one to answer.
            biased;
            ended = &mut pump => match ended {
                Ok(Ok(()) | Err(PumpEnd::UpstreamHungUp)) => {
                    timeout(bound, &mut exchange).await.map_err(|_| self.failed(UpstreamError::TooSlow))?
                }
                Ok(Err(PumpEnd::Fault(fault))) => return Err(NotForwarded::Body(fault)),
                Ok(Err(PumpEnd::UpstreamStalled)) => return Err(self.failed(UpstreamError::TooSlow)),
                Err(_) => return Err(NotForwarded::PumpLost),
            },
            result = &mut exchange => result,
        };
        result.map_err(|error| self.failed(error))
    }

    /// Who sends nothing to be changed says so (RFC 9110, section 8.6).
    fn length(&self, body: &Bytes) -> Length {
        match u64::try_from(body.len()) {
            Ok(0) if self.admission.operation.method == Method::Get => Length::None,
            length => Length::Known(length.unwrap_or(u64::MAX)),
        }
    }

    fn write_head(&self, lane: &mut Lane, length: Length) {
        let operation = self.admission.operation;
        let outside = Outside {
            head: self.head,
            proxy_hops: self.proxy_hops,
            is_authorization_passed: operation.access == Access::VendorKey,
        };
        let authority = self.connections.authority(self.admission.upstream).as_str();
        let output = lane.output();
        headers::write_request_line(
            output,
            operation.method.as_str(),
            &self.admission.path,
            self.head.uri.query(),
            authority,
        );
        headers::write_length(output, length);
        outside.write(output);
        headers::write_own(output, self.trace, &self.identity);
    }

    /// The service's answer, as the caller gets it.
    async fn pass_back(
        &self,
        answer: Answer,
        idle: Duration,
        place: Place,
    ) -> Result<Response<BoxBody>, NotForwarded> {
        let Answer { status, headers, body } = answer;
        // A service answers 401 to a vendor with a bad key. Everyone else was let in by the gateway: then it is the
        // gateway's own credential that was refused, and no new login would help the caller.
        if status == StatusCode::UNAUTHORIZED && self.admission.operation.access != Access::VendorKey {
            return Err(NotForwarded::IdentityRefused { service: self.service() });
        }
        let body = answer_body(body, idle, place).await.map_err(|error| self.failed(error))?;
        let mut response = Response::with_body(status, body);
        *response.headers_mut() = headers::to_caller(headers);
        Ok(response)
    }

    fn service(&self) -> &'static str {
        self.admission.upstream.service_name()
    }

    fn failed(&self, source: UpstreamError) -> NotForwarded {
        NotForwarded::Upstream { service: self.service(), source }
    }
}
