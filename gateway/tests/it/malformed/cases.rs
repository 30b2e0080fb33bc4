//! The table of bad requests.

mod bodies;
mod heads;
mod others;
mod targets;

/// A request that is good by itself. Behind a malformed one it must never be seen.
pub(super) const SMUGGLED: &str =
    "GET /v1/customerservice/getQuestionInit?smuggled=1 HTTP/1.1\r\nHost: x\r\n\r\n";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// The connection serves the next request.
    Open,
    Closed,
    /// The client ends its side first.
    ClosedAfterEnd,
}

pub(super) struct Case {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) statuses: &'static [u16],
    pub(super) after: After,
    pub(super) is_head: bool,
}

fn case(name: &str, bytes: impl Into<Vec<u8>>, statuses: &'static [u16], after: After) -> Case {
    Case { name: name.to_owned(), bytes: bytes.into(), statuses, after, is_head: false }
}

const BAD: &[u16] = &[400];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(bodies::lengths());
    cases.extend(bodies::codings());
    cases.extend(bodies::chunks());
    cases.extend(heads::lines());
    cases.extend(heads::request_lines());
    cases.extend(heads::hosts());
    cases.extend(heads::sizes());
    cases.extend(heads::ends());
    cases.extend(targets::targets());
    cases.extend(others::other_protocols());
    cases.extend(others::hops());
    cases
}

/// A POST with these headers and this body, a smuggled request behind it.
fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /v1/detail/otherItms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n{body}"
    )
}

fn get(headers: &str) -> String {
    format!("GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
}
