//! A failed answer: one envelope for every kind of failure.

use std::error::Error as StdError;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use contract::ResultCode;
use dto::envelope::{Envelope, FieldError, MOST_FIELD_ERRORS};
use serde_json::Value;

use crate::clock::Clock;

/// An error and its causes, outermost first.
pub fn chain(error: &(dyn StdError + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Why an operation was refused or failed, in the words its caller gets.
///
/// `message` and `errors` go outside; `source` is for the log alone.
#[derive(Debug)]
pub struct Problem {
    pub code: ResultCode,
    /// Stands in for the code's own Korean text.
    pub message: Option<String>,
    pub errors: Vec<FieldError>,
    pub payload: Option<Box<Value>>,
    pub retry_after_seconds: Option<u32>,
    /// Methods the path does take, for 405.
    pub allow: Option<String>,
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Problem {
    pub fn new(code: ResultCode) -> Self {
        Self {
            code,
            message: None,
            errors: Vec::new(),
            payload: None,
            retry_after_seconds: None,
            allow: None,
            source: None,
        }
    }

    /// A `VALIDATION` refusal with one row per bad field, 50 at most.
    pub fn validation(mut errors: Vec<FieldError>) -> Self {
        errors.truncate(MOST_FIELD_ERRORS);
        Self { errors, ..Self::new(ResultCode::Validation) }
    }

    /// A failure of ours. The cause is logged, never answered.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(ResultCode::InternalError).caused_by(source)
    }

    /// Adds a row for a field, by its JSON path.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        if self.errors.len() < MOST_FIELD_ERRORS {
            self.errors.push(FieldError { field: field.into(), message: message.into() });
        }
        self
    }

    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    #[must_use]
    pub fn with_payload(mut self, payload: Value) -> Self {
        self.payload = Some(Box::new(payload));
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The envelope this problem is answered with.
    pub fn envelope(&self) -> Envelope<Value> {
        let message = self.message.clone().unwrap_or_else(|| self.code.message().to_owned());
        let (errors, payload) = (self.errors.clone(), self.payload.as_deref().cloned());
        Envelope::failure(Clock::system().now(), self.code.code(), message, errors, payload)
    }

    /// The causes, outermost first, for the log.
    pub fn chain(&self) -> Option<String> {
        StdError::source(self).map(chain)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.code())?;
        for (index, row) in self.errors.iter().enumerate() {
            write!(f, "{} `{}`", if index == 0 { " at" } else { "," }, row.field)?;
        }
        Ok(())
    }
}

impl StdError for Problem {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.source.as_deref()?;
        Some(source)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if let Some(methods) = &self.allow {
            response.insert_header((ALLOW, methods.as_str()));
        }
        response.json(self.envelope())
    }
}
