//! The same request twice, ten times and two hundred times at once.

use std::collections::BTreeMap;

use stories::order;
use tokio::task::JoinSet;

use super::*;

async fn all_at_once(requests: Vec<RequestBuilder>) -> Vec<TestAnswer> {
    let mut asking = JoinSet::new();
    for request in requests {
        asking.spawn(read(request));
    }
    asking.join_all().await
}

#[actix_web::test]
async fn one_key_is_one_claim_however_often_it_is_sent() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[order("20261101O000001", MEMBER, "2026-11-01T00:00:00", 3, 10_000)]).await;
    let member = shop.member(MEMBER);
    let asked = request("20261101O000001", 1);
    let keyed = |key: &str, asked: &Value| cancel_of(&shop, &member, asked).header("Idempotency-Key", key);

    let first = read(keyed("once", &asked)).await;
    let claim_no = claim_no_of(&first);
    assert_eq!(read(keyed("once", &asked)).await.text, first.text, "byte for byte");
    let other = read(keyed("once", &request("20261101O000001", 2))).await;
    assert_eq!((other.status, other.code()), (900, "IDEMPOTENCY_KEY_REUSED"));
    assert_eq!(claims_of(&claim_database(&stack), "20261101O000001").await.len(), 1);

    let answers = all_at_once((0..10).map(|_| keyed("at-once", &asked)).collect()).await;
    let accepted: Vec<&TestAnswer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert!(!accepted.is_empty());
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!((answer.status, answer.code()), (409, "IDEMPOTENCY_KEY_IN_FLIGHT"), "{}", answer.text);
    }
    let again = read(keyed("at-once", &asked)).await;
    assert!(accepted.iter().all(|answer| answer.text == again.text));
    let second = claim_no_of(&again);
    assert_ne!(second, claim_no);
    for claim_no in [&claim_no, &second] {
        details_in(&shop, "20261101O000001", claim_no, "30").await;
        until("the customer is told", async || messages_about(&stack, claim_no).len() >= 2).await;
        assert_eq!(messages_about(&stack, claim_no), told_by("CLAIM_COMPLETED"));
    }
    assert_eq!(claims_of(&claim_database(&stack), "20261101O000001").await.len(), 2);
    assert_eq!(order_amount(&shop, "20261101O000001").await, Some(10_000));
    assert_eq!(given_back(&stack, "20261101O000001").await.len(), 2);
    assert_books(&stack, 2).await;
}

#[actix_web::test]
async fn of_two_hundred_who_want_the_last_unit_at_once_one_gets_it() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[order("20261101O000001", MEMBER, "2026-11-01T00:00:00", 1, 10_000)]).await;
    let member = shop.member(MEMBER);
    let asked = request("20261101O000001", 1);
    let answers = all_at_once((0..200).map(|_| cancel_of(&shop, &member, &asked)).collect()).await;
    let mut outcomes: BTreeMap<(u16, String), usize> = BTreeMap::new();
    for answer in &answers {
        *outcomes.entry((answer.status, answer.code().to_owned())).or_default() += 1;
    }
    assert_eq!(outcomes.remove(&(200, "0000".to_owned())), Some(1), "{outcomes:?}");
    outcomes.remove(&(900, "CLAIM_QTY_EXCEEDED".to_owned()));
    outcomes.remove(&(900, "CLAIM_IN_PROGRESS".to_owned()));
    assert_eq!(outcomes, BTreeMap::new());
    let claim_no = claim_no_of(answers.iter().find(|answer| answer.status == 200).expect("one was accepted"));
    details_in(&shop, "20261101O000001", &claim_no, "30").await;
    assert_eq!(claims_of(&claim_database(&stack), "20261101O000001").await.len(), 1);
    assert_eq!(given_back(&stack, "20261101O000001").await.len(), 1);
    assert_eq!(order_amount(&shop, "20261101O000001").await, None);
    assert_books(&stack, 1).await;
}
