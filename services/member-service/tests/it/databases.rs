//! Both databases tell the same story.

use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{agent, member};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::claims::cancel;
use crate::orders::{COUNTS, MEMBER, ORDER, TOTALS, asking, order, order_with, plain_order, sisters};

#[tokio::test]
async fn a_story_has_the_same_answers_on_both_databases() {
    let Some(postgres) = TestDatabase::postgres() else {
        println!("skipped: TEST_DATABASE_URL names no PostgreSQL server");
        return;
    };
    let (on_sqlite, on_postgres) = tokio::join!(story(TestDatabase::sqlite()), story(postgres));
    assert_eq!(on_sqlite.len(), on_postgres.len());
    for (place, (one, other)) in on_sqlite.iter().zip(&on_postgres).enumerate() {
        assert_eq!(one, other, "chapter {place}");
    }
}

/// Orders come, move, are counted and summed up; their member leaves. Every answer, without its time.
async fn story(database: TestDatabase) -> Vec<(u16, Value)> {
    let sisters = sisters(2).await;
    let app = TestApp::spawn_on(database, asking(&sisters)).await;
    let mut transcript = Vec::new();
    let mut note = |answer: TestAnswer| {
        let mut json = answer.json;
        if let Some(fields) = json.as_object_mut() {
            fields.remove("timestamp");
        }
        transcript.push((answer.status, json));
    };
    let guest = order_with("20260801O000002", &json!({"mbrNo": null, "ordPwd": "guest-1234"}));
    let names = ["가나다", "힣a Z", "zebra", "Ä"];
    let more: Vec<Value> = (10..40)
        .map(|number| {
            let mut order = plain_order(
                &format!("20260801O{number:06}"),
                MEMBER,
                // Several share an instant.
                &format!("2026-08-01T10:00:00.{:06}+09:00", number / 3),
                i64::from(number) * 1_000,
                if number % 7 == 0 { "10" } else { "11" },
            );
            order["ordManNm"] = json!(names[usize::try_from(number).unwrap() % names.len()]);
            order
        })
        .collect();
    note(app.send_orders(&[order(), guest]).await);
    note(app.send_orders(&more).await);
    note(app.send_orders(&more).await);
    note(app.send_orders(&[order_with(ORDER, &json!({"ordManNm": "다른이름"}))]).await);
    let to =
        |status: &str| json!([{"ordSeq": 1, "ordDtlStatCd": status, "dtm": "2026-08-20T00:00:00.000001"}]);
    for (order_no, status) in
        [(ORDER, "15"), (ORDER, "13"), ("20260801O000011", "16"), ("20260801O000999", "13")]
    {
        note(app.set_status(order_no, &to(status)).await);
    }
    for (order_no, units) in
        [("20260801O000012", 1), ("20260801O000012", 1), ("20260801O000011", 1), ("20260801O000013", 2)]
    {
        let claim = cancel(&format!("20260901C{}", &order_no[9..]), &[(1, units, 0)]);
        note(app.claim(order_no, &claim).await);
    }
    let period = json!({"mbrNo": MEMBER, "buyStrDtm": "2026-08-01T10:00:00.000004", "buyEndDtm": "2026-08-01T10:00:01"});
    note(app.service.post(TOTALS, &member(MEMBER), &period).await);
    for req_gubun in ["myPage", "quit"] {
        note(app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": req_gubun})).await);
        note(app.service.post(COUNTS, &agent("a1"), &json!({"reqGubun": req_gubun})).await);
    }
    for order_no in [ORDER, "20260801O000002", "20260801O000011", "20260801O000999"] {
        note(app.snapshot(order_no).await);
    }
    note(app.withdraw(MEMBER).await);
    note(app.totals().await);
    for order_no in [ORDER, "20260801O000012", "20260801O000013", "20260801O000014", "20260801O000015"] {
        note(app.snapshot(order_no).await);
    }
    transcript
}
