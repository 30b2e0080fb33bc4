//! Who is shown somebody's data is put down before it is shown.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, MemberNo, OrderNo};
use contract::operations::Upstream;
use contract::operations::claim::{CLAIM_DETAILS_INFO_FO, GET_CLAIM_LIST, OTHER_ITMS};
use db::{DbConnection, outbox};
use diesel::QueryResult;
use platform::answer::Answer;
use platform::clock::Clock;
use platform::extract::Json;
use platform::household::FORWARDED_FOR;
use platform::http_client::{ClientSettings, ServiceClient};
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use service_kit::error::Error;
use service_kit::looks::{Keep, Look, Looked, Looks, TOPIC, ToKeeper, to_keeper};
use service_kit::outbox::worker::{Bell, OutboxSettings, OutboxWorker};
use service_kit::routes::Routes;
use test_kit::TestDatabase;
use test_kit::identity::{admin, agent, internal_keys, member, service};
use test_kit::looks::{noted, waiting};
use test_kit::service::{TestAnswer, TestService, read};
use tokio_util::sync::CancellationToken;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::probe::{NAME, application_with, migrated, noon};

const MEMBER: &str = "100001311";
const ORDER: &str = "20260801O000001";

/// Shows whom the request names, in so many claims; none where it names none.
async fn show(looks: Looks, body: Json<Value>) -> Result<Answer, Error> {
    let body = body.checked()?;
    let order_no = OrderNo::parse(ORDER).expect("a number");
    for row in body["rows"].as_array().into_iter().flatten() {
        let claim_no = ClaimNo::parse(row[1].as_str().unwrap_or_default()).expect("a number");
        let member_no = row[0].as_str().map(|text| MemberNo::parse(text).expect("a number"));
        looks.note(Look::at_claim(&claim_no, &order_no, member_no.as_ref()));
    }
    Ok(Answer::bare(&"the name of a customer")?)
}

async fn list(looks: Looks) -> Result<Answer, Error> {
    drop(looks);
    Ok(Answer::bare(&"nothing")?)
}

struct Desk {
    service: TestService,
    database: TestDatabase,
}

impl Desk {
    fn open(keep: Keep) -> Self {
        let (database, clock) = (migrated(), Clock::fixed(noon()));
        let routes = Routes::new(Upstream::Claim).on(&CLAIM_DETAILS_INFO_FO, show).on(&GET_CLAIM_LIST, list);
        let application = application_with(routes, keep, database.open(), &clock);
        Self { service: TestService::start(NAME, application, clock), database }
    }

    async fn ask(&self, caller: &Caller, from: &str, rows: Value) -> TestAnswer {
        let request = self.service.request(Method::POST, CLAIM_DETAILS_INFO_FO.path, caller);
        read(request.header(FORWARDED_FOR, from).json(&json!({"rows": rows}))).await
    }
}

#[actix_web::test]
async fn who_when_from_where_whom_and_what() {
    let desk = Desk::open(to_keeper);
    let rows = json!([[MEMBER, "20260802C000001"], [MEMBER, "20260802C000002"], [null, "20260802C000003"]]);
    assert_eq!(desk.ask(&agent("cs1"), "::ffff:203.0.113.7", rows).await.status, 200);
    let guest = json!({"acsDtm": "2026-11-22T12:00:00+09:00", "userId": "cs1", "acsIp": "203.0.113.7",
        "operNm": "claimDetailsInfoFO", "mbrNo": null, "ordNo": ORDER, "claimNo": "20260802C000003"});
    let mut of_member = guest.clone();
    of_member["mbrNo"] = json!(MEMBER);
    of_member["claimNo"] = Value::Null;
    assert_eq!(waiting(&desk.database.open()).await, [guest, of_member]);
}

#[actix_web::test]
async fn only_agents_and_admins_look_and_only_the_gateway_says_from_where() {
    let desk = Desk::open(to_keeper);
    let rows = || json!([[MEMBER, "20260802C000001"]]);
    assert_eq!(desk.ask(&member(MEMBER), "203.0.113.7", rows()).await.status, 200);
    assert_eq!(desk.ask(&service("shop"), "203.0.113.7", rows()).await.status, 403);
    assert_eq!(waiting(&desk.database.open()).await, Vec::<Value>::new());
    assert_eq!(desk.ask(&admin("boss"), "not an address", rows()).await.status, 200);
    let kept = waiting(&desk.database.open()).await;
    assert_eq!((&kept[0]["userId"], &kept[0]["acsIp"]), (&json!("boss"), &Value::Null));
}

#[actix_web::test]
async fn an_answer_that_does_not_say_whom_it_shows_is_not_given() {
    let desk = Desk::open(to_keeper);
    let answer = desk.ask(&agent("cs1"), "203.0.113.7", json!([])).await;
    assert_eq!((answer.status, answer.code()), (500, "INTERNAL_ERROR"));
    assert!(!answer.text.contains("customer"), "{}", answer.text);
    // A member is shown its own, and a list may be empty.
    assert_eq!(desk.ask(&member(MEMBER), "203.0.113.7", json!([])).await.status, 200);
    assert_eq!(desk.service.get(GET_CLAIM_LIST.path, &agent("cs1")).await.status, 200);
    assert_eq!(waiting(&desk.database.open()).await, Vec::<Value>::new());
}

fn breaks(_: &mut DbConnection, _: DateTime<Utc>, _: &[Looked]) -> QueryResult<()> {
    Err(diesel::result::Error::NotFound)
}

#[actix_web::test]
async fn what_cannot_be_put_down_is_not_shown() {
    let desk = Desk::open(breaks);
    let answer = desk.ask(&agent("cs1"), "203.0.113.7", json!([[MEMBER, "20260802C000001"]])).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text.contains("customer"), "{}", answer.text);
}

#[actix_web::test]
async fn many_looks_at_once_are_all_put_down() {
    let desk = Desk::open(to_keeper);
    let agents: Vec<String> = (0..200).map(|index| format!("cs{index:03}")).collect();
    let asked = agents.iter().map(|name| async {
        let caller = agent(name);
        desk.ask(&caller, "203.0.113.7", json!([[MEMBER, "20260802C000001"]])).await.status
    });
    let statuses = futures_util::future::join_all(asked).await;
    assert!(statuses.iter().all(|status| *status == 200));
    let mut who: Vec<String> = noted(&desk.database.open()).await.into_iter().map(|[by, ..]| by).collect();
    who.sort();
    assert_eq!(who, agents);
}

#[actix_web::test]
async fn looks_wait_for_their_keeper_and_come_under_one_key() {
    let desk = Desk::open(to_keeper);
    desk.ask(&agent("cs1"), "203.0.113.7", json!([[MEMBER, "20260802C000001"]])).await;
    let keeper = MockServer::start().await;
    let at = || Mock::given(method("POST")).and(path("/internal/accessRecords"));
    // Of a release that has no such operation yet.
    at().respond_with(ResponseTemplate::new(404)).up_to_n_times(2).with_priority(1).mount(&keeper).await;
    at().respond_with(ResponseTemplate::new(200)).mount(&keeper).await;
    let (db, clock) = (desk.database.open(), Clock::system());
    let settings = ClientSettings { retries: 0, ..ClientSettings::default() };
    let client = ServiceClient::new(
        NAME,
        "cs-inquiry-service",
        &keeper.uri(),
        internal_keys(),
        clock.clone(),
        &settings,
    );
    let pace =
        OutboxSettings { poll_ms: 10, first_retry_ms: 1, max_retry_ms: 5, ..OutboxSettings::default() };
    let worker = OutboxWorker::new(db.clone(), clock, pace, Bell::default())
        .on(TOPIC, ToKeeper(client.expect("a client can be built")));
    let stop = CancellationToken::new();
    let running = tokio::spawn(worker.run(stop.clone()));
    let left = async || {
        db.read(|conn| outbox::backlog(conn).map_err(db::DbError::from)).await.map(|all| all.waiting)
    };
    for _ in 0..6_000 {
        if left().await.is_ok_and(|left| left == 0) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    stop.cancel();
    running.await.expect("the worker stops");
    let heard = keeper.received_requests().await.unwrap_or_default();
    let bodies: Vec<Value> = heard.iter().map(|one| one.body_json().expect("JSON")).collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    assert_eq!(bodies[0]["recordList"][0]["mbrNo"], MEMBER);
}

#[actix_web::test]
async fn an_operation_that_shows_nobody_has_nobody_to_say() {
    let (database, clock) = (migrated(), Clock::fixed(noon()));
    let routes = Routes::new(Upstream::Claim).on(&OTHER_ITMS, show);
    let application = application_with(routes, to_keeper, database.open(), &clock);
    let service = TestService::start(NAME, application, clock);
    assert_eq!(service.post(OTHER_ITMS.path, &agent("cs1"), &json!({})).await.status, 500);
}
