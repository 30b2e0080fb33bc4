//! A member writes, reads, edits and deletes; nobody else may.

use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{anonymous, guest, member, on_site, service};
use test_kit::service::read;

use crate::app::{
    CUSTOMER, MEMBER, OTHER_MEMBER, TestApp, assert_fields, assert_refused, gildong, kim, lee, number,
};
use crate::form::Multipart;
use crate::sisters::ORDER;

#[actix_web::test]
async fn an_inquiry_lives_from_writing_to_the_answer() {
    let app = TestApp::start().await;
    let saved = app
        .save(
            &gildong(),
            json!({"cnslTypNo": "2010", "title": "배송 문의", "accpCont": "언제 오나요?\n급합니다.", "ordNo": ORDER,
                "ordSeq": 1, "smsNotiYn": "Y", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
                "emailAddr": "gildong@example.com"}),
        )
        .await;
    let ccn_no = number(&saved);
    assert!((1..=20).contains(&ccn_no.len()) && ccn_no.bytes().all(|byte| byte.is_ascii_digit()));

    let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
    assert_eq!(
        list.payload(),
        &json!({"totalCount": 1, "pageNo": 1, "pageSize": 10, "list": [{
            "ccnNo": ccn_no, "cnslTypNo": "2010", "cnslTypNm": "배송 조회/일정", "title": "배송 문의",
            "accpDtm": "2026-11-22T12:00:00+09:00", "cnslStatCd": "10", "cnslStatNm": "접수완료",
            "ordNo": ORDER, "goodsNo": "10002552", "goodsNm": "린넨 셔츠", "fileCnt": 0, "ansDtm": null}]})
    );
    let detail = app.detail(&gildong(), &ccn_no).await;
    let payload = detail.payload();
    assert_eq!(payload["accpCont"], "언제 오나요?\n급합니다.");
    assert_eq!(payload["smsNotiYn"], "Y");
    assert_eq!((&payload["cellSctNo"], &payload["cellEndNo"]), (&json!("010"), &json!("5678")));
    assert_eq!(payload["emailAddr"], "gildong@example.com");
    assert_eq!((&payload["files"], &payload["ansCont"]), (&json!([]), &Value::Null));

    assert_eq!(app.start_process(&kim(), &ccn_no).await.status, 200);
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["cnslStatNm"], "처리중");
    assert_eq!(app.answer(&kim(), &ccn_no).await.status, 200);
    let answered = app.detail(&gildong(), &ccn_no).await;
    assert_eq!(answered.payload()["ansCont"], "내일 도착합니다.");
    assert_eq!(answered.payload()["ansDtm"], "2026-11-22T12:00:00+09:00");
    assert_eq!(answered.payload()["ansUserNm"], "agent-kim");
    assert_eq!(answered.payload()["cnslStatCd"], "30");
}

#[actix_web::test]
async fn the_same_inquiry_comes_in_every_form() {
    let app = TestApp::start().await;
    let fields = [("cnslTypNo", "9090"), ("title", "제목 & 100%"), ("accpCont", "내용"), ("smsNotiYn", "N")];
    let query = url_encoded(&fields);
    let post = |path: String| app.service.request(Method::POST, &path, &gildong());

    let in_query = read(post(format!("{CUSTOMER}/questionSave?{query}"))).await;
    let as_form = read(
        post(format!("{CUSTOMER}/questionSave"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(query.clone()),
    )
    .await;
    let multipart = fields.iter().fold(Multipart::new(), |form, (name, value)| form.text(name, value));
    let as_multipart = app.save_multipart(&gildong(), &multipart).await;
    let as_json =
        app.save(&gildong(), json!({"cnslTypNo": 9090, "title": "제목 & 100%", "accpCont": "내용"})).await;
    for answer in [in_query, as_form, as_multipart, as_json] {
        let detail = app.detail(&gildong(), &number(&answer)).await;
        assert_eq!(detail.payload()["title"], "제목 & 100%");
        assert_eq!(detail.payload()["accpCont"], "내용");
    }
    let body_wins = read(
        post(format!("{CUSTOMER}/questionSave?{query}"))
            .json(&json!({"title": "본문의 제목", "files": ["ignored"], "unknown": 1})),
    )
    .await;
    assert_eq!(app.detail(&gildong(), &number(&body_wins)).await.payload()["title"], "본문의 제목");
    let text =
        read(post(format!("{CUSTOMER}/questionSave")).header("content-type", "text/plain").body("x")).await;
    assert_refused(&text, 415, "UNSUPPORTED_MEDIA_TYPE");
    let no_utf_8 = "cnslTypNo=9090&title=%B9&accpCont=%EA%B0%80&unknown=%FF";
    assert_fields(&read(post(format!("{CUSTOMER}/questionSave?{no_utf_8}"))).await, &["title", "unknown"]);
    let form = post(format!("{CUSTOMER}/questionSave"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(no_utf_8);
    assert_fields(&read(form).await, &["title", "unknown"]);
}

#[actix_web::test]
async fn edit_and_delete_come_in_every_verb() {
    let app = TestApp::start().await;
    let fields = |ccn_no: &str, title: &str| {
        url_encoded(&[("ccnNo", ccn_no), ("cnslTypNo", "9090"), ("title", title), ("accpCont", "고친 내용")])
    };
    let path = format!("{CUSTOMER}/questionMod");
    for method in [Method::PUT, Method::POST] {
        let ccn_no = app.written().await;
        let check = async |answer: test_kit::service::TestAnswer, title: &str| {
            assert_eq!(answer.status, 200, "{}", answer.text);
            let detail = app.detail(&gildong(), &ccn_no).await;
            assert_eq!(
                (&detail.payload()["title"], &detail.payload()["accpCont"]),
                (&json!(title), &json!("고친 내용"))
            );
        };
        let request = |path: &str| app.service.request(method.clone(), path, &gildong());
        let json = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "가", "accpCont": "고친 내용"});
        check(read(request(&path).json(&json)).await, "가").await;
        let form = request(&path).header("content-type", "application/x-www-form-urlencoded");
        check(read(form.body(fields(&ccn_no, "나"))).await, "나").await;
        check(read(request(&format!("{path}?{}", fields(&ccn_no, "다")))).await, "다").await;
        let multipart = Multipart::new()
            .text("ccnNo", &ccn_no)
            .text("cnslTypNo", "9090")
            .text("title", "라")
            .text("accpCont", "고친 내용");
        check(app.multipart(method.clone(), &path, &gildong(), &multipart).await, "라").await;
    }
    let path = format!("{CUSTOMER}/questionDel");
    for method in [Method::DELETE, Method::POST] {
        let request = |path: &str| app.service.request(method.clone(), path, &gildong());
        let in_query = app.written().await;
        assert_eq!(read(request(&format!("{path}?ccnNo={in_query}"))).await.status, 200);
        let as_json = app.written().await;
        assert_eq!(read(request(&path).json(&json!({"ccnNo": as_json}))).await.status, 200);
        let as_form = app.written().await;
        let form = request(&path).header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(read(form.body(format!("ccnNo={as_form}"))).await.status, 200);
        for ccn_no in [in_query, as_json, as_form] {
            assert_refused(&app.detail(&gildong(), &ccn_no).await, 900, "INQUIRY_NOT_FOUND");
        }
        assert_fields(&read(request(&path)).await, &["ccnNo"]);
    }
}

#[actix_web::test]
async fn every_bad_field_is_named() {
    let app = TestApp::start().await;
    assert_fields(&app.save(&gildong(), json!({})).await, &["cnslTypNo", "title", "accpCont"]);
    let bad = json!({"cnslTypNo": "x", "title": "가".repeat(101), "accpCont": " ", "ordNo": "1", "ordSeq": "0",
        "goodsNo": "a b", "itmNo": "*", "smsNotiYn": "yes", "cellSctNo": "010", "emailAddr": "nobody"});
    let answer = app.save(&gildong(), bad).await;
    assert_fields(
        &answer,
        &[
            "cnslTypNo",
            "title",
            "accpCont",
            "ordNo",
            "ordSeq",
            "goodsNo",
            "itmNo",
            "cellTxnoNo",
            "cellEndNo",
            "emailAddr",
            "smsNotiYn",
        ],
    );
    let ok = json!({"cnslTypNo": "9090", "title": "가".repeat(100), "accpCont": "나".repeat(4_000)});
    assert_eq!(app.save(&gildong(), ok).await.status, 200);
    for (field, value) in
        [("accpCont", json!("나".repeat(4_001))), ("title", json!("a\u{0}b")), ("cnslTypNo", json!("1"))]
    {
        let mut body = json!({"cnslTypNo": "9090", "title": "제목", "accpCont": "내용"});
        body[field] = value;
        assert_fields(&app.save(&gildong(), body).await, &[field]);
    }
    let wrong_type = json!({"cnslTypNo": "9090", "title": {"a": 1}, "accpCont": "내용"});
    assert_fields(&app.save(&gildong(), wrong_type).await, &["title"]);
    for query in ["ccnNo=x", "", "ccnNo=123456789012345678901"] {
        let answer = app.service.get(&format!("{CUSTOMER}/getQuestionDtl?{query}"), &gildong()).await;
        assert_fields(&answer, &["ccnNo"]);
    }
    for query in ["pageNo=0", "pageNo=x"] {
        assert_fields(
            &app.service.get(&format!("{CUSTOMER}/getQuestion?{query}"), &gildong()).await,
            &["pageNo"],
        );
    }
    let too_many = app.service.get(&format!("{CUSTOMER}/getQuestion?pageSize=101"), &gildong()).await;
    assert_fields(&too_many, &["pageSize"]);
    let backward = "accpStrDt=20261102&accpEndDt=2026-11-01";
    let backward = app.service.get(&format!("{CUSTOMER}/getQuestion?{backward}"), &gildong()).await;
    assert_fields(&backward, &["accpEndDt"]);
}

#[actix_web::test]
async fn anothers_inquiry_looks_like_none() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let strangers = [member(OTHER_MEMBER), on_site(gildong(), "2")];
    for stranger in &strangers {
        for number in [ccn_no.as_str(), "9999999", "99999999999999999999", "0001"] {
            assert_refused(&app.detail(stranger, number).await, 403, "FORBIDDEN");
            let edit = json!({"ccnNo": number, "cnslTypNo": "9090", "title": "t", "accpCont": "c"});
            assert_refused(&app.edit(stranger, edit).await, 403, "FORBIDDEN");
            assert_refused(&app.delete(stranger, number).await, 403, "FORBIDDEN");
        }
        let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), stranger).await;
        assert_eq!(list.payload()["totalCount"], 0);
    }
    let leading_zero = format!("0{ccn_no}");
    assert_refused(&app.detail(&gildong(), &leading_zero).await, 403, "FORBIDDEN");
    assert_refused(&app.detail(&kim(), &leading_zero).await, 900, "INQUIRY_NOT_FOUND");
    assert_eq!(app.detail(&kim(), &ccn_no).await.payload()["title"], "배송 문의");
    for caller in [anonymous(), guest(ORDER), service("shop")] {
        assert_refused(&app.detail(&caller, &ccn_no).await, 403, "FORBIDDEN");
        let save = app.save(&caller, json!({})).await;
        assert_refused(&save, 403, "FORBIDDEN");
    }
    assert_refused(&app.save(&kim(), json!({})).await, 403, "FORBIDDEN");
}

#[actix_web::test]
async fn counts_go_by_korean_days_and_status() {
    let app = TestApp::start().await;
    // The last microsecond of 31 July and the first instant of 1 August in Korea.
    app.clock.set("2026-07-31T14:59:59.999999Z".parse().unwrap());
    app.written().await;
    app.clock.set("2026-07-31T15:00:00Z".parse().unwrap());
    let in_august = app.written().await;
    let deleted = app.written().await;
    app.delete(&gildong(), &deleted).await;
    app.written_by(&on_site(gildong(), "2"), "다른 사이트").await;
    app.written_by(&member(OTHER_MEMBER), "남의 문의").await;
    app.start_process(&kim(), &in_august).await;

    let count = async |operation: &str, query: &str, caller| {
        let answer = app.service.get(&format!("{CUSTOMER}/{operation}?{query}"), &caller).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload()["inquiryCnt"].as_i64().unwrap()
    };
    let mine = format!("mbrNo={MEMBER}");
    assert_eq!(count("getInquiryCount", &mine, gildong()).await, 2);
    assert_eq!(count("getInquiryCount", &mine, on_site(gildong(), "2")).await, 1);
    assert_eq!(count("getInquiryCount", &mine, kim()).await, 3, "agents see every site");
    assert_eq!(count("getInquiryCount", &mine, service("shop")).await, 3);
    for (range, expected) in [
        ("accpStrDt=20260801", 1),
        ("accpEndDt=2026-07-31", 1),
        ("accpStrDt=20260731&accpEndDt=20260731", 1),
        ("accpStrDt=20260801&accpEndDt=20260801", 1),
        ("accpStrDt=20260731&accpEndDt=20260801", 2),
        ("accpStrDt=20260802", 0),
    ] {
        assert_eq!(
            count("getInquiryCount", &format!("{mine}&{range}"), gildong()).await,
            expected,
            "{range}"
        );
    }
    assert_eq!(count("getNotCompletedInquiryCount", &mine, gildong()).await, 2);
    app.answer(&kim(), &in_august).await;
    assert_eq!(count("getNotCompletedInquiryCount", &mine, gildong()).await, 1);
    assert_eq!(count("getInquiryCount", &mine, gildong()).await, 2);

    let path = format!("{CUSTOMER}/getInquiryCount");
    assert_fields(&app.service.get(&path, &gildong()).await, &["mbrNo"]);
    assert_fields(
        &app.service.get(&format!("{path}?mbrNo=x&accpStrDt=2026"), &kim()).await,
        &["mbrNo", "accpStrDt"],
    );
    let others = app.service.get(&format!("{path}?mbrNo={OTHER_MEMBER}"), &gildong()).await;
    assert_refused(&others, 403, "FORBIDDEN");
    let nobodys = app.service.get(&format!("{path}?mbrNo=1"), &gildong()).await;
    assert_refused(&nobodys, 403, "FORBIDDEN");
}

#[actix_web::test]
async fn the_own_list_shows_three_months_newest_first_in_pages() {
    let app = TestApp::start().await;
    app.clock.set("2026-08-21T14:59:59Z".parse().unwrap());
    app.written_by(&gildong(), "너무 오래됨").await;
    app.clock.set("2026-08-21T15:00:00Z".parse().unwrap());
    for title in ["하나", "둘", "셋"] {
        app.written_by(&gildong(), title).await;
    }
    app.clock.set("2026-11-22T03:00:00Z".parse().unwrap());
    let titles = async |query: &str| {
        let list = app.service.get(&format!("{CUSTOMER}/getQuestion?{query}"), &gildong()).await;
        let rows = list.payload()["list"].as_array().unwrap().clone();
        let titles: Vec<String> = rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
        (list.payload()["totalCount"].as_i64().unwrap(), titles)
    };
    assert_eq!(titles("").await, (3, vec!["셋".into(), "둘".into(), "하나".into()]));
    assert_eq!(titles("pageSize=2&pageNo=2").await, (3, vec!["하나".into()]));
    assert_eq!(titles("pageNo=9").await, (3, vec![]));
    assert_eq!(titles("accpStrDt=20260101&accpEndDt=20260821").await, (1, vec!["너무 오래됨".into()]));
}

#[actix_web::test]
async fn what_agents_have_begun_with_can_no_longer_be_changed() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": "내용"});
    app.start_process(&kim(), &ccn_no).await;
    assert_refused(&app.edit(&gildong(), edit.clone()).await, 900, "INQUIRY_NOT_EDITABLE");
    assert_refused(&app.delete(&gildong(), &ccn_no).await, 900, "INQUIRY_NOT_EDITABLE");
    app.desk("releaseProcess", &kim(), json!({"ccnNo": ccn_no})).await;
    assert_eq!(app.edit(&gildong(), edit.clone()).await.status, 200);
    app.answer(&lee(), &ccn_no).await;
    assert_refused(&app.edit(&gildong(), edit.clone()).await, 900, "INQUIRY_NOT_EDITABLE");
    assert_refused(&app.delete(&gildong(), &ccn_no).await, 900, "INQUIRY_NOT_EDITABLE");

    let deleted = app.written().await;
    assert_eq!(app.delete(&gildong(), &deleted).await.status, 200);
    let mut edit = edit;
    edit["ccnNo"] = json!(deleted);
    assert_refused(&app.edit(&gildong(), edit).await, 900, "INQUIRY_NOT_FOUND");
    assert_refused(&app.delete(&gildong(), &deleted).await, 900, "INQUIRY_NOT_FOUND");
    assert_refused(&app.start_process(&kim(), &deleted).await, 900, "INQUIRY_NOT_FOUND");
}

#[actix_web::test]
async fn what_can_be_chosen_is_public() {
    let app = TestApp::start().await;
    let init = app.service.get(&format!("{CUSTOMER}/getQuestionInit"), &anonymous()).await;
    let types = init.payload()["cnslTypList"].as_array().unwrap();
    assert_eq!(
        types[0],
        json!({"cnslTypNo": "1000", "cnslTypNm": "주문/결제", "uprCnslTypNo": null, "level": 1, "sortSeq": 10,
            "goodsSelMdtyYn": "N", "ordSelMdtyYn": "N"})
    );
    assert_eq!((&types[1]["uprCnslTypNo"], &types[1]["level"]), (&json!("1000"), &json!(2)));
    let has = |field: &str| types.iter().any(|row| row[field] == "Y");
    assert!(has("goodsSelMdtyYn") && has("ordSelMdtyYn"));
    assert_eq!(
        init.payload()["fileLimit"],
        json!({"maxCnt": 5, "maxBytes": 10_485_760,
            "types": ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"]})
    );
}

pub(crate) fn url_encoded(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}
