use super::{LEASE, NOON, begin, complete, fresh, scope};
use crate::stock::{at, migrated};
use chrono::{DateTime, TimeDelta, Utc};
use db::idempotency::{self, Begin, Ticket};
use db::{Backend, Db, DbError};
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

async fn renew(db: &Db, now: DateTime<Utc>, tickets: &[&Ticket]) -> usize {
    let tickets: Vec<Ticket> = tickets.iter().map(|ticket| (*ticket).clone()).collect();
    db.write(move |conn| {
        let tickets: Vec<&Ticket> = tickets.iter().collect();
        Ok::<_, DbError>(idempotency::renew(conn, now, &tickets, LEASE)?)
    })
    .await
    .unwrap()
}

async fn confirm(db: &Db, now: DateTime<Utc>, ticket: &Ticket) -> bool {
    let ticket = ticket.clone();
    db.write(move |conn| Ok::<_, DbError>(idempotency::confirm(conn, now, &ticket, LEASE)?)).await.unwrap()
}

fn seconds(count: i64) -> DateTime<Utc> {
    at(NOON) + TimeDelta::seconds(count)
}

#[tokio::test]
async fn a_holder_that_renews_its_key_keeps_it_and_one_that_stops_loses_it_a_lease_later() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    for now in [20, 40, 60] {
        assert_eq!(renew(&db, seconds(now), &[&ticket]).await, 1);
        assert_eq!(begin(&db, seconds(now + 29), scope("k", "d")).await, Begin::InFlight);
    }
    let second = fresh(&db, seconds(90), scope("k", "d")).await;
    assert!(!complete(&db, &ticket, "from the dead").await);
    assert!(complete(&db, &second, "from the living").await);
}

#[tokio::test]
async fn only_keys_still_in_flight_under_their_tickets_are_renewed() {
    let (_database, db) = migrated();
    let lost = fresh(&db, at(NOON), scope("lost", "d")).await;
    let answered = fresh(&db, at(NOON), scope("answered", "d")).await;
    complete(&db, &answered, "{}").await;
    let taken_over = fresh(&db, seconds(30), scope("lost", "d")).await;
    let held = fresh(&db, seconds(30), scope("held", "d")).await;
    let all = [&lost, &answered, &taken_over, &held];
    assert_eq!(renew(&db, seconds(50), &all).await, 2);
    assert_eq!(renew(&db, seconds(50), &[&lost]).await, 0, "it does not renew what another one holds");
    assert_eq!(renew(&db, seconds(50), &[]).await, 0);
    fresh(&db, seconds(80), scope("lost", "d")).await;
    fresh(&db, seconds(80), scope("held", "d")).await;
}

#[tokio::test]
async fn more_keys_than_one_statement_names_are_renewed_alike() {
    let (_database, db) = migrated();
    let mut tickets = Vec::new();
    for number in 0..40 {
        tickets.push(fresh(&db, at(NOON), scope(&format!("k{number}"), "d")).await);
    }
    assert_eq!(renew(&db, seconds(20), &tickets.iter().collect::<Vec<_>>()).await, 40);
    for number in [0, 15, 16, 39] {
        assert_eq!(begin(&db, seconds(49), scope(&format!("k{number}"), "d")).await, Begin::InFlight);
    }
}

#[tokio::test]
async fn a_key_is_confirmed_as_long_as_nobody_took_it_over() {
    let (_database, db) = migrated();
    let first = fresh(&db, at(NOON), scope("k", "d")).await;
    assert!(confirm(&db, seconds(40), &first).await, "late, and before anybody else");
    assert_eq!(begin(&db, seconds(69), scope("k", "d")).await, Begin::InFlight, "it is renewed by that");
    let second = fresh(&db, seconds(70), scope("k", "d")).await;
    assert!(!confirm(&db, seconds(70), &first).await);
    complete(&db, &second, "{}").await;
    assert!(!confirm(&db, seconds(70), &second).await, "what is answered is not done again");
}

/// On SQLite a transaction excludes every other.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_waits_for_nobody_and_renews_the_others() {
    let (_database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        return;
    }
    let busy = fresh(&db, at(NOON), scope("busy", "d")).await;
    let idle = fresh(&db, at(NOON), scope("idle", "d")).await;
    let (let_go, waits) = mpsc::channel::<()>();
    let (holding, mut holds) = unbounded_channel();
    let (effect_db, ticket) = (db.clone(), busy.clone());
    let effect = tokio::spawn(async move {
        effect_db
            .write(move |conn| {
                let is_held = idempotency::confirm(conn, seconds(10), &ticket, LEASE)?;
                holding.send(()).unwrap();
                waits.recv().unwrap();
                Ok::<_, DbError>(is_held)
            })
            .await
    });
    holds.recv().await.unwrap();
    let renewed = timeout(Duration::from_secs(5), renew(&db, seconds(20), &[&busy, &idle])).await;
    assert_eq!(renewed, Ok(1));
    let_go.send(()).unwrap();
    assert!(effect.await.unwrap().unwrap());
    assert_eq!(begin(&db, seconds(49), scope("idle", "d")).await, Begin::InFlight);
}

/// As a process does that is stopped, or whose machine is gone without a word. On SQLite it would hold the whole file.
#[tokio::test(flavor = "multi_thread")]
async fn who_falls_silent_in_the_middle_of_its_effect_holds_nobody_up_for_long_and_has_no_effect() {
    let (_database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        return;
    }
    let silent = fresh(&db, at(NOON), scope("k", "d")).await;
    let (let_go, waits) = mpsc::channel::<()>();
    let (holding, mut holds) = unbounded_channel();
    let (effect_db, ticket) = (db.clone(), silent.clone());
    let effect = tokio::spawn(async move {
        effect_db
            .write(move |conn| {
                let is_held = idempotency::complete(conn, seconds(1), &ticket, None)?;
                holding.send(()).unwrap();
                waits.recv().unwrap();
                Ok::<_, DbError>(is_held)
            })
            .await
    });
    holds.recv().await.unwrap();
    let second = timeout(Duration::from_secs(10), fresh(&db, seconds(30), scope("k", "d"))).await;
    let second = second.expect("what the silent one has locked is free before ten seconds are over");
    let_go.send(()).unwrap();
    assert!(effect.await.unwrap().is_err(), "its transaction is over");
    assert!(complete(&db, &second, "from the living").await);
}
