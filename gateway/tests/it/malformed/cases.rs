//! The table of bad requests.

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
    cases.extend(lengths());
    cases.extend(codings());
    cases.extend(chunks());
    cases.extend(lines());
    cases.extend(request_lines());
    cases.extend(targets());
    cases.extend(hosts());
    cases.extend(sizes());
    cases.extend(ends());
    cases.extend(other_protocols());
    cases.extend(hops());
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

/// Bodies that end at two places, by their length.
fn lengths() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("length and chunked", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
        ("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
        ("length nought and chunked", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"),
        ("the same length twice", "Content-Length: 5\r\nContent-Length: 5\r\n"),
        ("two lengths", "Content-Length: 5\r\nContent-Length: 0\r\n"),
        ("a list of lengths", "Content-Length: 5, 5\r\n"),
        ("a length with a plus", "Content-Length: +5\r\n"),
        ("a negative length", "Content-Length: -1\r\n"),
        ("a hexadecimal length", "Content-Length: 0x5\r\n"),
        ("a length with a fraction", "Content-Length: 5.0\r\n"),
        ("a length of two words", "Content-Length: 5 0\r\n"),
        ("an empty length", "Content-Length: \r\n"),
        ("a length that is no number", "Content-Length: five\r\n"),
        ("a length over all bounds", "Content-Length: 184467440737095516160\r\n"),
        ("a space before the colon of a length", "Content-Length : 5\r\n"),
        ("a length in other digits", "Content-Length: \u{ff15}\r\n"),
    ]
    .map(|(name, headers)| case(name, post(headers, &format!("0\r\n\r\n{SMUGGLED}")), BAD, After::Closed))
    .into();
    cases.push(case(
        "a length as large as there is",
        post("Content-Length: 18446744073709551615\r\n", SMUGGLED),
        &[413],
        After::Closed,
    ));
    cases.push(case(
        "a body where none belongs",
        get(&format!("Content-Length: {}\r\n", SMUGGLED.len())) + SMUGGLED,
        &[415],
        After::Open,
    ));
    cases.push(case(
        "a request in the body of a refused one",
        format!(
            "POST /v1/member/getOrdTotAmt HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{SMUGGLED}",
            SMUGGLED.len()
        ),
        &[401],
        After::Open,
    ));
    cases.push(case(
        "a refused request whose body is still to come",
        "POST /v1/member/getOrdTotAmt HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: 5000\r\n\r\n{",
        &[401],
        After::Closed,
    ));
    cases
}

/// Transfer codings that one server takes for chunked and another doesn't.
fn codings() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: 'chunked'\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: ,chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: \r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\u{b}chunked\r\n",
        "Transfer-Encoding: chunked\u{0}\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "X: y\rTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunk\r\n",
    ]
    .map(|headers| case(headers, post(headers, &format!("0\r\n\r\n{SMUGGLED}")), BAD, After::Closed))
    .into();
    cases.push(case(
        "chunked in capitals",
        post("TRANSFER-ENCODING: CHUNKED\r\n", "2\r\n{}\r\n0\r\n\r\n"),
        &[200],
        After::Open,
    ));
    cases.push(case(
        "a coding with an underscore is none",
        post("Transfer_Encoding: chunked\r\nContent-Length: 2\r\n", "{}"),
        &[200],
        After::Open,
    ));
    cases.push(case(
        "a coding in HTTP/1.0",
        format!(
            "POST /v1/detail/otherItms HTTP/1.0\r\nContent-Type: application/json\r\n\
             Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}"
        ),
        BAD,
        After::Closed,
    ));
    cases
}

fn chunks() -> Vec<Case> {
    let chunked = |body: &str| post("Transfer-Encoding: chunked\r\n", body);
    let mut cases: Vec<Case> = [
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2\r\n{}\n0\r\n\r\n",
        "2\r\n{}X\r\n0\r\n\r\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "2;a\u{0}\r\n{}\r\n0\r\n\r\n",
        "10000000000000002\r\n{}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\n\r\n",
    ]
    .map(|body| case(&format!("chunks {body:?}"), chunked(&format!("{body}{SMUGGLED}")), BAD, After::Closed))
    .into();
    cases.extend([
        case("a chunk extension", chunked("2;name=\"value\"\r\n{}\r\n0\r\n\r\n"), &[200], After::Open),
        case(
            "an extension bomb",
            chunked(&format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "x".repeat(200_000))),
            BAD,
            After::Closed,
        ),
        case(
            "a trailer that says who calls",
            chunked("2\r\n{}\r\n0\r\nX-Internal-Identity: forged\r\nContent-Length: 90\r\n\r\n"),
            &[200],
            After::Open,
        ),
        case(
            "a trailer bomb",
            chunked(&format!("2\r\n{{}}\r\n0\r\nX: {}\r\n\r\n", "x".repeat(200_000))),
            BAD,
            After::Closed,
        ),
        // Everything up to an empty line is a trailer, whatever it looks like, and nothing of a trailer is used.
        case(
            "a line feed among the trailers",
            chunked(&format!("2\r\n{{}}\r\n0\r\n\n{SMUGGLED}")),
            &[200],
            After::Open,
        ),
        case("a chunk larger than all", chunked("ffffffffffffffff\r\n{}"), &[408], After::Closed),
        case("chunks that end too early", chunked("5\r\n{}"), BAD, After::ClosedAfterEnd),
        case("chunks without a last one", chunked("2\r\n{}\r\n"), BAD, After::ClosedAfterEnd),
    ]);
    cases
}

/// Line ends, folds and characters.
fn lines() -> Vec<Case> {
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
        case("an empty line first", format!("\r\n\r\n{}", get("")), &[200], After::Open),
        case("a line feed first", format!("\n{}", get("")), BAD, After::Closed),
    ]);
    cases
}

fn request_lines() -> Vec<Case> {
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
    ]
    .map(|line| case(line, format!("{line}\r\nHost: x\r\n\r\n{SMUGGLED}"), BAD, After::Closed))
    .into()
}

/// Paths that mean another one to somebody else.
fn targets() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        "/v1/x/../customerservice/getQuestionInit",
        "/v1/./customerservice/getQuestionInit",
        "/v1/%2e%2e/v1/customerservice/getQuestionInit",
        "/v1/.%2E/v1/customerservice/getQuestionInit",
        "/v1/customerservice/getQuestionInit/..",
        "/v1/customerservice%2fgetQuestionInit",
        "/v1/customerservice%2FgetQuestionInit",
        "/v1/customerservice%5cgetQuestionInit",
        "/v1/customerservice%252fgetQuestionInit",
        "/v1/%252e%252e/customerservice/getQuestionInit",
        "//v1/customerservice/getQuestionInit",
        "/v1//customerservice/getQuestionInit",
        "/v1/customerservice/getQuestionInit/",
        "/v1/customerservice/getQuestionInit;a=b",
        "/v1/customerservice/getQuestionInit%00",
        "/v1/customerservice/getQuestionInit%0d%0aX-Internal-Identity:forged",
        "/v1/customerservice/getQuestionInit%",
        "/v1/customerservice/getQuestionInit%zz",
        "/internal/orders/20230808O007404",
        "/v1/..%2finternal/orders/20230808O007404",
        "/api/order/internal/orders/20230808O007404",
    ]
    .map(|path| case(path, format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), &[404], After::Open))
    .into();
    let line = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n{SMUGGLED}");
    cases.extend([
        case(
            "an absolute target",
            "GET http://x/v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n",
            &[200],
            After::Open,
        ),
        case(
            "an absolute target elsewhere",
            line("http://evil/v1/customerservice/getQuestionInit"),
            BAD,
            After::Closed,
        ),
        case(
            "an absolute target with a user",
            line("http://a@x/v1/customerservice/getQuestionInit"),
            BAD,
            After::Closed,
        ),
        case("an absolute target of another kind", line("file:///etc/passwd"), &[400, 404], After::Closed),
        case("a host as a target", line("x:80"), BAD, After::Closed),
        case("a relative target", line("v1/customerservice/getQuestionInit"), BAD, After::Closed),
        case("a query as a target", line("?a=b"), BAD, After::Closed),
    ]);
    cases
}

fn hosts() -> Vec<Case> {
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
    ]
    .map(|(name, hosts)| case(name, with(hosts), BAD, After::Closed))
    .into()
}

fn sizes() -> Vec<Case> {
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    vec![
        case("200 headers", get(&many), &[431], After::Closed),
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
fn ends() -> Vec<Case> {
    vec![
        case("half a request line", "GET /v1/cust", BAD, After::ClosedAfterEnd),
        case("half a head", "GET / HTTP/1.1\r\nHost: x\r\n", BAD, After::ClosedAfterEnd),
        case("half a body", post("Content-Length: 10\r\n", "{}"), BAD, After::ClosedAfterEnd),
        case("no body at all", post("Content-Length: 10\r\n", ""), BAD, After::ClosedAfterEnd),
        case("a body that does not come", post("Content-Length: 10\r\n", "{}"), &[408], After::Closed),
    ]
}

fn other_protocols() -> Vec<Case> {
    let mut cases = vec![
        case("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), BAD, After::Closed),
        case("SSH", "SSH-2.0-OpenSSH_9.2\r\n", BAD, After::ClosedAfterEnd),
        case("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BAD, After::Closed),
        case("a PROXY line", format!("PROXY TCP4 6.6.6.6 6.6.6.6 1 2\r\n{SMUGGLED}"), BAD, After::Closed),
        case(
            "an upgrade to HTTP/2",
            get(
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n",
            ),
            &[200],
            After::Closed,
        ),
        case(
            "an upgrade to a socket",
            get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n") + SMUGGLED,
            &[200],
            After::Closed,
        ),
        case(
            "an upgrade with a body",
            post(&format!("Upgrade: websocket\r\nContent-Length: {}\r\n", SMUGGLED.len()), SMUGGLED),
            BAD,
            After::Closed,
        ),
        case(
            "a tunnel",
            format!("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n{SMUGGLED}"),
            &[400, 404],
            After::Closed,
        ),
        case(
            "a trace",
            "TRACE /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n",
            &[405],
            After::Open,
        ),
        case(
            "a method nobody knows",
            "FROBNICATE /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n",
            &[405],
            After::Open,
        ),
        case("options of everything", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", &[404], After::Open),
        case("an expectation of something else", get("Expect: 200-ok\r\n"), &[200], After::Open),
    ];
    let mut head = case(
        "a head that may have no body",
        "HEAD /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        &[405],
        After::Closed,
    );
    head.is_head = true;
    cases.push(head);
    cases
}

/// Headers that would take others with them, or say what only the gateway may say.
fn hops() -> Vec<Case> {
    [
        "X-Internal-Identity: forged\r\n",
        "X-Internal-Identity: forged\r\nConnection: x-internal-identity\r\n",
        "Connection: x-internal-identity, keep-alive\r\n",
        "Connection: X-Request-Id, Traceparent, X-Forwarded-For\r\nX-Forwarded-For: forged\r\n",
        "Connection: host, content-length, content-type\r\n",
        "Connection: transfer-encoding\r\n",
        "X_Internal_Identity: forged\r\n",
        "x-INTERNAL-identity: forged\r\nX-Internal-Identity: forged\r\n",
        "X-Internal-Roles: forged\r\nX-Forwarded-User: forged\r\nForwarded: for=forged\r\n",
        "Keep-Alive: forged\r\nProxy-Authorization: forged\r\nTE: forged\r\nTrailer: forged\r\n",
        "Cookie: forged=1\r\nX-Original-URL: /forged\r\nX-HTTP-Method-Override: FORGED\r\n",
    ]
    .map(|headers| case(headers, get(headers), &[200], After::Open))
    .into()
}
