//! 협력사 회수대상조회: one vendor's goods that come back, with who ordered them and of whom they are fetched.

use std::collections::{BTreeSet, HashMap};

use commerce::calendar::kst_date_of;
use commerce::{ClaimNo, CollectionMethod};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::clients::member::OrderNames;
use crate::domain::vendors::exchange_target::{ExchangeTarget, TargetGoods, TargetQuery, exchange_target};
use crate::secrets::Secrets;
use crate::state::AppState;
use crate::store;
use crate::store::collection::address::AddressUse;
use crate::usecase::vendors::listing::{
    ListFault, MOST_ROWS, ROWS_AT_ONCE, find_orders, names_of, one_too_many, order_names,
};

/// A row, and whose it is; names are masked when the member has withdrawn.
pub struct ListedTarget {
    pub target: ExchangeTarget,
    pub orderer_name: String,
    /// 회수지 수취인명; none where the shop fetches nothing.
    pub recipient_name: Option<String>,
}

pub async fn list_exchange_targets(
    state: &AppState,
    vendor_no: String,
    query: TargetQuery,
) -> Result<Vec<ListedTarget>, ListFault> {
    let found = state.db.snapshot(move |conn| find_targets(conn, &vendor_no, &query)).await?;
    let Found { targets, addresses } = found.ok_or(ListFault::TooManyRows)?;
    let orders = targets.iter().map(|one| one.target.claim.order_no.clone());
    let names = order_names(state, orders.collect()).await?;
    let named = targets.into_iter().map(|target| {
        let claim = &target.target.claim;
        let order = names_of(&names, &claim.order_no);
        Ok(ListedTarget {
            orderer_name: order.map(|names| names.orderer.clone()).unwrap_or_default(),
            recipient_name: recipient(&state.secrets, &target, order, addresses.get(&claim.claim_no))?,
            target,
        })
    });
    named.collect()
}

/// 회수지 수취인명 as `claimDetailsInfoFO` shows it: of the claim's own address, or of the order's where it names none.
fn recipient(
    secrets: &Secrets,
    row: &ExchangeTarget,
    order: Option<&OrderNames>,
    sealed: Option<&String>,
) -> Result<Option<String>, Error> {
    let claim = &row.target.claim;
    match claim.method {
        CollectionMethod::Collected => {}
        CollectionMethod::SentPrepaid
        | CollectionMethod::SentPayOnArrival
        | CollectionMethod::NotCollected => return Ok(None),
    }
    let Some(sealed) = sealed else {
        return Ok(row.delivery_seq.and_then(|seq| order?.recipients.get(&seq).cloned()));
    };
    let own = secrets.open_address(&claim.claim_no, AddressUse::Collection.code(), sealed)?;
    // What is shown of one who has left is not more than its order shows.
    let is_masked = order.is_none_or(|order| order.is_masked);
    Ok(Some(if is_masked { own.masked().rcvmn_nm } else { own.rcvmn_nm }))
}

struct Found {
    targets: Vec<ExchangeTarget>,
    /// 회수지 of the claims that name one, sealed.
    addresses: HashMap<ClaimNo, String>,
}

/// None if there are too many. They come by the day of their instruction, then by claim, line and item.
fn find_targets(
    conn: &mut DbConnection,
    vendor_no: &str,
    query: &TargetQuery,
) -> Result<Option<Found>, Error> {
    let mut rows = store::vendors::exchange_target::find(conn, vendor_no, query, one_too_many()?)?;
    if rows.len() > MOST_ROWS {
        return Ok(None);
    }
    rows.sort_by(|one, other| place_of(one).cmp(&place_of(other)));
    let mut found = Found { targets: Vec::with_capacity(rows.len()), addresses: HashMap::new() };
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let claims: BTreeSet<ClaimNo> = rows.iter().map(|row| row.claim.claim_no.clone()).collect();
        let claims: Vec<ClaimNo> = claims.into_iter().collect();
        found.targets.extend(with_their_orders(conn, rows, &claims)?);
        let place = AddressUse::Collection;
        found.addresses.extend(store::collection::address::find_all(conn, &claims, place)?);
    }
    Ok(Some(found))
}

fn place_of(row: &TargetGoods) -> impl Ord + '_ {
    let day = kst_date_of(row.instructed_at);
    (day, row.claim.claim_no.as_str(), row.goods.line_seq, row.goods.item_no.as_str())
}

fn with_their_orders(
    conn: &mut DbConnection,
    rows: &[TargetGoods],
    claims: &[ClaimNo],
) -> Result<Vec<ExchangeTarget>, Error> {
    let numbers: BTreeSet<_> = rows.iter().map(|row| row.claim.order_no.clone()).collect();
    let names = store::vendors::exchange_target::find_exchanged_names(conn, &numbers)?;
    let orders = find_orders(conn, numbers)?;
    let contexts = store::vendors::exchange_target::find_contexts(conn, claims)?;
    rows.iter()
        .map(|row| {
            let (claim, goods) = (&row.claim, &row.goods);
            let name = names.get(&(claim.order_no.clone(), goods.line_seq, goods.item_no.clone()));
            let target = orders
                .get(&claim.order_no)
                .zip(contexts.get(&claim.claim_no))
                .and_then(|(order, context)| exchange_target(row.clone(), context, order, name));
            target.ok_or_else(|| {
                Problem::internal(format!("claim `{}` contradicts its order", claim.claim_no)).into()
            })
        })
        .collect()
}
