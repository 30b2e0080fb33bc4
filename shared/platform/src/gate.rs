//! The door of a service: who may come in, decided once per operation from its declared rule.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, ResponseError as _, web};
use contract::ResultCode;
use contract::operations::{Access, Body, Operation};
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use tracing::Instrument as _;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::clock::Clock;
use crate::error::Problem;
use crate::health::{LIVE_PATH, READY_PATH};
use crate::identity::{Caller, INTERNAL_HEADER, InternalKeys, Origin};
use crate::metrics;
use crate::operations::{Found, Table, allow};
use crate::request_context::{REQUEST_ID_HEADER, RequestContext};

/// What the door needs to know.
pub struct Gate {
    pub service: &'static str,
    pub table: Table,
    pub keys: Arc<InternalKeys>,
    pub clock: Clock,
}

/// Outermost: gives the request its id and span, logs it once, and puts every failure into the envelope.
pub async fn request_scope<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let context = RequestContext::from_headers(&header_map(&request));
    let started = Instant::now();
    let is_health = is_health(request.path());
    let span = tracing::info_span!(
        "request",
        request.id = %context.request_id,
        operation = tracing::field::Empty,
        otel.kind = "server",
    );
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Headers(&request)));
    // Without an exporter there is no trace to join.
    let _ = span.set_parent(parent);
    let method = request.method().clone();
    request.extensions_mut().insert(context.clone());
    let request_id = context.request_id.clone();

    let response = context
        .scope(async move {
            let response = next.call(request).await?.map_into_boxed_body();
            log(&response, &method, started, is_health);
            Ok::<_, Error>(response)
        })
        .instrument(span)
        .await?;
    let mut response = in_the_envelope(response);
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(HeaderName::from_static(REQUEST_ID_HEADER), value);
    }
    Ok(response)
}

/// The door itself: the internal credential, the operation, its rule, its content type and its limit.
pub async fn check<B: MessageBody + 'static>(
    gate: web::Data<Gate>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_health(request.path()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let (operation, caller) = match admit(&gate, &request) {
        Ok(admitted) => admitted,
        Err(problem) => return Ok(request.error_response(problem)),
    };
    tracing::Span::current().record("operation", operation.id);
    request.extensions_mut().insert(operation);
    request.extensions_mut().insert(caller);
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn admit(gate: &Gate, request: &ServiceRequest) -> Result<(&'static Operation, Caller), Problem> {
    let token = request.headers().get(INTERNAL_HEADER).and_then(|value| value.to_str().ok());
    let caller = token.ok_or_else(|| Problem::new(ResultCode::Unauthorized)).and_then(|token| {
        gate.keys
            .verify(token, gate.service, gate.clock.now())
            .map_err(|error| Problem::new(ResultCode::Unauthorized).caused_by(error))
    })?;
    let operation = match gate.table.find(request.method().as_str(), request.path()) {
        Found::Operation(operation) => operation,
        Found::WrongMethod(methods) => {
            return Err(Problem {
                allow: Some(allow(&methods)),
                ..Problem::new(ResultCode::MethodNotAllowed)
            });
        }
        Found::UnknownPath => return Err(Problem::new(ResultCode::NotFound)),
    };
    if !is_allowed(operation, &caller) {
        return Err(Problem::new(ResultCode::Forbidden));
    }
    check_body(
        operation,
        request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()),
        request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok()),
        request.headers().contains_key(TRANSFER_ENCODING),
    )?;
    Ok((operation, caller))
}

/// The one decision about roles, made from the operation's declared rule. Which rows of a kind a caller may see is
/// decided where the row is known.
pub fn is_allowed(operation: &Operation, caller: &Caller) -> bool {
    match operation.access {
        Access::Public | Access::VendorKey => true,
        Access::Roles(_) => caller.roles.iter().any(|role| operation.access.allows(role)),
        Access::Internal => matches!(caller.origin, Origin::Service(_)),
    }
}

/// Refuses a body of a type or a declared length that the operation does not take.
pub fn check_body(
    operation: &Operation,
    content_type: Option<&str>,
    content_length: Option<u64>,
    is_chunked: bool,
) -> Result<(), Problem> {
    let has_body = is_chunked || content_length.is_some_and(|length| length > 0);
    if !has_body {
        return Ok(());
    }
    let essence = content_type.map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    if !essence.is_some_and(|essence| takes(operation.body, &essence)) {
        return Err(Problem::new(ResultCode::UnsupportedMediaType));
    }
    let is_too_large =
        |length| usize::try_from(length).map_or(true, |length| length > operation.body.limit());
    if content_length.is_some_and(is_too_large) {
        Err(Problem::new(ResultCode::BodyTooLarge))
    } else {
        Ok(())
    }
}

/// Whether an operation takes content of this type, given in small letters and without parameters.
pub fn takes(body: Body, content_type: &str) -> bool {
    const JSON: &str = "application/json";
    const XML: &str = "application/xml";
    const MULTIPART: &str = "multipart/form-data";
    const FORM: &str = "application/x-www-form-urlencoded";
    match body {
        Body::None => false,
        Body::Json(_) | Body::BulkJson(_) => content_type == JSON,
        Body::JsonOrXml(_) => [JSON, XML].contains(&content_type),
        Body::OptionalJsonOrForm(_) => [JSON, FORM].contains(&content_type),
        Body::Multipart(_) => [JSON, FORM, MULTIPART].contains(&content_type),
    }
}

fn is_health(path: &str) -> bool {
    path == LIVE_PATH || path == READY_PATH
}

fn log_cause(problem: &Problem) {
    if problem.code.status() >= 500 && problem.code.status() < 600 {
        tracing::error!(code = problem.code.code(), cause = problem.chain(), "request failed");
    } else if let Some(cause) = problem.chain() {
        tracing::info!(code = problem.code.code(), cause, "request refused");
    }
}

fn log(
    response: &ServiceResponse<BoxBody>,
    method: &actix_web::http::Method,
    started: Instant,
    is_health: bool,
) {
    let problem = response.response().error().and_then(|error| error.as_error::<Problem>());
    if let Some(problem) = problem {
        log_cause(problem);
    }
    let code = problem.map(|problem| problem.code.code());
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    if !is_health {
        let operation =
            response.request().extensions().get::<&'static Operation>().map(|operation| operation.id);
        metrics::get().answered(operation.unwrap_or(metrics::NO_OPERATION), status, started.elapsed());
    }
    if is_health {
        tracing::debug!(%method, status, duration_ms, "health answered");
    } else {
        tracing::info!(%method, status, code, duration_ms, "request answered");
    }
}

/// The framework's own refusals, which have no envelope yet, get one.
fn in_the_envelope(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status().as_u16();
    let has_json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/"));
    if status < 400 || has_json {
        return response;
    }
    let code = match status {
        401 => ResultCode::Unauthorized,
        403 => ResultCode::Forbidden,
        404 => ResultCode::NotFound,
        405 => ResultCode::MethodNotAllowed,
        408 => ResultCode::RequestTimeout,
        413 => ResultCode::BodyTooLarge,
        415 => ResultCode::UnsupportedMediaType,
        400..=499 => ResultCode::Validation,
        _ => ResultCode::InternalError,
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, Problem::new(code).error_response())
}

/// The few headers that travel, in the `http` crate's form.
fn header_map(request: &ServiceRequest) -> http::HeaderMap {
    let mut headers = http::HeaderMap::new();
    for name in [REQUEST_ID_HEADER, crate::request_context::TRACEPARENT_HEADER] {
        let value = request
            .headers()
            .get(name)
            .and_then(|value| http::HeaderValue::from_bytes(value.as_bytes()).ok());
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
    headers
}

struct Headers<'a>(&'a ServiceRequest);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.headers().get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.headers().keys().map(HeaderName::as_str).collect()
    }
}
