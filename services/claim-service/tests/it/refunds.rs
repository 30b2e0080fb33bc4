//! 환불: whoever gives money back, from our own book to a provider that fails in every way it can.

mod faults;
mod local_book;
mod payment_reading;
mod settings;
mod toss;
mod toss_secrets;
pub(crate) mod toss_stand_in;
mod toss_window;

use std::sync::Arc;

use claim_service::clients::refund_provider::{
    self, RefundAccount, RefundFailure, RefundOrder, RefundProvider,
};
use claim_service::domain::saga::EffectKey;
use claim_service::settings::refund::RefundSettings;
use claim_service::store::MIGRATIONS;
use commerce::{ClaimNo, OrderNo, PayMeans, PaymentNo, Won};
use db::Db;
use platform::clock::Clock;
use secrecy::SecretString;
use test_kit::TestDatabase;
use test_kit::dump::rows_of;

use toss_stand_in::{SECRET, TossStandIn};

/// Tries after which a test gives up: more than any plan of faults has.
const MANY: usize = 12;

/// A provider as the settings make it, and the database its book is in.
pub(crate) struct Desk {
    pub(crate) refunds: Arc<dyn RefundProvider>,
    pub(crate) clock: Clock,
    pub(crate) db: Db,
    _database: TestDatabase,
}

impl Desk {
    pub(crate) async fn with(settings: &RefundSettings) -> Self {
        Self::on(TestDatabase::new(), settings).await
    }

    pub(crate) async fn on(database: TestDatabase, settings: &RefundSettings) -> Self {
        let db = database.open();
        let handle = db.clone();
        tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS))
            .await
            .expect("it does not panic")
            .expect("migrated");
        let clock = Clock::fixed("2026-08-03T01:00:00Z".parse().expect("a time"));
        let refunds = refund_provider::from_settings(settings, &db, &clock).expect("the settings are right");
        Self { refunds, clock, db, _database: database }
    }

    pub(crate) async fn local() -> Self {
        Self::with(&RefundSettings::default()).await
    }

    pub(crate) async fn toss(stand_in: &TossStandIn) -> Self {
        let desk = Self::with(&toss_settings(&stand_in.url())).await;
        stand_in.goes_by(&desk.clock);
        desk
    }

    /// Another process over the same book, perhaps with another provider.
    pub(crate) fn beside(&self, settings: &RefundSettings) -> Arc<dyn RefundProvider> {
        refund_provider::from_settings(settings, &self.db, &self.clock).expect("the settings are right")
    }

    /// Asks as the saga does: again and again, until it is known.
    pub(crate) async fn until_known(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        let mut outcome = Ok(());
        for _ in 0..MANY {
            outcome = self.refunds.refund(order).await;
            if !matches!(outcome, Err(RefundFailure::Unknown(_))) {
                return outcome;
            }
        }
        outcome
    }

    pub(crate) async fn book(&self) -> Vec<String> {
        rows_of(&self.db, "rfd_book").await
    }
}

pub(crate) fn toss_settings(url: &str) -> RefundSettings {
    let mut settings = RefundSettings { provider: "toss".to_owned(), ..RefundSettings::default() };
    settings.toss.base_url = url.to_owned();
    settings.toss.secret_key = SecretString::from(SECRET);
    settings
}

/// The refund of 3,000 on a card, for the `serial`th claim.
pub(crate) fn refund(serial: usize, payment_key: &str) -> RefundOrder {
    let claim = format!("20260803C{serial:06}");
    RefundOrder {
        key: EffectKey::kept(format!("{claim}:REFUND:PAY1")),
        order_no: OrderNo::parse("20260801O000001").expect("an order number"),
        claim_no: ClaimNo::parse(&claim).expect("a claim number"),
        payment_no: PaymentNo::parse("PAY1").expect("a payment number"),
        means: PayMeans::Card,
        provider_key: Some(payment_key.to_owned()),
        amount: Won::new(3_000),
        reason: "단순변심".to_owned(),
        account: None,
    }
}

pub(crate) fn account() -> RefundAccount {
    RefundAccount {
        bank_code: "088".to_owned(),
        account_no: "110-1234-56789".to_owned(),
        holder: "홍길동".to_owned(),
    }
}

#[track_caller]
pub(crate) fn refused(outcome: Result<(), RefundFailure>) -> String {
    match outcome {
        Err(RefundFailure::Refused(reason)) => reason,
        other => panic!("it is not refused: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn unknown(outcome: Result<(), RefundFailure>) -> String {
    match outcome {
        Err(RefundFailure::Unknown(reason)) => reason,
        other => panic!("it is known: {other:?}"),
    }
}
