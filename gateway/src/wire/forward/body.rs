//! Bodies on their way up and down: small ones whole, large ones piece by piece through bounded buffers.

mod answer;
mod request;

pub(super) use self::answer::answer_body;
pub(crate) use self::request::{BodyFault, Piece, StreamedBody};
pub(super) use self::request::{PumpEnd, RequestBody};

/// Bodies up to this size are collected before they are passed on.
pub(crate) const SMALL_BODY_BYTES: usize = 64 * 1024;
