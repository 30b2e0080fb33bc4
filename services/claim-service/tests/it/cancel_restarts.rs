//! 주문취소: a process dies in the middle of each step, and the next one on the same database brings the claim to its end.

use claim_service::app;
use db::Backend;
use futures_util::future::join_all;
use test_kit::identity::member;
use test_kit::service::TestService;
use tokio::runtime::Runtime;

use crate::app::{House, TestApp};
use crate::cancel::claim_no_of;
use crate::member::{MEMBER, ORDER};
use crate::quote::request;
use crate::stand_in::Mood;
use crate::till::Till;

/// Where the first process is when it dies, and whether the effect has happened by then.
#[derive(Clone, Copy, Debug)]
enum Death {
    Member(&'static str, Mood),
    Promotion(&'static str, Mood),
    Provider(Till),
}

const DEATHS: [Death; 10] = [
    Death::Member("/claims", Mood::Hangs),
    Death::Member("/claims", Mood::DoesAndHangs),
    Death::Provider(Till::Hangs),
    Death::Provider(Till::GivesAndHangs),
    Death::Promotion("/coupons", Mood::Hangs),
    Death::Promotion("/coupons", Mood::DoesAndHangs),
    Death::Promotion("/mileage", Mood::Hangs),
    Death::Promotion("/mileage", Mood::DoesAndHangs),
    Death::Member("/notifications", Mood::Hangs),
    Death::Member("/notifications", Mood::DoesAndHangs),
];

/// A service whose workers run where they can be stopped between any two steps, like a process that is killed.
async fn doomed(house: &House) -> (TestService, Runtime) {
    let runtime = Runtime::new().expect("a runtime can be made");
    let application = house.application().await;
    let clock = house.clock.clone();
    let service = {
        let _inside = runtime.enter();
        TestService::start(app::NAME, application, clock)
    };
    (service, runtime)
}

async fn dies_and_another_goes_on(death: Death) {
    let mut house = House::new().with("CANCEL__ANSWER_DEADLINE_MS", "500").with("OUTBOX__PARALLEL", "1");
    if house.db.backend() == Backend::Postgres {
        // Short, so that what the dead one held is soon free; long enough for every effect. On SQLite nobody waits.
        house = house.with("OUTBOX__LEASE_SECONDS", "2");
    }
    let (service, runtime) = doomed(&house).await;
    let first = TestApp { service, house };
    first.put_goods("10002552", &[("001", 5)]).await;
    match death {
        Death::Member(path, mood) => first.member.0.feels(path, mood),
        Death::Promotion(path, mood) => first.promotion.feels(path, mood),
        Death::Provider(till) => first.refunds.set(till),
    }
    let answer = first.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await;
    let claim_no = claim_no_of(&answer);
    assert_eq!(answer.payload()["claimStatCd"], "20", "{death:?}");
    first
        .until(|app| match death {
            Death::Member(path, _) => app.member.0.count_calls(path) > 0,
            Death::Promotion(path, _) => app.promotion.count_calls(path) > 0,
            Death::Provider(_) => !app.refunds.book().attempts.is_empty(),
        })
        .await;
    runtime.shutdown_background();
    let TestApp { house, service: dead } = first;
    std::mem::forget(dead);
    house.member.0.recovers();
    house.promotion.recovers();
    house.refunds.set(Till::Open);
    let second = TestApp::spawn_in(house).await;
    second.details_in(ORDER, &claim_no, "30").await;
    second.until_outbox_is_empty().await;
    assert_eq!(second.member.cancelled(ORDER, 0), 3, "{death:?}");
    assert_eq!(second.stock("10002552").await, [("001".to_owned(), 8)], "{death:?}");
    assert_eq!(second.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into(), "{death:?}");
    assert_eq!(second.member.0.world().notices.len(), 1, "{death:?}");
    {
        let promotion = second.promotion.world();
        assert_eq!(promotion.restored_mileage(ORDER), 3_000, "{death:?}");
        assert_eq!(promotion.restored_coupons(), ["CI0001", "CI0002"], "{death:?}");
    }
    second.assert_books().await;
}

#[actix_web::test]
async fn whoever_dies_in_whatever_step_the_claim_reaches_its_end_and_each_effect_happens_once() {
    join_all(DEATHS.map(dies_and_another_goes_on)).await;
}
