//! What an access record costs an answer: `cargo run --release -p promotion-service --example looks_bench`.
//!
//! A member's coupons through HTTP, asked for by the member, which leaves no record, and by an agent, which leaves one. The two take
//! turns, so that what slows the machine slows both; everything else about them is the same. On SQLite, and on PostgreSQL where
//! TEST_DATABASE_URL names one.

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use futures_util::future::join_all;
use platform::clock::Clock;
use platform::identity::Caller;
use platform::server::ServerSettings;
use promotion_service::app;
use promotion_service::settings::{Settings, UpstreamSettings};
use test_kit::TestDatabase;
use test_kit::identity::{agent, identity_settings, member};
use test_kit::service::{TestService, any_port};

const MEMBER: &str = "100001311";
/// Callers at the same time.
const CALLERS: [usize; 3] = [1, 8, 32];
const ROUNDS: usize = 10;
/// Requests of one round, of all callers together.
const REQUESTS: usize = 640;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let out = &mut std::io::stdout();
    writeln!(out, "getCoupons, µs p50 (requests/s): by the member, by an agent, ratio of the two rates")?;
    for (name, database) in
        [("SQLite", Some(TestDatabase::sqlite())), ("PostgreSQL", TestDatabase::postgres())]
    {
        let Some(database) = database else { continue };
        let service = start(&database).await?;
        for callers in CALLERS {
            let [own, looked] = take_turns(&service, callers).await;
            let percent = own.taken.as_micros() * 100 / looked.taken.as_micros().max(1);
            writeln!(out, "{name}, {callers} at once: {own}, {looked}, {percent} %")?;
        }
    }
    Ok(())
}

/// With a keeper that takes every record.
async fn start(database: &TestDatabase) -> std::io::Result<TestService> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let inquiry_url = format!("http://{}", listener.local_addr()?);
    let keeper = HttpServer::new(|| App::new().default_service(web::to(HttpResponse::Ok)));
    actix_web::rt::spawn(keeper.workers(1).listen(listener)?.run());
    let settings = Settings {
        server: ServerSettings { workers: 2, ..ServerSettings::default() },
        log: platform::telemetry::LogSettings::default(),
        telemetry: platform::telemetry::TelemetrySettings::default(),
        database: database.settings(),
        identity: identity_settings(),
        upstreams: UpstreamSettings { inquiry_url },
        client: Default::default(),
        outbox: Default::default(),
        mileage_valid_days: None,
        mileage_expiry_every_seconds: 600,
    };
    let clock = Clock::system();
    let application = app::build(settings, clock.clone(), any_port()).await.map_err(std::io::Error::other)?;
    Ok(TestService::start(app::NAME, application, clock))
}

#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    taken: Duration,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut times = self.times.clone();
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let rate = times.len().saturating_mul(1_000_000)
            / usize::try_from(self.taken.as_micros()).unwrap_or(1).max(1);
        write!(f, "{} ({rate})", median.as_micros())
    }
}

async fn take_turns(service: &TestService, callers: usize) -> [Measured; 2] {
    let mut measured = [Measured::default(), Measured::default()];
    let who = [member(MEMBER), agent("cs1")];
    for _ in 0..ROUNDS {
        for (caller, measured) in who.iter().zip(&mut measured) {
            let began = Instant::now();
            let times = join_all((0..callers).map(|_| ask(service, caller, REQUESTS / callers))).await;
            measured.taken += began.elapsed();
            measured.times.extend(times.into_iter().flatten());
        }
    }
    measured
}

async fn ask(service: &TestService, caller: &Caller, times: usize) -> Vec<Duration> {
    let path = format!("/v1/marketing/coupons?mbrNo={MEMBER}");
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        let answer = service.get(&path, caller).await;
        taken.push(began.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    taken
}
