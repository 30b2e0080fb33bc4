//! The envelope most operations answer in, and every failure does.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// The HTTP status of a business or validation error, as the seed defines it.
/// Only the gateway may turn it into another one, at the edge.
pub const BUSINESS_ERROR_STATUS: u16 = 900;

/// Rows an envelope has at most, however much is wrong with a request.
pub const MOST_FIELD_ERRORS: usize = 50;

/// The code of every success.
pub const SUCCESS_CODE: &str = "0000";
const SUCCESS_MESSAGE: &str = "정상 처리되었습니다.";

/// 응답: the seed's `Response`. A missing payload is written as null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema), schemars(rename = "Response"))]
#[serde(rename_all = "camelCase")]
pub struct Envelope<T> {
    pub timestamp: KstDateTime,
    pub code: Cow<'static, str>,
    pub message: Cow<'static, str>,
    pub is_process: bool,
    pub payload: Option<T>,
    pub error: bool,
    pub errors: Vec<FieldError>,
}

/// 항목 오류: one bad field, named by its JSON path (`claimGoodsList[0].claimQty`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema), schemars(rename = "ValidationError"))]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl<T> Envelope<T> {
    /// A success; `()` as the payload is written as null.
    pub fn success(now: DateTime<Utc>, payload: T) -> Self {
        Self {
            timestamp: KstDateTime(now),
            code: Cow::Borrowed(SUCCESS_CODE),
            message: Cow::Borrowed(SUCCESS_MESSAGE),
            is_process: true,
            payload: Some(payload),
            error: false,
            errors: Vec::new(),
        }
    }

    /// A failure: its code, and a Korean message meant for a person. The payload is what the caller needs to go on, as
    /// `AMOUNT_CHANGED` carries the new cost.
    pub fn failure(
        now: DateTime<Utc>,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        errors: Vec<FieldError>,
        payload: Option<T>,
    ) -> Self {
        Self {
            timestamp: KstDateTime(now),
            code: Cow::Borrowed(code),
            message: message.into(),
            is_process: false,
            payload,
            error: true,
            errors,
        }
    }
}

#[cfg(test)]
mod tests;
