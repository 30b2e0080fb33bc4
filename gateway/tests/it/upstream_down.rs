//! Services that are away, slow or out of their minds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::operations::inquiry::{GET_QUESTION, QUESTION_SAVE, SEARCH_GOODS};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::app::{Reply, TestApp, reply};
use crate::keys::Token;
use crate::stub::{TELL, misbehaving, read_head, say};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

/// Patient: a busy machine's service is no silent one.
async fn app_before<F, W>(behave: F) -> TestApp
where
    F: Fn(usize, TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    app_within(60_000, behave).await
}

/// For services that never say what they should.
async fn hasty_app_before<F, W>(behave: F) -> TestApp
where
    F: Fn(usize, TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    app_within(1_000, behave).await
}

async fn app_within<F, W>(upstream_timeout_ms: u64, behave: F) -> TestApp
where
    F: Fn(usize, TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let address = misbehaving(behave).await;
    TestApp::with(|settings| {
        settings.limits.upstream_timeout_ms = upstream_timeout_ms;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await
}

async fn get(app: &TestApp) -> Reply {
    app.call(&GET_QUESTION, Some(&Token::member().sign())).await
}

async fn post(app: &TestApp) -> Reply {
    app.call(&SEARCH_GOODS, Some(&Token::member().sign())).await
}

#[actix_web::test]
async fn a_service_that_is_away_is_503_and_others_go_on() {
    let app = TestApp::with(|settings| {
        settings.upstreams.cs_inquiry_url = "http://127.0.0.1:9".parse().unwrap();
    })
    .await;
    let answer = get(&app).await;
    assert_eq!(answer.refusal(), (503, "SERVICE_UNAVAILABLE"));
    assert_eq!(answer.header("retry-after"), Some("2"));
    let other = app.call(&contract::operations::promotion::MILEAGE, Some(&Token::member().sign())).await;
    assert_eq!(other.status, 200);
}

#[actix_web::test]
async fn a_service_that_does_not_answer_in_time_is_504() {
    let app = hasty_app_before(async |_, mut connection: TcpStream| {
        let mut all = Vec::new();
        connection.read_to_end(&mut all).await.unwrap();
    })
    .await;
    assert_eq!(get(&app).await.refusal(), (504, "UPSTREAM_TIMEOUT"));
    assert_eq!(post(&app).await.refusal(), (504, "UPSTREAM_TIMEOUT"));
}

#[actix_web::test]
async fn a_service_that_does_not_take_a_large_body_is_504() {
    let app = hasty_app_before(async |_, mut connection: TcpStream| {
        read_head(&mut connection).await;
        std::future::pending::<()>().await;
    })
    .await;
    let request = app
        .request(&QUESTION_SAVE)
        .header("authorization", format!("Bearer {}", Token::member().sign()))
        .body(vec![b' '; 30 << 20]);
    assert_eq!(reply(request).await.refusal(), (504, "UPSTREAM_TIMEOUT"));
}

#[actix_web::test]
async fn what_is_no_http_is_502() {
    for garbage in [
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 99 Odd\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
    ] {
        let app = app_before(async move |_, connection| say(connection, garbage.as_bytes()).await).await;
        assert_eq!(post(&app).await.refusal(), (502, "UPSTREAM_ERROR"), "{garbage:?}");
        assert_eq!(get(&app).await.refusal(), (502, "UPSTREAM_ERROR"), "{garbage:?}");
    }
}

#[actix_web::test]
async fn an_answer_with_too_large_a_head_is_502() {
    let many: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect();
    for headers in [format!("X: {}\r\n", "x".repeat(200_000)), many, "X: y\r\n".repeat(50_000)] {
        let answer = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 2\r\n\r\n{{}}");
        let app = app_before(move |_, mut connection| {
            let answer = answer.clone();
            async move {
                read_head(&mut connection).await;
                // The gateway may have had enough before the end.
                let _ = connection.write_all(answer.as_bytes()).await;
                let _ = connection.shutdown().await;
            }
        })
        .await;
        assert_eq!(get(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
        assert_eq!(post(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
    }
}

#[actix_web::test]
async fn a_connection_that_is_reset_is_502() {
    let app = app_before(async |_, mut connection: TcpStream| {
        let mut some = [0; 16];
        connection.read_exact(&mut some).await.unwrap();
        // What is left unread makes the end of it a reset.
    })
    .await;
    assert_eq!(get(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
    assert_eq!(post(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
}

#[actix_web::test]
async fn a_request_that_changes_something_is_never_sent_twice() {
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tries);
    let app = app_before(move |_, mut connection| {
        let counted = Arc::clone(&counted);
        async move {
            read_head(&mut connection).await;
            counted.fetch_add(1, Ordering::SeqCst);
        }
    })
    .await;
    assert_eq!(post(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
    assert_eq!(tries.load(Ordering::SeqCst), 1);
    assert_eq!(get(&app).await.refusal(), (502, "UPSTREAM_ERROR"));
    assert_eq!(tries.load(Ordering::SeqCst), 3, "a GET is tried once more, and no more than that");
}

#[actix_web::test]
async fn a_reading_survives_a_connection_closed_behind_its_back() {
    let app = app_before(async |count, mut connection: TcpStream| {
        if count == 0 {
            read_head(&mut connection).await;
            connection.write_all(OK).await.unwrap();
            // The next request on this connection finds it closed before an answer.
            read_head(&mut connection).await;
        } else {
            say(connection, OK).await;
        }
    })
    .await;
    assert_eq!(get(&app).await.status, 200);
    assert_eq!(get(&app).await.status, 200);
}

#[actix_web::test]
async fn what_a_service_says_beyond_its_answer_is_nobody_elses_answer() {
    let app = app_before(async |_, mut connection: TcpStream| {
        while !read_head(&mut connection).await.is_empty() {
            let twice = [OK, b"HTTP/1.1 203 Another's\r\ncontent-length: 2\r\n\r\n[]"].concat();
            if connection.write_all(&twice).await.is_err() {
                return;
            }
        }
    })
    .await;
    for _ in 0..20 {
        assert_eq!(get(&app).await.status, 200);
        assert_eq!(post(&app).await.status, 200);
    }
}

#[actix_web::test]
async fn a_large_answer_that_breaks_off_is_not_made_to_look_complete() {
    for head in ["Content-Length: 200000", "Transfer-Encoding: chunked"] {
        let app = app_before(move |_, connection| async move {
            let size = if head.starts_with('T') { "186a0\r\n" } else { "" };
            let answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{size}{}", "x".repeat(90_000));
            say(connection, answer.as_bytes()).await;
        })
        .await;
        let answer = app
            .request(&GET_QUESTION)
            .header("authorization", format!("Bearer {}", Token::member().sign()))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert!(answer.bytes().await.is_err(), "{head}");
    }
}

#[actix_web::test]
async fn an_answer_that_stops_in_the_middle_ends_in_time() {
    let app = hasty_app_before(async |_, mut connection: TcpStream| {
        read_head(&mut connection).await;
        connection
            .write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
            .await
            .unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let request =
        app.request(&GET_QUESTION).header("authorization", format!("Bearer {}", Token::member().sign()));
    assert!(request.send().await.unwrap().bytes().await.is_err());

    let app = hasty_app_before(async |_, mut connection: TcpStream| {
        read_head(&mut connection).await;
        connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}").await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    assert_eq!(get(&app).await.refusal(), (504, "UPSTREAM_TIMEOUT"));
}

#[actix_web::test]
async fn an_early_refusal_of_a_service_reaches_the_caller() {
    let app = app_before(async |_, mut connection: TcpStream| {
        read_head(&mut connection).await;
        connection
            .write_all(b"HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
            .await
            .unwrap();
        let mut rest = Vec::new();
        let _ = connection.read_to_end(&mut rest).await;
    })
    .await;
    let request = app
        .request(&QUESTION_SAVE)
        .header("authorization", format!("Bearer {}", Token::member().sign()))
        .body(vec![b' '; 1 << 20]);
    assert_eq!(reply(request).await.status, 409);
}

#[actix_web::test]
async fn a_service_that_does_not_believe_the_gateway_is_the_houses_own_fault() {
    let app = TestApp::spawn().await;
    let told = json!({"status": 401}).to_string();
    let request = app
        .request(&GET_QUESTION)
        .header("authorization", format!("Bearer {}", Token::member().sign()))
        .header(TELL, &told);
    assert_eq!(reply(request).await.refusal(), (502, "UPSTREAM_ERROR"));
    let vendor = app
        .request(&contract::operations::claim::SSG_INQUIRY)
        .header("authorization", "bad")
        .header(TELL, &told);
    assert_eq!(reply(vendor).await.status, 401);
}

#[actix_web::test]
async fn a_service_that_comes_back_is_used_again() {
    let app = TestApp::spawn().await;
    assert_eq!(get(&app).await.status, 200);
    app.echo.stop().await;
    let answer = get(&app).await;
    assert!([502, 503].contains(&answer.refusal().0), "{answer:?}");
}

#[actix_web::test]
async fn a_request_in_flight_is_finished_before_the_gateway_stops() {
    let (release, released) = tokio::sync::watch::channel(false);
    let (arrived, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
    let app = app_before(move |_, mut connection| {
        let (arrived, mut released) = (arrived.clone(), released.clone());
        async move {
            read_head(&mut connection).await;
            arrived.send(()).unwrap();
            released.wait_for(|released| *released).await.unwrap();
            connection.write_all(OK).await.unwrap();
        }
    })
    .await;
    let stopping = async {
        arrivals.recv().await.unwrap();
        let stopped = app.server.stop(true);
        tokio::pin!(stopped);
        // Polled once, so that it has begun to stop before the service answers.
        assert!(futures_util::poll!(&mut stopped).is_pending());
        release.send(true).unwrap();
        stopped.await;
    };
    let (answer, ()) = tokio::join!(get(&app), stopping);
    assert_eq!(answer.status, 200);
    assert!(tokio::net::TcpStream::connect(("127.0.0.1", app.port)).await.is_err());
}
