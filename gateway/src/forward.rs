//! An admitted request goes to its service, and the answer comes back.

mod body;
mod client;
mod headers;

use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::RequestHead;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};
use dto::operations::{Access, Method};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Request, Response, Uri};
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub(crate) use self::body::{BodyFault, BodyPace};
pub(crate) use self::client::{AnswerBody, Connections, UpstreamClient, UpstreamError};
pub(crate) use self::headers::caller_address;

use self::body::{PumpEnd, RequestBody, UpstreamBody, answer_body};
use crate::admission::{Admission, Content};
use crate::bulkheads::{Bulkheads, Place};
use crate::connection::Body;
use crate::error::Fault;
use crate::trace::Trace;

/// Everything of a request that goes to a service, its body aside.
pub(crate) struct Outgoing<'a> {
    pub(crate) admission: &'a Admission,
    pub(crate) head: &'a RequestHead,
    pub(crate) authority: Authority,
    pub(crate) identity: HeaderValue,
    pub(crate) trace: &'a Trace,
    pub(crate) proxy_hops: usize,
    pub(crate) bulkheads: &'a Arc<Bulkheads>,
}

/// The bounds in time of one exchange with a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) pace: BodyPace,
    /// For the answer, counted from the end of the caller's body.
    pub(crate) answer: Duration,
}

impl Outgoing<'_> {
    pub(crate) async fn send<C: UpstreamClient>(
        &self,
        client: &C,
        payload: Body,
        bounds: Bounds,
    ) -> Result<HttpResponse, Fault> {
        let upstream = self.admission.operation.upstream;
        let overloaded = || Fault::Overloaded { service: self.service() };
        if self.bulkheads.is_full(upstream) {
            return Err(overloaded());
        }
        let RequestBody { body, pump, _held } = self.receive(payload, bounds).await.map_err(Fault::Body)?;
        // Not before the body is there: a slow caller shall not keep a place from a quick one.
        let place = self.bulkheads.enter(upstream).ok_or_else(overloaded)?;
        let answer = match pump {
            None => self.send_whole(client, body, bounds.answer).await?,
            Some(pump) => self.send_streamed(client, body, pump, bounds.answer).await?,
        };
        self.pass_back(answer, bounds.answer, place).await
    }

    async fn receive(&self, payload: Body, bounds: Bounds) -> Result<RequestBody, BodyFault> {
        let held = self.bulkheads.hold_nothing();
        let declared = match self.admission.content {
            Content::None => return Ok(RequestBody::empty(held)),
            Content::Declared(bytes) => Some(bytes),
            Content::Chunked => None,
        };
        let limit = self.admission.operation.body_limit;
        RequestBody::receive(payload, declared, limit, bounds, held).await
    }

    async fn send_whole<C: UpstreamClient>(
        &self,
        client: &C,
        body: UpstreamBody,
        bound: Duration,
    ) -> Result<Response<AnswerBody>, Fault> {
        let request = self.request(body)?;
        let exchange = async {
            match client.send(request).await {
                // A connection kept open may have been closed by the service just when it was used. Reading again is
                // harmless; anything else might be done twice.
                Err(UpstreamError::Closed(_)) if self.admission.operation.method == Method::Get => client
                    .send(self.request(UpstreamBody::Whole(None))?)
                    .await
                    .map_err(|error| self.failed(error)),
                result => result.map_err(|error| self.failed(error)),
            }
        };
        timeout(bound, exchange).await.map_err(|_| self.too_slow())?
    }

    /// Sends a body that is still arriving. The service's time begins when the caller has had its own.
    async fn send_streamed<C: UpstreamClient>(
        &self,
        client: &C,
        body: UpstreamBody,
        mut pump: JoinHandle<Result<(), PumpEnd>>,
        bound: Duration,
    ) -> Result<Response<AnswerBody>, Fault> {
        let exchange = client.send(self.request(body)?);
        tokio::pin!(exchange);
        let result = tokio::select! {
            // A body that broke off makes the exchange fail too; the first cause is the one to answer.
            biased;
            ended = &mut pump => match ended {
                Ok(Ok(()) | Err(PumpEnd::UpstreamHungUp)) => {
                    timeout(bound, &mut exchange).await.map_err(|_| self.too_slow())?
                }
                Ok(Err(PumpEnd::Fault(fault))) => return Err(Fault::Body(fault)),
                Ok(Err(PumpEnd::UpstreamStalled)) => return Err(self.too_slow()),
                Err(_) => return Err(Fault::Internal("the task of a body was lost")),
            },
            result = &mut exchange => result,
        };
        result.map_err(|error| self.failed(error))
    }

    fn request(&self, body: UpstreamBody) -> Result<Request<UpstreamBody>, Fault> {
        let operation = self.admission.operation;
        let mut request = Request::new(body);
        *request.method_mut() = match operation.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
        };
        *request.uri_mut() = self.target()?;
        let is_vendors = operation.access == Access::VendorKey;
        *request.headers_mut() =
            headers::to_upstream(self.head, self.proxy_hops, self.identity.clone(), is_vendors, self.trace);
        Ok(request)
    }

    fn target(&self) -> Result<Uri, Fault> {
        let path = self.admission.path.as_str();
        let path_and_query = match self.head.uri.query() {
            Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
            None => PathAndQuery::try_from(path),
        };
        Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(self.authority.clone())
            .path_and_query(path_and_query.map_err(|_| Fault::Query)?)
            .build()
            .map_err(|_| Fault::Query)
    }

    /// The service's answer, as the caller gets it.
    async fn pass_back(
        &self,
        answer: Response<AnswerBody>,
        idle: Duration,
        place: Place,
    ) -> Result<HttpResponse, Fault> {
        let service = self.service();
        let status = answer.status().as_u16();
        // A service answers 401 to a vendor with a bad key. Everyone else was let in by the gateway: then it is the
        // gateway's own credential that was refused, and no new login would help the caller.
        if status == 401 && self.admission.operation.access != Access::VendorKey {
            return Err(Fault::IdentityRefused { service });
        }
        let status = StatusCode::from_u16(status)
            .ok()
            .filter(|status| !status.is_informational())
            .ok_or(Fault::UpstreamStatus { service, status })?;
        let (parts, incoming) = answer.into_parts();
        let body = timeout(idle, answer_body(incoming, idle, place))
            .await
            .map_err(|_| self.too_slow())?
            .map_err(|source| Fault::UpstreamBrokeOff { service, source })?;
        let mut response = HttpResponseBuilder::new(status).body(body);
        headers::to_caller(&parts.headers, response.headers_mut());
        Ok(response)
    }

    fn service(&self) -> &'static str {
        self.admission.operation.upstream.service_name()
    }

    fn failed(&self, source: UpstreamError) -> Fault {
        Fault::Upstream { service: self.service(), source }
    }

    fn too_slow(&self) -> Fault {
        Fault::UpstreamTimeout { service: self.service() }
    }
}
