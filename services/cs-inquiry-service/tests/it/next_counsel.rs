//! An agent takes what waits the longest, and no two agents the same.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::identity::agent;
use test_kit::service::TestAnswer;

use crate::app::{TestApp, assert_fields, assert_refused, boss, gildong, kim, lee, number};

async fn next(app: &TestApp, caller: &Caller) -> TestAnswer {
    app.desk("startNextProcess", caller, json!({})).await
}

/// Inquiries in the order of their numbers, several of them of one instant.
async fn written(app: &TestApp, count: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for number in 0..count {
        if number % 3 == 0 {
            app.clock.advance(TimeDelta::seconds(1));
        }
        numbers.push(app.written().await);
    }
    numbers
}

#[track_caller]
fn taken(answer: &TestAnswer) -> Option<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let ccn_no = answer.payload()["ccnNo"].as_str().map(str::to_owned);
    let status = if ccn_no.is_some() { json!("20") } else { Value::Null };
    assert_eq!(answer.payload(), &json!({"ccnNo": ccn_no, "cnslStatCd": status}));
    ccn_no
}

#[actix_web::test]
async fn the_oldest_that_waits_is_next() {
    let app = TestApp::start().await;
    assert_eq!(taken(&next(&app, &kim()).await), None);
    let numbers = written(&app, 5).await;
    app.start_process(&lee(), &numbers[0]).await;
    app.delete(&gildong(), &numbers[1]).await;
    assert_eq!(taken(&next(&app, &kim()).await).as_ref(), Some(&numbers[2]));
    app.desk("releaseProcess", &lee(), json!({"ccnNo": numbers[0]})).await;
    assert_eq!(taken(&next(&app, &kim()).await).as_ref(), Some(&numbers[0]), "it has waited the longest");
    assert_eq!(taken(&next(&app, &boss()).await).as_ref(), Some(&numbers[3]));
    assert_eq!(taken(&next(&app, &lee()).await).as_ref(), Some(&numbers[4]));
    assert_eq!(taken(&next(&app, &lee()).await), None);
    let detail = app.desk_detail(&boss(), &numbers[2]).await;
    assert_eq!(detail.payload()["procUserId"], "agent-kim");
    let step = &detail.payload()["histList"][1];
    assert_eq!(json!([step["userId"], step["actCd"], step["toStatCd"]]), json!(["agent-kim", "START", "20"]));
}

#[actix_web::test]
async fn types_stand_for_themselves_and_those_below_them() {
    let app = TestApp::start().await;
    let of_type = async |type_no: &str| {
        app.clock.advance(TimeDelta::hours(20));
        let body = json!({"cnslTypNo": type_no, "title": "t", "accpCont": "c"});
        number(&app.save(&gildong(), body).await)
    };
    let (other, coupon, mileage) = (of_type("9090").await, of_type("5010").await, of_type("5020").await);
    let ask =
        async |types: Value| app.desk("startNextProcess", &kim(), json!({"cnslTypNoList": types})).await;
    assert_eq!(taken(&ask(json!(["6000", "77", "99999999999999999999"])).await), None);
    assert_eq!(taken(&ask(json!(["5020"])).await).as_ref(), Some(&mileage));
    assert_eq!(taken(&ask(json!(["6000", "5000"])).await).as_ref(), Some(&coupon));
    assert_eq!(taken(&ask(json!(["5000"])).await), None);
    assert_eq!(taken(&ask(json!([])).await).as_ref(), Some(&other));
    assert_fields(&ask(json!(["1010", "x", ""])).await, &["cnslTypNoList[1]", "cnslTypNoList[2]"]);
    assert_eq!(taken(&ask(json!(vec!["1010"; 100])).await), None);
    assert_fields(&ask(json!(vec!["1010"; 101])).await, &["cnslTypNoList"]);
    assert_refused(&next(&app, &gildong()).await, 403, "FORBIDDEN");
}

#[actix_web::test]
async fn an_agent_with_enough_to_do_is_given_no_next_one() {
    let app = TestApp::with(|settings| settings.counsel.max_open = 2).await;
    let numbers = written(&app, 5).await;
    // What an agent starts by its number or is assigned counts.
    app.start_process(&kim(), &numbers[4]).await;
    assert_eq!(taken(&next(&app, &kim()).await).as_ref(), Some(&numbers[0]));
    assert_refused(&next(&app, &kim()).await, 900, "INQUIRY_OWN_LIMIT");
    assert_eq!(app.start_process(&kim(), &numbers[3]).await.status, 200, "by its number it may");
    assert_eq!(taken(&next(&app, &lee()).await).as_ref(), Some(&numbers[1]), "another agent has room");
    app.answer(&kim(), &numbers[0]).await;
    assert_refused(&next(&app, &kim()).await, 900, "INQUIRY_OWN_LIMIT");
    app.desk("releaseProcess", &kim(), json!({"ccnNo": numbers[3]})).await;
    assert_eq!(taken(&next(&app, &kim()).await).as_ref(), Some(&numbers[2]));
}

#[actix_web::test]
async fn two_agents_take_two_hundred_different_ones_the_oldest_first() {
    let app = TestApp::with(|settings| settings.counsel.max_open = 1_000).await;
    let numbers = written(&app, 200).await;
    let take_all = async |who: Caller| {
        let mut own = Vec::new();
        for _ in 0..100 {
            own.push(taken(&next(&app, &who).await).unwrap());
        }
        own
    };
    let (kims, lees) = futures_util::future::join(take_all(kim()), take_all(lee())).await;
    for own in [&kims, &lees] {
        let places: Vec<_> =
            own.iter().map(|ccn_no| numbers.iter().position(|one| one == ccn_no).unwrap()).collect();
        // One that is passed over while it is held, and not taken then, comes next.
        assert!(places.windows(2).all(|pair| pair[0] < pair[1] + 3), "{places:?}");
    }
    assert_eq!([kims, lees].concat().into_iter().collect::<BTreeSet<_>>().len(), 200);
    assert_eq!(taken(&next(&app, &kim()).await), None);
}

#[actix_web::test]
async fn of_many_agents_at_once_each_gets_another_one() {
    let app = TestApp::start().await;
    for _ in 0..10 {
        let numbers: BTreeSet<String> = written(&app, 8).await.into_iter().collect();
        let agents: Vec<Caller> = (0..12).map(|number| agent(&format!("agent-{number}"))).collect();
        let answers = join_all(agents.iter().map(|who| next(&app, who))).await;
        let given: Vec<String> = answers.iter().filter_map(taken).collect();
        assert_eq!(given.len(), 8, "{given:?}");
        assert_eq!(given.iter().cloned().collect::<BTreeSet<_>>(), numbers);
        for (who, answer) in agents.iter().zip(&answers) {
            if let Some(ccn_no) = taken(answer) {
                assert_eq!(app.answer(who, &ccn_no).await.status, 200, "it is this agent's");
            }
        }
    }
}

#[actix_web::test]
async fn one_agent_many_times_at_once_gets_no_more_than_it_may() {
    let app = TestApp::with(|settings| settings.counsel.max_open = 3).await;
    written(&app, 10).await;
    let kim = kim();
    let answers = join_all((0..10).map(|_| next(&app, &kim))).await;
    let given: BTreeSet<String> = answers.iter().filter(|one| one.status == 200).filter_map(taken).collect();
    assert_eq!(given.len(), 3);
    for refused in answers.iter().filter(|one| one.status != 200) {
        assert_refused(refused, 900, "INQUIRY_OWN_LIMIT");
    }
    assert_eq!(app.count("SELECT count(*) AS rows FROM counsel WHERE cnsl_stat_cd = '20'").await, 3);
}

#[actix_web::test]
async fn what_somebody_holds_is_passed_over() {
    let app = TestApp::start().await;
    if app.db.backend() == db::Backend::Sqlite {
        return;
    }
    let numbers = written(&app, 2).await;
    let (holding, mut held) = tokio::sync::mpsc::unbounded_channel::<()>();
    let (done, is_done) = std::sync::mpsc::channel::<()>();
    let first: i64 = numbers[0].parse().unwrap();
    let beside = app.query(move |conn| {
        diesel::RunQueryDsl::execute(
            diesel::sql_query(format!("SELECT 1 FROM counsel WHERE ccn_no = {first} FOR UPDATE")),
            conn,
        )?;
        holding.send(()).unwrap();
        is_done.recv().unwrap();
        Ok(())
    });
    let taking = async {
        held.recv().await.unwrap();
        let second = taken(&next(&app, &kim()).await);
        done.send(()).unwrap();
        second
    };
    let ((), second) = futures_util::future::join(beside, taking).await;
    assert_eq!(second.as_ref(), Some(&numbers[1]));
    assert_eq!(taken(&next(&app, &kim()).await).as_ref(), Some(&numbers[0]), "it was only for the moment");
}
