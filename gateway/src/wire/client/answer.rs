//! A service's answer: its head, and its body as far as somebody asks for it.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::StatusCode;
use actix_http::error::PayloadError;
use actix_http::header::HeaderMap;
use bytes::{Bytes, BytesMut};
use tokio_util::codec::Decoder as _;

use super::answer_head::{AnswerHead, Framing};
use super::lanes::Lanes;
use super::{Lane, UpstreamError};

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
}

/// The body of an answer; its end gives the connection back.
pub(crate) struct AnswerBody {
    lane: Option<Lane>,
    lanes: Rc<Lanes>,
    framing: Framing,
    length: Option<u64>,
    is_kept_alive: bool,
    is_waiting: bool,
}

impl Answer {
    pub(super) fn new(head: AnswerHead, lane: Lane, lanes: &Rc<Lanes>) -> Self {
        let AnswerHead { status, headers, framing, length, is_kept_alive } = head;
        let is_empty = length == Some(0);
        let lanes = Rc::clone(lanes);
        let mut body =
            AnswerBody { lane: Some(lane), lanes, framing, length, is_kept_alive, is_waiting: false };
        if is_empty {
            body.end();
        }
        Self { status, headers, body }
    }
}

impl AnswerBody {
    /// Bytes in all, where the service says so.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, UpstreamError>>> {
        let Some(lane) = &mut self.lane else {
            return Poll::Ready(None);
        };
        loop {
            let decoded = match &mut self.framing {
                Framing::Counted(left) => Ok(counted_piece(lane.input(), left)),
                Framing::Chunked(codec) => codec.decode(lane.input()),
                Framing::UntilClosed if lane.input().is_empty() => Ok(None),
                Framing::UntilClosed => Ok(Some(Some(lane.input().split().freeze()))),
            };
            match decoded {
                Ok(Some(Some(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                Ok(Some(None)) => {
                    self.end();
                    return Poll::Ready(None);
                }
                Ok(None) => match ready!(lane.poll_read(context)) {
                    Ok(count) if count > 0 => {}
                    Ok(_) if matches!(self.framing, Framing::UntilClosed) => {
                        self.lane = None;
                        return Poll::Ready(None);
                    }
                    result => {
                        return Poll::Ready(Some(
                            Err(self.break_off(PayloadError::Incomplete(result.err()))),
                        ));
                    }
                },
                Err(error) => return Poll::Ready(Some(Err(self.break_off(error)))),
            }
        }
    }

    /// The next piece. No single wait for one may be longer than `bound`.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
        bound: Duration,
    ) -> Poll<Option<Result<Bytes, UpstreamError>>> {
        let chunk = self.poll_within(context, bound);
        self.is_waiting = chunk.is_pending();
        chunk
    }

    /// The next piece. All waits together may take as long as `bound` from the first one on.
    fn poll_within(
        &mut self,
        context: &mut Context<'_>,
        bound: Duration,
    ) -> Poll<Option<Result<Bytes, UpstreamError>>> {
        let chunk = self.poll_next(context);
        let Some(lane) = self.lane.as_mut().filter(|_| chunk.is_pending()) else {
            return chunk;
        };
        if !self.is_waiting {
            self.is_waiting = true;
            lane.alarm().set(bound);
        }
        ready!(lane.alarm().poll(context));
        self.lane = None;
        Poll::Ready(Some(Err(UpstreamError::TooSlow)))
    }

    /// All of it. The usual single piece is not copied.
    pub(crate) async fn collect(&mut self, bound: Duration) -> Result<Bytes, UpstreamError> {
        let mut first: Option<Bytes> = None;
        let mut whole = BytesMut::new();
        while let Some(chunk) = poll_fn(|context| self.poll_within(context, bound)).await.transpose()? {
            match &first {
                None => first = Some(chunk),
                Some(first) => {
                    if whole.is_empty() {
                        whole.extend_from_slice(first);
                    }
                    whole.extend_from_slice(&chunk);
                }
            }
        }
        Ok(if whole.is_empty() { first.unwrap_or_default() } else { whole.freeze() })
    }

    fn end(&mut self) {
        if let Some(lane) = self.lane.take()
            && self.is_kept_alive
        {
            self.lanes.put(lane);
        }
    }

    fn break_off(&mut self, error: PayloadError) -> UpstreamError {
        self.lane = None;
        UpstreamError::BrokeOff(error)
    }
}

/// What has arrived of a body that goes on for `left` bytes; the inner None is its end.
fn counted_piece(input: &mut BytesMut, left: &mut u64) -> Option<Option<Bytes>> {
    if *left == 0 {
        return Some(None);
    }
    let here = input.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
    if here == 0 {
        return None;
    }
    *left = left.saturating_sub(u64::try_from(here).unwrap_or(u64::MAX));
    Some(Some(input.split_to(here).freeze()))
}
