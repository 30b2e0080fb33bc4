//! What Prometheus is told: how many, how long, how full, how late.
//!
//! The names and the labels of every series stand in this file, because a dashboard and somebody's sleep depend on them
//! (`deploy/observability` is held against [`CATALOGUE`] by a test). A label's values are always of a small set written in
//! code: operations, states, targets; never a number, a path or a name that came with a request.

mod labels;
mod listener;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use self::labels::{
    Build, CallOutcome, HandledMessage, HeldState, KindState, Operation, OperationStatus, PoolState, Queue,
    Reason, SagaStep, State, TargetState, Topic,
};

pub(crate) use self::listener::Listener;

/// The operation of a request that got no further than the door.
pub const NO_OPERATION: &str = "none";

/// What a metric is, as Prometheus names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its series end in `_total`.
    Counter,
    Gauge,
    /// Its series end in `_bucket` (with the label `le`), `_sum` and `_count`.
    Histogram,
}

/// One metric: its name, what it is, its labels, and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    pub name: &'static str,
    pub kind: Kind,
    pub labels: &'static [&'static str],
    pub help: &'static str,
}

/// Every metric of every process.
pub const CATALOGUE: &[Described] = &[
    REQUESTS,
    REQUEST_SECONDS,
    TOKEN_REFUSALS,
    CALLS,
    BREAKERS,
    POOL_CONNECTIONS,
    HELD,
    OUTBOX_MESSAGES,
    OUTBOX_OLDEST,
    OUTBOX_HANDLED,
    OUTBOX_DELAY,
    SAGA_STEPS,
    REFUNDS,
    CLAIMS,
    RETURNS_DUE,
    PASSWORDS_WAITING,
    PASSWORD_WAIT,
    BUILD,
];

const REQUESTS: Described = Described {
    name: "aftercare_requests",
    kind: Kind::Counter,
    labels: &["operation", "status"],
    help: "Requests answered, by declared operation and status",
};
const REQUEST_SECONDS: Described = Described {
    name: "aftercare_request_duration_seconds",
    kind: Kind::Histogram,
    labels: &["operation"],
    help: "From the head of a request to the head of its answer",
};
const TOKEN_REFUSALS: Described = Described {
    name: "aftercare_token_refusals",
    kind: Kind::Counter,
    labels: &["reason"],
    help: "Requests answered 401 by the gateway, by what was wrong with the token",
};
const CALLS: Described = Described {
    name: "aftercare_calls",
    kind: Kind::Counter,
    labels: &["target", "outcome"],
    help: "Tries to call a sister service: ok, refused, failed, or not_made because the circuit is open",
};
const BREAKERS: Described = Described {
    name: "aftercare_breaker_state",
    kind: Kind::Gauge,
    labels: &["target", "state"],
    help: "1 for the state the circuit to a sister service is in: closed, probing or open",
};
const POOL_CONNECTIONS: Described = Described {
    name: "aftercare_database_pool",
    kind: Kind::Gauge,
    labels: &["pool", "state"],
    help: "Connections of a pool: limit, open, in_use; and waiting, the callers without one",
};
const HELD: Described = Described {
    name: "aftercare_held",
    kind: Kind::Gauge,
    labels: &["what", "state"],
    help: "What requests at work hold together of something there is a bound for: in_use, and the limit",
};
const OUTBOX_MESSAGES: Described = Described {
    name: "aftercare_outbox_messages",
    kind: Kind::Gauge,
    labels: &["state"],
    help: "Messages not yet delivered: waiting, all of them; needs_attention, those tried often or refused",
};
const OUTBOX_OLDEST: Described = Described {
    name: "aftercare_outbox_oldest_seconds",
    kind: Kind::Gauge,
    labels: &[],
    help: "Age of the oldest message not yet delivered; 0 when there is none",
};
const OUTBOX_HANDLED: Described = Described {
    name: "aftercare_outbox_handled",
    kind: Kind::Counter,
    labels: &["topic", "outcome"],
    help: "Tries to deliver a message: done, later or needs_attention",
};
const OUTBOX_DELAY: Described = Described {
    name: "aftercare_outbox_delay_seconds",
    kind: Kind::Histogram,
    labels: &["topic"],
    help: "From the commit that wrote a message to its delivery",
};
const SAGA_STEPS: Described = Described {
    name: "aftercare_saga_steps",
    kind: Kind::Gauge,
    labels: &["step", "state"],
    help: "Steps of claims that are not done: waiting, unknown after a try without an answer, or needs_attention",
};
const REFUNDS: Described = Described {
    name: "aftercare_refunds",
    kind: Kind::Gauge,
    labels: &["state"],
    help: "Refunds by the state they are in",
};
const CLAIMS: Described = Described {
    name: "aftercare_claims",
    kind: Kind::Gauge,
    labels: &["kind", "state"],
    help: "Returns and exchanges under way, by where they stand",
};
const RETURNS_DUE: Described = Described {
    name: "aftercare_returns_due",
    kind: Kind::Gauge,
    labels: &["state"],
    help: "Returns whose goods are here and whose refund is due: today, the last day for it; overdue, past it",
};
const PASSWORDS_WAITING: Described = Described {
    name: "aftercare_passwords_waiting",
    kind: Kind::Gauge,
    labels: &["queue"],
    help: "Passwords that wait to be hashed: of guests who log in or ask for a new one, and of order intakes",
};
const PASSWORD_WAIT: Described = Described {
    name: "aftercare_password_wait_seconds",
    kind: Kind::Histogram,
    labels: &["queue"],
    help: "From the arrival of a password to the moment a thread begins to hash it",
};
const BUILD: Described = Described {
    name: "aftercare_build_info",
    kind: Kind::Gauge,
    labels: &["service", "version"],
    help: "1; says what runs",
};

/// Requests here take from a fraction of a millisecond to the gateway's patience.
const REQUEST_BUCKETS: [f64; 13] =
    [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];
/// Messages are delivered at once or after an outage.
const DELAY_BUCKETS: [f64; 10] = [0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3_600.0, 21_600.0];

/// The series of this process.
pub struct Metrics {
    registry: Registry,
    requests: Family<OperationStatus, Counter>,
    request_seconds: Family<Operation, Histogram>,
    token_refusals: Family<Reason, Counter>,
    calls: Family<CallOutcome, Counter>,
    breakers: Family<TargetState, Gauge>,
    pool: Family<PoolState, Gauge>,
    held: Family<HeldState, Gauge>,
    outbox: Family<State, Gauge>,
    outbox_oldest: Gauge,
    outbox_handled: Family<HandledMessage, Counter>,
    outbox_delay: Family<Topic, Histogram>,
    saga_steps: Family<SagaStep, Gauge>,
    refunds: Family<State, Gauge>,
    claims: Family<KindState, Gauge>,
    returns_due: Family<State, Gauge>,
    passwords_waiting: Family<Queue, Gauge>,
    password_wait: Family<Queue, Histogram>,
    build: Family<Build, Gauge>,
    samplers: Mutex<Vec<Sampler>>,
}

/// The series of one operation's answers with one status.
#[derive(Clone, Debug)]
pub struct Answers {
    count: Counter,
    seconds: Histogram,
}

impl Answers {
    pub fn count(&self, took: Duration) {
        self.count.inc();
        self.seconds.observe(took.as_secs_f64());
    }
}

/// Looks at something just before a scrape; `false` when what it looked at is gone.
type Sampler = Box<dyn FnMut(&Metrics) -> bool + Send>;

static IS_SERVED: AtomicBool = AtomicBool::new(false);
static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// Whether somebody can read them, so that what costs a query need not be looked at for nobody.
pub fn is_served() -> bool {
    IS_SERVED.load(Ordering::Relaxed)
}

/// The metrics of this process.
pub fn get() -> &'static Metrics {
    &METRICS
}

/// Lets them be read at an address, until the listener is dropped. To be called inside a runtime.
pub(crate) fn serve(address: &str) -> std::io::Result<Listener> {
    let listener = listener::listen(address)?;
    IS_SERVED.store(true, Ordering::Relaxed);
    Ok(listener)
}

impl Metrics {
    fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(|| Histogram::new(REQUEST_BUCKETS)),
            token_refusals: Family::default(),
            calls: Family::default(),
            breakers: Family::default(),
            pool: Family::default(),
            held: Family::default(),
            outbox: Family::default(),
            outbox_oldest: Gauge::default(),
            outbox_handled: Family::default(),
            outbox_delay: Family::new_with_constructor(|| Histogram::new(DELAY_BUCKETS)),
            saga_steps: Family::default(),
            refunds: Family::default(),
            claims: Family::default(),
            returns_due: Family::default(),
            passwords_waiting: Family::default(),
            password_wait: Family::new_with_constructor(|| Histogram::new(REQUEST_BUCKETS)),
            build: Family::default(),
            samplers: Mutex::default(),
        };
        let registry = &mut metrics.registry;
        registry.register(REQUESTS.name, REQUESTS.help, metrics.requests.clone());
        registry.register(REQUEST_SECONDS.name, REQUEST_SECONDS.help, metrics.request_seconds.clone());
        registry.register(TOKEN_REFUSALS.name, TOKEN_REFUSALS.help, metrics.token_refusals.clone());
        registry.register(CALLS.name, CALLS.help, metrics.calls.clone());
        registry.register(BREAKERS.name, BREAKERS.help, metrics.breakers.clone());
        registry.register(POOL_CONNECTIONS.name, POOL_CONNECTIONS.help, metrics.pool.clone());
        registry.register(HELD.name, HELD.help, metrics.held.clone());
        registry.register(OUTBOX_MESSAGES.name, OUTBOX_MESSAGES.help, metrics.outbox.clone());
        registry.register(OUTBOX_OLDEST.name, OUTBOX_OLDEST.help, metrics.outbox_oldest.clone());
        registry.register(OUTBOX_HANDLED.name, OUTBOX_HANDLED.help, metrics.outbox_handled.clone());
        registry.register(OUTBOX_DELAY.name, OUTBOX_DELAY.help, metrics.outbox_delay.clone());
        registry.register(SAGA_STEPS.name, SAGA_STEPS.help, metrics.saga_steps.clone());
        registry.register(REFUNDS.name, REFUNDS.help, metrics.refunds.clone());
        registry.register(CLAIMS.name, CLAIMS.help, metrics.claims.clone());
        registry.register(RETURNS_DUE.name, RETURNS_DUE.help, metrics.returns_due.clone());
        registry.register(PASSWORDS_WAITING.name, PASSWORDS_WAITING.help, metrics.passwords_waiting.clone());
        registry.register(PASSWORD_WAIT.name, PASSWORD_WAIT.help, metrics.password_wait.clone());
        registry.register(BUILD.name, BUILD.help, metrics.build.clone());
        metrics
    }

    /// A request was answered. `operation` is a declared id or [`NO_OPERATION`].
    pub fn answered(&self, operation: &'static str, status: u16, took: Duration) {
        self.answers(operation, status).count(took);
    }

    /// The series of an operation's answers with a status, to be kept by who counts many.
    pub fn answers(&self, operation: &'static str, status: u16) -> Answers {
        Answers {
            count: self.requests.get_or_create(&OperationStatus { operation, status }).clone(),
            seconds: self.request_seconds.get_or_create(&Operation { operation }).clone(),
        }
    }

    /// A token was not believed.
    pub fn token_refused(&self, reason: &'static str) {
        self.token_refusals.get_or_create(&Reason { reason }).inc();
    }

    /// A sister was called once, or was not because the circuit is open.
    pub fn called(&self, target: &'static str, outcome: &'static str) {
        self.calls.get_or_create(&CallOutcome { target, outcome }).inc();
    }

    /// The state of a circuit, one of `states`.
    pub fn breaker(&self, target: &'static str, states: &[&'static str], current: &'static str) {
        for state in states.iter().copied() {
            self.breakers.get_or_create(&TargetState { target, state }).set(i64::from(state == current));
        }
    }

    /// How many connections of a pool are in a state, or callers waiting for one.
    pub fn pool(&self, pool: &'static str, state: &'static str, count: u64) {
        self.pool.get_or_create(&PoolState { pool, state }).set(gauge(count));
    }

    /// How much of something requests hold together, and how much they may.
    pub fn held(&self, what: &'static str, in_use: u64, limit: u64) {
        self.held.get_or_create(&HeldState { what, state: "in_use" }).set(gauge(in_use));
        self.held.get_or_create(&HeldState { what, state: "limit" }).set(gauge(limit));
    }

    /// What waits in the outbox, and since when.
    pub fn outbox(&self, waiting: u64, needs_attention: u64, oldest: Duration) {
        self.outbox.get_or_create(&State { state: "waiting" }).set(gauge(waiting));
        self.outbox.get_or_create(&State { state: "needs_attention" }).set(gauge(needs_attention));
        self.outbox_oldest.set(gauge(oldest.as_secs()));
    }

    /// A try to deliver a message ended. `delay` is known when it was the last.
    pub fn message_handled(&self, topic: &'static str, outcome: &'static str, delay: Option<Duration>) {
        self.outbox_handled.get_or_create(&HandledMessage { topic, outcome }).inc();
        if let Some(delay) = delay {
            self.outbox_delay.get_or_create(&Topic { topic }).observe(delay.as_secs_f64());
        }
    }

    /// How many claims stand at a step in a state that is not done.
    pub fn saga_steps(&self, step: &'static str, state: &'static str, count: u64) {
        self.saga_steps.get_or_create(&SagaStep { step, state }).set(gauge(count));
    }

    /// How many refunds are in a state.
    pub fn refunds(&self, state: &'static str, count: u64) {
        self.refunds.get_or_create(&State { state }).set(gauge(count));
    }

    /// How many returns or exchanges stand in a state.
    pub fn claims(&self, kind: &'static str, state: &'static str, count: u64) {
        self.claims.get_or_create(&KindState { kind, state }).set(gauge(count));
    }

    /// How many refunds of returns are due, or past their day.
    pub fn returns_due(&self, state: &'static str, count: u64) {
        self.returns_due.get_or_create(&State { state }).set(gauge(count));
    }

    /// How many passwords wait in a queue.
    pub fn passwords_waiting(&self, queue: &'static str, count: usize) {
        self.passwords_waiting.get_or_create(&Queue { queue }).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A password's turn has come.
    pub fn password_waited(&self, queue: &'static str, waited: Duration) {
        self.password_wait.get_or_create(&Queue { queue }).observe(waited.as_secs_f64());
    }

    pub(crate) fn build(&self, service: &'static str) {
        let version = env!("CARGO_PKG_VERSION");
        self.build.get_or_create(&Build { service, version }).set(1);
    }

    /// Has `sampler` look at something before every scrape, until it answers `false`.
    pub fn before_each_scrape(&self, sampler: impl FnMut(&Self) -> bool + Send + 'static) {
        self.samplers.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(sampler));
    }

    /// All series, as Prometheus reads them.
    pub fn scrape(&self) -> String {
        self.samplers.lock().unwrap_or_else(PoisonError::into_inner).retain_mut(|sampler| sampler(self));
        let mut page = String::new();
        text::encode(&mut page, &self.registry).expect("a String takes whatever is written to it");
        page
    }
}

fn gauge(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
