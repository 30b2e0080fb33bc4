//! `make load`: a document of goods, policies, coupons, orders and claims, sent through the gateway.

mod batch;
mod document;

use std::path::Path;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::Value;

use crate::failure::{Context as _, Failure};
use crate::gateway_client::{CallError, GatewayClient, Refusal};
use crate::keys::Keys;
use crate::last_database;
use crate::settings::Settings;
use crate::token::LocalIssuer;

pub use self::document::{Document, Part};

/// Sends a file and says in one line what became of it.
pub(crate) async fn run(settings: &Settings, file: &Path, now: DateTime<Utc>) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).context(file.display())?;
    let document = Document::parse(&text).context(file.display())?;
    if !settings.keys_dir().is_dir() {
        return Err(Failure::new(format!(
            "{} holds no keys: start the stack first, or name its DATA_DIR",
            settings.data_dir.display()
        )));
    }
    last_database::refuse_another(settings)?;
    let issuer = LocalIssuer::open(&Keys::open_or_make(&settings.keys_dir())?)?;
    let sender = Sender {
        gateway: GatewayClient::new(settings.gateway_url())?,
        token: issuer.service_token("local-stack", now)?,
    };
    let mut summary = Vec::new();
    for part in Part::ALL {
        if let Some(rows) = document.rows(part) {
            let counts = sender.send(part, rows).await.map_err(|error| {
                let before = if summary.is_empty() {
                    String::new()
                } else {
                    format!(" (before it: {})", summary.join(", "))
                };
                Failure::new(format!("{} refused{before}: {error}", part.name()))
            })?;
            summary.push(counts.to_string());
        }
    }
    Ok(format!("loaded {}", if summary.is_empty() { "nothing".to_owned() } else { summary.join(", ") }))
}

/// Sends the rows of a document, in as many requests as they need.
pub(crate) struct Sender {
    pub gateway: GatewayClient,
    pub token: String,
}

/// What a service said about the rows it took.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    part: &'static str,
    rows: usize,
    said: Vec<(String, i64)>,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.part, self.rows)?;
        let said: Vec<String> = self.said.iter().map(|(name, count)| format!("{name} {count}")).collect();
        if said.is_empty() { Ok(()) } else { write!(f, " ({})", said.join(", ")) }
    }
}

impl Sender {
    pub(crate) async fn send(&self, part: Part, rows: &[Value]) -> Result<Counts, CallError> {
        let mut counts = Counts { part: part.name(), rows: rows.len(), said: Vec::new() };
        for batch in batch::requests(part, rows)? {
            let method = if part.is_put() { Method::PUT } else { Method::POST };
            let payload = match self.gateway.send(&self.token, method, &batch.path, &batch.body).await {
                Ok(payload) => payload,
                Err(CallError::Refused(refusal)) => {
                    return Err(CallError::Refused(in_document(refusal, part, batch.first)));
                }
                Err(failed) => return Err(failed),
            };
            counts.add(&payload);
        }
        Ok(counts)
    }
}

impl Counts {
    fn add(&mut self, payload: &Value) {
        for (name, count) in payload.as_object().into_iter().flatten() {
            let Some(count) = count.as_i64() else { continue };
            match self.said.iter_mut().find(|(known, _)| known == name) {
                Some((_, sum)) => *sum = sum.saturating_add(count),
                None => self.said.push((name.clone(), count)),
            }
        }
    }
}

/// Field paths name the row of the document, not of the request that happened to carry it.
fn in_document(mut refusal: Refusal, part: Part, first: usize) -> Refusal {
    for (field, _) in &mut refusal.rows {
        let moved = match part {
            Part::Policies => Some(format!("policies[{first}].{field}")),
            _ => field.strip_prefix(part.name()).and_then(|rest| rest.strip_prefix('[')).and_then(|rest| {
                let (index, rest) = rest.split_once(']')?;
                let index = index.parse::<usize>().ok()?.checked_add(first)?;
                Some(format!("{}[{index}]{rest}", part.name()))
            }),
        };
        if let Some(moved) = moved {
            *field = moved;
        }
    }
    refusal
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_of_several_requests_add_up() {
        let mut counts = Counts { part: "orders", rows: 700, said: Vec::new() };
        counts.add(&json!({"created": 500, "unchanged": 0}));
        counts.add(&json!({"created": 199, "unchanged": 1}));
        assert_eq!(counts.to_string(), "orders 700 (created 699, unchanged 1)");
    }

    #[test]
    fn a_refusal_names_the_row_of_the_document() {
        let refusal = |field: &str| Refusal {
            status: 900,
            code: "VALIDATION".into(),
            message: String::new(),
            rows: vec![(field.to_owned(), String::new())],
        };
        let field = |part, at: &str| in_document(refusal(at), part, 500).rows.remove(0).0;
        assert_eq!(field(Part::Orders, "orders[3].payList[0].payAmt"), "orders[503].payList[0].payAmt");
        assert_eq!(field(Part::Orders, "orders"), "orders");
        assert_eq!(field(Part::Policies, "base.accmRate"), "policies[500].base.accmRate");
    }
}
