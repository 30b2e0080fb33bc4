//! One worker thread: whatever comes in on its connections gets its answer here.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_http::body::BoxBody;
use actix_http::header::{CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_http::{RequestHead, Response};
use platform::clock::Clock;
use platform::drain::Drain;
use tracing::Instrument as _;

use crate::door::{Admission, Admitted, Door, admit, caller_address, is_under_desk, preflight_answer};
use crate::edge_status::BizErrorStatus;
use crate::error::Fault;
use crate::limits::{AddressCap, Bulkheads, Counted, Entrance};
use crate::pages::{self, Desk};
use crate::wire::connection::{Answers, Body, HeadFault};
use crate::wire::{AnswerCounters, Bounds, Connections, Outgoing, REQUEST_ID, Trace};

/// What all worker threads share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) door: Door,
    pub(crate) clock: Clock,
    pub(crate) bounds: Bounds,
    pub(crate) bulkheads: Arc<Bulkheads>,
    pub(crate) addresses: Arc<AddressCap>,
    pub(crate) desk: Option<Desk>,
    pub(crate) biz_error_status: BizErrorStatus,
    pub(crate) is_tracing: bool,
    pub(crate) drain: Drain,
}

/// What a thread has for itself, beside what all of them share.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    connections: Connections,
    counters: AnswerCounters,
}

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>, connections: Connections) -> Self {
        Self { shared, connections, counters: AnswerCounters::default() }
    }
}

impl Answers for Worker {
    fn greet(&self, peer: Option<SocketAddr>) -> Entrance {
        let is_callers_own = self.shared.door.proxy_hops == 0;
        self.shared.addresses.enter(peer.map(|peer| peer.ip()).filter(|_| is_callers_own))
    }

    fn greet_request(&self, head: &RequestHead) -> Entrance {
        match self.shared.door.proxy_hops {
            0 => Entrance::Admitted(None),
            hops => self.shared.addresses.enter(caller_address(head, hops)),
        }
    }

    fn send_away(&self, head: Option<&RequestHead>, peer: Option<SocketAddr>) -> Response<BoxBody> {
        match head {
            Some(head) => self.refuse_unserved(Fault::TooManyAtOnce, head),
            None => self.refuse_unserved(Fault::TooManyAtOnce, &head_from(peer)),
        }
    }

    /// The one way in: every request gets exactly one answer here.
    async fn answer(&self, head: &RequestHead, body: Body) -> Response<BoxBody> {
        let trace = Trace::begin(head, self.shared.is_tracing);
        let mut counted = Counted::default();
        let work = self.serve(head, body, &trace, &mut counted);
        let result =
            if self.shared.is_tracing { work.instrument(trace.span.clone()).await } else { work.await };
        let response = result
            .unwrap_or_else(|fault| trace.span.in_scope(|| fault.into_response(&trace.request_id)).into());
        self.at_the_edge(response, head, &trace, &counted)
    }

    fn is_leaving(&self) -> bool {
        self.shared.drain.is_under_way()
    }

    fn refuse(&self, fault: HeadFault, peer: Option<SocketAddr>) -> Response<BoxBody> {
        // Nothing of what was sent is believed, so nothing of it decides anything here.
        self.refuse_unserved(Fault::Head(fault), &head_from(peer))
    }
}

impl Worker {
    async fn serve(
        &self,
        head: &RequestHead,
        body: Body,
        trace: &Trace,
        counted: &mut Counted,
    ) -> Result<Response<BoxBody>, Fault> {
        match admit(&self.shared.door, head, counted).await? {
            Admitted::OwnPage(page) => {
                trace.is_about(pages::LABEL);
                let Shared { door, desk, drain, .. } = &*self.shared;
                Ok(pages::answer(page, head.uri.path(), door.authenticator.keys(), desk.as_ref(), drain)
                    .into())
            }
            Admitted::OwnOperation(operation, caller) => {
                trace.is_about(operation.id);
                Ok(pages::login_info(&caller, self.shared.clock.now()).into())
            }
            Admitted::Preflight(methods) => Ok(preflight_answer(&methods).into()),
            Admitted::Operation(admission) => self.forward(&admission, head, body, trace).await,
        }
    }

    async fn forward(
        &self,
        admission: &Admission<'_>,
        head: &RequestHead,
        body: Body,
        trace: &Trace,
    ) -> Result<Response<BoxBody>, Fault> {
        trace.is_about(admission.operation.id);
        let outgoing = Outgoing {
            admission,
            head,
            identity: self.shared.door.signer.header(
                &admission.caller,
                admission.upstream,
                self.shared.clock.now(),
            ),
            trace,
            proxy_hops: self.shared.door.proxy_hops,
            bulkheads: &self.shared.bulkheads,
            connections: &self.connections,
        };
        let response = outgoing.send(body, self.shared.bounds).await?;
        tracing::debug!(
            request.id = trace.request_id,
            operation = admission.operation.id,
            status = response.status().as_u16(),
            duration_ms = trace.duration_ms(),
            "request answered"
        );
        Ok(response)
    }

    fn refuse_unserved(&self, fault: Fault, head: &RequestHead) -> Response<BoxBody> {
        let trace = Trace::begin(head, false);
        let response = fault.into_response(&trace.request_id).into();
        self.at_the_edge(response, head, &trace, &Counted::default())
    }

    /// What every answer has, whoever made it.
    fn at_the_edge(
        &self,
        mut response: Response<BoxBody>,
        head: &RequestHead,
        trace: &Trace,
        counted: &Counted,
    ) -> Response<BoxBody> {
        let status = self.shared.biz_error_status.at_the_edge(response.status());
        *response.status_mut() = status;
        trace.answered(status.as_u16(), &self.counters);
        let headers = response.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(desk) = self.shared.desk.as_ref().filter(|_| is_under_desk(head.uri.path())) {
            desk.mark(headers);
        }
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if let Ok(request_id) = HeaderValue::from_str(&trace.request_id) {
            headers.insert(REQUEST_ID, request_id);
        }
        counted.tell(headers);
        self.shared.door.cors.mark(self.shared.door.cors.allowed_origin(head), headers);
        response
    }
}

fn head_from(peer: Option<SocketAddr>) -> RequestHead {
    let mut head = RequestHead::default();
    head.peer_addr = peer;
    head
}
