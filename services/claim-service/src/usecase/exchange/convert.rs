//! 교환의 반품전환: the exchange ends with everything back, and a return of its own goes on from where it stood.

use std::convert::Infallible;
use std::sync::Arc;

use commerce::{Blame, ClaimAct, ClaimNo, ClaimReason, ClaimStatus, EndReason, OrderNo, Won};
use db::DbConnection;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::CollectionKind;
use crate::domain::exchange::conversion::return_of;
use crate::secrets::Secrets;
use crate::settings::collection::ReturnSettings;
use crate::state::AppState;
use crate::store;
use crate::store::collection::address::AddressUse;
use crate::usecase::acceptance::{Acceptance, Case, Claiming, Verdict, accept, in_progress};
use crate::usecase::collection::end::end;
use crate::usecase::collection::look::{Named, lock_claim};
use crate::usecase::collection::quote::quote_claim;
use crate::usecase::collection::seal::keep_address;
use crate::usecase::history::note_act;
use crate::usecase::personal::mask_parcels::{Keeping, mask_what_came};
use crate::usecase::policies;

/// 반품전환 요청
pub struct ConversionOrder {
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    /// 사유 and 귀책 of the return, where they are not the exchange's.
    pub reason: Option<ClaimReason>,
    pub blame: Option<Blame>,
    pub once: Once,
}

/// The return it has become, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
}

pub async fn convert(
    state: &AppState,
    caller: &Caller,
    order: ConversionOrder,
    deadline: Instant,
) -> Result<Converted, Error> {
    let mut converting = Converting {
        order: Arc::new(order),
        caller: caller.clone(),
        secrets: state.secrets.clone(),
        returns: state.settings.returns.clone(),
        archive_years: state.settings.cancel.archive_years,
    };
    match accept(state, caller, &mut converting, deadline).await? {
        Acceptance::Accepted(accepted, _) | Acceptance::Known(accepted, _) => {
            Ok(Converted { claim_no: accepted.claim_no, status: accepted.terms })
        }
        Acceptance::Instead(converted, _) => Ok(converted),
    }
}

/// A conversion while it is decided.
#[derive(Clone)]
struct Converting {
    order: Arc<ConversionOrder>,
    caller: Caller,
    secrets: Secrets,
    returns: ReturnSettings,
    archive_years: u32,
}

impl Claiming for Converting {
    /// Where the return stands.
    type Terms = ClaimStatus;
    type Instead = Converted;
    type Question = Infallible;

    const SEES_ANEW: bool = false;

    fn order_no(&self) -> &OrderNo {
        &self.order.order_no
    }

    fn once(&self) -> &Once {
        &self.order.once
    }

    /// It takes over words and addresses.
    fn is_personal(&self) -> bool {
        true
    }

    fn known(
        &self,
        conn: &mut DbConnection,
        claim_no: &ClaimNo,
        _: bool,
    ) -> Result<Option<ClaimStatus>, Error> {
        let known = store::collection::find(conn, claim_no)?;
        let same = known.filter(|claim| claim.converted_from.as_ref() == Some(&self.order.claim_no));
        Ok(same.map(|claim| claim.standing.status))
    }

    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error> {
        let named = Named {
            order_no: self.order.order_no.clone(),
            claim_no: self.order.claim_no.clone(),
            kinds: &[CollectionKind::Exchange],
        };
        let mut exchange = lock_claim(conn, &self.caller, &named)?;
        if exchange.standing.end_reason == Some(EndReason::Converted) {
            return Ok(Verdict::Instead(converted_before(conn, &exchange.claim_no)?));
        }
        if store::claim::head::find(conn, case.claim_no)?.is_some() {
            return Ok(Verdict::NumberTaken);
        }
        let said = (self.order.reason, self.order.blame);
        let before = exchange.clone();
        let mut claim = return_of(&exchange, case.claim_no.clone(), said, &self.returns.holidays());
        end(conn, &mut exchange, (EndReason::Converted, None), case.now)?;
        note_act(conn, &self.caller, &before, ClaimAct::Convert, case.now)?;
        // The exchange leaves no trace in what the return costs.
        let claims = store::order::claims::find(conn, &self.order.order_no)?;
        let order = &case.pinned.order;
        let policies = policies::book(conn)?;
        let reckoned_by = (order, &claims.history, policies.in_force_at(order.ordered_at()));
        let quote = quote_claim(reckoned_by, &claim, &[], (Won::ZERO, case.now))?;
        claim.requested_cost = quote.cost;
        claim.requested_hash = quote.hash;
        if !store::collection::insert(conn, &claim, (case.actor, self.order.once.identity()))? {
            // Another system's claim has come in by this number since; nothing of this has happened.
            return Err(in_progress());
        }
        let place = AddressUse::Collection;
        if let Some(sealed) = store::collection::address::find(conn, &exchange.claim_no, place)? {
            let address = self.secrets.open_address(&exchange.claim_no, place.code(), &sealed)?;
            keep_address(conn, &self.secrets, &claim, place, Some(&address))?;
        }
        if let (true, Some(member_no)) = (case.has_left, &claim.member_no) {
            let keeping = Keeping { secrets: &self.secrets, years: self.archive_years, now: case.now };
            mask_what_came(conn, keeping, (member_no, &claim.order_no))?;
        }
        Ok(Verdict::Accepted(claim.standing.status, None))
    }

    async fn ask(&mut self, _: &AppState, question: Infallible) -> Result<(), Error> {
        match question {}
    }
}

fn converted_before(conn: &mut DbConnection, exchange_no: &ClaimNo) -> Result<Converted, Error> {
    let missing = || Problem::internal("an exchange was converted into nothing");
    let claim_no = store::collection::find_converted(conn, exchange_no)?.ok_or_else(missing)?;
    let status = store::claim::standing::find_status(conn, &claim_no)?.ok_or_else(missing)?;
    Ok(Converted { claim_no, status })
}
