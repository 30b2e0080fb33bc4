//! The forms an answer of a service may take on the wire, and those it may not.

use contract::operations::inquiry::GET_QUESTION;
use tokio::net::TcpStream;

use crate::app::TestApp;
use crate::keys::Token;
use crate::stub::{misbehaving, say};

/// Status and body the caller gets for what a service says before it hangs up, twice in a row.
async fn answers_to(said: &'static str) -> [(u16, String); 2] {
    let address =
        misbehaving(async move |_, connection: TcpStream| say(connection, said.as_bytes()).await).await;
    let app = TestApp::with(|settings| {
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let call = async || {
        let token = format!("Bearer {}", Token::member().sign());
        let answer = app.request(&GET_QUESTION).header("authorization", token).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    [call().await, call().await]
}

#[actix_web::test]
async fn every_form_http_knows_for_a_body_is_understood() {
    for (said, status, body) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
        ("HTTP/1.1 900 Business Error\r\nContent-Length: 2\r\n\r\n{}", 900, "{}"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n", 200, "{}"),
        // No length at all: the body ends with the connection.
        ("HTTP/1.1 200 OK\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.0 200 OK\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}"),
        // Announcements come before the answer.
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}"),
        (
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\n{}",
            201,
            "{}",
        ),
        // These never have a body, whatever they say.
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}", 204, ""),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", 304, ""),
    ] {
        for answer in answers_to(said).await {
            assert_eq!(answer, (status, body.to_owned()), "{said:?}");
        }
    }
}

#[actix_web::test]
async fn what_can_be_read_in_two_ways_is_502() {
    for said in [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nA line without a colon\r\n\r\n{}",
        "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
    ] {
        for (status, body) in answers_to(said).await {
            assert_eq!(status, 502, "{said:?}");
            assert!(body.contains("\"UPSTREAM_ERROR\""), "{said:?}: {body}");
        }
    }
}
