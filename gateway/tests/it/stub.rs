//! What stands where the services would: an echo that can be told how to answer, and servers that misbehave.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Header by which a test tells the echo how to answer, as JSON.
pub(crate) const TELL: &str = "x-stub";

/// Answers every request with what it received.
pub(crate) struct Echo {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    server: ServerHandle,
}

impl Echo {
    pub(crate) fn spawn() -> Self {
        // All of 127.0.0.0/8 answers, so that each service can have an address of its own on one port.
        let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::PayloadConfig::new(64 << 20))
                .app_data(web::Data::from(Arc::clone(&record)))
                .default_service(web::to(echo))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { port, seen, server: handle }
    }

    /// Method and target of each request so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) async fn stop(&self) {
        self.server.stop(false).await;
    }
}

async fn echo(request: HttpRequest, body: web::Bytes, seen: web::Data<Mutex<Vec<String>>>) -> HttpResponse {
    seen.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
    let told: Value = request
        .headers()
        .get(TELL)
        .map_or(Value::Null, |value| serde_json::from_slice(value.as_bytes()).unwrap());
    let status = told["status"].as_u64().map_or(200, |status| u16::try_from(status).unwrap());
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap());
    for header in told["headers"].as_array().into_iter().flatten() {
        answer.append_header((header[0].as_str().unwrap(), header[1].as_str().unwrap()));
    }
    if let Some(bytes) = told["bytes"].as_u64() {
        let bytes = usize::try_from(bytes).unwrap();
        if told["chunked"] == true {
            let chunks = std::iter::repeat_n(web::Bytes::from(vec![b'x'; 1024]), bytes / 1024);
            return answer.streaming(stream::iter(chunks.map(Ok::<_, actix_web::Error>)));
        }
        return answer.body(vec![b'x'; bytes]);
    }
    let headers: Vec<Value> = request
        .headers()
        .iter()
        .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]))
        .collect();
    answer.json(json!({
        "method": request.method().as_str(),
        "uri": request.uri().to_string(),
        "headers": headers,
        "length": body.len(),
        "sum": body.iter().map(|byte| u64::from(*byte)).sum::<u64>(),
        "body": String::from_utf8_lossy(&body[..body.len().min(1000)]),
    }))
}

/// What the echo received.
pub(crate) struct Received(pub(crate) Value);

impl Received {
    /// All values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let headers = self.0["headers"].as_array().unwrap();
        headers.iter().filter(|header| header[0] == name).map(|header| header[1].as_str().unwrap()).collect()
    }
}

/// A server that does with each connection what the test wants. The number counts connections from 0.
pub(crate) async fn misbehaving<F, W>(behave: F) -> SocketAddr
where
    F: Fn(usize, TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut count = 0;
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(behave(count, connection));
            count += 1;
        }
    });
    address
}

/// Reads the head of a request, says these bytes and closes.
pub(crate) async fn say(mut connection: TcpStream, bytes: &[u8]) {
    read_head(&mut connection).await;
    connection.write_all(bytes).await.unwrap();
    connection.shutdown().await.unwrap();
}

pub(crate) async fn read_head(connection: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match connection.read(&mut buffer).await {
            Ok(count) if count > 0 => head.extend_from_slice(&buffer[..count]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}
