//! 협력사 취소조회: the cancelled lines of one vendor, with who ordered them.

use std::collections::BTreeSet;

use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::vendors::cancel::{self, CancelledLine, VendorCancel, VendorQuery};
use crate::state::AppState;
use crate::store;
use crate::usecase::vendors::listing::{
    ListFault, MOST_ROWS, ROWS_AT_ONCE, find_orders, names_of, one_too_many, order_names,
};

/// A row, and who ordered; the name is masked when the member has withdrawn.
pub struct ListedCancel {
    pub cancel: VendorCancel,
    pub orderer_name: String,
}

pub async fn list_vendor_cancels(
    state: &AppState,
    vendor_no: String,
    query: VendorQuery,
) -> Result<Vec<ListedCancel>, ListFault> {
    let cancels = state.db.snapshot(move |conn| find_cancels(conn, &vendor_no, &query)).await?;
    let cancels = cancels.ok_or(ListFault::TooManyRows)?;
    let orders = cancels.iter().map(|cancel| cancel.line.order_no.clone());
    let names = order_names(state, orders.collect()).await?;
    let named = cancels.into_iter().map(|cancel| {
        let orderer = names_of(&names, &cancel.line.order_no).map(|names| names.orderer.clone());
        ListedCancel { orderer_name: orderer.unwrap_or_default(), cancel }
    });
    Ok(named.collect())
}

/// None if there are too many.
fn find_cancels(
    conn: &mut DbConnection,
    vendor_no: &str,
    query: &VendorQuery,
) -> Result<Option<Vec<VendorCancel>>, Error> {
    let lines = store::vendors::cancel::find(conn, vendor_no, query, one_too_many()?)?;
    if lines.len() > MOST_ROWS {
        return Ok(None);
    }
    let mut cancels = Vec::with_capacity(lines.len());
    for lines in lines.chunks(ROWS_AT_ONCE) {
        cancels.extend(with_their_orders(conn, lines)?);
    }
    Ok(Some(cancels))
}

fn with_their_orders(conn: &mut DbConnection, lines: &[CancelledLine]) -> Result<Vec<VendorCancel>, Error> {
    let claim_numbers: BTreeSet<_> = lines.iter().map(|line| line.claim_no.clone()).collect();
    let claim_numbers: Vec<_> = claim_numbers.into_iter().collect();
    let orders = find_orders(conn, lines.iter().map(|line| line.order_no.clone()).collect())?;
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
