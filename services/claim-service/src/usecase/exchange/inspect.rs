//! 교환 검수완료: the fee is final, the stock moves, and what was accepted goes out in exchange.

use chrono::{DateTime, Utc};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::collection::effects::{Released, advance_refunds, stock_postings};
use crate::domain::collection::{AdvancePayment, CollectionClaim};
use crate::domain::exchange::books::fee_postings;
use crate::domain::exchange::stock::stock_of_inspection;
use crate::domain::history::ClaimHistory;
use crate::domain::order::PaidOrder;
use crate::domain::policy::Policy;
use crate::domain::saga::Decision;
use crate::store;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::collection::pay::put_down_rest;
use crate::usecase::collection::quote::changes_since_shown;
use crate::usecase::execution::begin::begin_more;

/// Puts it all down, with what was paid now.
pub(crate) fn finish(
    conn: &mut DbConnection,
    reckoned_by: (&PaidOrder, &ClaimHistory, &Policy),
    claim: &mut CollectionClaim,
    (quote, paid_now): (&Quote, Option<&AdvancePayment>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let claim_no = claim.claim_no.clone();
    let changes = changes_since_shown(reckoned_by, claim, &quote.cost)?;
    claim.instruct_shipping(now);
    store::collection::update(conn, claim)?;
    store::collection::fix_cost(conn, &claim_no, (&quote.cost, &quote.hash), &changes)?;
    if let Some(paid) = paid_now {
        put_down_rest(conn, &claim_no, paid, now)?;
    }
    store::ledger::append(conn, &claim_no, &fee_postings(&claim_no, &quote.cost)?, now)?;
    for Released { goods_no, item_no, quantity } in stock_of_inspection(claim) {
        store::catalogue::goods::add_stock(conn, &goods_no, &item_no, quantity)?;
        let postings = stock_postings(&claim_no, (&goods_no, &item_no), quantity)?;
        store::ledger::append(conn, &claim_no, &postings, now)?;
    }
    let effects = advance_refunds(&quote.cost).collect();
    begin_more(conn, &claim_no, (Decision::Confirmed, effects), None, now)?;
    Ok(())
}
