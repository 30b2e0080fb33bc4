//! 추가결제 검증: whether a payment that settled a claim has paid for an order too, and how much goes back of it over all of
//! them.

use std::collections::{HashMap, HashSet};

use commerce::{ClaimNo, OrderNo, PaymentNo};
use db::{Db, DbConnection};
use service_kit::error::Error;

use crate::domain::audit;
use crate::domain::audit::payment::{PaidForOrder, PaidInAddition};
use crate::domain::history::ClaimHistory;
use crate::domain::order::pinned::OrderCopy;
use crate::store;
use crate::store::order::terms::read_payments;

const ROWS_AT_ONCE: i64 = 100;

/// One line for each difference. Of orders it knows those that are pinned here, and what member-service has said.
///
/// Keys that no claim was paid with are left out: there each order has its own part of the payment, and what goes back of that
/// is looked at with its claims.
pub(crate) async fn verify_payments(db: &Db) -> Result<Vec<String>, Error> {
    let payments = list_payments(db).await?;
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    let orders = list_orders(db, &payments).await?;
    let mut by_key: HashMap<&String, Vec<&PaidInAddition>> = HashMap::new();
    for payment in &payments {
        by_key.entry(&payment.provider_key).or_default().push(payment);
    }
    let mut found = Vec::new();
    for payment in &payments {
        let orders = orders.get(&payment.provider_key).map_or(&[][..], Vec::as_slice);
        let of_key = by_key.get(&payment.provider_key).into_iter().flatten().copied();
        let others = of_key.filter(|one| one.payment_no != payment.payment_no).cloned();
        let others: Vec<PaidInAddition> = others.collect();
        let claim_no = &payment.claim_no;
        let differences = audit::payment::differences(payment, orders, &others);
        found.extend(differences.into_iter().map(|one| format!("{claim_no}: {one}")));
    }
    Ok(found)
}

/// Everything that was paid for claims, and what went back of it: of cancels in addition, of returns and exchanges in advance.
async fn list_payments(db: &Db) -> Result<Vec<PaidInAddition>, Error> {
    let mut payments: Vec<PaidInAddition> = Vec::new();
    let mut after: Option<ClaimNo> = None;
    loop {
        let from = after.clone();
        let page = page_of(db, move |conn| {
            Ok(store::claim::additional_payment::list_after(conn, from.as_ref(), ROWS_AT_ONCE)?)
        });
        let page = page.await?;
        let Some(last) = page.last() else { break };
        after = Some(last.claim_no.clone());
        payments.extend(page);
    }
    let mut after: Option<PaymentNo> = None;
    loop {
        let from = after.clone();
        let page = page_of(db, move |conn| {
            Ok(store::collection::payment::list_after(conn, from.as_ref(), ROWS_AT_ONCE)?)
        });
        let page = page.await?;
        let Some(last) = page.last() else { return Ok(payments) };
        after = Some(last.payment_no.clone());
        payments.extend(page);
    }
}

async fn page_of(
    db: &Db,
    list: impl FnOnce(&mut DbConnection) -> Result<Vec<PaidInAddition>, Error> + Send + 'static,
) -> Result<Vec<PaidInAddition>, Error> {
    db.snapshot(move |conn| {
        let mut page = list(conn)?;
        for payment in &mut page {
            if payment.returned.is_zero() {
                payment.returned = history_of(conn, &payment.order_no)?.refunded(&payment.payment_no);
            }
        }
        Ok(page)
    })
    .await
}

/// The orders that were paid with one of them, by its key.
async fn list_orders(
    db: &Db,
    payments: &[PaidInAddition],
) -> Result<HashMap<String, Vec<PaidForOrder>>, Error> {
    let mut keys: HashSet<String> = payments.iter().map(|payment| payment.provider_key.clone()).collect();
    let mut orders: HashMap<String, Vec<PaidForOrder>> = HashMap::new();
    let mut after: Option<OrderNo> = None;
    loop {
        let from = after.clone();
        let (known, last, page) = db
            .snapshot(move |conn| {
                let copies = store::order::copy::list_after(conn, from.as_ref(), ROWS_AT_ONCE)?;
                let mut page = Vec::new();
                for copy in &copies {
                    page.extend(paid_with(conn, copy, &keys)?);
                }
                Ok::<_, Error>((keys, copies.last().map(|copy| copy.number.clone()), page))
            })
            .await?;
        keys = known;
        for (key, order) in page {
            orders.entry(key).or_default().push(order);
        }
        if last.is_none() {
            return Ok(orders);
        }
        after = last;
    }
}

/// Payments of an order under these keys.
fn paid_with(
    conn: &mut DbConnection,
    copy: &OrderCopy,
    keys: &HashSet<String>,
) -> Result<Vec<(String, PaidForOrder)>, Error> {
    let mut payments = read_payments(copy)?;
    payments.retain(|(_, _, key)| keys.contains(key));
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    let history = history_of(conn, &copy.number)?;
    let order = |(number, amount, key)| {
        let returned = history.refunded(&number);
        (key, PaidForOrder { order_no: copy.number.clone(), amount, returned })
    };
    Ok(payments.into_iter().map(order).collect())
}

fn history_of(conn: &mut DbConnection, order_no: &OrderNo) -> Result<ClaimHistory, Error> {
    let mut histories = store::claim::line::find_history(conn, std::slice::from_ref(order_no))?;
    Ok(histories.remove(order_no).unwrap_or_default())
}
