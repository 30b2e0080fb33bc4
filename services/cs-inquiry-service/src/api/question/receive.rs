//! Reads a request that comes as multipart, as a form, as JSON, or in the query alone. What the body says outdoes the
//! query.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use dto::inquiry::{CcnNoRequest, QuestionRequest};
use dto::operations::JSON_LIMIT;
use platform::error::Problem;
use platform::extract::{json_from_slice, pairs, read_body};
use platform::form::Form;

use super::multipart::{Part, read_parts};
use crate::usecase::app_state::AppState;
use crate::usecase::store_files::NamedFile;

/// A request with its files, and what is wrong with them.
pub(crate) struct Received {
    pub(crate) request: QuestionRequest,
    pub(crate) files: Vec<NamedFile>,
    /// Holds the rows of bad files already.
    pub(crate) form: Form,
    /// Of the content of a multipart body; another body was digested before.
    pub(crate) digest: String,
}

pub(crate) async fn receive(
    app: &AppState,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Received, Problem> {
    let mut received = Received {
        request: QuestionRequest::default(),
        files: Vec::new(),
        form: Form::new(),
        digest: String::new(),
    };
    for (name, value) in query(request)? {
        received.request.set(&name, value);
    }
    match content_type(request) {
        ContentType::Multipart => {
            let parts = read_parts(app, request, payload).await?;
            received.digest = parts.digest;
            for part in parts.parts {
                match part {
                    Part::Text { name, value } => received.request.set(&name, value),
                    Part::File(file) => received.files.push(file),
                    Part::Refused { field, hint } => received.form.reject(field, hint),
                }
            }
        }
        ContentType::Json => {
            let body = read_body(payload, JSON_LIMIT).await?;
            // Without a body the query has said it all.
            if !body.is_empty() {
                let weaker = std::mem::take(&mut received.request);
                received.request = json_from_slice::<QuestionRequest>(&body)?.or(weaker);
            }
        }
        ContentType::Other => {
            let body = read_body(payload, JSON_LIMIT).await?;
            for (name, value) in pairs(&body)? {
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
    let body = read_body(payload, JSON_LIMIT).await?;
    let in_body = match content_type(request) {
        ContentType::Json if !body.is_empty() => json_from_slice::<CcnNoRequest>(&body)?.ccn_no,
        _ => last_of(pairs(&body)?),
    };
    Ok(in_body.or(last_of(query(request)?)))
}

fn last_of(pairs: Vec<(String, String)>) -> Option<String> {
    pairs.into_iter().rfind(|(name, _)| name == "ccnNo").map(|(_, value)| value)
}

fn query(request: &HttpRequest) -> Result<Vec<(String, String)>, Problem> {
    pairs(request.query_string().as_bytes())
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
