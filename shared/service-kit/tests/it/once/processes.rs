//! Processes that hold a key, and what becomes of it when they or their database die.
//!
//! The holder is this test binary, started once more.

use std::process::Stdio;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use db::{DatabaseSettings, Db, DbError};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Timestamp;
use platform::clock::Clock;
use platform::identity::{GATEWAY, INTERNAL_HEADER};
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::json;
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::TestDatabase;
use test_kit::dump::rows_of;
use test_kit::identity::{internal_keys, service};
use test_kit::service::{TestAnswer, TestService, read};
use tokio::io::{AsyncBufReadExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{PATH, until_held};
use crate::probe::{self, Manner, NAME, migrated};

const DATABASE: &str = "ONCE_TEST_DATABASE";
const SCHEMA: &str = "ONCE_TEST_SCHEMA";
const TAKES_MS: &str = "ONCE_TEST_TAKES_MS";
/// How long a key may be held after its holder died (contract, section 1).
const SOON: TimeDelta = TimeDelta::seconds(10);
/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// A process that serves.
struct Process {
    base: String,
    child: Child,
}

impl Process {
    async fn start(database: &TestDatabase, takes: Duration) -> Self {
        let settings = database.settings();
        let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
        command
            .args(["--exact", "once::processes::a_process_as_its_parent_starts_it", "--nocapture"])
            .env(DATABASE, settings.url.expose_secret())
            .env(TAKES_MS, takes.as_millis().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        if let Some(schema) = settings.schema {
            command.env(SCHEMA, schema);
        }
        let mut child = command.spawn().expect("this program can be started again");
        let mut lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
        let port = loop {
            let line = lines.next_line().await.expect("it writes text").expect("it says where it serves");
            if let Some((_, port)) = line.split_once("serving at ") {
                break port.to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { base: format!("http://127.0.0.1:{port}"), child }
    }

    async fn signal(&self, signal: &str) {
        let pid = self.child.id().expect("it has not ended");
        let kill = format!("kill {signal} {pid}");
        let sent = Command::new("sh").args(["-c", &kill]).status().await.expect("there is a shell");
        assert!(sent.success(), "{kill}");
    }
}

/// Nothing by itself; the holder of a key when it is told of a database.
#[actix_web::test]
async fn a_process_as_its_parent_starts_it() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let mut settings = DatabaseSettings::new(url);
    settings.schema = std::env::var(SCHEMA).ok();
    settings.pool_size = Some(2);
    let takes = std::env::var(TAKES_MS).expect("its parent says so").parse().expect("milliseconds");
    let manner = Manner {
        name: " of the first",
        takes: Duration::from_millis(takes),
        stop_on_stdin_eof: true,
        ..Manner::default()
    };
    let db = Db::open(&settings).expect("its parent has opened it too");
    let application = probe::application(db, &Clock::system(), manner);
    println!("serving at {}", application.port());
    application.run().await.expect("it ends in order");
}

/// Sends the one request of these tests.
fn ask(base: &str) -> JoinHandle<Option<TestAnswer>> {
    let now = Clock::system().now();
    let token = internal_keys().sign(NAME, GATEWAY, &service("shop"), now, TimeDelta::seconds(60));
    let request = reqwest::Client::new()
        .request(Method::PUT, format!("{base}{PATH}"))
        .header(INTERNAL_HEADER, token)
        .header(IDEMPOTENCY_KEY, "k")
        .json(&json!({"key": "a"}));
    tokio::spawn(async move {
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.ok()?;
        let json = serde_json::from_str(&text).ok()?;
        Some(TestAnswer { status, text, json, headers })
    })
}

fn is_in_flight(answer: &TestAnswer) -> bool {
    (answer.status, answer.code()) == (409, "IDEMPOTENCY_KEY_IN_FLIGHT")
}

/// Repeats the request until the second process has an answer to it.
async fn repeat(second: &TestService) -> TestAnswer {
    let answered = async {
        loop {
            let answer = ask(&second.base).await.expect("no panic").expect("the second process lives");
            if !is_in_flight(&answer) {
                return answer;
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::time::timeout(PATIENCE, answered).await.expect("the key is free")
}

#[derive(QueryableByName)]
struct Lease {
    #[diesel(sql_type = Timestamp)]
    lease_until: NaiveDateTime,
}

/// To be asked when the holder is dead. It looks at what is written and not at how long that takes, so a slow machine does
/// not matter.
async fn check_is_free_soon(db: &Db) {
    let lease = db.read(|conn| {
        Ok::<_, DbError>(sql_query("SELECT lease_until FROM idempotency_key").get_result(conn)?)
    });
    let Lease { lease_until } = lease.await.expect("there is the one key");
    let left = lease_until.and_utc() - Clock::system().now();
    assert!(left <= SOON, "{left}");
}

fn second(database: &TestDatabase) -> TestService {
    probe::start(database.open(), &Clock::system(), Manner { name: " of the second", ..Manner::default() })
}

/// The second one did it, once, and so it was answered.
async fn check_done_once(database: &TestDatabase, second: &TestService, answer: &TestAnswer) {
    assert_eq!((answer.status, answer.payload()), (200, &json!({"isFirst": true})), "{}", answer.text);
    assert_eq!(repeat(second).await.text, answer.text);
    let effects = rows_of(&database.open(), "inbox_message").await;
    assert!(effects.len() == 1 && effects.iter().all(|row| row.contains("a of the second")), "{effects:?}");
}

#[actix_web::test]
async fn a_key_stays_with_a_process_as_long_as_it_lives_and_is_free_soon_after_it_was_killed() {
    let database = migrated();
    let mut first = Process::start(&database, Duration::from_secs(120)).await;
    let second = second(&database);
    let lost = ask(&first.base);
    until_held(&database.open()).await;
    for _ in 0..12 {
        let answer = ask(&second.base).await.expect("no panic").expect("the second process lives");
        assert!(is_in_flight(&answer), "{}", answer.text);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    first.child.kill().await.expect("a process of our own can be killed");
    check_is_free_soon(&database.open()).await;
    let answer = repeat(&second).await;
    check_done_once(&database, &second, &answer).await;
    assert_eq!(lost.await.expect("no panic"), None);
}

#[actix_web::test]
async fn a_process_that_was_stopped_and_wakes_up_does_nothing_that_another_did_meanwhile() {
    let database = migrated();
    let first = Process::start(&database, Duration::from_secs(6)).await;
    let second = second(&database);
    let late = ask(&first.base);
    until_held(&database.open()).await;
    first.signal("-STOP").await;
    check_is_free_soon(&database.open()).await;
    let answer = repeat(&second).await;
    first.signal("-CONT").await;
    let late = late.await.expect("no panic").expect("it wakes up");
    assert!(is_in_flight(&late), "{}", late.text);
    check_done_once(&database, &second, &answer).await;
}

/// A wire to the database, which can be cut.
async fn wire(to: String, cut: CancellationToken) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let all = cut.clone();
    tokio::spawn(cut.run_until_cancelled_owned(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = TcpStream::connect(&to).await.expect("the database listens");
            tokio::spawn(all.clone().run_until_cancelled_owned(async move {
                let _ = copy_bidirectional(&mut near, &mut far).await;
            }));
        }
    }));
    port
}

/// On SQLite there is no database that could be gone while its process lives.
#[actix_web::test]
async fn a_key_is_free_soon_after_its_request_lost_its_database() {
    let Some(database) = TestDatabase::postgres() else { return };
    let mut settings = database.settings();
    let url = settings.url.expose_secret().to_owned();
    let (before, rest) = url.split_once('@').expect("tests name a user");
    let (host, after) = rest.split_once('/').expect("tests name a database");
    let cut = CancellationToken::new();
    let port = wire(host.to_owned(), cut.clone()).await;
    settings.url = format!("{before}@127.0.0.1:{port}/{after}").into();
    database.open().migrate(probe::NO_MIGRATIONS).expect("a fresh database takes the foundation");

    let slow = Manner { name: " of the first", takes: Duration::from_secs(4), ..Manner::default() };
    let first = probe::start(Db::open(&settings).expect("the same database"), &Clock::system(), slow);
    let second = second(&database);
    let failed = ask(&first.base);
    until_held(&database.open()).await;
    cut.cancel();
    let failed = failed.await.expect("no panic").expect("the first process lives");
    assert!(failed.status >= 500 && failed.status != 900, "{}", failed.text);
    check_is_free_soon(&database.open()).await;
    let answer = repeat(&second).await;
    check_done_once(&database, &second, &answer).await;
    assert_eq!(read(first.request(Method::GET, "/health/live", &service("shop"))).await.status, 200);
}
