//! A successful answer, as the bytes that go out and can be kept.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, Responder};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dto::envelope::Envelope;
use serde::Serialize;

use crate::error::Problem;

pub const JSON: &str = "application/json";

/// Status, type and bytes of an answer. Each operation says which of the three shapes of the contract it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// `None` where there is no body.
    pub content_type: Option<String>,
    pub body: Bytes,
}

impl Answer {
    /// 200 with the DTO itself.
    pub fn bare<T: Serialize>(value: &T) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self { status: 200, content_type: Some(JSON.to_owned()), body: body.into() })
    }

    /// 200 with the DTO as payload of an envelope.
    pub fn envelope<T: Serialize>(now: DateTime<Utc>, payload: T) -> Result<Self, Problem> {
        Self::bare(&Envelope::success(now, payload))
    }

    /// 200 without a body.
    pub fn empty() -> Self {
        Self { status: 200, content_type: None, body: Bytes::new() }
    }

    pub fn into_response(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.insert_header((CACHE_CONTROL, "no-store"));
        if let Some(content_type) = self.content_type {
            response.insert_header((CONTENT_TYPE, content_type));
        }
        response.body(self.body)
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _request: &HttpRequest) -> HttpResponse {
        self.into_response()
    }
}
