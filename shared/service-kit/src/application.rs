//! A service as a whole: its server, its workers, and how it stops.

use std::future::Future;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App, web};
use contract::ResultCode;
use db::Db;
use platform::body_budget::BodyBudget;
use platform::clock::Clock;
use platform::drain::{self, Drain};
use platform::error::Problem;
use platform::gate::{self, Gate};
use platform::health::{self, Readiness};
use platform::identity::InternalKeys;
use platform::operations::Table;
use platform::server::{ServerSettings, stop_on_stdin_eof};
use platform::unread_body;
use tokio_util::sync::CancellationToken;

use crate::housekeeping;
use crate::looks::{self, Keep};
use crate::observed;
use crate::once::{self, HeldKeys, OnceState};
use crate::routes::Routes;

/// What a service is made of.
pub struct Parts {
    /// The name its sisters and the gateway sign for, as `member-service`.
    pub name: &'static str,
    pub server: ServerSettings,
    pub db: Db,
    pub keys: Arc<InternalKeys>,
    pub clock: Clock,
    pub routes: Routes,
    /// How looks at personal data are put down.
    pub keep_looks: Keep,
    pub workers: Vec<Worker>,
}

/// Work without a request; runs until its token is cancelled.
pub type Worker = Box<dyn FnOnce(CancellationToken) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// Boxes a worker.
pub fn worker<F, W>(work: W) -> Worker
where
    W: FnOnce(CancellationToken) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    Box::new(move |stop| Box::pin(work(stop)))
}

/// A built service that listens already and serves once it runs.
pub struct Application {
    port: u16,
    server: Server,
    parts: Running,
}

struct Running {
    name: &'static str,
    db: Db,
    clock: Clock,
    once: OnceState,
    looks_writer: looks::Writer,
    workers: Vec<Worker>,
    server: ServerSettings,
    drain: Drain,
}

impl Application {
    /// Builds the server. `configure` adds the service's own state, as `web::Data<AppState>`.
    pub fn build(
        parts: Parts,
        listener: TcpListener,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> std::io::Result<Self> {
        let missing = parts.routes.missing();
        if !missing.is_empty() {
            tracing::info!(?missing, "declared operations without a handler answer NOT_IMPLEMENTED");
        }
        let port = listener.local_addr()?.port();
        let table = Table::new(parts.routes.declared()).map_err(std::io::Error::other)?;
        let gate = web::Data::new(Gate {
            service: parts.name,
            table,
            keys: Arc::clone(&parts.keys),
            clock: parts.clock.clone(),
        });
        let once = OnceState { db: parts.db.clone(), clock: parts.clock.clone(), held: HeldKeys::default() };
        let once_state = web::Data::new(once.clone());
        let (keeping, looks_writer) = looks::keeping(&parts.db, &parts.clock, parts.keep_looks);
        let keeping = web::Data::new(keeping);
        let body_budget = web::Data::new(BodyBudget::new(parts.server.body_bytes));
        body_budget.watch();
        let readiness = Readiness::new({
            let db = parts.db.clone();
            move || {
                let db = db.clone();
                Box::pin(async move { db.ping().await.map_err(|error| format!("database: {error}")) })
            }
        });
        let routes = parts.routes;
        let drain = Drain::default();
        let leaving = web::Data::new(drain.clone());
        let server = platform::http_server!(&parts.server, listener, move || {
            App::new()
                .app_data(gate.clone())
                .app_data(once_state.clone())
                .app_data(keeping.clone())
                .app_data(body_budget.clone())
                .app_data(leaving.clone())
                .wrap(from_fn(once::keep))
                .wrap(from_fn(looks::put_down))
                .wrap(from_fn(gate::check))
                .wrap(from_fn(gate::request_scope))
                .wrap(from_fn(drain::end_connections))
                .wrap(from_fn(unread_body::hear_out))
                .configure(|config| health::configure(config, readiness.clone()))
                .configure(configure.clone())
                .configure(|config| routes.configure(config))
                .default_service(web::to(not_found))
        })?
        .run();
        let running = Running {
            name: parts.name,
            db: parts.db,
            clock: parts.clock,
            once,
            looks_writer,
            workers: parts.workers,
            server: parts.server,
            drain,
        };
        Ok(Self { port, server, parts: running })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops the application from outside.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until a signal, the end of standard input, or its handle says stop. Told by SIGTERM, it goes on serving until those
    /// who send to it have heard ([`Drain`]). Requests in flight finish; then the workers finish what they have begun and give
    /// back their leases.
    pub async fn run(self) -> std::io::Result<()> {
        let stop = CancellationToken::new();
        let mut tasks: Vec<tokio::task::JoinHandle<()>> =
            self.parts.workers.into_iter().map(|worker| tokio::spawn(worker(stop.clone()))).collect();
        tasks.push(tokio::spawn(once::renew_regularly(self.parts.once, stop.clone())));
        tasks.push(tokio::spawn(self.parts.looks_writer.run(stop.clone())));
        observed::watch_pools(&self.parts.db);
        tasks.push(tokio::spawn(housekeeping::run(
            self.parts.db.clone(),
            self.parts.clock.clone(),
            stop.clone(),
        )));
        if platform::metrics::is_served() {
            let counting = observed::count_outbox(self.parts.db.clone(), self.parts.clock, stop.clone());
            tasks.push(tokio::spawn(counting));
        }
        self.parts.drain.stop_on_signals(self.server.handle(), self.parts.server.drain())?;
        if self.parts.server.stop_on_stdin_eof {
            stop_on_stdin_eof(self.server.handle());
        }
        tracing::info!(service = self.parts.name, port = self.port, "serving");
        let result = self.server.await;
        stop.cancel();
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a worker ended badly");
            }
        }
        tracing::info!(service = self.parts.name, "stopped");
        result
    }
}

async fn not_found() -> Result<&'static str, Problem> {
    Err(Problem::new(ResultCode::NotFound))
}
