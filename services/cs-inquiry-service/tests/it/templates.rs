//! Texts an agent need not write twice.

use serde_json::{Value, json};
use test_kit::service::TestAnswer;

use crate::app::{TestApp, assert_fields, assert_refused, boss, gildong, kim, lee, number};
use crate::sisters::ORDER;

const TEMPLATES: &str = "/v1/customerservice/counselTemplateMgmt";

async fn save(app: &TestApp, caller: &platform::identity::Caller, body: Value) -> TestAnswer {
    app.post(&format!("{TEMPLATES}/saveCounselTemplate"), caller, body).await
}

async fn delete(app: &TestApp, caller: &platform::identity::Caller, tmpl_no: &str) -> TestAnswer {
    app.post(&format!("{TEMPLATES}/deleteCounselTemplate"), caller, json!({"tmplNo": tmpl_no})).await
}

async fn detail(app: &TestApp, caller: &platform::identity::Caller, tmpl_no: &str) -> TestAnswer {
    app.service.get(&format!("{TEMPLATES}/getCounselTemplateDetail?tmplNo={tmpl_no}"), caller).await
}

async fn names(app: &TestApp, caller: &platform::identity::Caller, query: &str) -> Vec<String> {
    let list = app.service.get(&format!("{TEMPLATES}/getCounselTemplateList?{query}"), caller).await;
    let rows = list.json["payloads"].as_array().unwrap();
    rows.iter().map(|row| row["tmplNm"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn common_ones_are_the_admins_and_own_ones_the_agents() {
    let app = TestApp::start().await;
    let body = |name: &str, common: &str| json!({"tmplNm": name, "tmplCont": "내용", "cmnYn": common});
    assert_refused(&save(&app, &kim(), body("공통", "Y")).await, 403, "FORBIDDEN");
    let common = number(&save(&app, &boss(), body("공통", "Y")).await);
    let own = number(&save(&app, &kim(), body("나의 것", "N")).await);
    assert_eq!(names(&app, &kim(), "").await, ["공통", "기본 인사", "나의 것", "배송 지연 안내"]);
    assert_eq!(names(&app, &kim(), "cmnYn=N").await, ["나의 것"]);
    assert_eq!(names(&app, &lee(), "cmnYn=N").await, Vec::<String>::new());
    assert_eq!(names(&app, &lee(), "cmnYn=Y&pageSize=1&pageNo=2").await, ["기본 인사"]);

    let shown = detail(&app, &kim(), &own).await;
    assert_eq!(
        shown.payload(),
        &json!({"tmplNo": own, "tmplNm": "나의 것", "tmplCont": "내용", "cmnYn": "N", "regUserId": "agent-kim",
            "modDtm": "2026-11-22T12:00:00+09:00"})
    );
    for answer in
        [detail(&app, &lee(), &own).await, delete(&app, &lee(), &own).await, detail(&app, &kim(), "99").await]
    {
        assert_refused(&answer, 900, "TEMPLATE_NOT_FOUND");
    }
    let change =
        |tmpl_no: &str| json!({"tmplNo": tmpl_no, "tmplNm": "고침", "tmplCont": "새 내용", "cmnYn": "N"});
    assert_refused(&save(&app, &lee(), change(&own)).await, 900, "TEMPLATE_NOT_FOUND");
    assert_refused(&save(&app, &lee(), change(&common)).await, 403, "FORBIDDEN");
    assert_refused(&delete(&app, &lee(), &common).await, 403, "FORBIDDEN");
    assert_eq!(number(&save(&app, &kim(), change(&own)).await), own);
    assert_eq!(detail(&app, &kim(), &own).await.payload()["tmplCont"], "새 내용");
    assert_eq!(delete(&app, &kim(), &own).await.status, 200);
    assert_eq!(delete(&app, &boss(), &common).await.status, 200);
    assert_refused(&detail(&app, &kim(), &own).await, 900, "TEMPLATE_NOT_FOUND");

    assert_fields(&save(&app, &kim(), json!({})).await, &["tmplNm", "tmplCont", "cmnYn"]);
    let slip = json!({"tmplNm": "a", "tmplCont": "{{orderNo}}", "cmnYn": "N"});
    assert_fields(&save(&app, &kim(), slip).await, &["tmplCont"]);
    assert_fields(&detail(&app, &kim(), "x").await, &["tmplNo"]);
    assert_fields(&detail(&app, &kim(), "").await, &["tmplNo"]);
}

#[actix_web::test]
async fn the_variables_are_filled_in_when_the_answer_is_shown() {
    let app = TestApp::start().await;
    let template =
        json!({"tmplNm": "a", "tmplCont": "{{mbrNm}}님, {{ordNo}}의 {{goodsNm}}입니다.", "cmnYn": "N"});
    let tmpl_no = number(&save(&app, &kim(), template).await);
    let about_order =
        json!({"cnslTypNo": "2010", "title": "t", "accpCont": "c", "ordNo": ORDER, "ordSeq": 1});
    let first = number(&app.save(&gildong(), about_order).await);
    let answer = async |ccn_no: &str, caller, body: Value| {
        let mut body = body;
        body["ccnNo"] = json!(ccn_no);
        app.desk("saveAnswer", &caller, body).await
    };
    let refused = answer(&first, lee(), json!({"tmplNo": tmpl_no})).await;
    assert_refused(&refused, 900, "TEMPLATE_NOT_FOUND");
    assert_eq!(answer(&first, kim(), json!({"tmplNo": tmpl_no})).await.status, 200);
    let shown = app.detail(&gildong(), &first).await;
    assert_eq!(shown.payload()["ansCont"], format!("홍길동님, {ORDER}의 린넨 셔츠입니다."));

    let kept = test_kit::dump::rows_of(&app.db, "counsel").await.join("");
    assert!(
        kept.contains("{{mbrNm}}님") && !kept.contains("홍길동님"),
        "the name is not written down again: {kept}"
    );

    let second = app.written().await;
    let written = json!({"tmplNo": tmpl_no, "ansCont": "{{mbrNm}}님 {{ordNo}} {{goodsNm}} {{x}}"});
    assert_eq!(answer(&second, kim(), written).await.status, 200);
    assert_eq!(app.detail(&gildong(), &second).await.payload()["ansCont"], "고객님 - - {{x}}");
    assert_eq!(app.desk_detail(&kim(), &second).await.payload()["ansCont"], "고객님 - - {{x}}");
}

#[actix_web::test]
async fn what_a_customer_has_written_is_never_filled_in() {
    let app = TestApp::start().await;
    let braces = "{{mbrNm}} {{ordNo}}";
    let question = json!({"mbrNo": crate::app::MEMBER, "inqmnNm": "{{ordNo}}", "accpCont": braces});
    let service = test_kit::identity::service("shop");
    let ccn_no = number(&app.post("/v1/customerservice/transferQnaSave", &service, question).await);
    app.desk("saveAnswer", &kim(), json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}님"})).await;
    let shown = app.detail(&gildong(), &ccn_no).await;
    let payload = shown.payload();
    assert_eq!([&payload["title"], &payload["accpCont"]], [braces, braces]);
    assert_eq!(payload["ansCont"], "{{ordNo}}님", "a name is a text, whatever stands in it");
}

#[actix_web::test]
async fn an_answer_of_the_release_before_is_shown_as_it_was_saved() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    app.desk("saveAnswer", &kim(), json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}님"})).await;
    app.query(|conn| {
        diesel::RunQueryDsl::execute(diesel::sql_query("UPDATE counsel SET ans_fill_yn = NULL"), conn)
    })
    .await;
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["ansCont"], "{{mbrNm}}님");
}
