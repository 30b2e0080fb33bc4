//! 검수: what is found of goods that came back is put down. Of a return it is recorded, and may be said anew until it is settled;
//! an exchange goes on to its shipping with it. Of what everything is refused ends.

mod decide;

use std::convert::Infallible;
use std::sync::Arc;

use commerce::{ClaimNo, ClaimStatus, OrderNo, Won};
use db::DbConnection;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::inspection::Inspection;
use crate::domain::saga::claim::PaidWith;
use crate::state::AppState;
use crate::usecase::acceptance::additional_payment::{NamedPayment, PaymentQuestion};
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Acceptance, Case, Claiming, Verdict, accept};

/// 검수 요청
pub struct InspectOrder {
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    pub inspection: Inspection,
    /// Of an exchange, what of its fee is waived, and what pays for the rest.
    pub waived: Option<Won>,
    pub paid_with: Option<PaidWith>,
    pub once: Once,
}

/// What came of it.
pub struct Inspected {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub cost: InspectedCost,
}

/// What it comes to after its inspection.
pub enum InspectedCost {
    /// Of a return: what settling it would come to now.
    Expected(Box<Quote>),
    /// Of an exchange.
    Final(Box<Quote>),
    /// Of a claim that has ended.
    None,
}

pub async fn inspect(
    state: &AppState,
    caller: &Caller,
    order: InspectOrder,
    deadline: Instant,
) -> Result<Inspected, Error> {
    let mut inspecting =
        Inspecting { order: Arc::new(order), caller: caller.clone(), payment: NamedPayment::default() };
    let came = accept(state, caller, &mut inspecting, deadline).await;
    let is_used = match &came {
        Ok(Acceptance::Instead(found, _)) => found.is_paid_now,
        Err(Error::Database(_)) => true,
        Ok(_) | Err(Error::Refused(_) | Error::Sister(_)) => false,
    };
    let Inspecting { order, payment, .. } = &inspecting;
    payment.give_back_unless(is_used, state, &order.order_no, order.paid_with.as_ref()).await;
    match came? {
        Acceptance::Accepted(accepted, _) | Acceptance::Known(accepted, _) => match accepted.terms {},
        Acceptance::Instead(found, _) => {
            Ok(Inspected { claim_no: order.claim_no.clone(), status: found.status, cost: found.cost })
        }
    }
}

/// An inspection while it is decided.
#[derive(Clone)]
struct Inspecting {
    order: Arc<InspectOrder>,
    caller: Caller,
    payment: NamedPayment,
}

/// What one try came to.
struct Found {
    status: ClaimStatus,
    cost: InspectedCost,
    is_paid_now: bool,
}

impl Claiming for Inspecting {
    /// It makes no new claim.
    type Terms = Infallible;
    type Instead = Found;
    type Question = PaymentQuestion;

    const SEES_ANEW: bool = false;

    fn order_no(&self) -> &OrderNo {
        &self.order.order_no
    }

    fn once(&self) -> &Once {
        &self.order.once
    }

    fn is_personal(&self) -> bool {
        self.order
            .inspection
            .goods
            .iter()
            .any(|row| row.refusal.as_ref().is_some_and(|one| one.text.is_some()))
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
