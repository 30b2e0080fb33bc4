//! A browser that a story drives, and what every story at the desk ends with.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use stories::Stack;

use super::webdriver::{Element, WebDriver};
use crate::wait::until;

const AXE: &str = include_str!("vendor/axe-core/axe.min.js");
/// What a browser says of a load that the API refused.
pub(crate) const REFUSED: [&str; 2] = ["load: 900", "status of 900"];
/// How long an element may take to come.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
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

pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    /// What went wrong in its pages so far, and nobody saw: errors they wrote, loads that failed.
    seen: Mutex<Vec<String>>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// None where there is no browser, which is said loudly; the CI has one.
    pub(crate) async fn open() -> Option<Self> {
        let profile = tempfile::tempdir().expect("there is room for temporary files");
        let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let driver = match WebDriver::start(&arguments).await {
            Ok(driver) => driver,
            Err(reason) => {
                assert!(std::env::var_os("CI").is_none(), "no browser: {reason}");
                eprintln!(
                    "\nNOT TESTED: the desk in a browser ({reason}); deploy/scripts/need.sh browser installs one\n"
                );
                return None;
            }
        };
        let watch = json!({"source": format!("({WATCH})()")});
        driver.chromium("Page.addScriptToEvaluateOnNewDocument", watch).await;
        Some(Self { driver, seen: Mutex::default(), _profile: profile })
    }

    /// Opens the desk of a stack and picks a person where the provider asks.
    pub(crate) async fn sign_in(&self, stack: &Stack, person: &str) {
        self.driver.goto(&format!("{}/desk", stack.gateway_url())).await;
        self.pick(person).await;
        self.find("[data-screen]").await;
    }

    /// Picks a person where the provider asks.
    pub(crate) async fn pick(&self, person: &str) {
        let button = self.find(&format!("button[value=\"{person}\"]")).await;
        self.driver.click(&button).await.expect("a person can be picked");
    }

    /// Goes to another place of the desk, as a link does.
    pub(crate) async fn open_at(&self, place: &str) {
        let script = format!("location.hash = '#/{place}'");
        self.driver.execute(&script).await;
    }

    /// Presses a key wherever the focus is.
    pub(crate) async fn press(&self, key: &str) {
        let focused = self.driver.focused().await.expect("something has the focus");
        self.driver.type_into(&focused, key).await.expect("it takes a key");
    }

    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        self.driver.type_into(&field, text).await.expect("it takes keys");
    }

    /// What is written in a field.
    pub(crate) async fn value(&self, css: &str) -> String {
        self.driver.property(&self.find(css).await, "value").await.unwrap_or_default()
    }

    /// What an element says, to the letter.
    pub(crate) async fn text_of(&self, css: &str) -> String {
        self.driver.property(&self.find(css).await, "textContent").await.unwrap_or_default()
    }

    /// The first element of this kind, as soon as there is one.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let patience = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(element) = self.driver.find(css).await {
                return element;
            }
            if tokio::time::Instant::now() > patience {
                panic!("no {css}; the page says: {}; seen: {:?}", self.text().await, self.seen().await);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// All that can be read on the page; nothing while it is on its way to another.
    pub(crate) async fn text(&self) -> String {
        match self.driver.find("body").await {
            Some(body) => self.driver.property(&body, "innerText").await.unwrap_or_default(),
            None => String::new(),
        }
    }

    /// Waits until the page says so.
    pub(crate) async fn says(&self, text: &str) {
        until(&format!("the page says {text}"), async || self.text().await.contains(text)).await;
    }

    /// The page can be used by everybody, in either scheme. Where `DESK_PICTURES` names a directory, its picture is put there.
    pub(crate) async fn is_usable(&self, name: &str) {
        for scheme in ["dark", "light"] {
            let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            self.driver.chromium("Emulation.setEmulatedMedia", features).await;
            let found = self.barriers().await;
            assert_eq!(found, json!([]), "{name} in {scheme}: {found:#}");
            if let Some(place) = std::env::var_os("DESK_PICTURES").filter(|_| !name.is_empty()) {
                let file = std::path::Path::new(&place).join(format!("{name}-{scheme}.png"));
                std::fs::write(file, self.driver.picture().await).expect("a picture can be put there");
            }
        }
    }

    /// The end of every story: nothing went wrong that nobody saw, and the page can be used by everybody, in either scheme.
    /// `expected` are parts of what had to go wrong.
    pub(crate) async fn ends_well(self, expected: &[&str]) {
        self.is_usable("").await;
        // What was written before this has been told when this is.
        const LAST: &str = "the story ends";
        self.driver.execute(&format!("console.error('{LAST}')")).await;
        until("the browser tells of the end", async || {
            self.seen().await.iter().any(|one| one.contains(LAST))
        })
        .await;
        let unexpected: Vec<String> = self
            .seen()
            .await
            .into_iter()
            .filter(|one| !one.contains(LAST) && !expected.iter().any(|part| one.contains(part)))
            .collect();
        assert!(unexpected.is_empty(), "{unexpected:#?}");
        self.close().await;
    }

    pub(crate) async fn close(self) {
        self.driver.quit().await;
    }

    /// What went wrong so far, and nobody saw.
    pub(crate) async fn seen(&self) -> Vec<String> {
        let errors = self.driver.errors().await;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(errors);
        seen.clone()
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
        self.driver.execute_async(&script, json!([RULES])).await
    }
}
