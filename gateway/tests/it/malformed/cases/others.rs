//! Other protocols, and headers about the connection.

use super::{After, BAD, Case, SMUGGLED, case, get, post};

pub(super) fn other_protocols() -> Vec<Case> {
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
        case(
            "a method in both cases",
            "PoST /v1/detail/otherItms HTTP/1.1\r\nHost: x\r\n\r\n",
            &[405],
            After::Open,
        ),
        case(
            "a tunnel to a path",
            format!("CONNECT /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n{SMUGGLED}"),
            &[400, 404, 405],
            After::Closed,
        ),
        case(
            "the preface of HTTP/2 with its first frame",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00".to_vec(),
            BAD,
            After::Closed,
        ),
        case(
            "an upgrade to TLS",
            get("Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n") + SMUGGLED,
            &[200],
            After::Closed,
        ),
        case(
            "an upgrade on a closed connection",
            get("Connection: close, Upgrade\r\nUpgrade: h2c\r\n") + SMUGGLED,
            &[200],
            After::Closed,
        ),
        case("a connection to be closed", get("Connection: close\r\n") + SMUGGLED, &[200], After::Closed),
        case(
            "a connection to be closed, said twice and otherwise",
            get("Connection: keep-alive\r\nConnection: close\r\nConnection: keep-alive\r\n") + SMUGGLED,
            &[200],
            After::Closed,
        ),
        case(
            "options of a path",
            "OPTIONS /v1/customerservice/getQuestionInit HTTP/1.1\r\nHost: x\r\n\r\n",
            &[405],
            After::Open,
        ),
        case("a gopher", "/v1/customerservice/getQuestionInit\r\n", BAD, After::Closed),
        case("a mail", "EHLO x\r\nMAIL FROM:<a@x>\r\n\r\n", BAD, After::Closed),
        case("a database", b"\x00\x00\x00\x08\x04\xd2\x16\x2f".to_vec(), BAD, After::Closed),
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
pub(super) fn hops() -> Vec<Case> {
    [
        "X-Internal-Identity: forged\r\n",
        "X-Internal-Identity: forged\r\nConnection: x-internal-identity\r\n",
        "Connection: x-internal-identity, keep-alive\r\n",
        "Connection: X-Request-Id, Traceparent, X-Forwarded-For\r\nX-Forwarded-For: forged\r\n",
        "Connection: host, content-length, content-type\r\n",
        "Connection: transfer-encoding\r\n",
        "X_Internal_Identity: forged\r\n",
        "X-Internal_Identity: forged\r\nX-Internal-: forged\r\n",
        "Connection: \"x-internal-identity\", host\r\nX-Internal-Identity: forged\r\n",
        "Connection: ,,, x-internal-identity ,\tauthorization\r\nX-Internal-Identity: forged\r\n",
        "Content_Length: 90\r\nTransfer_Encoding: forged\r\nX_Forwarded_For: forged\r\n",
        "Traceparent: forged\r\nTracestate: a=b\r\nX-Request-Id: forged forged\r\n",
        "X-Rewrite-URL: /forged\r\nX-HTTP-Method: FORGED\r\nX-Method-Override: FORGED\r\nX-Real-IP: forged\r\n",
        "x-INTERNAL-identity: forged\r\nX-Internal-Identity: forged\r\n",
        "X-Internal-Roles: forged\r\nX-Forwarded-User: forged\r\nForwarded: for=forged\r\n",
        "Keep-Alive: forged\r\nProxy-Authorization: forged\r\nTE: forged\r\nTrailer: forged\r\n",
        "Cookie: forged=1\r\nX-Original-URL: /forged\r\nX-HTTP-Method-Override: FORGED\r\n",
    ]
    .map(|headers| case(headers, get(headers), &[200], After::Open))
    .into()
}
