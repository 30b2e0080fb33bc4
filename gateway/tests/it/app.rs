//! A gateway for one test: its own port, its own keys, its own stub behind it.

use std::collections::HashMap;
use std::path::PathBuf;

use actix_web::dev::ServerHandle;
use chrono::DateTime;
use contract::operations::{Operation, Upstream};
use gateway::{Application, DEFAULTS, IssuerSettings, PREFIX, Settings, StartError};
use platform::clock::Clock;
use platform::identity::{Caller, InternalKeys};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::keys::{GUESTS, LOCAL, NOW, key_set};
use crate::stub::{Echo, Received};

pub(crate) struct TestApp {
    pub(crate) port: u16,
    pub(crate) echo: Echo,
    pub(crate) clock: Clock,
    pub(crate) http: reqwest::Client,
    pub(crate) server: ServerHandle,
    internal_keys: InternalKeys,
    /// Holds the key sets.
    folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl TestApp {
    pub(crate) async fn spawn() -> Self {
        Self::with(|_| {}).await
    }

    /// With other settings than the usual ones.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let echo = Echo::spawn();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("local.json"), key_set(&[&LOCAL])).unwrap();
        std::fs::write(folder.path().join("guests.json"), key_set(&[&GUESTS])).unwrap();
        let mut settings = settings(echo.port, &folder);
        change(&mut settings);
        let clock = Clock::fixed(DateTime::from_timestamp(NOW, 0).unwrap());
        let internal_keys = InternalKeys::new(&settings.identity).unwrap();
        let application = Application::build(&settings, clock.clone()).await.unwrap();
        let (port, server) = (application.port(), application.handle());
        actix_web::rt::spawn(application.run());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { port, echo, clock, http, server, internal_keys, folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn key_file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Calls an operation, with `{}` as its body where it takes JSON.
    pub(crate) async fn call(&self, operation: &Operation, token: Option<&str>) -> Reply {
        let mut request = self.request(operation);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        reply(request).await
    }

    /// A request for an operation, ready to be changed.
    pub(crate) fn request(&self, operation: &Operation) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes()).unwrap();
        let path = operation.path.replace(['{', '}'], "");
        let request = self.http.request(method, self.url(&path));
        if operation.body.is_none() {
            request
        } else {
            request.header("content-type", "application/json").body("{}")
        }
    }

    /// Whom the gateway vouched for to the operation's service.
    pub(crate) fn vouched(&self, received: &Received, operation: &Operation) -> Caller {
        let tokens = received.header("x-internal-identity");
        assert_eq!(tokens.len(), 1, "{tokens:?}");
        let service = operation.upstream.expect("a service answers it").service_name();
        self.internal_keys.verify(tokens[0], service, self.clock.now()).unwrap()
    }
}

/// A gateway that is built but not run.
pub(crate) async fn build_with(
    folder: &TempDir,
    change: impl FnOnce(&mut Settings),
) -> Result<Application, StartError> {
    let mut settings = settings(9, folder);
    change(&mut settings);
    Application::build(&settings, Clock::system()).await
}

pub(crate) async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    Reply { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// What the stub received, if the request came through.
    #[track_caller]
    pub(crate) fn received(self) -> Received {
        assert_eq!(self.status, 200, "{}", self.body);
        Received(self.body)
    }

    /// The refusal's code, once it was made sure that everything an envelope has is there.
    #[track_caller]
    pub(crate) fn refusal(&self) -> (u16, &str) {
        assert_envelope(&self.body);
        (self.status, self.body["code"].as_str().unwrap())
    }
}

#[track_caller]
pub(crate) fn assert_envelope(body: &Value) {
    assert_eq!(body["isProcess"], false, "{body}");
    assert_eq!(body["error"], true, "{body}");
    assert_eq!(body["payload"], Value::Null, "{body}");
    assert!(body["errors"].is_array() && !body["message"].as_str().unwrap().is_empty(), "{body}");
    assert!(body["timestamp"].as_str().unwrap().ends_with("+09:00"), "{body}");
}

/// Another issuer that may give what the first one may.
pub(crate) fn with_a_second_issuer(settings: &mut Settings) {
    let second = IssuerSettings { iss: "second".to_owned(), ..settings.issuers[0].clone() };
    settings.issuers.push(second);
}

fn settings(stub_port: u16, folder: &TempDir) -> Settings {
    let issuer = |name: &str, algorithm: &str, file: &str, roles: &[&str], publish: bool| {
        json!({
            "iss": name, "audience": "order-aftercare", "algorithm": algorithm, "publish": publish,
            "jwks_file": folder.path().join(file), "roles": roles,
        })
    };
    let issuers = json!([
        issuer("local", "RS256", "local.json", &["member", "agent", "admin", "service"], true),
        issuer("member-service", "ES256", "guests.json", &["guest"], false),
    ]);
    let upstream = |upstream: Upstream| format!("http://{}:{}", host_of(upstream), stub_port);
    let environment = [
        ("HOST", "127.0.0.1".to_owned()),
        ("PORT", "0".to_owned()),
        ("RATE_LIMIT", "0".to_owned()),
        ("ISSUERS", issuers.to_string()),
        ("UPSTREAMS__MEMBER_URL", upstream(Upstream::Member)),
        ("UPSTREAMS__CS_INQUIRY_URL", upstream(Upstream::Inquiry)),
        ("UPSTREAMS__PROMOTION_URL", upstream(Upstream::Promotion)),
        ("UPSTREAMS__CLAIM_URL", upstream(Upstream::Claim)),
        ("IDENTITY__SECRET", "a secret that is long enough for anyone".to_owned()),
        ("SERVER__WORKERS", "1".to_owned()),
    ];
    let environment: HashMap<String, String> =
        environment.into_iter().map(|(name, value)| (format!("{PREFIX}_{name}"), value)).collect();
    platform::config::load_from(PREFIX, DEFAULTS, environment).unwrap()
}

/// The address at which the stub plays a service.
pub(crate) fn host_of(upstream: Upstream) -> &'static str {
    match upstream {
        Upstream::Member => "127.0.0.1",
        Upstream::Inquiry => "127.0.0.2",
        Upstream::Promotion => "127.0.0.3",
        Upstream::Claim => "127.0.0.4",
    }
}
