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

#[actix_web::test]
async fn only_admins_read_the_records() {
    let app = TestApp::start().await;
    for caller in [kim(), gildong(), service("shop")] {
        let answer = app.service.get(&format!("{DESK}/getAccessRecordList"), &caller).await;
        assert_refused(&answer, 403, "FORBIDDEN");
    }
}
