//! The real process, and what it takes of its machine.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use std::{fs, path};

use chrono::TimeDelta;
use member_service::app;
use platform::clock::Clock;
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{internal_keys, service};
use test_kit::service::{TestAnswer, read};

use crate::app::environment;
use crate::crowds::guests_orders;
use crate::orders::INTAKE;

const PATIENCE: Duration = Duration::from_secs(60);

/// A member-service as an operator starts it.
struct Process {
    child: Child,
    base: String,
}

impl Process {
    fn start(folder: &path::Path, database: &TestDatabase) -> Self {
        let settings = database.settings();
        let schema = settings.schema.into_iter().map(|schema| ("MEMBER_DATABASE__SCHEMA".to_owned(), schema));
        let child = Command::new(env!("CARGO_BIN_EXE_member-service"))
            .envs(environment(folder))
            .envs(schema)
            .env("MEMBER_DATABASE__URL", settings.url.expose_secret())
            .env("MEMBER_SERVER__HOST", "127.0.0.1")
            .env("MEMBER_SERVER__PORT", "0")
            .env("MEMBER_PASSWORDS__THREADS", "2")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut process = Self { child, base: String::new() };
        let log = BufReader::new(process.child.stdout.take().unwrap());
        let (found, port) = mpsc::channel();
        // Reads on to the end, or the process would wait for it.
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                let line: Value = serde_json::from_str(&line).unwrap_or_default();
                if line["message"] == "serving" {
                    let _ = found.send(line["port"].as_u64());
                }
            }
        });
        let port = port.recv_timeout(PATIENCE).unwrap().unwrap();
        process.base = format!("http://127.0.0.1:{port}");
        process
    }

    async fn post(&self, path: &str, caller: &Caller, body: &Value) -> TestAnswer {
        let now = Clock::system().now();
        let token = internal_keys().sign(app::NAME, GATEWAY, caller, now, TimeDelta::seconds(60));
        let request = reqwest::Client::new().post(format!("{}{path}", self.base));
        read(request.header(INTERNAL_HEADER, token).json(body)).await
    }

    /// A line of `/proc/…/status` in MiB: `VmRSS` is what it holds, `VmHWM` the most it has held.
    fn mebibytes(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn guests_orders_take_the_memory_of_as_many_hashes_as_there_are_threads() {
    let (folder, database) = (tempfile::tempdir().unwrap(), TestDatabase::new());
    let process = Process::start(folder.path(), &database);
    let at_rest = process.mebibytes("VmRSS");
    for first in [1, 1_001] {
        let body = json!({"orders": guests_orders(first, 100)});
        let answer = process.post(INTAKE, &service("shop"), &body).await;
        assert_eq!(answer.payload()["created"], 100, "{}", answer.text);
    }
    let most = process.mebibytes("VmHWM");
    // Twice 19 MiB for two hashes; the rest is for the orders themselves.
    assert!(most < at_rest + 90, "it held {at_rest} MiB and came to {most}");
}
