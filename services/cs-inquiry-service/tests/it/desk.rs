//! Agents pick up, release, assign and answer; the member hears of it once.

use commerce::Channel;
use serde_json::{Value, json};
use test_kit::identity::{member, service};
use test_kit::service::read;

use crate::app::{
    DESK, MEMBER, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee, number, until,
};

fn state(answer: &test_kit::service::TestAnswer) -> (u16, Value) {
    (answer.status, answer.payload()["cnslStatCd"].clone())
}

async fn owner(app: &TestApp, ccn_no: &str) -> Value {
    app.desk_detail(&kim(), ccn_no).await.payload()["procUserId"].clone()
}

#[actix_web::test]
async fn a_detail_shows_the_inquiry_whose_it_is_and_its_history() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    app.start_process(&kim(), &ccn_no).await;
    app.desk("releaseProcess", &kim(), json!({"ccnNo": ccn_no})).await;
    app.desk("assign", &boss(), json!({"ccnNo": ccn_no, "procUserId": "agent-lee"})).await;
    app.desk("assign", &boss(), json!({"ccnNo": ccn_no, "procUserId": "agent-kim"})).await;
    app.answer(&kim(), &ccn_no).await;
    let detail = app.desk_detail(&lee(), &ccn_no).await;
    let payload = detail.payload();
    assert_eq!((&payload["mbrNo"], &payload["procUserId"]), (&json!(MEMBER), &json!("agent-kim")));
    assert_eq!(payload["modDtm"], "2026-11-22T12:00:00+09:00");
    let steps: Vec<Value> = payload["histList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| json!([step["seq"], step["userId"], step["actCd"], step["fromStatCd"], step["toStatCd"]]))
        .collect();
    assert_eq!(
        steps,
        [
            json!([1, MEMBER, "WRITE", null, "10"]),
            json!([2, "agent-kim", "START", "10", "20"]),
            json!([3, "agent-kim", "RELEASE", "20", "10"]),
            json!([4, "admin-park", "ASSIGN", "10", "20"]),
            json!([5, "admin-park", "ASSIGN", "20", "20"]),
            json!([6, "agent-kim", "ANSWER", "20", "30"]),
        ]
    );
    assert_refused(&app.desk_detail(&kim(), "1").await, 900, "INQUIRY_NOT_FOUND");
    assert_fields(&app.desk_detail(&kim(), "x").await, &["ccnNo"]);
}

#[actix_web::test]
async fn each_move_starts_from_its_state_and_belongs_to_the_owner_or_an_admin() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let by = json!({"ccnNo": ccn_no});
    assert_refused(&app.desk("releaseProcess", &kim(), by.clone()).await, 900, "INQUIRY_STATUS_CONFLICT");
    let started = app.start_process(&kim(), &ccn_no).await;
    assert_eq!(started.payload(), &json!({"ccnNo": ccn_no, "cnslStatCd": "20"}));
    for agent in [kim(), lee(), boss()] {
        assert_refused(&app.start_process(&agent, &ccn_no).await, 900, "INQUIRY_STATUS_CONFLICT");
    }
    assert_refused(&app.desk("releaseProcess", &lee(), by.clone()).await, 900, "INQUIRY_NOT_OWNER");
    assert_refused(&app.answer(&lee(), &ccn_no).await, 900, "INQUIRY_NOT_OWNER");
    assert_eq!(state(&app.desk("releaseProcess", &boss(), by.clone()).await), (200, json!("10")));
    assert_eq!(owner(&app, &ccn_no).await, Value::Null);

    let assign = |owner: &str| json!({"ccnNo": ccn_no, "procUserId": owner});
    assert_refused(&app.desk("assign", &kim(), assign("agent-kim")).await, 403, "FORBIDDEN");
    assert_eq!(state(&app.desk("assign", &boss(), assign("agent-kim")).await), (200, json!("20")));
    assert_eq!(state(&app.desk("assign", &boss(), assign("agent-lee")).await), (200, json!("20")));
    assert_eq!(owner(&app, &ccn_no).await, "agent-lee");
    assert_refused(&app.answer(&kim(), &ccn_no).await, 900, "INQUIRY_NOT_OWNER");
    assert_eq!(state(&app.answer(&boss(), &ccn_no).await), (200, json!("30")), "an admin may");
    let answered = app.detail(&gildong(), &ccn_no).await;
    assert_eq!(answered.payload()["ansUserNm"], "admin-park");

    for agent in [lee(), boss()] {
        assert_refused(&app.answer(&agent, &ccn_no).await, 900, "INQUIRY_STATUS_CONFLICT");
        assert_refused(&app.desk("releaseProcess", &agent, by.clone()).await, 900, "INQUIRY_STATUS_CONFLICT");
    }
    assert_refused(&app.desk("assign", &boss(), assign("x")).await, 900, "INQUIRY_STATUS_CONFLICT");
    for (operation, body) in [("startProcess", by), ("assign", assign("x"))] {
        let mut unknown = body;
        unknown["ccnNo"] = json!("99");
        assert_refused(&app.desk(operation, &boss(), unknown).await, 900, "INQUIRY_NOT_FOUND");
    }
    assert_fields(&app.desk("assign", &boss(), json!({})).await, &["ccnNo", "procUserId"]);
    assert_fields(&app.desk("saveAnswer", &kim(), json!({"ccnNo": "1"})).await, &["ansCont"]);
}

#[actix_web::test]
async fn an_agent_never_starts_on_a_text_it_was_not_shown() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let shown = async || app.desk_detail(&kim(), &ccn_no).await.payload()["modDtm"].clone();
    let before = shown().await;
    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": "다른 내용"});
    assert_eq!(app.edit(&gildong(), edit).await.status, 200);
    for (operation, more) in [("startProcess", json!({})), ("saveAnswer", json!({"ansCont": "답"}))] {
        let mut body = more;
        body["ccnNo"] = json!(ccn_no);
        body["modDtm"] = before.clone();
        assert_refused(&app.desk(operation, &kim(), body.clone()).await, 900, "INQUIRY_CHANGED");
        body["modDtm"] = json!("yesterday");
        assert_fields(&app.desk(operation, &kim(), body).await, &["modDtm"]);
    }
    let now = shown().await;
    assert_ne!(now, before, "even within one tick of the clock");
    let utc = now.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap().to_rfc3339();
    let body = json!({"ccnNo": ccn_no, "modDtm": utc});
    assert_eq!(app.desk("startProcess", &kim(), body).await.status, 200, "in whatever offset");
    assert_eq!(app.desk_detail(&kim(), &ccn_no).await.payload()["accpCont"], "다른 내용");
}

#[actix_web::test]
async fn an_answer_from_the_list_starts_and_answers_in_one() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    assert_eq!(state(&app.answer(&kim(), &ccn_no).await), (200, json!("30")));
    let detail = app.desk_detail(&kim(), &ccn_no).await;
    let acts: Vec<&str> = detail.payload()["histList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["actCd"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["WRITE", "START", "ANSWER"]);
    assert_eq!(detail.payload()["procUserId"], "agent-kim");
}

#[actix_web::test]
async fn the_member_is_told_once_by_sms_only_with_consent() {
    let app = TestApp::start().await;
    let body = |sms: &str| {
        json!({"cnslTypNo": "9090", "title": "제목", "accpCont": "내용", "smsNotiYn": sms, "cellSctNo": "010",
            "cellTxnoNo": "1234", "cellEndNo": "5678"})
    };
    let with_sms = number(&app.save(&gildong(), body("Y")).await);
    let without = number(&app.save(&gildong(), body("N")).await);
    app.answer(&kim(), &with_sms).await;
    app.answer(&kim(), &without).await;
    until(async || app.sisters.notices().len() == 2).await;
    let notices = app.sisters.notices();
    let of = |ccn_no: &str| notices.iter().find(|notice| notice.variables["ccnNo"] == ccn_no).unwrap();
    let notice = of(&with_sms);
    assert_eq!(notice.noti_key, format!("inquiry-answered:{with_sms}"));
    assert_eq!((notice.tmpl_cd.as_str(), notice.variables["title"].as_str()), ("INQUIRY_ANSWERED", "제목"));
    assert_eq!(notice.chnl_cds, [Channel::Inbox, Channel::Sms]);
    assert_eq!(notice.mbr_no.as_ref().unwrap().as_str(), MEMBER);
    assert_eq!(notice.receiver.cell_end_no.as_deref(), Some("5678"));
    let notice = of(&without);
    assert_eq!(notice.chnl_cds, [Channel::Inbox]);
    assert_eq!(notice.receiver.cell_end_no, None, "without consent the number does not travel");
}

#[actix_web::test]
async fn the_desk_is_for_agents() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    for caller in [gildong(), member("1"), service("shop")] {
        assert_refused(&app.list(&caller, "").await, 403, "FORBIDDEN");
        assert_refused(&app.desk_detail(&caller, &ccn_no).await, 403, "FORBIDDEN");
        assert_refused(&app.start_process(&caller, &ccn_no).await, 403, "FORBIDDEN");
    }
    let unsigned = reqwest::Client::new().get(format!("{}{DESK}/getIntegratedCounselList", app.service.base));
    assert_refused(&read(unsigned).await, 401, "UNAUTHORIZED");
}
