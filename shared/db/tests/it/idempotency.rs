use crate::stock::{at, migrated};
use chrono::{DateTime, TimeDelta, Utc};
use db::idempotency::{self, Begin, Scope, SentAnswer, StoredAnswer, Ticket};
use db::{Db, DbError};
use std::time::Duration;

mod renewing;

const NOON: &str = "2026-11-22T03:00:00Z";
const LEASE: Duration = Duration::from_secs(30);

fn scope(key: &str, body_digest: &str) -> Scope {
    Scope {
        caller: "member:100001311@1".to_owned(),
        subject: "100001311".to_owned(),
        operation: "cancelFo",
        key: key.to_owned(),
        body_digest: body_digest.to_owned(),
    }
}

fn answer(body: &str) -> StoredAnswer {
    StoredAnswer { status: 200, content_type: "application/json".to_owned(), body: body.to_owned() }
}

async fn begin(db: &Db, now: DateTime<Utc>, scope: Scope) -> Begin {
    db.write(move |conn| Ok::<_, DbError>(idempotency::begin(conn, now, &scope, LEASE)?)).await.unwrap()
}

async fn fresh(db: &Db, now: DateTime<Utc>, scope: Scope) -> Ticket {
    match begin(db, now, scope).await {
        Begin::Fresh(ticket) => ticket,
        other => panic!("expected a ticket and got {other:?}"),
    }
}

async fn complete(db: &Db, ticket: &Ticket, body: &str) -> bool {
    let (ticket, body) = (ticket.clone(), body.to_owned());
    db.write(move |conn| {
        let answer = SentAnswer { status: 200, content_type: "application/json", body: &body };
        Ok::<_, DbError>(idempotency::complete(conn, at(NOON), &ticket, Some(answer))?)
    })
    .await
    .unwrap()
}

async fn forget(db: &Db, subject: &'static str, except_operation: &'static str) -> usize {
    db.write(move |conn| Ok::<_, DbError>(idempotency::forget_answers_of(conn, subject, except_operation)?))
        .await
        .unwrap()
}

#[tokio::test]
async fn the_first_answer_is_given_again_byte_for_byte() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    assert!(complete(&db, &ticket, "{\"a\": 1,  \"이름\":\"남**동\"}\n").await);
    for _ in 0..2 {
        let again = begin(&db, at(NOON), scope("k", "d")).await;
        assert_eq!(again, Begin::Replay(answer("{\"a\": 1,  \"이름\":\"남**동\"}\n")));
    }
}

#[tokio::test]
async fn another_body_under_the_same_key_is_a_reuse_in_flight_or_answered() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    assert_eq!(begin(&db, at(NOON), scope("k", "other")).await, Begin::Reused);
    complete(&db, &ticket, "{}").await;
    assert_eq!(begin(&db, at(NOON), scope("k", "other")).await, Begin::Reused);
}

#[tokio::test]
async fn a_key_belongs_to_one_caller_and_one_operation() {
    let (_database, db) = migrated();
    fresh(&db, at(NOON), scope("k", "d")).await;
    fresh(&db, at(NOON), Scope { caller: "member:100001312@1".to_owned(), ..scope("k", "d") }).await;
    fresh(&db, at(NOON), Scope { operation: "ordChangeFo", ..scope("k", "d") }).await;
    fresh(&db, at(NOON), scope("K", "d")).await;
}

#[tokio::test]
async fn a_repeat_while_the_first_is_carried_out_is_in_flight() {
    let (_database, db) = migrated();
    fresh(&db, at(NOON), scope("k", "d")).await;
    assert_eq!(begin(&db, at(NOON) + TimeDelta::seconds(29), scope("k", "d")).await, Begin::InFlight);
}

#[tokio::test]
async fn a_key_whose_holder_died_is_taken_over_by_the_same_body_only() {
    let (_database, db) = migrated();
    let later = at(NOON) + TimeDelta::seconds(30);
    let dead = fresh(&db, at(NOON), scope("k", "d")).await;
    assert_eq!(begin(&db, later, scope("k", "other")).await, Begin::Reused);
    let second = fresh(&db, later, scope("k", "d")).await;
    assert!(!complete(&db, &dead, "from the dead").await);
    assert_eq!(begin(&db, later, scope("k", "d")).await, Begin::InFlight);
    assert!(complete(&db, &second, "from the living").await);
    assert!(!complete(&db, &second, "twice").await);
    assert_eq!(begin(&db, later, scope("k", "d")).await, Begin::Replay(answer("from the living")));
}

#[tokio::test]
async fn a_slow_holder_may_answer_after_its_lease_if_nobody_took_over() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    assert!(complete(&db, &ticket, "late").await);
    let later = at(NOON) + TimeDelta::minutes(5);
    assert_eq!(begin(&db, later, scope("k", "d")).await, Begin::Replay(answer("late")));
}

#[tokio::test]
async fn a_key_taken_back_is_new_again_and_an_old_ticket_takes_nothing_back() {
    let (_database, db) = migrated();
    let abandon = |ticket: Ticket| {
        let db = db.clone();
        async move { db.write(move |conn| Ok::<_, DbError>(idempotency::abandon(conn, &ticket)?)).await.unwrap() }
    };
    let first = fresh(&db, at(NOON), scope("k", "d")).await;
    abandon(first.clone()).await;
    let second = fresh(&db, at(NOON), scope("k", "corrected")).await;
    abandon(first).await;
    assert_eq!(begin(&db, at(NOON), scope("k", "corrected")).await, Begin::InFlight);
    complete(&db, &second, "{}").await;
    abandon(second).await;
    assert_eq!(begin(&db, at(NOON), scope("k", "corrected")).await, Begin::Replay(answer("{}")));
}

#[tokio::test]
async fn after_a_day_a_key_is_new_again_even_for_another_body() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    complete(&db, &ticket, "{}").await;
    let almost = at(NOON) + TimeDelta::hours(24) - TimeDelta::microseconds(1);
    assert_eq!(begin(&db, almost, scope("k", "d")).await, Begin::Replay(answer("{}")));
    let next_day = at(NOON) + TimeDelta::hours(24);
    let ticket = fresh(&db, next_day, scope("k", "other")).await;
    assert!(complete(&db, &ticket, "new").await);
    assert_eq!(begin(&db, next_day, scope("k", "other")).await, Begin::Replay(answer("new")));
}

#[tokio::test]
async fn forgotten_answers_are_gone_and_their_keys_stay() {
    let (_database, db) = migrated();
    let withdrawal = Scope { operation: "withdrawalMemberOrderInfo", ..scope("w", "d") };
    let stranger = Scope { caller: "member:2@1".to_owned(), subject: "2".to_owned(), ..scope("k", "d") };
    for one in [scope("k", "d"), withdrawal.clone(), stranger.clone()] {
        let ticket = fresh(&db, at(NOON), one).await;
        complete(&db, &ticket, "남궁길동").await;
    }
    assert_eq!(forget(&db, "100001311", "withdrawalMemberOrderInfo").await, 1);
    assert_eq!(begin(&db, at(NOON), scope("k", "d")).await, Begin::Reused);
    assert_eq!(begin(&db, at(NOON), withdrawal).await, Begin::Replay(answer("남궁길동")));
    assert_eq!(begin(&db, at(NOON), stranger).await, Begin::Replay(answer("남궁길동")));
    assert_eq!(forget(&db, "100001311", "withdrawalMemberOrderInfo").await, 0);
}

#[tokio::test]
async fn an_answer_still_being_made_when_its_caller_is_forgotten_is_not_kept() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    assert_eq!(forget(&db, "100001311", "withdrawalMemberOrderInfo").await, 1);
    assert_eq!(begin(&db, at(NOON), scope("k", "d")).await, Begin::InFlight);
    assert!(complete(&db, &ticket, "남궁길동").await, "the request itself succeeds");
    assert_eq!(begin(&db, at(NOON), scope("k", "d")).await, Begin::Reused);
}

#[tokio::test]
async fn an_answer_that_is_not_kept_keeps_its_key() {
    let (_database, db) = migrated();
    let ticket = fresh(&db, at(NOON), scope("k", "d")).await;
    let completed = db
        .write(move |conn| Ok::<_, DbError>(idempotency::complete(conn, at(NOON), &ticket, None)?))
        .await
        .unwrap();
    assert!(completed, "the request itself succeeds");
    for body_digest in ["d", "other"] {
        assert_eq!(begin(&db, at(NOON), scope("k", body_digest)).await, Begin::Reused);
    }
    fresh(&db, at(NOON) + TimeDelta::hours(24), scope("k", "d")).await;
}

#[tokio::test]
async fn keys_made_before_a_time_are_purged_a_few_at_a_time() {
    let (_database, db) = migrated();
    let later = at(NOON) + TimeDelta::hours(1);
    for key in ["old-1", "old-2", "old-3"] {
        fresh(&db, at(NOON), scope(key, "d")).await;
    }
    fresh(&db, later, scope("young", "d")).await;
    for purged in [2, 1, 0] {
        let count =
            db.write(move |conn| Ok::<_, DbError>(idempotency::purge_before(conn, later, 2)?)).await.unwrap();
        assert_eq!(count, purged);
    }
    assert_eq!(begin(&db, later, scope("young", "d")).await, Begin::InFlight);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_equal_requests_at_once_one_gets_the_ticket() {
    let (database, db) = migrated();
    // The second round finds a dead holder, the third a key of the day before.
    for now in [at(NOON), at(NOON) + TimeDelta::seconds(30), at(NOON) + TimeDelta::hours(25)] {
        let requests: Vec<_> = (0..16)
            .map(|_| {
                let db = database.open();
                tokio::spawn(async move { begin(&db, now, scope("k", "d")).await })
            })
            .collect();
        let mut tickets = 0;
        for request in requests {
            match request.await.unwrap() {
                Begin::Fresh(_) => tickets += 1,
                other => assert_eq!(other, Begin::InFlight),
            }
        }
        assert_eq!(tickets, 1);
    }
    drop(db);
}
