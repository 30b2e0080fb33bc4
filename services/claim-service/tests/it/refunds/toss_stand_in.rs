//! A stand-in of Toss Payments, true to its documents: payments, partial cancels against what is left, error codes, and
//! idempotency keys that are remembered for fifteen days with the first answer, whatever the body says.
//!
//! It can be told to fail in the ways a network and a provider do, each before or after it has done what was asked.

mod connection;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use platform::clock::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const SECRET: &str = "test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R";

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Before(Way),
    After(Way),
}

/// How it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// No answer, until the caller has gone.
    Silence,
    /// The connection is closed without an answer.
    Closed,
    /// The answer ends in its middle.
    HalfABody,
    /// A page no program can read.
    Garbage,
    /// More bytes than anybody should read.
    Flood,
    InternalError,
    BadGateway,
    /// `PROVIDER_ERROR`: a temporary one, though its status is 400.
    ProviderError,
    /// `IDEMPOTENT_REQUEST_PROCESSING`
    Busy,
    TooMany,
    /// Somebody else's page, elsewhere.
    Redirect,
    /// The answer comes in two pieces.
    Slow,
}

impl Way {
    pub(crate) const ALL: [Self; 12] = [
        Self::Silence,
        Self::Closed,
        Self::HalfABody,
        Self::Garbage,
        Self::Flood,
        Self::InternalError,
        Self::BadGateway,
        Self::ProviderError,
        Self::Busy,
        Self::TooMany,
        Self::Redirect,
        Self::Slow,
    ];
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Value,
}

#[derive(Clone)]
struct Answer {
    status: u16,
    body: String,
}

struct Payment {
    /// What the shop called it when it asked for it.
    order_id: String,
    method: &'static str,
    status: String,
    total: i64,
    cancels: Vec<Value>,
}

impl Payment {
    fn balance(&self) -> i64 {
        let given_back = self.cancels.iter().filter(|cancel| cancel["cancelStatus"] != "ABORTED");
        self.total - given_back.filter_map(|cancel| cancel["cancelAmount"].as_i64()).sum::<i64>()
    }
}

#[derive(Default)]
struct State {
    clock: Option<Clock>,
    payments: HashMap<String, Payment>,
    /// The first answer to each key and path, and when it was given.
    remembered: HashMap<(String, String), (DateTime<Utc>, Answer)>,
    /// For the next requests, by payment.
    faults: HashMap<String, VecDeque<Fault>>,
    /// The status the next cancels get at first.
    next_cancel_status: Option<&'static str>,
    /// What the next refused request is told, whatever is asked.
    next_refusal: Option<(u16, &'static str)>,
    seen: Vec<Seen>,
}

pub(crate) struct TossStandIn {
    port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Drop for TossStandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl TossStandIn {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection::serve(stream, Arc::clone(&shared)));
            }
        });
        Self { port, state, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn goes_by(&self, clock: &Clock) {
        self.state().clock = Some(clock.clone());
    }

    /// A card payment that was approved.
    pub(crate) fn paid(&self, key: &str, total: i64) {
        self.holds(key, "카드", "DONE", total);
    }

    pub(crate) fn holds(&self, key: &str, method: &'static str, status: &str, total: i64) {
        self.put(key, (method, "20260801O000001"), status, total);
    }

    /// An approved payment by this means, which the shop asked for under this name.
    pub(crate) fn paid_for(&self, key: &str, method: &'static str, order_id: &str, total: i64) {
        self.put(key, (method, order_id), "DONE", total);
    }

    fn put(&self, key: &str, (method, order_id): (&'static str, &str), status: &str, total: i64) {
        let (order_id, status) = (order_id.to_owned(), status.to_owned());
        let payment = Payment { order_id, method, status, total, cancels: Vec::new() };
        self.state().payments.insert(key.to_owned(), payment);
    }

    /// Somebody at the shop gives money back by hand.
    pub(crate) fn cancelled_by_hand(&self, key: &str, amount: i64) {
        let mut state = self.state();
        let now = state.now();
        let payment = state.payments.get_mut(key).expect("the payment is held");
        payment.cancels.push(cancel("상점 관리자 취소", amount, "DONE", now, payment.cancels.len()));
        payment.status = "PARTIAL_CANCELED".to_owned();
    }

    pub(crate) fn fails(&self, key: &str, faults: &[Fault]) {
        self.state().faults.insert(key.to_owned(), faults.iter().copied().collect());
    }

    pub(crate) fn refuses_next(&self, status: u16, code: &'static str) {
        self.state().next_refusal = Some((status, code));
    }

    /// Every key, before its time.
    pub(crate) fn forgets_keys(&self) {
        self.state().remembered.clear();
    }

    pub(crate) fn next_cancels_are(&self, status: &'static str) {
        self.state().next_cancel_status = Some(status);
    }

    /// What became of the cancels that were under way.
    pub(crate) fn settles(&self, key: &str, status: &str) {
        let mut state = self.state();
        let payment = state.payments.get_mut(key).expect("the payment is held");
        for cancel in &mut payment.cancels {
            cancel["cancelStatus"] = json!(status);
        }
    }

    pub(crate) fn balance(&self, key: &str) -> i64 {
        self.state().payments.get(key).expect("the payment is held").balance()
    }

    pub(crate) fn cancels(&self, key: &str) -> Vec<Value> {
        self.state().payments.get(key).expect("the payment is held").cancels.clone()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state().seen.clone()
    }

    pub(crate) fn seen_of(&self, method: &str) -> usize {
        self.state().seen.iter().filter(|seen| seen.method == method).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn now(&self) -> DateTime<Utc> {
        self.clock.as_ref().map_or(DateTime::UNIX_EPOCH, Clock::now)
    }

    fn answer(&mut self, seen: &Seen) -> Answer {
        let expected = format!("Basic {}", STANDARD.encode(format!("{SECRET}:")));
        if seen.headers.get("authorization") != Some(&expected) {
            return refusal(401, "UNAUTHORIZED_KEY");
        }
        let path: Vec<&str> = seen.path.trim_start_matches('/').split('/').collect();
        match (seen.method.as_str(), path.as_slice()) {
            ("GET", ["v1", "payments", key]) => self.read(key),
            ("POST", ["v1", "payments", key, "cancel"]) => self.once(seen, key),
            _ => refusal(404, "NOT_FOUND"),
        }
    }

    /// The same key at the same path gets its first answer again.
    fn once(&mut self, seen: &Seen, payment_key: &str) -> Answer {
        let Some(key) = seen.headers.get("idempotency-key") else { return self.cancel(seen, payment_key) };
        if key.chars().count() > 300 {
            return refusal(400, "INVALID_IDEMPOTENCY_KEY");
        }
        let place = (key.clone(), seen.path.clone());
        let now = self.now();
        if let Some((first_at, answer)) = self.remembered.get(&place)
            && now - *first_at < TimeDelta::days(15)
        {
            return answer.clone();
        }
        let answer = self.cancel(seen, payment_key);
        self.remembered.insert(place, (now, answer.clone()));
        answer
    }

    fn cancel(&mut self, seen: &Seen, payment_key: &str) -> Answer {
        if let Some((status, code)) = self.next_refusal.take() {
            return refusal(status, code);
        }
        let (now, status) = (self.now(), self.next_cancel_status.unwrap_or("DONE"));
        let Some(payment) = self.payments.get_mut(payment_key) else {
            return refusal(404, "NOT_FOUND_PAYMENT");
        };
        let reason = seen.body["cancelReason"].as_str().unwrap_or("");
        if reason.is_empty() || reason.chars().count() > 200 {
            return refusal(400, "INVALID_REQUEST");
        }
        let balance = payment.balance();
        if balance == 0 {
            return refusal(400, "ALREADY_CANCELED_PAYMENT");
        }
        let amount = seen.body["cancelAmount"].as_i64().unwrap_or(balance);
        if amount <= 0 || amount > balance {
            return refusal(403, "NOT_CANCELABLE_AMOUNT");
        }
        if payment.method == "가상계좌" {
            let account = &seen.body["refundReceiveAccount"];
            let number = account["accountNumber"].as_str().unwrap_or("");
            if account["bank"].as_str().is_none_or(str::is_empty) {
                return refusal(400, "INVALID_BANK");
            }
            if number.is_empty() || number.len() > 20 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return refusal(400, "INVALID_REFUND_ACCOUNT_NUMBER");
            }
            if account["holderName"].as_str().is_none_or(str::is_empty) {
                return refusal(400, "INVALID_REFUND_ACCOUNT_INFO");
            }
        }
        payment.cancels.push(cancel(reason, amount, status, now, payment.cancels.len()));
        payment.status = if payment.balance() == 0 { "CANCELED" } else { "PARTIAL_CANCELED" }.to_owned();
        self.read(payment_key)
    }

    fn read(&self, payment_key: &str) -> Answer {
        let Some(payment) = self.payments.get(payment_key) else { return refusal(404, "NOT_FOUND_PAYMENT") };
        let last =
            payment.cancels.last().map_or(json!("APPROVAL"), |cancel| cancel["transactionKey"].clone());
        let cancels = if payment.cancels.is_empty() { Value::Null } else { json!(payment.cancels) };
        let body = json!({
            "mId": "tosspayments", "version": "2022-11-16", "lastTransactionKey": last, "paymentKey": payment_key,
            "orderId": payment.order_id, "orderName": "셔츠 외 2건", "currency": "KRW", "method": payment.method,
            "status": payment.status, "totalAmount": payment.total, "balanceAmount": payment.balance(),
            "cancels": cancels, "isPartialCancelable": true, "failure": null,
            "virtualAccount": {"customerName": "홍길동"},
        });
        Answer { status: 200, body: body.to_string() }
    }
}

fn cancel(reason: &str, amount: i64, status: &str, at: DateTime<Utc>, place: usize) -> Value {
    let korea = FixedOffset::east_opt(9 * 3600).expect("an offset");
    json!({"transactionKey": format!("TX{place:04}"), "cancelReason": reason, "cancelAmount": amount,
        "canceledAt": at.with_timezone(&korea).to_rfc3339(), "cancelStatus": status, "taxFreeAmount": 0,
        "refundableAmount": 0, "receiptKey": null})
}

/// Its message repeats what it was sent, as some do.
fn refusal(status: u16, code: &str) -> Answer {
    let body = json!({"code": code, "message": "홍길동 님의 계좌 110123456789 (으)로 환불할 수 없습니다."});
    Answer { status, body: body.to_string() }
}
