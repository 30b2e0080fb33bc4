//! What a process takes of the machine while many upload at once, asked of the system.

use std::process::Stdio;

use platform::clock::Clock;
use secrecy::ExposeSecret as _;
use serde_json::Value;
use test_kit::identity::INTERNAL_SECRET;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, Command};

use crate::app::TestApp;
use crate::form::Multipart;

/// The very program that is shipped, on the database of a test.
struct Process {
    port: u16,
    child: Child,
    /// Its end ends the process, so that none outlives its test.
    _stdin: Option<ChildStdin>,
}

impl Process {
    async fn start(app: &TestApp) -> Self {
        let settings = &app.settings;
        let directory = app.files.path().to_str().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-inquiry-service"));
        for (name, value) in [
            ("DATABASE__URL", settings.database.url.expose_secret()),
            ("IDENTITY__SECRET", INTERNAL_SECRET),
            ("UPSTREAMS__MEMBER_URL", settings.upstreams.member_url.as_str()),
            ("UPSTREAMS__CLAIM_URL", settings.upstreams.claim_url.as_str()),
            ("ATTACHMENT__DIRECTORY", directory),
            ("SERVER__HOST", "127.0.0.1"),
            ("SERVER__PORT", "0"),
            ("SERVER__WORKERS", "2"),
            ("SERVER__STOP_ON_STDIN_EOF", "true"),
            ("LOG__FILTER", "warn,service_kit::application=info"),
        ] {
            command.env(format!("CS_INQUIRY_{name}"), value);
        }
        if let Some(schema) = &settings.database.schema {
            command.env("CS_INQUIRY_DATABASE__SCHEMA", schema).env("CS_INQUIRY_DATABASE__POOL_SIZE", "4");
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("it says that it serves");
            let said: Value = serde_json::from_str(&line).unwrap();
            if let Some(port) = said["port"].as_u64().filter(|_| said["message"] == "serving") {
                break u16::try_from(port).unwrap();
            }
        };
        // Read on, or it would wait for room in its log.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { port, child, _stdin: stdin }
    }

    /// A figure of `/proc/…/status`, in KiB.
    fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_matches(|character: char| !character.is_ascii_digit()).parse().unwrap()
    }
}

/// As many texts as a request may bring, each as long as it may be.
fn many_texts() -> Multipart {
    let long = "x".repeat(65_000);
    let names = ["title", "accpCont", "ordNo", "goodsNo", "itmNo", "emailAddr"];
    names.iter().cycle().take(195).fold(Multipart::new(), |form, name| form.text(name, &long))
}

#[actix_web::test]
async fn texts_that_come_again_and_again_are_not_kept() {
    let app = TestApp::start().await;
    let process = Process::start(&app).await;
    let before = process.memory("VmRSS:");
    let form = many_texts();
    let body = form.bytes();
    let (first, rest) = body.split_at(body.len() - 10);
    let mut open = Vec::new();
    for _ in 0..10 {
        let (_, head) = app.by_hand_at(Clock::system().now(), &form);
        let mut stream = TcpStream::connect(("127.0.0.1", process.port)).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(first).await.unwrap();
        open.push(stream);
    }
    // All are open now, and the service has read them but for what lies in the kernel.
    for mut stream in open {
        stream.write_all(rest).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 900 "), "{answer}");
    }
    let (now, highest) = (process.memory("VmRSS:"), process.memory("VmHWM:"));
    println!("ten requests of 12.7 MB each: from {before} to {now} KiB, {highest} at most");
    assert!(highest < before + 48 * 1_024, "from {before} to {highest} KiB");
}
