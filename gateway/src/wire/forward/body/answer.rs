//! The service's body on its way to the caller.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_http::body::{BodySize, BoxBody, MessageBody};
use bytes::Bytes;

use super::SMALL_BODY_BYTES;
use crate::limits::Place;
use crate::wire::client::{AnswerBody, UpstreamError};

/// Turns a service's body into the caller's: collected if it is small and says so, else streamed.
pub(crate) async fn answer_body(
    mut body: AnswerBody,
    idle: Duration,
    place: Place,
) -> Result<BoxBody, UpstreamError> {
    match body.length() {
        Some(bytes) if usize::try_from(bytes).is_ok_and(|bytes| bytes <= SMALL_BODY_BYTES) => {
            Ok(BoxBody::new(body.collect(idle).await?))
        }
        _ => Ok(BoxBody::new(Streamed { body, idle, _place: place })),
    }
}

/// A body that passes through; it ends in an error when the service falls silent in the middle, so that the caller
/// sees a broken answer instead of a short one.
struct Streamed {
    body: AnswerBody,
    idle: Duration,
    /// The request is under way until its answer is.
    _place: Place,
}

impl MessageBody for Streamed {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.body.length().map_or(BodySize::Stream, BodySize::Sized)
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        let chunk = this.body.poll_chunk(context, this.idle);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map_err(Into::into)))
    }
}
