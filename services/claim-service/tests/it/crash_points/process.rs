//! claim-service as a process of its own: the very program that is shipped.

use std::collections::HashMap;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_claim-service");

pub(crate) struct Process {
    pub(crate) port: u16,
    /// Where its metrics are read, if it was told to show them.
    pub(crate) metrics: Option<String>,
    child: Child,
    /// Its end ends the process, so that none outlives its test.
    _stdin: Option<ChildStdin>,
}

impl Process {
    /// It serves when this returns.
    pub(crate) async fn start(environment: &HashMap<String, String>) -> Self {
        let mut child = Command::new(PROGRAM)
            .envs(environment)
            .env("CLAIM_LOG__FILTER", "warn,service_kit::application=info,platform::telemetry=info")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be run");
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
        let mut metrics = None;
        let port = loop {
            let line = lines.next_line().await.expect("a log is text").expect("it says that it serves");
            let said: Value = serde_json::from_str(&line).expect("a log line is JSON");
            if said["message"] == "metrics are served" {
                metrics = said["address"].as_str().map(str::to_owned);
            }
            if let Some(port) = said["port"].as_u64().filter(|_| said["message"] == "serving") {
                break u16::try_from(port).expect("a port");
            }
        };
        // Read on, or it would wait for room in its log.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { port, metrics, child, _stdin: stdin }
    }

    /// SIGKILL; it is gone when this returns.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("a process of our own can be killed");
    }
}

/// What a command of the program says, and its exit code.
pub(crate) async fn run(command: &str, environment: &HashMap<String, String>) -> (Option<i32>, String) {
    let ran = Command::new(PROGRAM)
        .arg(command)
        .envs(environment)
        .env("CLAIM_LOG__FILTER", "off")
        .kill_on_drop(true)
        .output()
        .await
        .expect("the program can be run");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.code(), String::from_utf8_lossy(&said).into_owned())
}
