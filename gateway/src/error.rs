//! Everything the gateway itself refuses or fails at, each in the envelope.

use std::error::Error as StdError;

use actix_web::HttpResponse;
use actix_web::ResponseError as _;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use dto::operations::Method;
use dto::result_code::ResultCode;
use platform::error::Problem;
use platform::operations::allow;

use crate::auth::Refusal;
use crate::connection::HeadFault;
use crate::forward::{BodyFault, UpstreamError};
use crate::rate_limit::UsedUp;

/// When to try again a service that can't be reached: a restarted one is back by then.
const RETRY_UNAVAILABLE_S: u32 = 2;
/// When to try again after too much came at once.
const RETRY_OVERLOADED_S: u32 = 1;

/// What went wrong, and by that whose fault it is: the caller's, an upstream's, or the gateway's own.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Head(HeadFault),
    #[error("no such path")]
    UnknownPath,
    #[error("wrong method")]
    WrongMethod(Vec<Method>),
    #[error("not authenticated")]
    Unauthenticated(#[source] Refusal),
    #[error("the caller's roles don't allow the operation")]
    Forbidden,
    #[error("too many requests of one caller")]
    TooManyRequests(UsedUp),
    #[error("one address has too much open at once")]
    TooManyAtOnce,
    #[error("too many bad tokens from one address")]
    TooManyFailedTokens(UsedUp),
    #[error("{service} or the whole house has all it can do")]
    Overloaded { service: &'static str },
    #[error("the operation doesn't take this type of content")]
    MediaType,
    #[error("the declared length is over the operation's limit")]
    DeclaredTooLarge,
    #[error("the body was not received")]
    Body(#[source] BodyFault),
    #[error("{service} failed")]
    Upstream { service: &'static str, source: UpstreamError },
    /// The service does not believe the gateway: their secrets differ, or their clocks.
    #[error("{service} refused the gateway's own identity")]
    IdentityRefused { service: &'static str },
    #[error("{0}")]
    Internal(&'static str),
}

impl Fault {
    fn code(&self) -> ResultCode {
        match self {
            Self::Head(HeadFault::Malformed(_)) | Self::Body(BodyFault::Unreadable(_)) => {
                ResultCode::MalformedRequest
            }
            Self::Head(HeadFault::TooLarge) => ResultCode::HeadersTooLarge,
            Self::Head(HeadFault::TooSlow) | Self::Body(BodyFault::TooSlow) => ResultCode::RequestTimeout,
            Self::UnknownPath => ResultCode::NotFound,
            Self::WrongMethod(_) => ResultCode::MethodNotAllowed,
            Self::Unauthenticated(_) => ResultCode::Unauthorized,
            Self::Forbidden => ResultCode::Forbidden,
            Self::TooManyRequests(_) | Self::TooManyFailedTokens(_) | Self::TooManyAtOnce => {
                ResultCode::TooManyRequests
            }
            Self::Overloaded { .. } | Self::Body(BodyFault::NoMemory) => ResultCode::ServiceUnavailable,
            Self::MediaType => ResultCode::UnsupportedMediaType,
            Self::DeclaredTooLarge | Self::Body(BodyFault::TooLarge(_)) => ResultCode::BodyTooLarge,
            Self::Upstream { source: UpstreamError::Unreachable(_), .. } => ResultCode::ServiceUnavailable,
            Self::Upstream { source: UpstreamError::ConnectTimeout(_) | UpstreamError::TooSlow, .. } => {
                ResultCode::UpstreamTimeout
            }
            // Where the caller's body broke off, that is what is answered; this one is not heard.
            Self::Upstream { .. } | Self::IdentityRefused { .. } => ResultCode::UpstreamError,
            Self::Internal(_) => ResultCode::InternalError,
        }
    }

    /// The answer; the reason goes to the log, once, and not to the caller.
    pub(crate) fn into_response(self, request_id: &str) -> HttpResponse {
        let code = self.code();
        let reason = chain(&self);
        if let Self::Unauthenticated(refusal) = &self {
            platform::metrics::get().token_refused(refusal.label());
        }
        let is_overload = matches!(self, Self::Overloaded { .. } | Self::Body(BodyFault::NoMemory));
        // Who is overloaded has better things to do than to write an error for each it can't serve.
        if matches!(code.status(), 500..=599) && !is_overload {
            tracing::error!(request.id = request_id, code = code.code(), reason, "request failed");
        } else {
            tracing::info!(request.id = request_id, code = code.code(), reason, "request refused");
        }
        let mut problem = Problem::new(code);
        if matches!(self, Self::TooManyAtOnce) {
            problem = problem.retry_after(RETRY_OVERLOADED_S);
        }
        if let Self::WrongMethod(methods) = &self {
            problem.allow = Some(allow(methods));
        }
        if let Self::TooManyRequests(used_up) | Self::TooManyFailedTokens(used_up) = self {
            problem = problem.retry_after(used_up.retry_after_s);
        }
        if code == ResultCode::ServiceUnavailable {
            problem = problem.retry_after(if is_overload { RETRY_OVERLOADED_S } else { RETRY_UNAVAILABLE_S });
        }
        let mut response = problem.error_response();
        if code == ResultCode::Unauthorized {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// An error and its causes, outermost first.
pub fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
