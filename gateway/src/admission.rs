//! Whether a request may pass, decided in one fixed order before anything of its body is read.
//!
//! Path, method, token, role, rate, content type, declared length: the first that is wrong is the one that is answered,
//! so that nobody learns from a later check what an earlier one should have kept.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::dev::RequestHead;
use actix_web::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use dto::operations::{Access, Method, Operation};

use crate::app::Shared;
use crate::auth::{Refusal, Verified};
use crate::error::Fault;
use crate::forward::caller_address;
use crate::rate_limit::{CallerKey, Counted};
use crate::route_table::{OwnPage, Route};

const BEARER: &[u8] = b"Bearer ";

/// What a request turned out to be.
#[derive(Debug)]
pub(crate) enum Admitted<'a> {
    OwnPage(OwnPage),
    Preflight(Vec<Method>),
    Operation(Admission<'a>),
}

/// A request that may pass.
#[derive(Debug)]
pub(crate) struct Admission<'a> {
    pub(crate) operation: &'static Operation,
    /// Bare and normalised.
    pub(crate) path: Cow<'a, str>,
    pub(crate) caller: Arc<Verified>,
    pub(crate) content: Content,
}

/// What is known of a body before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    None,
    Declared(u64),
    Chunked,
}

pub(crate) async fn admit<'a>(
    shared: &Shared,
    head: &'a RequestHead,
    counted: &mut Counted,
) -> Result<Admitted<'a>, Fault> {
    let (operation, path) = match shared.routes.find(head.method.as_str(), head.uri.path()) {
        Route::Operation { operation, path } => (operation, path),
        Route::OwnPage(page) => {
            if page.is_counted() {
                let address = address_key(shared, head)?;
                shared.rate_limit.count_caller(address, counted).map_err(Fault::TooManyRequests)?;
            }
            return Ok(Admitted::OwnPage(page));
        }
        Route::WrongMethod(methods) if shared.cors.is_preflight(head) => {
            return Ok(Admitted::Preflight(methods));
        }
        Route::WrongMethod(methods) => return Err(Fault::WrongMethod(methods)),
        Route::UnknownPath => return Err(Fault::UnknownPath),
    };
    let caller = caller(shared, head, operation, counted).await?;
    count(shared, head, &caller, operation, counted)?;
    let content = content(head);
    check_content(operation, head, content)?;
    Ok(Admitted::Operation(Admission { operation, path, caller, content }))
}

async fn caller(
    shared: &Shared,
    head: &RequestHead,
    operation: &Operation,
    counted: &mut Counted,
) -> Result<Arc<Verified>, Fault> {
    let anonymous = || Arc::clone(&shared.signer.anonymous);
    let token = match operation.access {
        // The header carries the vendor's own key here, which is the service's to judge.
        Access::VendorKey => return Ok(anonymous()),
        Access::Public | Access::Roles(_) | Access::Internal => bearer_token(head),
    };
    let caller = match token {
        Ok(None) if operation.access == Access::Public => anonymous(),
        Ok(None) => return Err(Fault::Unauthenticated(Refusal::None)),
        Ok(Some(token)) => match shared.authenticator.remembered(token) {
            Some(verified) => verified,
            None => judge(shared, head, Ok(token), counted).await?,
        },
        Err(refusal) => judge(shared, head, Err(refusal), counted).await?,
    };
    if platform::gate::is_allowed(operation, &caller.caller) { Ok(caller) } else { Err(Fault::Forbidden) }
}

/// Judges a token nobody remembers, unless too many from its address were bad.
async fn judge(
    shared: &Shared,
    head: &RequestHead,
    token: Result<&str, Refusal>,
    counted: &mut Counted,
) -> Result<Arc<Verified>, Fault> {
    let address = address_key(shared, head)?;
    shared.rate_limit.check_failed_tokens(address, counted).map_err(Fault::TooManyFailedTokens)?;
    let result = match token {
        Ok(token) => shared.authenticator.authenticate(token).await,
        Err(refusal) => Err(refusal),
    };
    result.map_err(|refusal| {
        shared.rate_limit.count_failed_token(address);
        Fault::Unauthenticated(refusal)
    })
}

fn address_key(shared: &Shared, head: &RequestHead) -> Result<CallerKey, Fault> {
    caller_address(head, shared.proxy_hops)
        .map(CallerKey::of_address)
        .ok_or(Fault::Internal("a connection has no address"))
}

/// The one bearer token of a request, or None where there is no `Authorization` at all.
fn bearer_token(head: &RequestHead) -> Result<Option<&str>, Refusal> {
    let mut values = head.headers.get_all(AUTHORIZATION);
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Refusal::SeveralHeaders);
    }
    // Whether the rest is a token at all is seen when it is judged.
    let (scheme, token) = value.as_bytes().split_at_checked(BEARER.len()).ok_or(Refusal::NotBearer)?;
    if !scheme.eq_ignore_ascii_case(BEARER) {
        return Err(Refusal::NotBearer);
    }
    std::str::from_utf8(token).map(Some).map_err(|_| Refusal::NotBase64Url)
}

fn count(
    shared: &Shared,
    head: &RequestHead,
    caller: &Arc<Verified>,
    operation: &Operation,
    counted: &mut Counted,
) -> Result<(), Fault> {
    let key = if Arc::ptr_eq(caller, &shared.signer.anonymous) {
        address_key(shared, head)?
    } else {
        CallerKey::Token(caller.rate_key)
    };
    shared.rate_limit.count(key, operation, counted).map_err(Fault::TooManyRequests)
}

/// The codec has refused contradicting and malformed lengths before.
fn content(head: &RequestHead) -> Content {
    if head.headers.contains_key(TRANSFER_ENCODING) {
        return Content::Chunked;
    }
    match only(head, CONTENT_LENGTH).and_then(|value| value.parse().ok()) {
        None | Some(0) => Content::None,
        Some(bytes) => Content::Declared(bytes),
    }
}

fn check_content(operation: &Operation, head: &RequestHead, content: Content) -> Result<(), Fault> {
    if content == Content::None {
        return Ok(());
    }
    let is_plain = !head.headers.contains_key(CONTENT_ENCODING)
        || only(head, CONTENT_ENCODING).is_some_and(|coding| coding.eq_ignore_ascii_case("identity"));
    let essence = only(head, CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase());
    if !is_plain || !essence.is_some_and(|essence| platform::gate::takes(operation.body, &essence)) {
        return Err(Fault::MediaType);
    }
    match content {
        Content::Declared(bytes)
            if usize::try_from(bytes).map_or(true, |bytes| bytes > operation.body_limit) =>
        {
            Err(Fault::DeclaredTooLarge)
        }
        Content::Declared(_) | Content::Chunked | Content::None => Ok(()),
    }
}

/// The value of a header that is there exactly once.
fn only(head: &RequestHead, name: HeaderName) -> Option<&str> {
    let mut values = head.headers.get_all(name);
    let value = values.next()?;
    if values.next().is_some() { None } else { HeaderValue::to_str(value).ok() }
}
