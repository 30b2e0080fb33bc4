//! 주문 수신: a whole request of orders or none of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use commerce::OrderNo;
use db::{DbConnection, DbError};
use platform::answer::Answer;
use platform::error::Problem;
use secrecy::SecretString;
use service_kit::error::Error;
use service_kit::once::Once;
use service_kit::outbox::send::send;

use crate::domain::order_intake::OrderToTake;
use crate::domain::payment_key::that_could_pay_twice;
use crate::domain::personal::PersonalData;
use crate::domain::purchase_total::{LineState, OrderSummary, summarise};
use crate::refusals;
use crate::secrets::Secrets;
use crate::secrets::order_digest::OrderDigest;
use crate::state::AppState;
use crate::store::{member, order, order_line, order_payment, payment_key, personal};
use crate::usecase::archive_document;
use crate::usecase::mask_withdrawn_member::tell_sisters;

/// Topic of what promotion-service is told of an order.
pub const PROMOTION_TOPIC: &str = "order.taken";

/// An order with the documents that are kept of it.
pub struct OrderWithDocuments {
    pub order: OrderToTake,
    /// What the order agreed on.
    pub terms: String,
    /// The whole order as first sent, in one form for all ways to write it, without its password.
    pub canonical: String,
    /// What promotion-service is to record, if anything.
    pub promotion_record: Option<String>,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub created: usize,
    pub unchanged: usize,
}

/// An order ready to be put down.
struct Prepared {
    order: OrderToTake,
    terms: String,
    digest: OrderDigest,
    promotion_record: Option<String>,
    states: Vec<LineState>,
    summary: OrderSummary,
    password_hash: Option<String>,
}

/// Takes the orders in. Equal ones sent again change nothing; one that differs from what was sent first refuses all.
pub async fn take_in_orders(
    state: &AppState,
    once: &Once,
    orders: Vec<OrderWithDocuments>,
    answer: impl Fn(Taken) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Error> {
    let (plain, documents): (Vec<_>, Vec<_>) =
        orders.into_iter().map(|one| (one.order, (one.terms, one.canonical, one.promotion_record))).unzip();
    let mut prepared = Vec::with_capacity(plain.len());
    for (order, (terms, canonical, promotion_record)) in plain.into_iter().zip(documents) {
        let digest = state.secrets.order_digests.of(&canonical);
        prepared.push(prepare(order, terms, digest, promotion_record)?);
    }
    hash_passwords(state, &mut prepared).await?;

    let (secrets, now, archive_years) =
        (state.secrets.clone(), state.clock.now(), state.settings.orders.archive_years);
    let answer = once
        .write(&state.db, move |conn| {
            let taken = put_down(conn, &secrets, now, archive_years, &prepared)?;
            Ok::<_, Error>(answer(taken)?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}

fn prepare(
    order: OrderToTake,
    terms: String,
    digest: OrderDigest,
    promotion_record: Option<String>,
) -> Result<Prepared, Error> {
    let states = order.line_states();
    let summary = states.as_deref().and_then(summarise);
    let (Some(states), Some(summary)) = (states, summary) else {
        return Err(Problem::internal("an order that was found to hold together does not add up").into());
    };
    Ok(Prepared { order, terms, digest, promotion_record, states, summary, password_hash: None })
}

/// Hashes the passwords of guests' orders that are not here yet. A member's order needs none and keeps none.
///
/// Hashing is slow by design, so it is done before the transaction, and not for orders that are only sent again.
async fn hash_passwords(state: &AppState, orders: &mut [Prepared]) -> Result<(), Error> {
    let of_guests: Vec<OrderNo> = orders
        .iter()
        .filter(|one| one.order.member_no.is_none())
        .map(|one| one.order.number.clone())
        .collect();
    if of_guests.is_empty() {
        return Ok(());
    }
    let known = state
        .db
        .read(move |conn| {
            let order_nos: Vec<&OrderNo> = of_guests.iter().collect();
            order::find_digests(conn, &order_nos).map_err(DbError::from)
        })
        .await?;
    let (mut newcomers, mut passwords) = (Vec::new(), Vec::new());
    for one in orders.iter_mut().filter(|one| one.order.member_no.is_none()) {
        if !known.contains_key(&one.order.number)
            && let Some(password) = one.order.password.take()
        {
            newcomers.push(&mut one.password_hash);
            passwords.push(SecretString::from(password));
        }
    }
    let hashes = state.secrets.passwords.hash_all(passwords).await?;
    for (newcomer, hash) in newcomers.into_iter().zip(hashes) {
        *newcomer = Some(hash);
    }
    Ok(())
}

/// One transaction. Rows are taken in the order of their numbers, so that two requests never wait in a circle.
fn put_down(
    conn: &mut DbConnection,
    secrets: &Secrets,
    now: DateTime<Utc>,
    archive_years: u32,
    orders: &[Prepared],
) -> Result<Taken, Error> {
    let members: BTreeSet<_> = orders.iter().filter_map(|one| one.order.member_no.clone()).collect();
    let withdrawn = member::lock_members(conn, &members)?;
    let order_nos: Vec<&OrderNo> = orders.iter().map(|one| &one.order.number).collect();
    let mut known = order::find_digests(conn, &order_nos)?;

    let mut in_order: Vec<(usize, &Prepared)> = orders.iter().enumerate().collect();
    in_order.sort_by(|(_, one), (_, other)| one.order.number.cmp(&other.order.number));
    let (mut created, mut places, mut differing) = (Vec::new(), Vec::new(), Vec::new());
    for (place, one) in in_order {
        let is_masked = one.order.member_no.as_ref().is_some_and(|member_no| withdrawn.contains(member_no));
        let visible = if is_masked { one.order.personal.masked() } else { one.order.personal.clone() };
        if !known.contains_key(&one.order.number) {
            if insert(conn, one, &visible, is_masked, now)? {
                created.push((one, visible, is_masked));
                places.push((place, one));
                continue;
            }
            // Another request has put it down since the digests were read.
            known.extend(order::find_digests(conn, &[&one.order.number])?);
        }
        if !known.get(&one.order.number).is_some_and(|known| one.digest.is(known)) {
            differing.push(place);
        }
    }
    if !differing.is_empty() {
        differing.sort_unstable();
        return Err(refusals::orders_exist(&differing));
    }
    register_payment_keys(conn, &places)?;

    order_line::insert(conn, created.iter().map(|(one, ..)| (&one.order, one.states.as_slice())))?;
    personal::insert(conn, created.iter().map(|(one, visible, _)| (&one.order.number, visible)))?;
    order_payment::insert(
        conn,
        created.iter().map(|(one, visible, _)| {
            (&one.order.number, one.order.payments.as_slice(), visible.cards.as_slice())
        }),
    )?;
    let originals = created
        .iter()
        .filter(|(_, _, is_masked)| *is_masked)
        .map(|(one, ..)| {
            let order = &one.order;
            archive_document::seal(secrets, &order.number, order.ordered_at, archive_years, &order.personal)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    archive_document::put_away(conn, now, &originals)?;
    tell_of_late_orders(
        conn,
        now,
        created.iter().filter(|(_, _, is_masked)| *is_masked).map(|(one, ..)| *one),
    )?;
    tell_promotion(conn, now, created.iter().map(|(one, ..)| *one))?;
    Ok(Taken { created: created.len(), unchanged: orders.len() - created.len() })
}

fn insert(
    conn: &mut DbConnection,
    one: &Prepared,
    visible: &PersonalData,
    is_masked: bool,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let new = order::NewOrder {
        order: &one.order,
        personal: visible,
        is_masked,
        password_hash: one.password_hash.as_deref(),
        terms: &one.terms,
        digest: one.digest.current(),
        summary: one.summary,
        registered_at: now,
    };
    Ok(order::insert(conn, &new)?)
}

/// 결제키 등록: orders may share one among themselves; one that paid for a claim pays for no order.
fn register_payment_keys(conn: &mut DbConnection, new: &[(usize, &Prepared)]) -> Result<(), Error> {
    let payments = new.iter().flat_map(|(place, one)| {
        let keys =
            one.order.payments.iter().map(|payment| that_could_pay_twice(payment.provider_key.as_deref()));
        keys.enumerate().filter_map(|(payment, key)| Some((key?, (*place, payment), &one.order.number)))
    });
    let mut keys: BTreeMap<&str, &OrderNo> = BTreeMap::new();
    for (key, _, order_no) in payments.clone() {
        keys.entry(key).or_insert(order_no);
    }
    let used = payment_key::register(conn, &keys)?;
    if used.is_empty() {
        return Ok(());
    }
    let mut places: Vec<(usize, usize)> =
        payments.filter(|(key, ..)| used.contains(*key)).map(|(_, place, _)| place).collect();
    places.sort_unstable();
    Err(refusals::payments_used(&places))
}

/// Orders of members who have left may hold other names and addresses, which the sisters must find in what was written.
fn tell_of_late_orders<'a>(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    orders: impl Iterator<Item = &'a Prepared>,
) -> Result<(), Error> {
    let mut told = BTreeSet::new();
    for one in orders {
        if let Some(member_no) = &one.order.member_no
            && told.insert(member_no)
        {
            tell_sisters(conn, now, member_no, one.order.number.as_str())?;
        }
    }
    Ok(())
}

/// Accumulation, mileage and coupons are promotion-service's; it hears of them after the commit.
fn tell_promotion<'a>(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    orders: impl Iterator<Item = &'a Prepared>,
) -> Result<(), Error> {
    for one in orders {
        let Some(payload) = &one.promotion_record else { continue };
        send(conn, now, PROMOTION_TOPIC, &promotion_key(&one.order.number), payload)?;
    }
    Ok(())
}

/// Names the event "this order was taken".
pub fn promotion_key(order_no: &OrderNo) -> String {
    format!("order-taken:{order_no}")
}
