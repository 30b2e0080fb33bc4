//! A caller's own connection to the gateway, without any retry: what breaks under a request is a lost request.

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{Method, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use local_stack::failure::{Context as _, Failure};
use serde_json::Value;
use tokio::net::TcpStream;

#[derive(Debug)]
pub(crate) struct Line {
    address: SocketAddr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

/// What a request says.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) token: String,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Option<Value>,
}

impl Line {
    pub(crate) fn to(address: SocketAddr) -> Self {
        Self { address, sender: None }
    }

    pub(crate) async fn ask(&mut self, ask: &Ask) -> Result<(u16, Bytes), Failure> {
        let mut sender = self.open().await?;
        let answer = sender.send_request(request(ask)?).await.context("no answer")?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.context("an answer that broke off")?.to_bytes();
        self.sender = Some(sender);
        Ok((status, body))
    }

    /// The connection of the last request, where the gateway has left it open.
    async fn open(&mut self) -> Result<SendRequest<Full<Bytes>>, Failure> {
        if let Some(mut sender) = self.sender.take()
            && sender.ready().await.is_ok()
        {
            return Ok(sender);
        }
        let stream = TcpStream::connect(self.address).await.context("no connection")?;
        stream.set_nodelay(true).context("a connection's option")?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.context("no connection")?;
        // It ends with its last request, and what went wrong is told to that.
        tokio::spawn(connection);
        Ok(sender)
    }
}

fn request(ask: &Ask) -> Result<Request<Full<Bytes>>, Failure> {
    let mut request =
        Request::builder().method(ask.method.clone()).uri(&ask.path).header(HOST, "shop.example");
    // Nobody in particular has none.
    if !ask.token.is_empty() {
        request = request.header(AUTHORIZATION, format!("Bearer {}", ask.token));
    }
    if let Some(key) = &ask.idempotency_key {
        request = request.header("idempotency-key", key);
    }
    let body = match &ask.body {
        Some(body) => {
            request = request.header(CONTENT_TYPE, "application/json");
            Bytes::from(body.to_string())
        }
        None => Bytes::new(),
    };
    request.body(Full::new(body)).context(&ask.path)
}
