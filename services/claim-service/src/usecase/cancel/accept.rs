//! 취소 접수

mod decide;

use std::sync::Arc;

use commerce::{ClaimNo, OrderNo, Won};
use db::DbConnection;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::money::ClaimCost;
use crate::domain::money::refund_account::RefundAccount;
use crate::domain::request::CancelRequest;
use crate::domain::saga::claim::{AcceptedClaim, PaidWith};
use crate::secrets::Secrets;
use crate::state::AppState;
use crate::state::progress::Listener;
use crate::store;
use crate::usecase::acceptance::additional_payment::{NamedPayment, PaymentQuestion};
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Acceptance, Accepted, Case, Claiming, Verdict, accept, may_use_payment};

/// 취소 주문: what is to be cancelled, what the customer saw, and the means to settle it.
pub struct CancelOrder {
    pub order_no: OrderNo,
    pub request: CancelRequest,
    pub reason_text: Option<String>,
    pub cost_hash: Option<String>,
    pub expected_refund: Option<Won>,
    pub paid_with: Option<PaidWith>,
    pub refund_account: Option<RefundAccount>,
    /// The request's idempotency key: a repeat finds the claim it was accepted as.
    pub once: Once,
}

/// What an accepted cancel comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    pub refund: Won,
    pub additional_payment: Won,
}

impl Amounts {
    const fn of(cost: &ClaimCost) -> Self {
        Self { refund: cost.refund, additional_payment: cost.additional_payment }
    }
}

/// What came of a request to cancel.
pub enum Cancelled {
    /// And who hears how it goes on.
    Accepted(Accepted<Amounts>, Listener),
    /// `AMOUNT_CHANGED`: what it would come to now.
    AmountChanged(Box<Quote>),
}

pub async fn accept_cancel(
    state: &AppState,
    caller: &Caller,
    cancel: CancelOrder,
    deadline: Instant,
) -> Result<Cancelled, Error> {
    let mut claiming = Cancelling {
        cancel: Arc::new(cancel),
        payment: NamedPayment::default(),
        secrets: state.secrets.clone(),
        archive_years: state.settings.cancel.archive_years,
    };
    let came = accept(state, caller, &mut claiming, deadline).await;
    let is_used = may_use_payment(&came, |amounts: &Amounts| amounts.additional_payment.is_positive());
    let Cancelling { cancel, payment, .. } = &claiming;
    payment.give_back_unless(is_used, state, &cancel.order_no, cancel.paid_with.as_ref()).await;
    Ok(match came? {
        Acceptance::Accepted(accepted, listener) | Acceptance::Known(accepted, listener) => {
            Cancelled::Accepted(accepted, listener)
        }
        Acceptance::Instead(quote, _) => Cancelled::AmountChanged(quote),
    })
}

/// A cancel while it is decided.
#[derive(Clone)]
struct Cancelling {
    cancel: Arc<CancelOrder>,
    /// What is known of its additional payment so far.
    payment: NamedPayment,
    secrets: Secrets,
    archive_years: u32,
}

impl Claiming for Cancelling {
    type Terms = Amounts;
    type Instead = Box<Quote>;
    type Question = PaymentQuestion;

    const SEES_ANEW: bool = false;

    fn order_no(&self) -> &OrderNo {
        &self.cancel.order_no
    }

    fn once(&self) -> &Once {
        &self.cancel.once
    }

    fn is_personal(&self) -> bool {
        self.cancel.refund_account.is_some() || self.cancel.reason_text.is_some()
    }

    fn known(
        &self,
        conn: &mut DbConnection,
        claim_no: &ClaimNo,
        has_left: bool,
    ) -> Result<Option<Amounts>, Error> {
        let known = store::claim::accepted::find(conn, claim_no)?.map(|known| known.accepted);
        let same = known.filter(|known| is_same_request(known, &self.cancel, has_left));
        Ok(same.map(|known| Amounts::of(&known.cost)))
    }

    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error> {
        decide::decide(conn, self, case)
    }

    async fn ask(&mut self, state: &AppState, question: PaymentQuestion) -> Result<(), Error> {
        self.payment.ask(state, &self.cancel.order_no, question).await
    }
}

/// Whether the claim was accepted for what is asked for now. The words of one who has left are not kept as they were.
fn is_same_request(accepted: &AcceptedClaim, cancel: &CancelOrder, has_left: bool) -> bool {
    let lines = accepted.cost.goods.iter().map(|goods| (goods.line_seq, goods.quantity));
    let asked = cancel.request.lines().iter().map(|line| (line.line_seq, line.quantity));
    accepted.order_no == cancel.order_no
        && accepted.reason == cancel.request.reason()
        && (has_left || accepted.reason_text == cancel.reason_text)
        && lines.eq(asked)
}
