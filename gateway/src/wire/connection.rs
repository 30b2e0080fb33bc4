//! One connection of a caller, from its first byte to its last.
//!
//! The framework's codec reads and writes the messages; this room decides what its own dispatcher leaves open: how long
//! the head of *every* request may take, how slowly an answer may be read, what a malformed head is answered, and that
//! what follows a request that was not understood is never taken for another one.

mod body;
mod head;
mod socket;

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::{ConnectionType, RequestHead, Response, ServiceConfig};
use futures_util::FutureExt as _;
use tokio::net::TcpStream;

use crate::limits::Entrance;
use crate::wire::pace::BodyPace;

pub(crate) use self::body::Body;
pub(crate) use self::head::HeadFault;

use self::socket::{Arrival, Wire};

/// So much of an answer may wait in the kernel besides what is on its way.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNSENT_BYTES: u32 = 128 * 1024;

/// Whoever answers the requests of a connection.
pub(crate) trait Answers {
    /// Whether another connection from there is welcome.
    fn greet(&self, peer: Option<SocketAddr>) -> Entrance;

    /// The same for a request on a connection that was.
    fn greet_request(&self, head: &RequestHead) -> Entrance;

    /// The answer to those who are not. A request has been read if there is a head.
    fn send_away(&self, head: Option<&RequestHead>, peer: Option<SocketAddr>) -> Response<BoxBody>;

    fn answer(&self, head: &RequestHead, body: Body) -> impl Future<Output = Response<BoxBody>>;

    /// Whether every answer is to be the last one on its connection, because the process is about to stop.
    fn is_leaving(&self) -> bool;

    /// The answer to a request whose head can't be believed. The connection ends with it.
    fn refuse(&self, fault: HeadFault, peer: Option<SocketAddr>) -> Response<BoxBody>;
}

/// The bounds of one connection in time and space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionBounds {
    /// For the head of a request, from its first byte on.
    pub(crate) head: Duration,
    /// Without any byte of a request.
    pub(crate) keep_alive: Duration,
    pub(crate) head_bytes: usize,
    /// How long a caller may take nothing of its answer …
    pub(crate) write_idle: Duration,
    /// … and how fast it has to read in the long run.
    pub(crate) write_bytes_per_s: u64,
    /// How fast the rest of a body has to come that was answered before its end.
    pub(crate) body: BodyPace,
}

/// Answers the requests of a connection one after another until either side has enough.
pub(crate) async fn serve<A: Answers>(
    stream: TcpStream,
    answers: &A,
    config: ServiceConfig,
    bounds: ConnectionBounds,
    stopping: impl Future<Output = ()>,
) {
    let peer = stream.peer_addr().ok();
    // It costs a packet more where it can't be set, nothing else.
    let _ = stream.set_nodelay(true);
    hold_back_unsent(&stream);
    let stopping = stopping.fuse();
    tokio::pin!(stopping);
    let mut wire = Wire::new(stream, config, bounds);
    let _seat = match answers.greet(peer) {
        Entrance::Admitted(seat) => seat,
        Entrance::Told(_seat) => {
            end_with(wire, answers.send_away(None, peer)).await;
            return;
        }
        Entrance::Closed => return,
    };
    loop {
        if wire.has_more() {
            // Who sends many requests in one go takes turns with everybody else.
            tokio::task::yield_now().await;
        }
        let mut request = match wire.next_request(stopping.as_mut()).await {
            Arrival::Request(request) => request,
            Arrival::Nothing => return,
            Arrival::Malformed(fault) => {
                end_with(wire, answers.refuse(fault, peer)).await;
                return;
            }
        };
        request.head_mut().peer_addr = peer;
        let entrance = answers.greet_request(request.head());
        let is_admitted = matches!(entrance, Entrance::Admitted(_));
        let mut response = if !is_admitted {
            answers.send_away(Some(request.head()), peer)
        } else if wire.awaits_body() {
            let lent = Rc::new(RefCell::new(Some(wire)));
            let response = answers.answer(request.head(), Body::lent(Rc::clone(&lent))).await;
            // Whoever still holds the body finds the connection gone from it.
            let Some(returned) = lent.take() else { return };
            wire = returned;
            response
        } else {
            answers.answer(request.head(), Body::empty()).await
        };
        if !wire.finish_body() || answers.is_leaving() || futures_util::poll!(stopping.as_mut()).is_ready() {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        if wire.send(response).await.is_err() {
            return;
        }
        if !wire.stays_open() {
            // Who is one too many is told so, and not waited for.
            if is_admitted {
                wire.hear_out().await;
            }
            wire.linger().await;
            return;
        }
    }
}

/// Keeps the kernel from storing megabytes of an answer for a caller that doesn't read.
fn hold_back_unsent(stream: &TcpStream) {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    // Where it can't be set the kernel's own limits hold.
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_BYTES);
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = stream;
}

/// Says a last thing.
async fn end_with(mut wire: Wire, mut answer: Response<BoxBody>) {
    answer.head_mut().set_connection_type(ConnectionType::Close);
    if wire.send(answer).await.is_ok() {
        wire.linger().await;
    }
}
