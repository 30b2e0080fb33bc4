//! 클레임 목록 조회

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use commerce::{ClaimNo, OrderNo, SagaStepStatus};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::claim_list::{ClaimFilter, ListedClaim, ListedStep, OpenFilter};
use crate::state::AppState;
use crate::store;
use crate::store::order::terms::{LineNames, read_names};
use crate::usecase::claim::open_steps::{OpenStep, find_open};
use crate::usecase::messages::Asked;

/// A page of the claims asked for, and how many there are in all, both of one moment.
pub async fn list_claims(
    state: &AppState,
    filter: ClaimFilter,
    today: NaiveDate,
    page: (i64, i64),
) -> Result<(i64, Vec<ListedClaim>), Error> {
    state.db.snapshot(move |conn| find_page(conn, &filter, today, page)).await
}

/// The same for agents, with what of each is not done.
pub async fn list_managed_claims(
    state: &AppState,
    filter: ClaimFilter,
    today: NaiveDate,
    page: (i64, i64),
) -> Result<(i64, Vec<ListedClaim>), Error> {
    let wanted = filter.open;
    state
        .db
        .snapshot(move |conn| {
            let (total, mut claims) = find_page(conn, &filter, today, page)?;
            show_steps(conn, &mut claims, wanted)?;
            Ok::<_, Error>((total, claims))
        })
        .await
}

/// 열린 단계: one of those that are asked for; of several, what needs attention, and then what comes first.
fn show_steps(
    conn: &mut DbConnection,
    claims: &mut [ListedClaim],
    wanted: Option<OpenFilter>,
) -> Result<(), Error> {
    let numbers: Vec<&str> = claims.iter().map(|claim| claim.number.as_str()).collect();
    let mut open: HashMap<ClaimNo, Vec<OpenStep>> = HashMap::new();
    for step in find_open(conn, &numbers)? {
        open.entry(step.claim_no.clone()).or_default().push(step);
    }
    let place = |step: &OpenStep| Asked::all().position(|asked| asked == step.asked);
    for claim in claims {
        let steps = open.remove(&claim.number).unwrap_or_default().into_iter();
        let shown = steps
            .filter(|step| wanted.is_none_or(|wanted| is_wanted(step, wanted)))
            .min_by_key(|step| (step.status != SagaStepStatus::NeedsAttention, place(step)));
        claim.step = shown.map(|step| ListedStep {
            code: step.asked.code(),
            label: step.asked.label(),
            status: step.status,
            tries: step.tries,
            next_try: step.next_try,
            reason: step.reason,
        });
    }
    Ok(())
}

fn is_wanted(step: &OpenStep, wanted: OpenFilter) -> bool {
    let is_step = wanted.step.is_none_or(|step_wanted| step_wanted == step.asked.filter());
    let needs_attention = step.status == SagaStepStatus::NeedsAttention;
    is_step && wanted.needs_attention.is_none_or(|wanted| wanted == needs_attention)
}

fn find_page(
    conn: &mut DbConnection,
    filter: &ClaimFilter,
    today: NaiveDate,
    page: (i64, i64),
) -> Result<(i64, Vec<ListedClaim>), Error> {
    let total = store::claim::list::count(conn, filter, today)?;
    let mut claims = store::claim::list::find(conn, filter, today, page)?;
    name_goods(conn, &mut claims)?;
    Ok((total, claims))
}

/// 상품명: as the order had it.
fn name_goods(conn: &mut DbConnection, claims: &mut [ListedClaim]) -> Result<(), Error> {
    let orders: BTreeSet<OrderNo> = claims.iter().map(|claim| claim.order_no.clone()).collect();
    let orders: Vec<OrderNo> = orders.into_iter().collect();
    let mut names: HashMap<OrderNo, HashMap<i32, LineNames>> = HashMap::new();
    for (order_no, copy) in store::order::copy::find_all(conn, &orders)? {
        names.insert(order_no, read_names(&copy)?);
    }
    for claim in claims {
        let of_order = names.get(&claim.order_no).zip(claim.goods.first_line);
        let line = of_order.and_then(|(names, line_seq)| names.get(&line_seq));
        claim.goods.name = line.map(|line| line.goods_nm.clone());
    }
    Ok(())
}
