//! 부족액 결제: what a claim whose cost becomes final still lacks, paid by whoever settles or inspects it.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::collection::{AdvancePayment, CollectionClaim};
use crate::domain::money::acceptance::AcceptanceRefusal;
use crate::domain::money::ledger::held_payment_postings;
use crate::domain::money::terms::next_payment_no;
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::saga::claim::PaidWith;
use crate::refusals;
use crate::store;
use crate::usecase::acceptance::additional_payment::{NamedPayment, PaymentQuestion, required};
use crate::usecase::messages;

/// How the rest is paid.
pub(crate) enum Rest {
    /// Not before others have been asked.
    Ask(PaymentQuestion),
    /// A payment of its own, beside those the claim has.
    PaidWith(AdvancePayment),
}

pub(crate) fn pay_rest(
    conn: &mut DbConnection,
    pinned: &PinnedOrder,
    (claim, payments): (&CollectionClaim, &[AdvancePayment]),
    (named, paid_with): (&NamedPayment, Option<&PaidWith>),
    due: Won,
) -> Result<Rest, Error> {
    let Some(paid_with) = paid_with else { return Err(required(due)) };
    if paid_with.means.is_held_by_us() {
        return Err(refusals::not_accepted(AcceptanceRefusal::PaymentMeansNotAllowed(paid_with.means)));
    }
    if let Some(question) = named.judge(conn, (pinned, &claim.order_no), paid_with, due)? {
        return Ok(Rest::Ask(question));
    }
    let before: Vec<_> = payments.iter().map(AdvancePayment::as_additional).collect();
    let payment_no = next_payment_no(&claim.claim_no, &before)
        .ok_or_else(|| Problem::internal("a claim has too many payments"))?;
    Ok(Rest::PaidWith(AdvancePayment {
        payment_no,
        means: paid_with.means,
        amount: due,
        provider_key: paid_with.provider_key.clone(),
    }))
}

/// It is the claim's, and known to the keeper of all payments.
pub(crate) fn put_down_rest(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    paid: &AdvancePayment,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if !store::collection::payment::insert(conn, claim_no, paid)? {
        return Err(required(paid.amount));
    }
    store::ledger::append(conn, claim_no, &held_payment_postings(claim_no, paid.amount)?, now)?;
    Ok(messages::ask_for_payment(conn, now, claim_no, &paid.payment_no)?)
}
