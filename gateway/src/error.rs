//! Everything the gateway itself refuses or fails at, each in the envelope.

use actix_web::HttpResponse;
use actix_web::ResponseError as _;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use contract::ResultCode;
use platform::error::{Problem, chain};
use platform::operations::allow;

use crate::door::NotAdmitted;
use crate::wire::connection::HeadFault;
use crate::wire::{BodyFault, NotForwarded, UpstreamError};

/// When to try again a service that can't be reached: a restarted one is back by then.
const RETRY_UNAVAILABLE_S: u32 = 2;
/// When to try again after too much came at once.
const RETRY_OVERLOADED_S: u32 = 1;

/// What went wrong. Each room says so in its own words; here they become one answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Head(HeadFault),
    #[error("one address has too much open at once")]
    TooManyAtOnce,
    #[error(transparent)]
    NotAdmitted(#[from] NotAdmitted),
    #[error(transparent)]
    NotForwarded(#[from] NotForwarded),
}

impl Fault {
    fn code(&self) -> ResultCode {
        match self {
            Self::Head(HeadFault::Malformed(_)) => ResultCode::MalformedRequest,
            Self::Head(HeadFault::TooLarge) => ResultCode::HeadersTooLarge,
            Self::Head(HeadFault::TooSlow) => ResultCode::RequestTimeout,
            Self::TooManyAtOnce => ResultCode::TooManyRequests,
            Self::NotAdmitted(reason) => match reason {
                NotAdmitted::UnknownPath => ResultCode::NotFound,
                NotAdmitted::WrongMethod(_) => ResultCode::MethodNotAllowed,
                NotAdmitted::Unauthenticated(_) => ResultCode::Unauthorized,
                NotAdmitted::Forbidden => ResultCode::Forbidden,
                NotAdmitted::TooManyRequests(_) | NotAdmitted::TooManyFailedTokens(_) => {
                    ResultCode::TooManyRequests
                }
                NotAdmitted::MediaType => ResultCode::UnsupportedMediaType,
                NotAdmitted::DeclaredTooLarge => ResultCode::BodyTooLarge,
                NotAdmitted::NoAddress => ResultCode::InternalError,
            },
            Self::NotForwarded(reason) => match reason {
                NotForwarded::Body(BodyFault::Unreadable(_)) => ResultCode::MalformedRequest,
                NotForwarded::Body(BodyFault::TooSlow) => ResultCode::RequestTimeout,
                NotForwarded::Body(BodyFault::TooLarge(_)) => ResultCode::BodyTooLarge,
                NotForwarded::Overloaded { .. }
                | NotForwarded::Body(BodyFault::NoMemory)
                | NotForwarded::Upstream { source: UpstreamError::Unreachable(_), .. } => {
                    ResultCode::ServiceUnavailable
                }
                NotForwarded::Upstream {
                    source: UpstreamError::ConnectTimeout(_) | UpstreamError::TooSlow,
                    ..
                } => ResultCode::UpstreamTimeout,
                // Where the caller's body broke off, that is what is answered; this one is not heard.
                NotForwarded::Upstream { .. } | NotForwarded::IdentityRefused { .. } => {
                    ResultCode::UpstreamError
                }
                NotForwarded::PumpLost => ResultCode::InternalError,
            },
        }
    }

    /// The answer; the reason goes to the log, once, and not to the caller.
    pub(crate) fn into_response(self, request_id: &str) -> HttpResponse {
        let code = self.code();
        let reason = chain(&self);
        if let Self::NotAdmitted(NotAdmitted::Unauthenticated(refusal)) = &self {
            platform::metrics::get().token_refused(refusal.label());
        }
        let is_overload = matches!(
            self,
            Self::NotForwarded(NotForwarded::Overloaded { .. } | NotForwarded::Body(BodyFault::NoMemory))
        );
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
        if let Self::NotAdmitted(NotAdmitted::WrongMethod(methods)) = &self {
            problem.allow = Some(allow(methods));
        }
        if let Self::NotAdmitted(
            NotAdmitted::TooManyRequests(used_up) | NotAdmitted::TooManyFailedTokens(used_up),
        ) = self
        {
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
