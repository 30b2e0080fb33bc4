//! Every agent's look at personal data leaves a record, and admins read the records.

use serde_json::{Value, json};
use test_kit::identity::{member, service};

use crate::app::{
    CUSTOMER, DESK, MEMBER, OTHER_MEMBER, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee,
    number,
};
use crate::form::Multipart;

async fn records(app: &TestApp, query: &str) -> Vec<Value> {
    let list = app.service.get(&format!("{DESK}/getAccessRecordList?{query}"), &boss()).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let rows = list.json["payloads"].as_array().unwrap().clone();
    assert_eq!(list.json["totalCount"], rows.len());
    rows
}

fn what(rows: &[Value]) -> Vec<Value> {
    rows.iter()
        .map(|row| json!([row["userId"], row["mbrNo"], row["operNm"], row["ccnNo"], row["fileNo"]]))
        .collect()
}

#[actix_web::test]
async fn who_when_whose_and_what() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    app.written_by(&member(OTHER_MEMBER), "남의 문의").await;
    app.detail(&gildong(), &ccn_no).await;
    app.service.get(&format!("{CUSTOMER}/getInquiryCount?mbrNo={MEMBER}"), &service("shop")).await;
    assert!(records(&app, "").await.is_empty(), "members and services are no agents");

    app.list(&kim(), "").await;
    let detail = app.desk_detail(&kim(), &ccn_no).await;
    let file = &detail.payload()["files"][0];
    app.detail(&lee(), &ccn_no).await;
    app.service.get(file["url"].as_str().unwrap(), &kim()).await;
    app.service.get(&format!("{CUSTOMER}/getInquiryCount?mbrNo={MEMBER}"), &lee()).await;
    app.desk_detail(&kim(), "99").await;

    let rows = records(&app, "").await;
    assert_eq!(
        what(&rows),
        [
            json!(["agent-lee", MEMBER, "getInquiryCount", null, null]),
            json!(["agent-kim", MEMBER, "files", ccn_no, file["fileNo"]]),
            json!(["agent-lee", MEMBER, "getQuestionDtl", ccn_no, null]),
            json!(["agent-kim", MEMBER, "getIntegratedCounselDetail", ccn_no, null]),
            json!(["agent-kim", OTHER_MEMBER, "getIntegratedCounselList", null, null]),
            json!(["agent-kim", MEMBER, "getIntegratedCounselList", null, null]),
        ]
    );
    assert_eq!(rows[0]["acsDtm"], "2026-11-22T12:00:00+09:00");
    assert_eq!(records(&app, "userId=agent-lee").await.len(), 2);
    assert_eq!(records(&app, &format!("mbrNo={OTHER_MEMBER}")).await.len(), 1);
    assert_eq!(records(&app, "strDt=20261122&endDt=20261122&userId=agent-kim").await.len(), 4);
    assert!(records(&app, "endDt=20261121").await.is_empty());
    assert_fields(
        &app.service.get(&format!("{DESK}/getAccessRecordList?strDt=x&mbrNo=y&pageSize=999"), &boss()).await,
        &["strDt", "mbrNo", "pageSize"],
    );
}

fn handed_on(key: &str) -> Value {
    json!({"evtKey": key, "recordList": [
        {"acsDtm": "2026-11-22T11:00:00+09:00", "userId": "agent-kim", "acsIp": "203.0.113.7",
            "operNm": "claimDetailsInfoFO", "mbrNo": MEMBER, "ordNo": "20260801O000001", "claimNo": "20260802C000001"},
        {"acsDtm": "2026-11-22T10:00:00+09:00", "userId": "E0001", "acsIp": "2001:db8::1",
            "operNm": "ssgCancelInquiry", "mbrNo": null, "ordNo": "20260801O000002", "claimNo": null},
    ]})
}

#[actix_web::test]
async fn looks_at_what_other_services_show_are_kept_once() {
    let app = TestApp::start().await;
    for key in ["access:1", "access:1", "access:2"] {
        let answer =
            app.service.post_as_sister("/internal/accessRecords", "claim-service", &handed_on(key)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    app.written().await;
    let list = app.service.request(reqwest::Method::GET, &format!("{DESK}/getIntegratedCounselList"), &kim());
    assert_eq!(test_kit::service::read(list.header("x-forwarded-for", "198.51.100.9")).await.status, 200);

    let rows = records(&app, "").await;
    assert_eq!(rows.len(), 5);
    let own = &rows[0];
    assert_eq!(own["svcNm"], "cs-inquiry-service");
    assert_eq!(
        (&own["acsIp"], &own["ordNo"], &own["claimNo"]),
        (&json!("198.51.100.9"), &Value::Null, &Value::Null)
    );
    let of_claim = records(&app, "claimNo=20260802C000001").await;
    assert_eq!(
        of_claim[0],
        json!({"acsNo": of_claim[0]["acsNo"], "acsDtm": "2026-11-22T11:00:00+09:00", "userId": "agent-kim",
            "mbrNo": MEMBER, "operNm": "claimDetailsInfoFO", "ccnNo": null, "fileNo": null, "svcNm": "claim-service",
            "ordNo": "20260801O000001", "claimNo": "20260802C000001", "acsIp": "203.0.113.7"})
    );
    let of_guest = records(&app, "ordNo=20260801O000002").await;
    assert_eq!((&of_guest[0]["mbrNo"], &of_guest[0]["acsIp"]), (&Value::Null, &json!("2001:db8::1")));
    for (query, count) in [
        ("claimNo=20260802C000001", 2),
        ("ordNo=20260801O000002", 2),
        ("svcNm=claim-service", 4),
        ("svcNm=cs-inquiry-service", 1),
        ("operNm=ssgCancelInquiry", 2),
        ("operNm=claimDetailsInfoFO&svcNm=member-service", 0),
    ] {
        assert_eq!(records(&app, query).await.len(), count, "{query}");
    }
    let path = format!("{DESK}/getAccessRecordList?svcNm={}&ordNo=1&claimNo=x", "x".repeat(65));
    assert_fields(&app.service.get(&path, &boss()).await, &["svcNm", "ordNo", "claimNo"]);
}

#[actix_web::test]
async fn a_record_that_cannot_be_read_is_refused() {
    let app = TestApp::start().await;
    let mut bad = handed_on("access:1");
    bad["recordList"][0]["acsIp"] = json!("somewhere");
    let answer = app.service.post_as_sister("/internal/accessRecords", "claim-service", &bad).await;
    assert_eq!((answer.status, answer.fields()), (900, vec!["recordList[0].acsIp"]), "{}", answer.text);
    let row = handed_on("access:1")["recordList"][0].clone();
    let many = json!({"evtKey": "access:1", "recordList": vec![row; 501]});
    let answer = app.service.post_as_sister("/internal/accessRecords", "claim-service", &many).await;
    assert_eq!(answer.fields(), vec!["recordList"], "{}", answer.text);
    assert!(records(&app, "").await.is_empty());
}

#[actix_web::test]
async fn only_admins_read_the_records() {
    let app = TestApp::start().await;
    for caller in [kim(), gildong(), service("shop")] {
        let answer = app.service.get(&format!("{DESK}/getAccessRecordList"), &caller).await;
        assert_refused(&answer, 403, "FORBIDDEN");
    }
}
