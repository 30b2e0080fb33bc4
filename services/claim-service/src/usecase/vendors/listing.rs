//! 협력사 조회: what a vendor's inquiries have in common, how much one answer holds, and of whom its rows are.

use std::collections::{BTreeSet, HashMap};

use commerce::OrderNo;
use db::DbConnection;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use platform::error::Problem;
use platform::http_client::ClientError;
use service_kit::error::Error;

use crate::clients::member::OrderNames;
use crate::domain::order::LineState;
use crate::domain::order::pinned::PinnedOrder;
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::read_copy;

/// Rows of one answer; more are refused (docs/adr/0023-vendors-inquiry.md).
pub const MOST_ROWS: usize = 5_000;
/// Orders of one question to member-service.
const NAMES_AT_ONCE: usize = 500;
/// Questions side by side.
const QUESTIONS_AT_ONCE: usize = 4;
/// Rows whose orders are read at once, so that a long answer does not hold all its orders' terms in memory.
pub(super) const ROWS_AT_ONCE: usize = 500;

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

/// One row more than an answer holds.
pub(super) fn one_too_many() -> Result<i64, Error> {
    Ok(i64::try_from(MOST_ROWS).map_err(Problem::internal)?.saturating_add(1))
}

/// These orders as they were placed, with the items their option changes have left them.
pub(super) fn find_orders(
    conn: &mut DbConnection,
    numbers: BTreeSet<OrderNo>,
) -> Result<HashMap<OrderNo, PinnedOrder>, Error> {
    let numbers: Vec<OrderNo> = numbers.into_iter().collect();
    let orders = store::order::copy::find_all(conn, &numbers)?
        .into_iter()
        .map(|(number, copy)| Ok((number, read_copy(&copy)?)))
        .collect::<Result<HashMap<_, _>, Error>>()?;
    with_changed_items(conn, orders, &numbers)
}

/// A line keeps its item from its first cancel on, so the last change before is what was claimed.
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

/// Who ordered and who receives, as it is shown now.
pub(super) async fn order_names(
    state: &AppState,
    numbers: BTreeSet<OrderNo>,
) -> Result<HashMap<OrderNo, OrderNames>, ClientError> {
    let numbers: Vec<OrderNo> = numbers.into_iter().collect();
    let batches: Vec<Vec<OrderNo>> = numbers.chunks(NAMES_AT_ONCE).map(<[OrderNo]>::to_vec).collect();
    let member = &state.clients.member;
    let answers: Vec<Vec<(OrderNo, OrderNames)>> = stream::iter(batches)
        .map(|batch| async move { member.order_names(batch).await })
        .buffered(QUESTIONS_AT_ONCE)
        .try_collect()
        .await?;
    Ok(answers.into_iter().flatten().collect())
}

/// The names of a row's order.
pub(super) fn names_of<'a>(
    names: &'a HashMap<OrderNo, OrderNames>,
    order_no: &OrderNo,
) -> Option<&'a OrderNames> {
    let found = names.get(order_no);
    if found.is_none() {
        // Orders are never removed, so this is worth a look and no reason to keep the other rows back.
        tracing::warn!(order.no = %order_no, "member-service does not know an order that was claimed");
    }
    found
}
