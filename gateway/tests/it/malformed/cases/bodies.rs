//! Bodies that end at two places.

use super::{After, BAD, Case, SMUGGLED, case, get, post};

/// Bodies that end at two places, by their length.
pub(super) fn lengths() -> Vec<Case> {
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
        ("a length and something more", "Content-Length: 5;x\r\n"),
        ("a length in two lines", "Content-Length: 5\r\n 0\r\n"),
        ("lengths that differ in the case of their names", "content-length: 5\r\nCONTENT-LENGTH: 0\r\n"),
        ("a length with an underscore digit", "Content-Length: 1_0\r\n"),
    ]
    .map(|(name, headers)| case(name, post(headers, &format!("0\r\n\r\n{SMUGGLED}")), BAD, After::Closed))
    .into();
    for spelling in ["Content-Length:2\r\n", "Content-Length: \t 2 \t\r\n", "CONTENT-length: 002\r\n"] {
        cases.push(case(spelling, post(spelling, "{}"), &[200], After::Open));
    }
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
pub(super) fn codings() -> Vec<Case> {
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
        "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\ntransfer-encoding: x\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: \r\n",
        "Transfer-\rEncoding: chunked\r\n",
        "Transfer-Encoding\u{0}: chunked\r\n",
        "Transfer-Encoding: chu\u{e9}nked\r\n",
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

pub(super) fn chunks() -> Vec<Case> {
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
        "2\r\n{}0\r\n\r\n",
        "2\r{}\r\n0\r\n\r\n",
        "2\r\r\n{}\r\n0\r\n\r\n",
        "2 3\r\n{}\r\n0\r\n\r\n",
        "2,2\r\n{}\r\n0\r\n\r\n",
        "2_0\r\n{}\r\n0\r\n\r\n",
        "\u{ff12}\r\n{}\r\n0\r\n\r\n",
        "2;a\rb\r\n{}\r\n0\r\n\r\n",
    ]
    .map(|body| case(&format!("chunks {body:?}"), chunked(&format!("{body}{SMUGGLED}")), BAD, After::Closed))
    .into();
    cases.extend([
        case("a chunk of noughts at the end", chunked("2\r\n{}\r\n000\r\n\r\n"), &[200], After::Open),
        case("an extension at the end", chunked("2\r\n{}\r\n0;a=b\r\n\r\n"), &[200], After::Open),
        case(
            "sizes in both cases",
            chunked("A\r\n{       } \r\na\r\n          \r\n0\r\n\r\n"),
            &[200],
            After::Open,
        ),
        case(
            "a request in the place of trailers",
            chunked(&format!("2\r\n{{}}\r\n0\r\n{SMUGGLED}")),
            &[200],
            After::Open,
        ),
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
