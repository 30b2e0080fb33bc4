//! Heads that are read in two ways, or never end.

use super::{After, BAD, Case, SMUGGLED, case, get, post};

/// Line ends, folds and characters.
pub(super) fn lines() -> Vec<Case> {
    let with = |headers: &str| get(headers) + SMUGGLED;
    let mut cases: Vec<Case> = [
        ("a folded header", "X-A: a\r\n b\r\n"),
        ("a header folded with a tab", "X-A: a\r\n\tb\r\n"),
        ("a bare line feed in a header", "X-A: a\nX-B: b\r\n"),
        ("a bare carriage return in a header", "X-A: a\rb\r\n"),
        ("a bare carriage return and a name", "X-A: a\rX-Internal-Identity: forged\r\n"),
        ("a NUL in a value", "X-A: a\u{0}b\r\n"),
        ("a DEL in a value", "X-A: a\u{7f}b\r\n"),
        ("an escape in a value", "X-A: \u{1b}[2J\r\n"),
        ("a NUL in a name", "X-\u{0}A: a\r\n"),
        ("a space in a name", "X A: a\r\n"),
        ("a space before a colon", "X-A : a\r\n"),
        ("no colon", "X-A\r\n"),
        ("no name", ": a\r\n"),
        ("a name in brackets", "X(A): a\r\n"),
        ("a space after a name that matters", "X-Internal-Identity : forged\r\n"),
        ("a tab in a name", "X\tA: a\r\n"),
        ("a name that is a quoted string", "\"X-A\": a\r\n"),
        ("a name with a slash", "X/A: a\r\n"),
        ("a backspace in a value", "X-A: a\u{8}b\r\n"),
        ("a Korean name", "\u{c774}\u{b984}: a\r\n"),
        ("an identity behind a bad name", "X-A\u{b}: a\r\nX-Internal-Identity: forged\r\n"),
    ]
    .map(|(name, headers)| case(name, with(headers), BAD, After::Closed))
    .into();
    cases.extend([
        case(
            "bare line feeds only",
            "GET /v1/customerservice/getQuestionInit HTTP/1.1\nHost: x\n\n",
            BAD,
            After::Closed,
        ),
        case(
            "a bare line feed at the end",
            "GET /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\n",
            BAD,
            After::Closed,
        ),
        case("an empty header", get("X-A:\r\n"), &[200], After::Open),
        case("a tab in a value", get("X-A: a\tb\r\n"), &[200], After::Open),
        case("many empty lines first", format!("{}{}", "\r\n".repeat(500), get("")), &[200], After::Open),
        case("an empty line first", format!("\r\n\r\n{}", get("")), &[200], After::Open),
        case("a line feed first", format!("\n{}", get("")), BAD, After::Closed),
    ]);
    cases
}

pub(super) fn request_lines() -> Vec<Case> {
    [
        "get /v1/customerservice/getQuestionInit HTTP/1.1",
        " GET /v1/customerservice/getQuestionInit HTTP/1.1",
        "GET  /v1/customerservice/getQuestionInit HTTP/1.1",
        "GET\t/v1/customerservice/getQuestionInit HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit  HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit HTTP/1.1 ",
        "GET /v1/customerservice/getQuestionInit HTTP/1.2",
        "GET /v1/customerservice/getQuestionInit HTTP/2.0",
        "GET /v1/customerservice/getQuestionInit HTTP/0.9",
        "GET /v1/customerservice/getQuestionInit http/1.1",
        "GET /v1/customerservice/getQuestionInit HTTP/1.1x",
        "GET /v1/customerservice/getQuestionInit",
        "GET HTTP/1.1",
        "GET",
        "G\u{0}T /v1/customerservice/getQuestionInit HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit\u{0} HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit\u{7f} HTTP/1.1",
        "GET /v1/customerservice/get QuestionInit HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit?a=b c HTTP/1.1",
        "G(T /v1/customerservice/getQuestionInit HTTP/1.1",
        "PRI * HTTP/2.0",
        "GET /v1/customerservice/getQuestionInit HTTP/1.10",
        "GET /v1/customerservice/getQuestionInit HTTP/01.1",
        "GET /v1/customerservice/getQuestionInit HTTP/1,1",
        "GET /v1/customerservice/getQuestionInit HTTP/3.0",
        "GET /v1/customerservice/getQuestionInit ICAP/1.0",
        "GET /v1/customerservice/getQuestionInit#smuggled HTTP/1.1",
        "GET /v1/customerservice/getQuestionInit?a=b#smuggled HTTP/1.1",
        "GET # HTTP/1.1",
        "G\u{c9}T /v1/customerservice/getQuestionInit HTTP/1.1",
        "GET,POST /v1/customerservice/getQuestionInit HTTP/1.1",
    ]
    .map(|line| case(line, format!("{line}\r\nHost: x\r\n\r\n{SMUGGLED}"), BAD, After::Closed))
    .into()
}

pub(super) fn hosts() -> Vec<Case> {
    let with =
        |hosts: &str| format!("GET /v1/customerservice/getQuestionInit HTTP/1.1\r\n{hosts}\r\n{SMUGGLED}");
    [
        ("no host", ""),
        ("two hosts", "Host: x\r\nHost: y\r\n"),
        ("the same host twice", "Host: x\r\nHost: x\r\n"),
        ("a host with a user", "Host: a@x\r\n"),
        ("a host of two words", "Host: x y\r\n"),
        ("a host with a path", "Host: x/y\r\n"),
        ("a host with a bad port", "Host: x:y:z\r\n"),
        ("hosts that differ in the case of their names", "Host: x\r\nhOST: y\r\n"),
        ("a host with a query", "Host: x?y\r\n"),
        ("a host with a fragment", "Host: x#y\r\n"),
        ("a host with a scheme", "Host: http://x\r\n"),
        ("a host with a backslash", "Host: x\\y\r\n"),
        ("a host with a NUL", "Host: x\u{0}\r\n"),
        ("a host in brackets that don't close", "Host: [::1\r\n"),
        ("a host with a port over all bounds", "Host: x:99999\r\n"),
    ]
    .map(|(name, hosts)| case(name, with(hosts), BAD, After::Closed))
    .into()
}

pub(super) fn sizes() -> Vec<Case> {
    let few: String = (0..90).map(|number| format!("X-{number}: a\r\n")).collect();
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    vec![
        case("200 headers", get(&many), &[431], After::Closed),
        case("as many headers as are read", get(&few), &[200], After::Open),
        case("a large name", get(&format!("X{}: y\r\n", "x".repeat(40_000))), &[431], After::Closed),
        case(
            "a large query",
            format!("GET /v1/x?{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(40_000)),
            &[431],
            After::Closed,
        ),
        case("a large header", get(&format!("X: {}\r\n", "x".repeat(40_000))), &[431], After::Closed),
        case(
            "a header without an end",
            format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(200_000)),
            &[431],
            After::Closed,
        ),
        case(
            "headers without an end",
            format!("GET / HTTP/1.1\r\n{}", "X: y\r\n".repeat(20_000)),
            &[431],
            After::Closed,
        ),
        case(
            "a large target",
            format!("GET /v1/{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(40_000)),
            &[431],
            After::Closed,
        ),
        case("a method without an end", "X".repeat(100_000), &[431], After::Closed),
        case("nothing but capital letters and then silence", "GET / HT", &[408], After::Closed),
    ]
}

/// Requests that end before they are whole.
pub(super) fn ends() -> Vec<Case> {
    vec![
        case("half a request line", "GET /v1/cust", BAD, After::ClosedAfterEnd),
        case("half a head", "GET / HTTP/1.1\r\nHost: x\r\n", BAD, After::ClosedAfterEnd),
        case("half a body", post("Content-Length: 10\r\n", "{}"), BAD, After::ClosedAfterEnd),
        case("no body at all", post("Content-Length: 10\r\n", ""), BAD, After::ClosedAfterEnd),
        case("a body that does not come", post("Content-Length: 10\r\n", "{}"), &[408], After::Closed),
    ]
}
