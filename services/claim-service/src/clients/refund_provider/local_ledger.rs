//! Our own book: what is written into it has been given back.

use async_trait::async_trait;
use commerce::Won;
use db::{Db, DbError};
use platform::clock::Clock;

use super::{PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider};
use crate::store::refund_book::{self, Entry, Refund};

const NAME: &str = "LOCAL";
/// As long as any provider's key for a payment may be.
const MAX_PROVIDER_KEY: usize = 200;

#[derive(Clone)]
pub(super) struct LocalLedger {
    db: Db,
    clock: Clock,
}

impl LocalLedger {
    pub(super) const fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }
}

#[async_trait]
impl RefundProvider for LocalLedger {
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        let now = self.clock.now();
        enter(&self.db, refund_of(order, NAME), now, Some(now)).await.map(drop)
    }

    /// Nobody can be asked here, so what was asked for is taken as paid.
    async fn amount_paid(&self, provider_key: &str, asked: Won) -> Result<Won, PaymentUnreadable> {
        let is_a_key = !provider_key.trim().is_empty() && provider_key.len() <= MAX_PROVIDER_KEY;
        if is_a_key { Ok(asked) } else { Err(PaymentUnreadable::NotPaid) }
    }
}

pub(super) fn refund_of(order: &RefundOrder, provider: &str) -> Refund {
    Refund {
        key: order.key.clone(),
        provider: provider.to_owned(),
        order_no: order.order_no.clone(),
        claim_no: order.claim_no.clone(),
        payment_no: order.payment_no.clone(),
        means: order.means,
        amount: order.amount,
    }
}

/// Puts a refund into the book, or finds it there; anything else under its key is refused.
pub(super) async fn enter(
    db: &Db,
    refund: Refund,
    now: chrono::DateTime<chrono::Utc>,
    done_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<Entry, RefundFailure> {
    let asked = refund.clone();
    let entry = db
        .write(move |conn| Ok::<_, DbError>(refund_book::enter(conn, &refund, now, done_at)?))
        .await
        .map_err(book_failed)?;
    if entry.refund == asked {
        return Ok(entry);
    }
    let reason = if entry.refund.provider == asked.provider {
        "the key stands in the book for another refund".to_owned()
    } else {
        format!("it was begun with the provider {}", entry.refund.provider)
    };
    Err(RefundFailure::Refused(reason))
}

/// Whether it was written is not known, so it is asked again.
pub(super) fn book_failed(error: DbError) -> RefundFailure {
    tracing::warn!(error = &error as &dyn std::error::Error, "the refund book can't be written");
    RefundFailure::Unknown("the refund book can't be written".to_owned())
}
