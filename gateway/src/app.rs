//! The application: everything put together, one server.

use std::convert::Infallible;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::ServiceConfig;
use actix_web::dev::{Server, fn_service};
use actix_web::rt::net::TcpStream;
use http::uri::Authority;
use platform::clock::Clock;
use platform::drain::Drain;
use platform::identity::IdentityError;

use crate::door::{
    Authenticator, Cors, Door, FreshnessWatch, IdentitySigner, Keys, Limits, RouteTable, RouteTableError,
    SourceError, TokenCache,
};
use crate::limits::{AddressCap, Bulkheads, RateLimit, Threshold, open_files};
use crate::pages::Desk;
use crate::per_service::PerService;
use crate::settings::{Settings, SettingsError, UpstreamSettings};
use crate::wire::connection::{self, ConnectionBounds};
use crate::wire::{BodyPace, Bounds, Connections};
use crate::worker::{Shared, Worker};

/// Why the gateway doesn't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the declared operations make no route table")]
    Routes(#[from] RouteTableError),
    #[error("an issuer's key source can't be used")]
    Keys(#[from] SourceError),
    #[error("the secret in `identity.secret` can't be used")]
    Identity(#[from] IdentityError),
    #[error("`{0}` can't be listened on")]
    Listen(String, #[source] std::io::Error),
}

/// A gateway that is bound to its address and ready to run.
pub struct Application {
    server: Server,
    port: u16,
    drain: Drain,
    drain_for: Duration,
    _fresh_keys: FreshnessWatch,
}

impl Application {
    /// Checks everything, reads the keys once, binds the address.
    pub async fn build(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        settings.check()?;
        let keys = Arc::new(Keys::new(&settings.issuers, &settings.keys)?);
        let shared = Arc::new(shared(settings, clock, Arc::clone(&keys))?);
        keys.read_all().await;
        let fresh_keys = keys.keep_fresh();

        let server_settings = settings.server();
        let address = format!("{}:{}", server_settings.host, server_settings.port);
        let listen_failed = |error| StartError::Listen(address.clone(), error);
        let listener: TcpListener = server_settings.bind().map_err(listen_failed)?;
        let port = listener.local_addr().map_err(listen_failed)?.port();
        let limits = settings.limits.clone();
        let authorities = authorities(&settings.upstreams)?;
        let bounds = ConnectionBounds {
            head: Duration::from_secs(server_settings.head_timeout_seconds),
            keep_alive: Duration::from_secs(server_settings.keep_alive_seconds),
            head_bytes: limits.head_bytes,
            write_idle: Duration::from_millis(limits.answer_idle_ms),
            write_bytes_per_s: limits.answer_bytes_per_s,
            body: shared.bounds.pace,
        };
        let drain = shared.drain.clone();
        let workers = server_settings.worker_count();
        let max_connections = open_files::connections_per_worker(
            server_settings.max_connections,
            workers,
            &limits,
            open_files::raise().unwrap_or(usize::MAX),
        );
        // Who stops the process knows how to leave; the framework would stop at once.
        let server = Server::build()
            .disable_signals()
            .workers(workers)
            .max_concurrent_connections(max_connections)
            .shutdown_timeout(server_settings.shutdown_seconds);
        let stopping = server.graceful_shutdown_signal();
        let server = server
            .listen("gateway", listener, move || {
                let config = ServiceConfig::default();
                let connections = Connections::new(authorities.clone(), &limits, config.clone());
                let worker = Rc::new(Worker::new(Arc::clone(&shared), connections));
                let (threshold, stopping) = (Rc::new(Threshold::new()), stopping.clone());
                fn_service(move |stream: TcpStream| {
                    let (worker, threshold) = (Rc::clone(&worker), Rc::clone(&threshold));
                    let (config, stopping) = (config.clone(), stopping.clone());
                    async move {
                        threshold.cross().await;
                        connection::serve(stream, &*worker, config, bounds, stopping.notified()).await;
                        Ok::<(), Infallible>(())
                    }
                })
            })
            .map_err(listen_failed)?
            .run();
        if server_settings.stop_on_stdin_eof {
            platform::server::stop_on_stdin_eof(server.handle());
        }
        Ok(Self { server, port, drain, drain_for: server_settings.drain(), _fresh_keys: fresh_keys })
    }

    /// The port it listens on, which matters where the settings said 0.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A handle that stops it.
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }

    /// Serves until it is told to stop, then lets what is in flight finish. Told by SIGTERM, it first goes on serving until those
    /// who send to it have heard ([`Drain`]).
    pub async fn run(self) -> std::io::Result<()> {
        self.drain.stop_on_signals(self.server.handle(), self.drain_for)?;
        self.server.await
    }
}

/// Puts together what all worker threads share.
fn shared(settings: &Settings, clock: Clock, keys: Arc<Keys>) -> Result<Shared, StartError> {
    let limits = &settings.limits;
    let token_limits = Limits {
        leeway_s: settings.tokens.leeway_s.into(),
        max_lifetime_s: settings.tokens.max_lifetime_s.into(),
    };
    let cache = TokenCache::new(settings.tokens.cache_bytes);
    Ok(Shared {
        door: Door {
            routes: RouteTable::new()?.with_desk(settings.desk.enabled),
            authenticator: Authenticator::new(keys, cache, clock.clone(), token_limits),
            signer: IdentitySigner::new(&settings.identity)?,
            rate_limit: RateLimit::new(settings),
            cors: Cors::new(&settings.cors_origins),
            proxy_hops: settings.proxy_hops,
        },
        clock,
        bounds: Bounds {
            pace: BodyPace {
                idle: Duration::from_millis(limits.body_idle_ms),
                total: Duration::from_millis(limits.body_total_ms),
                bytes_per_s: limits.body_bytes_per_s,
            },
            answer: Duration::from_millis(limits.upstream_timeout_ms),
        },
        bulkheads: Arc::new(Bulkheads::new(limits)),
        addresses: Arc::new(AddressCap::new(limits.connections_per_address)),
        desk: Desk::new(&settings.desk),
        biz_error_status: settings.biz_error_status,
        is_tracing: settings.telemetry.otlp_endpoint.is_some(),
        drain: Drain::default(),
    })
}

fn authorities(settings: &UpstreamSettings) -> Result<PerService<Authority>, SettingsError> {
    PerService::try_new(|upstream| {
        let (name, url) = settings.url(upstream);
        Authority::try_from(url.authority()).map_err(|_| SettingsError::UpstreamUrl(name))
    })
}
