//! The body of a request while it is being received.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_http::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;

use super::socket::Wire;

/// Reads from the connection as far as it is asked to: nobody asks, nothing is read.
pub(crate) struct Body {
    /// The connection, on loan until the request is answered.
    wire: Option<Rc<RefCell<Option<Wire>>>>,
}

impl Body {
    pub(super) fn empty() -> Self {
        Self { wire: None }
    }

    pub(super) fn lent(wire: Rc<RefCell<Option<Wire>>>) -> Self {
        Self { wire: Some(wire) }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(slot) = &self.wire else {
            return Poll::Ready(None);
        };
        match &mut *slot.borrow_mut() {
            Some(wire) => wire.poll_body(context),
            None => Poll::Ready(Some(Err(PayloadError::Incomplete(None)))),
        }
    }
}
