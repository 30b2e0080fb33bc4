//! Rows cut into requests that the gateway takes.

use serde_json::Value;

use crate::failure::{Context as _, Failure};

use super::Part;

/// The contract takes 500 orders at once; the same measure serves the other parts.
const ROWS: usize = 500;
/// Just under the 16 MiB that these operations take.
const BYTES: usize = 15 * 1024 * 1024;

pub(super) struct Request {
    pub path: String,
    pub body: String,
    /// The number of its first row in the document.
    pub first: usize,
}

pub(super) fn requests(part: Part, rows: &[Value]) -> Result<Vec<Request>, Failure> {
    match part {
        Part::Goods => lists("/v1/goods/goods", part, rows),
        Part::Policies => {
            rows.iter().enumerate().map(|(first, policy)| policy_of_a_site(first, policy)).collect()
        }
        Part::Coupons => lists("/v1/marketing/coupons", part, rows),
        Part::Orders => lists("/v1/order/orders", part, rows),
        Part::Claims => lists("/v1/claim/claims", part, rows),
    }
}

fn lists(path: &str, part: Part, rows: &[Value]) -> Result<Vec<Request>, Failure> {
    let mut requests: Vec<Request> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut bytes = 0_usize;
    let close = |texts: &mut Vec<String>, first| Request {
        path: path.to_owned(),
        body: format!("{{\"{}\":[{}]}}", part.name(), std::mem::take(texts).join(",")),
        first,
    };
    let mut first = 0;
    for (index, row) in rows.iter().enumerate() {
        let text = serde_json::to_string(row).context(part.name())?;
        if !texts.is_empty() && (texts.len() == ROWS || bytes.saturating_add(text.len()) > BYTES) {
            requests.push(close(&mut texts, first));
            (first, bytes) = (index, 0);
        }
        bytes = bytes.saturating_add(text.len()).saturating_add(1);
        texts.push(text);
    }
    if !texts.is_empty() {
        requests.push(close(&mut texts, first));
    }
    Ok(requests)
}

/// A policy's site stands in the path, not in the body.
fn policy_of_a_site(first: usize, policy: &Value) -> Result<Request, Failure> {
    let mut policy = policy.clone();
    let site_no = policy.as_object_mut().and_then(|fields| fields.remove("siteNo"));
    let site_no = match &site_no {
        Some(Value::String(site_no)) if is_plain(site_no) => site_no.as_str(),
        _ => {
            return Err(Failure::new(format!("policies[{first}].siteNo is no site number")));
        }
    };
    Ok(Request {
        path: format!("/v1/marketing/accumulationPolicies/{site_no}"),
        body: policy.to_string(),
        first,
    })
}

fn is_plain(number: &str) -> bool {
    !number.is_empty()
        && number.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_request_carries_more_than_five_hundred_rows() {
        let rows: Vec<Value> = (0..1_201).map(|number| json!({ "ordNo": number })).collect();
        let requests = requests(Part::Orders, &rows).unwrap();
        assert_eq!(requests.iter().map(|request| request.first).collect::<Vec<_>>(), [0, 500, 1000]);
        let last: Value = serde_json::from_str(&requests[2].body).unwrap();
        assert_eq!(last["orders"].as_array().unwrap().len(), 201);
        assert_eq!(last["orders"][0]["ordNo"], 1000);
    }

    #[test]
    fn no_request_grows_over_the_limit() {
        let rows = vec![Value::String("x".repeat(6 * 1024 * 1024)); 5];
        let requests = requests(Part::Goods, &rows).unwrap();
        assert_eq!(requests.iter().map(|request| request.first).collect::<Vec<_>>(), [0, 2, 4]);
        assert!(requests.iter().all(|request| request.body.len() < 16 * 1024 * 1024));
    }

    #[test]
    fn a_policy_goes_to_its_site() {
        let requests = requests(Part::Policies, &[json!({"siteNo": "1", "grades": []})]).unwrap();
        assert_eq!(requests[0].path, "/v1/marketing/accumulationPolicies/1");
        assert_eq!(requests[0].body, r#"{"grades":[]}"#);
        assert!(super::requests(Part::Policies, &[json!({"siteNo": "../x"})]).is_err());
    }
}
