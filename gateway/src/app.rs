//! The application: everything put together, one server.

use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{RequestHead, Server};
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::web::{self, Payload};
use actix_web::{App, HttpRequest, HttpResponse};
use dto::operations::Upstream;
use http::uri::Authority;
use platform::clock::Clock;
use platform::identity::IdentityError;
use platform::request_context::REQUEST_ID_HEADER;
use tracing::Instrument as _;

use crate::admission::{Admission, Admitted, admit};
use crate::auth::{Authenticator, FreshnessWatch, Keys, Limits, SourceError, TokenCache};
use crate::cors::{Cors, preflight_answer};
use crate::edge_status::BizErrorStatus;
use crate::error::Fault;
use crate::forward::{BodyPace, Bounds, HyperClient, Outgoing};
use crate::identity::IdentitySigner;
use crate::own_pages;
use crate::rate_limit::{RateLimit, Sweep};
use crate::route_table::{RouteTable, RouteTableError};
use crate::settings::{Settings, SettingsError, UpstreamSettings};
use crate::trace::Trace;

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
    _fresh_keys: FreshnessWatch,
    _sweep: Option<Sweep>,
}

/// What all worker threads share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) routes: RouteTable,
    pub(crate) authenticator: Authenticator,
    pub(crate) signer: IdentitySigner,
    pub(crate) rate_limit: Option<Arc<RateLimit>>,
    pub(crate) cors: Cors,
    pub(crate) proxy_hops: usize,
    clock: Clock,
    upstreams: [Authority; Upstream::ALL.len()],
    bounds: Bounds,
    biz_error_status: BizErrorStatus,
    is_tracing: bool,
}

/// What one worker thread has for itself: the connections to the services.
struct Worker {
    shared: Arc<Shared>,
    client: HyperClient,
}

impl Application {
    /// Checks everything, reads the keys once, binds the address.
    pub async fn build(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        settings.check()?;
        let keys = Arc::new(Keys::new(&settings.issuers, &settings.keys)?);
        let rate_limit = RateLimit::new(settings.rate_limit, settings.rate_burst).map(Arc::new);
        let shared = Arc::new(Shared::new(settings, clock, Arc::clone(&keys), rate_limit.clone())?);
        keys.read_all().await;
        let fresh_keys = keys.keep_fresh();
        let sweep = rate_limit.as_ref().map(RateLimit::keep_small);

        let server_settings = settings.server();
        let address = format!("{}:{}", server_settings.host, server_settings.port);
        let listen_failed = |error| StartError::Listen(address.clone(), error);
        let listener: TcpListener = server_settings.bind().map_err(listen_failed)?;
        let port = listener.local_addr().map_err(listen_failed)?.port();
        let limits = settings.limits.clone();
        let server = platform::http_server!(&server_settings, listener, move || {
            let worker = Rc::new(Worker { shared: Arc::clone(&shared), client: HyperClient::new(&limits) });
            // One handler for every path: the route table decides, not the framework's router.
            App::new().default_service(web::to(move |request: HttpRequest, payload: Payload| {
                let worker = Rc::clone(&worker);
                async move { worker.answer(request, payload).await }
            }))
        })
        .map_err(listen_failed)?
        .run();
        if server_settings.stop_on_stdin_eof {
            platform::server::stop_on_stdin_eof(server.handle());
        }
        Ok(Self { server, port, _fresh_keys: fresh_keys, _sweep: sweep })
    }

    /// The port it listens on, which matters where the settings said 0.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A handle that stops it.
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }

    /// Serves until it is told to stop, then lets what is in flight finish.
    pub async fn run(self) -> std::io::Result<()> {
        self.server.await
    }
}

impl Shared {
    fn new(
        settings: &Settings,
        clock: Clock,
        keys: Arc<Keys>,
        rate_limit: Option<Arc<RateLimit>>,
    ) -> Result<Self, StartError> {
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
            rate_limit,
            cors: Cors::new(&settings.cors_origins),
            proxy_hops: settings.proxy_hops,
            clock,
            upstreams: authorities(&settings.upstreams)?,
            bounds: Bounds {
                pace: BodyPace {
                    idle: Duration::from_millis(limits.body_idle_ms),
                    total: Duration::from_millis(limits.body_total_ms),
                    bytes_per_s: limits.body_bytes_per_s,
                },
                answer: Duration::from_millis(limits.upstream_timeout_ms),
            },
            biz_error_status: settings.biz_error_status,
            is_tracing: settings.telemetry.otlp_endpoint.is_some(),
        })
    }

    fn authority(&self, upstream: Upstream) -> Authority {
        let [member, inquiry, promotion, claim] = &self.upstreams;
        match upstream {
            Upstream::Member => member,
            Upstream::Inquiry => inquiry,
            Upstream::Promotion => promotion,
            Upstream::Claim => claim,
        }
        .clone()
    }
}

fn authorities(settings: &UpstreamSettings) -> Result<[Authority; Upstream::ALL.len()], SettingsError> {
    let authority = |(name, url): (&'static str, &url::Url)| {
        Authority::try_from(url.authority()).map_err(|_| SettingsError::UpstreamUrl(name))
    };
    let [member, inquiry, promotion, claim] = settings.named();
    Ok([authority(member)?, authority(inquiry)?, authority(promotion)?, authority(claim)?])
}

impl Worker {
    /// The one way in: every request gets exactly one answer here.
    async fn answer(&self, request: HttpRequest, payload: Payload) -> HttpResponse {
        let head = request.head();
        let trace = Trace::begin(head, self.shared.is_tracing);
        let work = self.serve(head, payload, &trace);
        let result =
            if self.shared.is_tracing { work.instrument(trace.span.clone()).await } else { work.await };
        let response =
            result.unwrap_or_else(|fault| trace.span.in_scope(|| fault.into_response(&trace.request_id)));
        self.at_the_edge(response, head, &trace)
    }

    async fn serve(
        &self,
        head: &RequestHead,
        payload: Payload,
        trace: &Trace,
    ) -> Result<HttpResponse, Fault> {
        match admit(&self.shared, head).await? {
            Admitted::OwnPage(page) => {
                trace.is_about(own_pages::LABEL);
                Ok(own_pages::answer(page, self.shared.authenticator.keys()))
            }
            Admitted::Preflight(methods) => Ok(preflight_answer(&methods)),
            Admitted::Operation(admission) => self.forward(&admission, head, payload, trace).await,
        }
    }

    async fn forward(
        &self,
        admission: &Admission,
        head: &RequestHead,
        payload: Payload,
        trace: &Trace,
    ) -> Result<HttpResponse, Fault> {
        trace.is_about(admission.operation.id);
        let upstream = admission.operation.upstream;
        let outgoing = Outgoing {
            admission,
            head,
            authority: self.shared.authority(upstream),
            identity: self.shared.signer.header(&admission.caller, upstream, self.shared.clock.now()),
            trace,
            proxy_hops: self.shared.proxy_hops,
        };
        let response = outgoing.send(&self.client, payload, self.shared.bounds).await?;
        tracing::debug!(
            request.id = trace.request_id,
            operation = admission.operation.id,
            status = response.status().as_u16(),
            duration_ms = trace.duration_ms(),
            "request answered"
        );
        Ok(response)
    }

    /// What every answer has, whoever made it.
    fn at_the_edge(&self, mut response: HttpResponse, head: &RequestHead, trace: &Trace) -> HttpResponse {
        let status = self.shared.biz_error_status.at_the_edge(response.status());
        *response.status_mut() = status;
        trace.answered(status.as_u16());
        let headers = response.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if let Ok(request_id) = HeaderValue::from_str(&trace.request_id) {
            headers.insert(HeaderName::from_static(REQUEST_ID_HEADER), request_id);
        }
        self.shared.cors.mark(self.shared.cors.allowed_origin(head), headers);
        response
    }
}
