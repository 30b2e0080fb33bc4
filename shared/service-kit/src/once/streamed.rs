//! Keys of bodies that are too large to be read before the handler.
//!
//! The handler digests the content while it streams and begins the key when it has seen all of it. For any other body
//! the middleware has begun the key already, and this gives the handler that one.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use bytes::Bytes;
use contract::operations::Operation;
use dto::envelope::BUSINESS_ERROR_STATUS;
use platform::answer::{Answer, JSON};
use platform::error::Problem;
use platform::identity::Caller;

use super::{Once, OnceState, Started, abandon, begin, digest_of, keep_answer, key_of};

/// The idempotency of a request whose handler reads the body itself.
pub struct StreamedOnce(State);

enum State {
    /// No key, or one that the middleware has begun and will settle.
    Begun(Once),
    Open(Box<Open>),
}

struct Open {
    state: web::Data<OnceState>,
    caller: Caller,
    operation: &'static Operation,
    key: String,
    /// Path and query, which belong to the body of a request.
    target: [String; 2],
}

/// A key that a handler has begun and must settle.
pub struct Begun {
    pub once: Once,
    /// Where it is kept, if it is this handler's to settle.
    state: Option<web::Data<OnceState>>,
}

/// How a streamed request stands.
pub enum StreamStarted {
    Fresh(Begun),
    Replay(Answer),
}

impl StreamedOnce {
    /// Begins the key with the digest of the whole content, or says what became of it.
    pub async fn begin(self, content_digest: &str) -> Result<StreamStarted, Problem> {
        let open = match self.0 {
            State::Begun(once) => return Ok(StreamStarted::Fresh(Begun { once, state: None })),
            State::Open(open) => *open,
        };
        let [path, query] = &open.target;
        let digest = digest_of(&[path.as_bytes(), query.as_bytes(), content_digest.as_bytes()]);
        match begin(&open.state, &open.caller, open.operation, open.key, digest).await? {
            Started::Fresh(once) => Ok(StreamStarted::Fresh(Begun { once, state: Some(open.state) })),
            Started::Replay(answer) => Ok(StreamStarted::Replay(answer)),
        }
    }
}

impl Begun {
    /// Keeps what the handler came to: a refusal is put into its envelope here, so that a repeat gets the same bytes.
    pub async fn settle(self, outcome: Result<Answer, Problem>) -> Result<Answer, Problem> {
        let (Some(state), Some(held)) = (self.state, &self.once.0) else { return outcome };
        if held.is_completed() {
            return outcome;
        }
        let answer = match outcome {
            Ok(answer) => answer,
            Err(problem) if problem.code.status() == BUSINESS_ERROR_STATUS => {
                tracing::info!(code = problem.code.code(), cause = problem.chain(), "request refused");
                let body = serde_json::to_vec(&problem.envelope()).map_err(Problem::internal)?;
                Answer {
                    status: BUSINESS_ERROR_STATUS,
                    content_type: Some(JSON.to_owned()),
                    body: Bytes::from(body),
                }
            }
            Err(problem) => {
                abandon(&state, held.clone()).await;
                return Err(problem);
            }
        };
        keep_answer(&state, held.clone(), Some(answer.clone())).await?;
        Ok(answer)
    }
}

impl FromRequest for StreamedOnce {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(streamed(request))
    }
}

fn streamed(request: &HttpRequest) -> Result<StreamedOnce, Problem> {
    if let Some(once) = request.extensions().get::<Once>() {
        return Ok(StreamedOnce(State::Begun(once.clone())));
    }
    let operation = request.extensions().get::<&'static Operation>().copied();
    let Some(operation) = operation.filter(|operation| operation.idempotent_key) else {
        return Ok(StreamedOnce(State::Begun(Once::without_key())));
    };
    let Some(key) = key_of(request.headers())? else {
        return Ok(StreamedOnce(State::Begun(Once::without_key())));
    };
    let state = request
        .app_data::<web::Data<OnceState>>()
        .ok_or_else(|| Problem::internal("the application keeps no idempotency keys"))?
        .clone();
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_else(Caller::anonymous);
    let target = [request.path().to_owned(), request.query_string().to_owned()];
    Ok(StreamedOnce(State::Open(Box::new(Open { state, caller, operation, key, target }))))
}
