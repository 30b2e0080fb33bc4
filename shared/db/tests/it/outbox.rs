use crate::stock::{at, migrated};
use chrono::{DateTime, TimeDelta, Utc};
use db::outbox::{self, Backlog, Hold, Message, NewMessage, Troubled};
use db::{Db, DbError};
use std::collections::HashSet;
use std::time::Duration;

const NOON: &str = "2026-11-22T03:00:00Z";
const MINUTE: Duration = Duration::from_secs(60);

fn message<'a>(key: &'a str, not_before: DateTime<Utc>) -> NewMessage<'a> {
    NewMessage { key, topic: "claim.refund", payload: "{\"claimNo\":\"1\"}", traceparent: None, not_before }
}

async fn enqueue(db: &Db, key: &str, not_before: DateTime<Utc>) -> bool {
    let key = key.to_owned();
    db.write(move |conn| Ok::<_, DbError>(outbox::enqueue(conn, at(NOON), &message(&key, not_before))?))
        .await
        .unwrap()
}

async fn lease(db: &Db, now: DateTime<Utc>, owner: &str, limit: i64) -> Vec<Message> {
    let owner = owner.to_owned();
    db.write(move |conn| Ok::<_, DbError>(outbox::lease(conn, now, &owner, MINUTE, limit)?)).await.unwrap()
}

async fn finish(db: &Db, key: &str, owner: &str) -> bool {
    let (key, owner) = (key.to_owned(), owner.to_owned());
    db.write(move |conn| Ok::<_, DbError>(outbox::finish(conn, &key, &owner)?)).await.unwrap()
}

async fn retry_later(db: &Db, key: &str, owner: &str, next_try: DateTime<Utc>, attention: bool) -> bool {
    let (key, owner) = (key.to_owned(), owner.to_owned());
    db.write(move |conn| {
        Ok::<_, DbError>(outbox::retry_later(conn, &key, &owner, next_try, "upstream is down", attention)?)
    })
    .await
    .unwrap()
}

async fn backlog(db: &Db) -> Backlog {
    db.read(|conn| Ok::<_, DbError>(outbox::backlog(conn)?)).await.unwrap()
}

fn keys(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.key.as_str()).collect()
}

#[tokio::test]
async fn a_message_comes_out_as_it_went_in() {
    let (_database, db) = migrated();
    db.write(|conn| {
        let new = NewMessage { traceparent: Some("00-trace-span-01"), ..message("claim-1/refund", at(NOON)) };
        Ok::<_, DbError>(outbox::enqueue(conn, at(NOON), &new)?)
    })
    .await
    .unwrap();
    let expected = Message {
        key: "claim-1/refund".to_owned(),
        topic: "claim.refund".to_owned(),
        payload: "{\"claimNo\":\"1\"}".to_owned(),
        traceparent: Some("00-trace-span-01".to_owned()),
        try_count: 1,
        created_at: at(NOON),
    };
    assert_eq!(lease(&db, at(NOON), "one", 10).await, [expected]);
}

#[tokio::test]
async fn a_key_that_waits_already_is_not_added_again() {
    let (_database, db) = migrated();
    assert!(enqueue(&db, "a", at(NOON)).await);
    assert!(!enqueue(&db, "a", at(NOON)).await);
    assert_eq!(backlog(&db).await.waiting, 1);
}

#[tokio::test]
async fn a_message_of_a_change_that_was_rolled_back_was_never_written() {
    let (_database, db) = migrated();
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            outbox::enqueue(conn, at(NOON), &message("a", at(NOON)))?;
            Err(diesel::result::Error::RollbackTransaction.into())
        })
        .await;
    assert!(outcome.is_err());
    assert_eq!(backlog(&db).await, Backlog { waiting: 0, needs_attention: 0, oldest: None });
}

#[tokio::test]
async fn the_longest_due_come_first_and_those_not_due_stay() {
    let (_database, db) = migrated();
    let noon = at(NOON);
    enqueue(&db, "later", noon + TimeDelta::seconds(1)).await;
    enqueue(&db, "b", noon).await;
    enqueue(&db, "a", noon).await;
    enqueue(&db, "c", noon - TimeDelta::seconds(1)).await;
    assert_eq!(keys(&lease(&db, noon, "one", 2).await), ["c", "a"]);
    assert_eq!(keys(&lease(&db, noon, "two", 10).await), ["b"]);
}

#[tokio::test]
async fn a_leased_message_is_nobody_elses_until_the_lease_is_over() {
    let (_database, db) = migrated();
    let noon = at(NOON);
    enqueue(&db, "a", noon).await;
    assert_eq!(keys(&lease(&db, noon, "one", 10).await), ["a"]);
    assert!(lease(&db, noon + TimeDelta::seconds(59), "two", 10).await.is_empty());

    let taken_over = lease(&db, noon + TimeDelta::seconds(60), "two", 10).await;
    assert_eq!(keys(&taken_over), ["a"]);
    assert_eq!(taken_over[0].try_count, 2);
    assert!(!finish(&db, "a", "one").await, "the first owner has lost it");
    assert!(!retry_later(&db, "a", "one", noon, false).await);
    assert!(finish(&db, "a", "two").await);
    assert!(!finish(&db, "a", "two").await, "it is gone");
    assert_eq!(backlog(&db).await.waiting, 0);
}

#[tokio::test]
async fn a_message_given_back_is_due_again_at_its_time() {
    let (_database, db) = migrated();
    let (noon, later) = (at(NOON), at(NOON) + TimeDelta::seconds(30));
    enqueue(&db, "a", noon).await;
    lease(&db, noon, "one", 10).await;
    assert!(retry_later(&db, "a", "one", later, true).await);
    assert_eq!(backlog(&db).await, Backlog { waiting: 1, needs_attention: 1, oldest: Some(noon) });
    assert!(lease(&db, noon + TimeDelta::seconds(29), "one", 10).await.is_empty());
    let again = lease(&db, later, "one", 10).await;
    assert_eq!((again.len(), again[0].try_count), (1, 2));
}

#[tokio::test]
async fn a_worker_that_stops_gives_everything_back_at_once() {
    let (_database, db) = migrated();
    let noon = at(NOON);
    for key in ["a", "b", "c"] {
        enqueue(&db, key, noon).await;
    }
    lease(&db, noon, "one", 2).await;
    lease(&db, noon, "two", 1).await;
    let released =
        db.write(move |conn| Ok::<_, DbError>(outbox::release_all(conn, "one", noon)?)).await.unwrap();
    assert_eq!(released, 2);
    assert_eq!(keys(&lease(&db, noon, "three", 10).await), ["a", "b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_side_by_side_never_hold_the_same_message() {
    let (database, db) = migrated();
    let noon = at(NOON);
    for number in 0..60 {
        enqueue(&db, &format!("m{number:02}"), noon).await;
    }
    let workers: Vec<_> = (0..6)
        .map(|number| {
            let db = database.open();
            tokio::spawn(async move {
                let owner = format!("worker-{number}");
                let mut held = Vec::new();
                loop {
                    let leased = lease(&db, noon, &owner, 4).await;
                    if leased.is_empty() {
                        return held;
                    }
                    assert!(leased.len() <= 4);
                    for message in &leased {
                        assert_eq!(message.try_count, 1);
                    }
                    held.extend(leased.into_iter().map(|message| message.key));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    // A worker steps over rows another one is taking, so it may stop early; none is lost by that.
    all.extend(lease(&db, noon, "last", 100).await.into_iter().map(|message| message.key));
    assert_eq!(all.len(), 60);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 60);
}

#[tokio::test]
async fn what_waits_is_listed_with_how_it_stands() {
    let (_database, db) = migrated();
    for key in ["b", "a", "c"] {
        enqueue(&db, key, at(NOON)).await;
    }
    lease(&db, at(NOON), "worker", 3).await;
    retry_later(&db, "b", "worker", at(NOON), false).await;
    retry_later(&db, "c", "worker", at(NOON), true).await;
    let listed = |topic: &'static str, limit| {
        db.read(move |conn| Ok::<_, DbError>(outbox::list_waiting(conn, topic, limit)?))
    };
    let waiting: Vec<(String, bool, bool)> = listed("claim.refund", 9)
        .await
        .unwrap()
        .into_iter()
        .map(|one| (one.key, one.has_failed, one.needs_attention))
        .collect();
    let expected = [("a", false, false), ("b", true, false), ("c", true, true)];
    assert_eq!(waiting, expected.map(|(key, has_failed, attention)| (key.to_owned(), has_failed, attention)));
    assert_eq!(listed("claim.refund", 2).await.unwrap().len(), 2);
    assert!(listed("another", 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn held_messages_are_nobody_elses_before_the_hold_is_over() {
    let (_database, db) = migrated();
    let hold = Hold { owner: "runner".to_owned(), until: at(NOON) + TimeDelta::minutes(1) };
    let written = db
        .write(move |conn| {
            let messages = ["a", "b", "c"].map(|key| message(key, at(NOON)));
            Ok::<_, DbError>(outbox::enqueue_all(conn, at(NOON), &messages, Some(&hold))?)
        })
        .await
        .unwrap();
    assert_eq!(written, 3);
    assert_eq!(lease(&db, at(NOON), "worker", 10).await, []);
    // Who holds them finishes some and gives others back; nobody else can.
    let finish_all = |owner: &'static str| {
        let db = db.clone();
        async move {
            db.write(move |conn| Ok::<_, DbError>(outbox::finish_all(conn, &["a", "unknown"], owner)?))
                .await
                .unwrap()
        }
    };
    assert_eq!((finish_all("worker").await, finish_all("runner").await), (0, 1));
    assert!(retry_later(&db, "b", "runner", at(NOON), false).await);
    let leased = lease(&db, at(NOON), "worker", 10).await;
    assert_eq!((keys(&leased), leased[0].try_count), (vec!["b"], 2));
    // A holder that died loses the rest with time.
    let later = lease(&db, at(NOON) + TimeDelta::minutes(1), "worker", 1).await;
    assert_eq!(keys(&later), ["b"]);
    let later = lease(&db, at(NOON) + TimeDelta::minutes(1), "other", 10).await;
    assert_eq!(keys(&later), ["c"]);
}

#[tokio::test]
async fn of_many_messages_those_whose_key_waits_already_stay_as_they_were() {
    let (_database, db) = migrated();
    enqueue(&db, "7", at(NOON)).await;
    let written = db
        .write(|conn| {
            let names: Vec<String> = (0..40).map(|no| no.to_string()).collect();
            let messages: Vec<NewMessage<'_>> = names.iter().map(|key| message(key, at(NOON))).collect();
            Ok::<_, DbError>(outbox::enqueue_all(conn, at(NOON), &messages, None)?)
        })
        .await
        .unwrap();
    assert_eq!(written, 39);
    assert_eq!(lease(&db, at(NOON), "worker", 100).await.len(), 40);
    let finished = db
        .write(|conn| {
            let names: Vec<String> = (0..40).map(|no| no.to_string()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Ok::<_, DbError>(outbox::finish_all(conn, &names, "worker")?)
        })
        .await
        .unwrap();
    assert_eq!((finished, backlog(&db).await.waiting), (40, 0));
}

#[tokio::test]
async fn messages_that_were_refused_or_tried_often_are_listed_in_pages() {
    let (_database, db) = migrated();
    for key in ["a", "b", "c", "d"] {
        enqueue(&db, key, at(NOON)).await;
    }
    lease(&db, at(NOON), "worker", 10).await;
    let later = at(NOON) + TimeDelta::hours(1);
    for (key, attention) in [("a", false), ("b", true), ("c", true)] {
        assert!(retry_later(&db, key, "worker", later, attention).await);
    }
    let list = |tries: i32, after: &'static str, limit: i64| {
        let db = db.clone();
        async move {
            let listed = db.read(move |conn| {
                Ok::<_, DbError>(outbox::list_troubled(conn, "claim.refund", tries, after, limit)?)
            });
            listed.await.unwrap()
        }
    };
    let found = |listed: &[Troubled]| listed.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    assert_eq!(found(&list(5, "", 10).await), ["b", "c"]);
    assert_eq!(
        found(&list(1, "", 10).await),
        ["a", "b", "c"],
        "one in hand for the first time is in no trouble"
    );
    assert_eq!(found(&list(1, "a", 1).await), ["b"]);
    let one = list(5, "b", 1).await.remove(0);
    let expected = Troubled {
        key: "c".to_owned(),
        payload: "{\"claimNo\":\"1\"}".to_owned(),
        tries: 1,
        reason: Some("upstream is down".to_owned()),
        needs_attention: true,
    };
    assert_eq!(one, expected);
}
