//! The body of an answer, read as far as it may be kept.

use std::future::{poll_fn, ready};

use actix_web::body::{BodySize, BodyStream, BoxBody, MessageBody};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, StreamExt as _};
use platform::error::Problem;

use super::LARGEST_KEPT;

/// A body, and whether it may be kept.
pub(super) enum AnswerBody {
    Small(Bytes),
    Large(BoxBody),
}

/// Of a large body no more is read than shows that it is large, and nothing of it is lost.
pub(super) async fn read_answer(body: BoxBody) -> Result<AnswerBody, Problem> {
    if let BodySize::Sized(size) = body.size()
        && usize::try_from(size).map_or(true, |size| size > LARGEST_KEPT)
    {
        return Ok(AnswerBody::Large(body));
    }
    // What is in memory already is not copied.
    let mut body = match body.try_into_bytes() {
        Ok(bytes) => return Ok(AnswerBody::Small(bytes)),
        Err(body) => body,
    };
    let mut read = BytesMut::new();
    while let Some(piece) = poll_fn(|context| body.as_pin_mut().poll_next(context)).await {
        read.extend_from_slice(&piece.map_err(|_| Problem::internal("an answer's body could not be read"))?);
        if read.len() > LARGEST_KEPT {
            let rest = stream::poll_fn(move |context| body.as_pin_mut().poll_next(context));
            let whole = stream::once(ready(Ok(read.freeze()))).chain(rest);
            return Ok(AnswerBody::Large(BoxBody::new(BodyStream::new(whole))));
        }
    }
    Ok(AnswerBody::Small(read.freeze()))
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    /// In pieces whose number is known only at the end.
    fn streamed(size: usize) -> BoxBody {
        let pieces = (0..size.div_ceil(1_000)).map(move |place| {
            let length = (size - place * 1_000).min(1_000);
            Ok::<_, std::io::Error>(Bytes::from(vec![b'a'; length]))
        });
        BoxBody::new(BodyStream::new(stream::iter(pieces)))
    }

    async fn check(body: BoxBody, size: usize, is_large: bool) {
        let (body, was_large) = match read_answer(body).await.expect("a body of bytes can be read") {
            AnswerBody::Small(bytes) => (BoxBody::new(bytes), false),
            AnswerBody::Large(body) => (body, true),
        };
        assert_eq!(was_large, is_large, "{size}");
        let whole = to_bytes(body).await.expect("what is passed on can be read");
        assert!(whole.len() == size && whole.iter().all(|byte| *byte == b'a'), "{size} is {}", whole.len());
    }

    #[actix_web::test]
    async fn a_body_goes_out_whole_whether_it_is_kept_or_not() {
        for (size, is_large) in
            [(0, false), (1, false), (LARGEST_KEPT, false), (LARGEST_KEPT + 1, true), (1 << 20, true)]
        {
            check(BoxBody::new(Bytes::from(vec![b'a'; size])), size, is_large).await;
            check(streamed(size), size, is_large).await;
        }
    }
}
