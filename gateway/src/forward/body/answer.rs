//! The upstream's body on its way to the caller.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use tokio::time::{Sleep, sleep};

use super::SMALL_BODY_BYTES;
use crate::bulkheads::Place;
use crate::forward::client::AnswerBody;

/// Turns an upstream's body into the caller's: collected if it is small and says so, else streamed.
pub(crate) async fn answer_body(
    incoming: AnswerBody,
    idle: Duration,
    place: Place,
) -> Result<BoxBody, hyper::Error> {
    let length = incoming.size_hint().exact();
    match length {
        Some(bytes) if usize::try_from(bytes).is_ok_and(|bytes| bytes <= SMALL_BODY_BYTES) => {
            Ok(BoxBody::new(incoming.collect().await?.to_bytes()))
        }
        _ => Ok(BoxBody::new(Streamed { incoming, length, idle, waiting: None, _place: place })),
    }
}

/// A body that passes through; it ends in an error when the upstream falls silent in the middle, so that the caller
/// sees a broken answer instead of a short one.
struct Streamed {
    incoming: AnswerBody,
    length: Option<u64>,
    idle: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    /// The request is under way until its answer is.
    _place: Place,
}

#[derive(Debug, thiserror::Error)]
#[error("the upstream fell silent in the middle of its answer")]
struct FellSilent;

impl MessageBody for Streamed {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.length.map_or(BodySize::Stream, BodySize::Sized)
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        loop {
            match Pin::new(&mut this.incoming).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    this.waiting = None;
                    // Trailers are hop-by-hop here and dropped.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => {
                    let idle = this.idle;
                    let waiting = this.waiting.get_or_insert_with(|| Box::pin(sleep(idle)));
                    return waiting.as_mut().poll(context).map(|()| Some(Err(FellSilent.into())));
                }
            }
        }
    }
}
