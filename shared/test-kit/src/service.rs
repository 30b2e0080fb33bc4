//! A service under test: the real application on a free port, called as the gateway would call it.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use platform::clock::Clock;
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER, InternalKeys};
use reqwest::Method;
use serde_json::Value;
use service_kit::application::Application;
use tokio::task::JoinHandle;

use crate::identity::internal_keys;

/// A listener on any free port of the loopback interface.
pub fn any_port() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback interface has a free port");
    listener.set_nonblocking(true).expect("a fresh listener takes the option");
    listener
}

/// A running service.
pub struct TestService {
    pub base: String,
    name: &'static str,
    clock: Clock,
    keys: Arc<InternalKeys>,
    http: reqwest::Client,
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

/// An answer, read as JSON where there is any.
#[derive(Clone, Debug, PartialEq)]
pub struct TestAnswer {
    pub status: u16,
    pub text: String,
    pub json: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl TestAnswer {
    /// The envelope's `code`.
    pub fn code(&self) -> &str {
        self.json.get("code").and_then(Value::as_str).unwrap_or("")
    }

    /// The envelope's `payload`.
    pub fn payload(&self) -> &Value {
        self.json.get("payload").unwrap_or(&Value::Null)
    }

    /// The fields of the envelope's error rows.
    pub fn fields(&self) -> Vec<&str> {
        let rows = self.json.get("errors").and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(|row| row.get("field").and_then(Value::as_str)).collect()
    }
}

impl TestService {
    /// Runs an application that tests built with the test secret; `clock` is the one it was built with.
    pub fn start(name: &'static str, application: Application, clock: Clock) -> Self {
        let base = format!("http://127.0.0.1:{}", application.port());
        let handle = application.handle();
        let task = tokio::spawn(application.run());
        Self { base, name, clock, keys: internal_keys(), http: reqwest::Client::new(), handle, task }
    }

    /// A request in the caller's name, vouched for by the gateway.
    pub fn request(&self, method: Method, path_and_query: &str, caller: &Caller) -> reqwest::RequestBuilder {
        let token = self.keys.sign(self.name, GATEWAY, caller, self.clock.now(), TimeDelta::seconds(60));
        self.http.request(method, format!("{}{path_and_query}", self.base)).header(INTERNAL_HEADER, token)
    }

    /// A request of a sister service for itself.
    pub fn request_of_sister(
        &self,
        method: Method,
        path_and_query: &str,
        sister: &str,
    ) -> reqwest::RequestBuilder {
        let caller = Caller::service(sister);
        let token = self.keys.sign(self.name, sister, &caller, self.clock.now(), TimeDelta::seconds(60));
        self.http.request(method, format!("{}{path_and_query}", self.base)).header(INTERNAL_HEADER, token)
    }

    pub async fn post(&self, path: &str, caller: &Caller, body: &Value) -> TestAnswer {
        read(self.request(Method::POST, path, caller).json(body)).await
    }

    pub async fn get(&self, path_and_query: &str, caller: &Caller) -> TestAnswer {
        read(self.request(Method::GET, path_and_query, caller)).await
    }

    pub async fn post_as_sister(&self, path: &str, sister: &str, body: &Value) -> TestAnswer {
        read(self.request_of_sister(Method::POST, path, sister).json(body)).await
    }

    pub async fn get_as_sister(&self, path_and_query: &str, sister: &str) -> TestAnswer {
        read(self.request_of_sister(Method::GET, path_and_query, sister)).await
    }

    /// Stops gracefully and waits for the workers.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        self.task.await.expect("the application does not panic").expect("the server stops cleanly");
    }
}

/// Sends a request and reads the whole answer.
pub async fn read(request: reqwest::RequestBuilder) -> TestAnswer {
    let response = request.send().await.expect("a local server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.expect("an answer is text");
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    TestAnswer { status, text, json, headers }
}
