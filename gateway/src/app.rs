//! The application: everything put together, one server.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::{Response, ServiceConfig};
use actix_web::dev::{RequestHead, Server, fn_service};
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::rt::net::TcpStream;
use dto::operations::Upstream;
use http::uri::Authority;
use platform::clock::Clock;
use platform::drain::Drain;
use platform::identity::IdentityError;
use tracing::Instrument as _;

use crate::address_cap::{AddressCap, Entrance};
use crate::admission::{Admission, Admitted, admit};
use crate::auth::{Authenticator, FreshnessWatch, Keys, Limits, SourceError, TokenCache};
use crate::bulkheads::Bulkheads;
use crate::connection::{self, Answers, Body, ConnectionBounds, HeadFault};
use crate::cors::{Cors, preflight_answer};
use crate::edge_status::BizErrorStatus;
use crate::error::Fault;
use crate::forward::{BodyPace, Bounds, Connections, Outgoing, caller_address};
use crate::identity::IdentitySigner;
use crate::open_files;
use crate::own_pages;
use crate::rate_limit::{Counted, RateLimit};
use crate::route_table::{RouteTable, RouteTableError};
use crate::settings::{Settings, SettingsError, UpstreamSettings};
use crate::trace::{AnswerCounters, REQUEST_ID, Trace};

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

/// What all worker threads share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) routes: RouteTable,
    pub(crate) authenticator: Authenticator,
    pub(crate) signer: IdentitySigner,
    pub(crate) rate_limit: RateLimit,
    pub(crate) cors: Cors,
    pub(crate) proxy_hops: usize,
    clock: Clock,
    bounds: Bounds,
    bulkheads: Arc<Bulkheads>,
    addresses: Arc<AddressCap>,
    biz_error_status: BizErrorStatus,
    is_tracing: bool,
    drain: Drain,
}

/// What one worker thread has for itself.
struct Worker {
    shared: Arc<Shared>,
    connections: Connections,
    counters: AnswerCounters,
}

impl Application {
    /// Checks everything, reads the keys once, binds the address.
    pub async fn build(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        settings.check()?;
        let keys = Arc::new(Keys::new(&settings.issuers, &settings.keys)?);
        let shared = Arc::new(Shared::new(settings, clock, Arc::clone(&keys))?);
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
                let counters = AnswerCounters::default();
                let worker = Rc::new(Worker { shared: Arc::clone(&shared), connections, counters });
                let stopping = stopping.clone();
                fn_service(move |stream: TcpStream| {
                    let (worker, config, stopping) = (Rc::clone(&worker), config.clone(), stopping.clone());
                    async move {
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

impl Shared {
    fn new(settings: &Settings, clock: Clock, keys: Arc<Keys>) -> Result<Self, StartError> {
        let limits = &settings.limits;
        let token_limits = Limits {
            leeway_s: settings.tokens.leeway_s.into(),
            max_lifetime_s: settings.tokens.max_lifetime_s.into(),
        };
        let cache = TokenCache::new(settings.tokens.cache_bytes);
        Ok(Self {
            routes: RouteTable::new()?,
            authenticator: Authenticator::new(keys, cache, clock.clone(), token_limits),
            signer: IdentitySigner::new(&settings.identity)?,
            rate_limit: RateLimit::new(settings),
            cors: Cors::new(&settings.cors_origins),
            proxy_hops: settings.proxy_hops,
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
            biz_error_status: settings.biz_error_status,
            is_tracing: settings.telemetry.otlp_endpoint.is_some(),
            drain: Drain::default(),
        })
    }
}

fn authorities(settings: &UpstreamSettings) -> Result<[Authority; Upstream::ALL.len()], SettingsError> {
    let authority = |(name, url): (&'static str, &url::Url)| {
        Authority::try_from(url.authority()).map_err(|_| SettingsError::UpstreamUrl(name))
    };
    let [member, inquiry, promotion, claim] = settings.named();
    Ok([authority(member)?, authority(inquiry)?, authority(promotion)?, authority(claim)?])
}

impl Answers for Worker {
    fn greet(&self, peer: Option<SocketAddr>) -> Entrance {
        let is_callers_own = self.shared.proxy_hops == 0;
        self.shared.addresses.enter(peer.map(|peer| peer.ip()).filter(|_| is_callers_own))
    }

    fn greet_request(&self, head: &RequestHead) -> Entrance {
        match self.shared.proxy_hops {
            0 => Entrance::Admitted(None),
            hops => self.shared.addresses.enter(caller_address(head, hops)),
        }
    }

    fn send_away(&self, head: Option<&RequestHead>, peer: Option<SocketAddr>) -> Response<BoxBody> {
        match head {
            Some(head) => self.refuse_unserved(Fault::TooManyAtOnce, head),
            None => self.refuse_unserved(Fault::TooManyAtOnce, &head_from(peer)),
        }
    }

    /// The one way in: every request gets exactly one answer here.
    async fn answer(&self, head: &RequestHead, body: Body) -> Response<BoxBody> {
        let trace = Trace::begin(head, self.shared.is_tracing);
        let mut counted = Counted::default();
        let work = self.serve(head, body, &trace, &mut counted);
        let result =
            if self.shared.is_tracing { work.instrument(trace.span.clone()).await } else { work.await };
        let response = result
            .unwrap_or_else(|fault| trace.span.in_scope(|| fault.into_response(&trace.request_id)).into());
        self.at_the_edge(response, head, &trace, &counted)
    }

    fn is_leaving(&self) -> bool {
        self.shared.drain.is_under_way()
    }

    fn refuse(&self, fault: HeadFault, peer: Option<SocketAddr>) -> Response<BoxBody> {
        // Nothing of what was sent is believed, so nothing of it decides anything here.
        self.refuse_unserved(Fault::Head(fault), &head_from(peer))
    }
}

fn head_from(peer: Option<SocketAddr>) -> RequestHead {
    let mut head = RequestHead::default();
    head.peer_addr = peer;
    head
}

impl Worker {
    async fn serve(
        &self,
        head: &RequestHead,
        body: Body,
        trace: &Trace,
        counted: &mut Counted,
    ) -> Result<Response<BoxBody>, Fault> {
        match admit(&self.shared, head, counted).await? {
            Admitted::OwnPage(page) => {
                trace.is_about(own_pages::LABEL);
                Ok(own_pages::answer(page, self.shared.authenticator.keys(), &self.shared.drain).into())
            }
            Admitted::Preflight(methods) => Ok(preflight_answer(&methods).into()),
            Admitted::Operation(admission) => self.forward(&admission, head, body, trace).await,
        }
    }

    async fn forward(
        &self,
        admission: &Admission<'_>,
        head: &RequestHead,
        body: Body,
        trace: &Trace,
    ) -> Result<Response<BoxBody>, Fault> {
        trace.is_about(admission.operation.id);
        let upstream = admission.operation.upstream;
        let outgoing = Outgoing {
            admission,
            head,
            identity: self.shared.signer.header(&admission.caller, upstream, self.shared.clock.now()),
            trace,
            proxy_hops: self.shared.proxy_hops,
            bulkheads: &self.shared.bulkheads,
            connections: &self.connections,
        };
        let response = outgoing.send(body, self.shared.bounds).await?;
        tracing::debug!(
            request.id = trace.request_id,
            operation = admission.operation.id,
            status = response.status().as_u16(),
            duration_ms = trace.duration_ms(),
            "request answered"
        );
        Ok(response)
    }

    fn refuse_unserved(&self, fault: Fault, head: &RequestHead) -> Response<BoxBody> {
        let trace = Trace::begin(head, false);
        let response = fault.into_response(&trace.request_id).into();
        self.at_the_edge(response, head, &trace, &Counted::default())
    }

    /// What every answer has, whoever made it.
    fn at_the_edge(
        &self,
        mut response: Response<BoxBody>,
        head: &RequestHead,
        trace: &Trace,
        counted: &Counted,
    ) -> Response<BoxBody> {
        let status = self.shared.biz_error_status.at_the_edge(response.status());
        *response.status_mut() = status;
        trace.answered(status.as_u16(), &self.counters);
        let headers = response.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if let Ok(request_id) = HeaderValue::from_str(&trace.request_id) {
            headers.insert(REQUEST_ID, request_id);
        }
        counted.tell(headers);
        self.shared.cors.mark(self.shared.cors.allowed_origin(head), headers);
        response
    }
}
