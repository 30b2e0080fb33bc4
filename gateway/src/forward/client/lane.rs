//! One connection to a service, driven by whoever waits for something from it.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::error::ParseError;
use actix_http::h1::{ClientCodec, MessageType};
use actix_http::{ResponseHead, ServiceConfig, StatusCode};
use bytes::{Buf as _, BytesMut};
use dto::operations::Upstream;
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::codec::Decoder as _;

use super::UpstreamError;
use crate::alarm::Alarm;
use crate::forward::body::{Piece, StreamedBody};

/// The head of an answer may be so large.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// Read at once at most.
const READ_BYTES: usize = 16 * 1024;
/// A buffer that grew larger is given back between two requests.
const KEPT_BYTES: usize = 32 * 1024;
/// The alarm of a lane that waits for nothing; every exchange sets it.
const NO_BOUND: Duration = Duration::from_secs(3600);

#[derive(Debug)]
pub(crate) struct Lane {
    stream: TcpStream,
    input: BytesMut,
    output: BytesMut,
    alarm: Alarm,
    upstream: Upstream,
    /// Whether the service got all of the last request.
    is_whole: bool,
}

/// The head of an answer, and the codec that knows what follows it.
pub(super) struct AnswerHead {
    pub(super) head: ResponseHead,
    pub(super) codec: ClientCodec,
}

impl Lane {
    pub(super) fn new(stream: TcpStream, upstream: Upstream) -> Self {
        let (input, output) = (BytesMut::new(), BytesMut::new());
        let alarm = Alarm::after(NO_BOUND);
        Self { stream, input, output, alarm, upstream, is_whole: true }
    }

    pub(super) fn upstream(&self) -> Upstream {
        self.upstream
    }

    /// What is sent with the next exchange.
    pub(crate) fn output(&mut self) -> &mut BytesMut {
        &mut self.output
    }

    /// Sends what was written, and waits for the head of the answer.
    pub(super) async fn exchange(
        &mut self,
        config: &ServiceConfig,
        bound: Duration,
    ) -> Result<AnswerHead, UpstreamError> {
        self.alarm.set(bound);
        let mut codec = ClientCodec::new(config.clone());
        poll_fn(|context| match self.poll_exchange(&mut codec, context) {
            Poll::Pending => self.alarm.poll(context).map(|()| Err(UpstreamError::TooSlow)),
            ready => ready,
        })
        .await
        .map(|head| AnswerHead { head, codec })
    }

    fn poll_exchange(
        &mut self,
        codec: &mut ClientCodec,
        context: &mut Context<'_>,
    ) -> Poll<Result<ResponseHead, UpstreamError>> {
        let written = self.poll_flush(context);
        self.is_whole = matches!(written, Poll::Ready(Ok(())));
        match written {
            Poll::Ready(Err(error)) => Poll::Ready(self.last_words(codec, error, context)),
            Poll::Ready(Ok(())) | Poll::Pending => self.poll_head(codec, context),
        }
    }

    /// A service that answers before it has read everything, and hangs up, is listened to all the same.
    fn last_words(
        &mut self,
        codec: &mut ClientCodec,
        error: io::Error,
        context: &mut Context<'_>,
    ) -> Result<ResponseHead, UpstreamError> {
        match self.poll_head(codec, context) {
            Poll::Ready(Ok(head)) => Ok(head),
            Poll::Ready(Err(_)) | Poll::Pending => Err(UpstreamError::Closed(Some(error))),
        }
    }

    /// Sends a body as it arrives. An answer that comes before its end ends it.
    pub(super) async fn pass_on(
        &mut self,
        config: &ServiceConfig,
        body: &mut StreamedBody,
    ) -> Result<Option<AnswerHead>, UpstreamError> {
        self.is_whole = false;
        let mut codec = ClientCodec::new(config.clone());
        let head = poll_fn(|context| self.poll_pass_on(&mut codec, body, context)).await?;
        Ok(head.map(|head| AnswerHead { head, codec }))
    }

    fn poll_pass_on(
        &mut self,
        codec: &mut ClientCodec,
        body: &mut StreamedBody,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<ResponseHead>, UpstreamError>> {
        loop {
            if let Poll::Ready(head) = self.poll_head(codec, context) {
                return Poll::Ready(head.map(Some));
            }
            if let Err(error) = ready!(self.poll_flush(context)) {
                return Poll::Ready(self.last_words(codec, error, context).map(Some));
            }
            match ready!(body.poll_piece(&mut self.output, context)) {
                Ok(Piece::More) => {}
                Ok(Piece::Last) => return Poll::Ready(Ok(None)),
                Err(_) => return Poll::Ready(Err(UpstreamError::BodyBrokeOff)),
            }
        }
    }

    fn poll_head(
        &mut self,
        codec: &mut ClientCodec,
        context: &mut Context<'_>,
    ) -> Poll<Result<ResponseHead, UpstreamError>> {
        loop {
            if !self.input.is_empty() {
                match codec.decode(&mut self.input) {
                    // Nobody asked for another protocol.
                    Ok(Some(head)) if head.status == StatusCode::SWITCHING_PROTOCOLS => {
                        return Poll::Ready(Err(UpstreamError::Ambiguous("it changes the protocol")));
                    }
                    // Announcements before the answer have no body.
                    Ok(Some(head)) if head.status.is_informational() => match codec.message_type() {
                        MessageType::None => continue,
                        MessageType::Payload | MessageType::Stream => {
                            return Poll::Ready(Err(UpstreamError::Ambiguous(
                                "it has a body before its head",
                            )));
                        }
                    },
                    Ok(Some(head)) => return Poll::Ready(Ok(head)),
                    Ok(None) if self.input.len() <= MAX_HEAD_BYTES => {}
                    Ok(None) => return Poll::Ready(Err(UpstreamError::Garbled(ParseError::TooLarge))),
                    Err(error) => return Poll::Ready(Err(UpstreamError::Garbled(error))),
                }
            }
            match ready!(self.poll_read(context)) {
                Ok(count) if count > 0 => {}
                result => return Poll::Ready(Err(UpstreamError::Closed(result.err()))),
            }
        }
    }

    /// What has arrived and belongs to the body of the answer.
    pub(super) fn input(&mut self) -> &mut BytesMut {
        &mut self.input
    }

    pub(super) fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.input.capacity() - self.input.len() < READ_BYTES / 4 {
            self.input.reserve(READ_BYTES);
        }
        tokio_util::io::poll_read_buf(Pin::new(&mut self.stream), context, &mut self.input)
    }

    pub(super) fn alarm(&mut self) -> &mut Alarm {
        &mut self.alarm
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.output.is_empty() {
            match ready!(Pin::new(&mut self.stream).poll_write(context, &self.output))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                count => self.output.advance(count),
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Makes it ready for another exchange, if it can carry one.
    pub(super) fn rest(mut self) -> Option<Self> {
        // What came after the answer belongs to no request.
        if !self.is_whole || !self.input.is_empty() || !self.output.is_empty() {
            return None;
        }
        for buffer in [&mut self.input, &mut self.output] {
            if buffer.capacity() > KEPT_BYTES {
                *buffer = BytesMut::new();
            }
        }
        Some(self)
    }

    /// Whether it still waits for a request: its service may have closed it, or said something nobody asked for.
    pub(super) fn is_quiet(&mut self, context: &mut Context<'_>) -> bool {
        if self.stream.poll_read_ready(context).is_pending() {
            return true;
        }
        let mut byte = [0; 1];
        Pin::new(&mut self.stream).poll_read(context, &mut ReadBuf::new(&mut byte)).is_pending()
    }
}
