//! The book every provider writes its refunds into.

use chrono::{DateTime, Utc};
use db::{Db, DbError};
use platform::error::chain;

use crate::clients::refund_provider::{RefundFailure, RefundOrder};
use crate::domain::saga::EffectKey;
use crate::store::refund::{self, Entry, Refund};

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
    now: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
) -> Result<Entry, RefundFailure> {
    let asked = refund.clone();
    let entry = db
        .write(move |conn| Ok::<_, DbError>(refund::enter(conn, &refund, now, done_at)?))
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

/// Notes that it happened, and the provider's name for it.
pub(super) async fn finish(
    db: &Db,
    key: EffectKey,
    transaction_key: String,
    now: DateTime<Utc>,
) -> Result<(), RefundFailure> {
    db.write(move |conn| Ok::<_, DbError>(refund::finish(conn, &key, &transaction_key, now)?))
        .await
        .map(drop)
        .map_err(book_failed)
}

/// Whether it was written is not known, so it is asked again.
fn book_failed(error: DbError) -> RefundFailure {
    tracing::warn!(error = %chain(&error), "the refund book can't be written");
    RefundFailure::Unknown("the refund book can't be written".to_owned())
}
