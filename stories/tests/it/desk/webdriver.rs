//! A browser behind its driver, as far as stories need it: the W3C's WebDriver protocol, and what Chromium's driver adds to it.

use std::process::Stdio;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Under this name the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The longest a command may take; a page or a script has less.
const PATIENCE: Duration = Duration::from_secs(120);
const PAGE_MS: u64 = 60_000;

/// Keys without a letter, as the protocol writes them.
pub(crate) const ENTER: &str = "\u{e006}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const ARROW_DOWN: &str = "\u{e015}";
/// Held until the end of what is typed.
pub(crate) const CONTROL: &str = "\u{e009}";

/// One session of one browser, which ends with it.
pub(crate) struct WebDriver {
    http: Client,
    session: String,
    _process: Process,
}

/// The driver with the browsers it started, which end with it however a story ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(group) = self.0.id() {
            // None is left where the browser was closed before.
            let _ = std::process::Command::new("kill").args(["-9", "--", &format!("-{group}")]).status();
        }
    }
}

/// An element of the page as it stood when it was found.
pub(crate) struct Element(String);

impl WebDriver {
    /// A driver on a port that it finds by itself, and a browser with these arguments. Says why there is none.
    pub(crate) async fn start(arguments: &[String]) -> Result<Self, String> {
        let (process, port) = start_chromedriver().await?;
        let http = Client::builder().timeout(PATIENCE).build().map_err(|error| error.to_string())?;
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": PAGE_MS, "pageLoad": PAGE_MS},
        }}});
        let sessions = format!("http://127.0.0.1:{port}/session");
        let begun = ask(&http, Method::POST, &sessions, Some(&wanted)).await?;
        let id = begun["sessionId"].as_str().ok_or_else(|| format!("no session in {begun}"))?;
        Ok(Self { session: format!("{sessions}/{id}"), http, _process: process })
    }

    async fn command(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, String> {
        ask(&self.http, method, &format!("{}{path}", self.session), body.as_ref()).await
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.command(Method::POST, path, Some(body)).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) async fn goto(&self, url: &str) {
        self.post("/url", json!({"url": url})).await;
    }

    pub(crate) async fn refresh(&self) {
        self.post("/refresh", json!({})).await;
    }

    pub(crate) async fn address(&self) -> String {
        let address = self.command(Method::GET, "/url", None).await.expect("a page has an address");
        address.as_str().unwrap_or_default().to_owned()
    }

    /// The first element of this kind there is now.
    pub(crate) async fn find(&self, css: &str) -> Option<Element> {
        let wanted = json!({"using": "css selector", "value": css});
        element(&self.command(Method::POST, "/element", Some(wanted)).await.ok()?)
    }

    /// What has the focus.
    pub(crate) async fn focused(&self) -> Option<Element> {
        element(&self.command(Method::GET, "/element/active", None).await.ok()?)
    }

    pub(crate) async fn click(&self, Element(id): &Element) -> Result<(), String> {
        self.command(Method::POST, &format!("/element/{id}/click"), Some(json!({}))).await.map(drop)
    }

    pub(crate) async fn type_into(&self, Element(id): &Element, text: &str) -> Result<(), String> {
        self.command(Method::POST, &format!("/element/{id}/value"), Some(json!({"text": text})))
            .await
            .map(drop)
    }

    /// A property of an element, if it is a text; nothing of one that is gone.
    pub(crate) async fn property(&self, Element(id): &Element, name: &str) -> Option<String> {
        let path = format!("/element/{id}/property/{name}");
        Some(self.command(Method::GET, &path, None).await.ok()?.as_str()?.to_owned())
    }

    pub(crate) async fn execute(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Runs a script that calls its last argument with what it found.
    pub(crate) async fn execute_async(&self, script: &str, args: Value) -> Value {
        self.post("/execute/async", json!({"script": script, "args": args})).await
    }

    /// A command of Chromium's own protocol.
    pub(crate) async fn chromium(&self, command: &str, parameters: Value) {
        self.post("/goog/cdp/execute", json!({"cmd": command, "params": parameters})).await;
    }

    /// The errors the page has written, or were written of it, since this was asked last.
    pub(crate) async fn errors(&self) -> Vec<String> {
        let entries = self.post("/se/log", json!({"type": "browser"})).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What the page looks like, as a PNG.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        let picture = self.command(Method::GET, "/screenshot", None).await.expect("a page has a picture");
        STANDARD.decode(picture.as_str().unwrap_or_default()).expect("a picture is sent as Base64")
    }

    pub(crate) async fn quit(self) {
        self.command(Method::DELETE, "", None).await.expect("the browser closes");
    }
}

fn element(found: &Value) -> Option<Element> {
    found[ELEMENT].as_str().map(|id| Element(id.to_owned()))
}

/// The value of an answer, or what the driver says went wrong.
async fn ask(http: &Client, method: Method, url: &str, body: Option<&Value>) -> Result<Value, String> {
    let request = http.request(method, url);
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let is_done = answer.status().is_success();
    let mut said: Value = answer.json().await.map_err(|error| error.to_string())?;
    let value = said["value"].take();
    if is_done { Ok(value) } else { Err(format!("{}: {}", value["error"], value["message"])) }
}

/// A driver on a port that it finds by itself.
async fn start_chromedriver() -> Result<(Process, u16), String> {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // With its browsers it is a group of its own, so that all of them can be ended and nobody else.
        .process_group(0)
        .spawn()
        .map_err(|error| format!("chromedriver: {error}"))?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("it says nothing")?).lines();
    while let Some(line) = lines.next_line().await.map_err(|error| error.to_string())? {
        let port = line
            .split_once("started successfully on port ")
            .and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            // It goes on talking, and nobody may close its mouth.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((Process(child), port));
        }
    }
    Err("chromedriver ended".to_owned())
}
