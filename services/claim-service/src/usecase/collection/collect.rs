//! 회수상태 변경: where the goods of several claims are; all of them move or none does.

use std::collections::BTreeSet;

use commerce::{ClaimAct, MemberNo};
use db::DbConnection;
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::due::Holidays;
use crate::domain::collection::moves::{CollectionMove, Moved};
use crate::refusals;
use crate::state::AppState;
use crate::store;
use crate::usecase::collection::look::{
    Named, check_decided, lock_claim, lock_members, move_with, wait_for_decisions,
};
use crate::usecase::collection::notice::notify_collection;
use crate::usecase::history::note_act;
use crate::usecase::personal::mask_parcels::{Keeping, mask_what_came};

/// One row of the request.
pub struct CollectionRow {
    /// Its place there.
    pub place: usize,
    pub named: Named,
    pub step: CollectionMove,
}

/// The answer is told how many have moved.
pub async fn collect<F>(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    mut rows: Vec<CollectionRow>,
    deadline: Instant,
    answer: F,
) -> Result<Answer, Error>
where
    F: Fn(i64) -> Result<Answer, Problem> + Send + 'static,
{
    for row in &rows {
        wait_for_decisions(state, caller, &row.named, deadline).await?;
    }
    // Everyone locks orders in this order.
    rows.sort_by(|CollectionRow { named: one, .. }, CollectionRow { named: other, .. }| {
        (&one.order_no, &one.claim_no).cmp(&(&other.order_no, &other.claim_no))
    });
    let (caller, now, holidays) = (caller.clone(), state.clock.now(), state.settings.returns.holidays());
    let (secrets, years) = (state.secrets.clone(), state.settings.cancel.archive_years);
    move_with(state, once, move |conn| {
        let left = lock_members(conn, rows.iter().map(|row| &row.named.claim_no))?;
        let keeping = Keeping { secrets: &secrets, years, now };
        let mut refused: Vec<(usize, Problem)> = Vec::new();
        let mut moved: i64 = 0;
        for row in &rows {
            match move_row(conn, &caller, row, (&holidays, &left, keeping)) {
                Ok(Moved::Forward) => moved = moved.saturating_add(1),
                Ok(Moved::Not) => {}
                Err(Error::Refused(problem)) => refused.push((row.place, problem)),
                Err(error) => return Err(error),
            }
        }
        if refused.is_empty() { Ok(answer(moved)?) } else { Err(refusals::rows_not_moved(refused)) }
    })
    .await
}

fn move_row(
    conn: &mut DbConnection,
    caller: &Caller,
    row: &CollectionRow,
    (holidays, left, keeping): (&Holidays, &BTreeSet<MemberNo>, Keeping<'_>),
) -> Result<Moved, Error> {
    let mut claim = lock_claim(conn, caller, &row.named)?;
    check_decided(&claim)?;
    let before = claim.clone();
    let now = keeping.now;
    let moved = claim.collect(row.step.clone(), holidays, now)?;
    if moved == Moved::Forward {
        store::collection::update(conn, &claim)?;
        notify_collection(conn, now, &claim, before.standing.progress)?;
        note_act(conn, caller, &before, ClaimAct::Collect, now)?;
        // An invoice leads to the member's door, and a cause may say who it is.
        if let Some(member_no) = claim.member_no.as_ref().filter(|member_no| left.contains(*member_no)) {
            mask_what_came(conn, keeping, (member_no, &claim.order_no))?;
        }
    }
    Ok(moved)
}
