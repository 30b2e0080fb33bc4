//! Days at the ends of the calendar, and settings that reach behind it.

use cs_inquiry_service::usecase::collect_orphans::collect_orphans;
use cs_inquiry_service::usecase::purge::purge;

use crate::app::{CUSTOMER, DESK, TestApp, assert_fields, boss, gildong, kim};

const FIRST: &str = "00010101";
const LAST: &str = "9999-12-31";

#[actix_web::test]
async fn a_period_may_begin_and_end_with_the_calendar_and_not_beyond() {
    let app = TestApp::start().await;
    app.written().await;
    let lists = [
        (format!("{CUSTOMER}/getQuestion"), "accpStrDt", "accpEndDt", gildong()),
        (format!("{CUSTOMER}/getInquiryCount"), "accpStrDt", "accpEndDt", gildong()),
        (format!("{DESK}/getIntegratedCounselList"), "strDt", "endDt", kim()),
        (format!("{DESK}/getAccessRecordList"), "strDt", "endDt", boss()),
    ];
    for (path, begin, end, caller) in lists {
        let ask = async |query: String| {
            let separator = if path.ends_with("Count") { "?mbrNo=100001311&" } else { "?" };
            app.service.get(&format!("{path}{separator}{query}"), &caller).await
        };
        for query in [
            format!("{begin}={FIRST}&{end}={LAST}"),
            format!("{begin}={FIRST}&{end}={FIRST}"),
            format!("{begin}={LAST}&{end}={LAST}"),
            format!("{end}={FIRST}"),
            format!("{begin}={LAST}"),
        ] {
            let answer = ask(query.clone()).await;
            assert_eq!(answer.status, 200, "{path} {query}: {}", answer.text);
        }
        let all = ask(format!("{begin}={FIRST}&{end}={LAST}")).await.text;
        assert!(all.contains("\"totalCount\":") || all.contains("\"inquiryCnt\":1"), "{path}: {all}");
        for beyond in ["00001231", "10000-01-01", "100000101", "-0010101", "infinity"] {
            assert_fields(&ask(format!("{begin}={beyond}&{end}={beyond}")).await, &[begin, end]);
        }
    }
}

#[actix_web::test]
async fn settings_longer_than_the_calendar_keep_everything_and_fail_nowhere() {
    let app = TestApp::with(|settings| {
        settings.inquiry.retention_years = u32::MAX;
        settings.inquiry.access_record_years = 9_000;
        settings.inquiry.page_continues_minutes = u32::MAX;
        settings.attachment.orphan_after_minutes = u32::MAX;
    })
    .await;
    app.written().await;
    for page in ["pageNo=1", "pageNo=2"] {
        let list = app.list(&kim(), page).await;
        assert_eq!((list.status, &list.json["totalCount"]), (200, &serde_json::json!(1)), "{}", list.text);
    }
    assert_eq!(collect_orphans(&app.state).await.unwrap(), 0);
    let purged = purge(&app.db, &app.settings, app.clock.now()).await.unwrap();
    assert_eq!((purged.inquiries, purged.access_records), (0, 0));
}
