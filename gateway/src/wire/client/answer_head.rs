//! The head of a service's answer, and with it where the body ends.

use actix_http::error::ParseError;
use actix_http::h1::{ClientCodec, ClientPayloadCodec, MessageType};
use actix_http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_http::{ConnectionType, ResponseHead, ServiceConfig, StatusCode, Version};
use bytes::BytesMut;
use tokio_util::codec::Decoder as _;

use super::UpstreamError;

/// It may be so large.
const MAX_HEAD_BYTES: usize = 64 * 1024;

pub(super) struct AnswerHead {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) framing: Framing,
    /// Bytes of the body, where the service says so.
    pub(super) length: Option<u64>,
    pub(super) is_kept_alive: bool,
}

/// How a body says where it ends.
pub(super) enum Framing {
    /// After so many more bytes.
    Counted(u64),
    Chunked(ClientPayloadCodec),
    UntilClosed,
}

impl AnswerHead {
    /// Takes a head out of what has arrived, or None when more of it has to come.
    pub(super) fn take(input: &mut BytesMut, config: &ServiceConfig) -> Result<Option<Self>, UpstreamError> {
        while !input.is_empty() {
            let mut codec = ClientCodec::new(config.clone());
            match codec.decode(input) {
                // Nobody asked for another protocol.
                Ok(Some(head)) if head.status == StatusCode::SWITCHING_PROTOCOLS => {
                    return Err(UpstreamError::Ambiguous("it changes the protocol"));
                }
                // Announcements before the answer have no body.
                Ok(Some(head)) if head.status.is_informational() => match codec.message_type() {
                    MessageType::None => {}
                    MessageType::Payload | MessageType::Stream => {
                        return Err(UpstreamError::Ambiguous("it has a body before its head"));
                    }
                },
                Ok(Some(head)) => return Self::with_framing(head, codec).map(Some),
                Ok(None) if input.len() <= MAX_HEAD_BYTES => return Ok(None),
                Ok(None) => return Err(UpstreamError::Garbled(ParseError::TooLarge)),
                Err(error) => return Err(UpstreamError::Garbled(error)),
            }
        }
        Ok(None)
    }

    fn with_framing(mut head: ResponseHead, codec: ClientCodec) -> Result<Self, UpstreamError> {
        // The codec has refused lengths and codings that are malformed or there twice.
        let declared =
            head.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let is_coded = head.headers.contains_key(TRANSFER_ENCODING);
        if is_coded && (head.version != Version::HTTP_11 || head.headers.contains_key(CONTENT_LENGTH)) {
            return Err(UpstreamError::Ambiguous("its length is said twice"));
        }
        let has_none = matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let framing = match (declared, codec.message_type()) {
            _ if has_none => Framing::Counted(0),
            (Some(0), _) => Framing::Counted(0),
            (None, _) if !is_coded => Framing::UntilClosed,
            (Some(length), MessageType::Payload) => Framing::Counted(length),
            (None, MessageType::Payload) => Framing::Chunked(codec.into_payload_codec()),
            // A coding that is none, or the offer of another protocol.
            (_, MessageType::None | MessageType::Stream) => {
                return Err(UpstreamError::Ambiguous("its length is said in a way nobody knows"));
            }
        };
        let length = if let Framing::Counted(length) = framing { Some(length) } else { None };
        Ok(Self {
            status: head.status,
            is_kept_alive: head.connection_type() == ConnectionType::KeepAlive,
            headers: std::mem::take(&mut head.headers),
            framing,
            length,
        })
    }
}
