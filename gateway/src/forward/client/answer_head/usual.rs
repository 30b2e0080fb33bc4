//! Heads as services usually send them, read without the codec.
//!
//! The codec takes about twice as many instructions for a head, much of it for tables of a hundred headers that it clears
//! each time. What can be read in one way only is read here; everything else (a coding, an announcement, an old version, a length said twice or in a way
//! of its own) is left to the codec, to be understood or refused there.

use std::mem::MaybeUninit;

use actix_http::StatusCode;
use actix_http::header::{HeaderMap, HeaderName, HeaderValue};
use bytes::{Buf as _, BytesMut};
use httparse::{Header, ParserConfig, Response, Status};

use super::{AnswerHead, Framing};

/// A head with more of them is not usual.
const MAX_HEADERS: usize = 32;
/// The minor version of HTTP/1.1.
const MINOR_VERSION: u8 = 1;

/// Takes the head out of what has arrived if all of it is there and of the usual kind.
pub(super) fn take(input: &mut BytesMut) -> Option<AnswerHead> {
    let mut slots = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut response = Response::new(&mut []);
    let parsed = ParserConfig::default().parse_response_with_uninit_headers(&mut response, input, &mut slots);
    let Ok(Status::Complete(head_bytes)) = parsed else { return None };
    let head = read(&response)?;
    input.advance(head_bytes);
    Some(head)
}

fn read(response: &Response<'_, '_>) -> Option<AnswerHead> {
    let status = StatusCode::from_u16(response.code?).ok()?;
    let may_have_body =
        !(status.is_informational() || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED));
    if response.version != Some(MINOR_VERSION) || !may_have_body {
        return None;
    }
    let mut headers = HeaderMap::with_capacity(response.headers.len());
    let (mut length, mut is_kept_alive) = (None, None);
    for Header { name, value } in response.headers.iter() {
        if name.eq_ignore_ascii_case("content-length") {
            say_once(&mut length, decimal(value)?)?;
        } else if name.eq_ignore_ascii_case("connection") {
            say_once(&mut is_kept_alive, keeps_alive(value)?)?;
        } else if name.eq_ignore_ascii_case("transfer-encoding") || name.eq_ignore_ascii_case("upgrade") {
            return None;
        } else {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            headers.append(name, HeaderValue::from_bytes(value).ok()?);
        }
    }
    Some(AnswerHead {
        status,
        headers,
        framing: Framing::Counted(length?),
        length,
        is_kept_alive: is_kept_alive.unwrap_or(true),
    })
}

fn say_once<T>(slot: &mut Option<T>, said: T) -> Option<()> {
    match slot.replace(said) {
        None => Some(()),
        Some(_) => None,
    }
}

/// A number of digits alone: `parse` would take a sign as well.
fn decimal(value: &[u8]) -> Option<u64> {
    if !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(value).ok()?.parse().ok()
}

/// Nothing else is usual: a list may name headers that end at this connection.
fn keeps_alive(value: &[u8]) -> Option<bool> {
    if value.eq_ignore_ascii_case(b"keep-alive") {
        Some(true)
    } else if value.eq_ignore_ascii_case(b"close") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
