//! Calls through the gateway, as any other client makes them.

use std::fmt::{Display, Formatter};
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

use crate::failure::{Context as _, Failure};

const JSON: &str = "application/json";

/// Who calls too often is told when to come back, and so is who repeats a request that is still at work; this often it is believed.
const TRIES_WHEN_TOLD_TO_WAIT: u32 = 30;

pub struct GatewayClient {
    http: Client,
    base: String,
}

/// The gateway's or a service's no.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: String,
    pub message: String,
    /// JSON path and message of each bad field.
    pub rows: Vec<(String, String)>,
}

impl Refusal {
    /// The operation is declared but no service offers it yet.
    pub fn is_not_implemented(&self) -> bool {
        self.code == "NOT_IMPLEMENTED"
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.status, self.code, self.message)?;
        self.rows.iter().try_for_each(|(field, message)| write!(f, "\n  {field}: {message}"))
    }
}

#[derive(Debug)]
pub enum CallError {
    Refused(Refusal),
    /// No answer came, or one that can't be understood.
    Failed(Failure),
}

impl Display for CallError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Failed(failure) => failure.fmt(f),
        }
    }
}

impl From<Failure> for CallError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl GatewayClient {
    pub fn new(base: String) -> Result<Self, Failure> {
        let http = Client::builder()
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(120))
            .build()
            .context("the HTTP client can't be built")?;
        Ok(Self { http, base })
    }

    /// Sends one request; the answer is its envelope's payload.
    pub async fn send(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: &str,
    ) -> Result<Value, CallError> {
        self.ask(method, path, JSON, |request| request.body(body.to_owned()).bearer_auth(token)).await
    }

    /// Posts under an `Idempotency-Key`: sent again, it is answered as the first time.
    pub async fn post_once(
        &self,
        token: &str,
        path: &str,
        body: &str,
        key: &str,
    ) -> Result<Value, CallError> {
        self.post_bytes_once(token, path, (JSON, body.as_bytes()), key).await
    }

    /// As [`Self::post_once`], with content of another type.
    pub async fn post_bytes_once(
        &self,
        token: &str,
        path: &str,
        (content_type, body): (&str, &[u8]),
        key: &str,
    ) -> Result<Value, CallError> {
        let with_key = |request: RequestBuilder| {
            request.body(body.to_owned()).bearer_auth(token).header("idempotency-key", key)
        };
        self.ask(Method::POST, path, content_type, with_key).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        filled: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Value, CallError> {
        let url = format!("{}{path}", self.base);
        for _ in 0..TRIES_WHEN_TOLD_TO_WAIT {
            let answer = filled(self.http.request(method.clone(), &url))
                .header("content-type", content_type)
                .send()
                .await
                .map_err(|error| Failure::new(format!("{url}: {}", innermost(&error))))?;
            let status = answer.status();
            let seconds =
                answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
            let wait = Duration::from_secs(seconds.unwrap_or(1).clamp(1, 60));
            if status == StatusCode::TOO_MANY_REQUESTS {
                tokio::time::sleep(wait).await;
                continue;
            }
            let text =
                answer.text().await.map_err(|error| Failure::new(format!("{url}: {}", innermost(&error))))?;
            match judge(&url, status.as_u16(), &text) {
                // Whoever sent it before has died a moment ago.
                Err(CallError::Refused(refusal)) if refusal.code == "IDEMPOTENCY_KEY_IN_FLIGHT" => {
                    tokio::time::sleep(wait).await;
                }
                judged => return judged,
            }
        }
        Err(Failure::new(format!("{url}: told to wait {TRIES_WHEN_TOLD_TO_WAIT} times")).into())
    }
}

/// The envelope decides, not the status: the gateway may be set to answer a refusal with 200.
fn judge(url: &str, status: u16, text: &str) -> Result<Value, CallError> {
    if (status, text) == (200, "") {
        return Ok(Value::Null);
    }
    let envelope: Value = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        Err(_) => return Err(Failure::new(format!("{url}: HTTP {status} without an envelope")).into()),
    };
    let text_at =
        |value: &Value, name| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if envelope.get("error") == Some(&Value::Bool(false)) && status == 200 {
        return Ok(envelope.get("payload").cloned().unwrap_or_default());
    }
    let rows = envelope.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Err(CallError::Refused(Refusal {
        status,
        code: text_at(&envelope, "code"),
        message: text_at(&envelope, "message"),
        rows: rows.iter().map(|row| (text_at(row, "field"), text_at(row, "message"))).collect(),
    }))
}

/// reqwest's own text only says that sending failed; the reason lies below.
fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(status: u16, text: &str) -> Result<Value, CallError> {
        judge("http://gateway", status, text)
    }

    #[test]
    fn a_success_is_its_payload() {
        let payload = judged(200, r#"{"code":"0000","error":false,"payload":{"created":2}}"#).unwrap();
        assert_eq!(payload, json!({"created": 2}));
    }

    /// Operations that have nothing to say answer so.
    #[test]
    fn an_empty_answer_is_a_success_too() {
        assert_eq!(judged(200, "").unwrap(), Value::Null);
        assert!(matches!(judged(502, ""), Err(CallError::Failed(_))));
    }

    #[test]
    fn a_refusal_stays_one_whatever_status_the_edge_gives_it() {
        let text = r#"{"code":"VALIDATION","message":"확인해 주세요.","error":true,
                       "errors":[{"field":"orders[0].ordNo","message":"형식"}]}"#;
        for status in [200, 900] {
            match judged(status, text) {
                Err(CallError::Refused(refusal)) => {
                    assert_eq!(refusal.rows, [("orders[0].ordNo".to_owned(), "형식".to_owned())]);
                    assert_eq!(
                        refusal.to_string(),
                        format!("{status} VALIDATION 확인해 주세요.\n  orders[0].ordNo: 형식")
                    );
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn an_answer_of_somebody_else_is_a_failure() {
        assert!(matches!(judged(502, "<html>"), Err(CallError::Failed(_))));
    }
}
