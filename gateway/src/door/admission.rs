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
use contract::operations::{Access, Method, Operation, Upstream};

use super::address::caller_address;
use super::auth::{Authenticator, Refusal, Verified};
use super::cors::Cors;
use super::identity::IdentitySigner;
use super::routes::{OwnPage, Route, RouteTable};
use crate::limits::{CallerKey, Counted, RateLimit, UsedUp};

const BEARER: &[u8] = b"Bearer";

/// Everything that has a say in who comes in.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) routes: RouteTable,
    pub(crate) authenticator: Authenticator,
    pub(crate) signer: IdentitySigner,
    pub(crate) rate_limit: RateLimit,
    pub(crate) cors: Cors,
    pub(crate) proxy_hops: usize,
}

/// What a request turned out to be.
#[derive(Debug)]
pub(crate) enum Admitted<'a> {
    OwnPage(OwnPage),
    Preflight(Vec<Method>),
    /// What the gateway answers itself.
    OwnOperation(&'static Operation, Arc<Verified>),
    Operation(Admission<'a>),
}

/// A request that may pass.
#[derive(Debug)]
pub(crate) struct Admission<'a> {
    pub(crate) operation: &'static Operation,
    /// The service that answers it.
    pub(crate) upstream: Upstream,
    /// Bare and normalised.
    pub(crate) path: Cow<'a, str>,
    pub(crate) caller: Arc<Verified>,
    pub(crate) content: Content,
}

/// Why a request may not pass.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAdmitted {
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
    #[error("too many bad tokens from one address")]
    TooManyFailedTokens(UsedUp),
    #[error("the operation doesn't take this type of content")]
    MediaType,
    #[error("the declared length is over the operation's limit")]
    DeclaredTooLarge,
    #[error("a connection has no address")]
    NoAddress,
}

/// What is known of a body before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    None,
    Declared(u64),
    Chunked,
}

pub(crate) async fn admit<'a>(
    door: &Door,
    head: &'a RequestHead,
    counted: &mut Counted,
) -> Result<Admitted<'a>, NotAdmitted> {
    let (operation, path) = match door.routes.find(head.method.as_str(), head.uri.path()) {
        Route::Operation { operation, path } => (operation, path),
        Route::OwnPage(page) => {
            if page.is_counted() {
                let address = address_key(door, head)?;
                door.rate_limit.count_caller(address, counted).map_err(NotAdmitted::TooManyRequests)?;
            }
            return Ok(Admitted::OwnPage(page));
        }
        Route::WrongMethod(methods) if door.cors.is_preflight(head) => {
            return Ok(Admitted::Preflight(methods));
        }
        Route::WrongMethod(methods) => return Err(NotAdmitted::WrongMethod(methods)),
        Route::UnknownPath => return Err(NotAdmitted::UnknownPath),
    };
    let caller = caller(door, head, operation, counted).await?;
    count(door, head, &caller, operation, counted)?;
    let content = content(head);
    check_content(operation, head, content)?;
    Ok(match operation.upstream {
        Some(upstream) => Admitted::Operation(Admission { operation, upstream, path, caller, content }),
        None => Admitted::OwnOperation(operation, caller),
    })
}

async fn caller(
    door: &Door,
    head: &RequestHead,
    operation: &Operation,
    counted: &mut Counted,
) -> Result<Arc<Verified>, NotAdmitted> {
    let anonymous = || Arc::clone(&door.signer.anonymous);
    let token = match operation.access {
        // The header carries the vendor's own key here, which is the service's to judge.
        Access::VendorKey => return Ok(anonymous()),
        Access::Public | Access::Roles(_) | Access::Internal => bearer_token(head),
    };
    let caller = match token {
        Ok(None) if operation.access == Access::Public => anonymous(),
        Ok(None) => return Err(NotAdmitted::Unauthenticated(Refusal::None)),
        Ok(Some(token)) => match door.authenticator.remembered(token) {
            Some(verified) => verified,
            None => judge(door, head, Ok(token), counted).await?,
        },
        Err(refusal) => judge(door, head, Err(refusal), counted).await?,
    };
    if platform::gate::is_allowed(operation, &caller.caller) {
        Ok(caller)
    } else {
        Err(NotAdmitted::Forbidden)
    }
}

/// Judges a token nobody remembers, unless too many from its address were bad.
async fn judge(
    door: &Door,
    head: &RequestHead,
    token: Result<&str, Refusal>,
    counted: &mut Counted,
) -> Result<Arc<Verified>, NotAdmitted> {
    let address = address_key(door, head)?;
    door.rate_limit.check_failed_tokens(address, counted).map_err(NotAdmitted::TooManyFailedTokens)?;
    let result = match token {
        Ok(token) => door.authenticator.authenticate(token).await,
        Err(refusal) => Err(refusal),
    };
    result.map_err(|refusal| {
        door.rate_limit.count_failed_token(address);
        NotAdmitted::Unauthenticated(refusal)
    })
}

fn address_key(door: &Door, head: &RequestHead) -> Result<CallerKey, NotAdmitted> {
    caller_address(head, door.proxy_hops).map(CallerKey::of_address).ok_or(NotAdmitted::NoAddress)
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
    // Between scheme and token stand spaces, as many as one likes, and no tabs (RFC 9110, 11.4); what stood around both was
    // taken away with the field's own white space. Whether the rest is a token at all is seen when it is judged.
    let (scheme, rest) = value.as_bytes().split_at_checked(BEARER.len()).ok_or(Refusal::NotBearer)?;
    if !scheme.eq_ignore_ascii_case(BEARER) || !rest.starts_with(b" ") {
        return Err(Refusal::NotBearer);
    }
    let rest = std::str::from_utf8(rest).map_err(|_| Refusal::NotBase64Url)?;
    Ok(Some(rest.trim_start_matches(' ')))
}

fn count(
    door: &Door,
    head: &RequestHead,
    caller: &Arc<Verified>,
    operation: &Operation,
    counted: &mut Counted,
) -> Result<(), NotAdmitted> {
    let key = if Arc::ptr_eq(caller, &door.signer.anonymous) {
        address_key(door, head)?
    } else {
        CallerKey::Token(caller.rate_key)
    };
    door.rate_limit.count(key, operation, counted).map_err(NotAdmitted::TooManyRequests)
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

fn check_content(operation: &Operation, head: &RequestHead, content: Content) -> Result<(), NotAdmitted> {
    if content == Content::None {
        return Ok(());
    }
    let is_plain = !head.headers.contains_key(CONTENT_ENCODING)
        || only(head, CONTENT_ENCODING).is_some_and(|coding| coding.eq_ignore_ascii_case("identity"));
    let essence = only(head, CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase());
    if !is_plain || !essence.is_some_and(|essence| platform::gate::takes(operation.body, &essence)) {
        return Err(NotAdmitted::MediaType);
    }
    match content {
        Content::Declared(bytes)
            if usize::try_from(bytes).map_or(true, |bytes| bytes > operation.body.limit()) =>
        {
            Err(NotAdmitted::DeclaredTooLarge)
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
