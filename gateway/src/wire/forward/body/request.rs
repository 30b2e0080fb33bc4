//! The caller's body: read at a decent pace, counted, handed to the upstream client.

use std::fmt::Write as _;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::error::PayloadError;
use actix_web::rt;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::SMALL_BODY_BYTES;
use crate::limits::HeldBytes;
use crate::wire::connection::Body as Payload;
use crate::wire::forward::Bounds;
use crate::wire::pace::{BodyPace, Patience};

/// Chunks that may wait between the caller and a slower upstream.
const CHUNKS_IN_FLIGHT: usize = 4;
/// What those and the buffers on both sides take.
const STREAMED_BYTES: usize = 128 * 1024;

/// Why a caller's body was not received.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyFault {
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("there is no memory for the body now")]
    NoMemory,
    #[error("the body can't be read")]
    Unreadable(#[source] PayloadError),
}

/// A body as far as it has to be known before the upstream is asked.
pub(crate) enum RequestBody {
    Whole(Bytes),
    Streamed {
        body: StreamedBody,
        /// Passes the rest on, and tells how that ended.
        pump: JoinHandle<Result<(), PumpEnd>>,
    },
}

/// A body on its way from the caller to the service.
pub(crate) struct StreamedBody {
    chunks: mpsc::Receiver<Result<Bytes, BrokenOff>>,
    /// What is still to come, where the caller has said it.
    left: Option<u64>,
}

/// What a look at a streamed body brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    More,
    Last,
}

/// Why a body was not passed on to its end.
#[derive(Debug)]
pub(crate) enum PumpEnd {
    Fault(BodyFault),
    /// The upstream stopped listening: what it answered decides.
    UpstreamHungUp,
    /// The upstream listens but takes nothing.
    UpstreamStalled,
}

/// The upstream sees a broken body instead of one that looks complete.
#[derive(Debug, thiserror::Error)]
#[error("the caller's body broke off")]
pub(crate) struct BrokenOff;

impl RequestBody {
    /// Takes a body over: whole if it is small, else as a stream that a task of this thread feeds.
    pub(crate) async fn receive(
        payload: Payload,
        declared: Option<u64>,
        limit: usize,
        bounds: Bounds,
        held: &mut HeldBytes,
    ) -> Result<Self, BodyFault> {
        let mut reader = Reader::new(payload, limit, bounds.pace);
        let is_large = declared.is_some_and(|bytes| bytes > to_u64(SMALL_BODY_BYTES));
        let mut head = Head::Empty;
        if !is_large {
            while head.len() <= SMALL_BODY_BYTES {
                match reader.next().await? {
                    Some(chunk) if held.grow(chunk.len()) => head.push(chunk),
                    Some(_) => return Err(BodyFault::NoMemory),
                    None => return Ok(Self::Whole(head.into_bytes().unwrap_or_default())),
                }
            }
        }
        if !held.grow(STREAMED_BYTES) {
            return Err(BodyFault::NoMemory);
        }
        let (sender, chunks) = mpsc::channel(CHUNKS_IN_FLIGHT);
        let pump = rt::spawn(pump(reader, head.into_bytes(), sender, bounds.answer));
        Ok(Self::Streamed { body: StreamedBody { chunks, left: declared }, pump })
    }
}

impl StreamedBody {
    /// Bytes in all, where the caller has said it. To be asked before the first piece.
    pub(crate) fn declared(&self) -> Option<u64> {
        self.left
    }

    /// Appends what has come to `output`, framed as the head of the request has announced.
    pub(crate) fn poll_piece(
        &mut self,
        output: &mut BytesMut,
        context: &mut Context<'_>,
    ) -> Poll<Result<Piece, BrokenOff>> {
        let chunk = ready!(self.chunks.poll_recv(context)).transpose()?;
        Poll::Ready(match (chunk, &mut self.left) {
            (Some(chunk), Some(left)) => {
                *left = left.checked_sub(to_u64(chunk.len())).ok_or(BrokenOff)?;
                output.extend_from_slice(&chunk);
                Ok(Piece::More)
            }
            // An empty chunk would be the last.
            (Some(chunk), None) if chunk.is_empty() => Ok(Piece::More),
            (Some(chunk), None) => {
                write!(output, "{:x}\r\n", chunk.len()).expect("a buffer takes whatever is written to it");
                output.extend_from_slice(&chunk);
                output.extend_from_slice(b"\r\n");
                Ok(Piece::More)
            }
            (None, Some(0)) => Ok(Piece::Last),
            (None, Some(_)) => Err(BrokenOff),
            (None, None) => {
                output.extend_from_slice(b"0\r\n\r\n");
                Ok(Piece::Last)
            }
        })
    }
}

async fn pump(
    mut reader: Reader,
    head: Option<Bytes>,
    sender: mpsc::Sender<Result<Bytes, BrokenOff>>,
    stall: Duration,
) -> Result<(), PumpEnd> {
    let mut next = head;
    loop {
        if let Some(chunk) = next.take() {
            match timeout(stall, sender.send(Ok(chunk))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(PumpEnd::UpstreamHungUp),
                Err(_) => return Err(PumpEnd::UpstreamStalled),
            }
        }
        let read = tokio::select! {
            read = reader.next() => read,
            () = sender.closed() => return Err(PumpEnd::UpstreamHungUp),
        };
        match read {
            Ok(Some(chunk)) => next = Some(chunk),
            Ok(None) => return Ok(()),
            Err(fault) => {
                // Whether anyone still listens makes no difference: the fault decides the answer.
                let _ = timeout(stall, sender.send(Err(BrokenOff))).await;
                return Err(PumpEnd::Fault(fault));
            }
        }
    }
}

/// Reads a payload chunk by chunk, never more than the limit, never slower than the pace.
struct Reader {
    payload: Payload,
    received: usize,
    limit: usize,
    patience: Patience,
}

impl Reader {
    fn new(payload: Payload, limit: usize, pace: BodyPace) -> Self {
        Self { payload, received: 0, limit, patience: Patience::new(pace) }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, BodyFault> {
        let chunk = self.patience.wait(self.payload.next()).await.ok_or(BodyFault::TooSlow)?;
        let Some(chunk) = chunk.transpose().map_err(BodyFault::Unreadable)? else {
            return Ok(None);
        };
        self.received = self.received.saturating_add(chunk.len());
        self.patience.earn(chunk.len());
        if self.received > self.limit {
            return Err(BodyFault::TooLarge(self.limit));
        }
        Ok(Some(chunk))
    }
}

/// What was read so far; the usual single chunk is not copied.
enum Head {
    Empty,
    One(Bytes),
    Several(BytesMut),
}

impl Head {
    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(chunk) => chunk.len(),
            Self::Several(chunks) => chunks.len(),
        }
    }

    fn push(&mut self, chunk: Bytes) {
        *self = match std::mem::replace(self, Self::Empty) {
            Self::Empty => Self::One(chunk),
            Self::One(first) => {
                let mut chunks = BytesMut::from(first);
                chunks.extend_from_slice(&chunk);
                Self::Several(chunks)
            }
            Self::Several(mut chunks) => {
                chunks.extend_from_slice(&chunk);
                Self::Several(chunks)
            }
        };
    }

    fn into_bytes(self) -> Option<Bytes> {
        match self {
            Self::Empty => None,
            Self::One(chunk) => Some(chunk),
            Self::Several(chunks) => Some(chunks.freeze()),
        }
    }
}

fn to_u64(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
