//! 토스페이먼츠: gives money back the way it came.
//!
//! A refund is asked for under its key as often as it takes; Toss remembers a key for fifteen days and carries it out
//! once. After that the payment itself is read first: a refund of ours bears its key at the end of its reason.
//! A refusal is believed only when the payment shows that our refund isn't there.

mod mark;
mod standing;
mod wire;

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use commerce::{PayMeans, Won};
use db::Db;
use platform::clock::Clock;
use platform::loopback::is_private_way;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, Url, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use service_kit::start::StartError;

use crate::clients::refund_provider::book::{enter, finish, refund_of};
use crate::clients::refund_provider::{
    PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider, StandingPayment,
};
use crate::domain::saga::claim::PaidWith;
use crate::settings::refund::TossSettings;
use mark::Mark;
use standing::{Standing, answered, standing};
use wire::{CancelBody, Payment, ReceiveAccount, Reply, understand};

const NAME: &str = "TOSS";
/// A day less than Toss promises: from then on the key alone no longer keeps a refund from happening twice.
const KEY_IS_REMEMBERED_FOR: TimeDelta = TimeDelta::days(14);
/// The longest key of a payment.
const MAX_PAYMENT_KEY: usize = 200;
/// Answers longer than this are not read to their end. A payment with a hundred cancels stays well below.
const MAX_ANSWER_BYTES: usize = 256 << 10;

pub(super) struct Toss {
    http: Client,
    /// Base of all paths of payments.
    payments: String,
    authorization: HeaderValue,
    db: Db,
    clock: Clock,
}

/// One refund, in Toss's terms.
struct Cancel<'a> {
    order: &'a RefundOrder,
    payment_key: &'a str,
    mark: Mark,
    /// When it was asked for the first time.
    begun_at: DateTime<Utc>,
}

impl Toss {
    pub(super) fn new(settings: &TossSettings, db: Db, clock: Clock) -> Result<Self, StartError> {
        let base = base_url(&settings.base_url)?;
        let is_plain = base.scheme() == "http";
        let mut http = Client::builder()
            .connect_timeout(Duration::from_millis(settings.connect_timeout_ms))
            .timeout(Duration::from_millis(settings.timeout_ms))
            .redirect(redirect::Policy::none())
            .https_only(!is_plain);
        if is_plain {
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build()?,
            payments: format!("{}/v1/payments", base.as_str().trim_end_matches('/')),
            authorization: authorization(&settings.secret_key)?,
            db,
            clock,
        })
    }

    /// Asks for the refund, and gives Toss's name for it.
    async fn cancel(&self, cancel: &Cancel<'_>) -> Result<String, RefundFailure> {
        let (order, mark) = (cancel.order, cancel.mark.as_str());
        let reason = cancel.mark.on(&order.reason);
        // Toss takes an account for virtual accounts only; anything else goes back the way it came.
        let account = order.account.as_ref().filter(|_| order.means == PayMeans::VirtualAccount);
        let body = CancelBody {
            cancel_reason: &reason,
            cancel_amount: order.amount.amount(),
            refund_receive_account: account.map(|account| ReceiveAccount {
                bank: &account.bank_code,
                account_number: account.account_no.chars().filter(char::is_ascii_digit).collect(),
                holder_name: &account.holder,
            }),
        };
        let url = format!("{}/{}/cancel", self.payments, cancel.payment_key);
        let request = self.http.post(url).header("Idempotency-Key", mark).json(&body);
        match self.exchange(request).await {
            Reply::Payment(payment) => {
                match answered(&payment, &cancel.mark, order.amount, cancel.begun_at) {
                    Standing::Done { transaction_key } => Ok(transaction_key),
                    // The same answer comes to the same key for ever, so the payment is asked how it stands now.
                    _ => self.judge(cancel, Doubt::Answered).await,
                }
            }
            Reply::Refusal { status, code } if is_temporary(status, &code) => {
                Err(RefundFailure::Unknown(format!("status {status} {code}")))
            }
            Reply::Refusal { code, .. } => self.judge(cancel, Doubt::Refused(code)).await,
            Reply::Nothing(what) => Err(RefundFailure::Unknown(what)),
        }
    }

    /// Reads the payment and says what became of the refund after all.
    async fn judge(&self, cancel: &Cancel<'_>, doubt: Doubt) -> Result<String, RefundFailure> {
        let standing = self.read_back(cancel).await?;
        Err(match (standing, doubt) {
            (Standing::Done { transaction_key }, _) => return Ok(transaction_key),
            (Standing::InProgress, _) => RefundFailure::Unknown("the refund is under way".to_owned()),
            (Standing::OtherAmount, _) => {
                RefundFailure::Refused("it was given back under this key with another amount".to_owned())
            }
            (Standing::Aborted, Doubt::Answered) => {
                RefundFailure::Refused("the refund was aborted".to_owned())
            }
            (Standing::Unclear | Standing::Absent, Doubt::Answered) => {
                RefundFailure::Unknown("the answer does not show the refund".to_owned())
            }
            (Standing::Aborted | Standing::Unclear | Standing::Absent, Doubt::Refused(code)) => {
                RefundFailure::Refused(code)
            }
        })
    }

    async fn read_back(&self, cancel: &Cancel<'_>) -> Result<Standing, RefundFailure> {
        match self.read(cancel.payment_key).await {
            Reply::Payment(payment) => {
                Ok(standing(&payment, &cancel.mark, cancel.order.amount, cancel.begun_at))
            }
            Reply::Refusal { status: 404, .. } => Ok(Standing::Absent),
            Reply::Refusal { status, code } => {
                Err(RefundFailure::Unknown(format!("the payment can't be read back: status {status} {code}")))
            }
            Reply::Nothing(what) => {
                Err(RefundFailure::Unknown(format!("the payment can't be read back: {what}")))
            }
        }
    }

    /// Reading is repeated once: it changes nothing, and an idle connection may have been closed under it.
    async fn read(&self, payment_key: &str) -> Reply {
        let url = format!("{}/{payment_key}", self.payments);
        let reply = match self.exchange(self.http.get(&url)).await {
            Reply::Nothing(_) => self.exchange(self.http.get(&url)).await,
            reply => reply,
        };
        match reply {
            Reply::Payment(payment) if payment.payment_key != payment_key => {
                Reply::Nothing("the answer is about another payment".to_owned())
            }
            reply => reply,
        }
    }

    async fn exchange(&self, request: RequestBuilder) -> Reply {
        let sent = request.header(AUTHORIZATION, self.authorization.clone()).send().await;
        let received = match sent {
            Ok(response) => {
                let status = response.status().as_u16();
                read(response).await.map(|body| understand(status, &body))
            }
            Err(error) => Err(broken(&error)),
        };
        let reply = received.unwrap_or_else(|what| Reply::Nothing(what.to_owned()));
        if let Reply::Refusal { status, code } = &reply
            && is_about_our_key(*status, code)
        {
            tracing::error!(status, code, "Toss Payments does not take the setting `refund.toss.secret_key`");
        }
        reply
    }
}

#[async_trait]
impl RefundProvider for Toss {
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        let payment_key = order.provider_key.as_deref().filter(|key| is_payment_key(key));
        let Some(payment_key) = payment_key else {
            return Err(RefundFailure::Refused("the payment has no key Toss could know".to_owned()));
        };
        let entry = enter(&self.db, refund_of(order, NAME), self.clock.now(), None).await?;
        if entry.done_at.is_some() {
            return Ok(());
        }
        let cancel = Cancel { order, payment_key, mark: Mark::of(&order.key), begun_at: entry.begun_at };
        let is_late = self.clock.now() - entry.begun_at >= KEY_IS_REMEMBERED_FOR;
        let known = if is_late { self.before_a_late_retry(&cancel).await? } else { None };
        let transaction_key = match known {
            Some(transaction_key) => transaction_key,
            None => self.cancel(&cancel).await?,
        };
        finish(&self.db, order.key.clone(), transaction_key, self.clock.now()).await
    }

    async fn transfer(&self, _: &RefundOrder) -> Result<(), RefundFailure> {
        Err(RefundFailure::Refused("a transfer is none of the provider's".to_owned()))
    }

    async fn payment(&self, named: &PaidWith, _asked: Won) -> Result<StandingPayment, PaymentUnreadable> {
        if !is_payment_key(&named.provider_key) {
            return Err(PaymentUnreadable::NotPaid);
        }
        match self.read(&named.provider_key).await {
            Reply::Payment(payment) if stands_whole(&payment) => Ok(StandingPayment {
                amount: Won::new(payment.total_amount),
                means: payment.method.as_deref().and_then(means_of),
                // Toss keeps it of every payment; one without is nobody's.
                made_for: Some(payment.order_id.unwrap_or_default()),
            }),
            Reply::Payment(_) | Reply::Refusal { status: 400 | 404, .. } => Err(PaymentUnreadable::NotPaid),
            Reply::Refusal { status, code } => {
                Err(PaymentUnreadable::Unavailable(format!("status {status} {code}")))
            }
            Reply::Nothing(what) => Err(PaymentUnreadable::Unavailable(what)),
        }
    }
}

impl Toss {
    /// What a payment shows of a refund whose key Toss may have forgotten; None if it may be asked for afresh.
    async fn before_a_late_retry(&self, cancel: &Cancel<'_>) -> Result<Option<String>, RefundFailure> {
        match self.read_back(cancel).await? {
            Standing::Done { transaction_key } => Ok(Some(transaction_key)),
            Standing::Absent | Standing::Aborted => Ok(None),
            Standing::InProgress => Err(RefundFailure::Unknown("the refund is under way".to_owned())),
            Standing::OtherAmount => {
                Err(RefundFailure::Refused("it was given back under this key with another amount".to_owned()))
            }
            Standing::Unclear => Err(RefundFailure::Refused(
                "the same amount was given back since, and not in our name".to_owned(),
            )),
        }
    }
}

/// Why the payment is read after a cancel was asked for.
enum Doubt {
    /// Toss said yes, and the answer does not show it.
    Answered,
    /// Toss said no, with this code.
    Refused(String),
}

/// Paid and nothing of it given back.
fn stands_whole(payment: &Payment) -> bool {
    payment.status == "DONE"
        && payment.currency.as_deref().unwrap_or("KRW") == "KRW"
        && payment.total_amount > 0
        && payment.balance_amount == payment.total_amount
}

/// 결제수단; none of gift certificates and whatever else may come, which no cancel is paid with.
fn means_of(method: &str) -> Option<PayMeans> {
    match method {
        "카드" => Some(PayMeans::Card),
        "계좌이체" => Some(PayMeans::AccountTransfer),
        "가상계좌" => Some(PayMeans::VirtualAccount),
        "휴대폰" => Some(PayMeans::MobilePhone),
        "간편결제" => Some(PayMeans::EasyPay),
        _ => None,
    }
}

/// Whether the same request may be taken later, without anybody looking at this refund.
fn is_temporary(status: u16, code: &str) -> bool {
    matches!(status, 408 | 409 | 425 | 429)
        || is_about_our_key(status, code)
        || matches!(
            code,
            "PROVIDER_ERROR"
                | "IDEMPOTENT_REQUEST_PROCESSING"
                | "FORBIDDEN_CONSECUTIVE_REQUEST"
                // Outside the bank's hours.
                | "NOT_AVAILABLE_BANK"
        )
}

/// It is not this refund that is wrong but the secret: mended by an operator, once for all.
fn is_about_our_key(status: u16, code: &str) -> bool {
    status == 401 || matches!(code, "INVALID_API_KEY" | "UNAUTHORIZED_KEY" | "INCORRECT_BASIC_AUTH_FORMAT")
}

/// It becomes part of a path, so nothing else may stand in it.
fn is_payment_key(text: &str) -> bool {
    (1..=MAX_PAYMENT_KEY).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The body, up to a bound.
async fn read(mut response: Response) -> Result<Vec<u8>, &'static str> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err("too long an answer");
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// After an error on the way nobody knows how far the request came. The error itself names the payment, so it is
/// not handed on.
fn broken(error: &reqwest::Error) -> &'static str {
    if error.is_connect() {
        "no connection"
    } else if error.is_timeout() {
        "no answer in time"
    } else {
        "the answer broke off"
    }
}

fn base_url(text: &str) -> Result<Url, StartError> {
    let unusable =
        |reason: &str| StartError::Setting { key: "refund.toss.base_url", reason: reason.to_owned() };
    let url = Url::parse(text).map_err(|error| unusable(&error.to_string()))?;
    if !is_private_way(&url) {
        return Err(unusable("only https is safe for secrets and accounts"));
    }
    let has_more = !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some();
    if has_more { Err(unusable("it may have a host and a path, nothing else")) } else { Ok(url) }
}

/// The secret is the user, and there is no password.
fn authorization(secret_key: &SecretString) -> Result<HeaderValue, StartError> {
    let setting =
        |reason: &str| StartError::Setting { key: "refund.toss.secret_key", reason: reason.to_owned() };
    let secret = secret_key.expose_secret();
    if secret.is_empty() {
        return Err(setting("it is missing: set the environment variable CLAIM_REFUND__TOSS__SECRET_KEY"));
    }
    if !secret.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
        return Err(setting("it holds a character no secret key has, perhaps a space or a line end"));
    }
    let encoded = STANDARD.encode(format!("{secret}:"));
    let mut value = HeaderValue::from_str(&format!("Basic {encoded}"))
        .map_err(|_| setting("it can't be sent in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
