//! What pages ask every few seconds: where the inquiries stand that they show.

use serde_json::{Value, json};

use crate::app::{DESK, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee};

async fn states(app: &TestApp, numbers: &str) -> Value {
    let answer = app.service.get(&format!("{DESK}/getIntegratedCounselState?ccnNo={numbers}"), &kim()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.payload()["serverDtm"], app.now_on_the_wire());
    answer.payload()["list"].clone()
}

#[actix_web::test]
async fn a_page_hears_who_has_taken_what_it_shows_and_since_when() {
    let app = TestApp::start().await;
    let (waiting, taken, given) = (app.written().await, app.written().await, app.written().await);
    let (released, answered, deleted) = (app.written().await, app.written().await, app.written().await);
    let written_at = app.now_on_the_wire();
    app.clock.advance(chrono::TimeDelta::minutes(5));
    for ccn_no in [&taken, &given, &released] {
        app.start_process(&kim(), ccn_no).await;
    }
    app.answer(&lee(), &answered).await;
    app.delete(&gildong(), &deleted).await;
    let taken_at = app.now_on_the_wire();
    app.clock.advance(chrono::TimeDelta::minutes(5));
    app.desk("assign", &boss(), json!({"ccnNo": given, "procUserId": "agent-lee"})).await;
    app.desk("releaseProcess", &kim(), json!({"ccnNo": released})).await;
    let given_at = app.now_on_the_wire();

    let asked = [&deleted, &answered, "99", &released, &given, &taken, &waiting, &taken, "00"].join(",");
    let row = |ccn_no: &str, status: &str, agent: Option<&str>, since: Option<&String>, deleted: &str| {
        json!({"ccnNo": ccn_no, "cnslStatCd": status, "procUserId": agent, "procDtm": since,
            "modDtm": written_at, "delYn": deleted})
    };
    assert_eq!(
        states(&app, &asked).await,
        json!([
            row(&waiting, "10", None, None, "N"),
            row(&taken, "20", Some("agent-kim"), Some(&taken_at), "N"),
            row(&given, "20", Some("agent-lee"), Some(&given_at), "N"),
            row(&released, "10", None, None, "N"),
            row(&answered, "30", Some("agent-lee"), Some(&taken_at), "N"),
            row(&deleted, "10", None, None, "Y"),
        ])
    );
    assert_eq!(states(&app, "99").await, json!([]));
}

#[actix_web::test]
async fn asking_leaves_no_record_and_changes_nothing() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    states(&app, &ccn_no).await;
    assert_eq!(app.count("SELECT count(*) AS rows FROM access_record").await, 0);
    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": "다른 내용"});
    let before = states(&app, &ccn_no).await;
    app.edit(&gildong(), edit).await;
    assert_ne!(states(&app, &ccn_no).await[0]["modDtm"], before[0]["modDtm"], "an edit is seen");
}

#[actix_web::test]
async fn a_hundred_are_asked_at_once_by_agents_alone() {
    let app = TestApp::start().await;
    let path = |numbers: &str| format!("{DESK}/getIntegratedCounselState?ccnNo={numbers}");
    let numbers = |count: usize| vec!["1000001"; count].join(",");
    let ask = async |numbers: &str| app.service.get(&path(numbers), &kim()).await;
    assert_eq!(ask(&numbers(100)).await.status, 200);
    for bad in [numbers(101).as_str(), "", "1,,2", "1,", "1,x", "1%00"] {
        assert_fields(&ask(bad).await, &["ccnNo"]);
    }
    assert_fields(&app.service.get(&format!("{DESK}/getIntegratedCounselState"), &kim()).await, &["ccnNo"]);
    assert_refused(&app.service.get(&path("1"), &gildong()).await, 403, "FORBIDDEN");
}
