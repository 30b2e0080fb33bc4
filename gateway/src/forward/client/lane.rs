//! One connection to a service, and those that wait for their next request.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::Authority;
use http::{Request, Response};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Connection, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::forward::body::UpstreamBody;

/// A connection, driven by whoever waits for something from it.
#[derive(Debug)]
pub(super) struct Lane {
    sender: SendRequest<UpstreamBody>,
    connection: Connection<TokioIo<TcpStream>, UpstreamBody>,
    is_over: bool,
}

impl Lane {
    pub(super) fn new(
        sender: SendRequest<UpstreamBody>,
        connection: Connection<TokioIo<TcpStream>, UpstreamBody>,
    ) -> Self {
        Self { sender, connection, is_over: false }
    }

    fn drive(&mut self, context: &mut Context<'_>) {
        // What went wrong with a connection is told to the request on it.
        if !self.is_over && Pin::new(&mut self.connection).poll(context).is_ready() {
            self.is_over = true;
        }
    }

    fn is_free(&self) -> bool {
        !self.is_over && self.sender.is_ready()
    }

    /// An error brings the request back when nothing of it was written.
    pub(super) async fn exchange(
        &mut self,
        request: Request<UpstreamBody>,
    ) -> Result<Response<Incoming>, TrySendError<Request<UpstreamBody>>> {
        let mut answer = pin!(self.sender.try_send_request(request));
        poll_fn(|context| {
            if !self.is_over && Pin::new(&mut self.connection).poll(context).is_ready() {
                self.is_over = true;
            }
            answer.as_mut().poll(context)
        })
        .await
    }
}

/// Connections without a request, by the service they lead to.
#[derive(Debug)]
pub(super) struct Lanes {
    /// There are as many services as fingers on a hand: looking through them is the quickest.
    services: RefCell<Vec<(Authority, VecDeque<Idle>)>>,
    limit: usize,
    keep_alive: Duration,
}

#[derive(Debug)]
struct Idle {
    lane: Lane,
    since: Instant,
}

impl Lanes {
    pub(super) fn new(limit: usize, keep_alive: Duration) -> Self {
        Self { services: RefCell::default(), limit, keep_alive }
    }

    /// The connection used last that is still good.
    pub(super) async fn take(&self, authority: &Authority) -> Option<Lane> {
        loop {
            let mut lane = self.pop(authority)?;
            // The service may have closed it in the meantime; a look tells.
            poll_fn(|context| {
                lane.drive(context);
                Poll::Ready(())
            })
            .await;
            if lane.is_free() {
                return Some(lane);
            }
        }
    }

    fn pop(&self, authority: &Authority) -> Option<Lane> {
        let mut services = self.services.borrow_mut();
        let (_, idle) = services.iter_mut().find(|(known, _)| known == authority)?;
        let Idle { lane, since } = idle.pop_back()?;
        if since.elapsed() < self.keep_alive {
            return Some(lane);
        }
        // Those before it are older still.
        idle.clear();
        None
    }

    fn put(&self, authority: &Authority, lane: Lane) {
        let now = Instant::now();
        let mut services = self.services.borrow_mut();
        if !services.iter().any(|(known, _)| known == authority) {
            services.push((authority.clone(), VecDeque::new()));
        }
        let Some((_, idle)) = services.iter_mut().find(|(known, _)| known == authority) else { return };
        while idle.front().is_some_and(|oldest| now.duration_since(oldest.since) >= self.keep_alive) {
            idle.pop_front();
        }
        if idle.len() < self.limit {
            idle.push_back(Idle { lane, since: now });
        }
    }
}

/// The body of an answer; its end gives the connection back.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    incoming: Incoming,
    lane: Option<Lane>,
    lanes: Rc<Lanes>,
    authority: Authority,
}

impl AnswerBody {
    pub(super) fn new(incoming: Incoming, lane: Lane, lanes: Rc<Lanes>, authority: Authority) -> Self {
        Self { incoming, lane: Some(lane), lanes, authority }
    }

    fn give_back(&mut self, context: &mut Context<'_>) {
        if let Some(mut lane) = self.lane.take() {
            // Has it take note that the exchange is over.
            lane.drive(context);
            if lane.is_free() {
                self.lanes.put(&self.authority, lane);
            }
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let mut frame = Pin::new(&mut this.incoming).poll_frame(context);
        if frame.is_pending()
            && let Some(lane) = &mut this.lane
        {
            lane.drive(context);
            frame = Pin::new(&mut this.incoming).poll_frame(context);
        }
        match &frame {
            Poll::Ready(None) => this.give_back(context),
            Poll::Ready(Some(Err(_))) => this.lane = None,
            Poll::Ready(Some(Ok(_))) | Poll::Pending => {}
        }
        frame
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
