use serde_json::{Value, json};
use test_kit::identity::{agent, member};

use crate::app::TestApp;
use crate::orders::{INTAKE, MEMBER, ORDER, two_lines};

fn moves(lines: &[(i32, &str, &str)]) -> Value {
    lines.iter().map(|(seq, status, at)| json!({"ordSeq": seq, "ordDtlStatCd": status, "dtm": at})).collect()
}

async fn lines_of(app: &TestApp) -> Vec<(String, Value)> {
    let snapshot = app.snapshot(ORDER).await;
    let lines = snapshot.json["lineList"].as_array().unwrap();
    lines
        .iter()
        .map(|line| (line["ordDtlStatCd"].as_str().unwrap().to_owned(), line["dlvdDtm"].clone()))
        .collect()
}

#[tokio::test]
async fn lines_move_forward_and_remember_when_they_arrived() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    let answer = app
        .set_status(
            ORDER,
            &moves(&[(1, "15", "2026-08-03T10:00:00.123456"), (2, "13", "2026-08-03T10:00:00")]),
        )
        .await;
    assert_eq!((answer.status, answer.code(), answer.payload()), (200, "0000", &Value::Null));
    let arrived = json!("2026-08-03T10:00:00.123456+09:00");
    assert_eq!(lines_of(&app).await, [("15".to_owned(), arrived.clone()), ("13".to_owned(), Value::Null)]);

    // The same again, at another time, changes nothing; 16 keeps the time of arrival.
    assert_eq!(app.set_status(ORDER, &moves(&[(1, "15", "2026-08-09T10:00:00")])).await.status, 200);
    assert_eq!(app.set_status(ORDER, &moves(&[(1, "16", "2026-08-09T10:00:00")])).await.status, 200);
    assert_eq!(lines_of(&app).await[0], ("16".to_owned(), arrived));
    // Where 15 was skipped, the line has arrived with 16.
    assert_eq!(app.set_status(ORDER, &moves(&[(2, "16", "2026-08-10T10:00:00")])).await.status, 200);
    assert_eq!(lines_of(&app).await[1], ("16".to_owned(), json!("2026-08-10T10:00:00+09:00")));
}

#[tokio::test]
async fn a_refused_move_moves_none_of_the_lines() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("12")]).await;
    let at = "2026-08-03T10:00:00";
    let check = async |lines: Value, code: &str, fields: &[&str]| {
        let answer = app.set_status(ORDER, &lines).await;
        assert_eq!(
            (answer.status, answer.code(), answer.fields()),
            (900, code, fields.to_vec()),
            "{}",
            answer.text
        );
        let statuses: Vec<String> = lines_of(&app).await.into_iter().map(|(status, _)| status).collect();
        assert_eq!(statuses, ["12", "12"]);
    };
    check(moves(&[(1, "13", at), (2, "11", at)]), "STATUS_NOT_FORWARD", &["lines[1].ordDtlStatCd"]).await;
    check(moves(&[(1, "13", at), (3, "13", at)]), "ORDER_LINE_NOT_FOUND", &["lines[1].ordSeq"]).await;
    check(moves(&[(1, "13", at), (1, "13", at)]), "VALIDATION", &["lines[1].ordSeq"]).await;
    check(moves(&[(1, "19", at)]), "VALIDATION", &["lines[0].ordDtlStatCd"]).await;
    check(moves(&[(1, "14", at)]), "VALIDATION", &["lines[0].ordDtlStatCd"]).await;
    check(moves(&[(1, "13", "yesterday")]), "VALIDATION", &["lines[0].dtm"]).await;
    check(json!([]), "VALIDATION", &["lines"]).await;
}

#[tokio::test]
async fn a_line_with_nothing_left_does_not_move() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.write(|conn| {
        use diesel::prelude::*;
        Ok(diesel::sql_query(
            "UPDATE ord_line SET cncl_qty = ord_qty, ord_dtl_stat_cd = '19' WHERE ord_seq = 2",
        )
        .execute(conn)?)
    })
    .await;
    let refused = app.set_status(ORDER, &moves(&[(2, "19", "2026-08-03T10:00:00")])).await;
    assert_eq!(refused.code(), "VALIDATION");
    let refused = app
        .set_status(ORDER, &moves(&[(1, "13", "2026-08-03T10:00:00"), (2, "13", "2026-08-03T10:00:00")]))
        .await;
    assert_eq!((refused.code(), refused.fields()), ("STATUS_NOT_FORWARD", vec!["lines[1].ordDtlStatCd"]));
    assert_eq!(lines_of(&app).await[0].0, "11");
}

#[tokio::test]
async fn an_order_is_paid_as_a_whole() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("10")]).await;
    let at = "2026-08-01T11:00:00";
    assert_eq!(app.totals().await.json, json!({"orderList": [], "totOrdAmt": 0}));
    let mixed = app.set_status(ORDER, &moves(&[(1, "11", at)])).await;
    assert_eq!((mixed.code(), mixed.fields()), ("VALIDATION", vec!["lines[0].ordDtlStatCd"]));
    assert_eq!(app.set_status(ORDER, &moves(&[(1, "11", at), (2, "12", at)])).await.status, 200);
    assert_eq!(app.totals().await.json["totOrdAmt"], 52_000);
}

#[tokio::test]
async fn only_a_service_moves_an_order_and_only_one_that_exists() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    let body = json!({"lines": moves(&[(1, "13", "2026-08-03T10:00:00")])});
    for caller in [member(MEMBER), agent("a1")] {
        let answer = app.service.post(&format!("{INTAKE}/{ORDER}/status"), &caller, &body).await;
        assert_eq!(answer.status, 403);
    }
    let unknown = app.set_status("20260801O000999", &body["lines"]).await;
    assert_eq!((unknown.status, unknown.code()), (900, "ORDER_NOT_FOUND"));
    let malformed = app.set_status("2026", &body["lines"]).await;
    assert_eq!((malformed.code(), malformed.fields()), ("VALIDATION", vec!["ordNo"]));
}
