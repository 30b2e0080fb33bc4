//! Whoever is answered before its body was read hears the answer all the same.
//!
//! A refusal needs no body, so it goes out while the body is still coming. Were the connection closed then, the kernel would
//! answer what comes next with a reset, and a caller that sends everything before it listens would find the reset in place of
//! its answer. So the rest is read and thrown away behind the answer; the framework itself listens for a second, whatever comes.
//!
//! What a caller can hold by that is its connection and the framework's buffers, never a place or memory of the operation: for
//! [`HEARD_FOR`] at most, and until twice as much has come as the operation takes. Then the connection ends.

use std::cell::RefCell;
use std::error::Error as StdError;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _};
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::Sleep;

use crate::extract::body_limit;

/// Less than the requests in flight may take when the process stops.
const HEARD_FOR: Duration = Duration::from_secs(20);

/// Middleware around everything that answers.
pub async fn hear_out<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let arriving = Arriving::from(payload);
    request.set_payload(Payload::Stream { payload: Box::pin(arriving.clone()) });
    let response = next.call(request).await?.map_into_boxed_body();
    // Of any other size, the answer ends where its body does: it would wait for what comes.
    let is_counted = matches!(response.response().body().size(), BodySize::Sized(1..));
    if !is_counted || arriving.is_over() {
        return Ok(response);
    }
    let most = body_limit(response.request()).saturating_mul(2);
    Ok(response.map_body(|_, answer| BoxBody::new(HeardOut::new(answer, arriving, most))))
}

/// The body of a request, in the hands of whoever reads it and of whoever throws the rest away.
#[derive(Clone)]
struct Arriving(Rc<RefCell<Arrivals>>);

struct Arrivals {
    payload: Payload,
    bytes: usize,
    is_over: bool,
}

impl From<Payload> for Arriving {
    fn from(payload: Payload) -> Self {
        Self(Rc::new(RefCell::new(Arrivals { payload, bytes: 0, is_over: false })))
    }
}

impl Arriving {
    fn is_over(&self) -> bool {
        self.0.borrow().is_over
    }

    fn bytes(&self) -> usize {
        self.0.borrow().bytes
    }
}

impl Stream for Arriving {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut arrivals = self.0.borrow_mut();
        let next = ready!(Pin::new(&mut arrivals.payload).poll_next(context));
        match &next {
            Some(Ok(chunk)) => arrivals.bytes = arrivals.bytes.saturating_add(chunk.len()),
            Some(Err(_)) | None => arrivals.is_over = true,
        }
        Poll::Ready(next)
    }
}

/// An answer that is whole for its caller when its own bytes are; the connection has what comes behind it to read.
struct HeardOut {
    answer: BoxBody,
    is_said: bool,
    arriving: Arriving,
    most: usize,
    until: Pin<Box<Sleep>>,
}

impl HeardOut {
    fn new(answer: BoxBody, arriving: Arriving, most: usize) -> Self {
        Self { answer, is_said: false, arriving, most, until: Box::pin(tokio::time::sleep(HEARD_FOR)) }
    }

    /// Ready when the connection may end.
    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while self.arriving.bytes() <= self.most && self.until.as_mut().poll(context).is_pending() {
            match ready!(Pin::new(&mut self.arriving).poll_next(context)) {
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            }
        }
        Poll::Ready(())
    }
}

impl MessageBody for HeardOut {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        if !this.is_said {
            if let Some(piece) = ready!(Pin::new(&mut this.answer).poll_next(context)) {
                return Poll::Ready(Some(piece));
            }
            this.is_said = true;
        }
        this.poll_rest(context).map(|()| None)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use futures_util::StreamExt as _;
    use futures_util::stream::{self, LocalBoxStream};
    use tokio::time::Instant;

    use super::*;

    const PIECE: usize = 1_000;

    fn heard_out(rest: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> (HeardOut, Arriving) {
        let payload: LocalBoxStream<'static, _> = Box::pin(rest);
        let arriving = Arriving::from(Payload::Stream { payload });
        (HeardOut::new(BoxBody::new("answer"), arriving.clone(), 10 * PIECE), arriving)
    }

    fn pieces() -> impl Stream<Item = Result<Bytes, PayloadError>> {
        stream::repeat_with(|| Ok(Bytes::from_static(&[0; PIECE])))
    }

    /// How long the connection is kept, and how much was thrown away meanwhile.
    async fn check(rest: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> (Duration, usize) {
        let (answer, arriving) = heard_out(rest);
        assert!(matches!(answer.size(), BodySize::Sized(6)), "the caller knows where it ends");
        let begun = Instant::now();
        assert_eq!(to_bytes(answer).await.expect("it is an answer as any other"), "answer");
        (begun.elapsed(), arriving.bytes())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_is_heard_to_its_end() {
        assert_eq!(check(pieces().take(3)).await, (Duration::ZERO, 3 * PIECE));
        let broken_off = pieces().take(2).chain(stream::iter([Err(PayloadError::Incomplete(None))]));
        assert_eq!(check(broken_off).await, (Duration::ZERO, 2 * PIECE));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_without_end_is_heard_until_it_is_enough() {
        assert_eq!(check(pieces()).await, (Duration::ZERO, 11 * PIECE));
        let (time, bytes) = check(stream::pending()).await;
        assert!((HEARD_FOR..HEARD_FOR + Duration::from_millis(10)).contains(&time) && bytes == 0, "{time:?}");
        let dripping = pieces().take(5).chain(stream::pending());
        let (time, bytes) = check(dripping).await;
        assert!(time < HEARD_FOR + Duration::from_millis(10) && bytes == 5 * PIECE, "{time:?}");
    }

    #[tokio::test]
    async fn the_answer_does_not_wait_for_the_rest() {
        let (mut answer, _) = heard_out(stream::pending());
        let mut said =
            std::pin::pin!(std::future::poll_fn(|context| Pin::new(&mut answer).poll_next(context)));
        let said = futures_util::poll!(&mut said).map(|piece| piece.and_then(Result::ok));
        assert_eq!(said, Poll::Ready(Some(Bytes::from_static(b"answer"))));
    }
}
