//! Bodies of every size and pace.

use std::time::Duration;

use bytes::Bytes;
use contract::operations::inquiry::{GET_QUESTION, QUESTION_SAVE, SEARCH_GOODS};
use contract::operations::member::ORDERS;
use contract::operations::{JSON_LIMIT, Operation};
use futures_util::stream;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::app::{Reply, TestApp, reply};
use crate::keys::Token;
use crate::raw;
use crate::stub::{TELL, misbehaving, read_head};

const MIB: usize = 1 << 20;

fn request(app: &TestApp, operation: &Operation) -> reqwest::RequestBuilder {
    let role = if operation.id == ORDERS.id { "service" } else { "member" };
    let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes()).unwrap();
    let token = Token::of(&[role], "100001311").sign();
    app.http.request(method, app.url(operation.path)).header("authorization", format!("Bearer {token}"))
}

/// A body whose length nobody declares.
fn chunks(total: usize) -> reqwest::Body {
    const CHUNK: usize = 16 * 1024;
    let chunks = (0..total.div_ceil(CHUNK)).map(move |index| {
        let size = CHUNK.min(total - index * CHUNK);
        Ok::<_, std::io::Error>(Bytes::from(vec![u8::try_from(index % 251).unwrap(); size]))
    });
    reqwest::Body::wrap_stream(stream::iter(chunks))
}

fn sum_of_chunks(total: usize) -> u64 {
    (0..total).map(|index| u64::try_from((index / (16 * 1024)) % 251).unwrap()).sum()
}

#[actix_web::test]
async fn bodies_arrive_whole_whatever_their_size_and_framing() {
    let app = TestApp::spawn().await;
    for total in [1, 1000, 64 * 1024, 64 * 1024 + 1, 200_000, 5 * MIB] {
        let operation = if total > JSON_LIMIT { &QUESTION_SAVE } else { &SEARCH_GOODS };
        let streamed =
            request(&app, operation).header("content-type", "application/json").body(chunks(total));
        let received = reply(streamed).await.received();
        assert_eq!(
            (received.0["length"].as_u64(), received.0["sum"].as_u64()),
            (Some(u64::try_from(total).unwrap()), Some(sum_of_chunks(total)))
        );
        let declared = request(&app, operation)
            .header("content-type", "application/json; charset=utf-8")
            .body(vec![b'x'; total]);
        let received = reply(declared).await.received();
        assert_eq!(received.0["length"], total);
        assert_eq!(received.header("content-length"), [total.to_string()]);
        assert_eq!(received.header("content-type"), ["application/json; charset=utf-8"]);
    }
}

#[actix_web::test]
async fn answers_arrive_whole_whatever_their_size_and_framing() {
    let app = TestApp::spawn().await;
    for bytes in [0, 1024, 64 * 1024, 65 * 1024, 5 * MIB] {
        for chunked in [false, true] {
            let told = json!({"bytes": bytes, "chunked": chunked}).to_string();
            let answer = request(&app, &GET_QUESTION).header(TELL, told).send().await.unwrap();
            let declared =
                answer.headers().get("content-length").map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(declared, (!chunked).then(|| bytes.to_string()));
            let body = answer.bytes().await.unwrap();
            assert!(body.len() == bytes && body.iter().all(|byte| *byte == b'x'), "{bytes} {chunked}");
        }
    }
}

#[actix_web::test]
async fn a_multipart_form_passes_untouched() {
    let app = TestApp::spawn().await;
    let file =
        reqwest::multipart::Part::bytes(vec![7; MIB]).file_name("사진.jpg").mime_str("image/jpeg").unwrap();
    let form = reqwest::multipart::Form::new().text("title", "문의").part("files", file);
    let boundary = form.boundary().to_owned();
    let received = reply(request(&app, &QUESTION_SAVE).multipart(form)).await.received();
    assert!(received.header("content-type")[0].contains(&boundary));
    assert!(received.0["length"].as_u64().unwrap() > u64::try_from(MIB).unwrap());
    assert!(received.0["body"].as_str().unwrap().contains("문의"));
}

#[actix_web::test]
async fn a_body_needs_a_type_the_operation_takes() {
    let app = TestApp::spawn().await;
    let send = async |operation: &Operation, content_type: Option<&str>| {
        let request = request(&app, operation).body("{}");
        let request = match content_type {
            Some(content_type) => request.header("content-type", content_type),
            None => request,
        };
        reply(request).await
    };
    for (operation, taken, refused) in [
        (
            &SEARCH_GOODS,
            vec!["application/json", "Application/JSON;charset=utf-8", "application/json ; x=y"],
            vec![
                "text/plain",
                "application/xml",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "json",
                "",
            ],
        ),
        (
            &QUESTION_SAVE,
            vec!["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"],
            vec!["application/xml", "image/png"],
        ),
        (&GET_QUESTION, vec![], vec!["application/json"]),
    ] {
        for content_type in taken {
            assert_eq!(send(operation, Some(content_type)).await.status, 200, "{content_type}");
        }
        for content_type in refused {
            let answer = send(operation, Some(content_type)).await;
            assert_eq!(answer.refusal(), (415, "UNSUPPORTED_MEDIA_TYPE"), "{} {content_type}", operation.id);
        }
        assert_eq!(send(operation, None).await.refusal(), (415, "UNSUPPORTED_MEDIA_TYPE"));
    }
    let twice = request(&app, &SEARCH_GOODS)
        .header("content-type", "application/json")
        .header("content-type", "text/plain")
        .body("{}");
    assert_eq!(reply(twice).await.status, 415);
    let squeezed = request(&app, &SEARCH_GOODS)
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body("{}");
    assert_eq!(reply(squeezed).await.status, 415);
}

#[actix_web::test]
async fn without_a_body_no_type_is_asked_for() {
    let app = TestApp::spawn().await;
    assert_eq!(reply(request(&app, &SEARCH_GOODS)).await.received().0["length"], 0);
    assert_eq!(reply(request(&app, &GET_QUESTION)).await.received().0["length"], 0);
}

#[actix_web::test]
async fn a_body_over_the_limit_is_413_declared_or_not() {
    let app = TestApp::spawn().await;
    let json = |operation| request(&app, operation).header("content-type", "application/json");
    let exactly: Reply = reply(json(&SEARCH_GOODS).body(vec![b' '; JSON_LIMIT])).await;
    assert_eq!(exactly.status, 200);
    assert_eq!(reply(json(&SEARCH_GOODS).body(chunks(JSON_LIMIT))).await.status, 200);
    assert_eq!(reply(json(&ORDERS).body(vec![b' '; JSON_LIMIT + 1])).await.status, 200);
    let forwarded = app.echo.seen().len();

    let token = Token::member().sign();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n",
        SEARCH_GOODS.path
    );
    let declared = raw::send(app.port, &format!("{head}Content-Length: {}\r\n\r\n", JSON_LIMIT + 1)).await;
    assert_eq!((declared.status, declared.json()["code"].as_str()), (413, Some("BODY_TOO_LARGE")));

    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    connection.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).await.unwrap();
    let (mut reader, mut writer) = connection.into_split();
    let sending = actix_web::rt::spawn(async move {
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
        // The gateway may close before all of it is sent.
        for _ in 0..40 {
            if writer.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
        writer
    });
    let streamed = raw::read(&mut reader).await;
    assert_eq!((streamed.status, streamed.json()["code"].as_str()), (413, Some("BODY_TOO_LARGE")));
    drop(sending);
    assert_eq!(app.echo.seen().len(), forwarded, "a service saw a whole request");
}

#[actix_web::test]
async fn a_body_that_does_not_come_in_time_is_408() {
    let app = TestApp::with(|settings| settings.limits.body_idle_ms = 200).await;
    let token = Token::member().sign();
    for framing in ["Content-Length: 100", "Content-Length: 100000", "Transfer-Encoding: chunked"] {
        let start = if framing.starts_with('T') { "5\r\n{\"a\":\r\n" } else { "{\"a\":" };
        let request = format!(
            "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             {framing}\r\n\r\n{start}",
            SEARCH_GOODS.path
        );
        let answer = raw::send(app.port, &request).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (408, Some("REQUEST_TIMEOUT")),
            "{framing}"
        );
    }
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn a_body_that_only_drips_is_408_in_the_end() {
    let app = TestApp::with(|settings| {
        settings.limits.body_total_ms = 300;
        settings.limits.body_bytes_per_s = 64 << 20;
    })
    .await;
    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: 100000\r\n\r\n",
        SEARCH_GOODS.path,
        Token::member().sign()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let (mut reader, mut writer) = connection.into_split();
    let dripping = actix_web::rt::spawn(async move {
        while writer.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let answer = raw::read(&mut reader).await;
    assert_eq!(answer.status, 408);
    dripping.abort();
}

#[actix_web::test]
async fn a_broken_off_body_never_looks_complete_to_a_service() {
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let address = misbehaving(move |_, mut connection| {
        let sender = sender.clone();
        async move {
            let mut text = read_head(&mut connection).await;
            let mut rest = Vec::new();
            // Ends when the gateway gives the connection up.
            let _ = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut rest).await;
            text.push_str(&String::from_utf8_lossy(&rest));
            sender.send(text).unwrap();
        }
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.limits.body_idle_ms = 200;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n",
        SEARCH_GOODS.path,
        Token::member().sign()
    );
    let chunk = format!("{:x}\r\n{}\r\n", 80_000, "x".repeat(80_000));
    let answer = raw::send(app.port, &format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunk}")).await;
    assert_eq!(answer.status, 408);
    let text = heard.recv().await.unwrap();
    assert!(text.to_ascii_lowercase().contains("transfer-encoding: chunked"), "{}", &text[..500]);
    assert!(!text.ends_with("0\r\n\r\n"), "the service saw the end of a body that never ended");
}

#[actix_web::test]
async fn a_malformed_chunk_is_no_server_error() {
    let app = TestApp::spawn().await;
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n",
        SEARCH_GOODS.path,
        Token::member().sign()
    );
    let answer = raw::send(app.port, &request).await;
    assert!(answer.status == 900 || answer.status == 400, "{answer:?}");
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn the_first_thing_that_is_wrong_is_the_one_that_is_answered() {
    let app = TestApp::with(|settings| {
        settings.rate_limit = 1;
        settings.rate_burst = 1;
    })
    .await;
    let too_much = vec![b'x'; JSON_LIMIT + 1];
    let send = async |method: &str, path: &str, token: Option<&str>, content_type: &str| {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = app.http.request(method, app.url(path)).header("content-type", content_type);
        let request = match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        reply(request.body(too_much.clone())).await.status
    };
    let member = |number: &str| Token::of(&["member"], number).sign();
    let (path, json, text) = (SEARCH_GOODS.path, "application/json", "text/plain");
    assert_eq!(send("PATCH", "/nowhere", Some("bad"), text).await, 404);
    assert_eq!(send("PATCH", path, Some("bad"), text).await, 405);
    assert_eq!(send("POST", path, None, text).await, 401);
    assert_eq!(send("POST", path, Some(&Token::guest().sign()), text).await, 403);
    assert_eq!(send("POST", path, Some(&member("1")), text).await, 415);
    assert_eq!(send("POST", path, Some(&member("1")), text).await, 429);
    assert_eq!(send("POST", path, Some(&member("2")), json).await, 413);
}
