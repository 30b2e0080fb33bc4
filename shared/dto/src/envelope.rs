//! The envelope most operations answer in, and every failure does.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;
use crate::result_code::ResultCode;

/// The HTTP status of a business or validation error, as the seed defines it.
/// Only the gateway may turn it into another one, at the edge.
pub const BUSINESS_ERROR_STATUS: u16 = 900;

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

    /// A failure with something the caller can use, as `AMOUNT_CHANGED` carries the new cost.
    pub fn failure_with_payload(
        now: DateTime<Utc>,
        code: ResultCode,
        message: impl Into<Cow<'static, str>>,
        errors: Vec<FieldError>,
        payload: Option<T>,
    ) -> Self {
        Self {
            timestamp: KstDateTime(now),
            code: Cow::Borrowed(code.code()),
            message: message.into(),
            is_process: false,
            payload,
            error: true,
            errors,
        }
    }
}

impl Envelope<()> {
    /// A failure; the message is Korean and meant for a person, `code.message()` where nothing better is known.
    pub fn failure(
        now: DateTime<Utc>,
        code: ResultCode,
        message: impl Into<Cow<'static, str>>,
        errors: Vec<FieldError>,
    ) -> Self {
        Self::failure_with_payload(now, code, message, errors, None)
    }
}

#[cfg(test)]
mod tests;
