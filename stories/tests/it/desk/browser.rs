//! A browser that a story drives, and what every story at the desk ends with.

use std::process::Stdio;
use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use stories::Stack;
use thirtyfour::bidi::BiDi;
use thirtyfour::bidi::events::LogEntryAdded;
use thirtyfour::bidi::modules::log::LogLevel;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::wait::until;

const AXE: &str = include_str!("vendor/axe-core/axe.min.js");
/// What a page that is easy to use for everybody keeps to.
const RULES: [&str; 4] = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
/// Nothing of the machine's own, and nobody else's servers.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--window-size=1920,1080",
];
/// Before any line of a page: what goes wrong without being an error.
const WATCH: &str = "() => {
    addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
    addEventListener('unhandledrejection', (event) => console.error(`rejected: ${event.reason}`));
    new PerformanceObserver((loads) => loads.getEntries().filter((load) => load.responseStatus >= 400)
        .forEach((load) => console.error(`load: ${load.responseStatus} ${load.name}`))).observe({ type: 'resource', buffered: true });
}";

/// What a page did that nobody saw: errors it wrote, loads that failed.
type Seen = Arc<Mutex<Vec<String>>>;

pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    seen: Seen,
    _chromedriver: Chromedriver,
    _profile: tempfile::TempDir,
}

/// The driver with the browsers it started, which end with it however a story ends.
struct Chromedriver(Child);

impl Drop for Chromedriver {
    fn drop(&mut self) {
        if let Some(group) = self.0.id() {
            // None is left where the browser was closed before.
            let _ = std::process::Command::new("kill").args(["-9", "--", &format!("-{group}")]).status();
        }
    }
}

impl Browser {
    /// None where there is no browser, which is said loudly; the CI has one.
    pub(crate) async fn open() -> Option<Self> {
        let (chromedriver, port) = match start_chromedriver().await {
            Ok(started) => started,
            Err(reason) => {
                assert!(std::env::var_os("CI").is_none(), "no browser: {reason}");
                eprintln!(
                    "\nNOT TESTED: the desk in a browser ({reason}); deploy/scripts/need.sh browser installs one\n"
                );
                return None;
            }
        };
        let profile = tempfile::tempdir().expect("there is room for temporary files");
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).expect("arguments are text");
        }
        let profile_argument = format!("--user-data-dir={}", profile.path().display());
        wanted.add_arg(&profile_argument).expect("arguments are text");
        wanted.enable_bidi().expect("it is a capability");
        let driver =
            WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.expect("the browser starts");
        let seen = watch(&driver.bidi().await.expect("the browser tells what happens")).await;
        Some(Self { driver, seen, _chromedriver: chromedriver, _profile: profile })
    }

    /// Opens the desk of a stack and picks a person where the provider asks.
    pub(crate) async fn sign_in(&self, stack: &Stack, person: &str) {
        self.driver.goto(format!("{}/desk", stack.gateway_url())).await.expect("the desk opens");
        self.find(&format!("button[value={person}]")).await.click().await.expect("a person can be picked");
    }

    /// The first element of this kind, as soon as there is one.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        match self.driver.query(By::Css(css)).first().await {
            Ok(element) => element,
            Err(error) => {
                panic!("no {css} ({error}); the page says: {}; seen: {:?}", self.text().await, self.seen())
            }
        }
    }

    /// All that can be read on the page; nothing while it is on its way to another.
    pub(crate) async fn text(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the page says so.
    pub(crate) async fn says(&self, text: &str) {
        until(&format!("the page says {text}"), async || self.text().await.contains(text)).await;
    }

    /// The end of every story: nothing went wrong that nobody saw, and the page can be used by everybody, in either scheme.
    /// `expected` are parts of what had to go wrong.
    pub(crate) async fn ends_well(self, expected: &[&str]) {
        for scheme in ["light", "dark"] {
            let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            self.driver
                .cdp()
                .send_raw("Emulation.setEmulatedMedia", features)
                .await
                .expect("a scheme can be set");
            let found = self.barriers().await;
            assert_eq!(found, json!([]), "in {scheme}: {found:#}");
        }
        // What was written before this has been told when this is.
        const LAST: &str = "the story ends";
        let ending = format!("console.error('{LAST}')");
        self.driver.execute(ending, Vec::new()).await.expect("a page runs this");
        until("the browser tells of the end", async || self.seen().iter().any(|one| one.contains(LAST)))
            .await;
        let unexpected: Vec<String> = self
            .seen()
            .into_iter()
            .filter(|one| !one.contains(LAST) && !expected.iter().any(|part| one.contains(part)))
            .collect();
        assert!(unexpected.is_empty(), "{unexpected:#?}");
        self.close().await;
    }

    /// Without it the session is given two minutes to end.
    pub(crate) async fn close(self) {
        self.driver.quit().await.expect("the browser closes");
    }

    /// What went wrong so far, and nobody saw.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("nobody panics with it").clone()
    }

    /// What keeps somebody from using the page as it stands.
    pub(crate) async fn barriers(&self) -> Value {
        let script = format!(
            "if (!window.axe) {{ {AXE} }}
            const [rules, done] = arguments;
            axe.run(document, {{ runOnly: rules, resultTypes: ['violations'] }}).then(
                ({{ violations }}) => done(violations.map(({{ id, help, nodes }}) =>
                    ({{ id, help, at: nodes.map(({{ target, failureSummary }}) => `${{target}}: ${{failureSummary}}`) }}))),
                (error) => done([String(error)]));"
        );
        let found =
            self.driver.execute_async(script, vec![json!(RULES)]).await.expect("axe runs on the page");
        found.json().clone()
    }
}

/// A driver on a port that it finds by itself.
async fn start_chromedriver() -> Result<(Chromedriver, u16), String> {
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
            return Ok((Chromedriver(child), port));
        }
    }
    Err("chromedriver ended".to_owned())
}

async fn watch(bidi: &BiDi) -> Seen {
    let seen = Seen::default();
    bidi.script().add_preload_script(WATCH).await.expect("a page can be watched");
    let mut told = bidi.subscribe::<LogEntryAdded>().await.expect("errors are told");
    let held = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Some(entry) = told.next().await {
            if entry.level == LogLevel::Error {
                let fault = format!("{}: {}", entry.entry_type, entry.text.unwrap_or_default());
                held.lock().expect("nobody panics with it").push(fault);
            }
        }
    });
    seen
}
