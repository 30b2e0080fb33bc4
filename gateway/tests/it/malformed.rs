//! Requests no decent client sends: each gets one answer, and nothing of it becomes a second request.

mod cases;

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use self::cases::{After, Case, SMUGGLED, cases};
use crate::app::{TestApp, assert_envelope};
use crate::recorder::Recorder;

const LIVE: &[u8] = b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

async fn app_before(url: &url::Url) -> TestApp {
    TestApp::with(|settings| {
        settings.server.head_timeout_seconds = 1;
        settings.limits.body_idle_ms = 300;
        let upstreams = &mut settings.upstreams;
        for upstream in [
            &mut upstreams.member_url,
            &mut upstreams.cs_inquiry_url,
            &mut upstreams.promotion_url,
            &mut upstreams.claim_url,
        ] {
            *upstream = url.clone();
        }
    })
    .await
}

/// One answer of several on a connection.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Takes a stream of bytes apart into answers; what is none fails the test.
fn answers(mut bytes: &[u8], is_head: bool) -> Vec<Answer> {
    let mut answers = Vec::new();
    while !bytes.is_empty() {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let end =
            bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("{text}")) + 4;
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        assert!(head.starts_with("http/1."), "no answer begins here: {text}");
        let length = head
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
        let length = if is_head { 0 } else { length };
        assert!(bytes.len() >= end + length, "a short answer: {text}");
        let body = String::from_utf8_lossy(&bytes[end..end + length]).into_owned();
        answers.push(Answer { status: head.split(' ').nth(1).unwrap().parse().unwrap(), head, body });
        bytes = &bytes[end + length..];
    }
    answers
}

/// Sends a case, and a good request after it where the connection is said to stay; reads to the end of the connection.
async fn exchange(port: u16, case: &Case) -> Result<Vec<Answer>, String> {
    let mut connection = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _ = connection.write_all(&case.bytes).await;
    match case.after {
        After::Open => connection.write_all(LIVE).await.unwrap(),
        After::Closed => {}
        After::ClosedAfterEnd => connection.shutdown().await.unwrap(),
    }
    let mut bytes = Vec::new();
    let reading = timeout(Duration::from_secs(20), connection.read_to_end(&mut bytes)).await;
    if reading.is_err() {
        return Err(format!("the connection stays open after {:?}", String::from_utf8_lossy(&bytes)));
    }
    Ok(answers(&bytes, case.is_head))
}

/// What is wrong with how a case was answered, and with what a service saw of it.
fn faults(case: &Case, answers: &[Answer], seen: &str) -> Vec<&'static str> {
    let Some((first, rest)) = answers.split_first() else { return vec!["no answer"] };
    let is_refusal = first.status >= 400;
    let mut faults = Vec::new();
    let mut check = |is_right: bool, what: &'static str| {
        if !is_right {
            faults.push(what);
        }
    };
    check(case.statuses.contains(&first.status), "another status");
    match case.after {
        After::Open => {
            let rest: Vec<u16> = rest.iter().map(|answer| answer.status).collect();
            check(rest == [200], "the next request was not served");
        }
        After::Closed | After::ClosedAfterEnd => {
            check(rest.is_empty(), "more than one answer");
            check(first.head.contains("\r\nconnection: close\r\n"), "the end was not announced");
        }
    }
    if is_refusal && !case.is_head {
        assert_envelope(&serde_json::from_str(&first.body).unwrap());
        check(first.head.contains("\r\ncontent-type: application/json"), "no type");
        check(first.head.contains("\r\nx-request-id: "), "no request id");
    }
    check(seen.matches(" HTTP/1.1\r\n").count() <= 1, "a service saw two requests");
    check(!seen.contains("smuggled="), "a service saw the request behind");
    check(!seen.contains("forged"), "a service saw what was forged");
    if is_refusal {
        check(seen.is_empty(), "a service saw a refused request");
    } else if !seen.is_empty() {
        let identities = seen.to_ascii_lowercase().matches("\r\nx-internal-identity: ").count();
        check(identities == 1, "not one identity");
    }
    faults
}

#[actix_web::test]
async fn each_gets_one_answer_and_no_second_request_reaches_a_service() {
    let (recorder, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let answers = exchange(app.port, case).await;
        let seen = recorder.take();
        let faults = match &answers {
            Ok(answers) => faults(case, answers, &seen).join(", "),
            Err(fault) => fault.clone(),
        };
        if !faults.is_empty() {
            wrong.push(format!("{}: {faults}: {answers:?} {seen}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn the_recorder_does_see_a_second_request_where_there_is_one() {
    let (recorder, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    let pipelined = [SMUGGLED.as_bytes(), SMUGGLED.as_bytes(), LIVE].concat();
    connection.write_all(&pipelined).await.unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.unwrap();
    let statuses: Vec<u16> = answers(&bytes, false).iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 200], "pipelined requests are answered in their order");
    assert_eq!(recorder.take().matches("smuggled=").count(), 2);
}

#[actix_web::test]
async fn who_expects_to_be_asked_is_asked_only_for_a_body_that_is_wanted() {
    let (recorder, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    let head = |path: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\
             Expect: 100-continue\r\n\r\n"
        )
    };
    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    connection.write_all(head("/v1/detail/otherItms").as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    connection.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    connection.write_all(b"{}").await.unwrap();
    connection.write_all(LIVE).await.unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.unwrap();
    let statuses: Vec<u16> = answers(&bytes, false).iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200]);
    assert!(!recorder.take().to_ascii_lowercase().contains("expect"));

    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    connection.write_all(head("/v1/member/getOrdTotAmt").as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.unwrap();
    let statuses: Vec<u16> = answers(&bytes, false).iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [401], "nothing is asked for that will not be read");
}

#[actix_web::test]
async fn old_clients_are_answered_in_their_own_way() {
    let (_, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    let request = b"GET /v1/customerservice/getQuestionInit HTTP/1.0\r\n\r\n";
    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    connection.write_all(request).await.unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.unwrap();
    let [answer] = &answers(&bytes, false)[..] else { panic!("one answer") };
    assert!(answer.status == 200 && answer.head.starts_with("http/1.0") && answer.body == "{}", "{answer:?}");
}

#[actix_web::test]
async fn an_old_client_is_served_again_only_where_it_asks_for_it() {
    let (recorder, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    for (header, expected) in
        [("", 1), ("Connection: keep-alive\r\n", 2), ("Connection: close\r\n", 1), ("Keep-Alive: 1\r\n", 1)]
    {
        let first = format!("GET /v1/customerservice/getQuestionInit HTTP/1.0\r\n{header}\r\n");
        let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
        connection.write_all(&[first.as_bytes(), LIVE].concat()).await.unwrap();
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(answers(&bytes, false).len(), expected, "{header}");
        assert_eq!(recorder.take().matches(" HTTP/1.1\r\n").count(), 1, "{header}");
    }
}

#[actix_web::test]
async fn an_old_client_is_never_asked_whether_it_wants_to_go_on() {
    let (recorder, url) = Recorder::spawn().await;
    let app = app_before(&url).await;
    let request = "POST /v1/detail/otherItms HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\
                   Expect: 100-continue\r\n\r\n{}";
    let mut connection = TcpStream::connect(("127.0.0.1", app.port)).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.unwrap();
    let statuses: Vec<u16> = answers(&bytes, false).iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200]);
    assert_eq!(recorder.take().matches(" HTTP/1.1\r\n").count(), 1);
}
