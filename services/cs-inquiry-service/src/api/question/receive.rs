//! Reads a request that comes as multipart, as a form, as JSON, or in the query alone. What the body says outdoes the
//! query.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use contract::ResultCode;
use contract::operations::JSON_LIMIT;
use dto::inquiry::{CcnNoRequest, QuestionRequest, base_name};
use platform::error::Problem;
use platform::extract::{BODY, json_from_slice, pairs, read_body};
use platform::form::Form;

use super::multipart::{Holding, read_parts};
use crate::state::AppState;
use crate::usecase::store_files::NamedFile;

/// Fields of a query or a form, each as often as it comes.
const MOST_PAIRS: usize = 1_000;

/// A request with its files, and what is wrong with them.
pub(crate) struct Received {
    pub(crate) request: QuestionRequest,
    pub(crate) files: Vec<NamedFile>,
    /// Holds the rows of bad files already.
    pub(crate) form: Form,
    /// Of the content of a multipart body; another body was digested before.
    pub(crate) digest: String,
    /// Of a multipart body: kept as long as what it stands for.
    pub(super) holding: Option<Holding>,
}

pub(crate) async fn receive(
    state: &AppState,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Received, Problem> {
    let mut received = Received {
        request: QuestionRequest::default(),
        files: Vec::new(),
        form: Form::new(),
        digest: String::new(),
        holding: None,
    };
    for (name, value) in query(request)? {
        received.request.set(&name, value);
    }
    match content_type(request) {
        ContentType::Multipart => {
            read_parts(state, request, payload, &mut received).await?;
        }
        ContentType::Json => {
            let body = read_body(request, payload, JSON_LIMIT).await?;
            // Without a body the query has said it all.
            if !body.is_empty() {
                let weaker = std::mem::take(&mut received.request);
                let (stronger, form) = json_from_slice::<QuestionRequest>(&body)?.open();
                received.request = stronger.or(weaker);
                received.form = form;
            }
        }
        ContentType::Other => {
            let body = read_body(request, payload, JSON_LIMIT).await?;
            for (name, value) in some_pairs(&body)? {
                received.request.set(&name, value);
            }
        }
    }
    Ok(received)
}

/// The `ccnNo` of a body or the query.
pub(crate) async fn receive_number(
    request: &HttpRequest,
    payload: Payload,
) -> Result<Option<String>, Problem> {
    let body = read_body(request, payload, JSON_LIMIT).await?;
    let in_body = match content_type(request) {
        ContentType::Json if !body.is_empty() => json_from_slice::<CcnNoRequest>(&body)?.checked()?.ccn_no,
        _ => last_of(some_pairs(&body)?),
    };
    Ok(in_body.or(last_of(query(request)?)))
}

fn last_of(pairs: Vec<(String, String)>) -> Option<String> {
    pairs.into_iter().rfind(|(name, _)| name == "ccnNo").map(|(_, value)| value)
}

fn query(request: &HttpRequest) -> Result<Vec<(String, String)>, Problem> {
    some_pairs(request.query_string().as_bytes())
}

/// The pairs of a query or a form, if there are no more than any inquiry has use for.
fn some_pairs(text: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let beyond = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).nth(MOST_PAIRS);
    if let Some(beyond) = beyond {
        let name = pairs(beyond)?.pop().map(|(name, _)| name).filter(|name| QuestionRequest::knows(name));
        let field = name.as_deref().map_or(BODY, base_name);
        return Err(Problem::new(ResultCode::Validation).at(field, "항목이 너무 많습니다."));
    }
    pairs(text)
}

enum ContentType {
    Multipart,
    Json,
    /// A form, or nothing: the gate lets nothing else through.
    Other,
}

fn content_type(request: &HttpRequest) -> ContentType {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    match value.split(';').next().unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "multipart/form-data" => ContentType::Multipart,
        "application/json" => ContentType::Json,
        _ => ContentType::Other,
    }
}
