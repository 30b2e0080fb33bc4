//! The socket with the codec and the buffers that belong to it.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_http::body::{BodySize, BoxBody, MessageBody as _};
use actix_http::error::{ParseError, PayloadError};
use actix_http::h1::{Codec, Message, MessageType};
use actix_http::{ConnectionType, Request, Response, ServiceConfig, Version};
use bytes::{Buf as _, Bytes, BytesMut};
use contract::operations::MULTIPART_LIMIT;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::codec::{Decoder as _, Encoder as _};

use super::ConnectionBounds;
use super::head::{HeadFault, Scan, check};
use crate::wire::alarm::Alarm;
use crate::wire::pace::Patience;

/// Read at once in the beginning, and at most. Who sends a byte and waits gets no large buffer for it.
const FIRST_READ_BYTES: usize = 2 * 1024;
const READ_BYTES: usize = 16 * 1024;
/// Written out when so much of an answer has come together. A caller that doesn't read keeps so much of it in memory, twice
/// at most.
const WRITE_BYTES: usize = 16 * 1024;
/// A buffer that grew larger is given back between two requests.
const KEPT_BYTES: usize = 32 * 1024;
/// What chunk sizes, extensions and trailers may take of a body, besides eight times its content.
const FRAMING_BYTES: u64 = 64 * 1024;
/// How long, and for how much, a caller that still sends is listened to after its last answer: a connection that is
/// closed with something unread takes the answer with it.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 1024 * 1024;
/// How much of a body is thrown away behind an answer that did not need it: as much as any operation takes.
const HEARD_BYTES: usize = MULTIPART_LIMIT;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

pub(super) struct Wire {
    stream: TcpStream,
    codec: Codec,
    bounds: ConnectionBounds,
    alarm: Alarm,
    input: BytesMut,
    output: BytesMut,
    /// Read at once next time.
    read_bytes: usize,
    body: BodyState,
    /// What the caller waits for before it sends the body.
    continue_left: &'static [u8],
    /// Bytes of the current body as they came, and without their framing.
    received: u64,
    delivered: u64,
    /// How long the caller may still keep us from writing.
    write_time: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyState {
    /// There is none, or it was read to its end.
    Done,
    Reading,
    /// Nobody knows where the next request would begin.
    Lost,
}

pub(super) enum Arrival {
    Request(Request),
    /// The caller is gone, or it is time to go.
    Nothing,
    Malformed(HeadFault),
}

impl Wire {
    pub(super) fn new(stream: TcpStream, config: ServiceConfig, bounds: ConnectionBounds) -> Self {
        Self {
            stream,
            codec: Codec::new(config),
            bounds,
            alarm: Alarm::after(bounds.keep_alive),
            input: BytesMut::new(),
            output: BytesMut::new(),
            read_bytes: FIRST_READ_BYTES,
            body: BodyState::Done,
            continue_left: &[],
            received: 0,
            delivered: 0,
            write_time: bounds.write_idle,
        }
    }

    pub(super) async fn next_request(&mut self, stopping: Pin<&mut impl Future<Output = ()>>) -> Arrival {
        if self.input.is_empty() {
            if self.input.capacity() > KEPT_BYTES {
                self.input = BytesMut::new();
            }
            // No buffer is held for a caller that sends nothing.
            if !self.readable(stopping).await {
                return Arrival::Nothing;
            }
        }
        self.read_head().await
    }

    /// Whether something can be read before it is time to go.
    async fn readable(&mut self, mut stopping: Pin<&mut impl Future<Output = ()>>) -> bool {
        self.alarm.set(self.bounds.keep_alive);
        poll_fn(|context| {
            if let Poll::Ready(result) = self.stream.poll_read_ready(context) {
                return Poll::Ready(result.is_ok());
            }
            let is_time_to_go =
                stopping.as_mut().poll(context).is_ready() || self.alarm.poll(context).is_ready();
            if is_time_to_go { Poll::Ready(false) } else { Poll::Pending }
        })
        .await
    }

    async fn read_head(&mut self) -> Arrival {
        let mut scan = Scan::default();
        let mut is_timed = false;
        loop {
            // An empty line before a request is nothing but politeness of old clients.
            while self.input.starts_with(b"\r\n") {
                self.input.advance(2);
            }
            let is_half_a_line_end = *self.input == *b"\r";
            match if is_half_a_line_end { Ok(None) } else { scan.end(&self.input) } {
                Ok(Some(length)) if length <= self.bounds.head_bytes => return self.decode_head(),
                Ok(None) if self.input.len() <= self.bounds.head_bytes => {}
                Ok(_) => return Arrival::Malformed(HeadFault::TooLarge),
                Err(fault) => return Arrival::Malformed(fault),
            }
            match self.read_in_time(&mut is_timed).await {
                Some(Ok(count)) if count > 0 => {}
                Some(Ok(_)) if !self.input.is_empty() => {
                    return Arrival::Malformed(HeadFault::Malformed("it ends too early"));
                }
                None if !self.input.is_empty() => return Arrival::Malformed(HeadFault::TooSlow),
                Some(_) | None => return Arrival::Nothing,
            }
        }
    }

    /// Reads more of a head, or None when its time is over, which begins with the first wait.
    async fn read_in_time(&mut self, is_timed: &mut bool) -> Option<io::Result<usize>> {
        poll_fn(|context| match self.poll_read(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending => {
                if !*is_timed {
                    *is_timed = true;
                    self.alarm.set(self.bounds.head);
                }
                self.alarm.poll(context).map(|()| None)
            }
        })
        .await
    }

    async fn read(&mut self) -> io::Result<usize> {
        let room = self.make_room();
        let count = self.stream.read_buf(&mut self.input).await?;
        self.took(count, room);
        Ok(count)
    }

    fn make_room(&mut self) -> usize {
        if self.input.capacity() - self.input.len() < self.read_bytes / 4 {
            self.input.reserve(self.read_bytes);
        }
        self.input.capacity() - self.input.len()
    }

    /// Who fills the room there was gets more.
    fn took(&mut self, count: usize, room: usize) {
        if count >= room {
            self.read_bytes = (self.read_bytes * 2).min(READ_BYTES);
        }
    }

    fn decode_head(&mut self) -> Arrival {
        let request = match self.codec.decode(&mut self.input) {
            Ok(Some(Message::Item(request))) => request,
            Err(ParseError::TooLarge) => return Arrival::Malformed(HeadFault::TooLarge),
            Ok(_) | Err(_) => return Arrival::Malformed(HeadFault::Malformed("it is no request")),
        };
        let message_type = self.codec.message_type();
        if let Err(fault) = check(request.head(), matches!(message_type, MessageType::Stream)) {
            return Arrival::Malformed(fault);
        }
        (self.received, self.delivered) = (0, 0);
        self.continue_left = &[];
        self.body = match message_type {
            MessageType::None => BodyState::Done,
            MessageType::Payload => {
                if request.head().expect() {
                    self.continue_left = CONTINUE;
                }
                BodyState::Reading
            }
            // Nothing here is upgraded or connected through, and what follows would not be HTTP.
            MessageType::Stream => BodyState::Lost,
        };
        Arrival::Request(request)
    }

    /// Whether something of a next request is here already.
    pub(super) fn has_more(&self) -> bool {
        !self.input.is_empty()
    }

    pub(super) fn awaits_body(&self) -> bool {
        self.body == BodyState::Reading
    }

    pub(super) fn poll_body(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, PayloadError>>> {
        loop {
            match self.decode_body() {
                Some(result) => return Poll::Ready(result),
                None => match self.poll_read(context) {
                    Poll::Ready(Ok(count)) if count > 0 => {}
                    Poll::Ready(result) => {
                        self.body = BodyState::Lost;
                        return Poll::Ready(Some(Err(PayloadError::Incomplete(result.err()))));
                    }
                    Poll::Pending => return Poll::Pending,
                },
            }
        }
    }

    /// The next piece of the body, its end, or None when more has to be read for it.
    fn decode_body(&mut self) -> Option<Option<Result<Bytes, PayloadError>>> {
        match self.body {
            BodyState::Done => return Some(None),
            BodyState::Lost => return Some(Some(Err(PayloadError::EncodingCorrupted))),
            BodyState::Reading => {}
        }
        let before = self.input.len();
        let decoded = self.codec.decode(&mut self.input);
        self.received = self.received.saturating_add(to_u64(before - self.input.len()));
        let result = match decoded {
            Ok(Some(Message::Chunk(Some(chunk)))) => {
                self.delivered = self.delivered.saturating_add(to_u64(chunk.len()));
                Some(Ok(chunk))
            }
            Ok(Some(Message::Chunk(None))) => {
                self.body = BodyState::Done;
                return Some(None);
            }
            Ok(None) => None,
            Ok(Some(Message::Item(_))) | Err(_) => Some(Err(PayloadError::EncodingCorrupted)),
        };
        let allowed = FRAMING_BYTES.saturating_add(self.delivered.saturating_mul(9));
        if self.received > allowed || matches!(result, Some(Err(_))) {
            self.body = BodyState::Lost;
            return Some(Some(Err(PayloadError::EncodingCorrupted)));
        }
        result.map(Some)
    }

    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        while !self.continue_left.is_empty() {
            match self.stream.try_write(self.continue_left) {
                Ok(count) => self.continue_left = self.continue_left.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if self.stream.poll_write_ready(context)?.is_pending() {
                        return Poll::Pending;
                    }
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        let room = self.make_room();
        let read = tokio_util::io::poll_read_buf(Pin::new(&mut self.stream), context, &mut self.input);
        if let Poll::Ready(Ok(count)) = read {
            self.took(count, room);
        }
        read
    }

    /// Skips what is left of a body and has arrived already. Says whether a next request can follow.
    pub(super) fn finish_body(&mut self) -> bool {
        while self.body == BodyState::Reading && self.decode_body().is_some() {}
        // Who asked for another protocol is answered in this one, and then has to ask anew.
        self.body == BodyState::Done && !self.codec.upgrade()
    }

    /// Listens to a body that was answered before its end, and throws it away: many callers do not listen before they have sent
    /// everything. It may come as slowly as one that is taken, and holds no more than the connection meanwhile.
    pub(super) async fn hear_out(&mut self) {
        // Who waits to be told to go on has got its answer instead.
        self.continue_left = &[];
        let mut patience = Patience::new(self.bounds.body);
        let mut heard = 0;
        while self.body == BodyState::Reading && heard < HEARD_BYTES {
            match patience.wait(poll_fn(|context| self.poll_body(context))).await {
                Some(Some(Ok(piece))) => {
                    heard += piece.len();
                    patience.earn(piece.len());
                }
                Some(Some(Err(_)) | None) | None => return,
            }
        }
    }

    pub(super) fn stays_open(&self) -> bool {
        self.codec.keep_alive()
    }

    /// Writes an answer to its end.
    pub(super) async fn send(&mut self, response: Response<BoxBody>) -> io::Result<()> {
        self.write_time = self.bounds.write_idle;
        let (mut response, body) = response.into_parts();
        let size = body.size();
        if size == BodySize::Stream && response.head().version < Version::HTTP_11 {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        self.codec.encode(Message::Item((response, size)), &mut self.output)?;
        if matches!(size, BodySize::None | BodySize::Sized(0)) {
            return self.flush().await;
        }
        match body.try_into_bytes() {
            Ok(bytes) => self.send_whole(bytes).await?,
            Err(body) => self.send_pieces(body).await?,
        }
        self.codec.encode(Message::Chunk(None), &mut self.output)?;
        self.flush().await
    }

    /// What is copied for a caller at a time is small, however large the page is that exists once for all of them.
    async fn send_whole(&mut self, mut bytes: Bytes) -> io::Result<()> {
        while bytes.len() > WRITE_BYTES {
            let piece = bytes.split_to(WRITE_BYTES);
            self.codec.encode(Message::Chunk(Some(piece)), &mut self.output)?;
            self.flush().await?;
        }
        self.codec.encode(Message::Chunk(Some(bytes)), &mut self.output)
    }

    async fn send_pieces(&mut self, body: BoxBody) -> io::Result<()> {
        let mut body = body;
        loop {
            let mut piece = poll_fn(|context| Pin::new(&mut body).poll_next(context));
            let piece = match futures_util::poll!(&mut piece) {
                Poll::Ready(piece) => piece,
                Poll::Pending => {
                    // While the service thinks, the caller gets what there is.
                    self.flush().await?;
                    piece.await
                }
            };
            match piece {
                Some(Ok(bytes)) => self.send_whole(bytes).await?,
                // The connection breaks off, so that the answer can't be taken for a whole one.
                Some(Err(error)) => return Err(io::Error::other(error.to_string())),
                None => return Ok(()),
            }
            if self.output.len() >= WRITE_BYTES {
                self.flush().await?;
            }
        }
    }

    /// Writes out what is ready, as long as the caller takes it at a decent pace.
    async fn flush(&mut self) -> io::Result<()> {
        while !self.output.is_empty() {
            match self.stream.try_write(&self.output) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => {
                    self.output.advance(count);
                    let earned =
                        Duration::from_millis(to_u64(count) * 1000 / self.bounds.write_bytes_per_s.max(1));
                    self.write_time = (self.write_time + earned).min(self.bounds.write_idle);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let since = Instant::now();
                    timeout(self.write_time, self.stream.writable())
                        .await
                        .map_err(|_| io::ErrorKind::TimedOut)??;
                    self.write_time = self.write_time.saturating_sub(since.elapsed());
                }
                Err(error) => return Err(error),
            }
        }
        if self.output.capacity() > KEPT_BYTES {
            self.output = BytesMut::new();
        }
        Ok(())
    }

    /// Ends the connection so that the last answer arrives.
    pub(super) async fn linger(mut self) {
        let _ = timeout(LINGER, async {
            if self.stream.shutdown().await.is_err() {
                return;
            }
            let mut discarded = self.input.len();
            while discarded < LINGER_BYTES {
                self.input.clear();
                match self.read().await {
                    Ok(count) if count > 0 => discarded += count,
                    Ok(_) | Err(_) => return,
                }
            }
        })
        .await;
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
