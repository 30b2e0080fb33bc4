//! One connection to a service, driven by whoever waits for something from it.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::ServiceConfig;
use bytes::{Buf as _, BytesMut};
use contract::operations::Upstream;
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};
use tokio::net::TcpStream;

use super::UpstreamError;
use super::answer_head::AnswerHead;
use crate::wire::alarm::Alarm;
use crate::wire::forward::{Piece, StreamedBody};

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
    /// Why it takes no more of it. What it said before is still to be read.
    hung_up: Option<io::Error>,
}

impl Lane {
    pub(super) fn new(stream: TcpStream, upstream: Upstream) -> Self {
        let (input, output) = (BytesMut::new(), BytesMut::new());
        let alarm = Alarm::after(NO_BOUND);
        Self { stream, input, output, alarm, upstream, is_whole: true, hung_up: None }
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
        poll_fn(|context| match self.poll_exchange(config, context) {
            Poll::Pending => self.alarm.poll(context).map(|()| Err(UpstreamError::TooSlow)),
            ready => ready,
        })
        .await
    }

    fn poll_exchange(
        &mut self,
        config: &ServiceConfig,
        context: &mut Context<'_>,
    ) -> Poll<Result<AnswerHead, UpstreamError>> {
        self.is_whole = self.poll_say(context).is_ready() && self.hung_up.is_none();
        self.poll_head(config, context)
    }

    /// Writes as far as the service takes it. One that answers before it has read everything, and hangs up, is listened to all
    /// the same.
    fn poll_say(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.hung_up.is_none() {
            self.hung_up = ready!(self.poll_flush(context)).err();
        }
        Poll::Ready(())
    }

    /// Sends a body as it arrives. An answer that comes before its end ends it.
    pub(super) async fn pass_on(
        &mut self,
        config: &ServiceConfig,
        body: &mut StreamedBody,
    ) -> Result<Option<AnswerHead>, UpstreamError> {
        self.is_whole = false;
        poll_fn(|context| self.poll_pass_on(config, body, context)).await
    }

    fn poll_pass_on(
        &mut self,
        config: &ServiceConfig,
        body: &mut StreamedBody,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<AnswerHead>, UpstreamError>> {
        loop {
            if let Poll::Ready(head) = self.poll_head(config, context) {
                return Poll::Ready(head.map(Some));
            }
            ready!(self.poll_say(context));
            if self.hung_up.is_some() {
                return self.poll_head(config, context).map_ok(Some);
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
        config: &ServiceConfig,
        context: &mut Context<'_>,
    ) -> Poll<Result<AnswerHead, UpstreamError>> {
        loop {
            if let Some(head) = AnswerHead::take(&mut self.input, config)? {
                return Poll::Ready(Ok(head));
            }
            match ready!(self.poll_read(context)) {
                Ok(count) if count > 0 => {}
                result => {
                    let reason = self.hung_up.take().or(result.err());
                    return Poll::Ready(Err(UpstreamError::Closed(reason)));
                }
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
