//! 회수클레임 찾기와 진행: the claim an operation names, locked with its order, and moved.

use std::collections::BTreeSet;

use commerce::{ClaimAct, ClaimNo, MemberNo, OrderNo};
use contract::ResultCode;
use db::DbConnection;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::{CollectionClaim, CollectionKind};
use crate::refusals;
use crate::state::AppState;
use crate::store;
use crate::usecase::acceptance::in_progress;
use crate::usecase::history::note_act;
use crate::usecase::personal::mask_parcels::{Keeping, lock_member_of, mask_what_came};

/// What an operation is about.
#[derive(Debug, Clone)]
pub struct Named {
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    /// Claims of another kind are a conflict.
    pub kinds: &'static [CollectionKind],
}

/// Finds the claim, and locks its order: claims of one order are moved one after the other. Whose claim it is comes first: who
/// may not see it does not learn whether there is one.
pub(crate) fn lock_claim(
    conn: &mut DbConnection,
    caller: &Caller,
    named: &Named,
) -> Result<CollectionClaim, Error> {
    let head = store::claim::head::find(conn, &named.claim_no)?;
    let head = head.filter(|head| head.order_no == named.order_no);
    let head = head.ok_or_else(|| refusals::no_such_claim(caller))?;
    if !caller.may_see_order(&head.order_no, head.member_no.as_ref(), &head.site_no) {
        return Err(refusals::not_yours().into());
    }
    store::order::copy::lock_one(conn, &named.order_no)?;
    store::collection::lock(conn, &named.claim_no)?
        .filter(|claim| named.kinds.contains(&claim.kind))
        .ok_or_else(conflict)
}

pub(crate) fn conflict() -> Error {
    Problem::new(ResultCode::ClaimStatusConflict).into()
}

/// The members of these claims, before any of their orders: who of them has left. No withdrawal comes in between.
pub(crate) fn lock_members<'a>(
    conn: &mut DbConnection,
    claims: impl Iterator<Item = &'a ClaimNo>,
) -> Result<BTreeSet<MemberNo>, Error> {
    let mut members = BTreeSet::new();
    for claim_no in claims {
        members.extend(store::claim::head::find(conn, claim_no)?.and_then(|head| head.member_no));
    }
    let mut left = BTreeSet::new();
    for member_no in members {
        if store::personal::withdrawn_member::lock(conn, &member_no)? {
            left.insert(member_no);
        }
    }
    Ok(left)
}

/// Moves a claim in one transaction with its answer, and puts down who moved it. What is written to it may say who its member is, so it is kept masked if that one
/// has left. What is undecided of its order is waited for, until the deadline.
pub async fn move_claim<F>(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, act): (Named, ClaimAct),
    deadline: Instant,
    work: F,
) -> Result<Answer, Error>
where
    F: Fn(&mut DbConnection, &mut CollectionClaim) -> Result<Answer, Error> + Send + 'static,
{
    wait_for_decisions(state, caller, &named, deadline).await?;
    let (caller, clock, secrets) = (caller.clone(), state.clock.clone(), state.secrets.clone());
    let years = state.settings.cancel.archive_years;
    move_with(state, once, move |conn| {
        let left = lock_member_of(conn, &named.claim_no)?;
        let mut claim = lock_claim(conn, &caller, &named)?;
        check_decided(&claim)?;
        let before = claim.clone();
        let answer = work(conn, &mut claim)?;
        note_act(conn, &caller, &before, act, clock.now())?;
        if let Some(member_no) = &left {
            let keeping = Keeping { secrets: &secrets, years, now: clock.now() };
            mask_what_came(conn, keeping, (member_no, &claim.order_no))?;
        }
        Ok(answer)
    })
    .await
}

/// One transaction with its answer; what it asks for is due.
pub(crate) async fn move_with<F>(state: &AppState, once: &Once, work: F) -> Result<Answer, Error>
where
    F: Fn(&mut DbConnection) -> Result<Answer, Error> + Send + 'static,
{
    let answer = once.write(&state.db, work).await?;
    state.bell.ring();
    Ok(answer)
}

/// One whose coupon nobody has spoken for yet is not moved.
pub(crate) fn check_decided(claim: &CollectionClaim) -> Result<(), Error> {
    let waits_for_coupon = claim.is_undecided() && claim.standing.final_at.is_none();
    if waits_for_coupon { Err(in_progress()) } else { Ok(()) }
}

/// Until nothing of the claim's order is undecided. A claim whose own cost is final waits for nothing: nobody moves it any more.
/// Who may not see it, or names none, does not wait either.
pub(crate) async fn wait_for_decisions(
    state: &AppState,
    caller: &Caller,
    named: &Named,
    deadline: Instant,
) -> Result<(), Error> {
    let mut listener = state.progress.listen(&named.order_no);
    loop {
        let (caller, sought) = (caller.clone(), named.clone());
        let waits = state
            .db
            .snapshot(move |conn| {
                let head = store::claim::head::find(conn, &sought.claim_no)?;
                let is_seen = head.is_some_and(|head| {
                    head.order_no == sought.order_no
                        && caller.may_see_order(&head.order_no, head.member_no.as_ref(), &head.site_no)
                });
                if !is_seen || !store::claim::standing::has_undecided(conn, &sought.order_no)? {
                    return Ok::<_, Error>(false);
                }
                let claim = store::collection::find(conn, &sought.claim_no)?;
                Ok(claim.is_some_and(|claim| claim.standing.final_at.is_none()))
            })
            .await?;
        if !waits {
            return Ok(());
        }
        if !listener.waited(deadline).await {
            return Err(in_progress());
        }
    }
}

/// Until whoever keeps the claim's coupon has said whether it is the claim's. Says where the claim stands then, if there is one.
pub(crate) async fn wait_for_coupon(
    state: &AppState,
    order_no: &OrderNo,
    claim_no: &ClaimNo,
    deadline: Instant,
) -> Result<Option<CollectionClaim>, Error> {
    let mut listener = state.progress.listen(order_no);
    loop {
        let no = claim_no.clone();
        let claim =
            state.db.snapshot(move |conn| Ok::<_, Error>(store::collection::find(conn, &no)?)).await?;
        let waits =
            claim.as_ref().is_some_and(|claim| claim.is_undecided() && claim.standing.final_at.is_none());
        if !waits || !listener.waited(deadline).await {
            return Ok(claim);
        }
    }
}
