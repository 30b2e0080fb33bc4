//! Idempotent answers: the same key and body give the first answer again, byte for byte (contract, section 1).
//!
//! A key is put down as in flight before the handler runs. The handler completes it in the very transaction of its
//! effect through [`Once::write`], so that a crash leaves either both or neither. What a handler answers without such
//! a transaction (a refusal, as a rule) is kept afterwards. Who holds a key renews it as long as the request goes on.

use std::fmt;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use aws_lc_rs::digest;
use contract::ResultCode;
use contract::operations::{Body, Operation};
use db::idempotency::{self, Begin, Scope, SentAnswer, StoredAnswer};
use db::{Db, DbConnection, DbError};
use dto::envelope::BUSINESS_ERROR_STATUS;
use platform::answer::Answer;
use platform::clock::Clock;
use platform::error::Problem;
use platform::extract::{body_limit, read_body};
use platform::identity::Caller;
use std::future::{Ready, ready};

use crate::error::{self, from_db};

mod held;
mod kept_body;
mod streamed;

pub(crate) use held::renew_regularly;
pub use held::{HeldKeys, LEASE};
pub use streamed::{Begun, StreamStarted, StreamedOnce};

use held::Held;
use kept_body::{AnswerBody, read_answer};

/// Request header with the caller's key.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// How many bytes an answer may have that is kept (contract, section 1).
const LARGEST_KEPT: usize = 256 << 10;

/// Where keys are kept.
#[derive(Clone)]
pub struct OnceState {
    pub db: Db,
    pub clock: Clock,
    /// Those of this process.
    pub held: HeldKeys,
}

/// The idempotency key of the request at hand, if it has one.
#[derive(Clone, Default)]
pub struct Once(Option<Arc<Held>>);

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Once").field(&self.identity()).finish()
    }
}

impl Once {
    /// For work that comes without a request.
    pub fn without_key() -> Self {
        Self(None)
    }

    /// Stands for caller, operation and key, if there is a key: for work that is accepted in one transaction and
    /// answered for later. Kept with what was accepted, it lets a repeat find that instead of doing it again.
    pub fn identity(&self) -> Option<&str> {
        self.0.as_ref().map(|held| held.identity.as_str())
    }

    /// For a transaction whose effect is answered for later: the last thing it does. Refuses when another request has
    /// taken the key over, and may have been answered otherwise.
    pub fn confirm(&self, conn: &mut DbConnection) -> Result<(), Problem> {
        let Some(held) = &self.0 else { return Ok(()) };
        let is_held = idempotency::confirm(conn, held.clock.now(), &held.ticket, LEASE)
            .map_err(|error| from_db(error.into()))?;
        if is_held { Ok(()) } else { Err(taken_over()) }
    }

    /// Runs one transaction and keeps its answer under the key, both or neither.
    pub async fn write<E, F>(&self, db: &Db, work: F) -> Result<Answer, E>
    where
        F: Fn(&mut DbConnection) -> Result<Answer, E> + Send + 'static,
        E: From<DbError> + From<Problem> + Send + 'static,
    {
        let once = self.clone();
        let answer = db
            .write(move |conn| {
                let answer = work(conn)?;
                once.complete(conn, &answer)?;
                Ok::<Answer, E>(answer)
            })
            .await?;
        if let Some(held) = &self.0 {
            held.conclude();
        }
        Ok(answer)
    }

    /// Keeps the answer inside the caller's own transaction; [`Once::write`] does this by itself.
    fn complete(&self, conn: &mut DbConnection, answer: &Answer) -> Result<(), Problem> {
        let Some(held) = &self.0 else { return Ok(()) };
        let is_held = idempotency::complete(conn, held.clock.now(), &held.ticket, to_keep(answer)?)
            .map_err(|error| from_db(error.into()))?;
        if is_held { Ok(()) } else { Err(taken_over()) }
    }
}

impl FromRequest for Once {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_default()))
    }
}

/// Middleware behind the gate: begins, replays and keeps.
pub async fn keep<B: MessageBody + 'static>(
    state: web::Data<OnceState>,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let operation = request.extensions().get::<&'static Operation>().copied();
    let Some(operation) = operation.filter(|operation| operation.idempotent_key) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let key = match key(&request) {
        Ok(Some(key)) => key,
        Ok(None) => return Ok(next.call(request).await?.map_into_boxed_body()),
        Err(problem) => return Ok(request.error_response(problem)),
    };
    if is_multipart(&request, operation) {
        // Its parts are digested while they stream; the handler begins the key itself.
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    match begin_with_body(&state, &mut request, operation, key).await {
        Ok(Started::Fresh(once)) => {
            request.extensions_mut().insert(once.clone());
            let response = next.call(request).await;
            settle(&state, &once, response).await
        }
        Ok(Started::Replay(answer)) => Ok(request.into_response(answer.into_response())),
        Err(problem) => Ok(request.error_response(problem)),
    }
}

/// Reads the body for its digest and puts it back for the handler.
async fn begin_with_body(
    state: &OnceState,
    request: &mut ServiceRequest,
    operation: &'static Operation,
    key: String,
) -> Result<Started, Problem> {
    let payload = request.take_payload();
    let body = read_body(request.request(), payload, body_limit(request.request())).await?;
    let digest = digest_of(&[request.path().as_bytes(), request.query_string().as_bytes(), &body]);
    request.set_payload(Payload::from(body));
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_else(Caller::anonymous);
    begin(state, &caller, operation, key, digest).await
}

/// How a key stands.
pub enum Started {
    Fresh(Once),
    Replay(Answer),
}

/// Puts a key down as in flight, or says what became of it.
pub async fn begin(
    state: &OnceState,
    caller: &Caller,
    operation: &'static Operation,
    key: String,
    body_digest: String,
) -> Result<Started, Problem> {
    let scope = Scope {
        caller: caller.scope(),
        subject: caller.subject.clone(),
        operation: operation.id,
        key,
        body_digest,
    };
    let identity = digest_of(&[scope.caller.as_bytes(), scope.operation.as_bytes(), scope.key.as_bytes()]);
    let now = state.clock.now();
    let begun = state
        .db
        .write(move |conn| idempotency::begin(conn, now, &scope, LEASE).map_err(DbError::from))
        .await
        .map_err(from_db)?;
    match begun {
        Begin::Fresh(ticket) => {
            Ok(Started::Fresh(Once(Some(state.held.hold(ticket, identity, state.clock.clone())))))
        }
        Begin::Replay(answer) => Ok(Started::Replay(restored(answer)?)),
        Begin::Reused => Err(Problem::new(ResultCode::IdempotencyKeyReused)),
        Begin::InFlight => Err(in_flight()),
    }
}

/// After the handler: keeps a 200 or 900 that no transaction has kept, frees the key after anything else.
pub async fn settle<B: MessageBody + 'static>(
    state: &OnceState,
    once: &Once,
    response: Result<ServiceResponse<B>, Error>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(held) = &once.0 else {
        return response.map(ServiceResponse::map_into_boxed_body);
    };
    let held = Arc::clone(held);
    let response = match response {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => {
            abandon(state, held).await;
            return Err(error);
        }
    };
    if held.is_completed() {
        return Ok(response);
    }
    let status = response.status().as_u16();
    if status != 200 && status != BUSINESS_ERROR_STATUS {
        abandon(state, held).await;
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let content_type =
        head.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (to_keep, body) = match read_answer(body).await? {
        AnswerBody::Small(body) => {
            (Some(Answer { status, content_type, body: body.clone() }), BoxBody::new(body))
        }
        AnswerBody::Large(body) => (None, body),
    };
    keep_answer(state, held, to_keep).await?;
    Ok(ServiceResponse::new(request, head.set_body(body)))
}

/// Keeps an answer that was made without a transaction of its own; of one too large to keep, that there was one.
async fn keep_answer(state: &OnceState, held: Arc<Held>, answer: Option<Answer>) -> Result<(), Problem> {
    let now = state.clock.now();
    let is_held = state
        .db
        .write(move |conn| {
            let answer = answer.as_ref().map(to_keep).transpose()?.flatten();
            Ok::<_, error::Error>(idempotency::complete(conn, now, &held.ticket, answer)?)
        })
        .await?;
    if is_held { Ok(()) } else { Err(taken_over()) }
}

async fn abandon(state: &OnceState, held: Arc<Held>) {
    let freed =
        state.db.write(move |conn| idempotency::abandon(conn, &held.ticket).map_err(DbError::from)).await;
    if let Err(error) = freed {
        tracing::warn!(%error, "an idempotency key stays in flight until its lease is over");
    }
}

fn in_flight() -> Problem {
    Problem::new(ResultCode::IdempotencyKeyInFlight).retry_after(1)
}

/// Another request took the key over because this one gave no sign of life for too long: nothing of this one may happen,
/// and only that one's answer counts.
fn taken_over() -> Problem {
    in_flight().caused_by("another request has taken the idempotency key over")
}

/// SHA-256 in hexadecimal over parts whose borders count.
pub fn digest_of(parts: &[&[u8]]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        context.update(&length.to_be_bytes());
        context.update(part);
    }
    hex::encode(context.finish())
}

/// The key of a request: 1 to 64 visible ASCII characters.
pub fn key(request: &ServiceRequest) -> Result<Option<String>, Problem> {
    key_of(request.headers())
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY);
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or("");
    let is_well_formed = (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && values.next().is_none();
    if is_well_formed {
        Ok(Some(text.to_owned()))
    } else {
        Err(Problem::new(ResultCode::Validation)
            .at(IDEMPOTENCY_KEY, "1자 이상 64자 이하의 ASCII 문자여야 합니다."))
    }
}

fn is_multipart(request: &ServiceRequest, operation: &Operation) -> bool {
    matches!(operation.body, Body::Multipart(_))
        && request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/"))
}

/// What is kept of an answer; nothing of a large one.
fn to_keep(answer: &Answer) -> Result<Option<SentAnswer<'_>>, Problem> {
    if answer.body.len() > LARGEST_KEPT {
        return Ok(None);
    }
    Ok(Some(SentAnswer {
        status: i32::from(answer.status),
        content_type: answer.content_type.as_deref().unwrap_or_default(),
        body: str::from_utf8(&answer.body).map_err(Problem::internal)?,
    }))
}

fn restored(answer: StoredAnswer) -> Result<Answer, Problem> {
    Ok(Answer {
        status: u16::try_from(answer.status).map_err(Problem::internal)?,
        content_type: Some(answer.content_type).filter(|value| !value.is_empty()),
        body: answer.body.into(),
    })
}
