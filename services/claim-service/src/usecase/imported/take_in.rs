//! 클레임 수신: claims another system took come in, whole or not at all.
//!
//! They hold units and move nothing else: no money, stock, coupon or mileage.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus, OrderNo};
use contract::ResultCode;
use db::DbConnection;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::history::ClaimHistory;
use crate::domain::imported::{self, ImportedClaim, TakenIn};
use crate::domain::money::{claimed_free, claimed_left};
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};
use crate::refusals;
use crate::state::AppState;
use crate::store;
use crate::store::claim::line::ClaimedLine;
use crate::store::imported::{KnownClaim, NewClaim};
use crate::store::order::terms::read_copy;
use crate::usecase::messages::{self, Asked};

/// Orders asked of member-service side by side.
const ASKED_AT_ONCE: usize = 8;

/// How many claims are new, moved forward, or were known as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClaimsTakenIn {
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
}

/// Copies of the claimed orders that are not pinned yet, asked of member-service before any transaction.
pub async fn ask_for_claimed_orders(
    state: &AppState,
    claims: &[ImportedClaim],
) -> Result<Vec<OrderCopy>, Error> {
    let numbers = order_numbers(claims);
    let wanted = numbers.clone();
    let known: Vec<OrderNo> =
        state.db.read(move |conn| Ok::<_, Error>(store::order::copy::find_known(conn, &wanted)?)).await?;
    let known: HashSet<OrderNo> = known.into_iter().collect();
    let missing: Vec<OrderNo> = numbers.into_iter().filter(|no| !known.contains(no)).collect();
    let member = &state.clients.member;
    let asked: Vec<(OrderNo, Option<OrderCopy>)> = stream::iter(missing)
        .map(|no| async move {
            let current = member.order(&no).await?;
            Ok::<_, Error>((no, current.map(|current| current.copy)))
        })
        .buffered(ASKED_AT_ONCE)
        .try_collect()
        .await?;
    let unknown: HashSet<&OrderNo> =
        asked.iter().filter(|(_, copy)| copy.is_none()).map(|(order_no, _)| order_no).collect();
    if !unknown.is_empty() {
        let is_unknown = |claim: &ImportedClaim| unknown.contains(&claim.order_no);
        let places = claims.iter().enumerate().filter(|(_, claim)| is_unknown(claim));
        return Err(refusals::no_such_orders(&places.map(|(place, _)| place).collect::<Vec<_>>()));
    }
    Ok(asked.into_iter().filter_map(|(_, copy)| copy).collect())
}

/// One transaction; the orders stay locked until it ends, so that claims of one are decided one after the other.
pub fn take_in_claims(
    conn: &mut DbConnection,
    clock: &Clock,
    claims: &[ImportedClaim],
    new_copies: &[OrderCopy],
) -> Result<ClaimsTakenIn, Error> {
    store::order::copy::insert(conn, new_copies, clock.now())?;
    let numbers = order_numbers(claims);
    let copies = store::order::copy::lock(conn, &numbers)?;
    let mut books = Books::open(conn, &numbers, &copies, claims)?;
    let mut taken_in = ClaimsTakenIn::default();
    for (place, claim) in claims.iter().enumerate() {
        match books.take_in(place, claim.clone())? {
            TakenIn::Created(_) => taken_in.created += 1,
            TakenIn::Updated(_) => taken_in.updated += 1,
            TakenIn::Unchanged => taken_in.unchanged += 1,
        }
    }
    books.save(conn, &copies, clock.now())?;
    Ok(taken_in)
}

/// By number, each once.
fn order_numbers(claims: &[ImportedClaim]) -> Vec<OrderNo> {
    claims.iter().map(|claim| claim.order_no.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What is known while a request is taken in, claim by claim.
struct Books {
    orders: HashMap<OrderNo, PinnedOrder>,
    histories: HashMap<OrderNo, ClaimHistory>,
    known: HashMap<ClaimNo, KnownClaim>,
    /// Their lines as they were when each came in.
    created: BTreeMap<ClaimNo, Vec<ClaimedLine>>,
    updated: BTreeSet<ClaimNo>,
}

impl Books {
    fn open(
        conn: &mut DbConnection,
        numbers: &[OrderNo],
        copies: &HashMap<OrderNo, OrderCopy>,
        claims: &[ImportedClaim],
    ) -> Result<Self, Error> {
        let orders = copies
            .iter()
            .map(|(order_no, copy)| Ok((order_no.clone(), read_copy(copy)?)))
            .collect::<Result<_, Error>>()?;
        let claim_numbers: BTreeSet<ClaimNo> = claims.iter().map(|claim| claim.number.clone()).collect();
        let claim_numbers: Vec<ClaimNo> = claim_numbers.into_iter().collect();
        Ok(Self {
            orders,
            histories: store::claim::line::find_history(conn, numbers)?,
            known: store::imported::find(conn, &claim_numbers)?,
            created: BTreeMap::new(),
            updated: BTreeSet::new(),
        })
    }

    fn take_in(&mut self, place: usize, sent: ImportedClaim) -> Result<TakenIn, Error> {
        let known = match self.known.get(&sent.number) {
            None => None,
            Some(KnownClaim::Imported(known)) => Some(known),
            Some(KnownClaim::Ours) => {
                let refusal = imported::TakeInRefusal::OtherContent(sent.number);
                return Err(refusals::not_taken_in(place, &refusal));
            }
        };
        let pinned = self.orders.get(&sent.order_no);
        let pinned = pinned.ok_or_else(|| Problem::internal("a claimed order was not pinned"))?;
        let history = self.histories.entry(sent.order_no.clone()).or_default();
        let held_before = known.is_some_and(ImportedClaim::holds_quantity);
        let is_new = known.is_none();
        // What an open return or exchange of ours holds is taken.
        let left_of = |seq| pinned.order.line(seq).map(|line| claimed_free(line, history));
        let taken_in = imported::take_in(known, sent, left_of)
            .map_err(|refusal| refusals::not_taken_in(place, &refusal))?;
        let claim = match &taken_in {
            TakenIn::Unchanged => return Ok(taken_in),
            TakenIn::Created(claim) | TakenIn::Updated(claim) => claim.clone(),
        };
        if is_new {
            self.created.insert(claim.number.clone(), claimed_lines(&claim, pinned, history));
        } else if !self.created.contains_key(&claim.number) {
            self.updated.insert(claim.number.clone());
        }
        let change = i64::from(claim.holds_quantity()) - i64::from(held_before);
        for line in &claim.lines {
            history.add_claimed(line.line_seq, line.quantity.saturating_mul(change));
        }
        self.known.insert(claim.number.clone(), KnownClaim::Imported(claim));
        Ok(taken_in)
    }

    fn imported(&self, number: &ClaimNo) -> Option<&ImportedClaim> {
        match self.known.get(number)? {
            KnownClaim::Imported(claim) => Some(claim),
            KnownClaim::Ours => None,
        }
    }

    fn save(
        &self,
        conn: &mut DbConnection,
        copies: &HashMap<OrderNo, OrderCopy>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let created = self.created.iter().filter_map(|(number, lines)| Some((self.imported(number)?, lines)));
        let created: Vec<NewClaim<'_>> = created
            .filter_map(|(claim, lines)| Some(NewClaim { claim, copy: copies.get(&claim.order_no)?, lines }))
            .collect();
        if !store::imported::insert(conn, &created)? {
            // The number came in for another order at the same moment.
            return Err(Problem::new(ResultCode::ClaimExists).into());
        }
        for number in &self.updated {
            if let Some(claim) = self.imported(number) {
                store::imported::update_status(conn, claim)?;
            }
        }
        // Both end in 30 only once, so the order hears of each claim once.
        for number in self.created.keys().chain(&self.updated) {
            let claim = self.imported(number);
            let ends = |claim: &ImportedClaim| {
                claim.claim_type.takes_quantity() && claim.status == ClaimStatus::Complete
            };
            if claim.is_some_and(ends) {
                messages::ask_once(conn, now, Asked::Import, number)?;
            }
        }
        Ok(())
    }
}

fn claimed_lines(claim: &ImportedClaim, pinned: &PinnedOrder, history: &ClaimHistory) -> Vec<ClaimedLine> {
    let lines = claim.lines.iter().filter_map(|line| Some((line, pinned.order.line(line.line_seq)?)));
    lines
        .map(|(claimed, line)| ClaimedLine {
            line_seq: line.seq,
            quantity: claimed.quantity,
            vendor_no: line.vendor_no.clone(),
            left_before: claimed_left(line, history),
        })
        .collect()
}
