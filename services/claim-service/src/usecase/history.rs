//! 처리이력: who did what about a claim.

use chrono::{DateTime, Utc};
use commerce::{ClaimAct, RequesterRole};
use contract::operations::Role;
use db::DbConnection;
use diesel::QueryResult;
use platform::identity::Caller;

use crate::domain::actor::{Acted, Actor, StoodAt};
use crate::domain::collection::CollectionClaim;
use crate::store;

/// The caller in one role; who has several acts in the one that may do most. A guest's subject is its order's number.
pub(crate) fn actor_of(caller: &Caller) -> Actor {
    let roles = [
        (Role::Admin, RequesterRole::Admin),
        (Role::Agent, RequesterRole::Agent),
        (Role::Service, RequesterRole::Service),
        (Role::Member, RequesterRole::Member),
    ];
    let role = roles.into_iter().find(|(role, _)| caller.has(*role));
    let role = role.map_or(RequesterRole::Guest, |(_, role)| role);
    let user_id = (role != RequesterRole::Guest).then(|| caller.subject.clone());
    Actor { user_id, role }
}

/// Puts down what the caller did about a return or an exchange, in the transaction of what it did. What has changed nothing was
/// nothing; an account stands beside the claim.
pub(crate) fn note_act(
    conn: &mut DbConnection,
    caller: &Caller,
    before: &CollectionClaim,
    act: ClaimAct,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let after = store::collection::find(conn, &before.claim_no)?;
    let Some(after) = after.filter(|after| after != before || act == ClaimAct::Account) else {
        return Ok(());
    };
    let acted = Acted {
        at: now,
        actor: Some(actor_of(caller)),
        act,
        from: StoodAt::Goods(before.standing.progress),
        to: StoodAt::Goods(after.standing.progress),
    };
    store::claim::history::append(conn, &after.claim_no, &acted)
}
