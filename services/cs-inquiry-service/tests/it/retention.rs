//! What is past its time is removed by the purge, and nothing else.

use chrono::{Months, TimeDelta};
use cs_inquiry_service::app::purge_once;
use cs_inquiry_service::usecase::purge::Purged;
use serde_json::json;

use crate::app::{DESK, TestApp, assert_refused, boss, gildong, kim, noon, number, until};
use crate::form::Multipart;

#[actix_web::test]
async fn inquiries_go_three_years_after_their_last_event() {
    let app = TestApp::start().await;
    let old = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    let deleted = app.written().await;
    app.delete(&gildong(), &deleted).await;
    let answered_later = app.written().await;
    app.clock.advance(TimeDelta::days(10));
    app.answer(&kim(), &answered_later).await;
    app.clock.advance(TimeDelta::days(10));
    let young = app.written().await;
    assert_eq!(app.stored_files().len(), 1);

    app.clock.set(noon() + Months::new(36));
    let nothing = purge_once(&app.settings, &app.clock).await.unwrap();
    assert_eq!((nothing.inquiries, nothing.files), (0, 0), "exactly three years are not past them");
    app.clock.advance(TimeDelta::seconds(1));
    let purged = purge_once(&app.settings, &app.clock).await.unwrap();
    assert_eq!((purged.inquiries, purged.files), (2, 1));
    for ccn_no in [&old, &deleted] {
        assert_refused(&app.detail(&gildong(), ccn_no).await, 403, "FORBIDDEN");
        assert_refused(&app.desk_detail(&kim(), ccn_no).await, 900, "INQUIRY_NOT_FOUND");
    }
    for ccn_no in [&answered_later, &young] {
        assert_eq!(app.detail(&gildong(), ccn_no).await.status, 200);
    }
    until(async || app.stored_files().is_empty()).await;
    assert_eq!(app.list(&kim(), "").await.json["totalCount"], 2, "the daily counts know it");

    app.clock.advance(TimeDelta::days(20));
    assert_eq!(purge_once(&app.settings, &app.clock).await.unwrap().inquiries, 2);
    assert_eq!(app.list(&kim(), "").await.json, json!({"totalCount": 0, "payloads": []}));
    for file in app.database.files().iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).unwrap();
        let text = "언제 오나요?".as_bytes();
        let is_there = bytes.windows(text.len()).any(|window| window == text);
        assert!(!is_there, "a purged text is still in {}", file.display());
    }
}

#[actix_web::test]
async fn access_records_go_after_two_years() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    app.desk_detail(&kim(), &ccn_no).await;
    app.clock.set(noon() + Months::new(24) + TimeDelta::seconds(1));
    app.desk_detail(&kim(), &ccn_no).await;
    let purged = purge_once(&app.settings, &app.clock).await.unwrap();
    assert_eq!(purged, Purged { inquiries: 0, files: 0, access_records: 1, drafts: 0 });
    let records = app.service.get(&format!("{DESK}/getAccessRecordList"), &boss()).await;
    assert_eq!(records.json["totalCount"], 1);
}
