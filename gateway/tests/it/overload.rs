//! More at once than the house can do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::operations::inquiry::{GET_QUESTION, SEARCH_GOODS};
use contract::operations::promotion::MILEAGE;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::io::AsyncWriteExt as _;

use crate::app::{Reply, TestApp};
use crate::keys::Token;
use crate::scale::scaled;
use crate::stub::{misbehaving, read_head};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

#[track_caller]
fn assert_shed(reply: &Reply) {
    assert_eq!(reply.refusal(), (503, "SERVICE_UNAVAILABLE"));
    assert_eq!(reply.header("retry-after"), Some("1"));
}

#[actix_web::test]
async fn a_hanging_service_takes_its_own_places_and_no_others() {
    let (release, released) = tokio::sync::watch::channel(false);
    let (arrived, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
    let address = misbehaving(move |_, mut connection| {
        let (arrived, mut released) = (arrived.clone(), released.clone());
        async move {
            while !read_head(&mut connection).await.is_empty() {
                arrived.send(()).unwrap();
                released.wait_for(|released| *released).await.unwrap();
                connection.write_all(OK).await.unwrap();
            }
        }
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.limits.in_flight_per_service = 4;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let token = Token::member().sign();
    let mut hanging: FuturesUnordered<_> = (0..4).map(|_| app.call(&GET_QUESTION, Some(&token))).collect();
    let all_hang = async {
        for _ in 0..4 {
            arrivals.recv().await.unwrap();
        }
    };
    tokio::select! {
        () = all_hang => {}
        reply = hanging.next() => panic!("{reply:?}"),
    }
    for _ in 0..20 {
        assert_shed(&app.call(&GET_QUESTION, Some(&token)).await);
        assert_shed(&app.call(&SEARCH_GOODS, Some(&token)).await);
        assert_eq!(app.call(&MILEAGE, Some(&token)).await.status, 200, "the neighbour goes on");
    }
    release.send(true).unwrap();
    while let Some(reply) = hanging.next().await {
        assert_eq!(reply.status, 200);
    }
    assert_eq!(app.call(&GET_QUESTION, Some(&token)).await.status, 200, "the places are free again");
}

#[actix_web::test]
async fn bodies_beyond_the_memory_for_them_are_refused_and_the_memory_comes_back() {
    let app = TestApp::with(|settings| settings.limits.body_memory_bytes = 1000).await;
    let token = Token::member().sign();
    let send = |bytes: usize| {
        let request = app.request(&SEARCH_GOODS).header("authorization", format!("Bearer {token}"));
        crate::app::reply(request.body(vec![b' '; bytes]))
    };
    for _ in 0..5 {
        assert_eq!(send(900).await.status, 200);
        assert_shed(&send(1100).await);
        assert_shed(&send(200_000).await);
    }
}

#[actix_web::test]
async fn ten_thousand_at_once_are_answered_or_sent_away_and_others_go_on() {
    let served = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&served);
    let address = misbehaving(move |_, mut connection| {
        let counted = Arc::clone(&counted);
        async move {
            while !read_head(&mut connection).await.is_empty() {
                counted.fetch_add(1, Ordering::SeqCst);
                if connection.write_all(OK).await.is_err() {
                    return;
                }
            }
        }
    })
    .await;
    let app = TestApp::with(|settings| {
        settings.limits.in_flight_per_service = 64;
        settings.limits.connections_per_address = 0;
        settings.upstreams.cs_inquiry_url = format!("http://{address}").parse().unwrap();
    })
    .await;
    let token = Token::member().sign();
    let mut calls: FuturesUnordered<_> =
        (0..scaled(10_000)).map(|_| app.call(&GET_QUESTION, Some(&token))).collect();
    let (mut good, mut shed) = (0, 0);
    let mut answered = 0;
    while let Some(reply) = calls.next().await {
        answered += 1;
        match reply.status {
            200 => good += 1,
            _ => {
                assert_shed(&reply);
                shed += 1;
            }
        }
        if answered % 100 == 0 {
            // In the middle of it all, somebody else wants something of another service.
            assert_eq!(app.call(&MILEAGE, Some(&token)).await.status, 200);
        }
    }
    assert_eq!(good + shed, scaled(10_000));
    assert_eq!(good, served.load(Ordering::SeqCst), "what was sent away reached nobody");
    assert!(good > 0);
    assert_eq!(app.call(&GET_QUESTION, Some(&token)).await.status, 200);
}
