//! 추가결제 확인: what is asked of others about a payment before a claim is accepted with it: its provider, whether it was paid,
//! and member-service, whether it has paid for something else.

use commerce::{OrderNo, Won};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use uuid::Uuid;

use crate::clients::member::PaymentHold;
use crate::clients::refund_provider::{PaymentUnreadable, StandingPayment};
use crate::domain::money::acceptance::{self, AcceptanceRefusal};
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::saga::claim::PaidWith;
use crate::refusals;
use crate::state::AppState;
use crate::store;

/// What is known of the payment so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedPayment {
    read: Option<PaymentRead>,
    /// Names our hold on it at member-service, to give it back by.
    hold_no: Option<String>,
}

/// What its provider said.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PaymentRead {
    /// The amount it was asked about.
    asked: Won,
    payment: Result<StandingPayment, PaymentUnreadable>,
}

/// What is to be asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentQuestion {
    /// Only the provider knows whether this amount was paid.
    WhetherPaid(PaidWith, Won),
    /// It was paid; only member-service knows whether it has paid for something else.
    WhetherFree(PaidWith, Won),
}

impl NamedPayment {
    /// Whether it pays this much for a claim of the order. It says what has to be asked first, if anything.
    pub fn judge(
        &self,
        conn: &mut DbConnection,
        (pinned, order_no): (&PinnedOrder, &OrderNo),
        named: &PaidWith,
        asked: Won,
    ) -> Result<Option<PaymentQuestion>, Error> {
        check_not_used(conn, pinned, named, asked)?;
        match &self.read {
            Some(read) if read.asked == asked => read.check(order_no, named)?,
            _ => return Ok(Some(PaymentQuestion::WhetherPaid(named.clone(), asked))),
        }
        let is_held = self.hold_no.is_some();
        Ok((!is_held).then(|| PaymentQuestion::WhetherFree(named.clone(), asked)))
    }

    pub async fn ask(
        &mut self,
        state: &AppState,
        order_no: &OrderNo,
        question: PaymentQuestion,
    ) -> Result<(), Error> {
        match question {
            PaymentQuestion::WhetherPaid(named, asked) => {
                let payment = state.refunds.payment(&named, asked).await;
                self.read = Some(PaymentRead { asked, payment });
                Ok(())
            }
            PaymentQuestion::WhetherFree(named, asked) => self.hold(state, order_no, &named, asked).await,
        }
    }

    /// Holds it for the order. From here on no order and no claim of another order can have it.
    async fn hold(
        &mut self,
        state: &AppState,
        order_no: &OrderNo,
        named: &PaidWith,
        asked: Won,
    ) -> Result<(), Error> {
        let hold_no = Uuid::now_v7().to_string();
        let held = state.clients.member.hold_payment(order_no, &named.provider_key, Some(&hold_no)).await?;
        match held {
            PaymentHold::Held => {
                self.hold_no = Some(hold_no);
                Ok(())
            }
            PaymentHold::PaidFor(_) => Err(required(asked)),
        }
    }

    /// What was held and then not needed. `is_used` where a claim was accepted with it, or where that can't be said: then it
    /// stays held for the order, whose next request finds it so. What can't be given back stays held as well.
    pub async fn give_back_unless(
        &self,
        is_used: bool,
        state: &AppState,
        order_no: &OrderNo,
        named: Option<&PaidWith>,
    ) {
        let (Some(hold_no), Some(named), false) = (&self.hold_no, named, is_used) else { return };
        let member = &state.clients.member;
        if let Err(error) = member.release_payment(order_no, &named.provider_key, hold_no).await {
            let order_no = order_no.as_str();
            tracing::warn!(order.no = order_no, %error, "a payment that was not needed stays held for its order");
        }
    }
}

impl PaymentRead {
    /// Whether what its provider said settles the claim.
    fn check(&self, order_no: &OrderNo, named: &PaidWith) -> Result<(), Error> {
        match &self.payment {
            Ok(payment) => acceptance::check_payment(self.asked, order_no, named.means, payment)
                .map_err(refusals::not_accepted),
            Err(unavailable @ PaymentUnreadable::Unavailable(_)) => {
                let problem = Problem::new(ResultCode::ServiceUnavailable).retry_after(2);
                Err(problem.caused_by(unavailable.clone()).into())
            }
            Err(PaymentUnreadable::NotPaid) => Err(required(self.asked)),
        }
    }
}

/// A payment settles one claim, and the order's own payments settled the order. A look at what is here, which spares
/// others a question; what decides is who holds the payment, and the keys that are unique among claims.
fn check_not_used(
    conn: &mut DbConnection,
    pinned: &PinnedOrder,
    paid_with: &PaidWith,
    asked: Won,
) -> Result<(), Error> {
    let key = &paid_with.provider_key;
    let is_the_orders_own = pinned.provider_keys.values().any(|own| own == key);
    let is_used = is_the_orders_own
        || store::claim::additional_payment::is_used(conn, key)?
        || store::collection::payment::is_used(conn, key)?;
    if is_used { Err(required(asked)) } else { Ok(()) }
}

pub(crate) fn required(asked: Won) -> Error {
    refusals::not_accepted(AcceptanceRefusal::AdditionalPaymentRequired(asked))
}
