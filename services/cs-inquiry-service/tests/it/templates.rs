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

#[actix_web::test]
async fn templates_are_found_by_a_part_of_their_names_and_by_what_they_are_for() {
    let app = TestApp::start().await;
    let own = async |name: &str, type_no: Value| {
        let mut body = json!({"tmplNm": name, "tmplCont": "내용", "cmnYn": "N"});
        body["cnslTypNo"] = type_no;
        number(&save(&app, &kim(), body).await)
    };
    own("쿠폰 ABC 안내", json!(5010)).await;
    // 배송, decomposed.
    own("\u{1107}\u{1162}\u{1109}\u{1169}\u{11BC} 50%_완료", json!("2000")).await;
    let changed = own("적립 안내", json!("5020")).await;
    assert_eq!(names(&app, &kim(), "cnslTypNo=5000").await, ["적립 안내", "쿠폰 ABC 안내"]);
    assert_eq!(names(&app, &kim(), "cnslTypNo=5010").await, ["쿠폰 ABC 안내"]);
    assert!(names(&app, &kim(), "cnslTypNo=99999999999999999999").await.is_empty());
    assert_eq!(names(&app, &lee(), "cnslTypNo=5000").await, Vec::<String>::new(), "they are another's");

    let found = async |part: &str, more: &str| {
        let part: String = part.bytes().map(|byte| format!("%{byte:02X}")).collect();
        names(&app, &kim(), &format!("searchNm={part}{more}")).await
    };
    assert_eq!(found("abc", "").await, ["쿠폰 ABC 안내"]);
    assert_eq!(found(" 안내 ", "&cmnYn=N").await, ["적립 안내", "쿠폰 ABC 안내"]);
    assert_eq!(found("안내", "&cnslTypNo=5010").await, ["쿠폰 ABC 안내"]);
    assert_eq!(found("배송", "").await.len(), 2, "however it was typed");
    assert_eq!(found("0%_", "").await.len(), 1);
    assert!(found("0%완", "").await.is_empty());
    let page = found("안내", "&pageSize=2&pageNo=2").await;
    assert_eq!(page, ["쿠폰 ABC 안내"], "behind two others");

    // What says nothing of the type leaves it; an empty one takes it away.
    let shown_type = async || detail(&app, &kim(), &changed).await.payload()["cnslTypNo"].clone();
    let change = |more: Value| {
        let mut body = json!({"tmplNo": changed, "tmplNm": "적립 안내", "tmplCont": "새 내용", "cmnYn": "N"});
        body["cnslTypNo"] = more;
        body
    };
    save(&app, &kim(), change(Value::Null)).await;
    assert_eq!(shown_type().await, "5020");
    save(&app, &kim(), change(json!("5000"))).await;
    assert_eq!(shown_type().await, "5000");
    save(&app, &kim(), change(json!(""))).await;
    assert_eq!(shown_type().await, Value::Null);
    for unknown in ["x", "77", "99999999999999999999"] {
        assert_fields(&save(&app, &kim(), change(json!(unknown))).await, &["cnslTypNo"]);
    }
    let bad = format!("{TEMPLATES}/getCounselTemplateList?searchNm=%00&cnslTypNo=x&cmnYn=x");
    assert_fields(&app.service.get(&bad, &kim()).await, &["searchNm", "cmnYn", "cnslTypNo"]);
}

#[actix_web::test]
async fn more_templates_than_are_read_at_once_are_searched_to_the_last() {
    let app = TestApp::start().await;
    app.query(|conn| {
        let rows: Vec<String> = (0..1_200)
            .map(|number| format!("('T{number:04}', 'x', 'N', 'agent-kim', '2026-11-22 00:00:00')"))
            .collect();
        let insert = format!(
            "INSERT INTO counsel_template (tmpl_nm, tmpl_cont, cmn_yn, reg_user_id, mod_dtm) VALUES {}",
            rows.join(", ")
        );
        diesel::RunQueryDsl::execute(diesel::sql_query(insert), conn)
    })
    .await;
    assert_eq!(names(&app, &kim(), "searchNm=t1199").await, ["T1199"]);
    assert_eq!(names(&app, &kim(), "searchNm=t05&pageSize=3&pageNo=33").await, ["T0596", "T0597", "T0598"]);
}

#[actix_web::test]
async fn an_agent_sees_what_would_go_out_and_the_look_is_put_down() {
    let app = TestApp::start().await;
    let text = "{{mbrNm}}님, {{ordNo}}의 {{goodsNm}}입니다. {{goodsNm}}";
    let template = json!({"tmplNm": "a", "tmplCont": text, "cmnYn": "N"});
    let tmpl_no = number(&save(&app, &kim(), template).await);
    let about_order =
        json!({"cnslTypNo": "2010", "title": "t", "accpCont": "c", "ordNo": ORDER, "ordSeq": 1});
    let full = number(&app.save(&gildong(), about_order).await);
    let bare = app.written().await;
    let filled = async |ccn_no: &str| detail(&app, &kim(), &format!("{tmpl_no}&ccnNo={ccn_no}")).await;

    let shown = filled(&full).await;
    let payload = shown.payload();
    assert_eq!(payload["tmplCont"], text);
    assert_eq!(payload["filledCont"], format!("홍길동님, {ORDER}의 린넨 셔츠입니다. 린넨 셔츠"));
    assert_eq!(payload["unfilledList"], json!([]));
    let shown = filled(&bare).await;
    assert_eq!(shown.payload()["filledCont"], "고객님, -의 -입니다. -");
    assert_eq!(shown.payload()["unfilledList"], json!(["ordNo", "goodsNm"]));
    assert!(detail(&app, &kim(), &tmpl_no).await.payload().get("filledCont").is_none());

    let deleted = app.written().await;
    app.delete(&gildong(), &deleted).await;
    for gone in [deleted.as_str(), "99"] {
        assert_refused(&filled(gone).await, 900, "INQUIRY_NOT_FOUND");
    }
    assert_fields(&filled("x").await, &["ccnNo"]);
    assert_refused(
        &detail(&app, &lee(), &format!("{tmpl_no}&ccnNo={full}")).await,
        900,
        "TEMPLATE_NOT_FOUND",
    );
    let looks = "SELECT count(*) AS rows FROM access_record WHERE oper_nm = 'getCounselTemplateDetail' \
        AND mbr_no = '100001311' AND ccn_no IS NOT NULL AND user_id = 'agent-kim'";
    assert_eq!(app.count(looks).await, 2, "of those that were shown");
}
