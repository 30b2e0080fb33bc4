//! To whom an admin may give an inquiry: whoever has moved one in the last thirty days.

use chrono::TimeDelta;
use serde_json::{Value, json};
use test_kit::identity::{agent, service};

use crate::app::{DESK, MEMBER, TestApp, assert_refused, boss, gildong, kim, lee};

async fn agents(app: &TestApp) -> Vec<Value> {
    let list = app.service.get(&format!("{DESK}/getProcUserList"), &boss()).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let rows = list.json["payloads"].as_array().unwrap().clone();
    assert_eq!(list.json["totalCount"], rows.len());
    rows
}

#[actix_web::test]
async fn who_acted_lately_is_listed_with_what_is_open() {
    let app = TestApp::start().await;
    assert!(agents(&app).await.is_empty());
    let (first, second, third) = (app.written().await, app.written().await, app.written().await);
    // A member, and a service that hands a question over, are no agents; one who only looks is not seen.
    let question = json!({"mbrNo": MEMBER, "accpCont": "질문"});
    app.post("/v1/customerservice/transferQnaSave", &service("shop"), question).await;
    app.list(&agent("agent-look"), "").await;
    app.start_process(&kim(), &first).await;
    let kim_at = app.now_on_the_wire();
    app.clock.advance(TimeDelta::days(20));
    app.start_process(&lee(), &second).await;
    app.answer(&lee(), &third).await;
    let lee_at = app.now_on_the_wire();
    app.clock.advance(TimeDelta::days(1));
    app.desk("assign", &boss(), json!({"ccnNo": second, "procUserId": "agent-kim"})).await;
    let boss_at = app.now_on_the_wire();
    let row = |user: &str, at: &str, open: i64| json!({"userId": user, "lastDtm": at, "openCnt": open});
    assert_eq!(
        agents(&app).await,
        [row("admin-park", &boss_at, 0), row("agent-lee", &lee_at, 0), row("agent-kim", &kim_at, 2)]
    );
    app.clock.advance(TimeDelta::days(9));
    assert_eq!(agents(&app).await.len(), 3, "thirty days ago is not longer ago");
    app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(agents(&app).await, [row("admin-park", &boss_at, 0), row("agent-lee", &lee_at, 0)]);
    app.desk("releaseProcess", &kim(), json!({"ccnNo": first})).await;
    assert_eq!(agents(&app).await[0], row("agent-kim", &app.now_on_the_wire(), 1));
    for caller in [kim(), gildong()] {
        assert_refused(&app.service.get(&format!("{DESK}/getProcUserList"), &caller).await, 403, "FORBIDDEN");
    }
}
