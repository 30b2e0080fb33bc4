//! 클레임 목록 조회

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use commerce::OrderNo;
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::claim_list::{ClaimFilter, ListedClaim};
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::read_goods_names;

/// A page of the claims asked for, and how many there are in all, both of one moment.
pub async fn list_claims(
    state: &AppState,
    filter: ClaimFilter,
    today: NaiveDate,
    page: (i64, i64),
) -> Result<(i64, Vec<ListedClaim>), Error> {
    state
        .db
        .snapshot(move |conn| {
            let total = store::claim::list::count(conn, &filter, today)?;
            let mut claims = store::claim::list::find(conn, &filter, today, page)?;
            name_goods(conn, &mut claims)?;
            Ok::<_, Error>((total, claims))
        })
        .await
}

/// 상품명: as the order had it.
fn name_goods(conn: &mut DbConnection, claims: &mut [ListedClaim]) -> Result<(), Error> {
    let orders: BTreeSet<OrderNo> = claims.iter().map(|claim| claim.order_no.clone()).collect();
    let orders: Vec<OrderNo> = orders.into_iter().collect();
    let mut names: HashMap<OrderNo, HashMap<i32, String>> = HashMap::new();
    for (order_no, copy) in store::order::copy::find_all(conn, &orders)? {
        names.insert(order_no, read_goods_names(&copy)?);
    }
    for claim in claims {
        let of_order = names.get(&claim.order_no).zip(claim.goods.first_line);
        claim.goods.name = of_order.and_then(|(names, line_seq)| names.get(&line_seq)).cloned();
    }
    Ok(())
}
