//! 협력사 취소조회: the cancelled lines of one vendor, with who ordered them.

use std::collections::{BTreeSet, HashMap};

use commerce::OrderNo;
use db::DbConnection;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use platform::error::Problem;
use platform::http_client::ClientError;
use service_kit::error::Error;

use crate::domain::order::LineState;
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::vendors::cancel::{self, CancelledLine, VendorCancel, VendorQuery};
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::read_copy;

/// Rows of one answer; more are refused (docs/adr/0023-vendors-inquiry.md).
pub const MOST_ROWS: usize = 5_000;
/// Orders of one question to member-service.
const NAMES_AT_ONCE: usize = 500;
/// Questions side by side.
const QUESTIONS_AT_ONCE: usize = 4;
/// Orders read at once, so that a long answer does not hold all its orders' terms in memory.
const ORDERS_AT_ONCE: usize = 500;

/// A row, and who ordered; the name is masked when the member has withdrawn.
pub struct ListedCancel {
    pub cancel: VendorCancel,
    pub orderer_name: String,
}

/// Why a vendor gets no rows.
#[derive(Debug, thiserror::Error)]
pub enum ListFault {
    #[error("there are more rows than one answer holds")]
    TooManyRows,
    #[error("member-service could not name who ordered")]
    NoNames(#[from] ClientError),
    #[error(transparent)]
    Failed(#[from] Error),
}

pub async fn list_vendor_cancels(
    state: &AppState,
    vendor_no: String,
    query: VendorQuery,
) -> Result<Vec<ListedCancel>, ListFault> {
    let cancels = state.db.snapshot(move |conn| find_cancels(conn, &vendor_no, &query)).await?;
    let cancels = cancels.ok_or(ListFault::TooManyRows)?;
    let names = orderer_names(state, &cancels).await?;
    Ok(cancels.into_iter().map(|cancel| named(cancel, &names)).collect())
}

/// None if there are too many.
fn find_cancels(
    conn: &mut DbConnection,
    vendor_no: &str,
    query: &VendorQuery,
) -> Result<Option<Vec<VendorCancel>>, Error> {
    let limit = i64::try_from(MOST_ROWS).map_err(Problem::internal)?.saturating_add(1);
    let lines = store::vendors::cancel::find(conn, vendor_no, query, limit)?;
    if lines.len() > MOST_ROWS {
        return Ok(None);
    }
    let mut cancels = Vec::with_capacity(lines.len());
    for lines in lines.chunks(ORDERS_AT_ONCE) {
        cancels.extend(with_their_orders(conn, lines)?);
    }
    Ok(Some(cancels))
}

fn with_their_orders(conn: &mut DbConnection, lines: &[CancelledLine]) -> Result<Vec<VendorCancel>, Error> {
    let order_numbers: BTreeSet<OrderNo> = lines.iter().map(|line| line.order_no.clone()).collect();
    let claim_numbers: BTreeSet<_> = lines.iter().map(|line| line.claim_no.clone()).collect();
    let order_numbers: Vec<OrderNo> = order_numbers.into_iter().collect();
    let claim_numbers: Vec<_> = claim_numbers.into_iter().collect();
    let orders = store::order::copy::find_all(conn, &order_numbers)?
        .into_iter()
        .map(|(number, copy)| Ok((number, read_copy(&copy)?)))
        .collect::<Result<HashMap<_, _>, Error>>()?;
    let orders = with_changed_items(conn, orders, &order_numbers)?;
    let contexts = store::vendors::cancel::find_contexts(conn, &claim_numbers)?;
    lines
        .iter()
        .map(|line| {
            let row = orders
                .get(&line.order_no)
                .zip(contexts.get(&line.claim_no))
                .and_then(|(order, context)| cancel::vendor_cancel(line.clone(), context, order));
            row.ok_or_else(|| {
                Problem::internal(format!("claim `{}` contradicts its order", line.claim_no)).into()
            })
        })
        .collect()
}

/// A line keeps its item from its first cancel on, so the last change before is what was cancelled.
fn with_changed_items(
    conn: &mut DbConnection,
    mut orders: HashMap<OrderNo, PinnedOrder>,
    numbers: &[OrderNo],
) -> Result<HashMap<OrderNo, PinnedOrder>, Error> {
    for changed in store::option::change::find_changed_items(conn, numbers)? {
        let Some(mut pinned) = orders.remove(&changed.order_no) else { continue };
        if let Some(line) = pinned.order.line(changed.line_seq) {
            let (seq, status) = (line.seq, line.status);
            let state = LineState { seq, status, item_no: changed.item_no, item_name: changed.item_name };
            pinned.order = pinned.order.with_line_states(&[state]);
        }
        orders.insert(changed.order_no, pinned);
    }
    Ok(orders)
}

async fn orderer_names(
    state: &AppState,
    cancels: &[VendorCancel],
) -> Result<HashMap<OrderNo, String>, ClientError> {
    let numbers: BTreeSet<OrderNo> = cancels.iter().map(|cancel| cancel.line.order_no.clone()).collect();
    let numbers: Vec<OrderNo> = numbers.into_iter().collect();
    let batches: Vec<Vec<OrderNo>> = numbers.chunks(NAMES_AT_ONCE).map(<[OrderNo]>::to_vec).collect();
    let member = &state.clients.member;
    let answers: Vec<Vec<(OrderNo, String)>> = stream::iter(batches)
        .map(|batch| async move { member.orderer_names(batch).await })
        .buffered(QUESTIONS_AT_ONCE)
        .try_collect()
        .await?;
    Ok(answers.into_iter().flatten().collect())
}

fn named(cancel: VendorCancel, names: &HashMap<OrderNo, String>) -> ListedCancel {
    let name = names.get(&cancel.line.order_no);
    if name.is_none() {
        // Orders are never removed, so this is worth a look and no reason to keep the other rows back.
        tracing::warn!(order.no = %cancel.line.order_no, "member-service does not know a cancelled order");
    }
    ListedCancel { orderer_name: name.cloned().unwrap_or_default(), cancel }
}
