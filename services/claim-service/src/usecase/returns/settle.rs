//! 반품정산: its cost is reckoned now, and is final. What the customer was shown is what is executed, or somebody has confirmed
//! what is.

mod decide;

use std::convert::Infallible;
use std::sync::Arc;

use commerce::{ClaimNo, ClaimStatus, OrderNo, Won};
use db::DbConnection;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::CollectionClaim;
use crate::domain::money::refund_account::RefundAccount;
use crate::domain::saga::claim::PaidWith;
use crate::secrets::Secrets;
use crate::state::AppState;
use crate::usecase::acceptance::additional_payment::{NamedPayment, PaymentQuestion};
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::wait::wait_for_its_end;
use crate::usecase::acceptance::{Acceptance, Accepted, Case, Claiming, Verdict, accept};

/// 정산 요청
pub struct SettleOrder {
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    pub cost_hash: Option<String>,
    /// Whether somebody has confirmed that it is less than was shown.
    pub is_confirmed: bool,
    pub waived: Won,
    pub paid_with: Option<PaidWith>,
    pub refund_account: Option<RefundAccount>,
    pub once: Once,
}

/// What came of it.
pub enum Settled {
    /// Settled now or before.
    Done { claim_no: ClaimNo, status: ClaimStatus, refund: Won },
    /// `AMOUNT_CHANGED`: what it would come to now.
    AmountChanged(Box<Quote>),
    /// `AMOUNT_CONFIRM_REQUIRED`: it is less than was shown.
    ConfirmRequired(Box<Quote>),
}

/// Settles the return, or finds it settled, and waits for its end as long as the deadline allows.
pub async fn settle(
    state: &AppState,
    caller: &Caller,
    order: SettleOrder,
    deadline: Instant,
) -> Result<Settled, Error> {
    let mut settling = Settling {
        order: Arc::new(order),
        caller: caller.clone(),
        payment: NamedPayment::default(),
        secrets: state.secrets.clone(),
        archive_years: state.settings.cancel.archive_years,
    };
    let came = accept(state, caller, &mut settling, deadline).await;
    let is_used = match &came {
        Ok(Acceptance::Instead(Came::Settled { is_paid_now, .. }, _)) => *is_paid_now,
        Err(Error::Database(_)) => true,
        Ok(_) | Err(Error::Refused(_) | Error::Sister(_)) => false,
    };
    let Settling { order, payment, .. } = &settling;
    payment.give_back_unless(is_used, state, &order.order_no, order.paid_with.as_ref()).await;
    let (claim_no, status, refund, listener) = match came? {
        Acceptance::Accepted(accepted, _) | Acceptance::Known(accepted, _) => match accepted.terms {},
        Acceptance::Instead(Came::AmountChanged(quote), _) => return Ok(Settled::AmountChanged(quote)),
        Acceptance::Instead(Came::ConfirmRequired(quote), _) => return Ok(Settled::ConfirmRequired(quote)),
        Acceptance::Instead(Came::Settled { claim_no, status, refund, .. }, listener) => {
            (claim_no, status, refund, listener)
        }
    };
    let accepted = Accepted { claim_no, status, terms: () };
    let accepted = wait_for_its_end(state, accepted, listener, deadline).await;
    Ok(Settled::Done { claim_no: accepted.claim_no, status: accepted.status, refund })
}

/// A settlement while it is decided.
#[derive(Clone)]
struct Settling {
    order: Arc<SettleOrder>,
    caller: Caller,
    payment: NamedPayment,
    secrets: Secrets,
    archive_years: u32,
}

/// What one try came to.
enum Came {
    Settled { claim_no: ClaimNo, status: ClaimStatus, refund: Won, is_paid_now: bool },
    AmountChanged(Box<Quote>),
    ConfirmRequired(Box<Quote>),
}

impl Came {
    fn settled(claim: &CollectionClaim, refund: Won, is_paid_now: bool) -> Self {
        Self::Settled { claim_no: claim.claim_no.clone(), status: claim.standing.status, refund, is_paid_now }
    }
}

impl Claiming for Settling {
    /// It makes no new claim.
    type Terms = Infallible;
    type Instead = Came;
    type Question = PaymentQuestion;

    const SEES_ANEW: bool = false;

    fn order_no(&self) -> &OrderNo {
        &self.order.order_no
    }

    fn once(&self) -> &Once {
        &self.order.once
    }

    fn is_personal(&self) -> bool {
        self.order.refund_account.is_some()
    }

    fn known(&self, _: &mut DbConnection, _: &ClaimNo, _: bool) -> Result<Option<Infallible>, Error> {
        Ok(None)
    }

    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error> {
        decide::decide(conn, self, case)
    }

    async fn ask(&mut self, state: &AppState, question: PaymentQuestion) -> Result<(), Error> {
        self.payment.ask(state, &self.order.order_no, question).await
    }
}
