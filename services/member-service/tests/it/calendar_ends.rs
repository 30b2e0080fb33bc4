//! The ends of the calendar: what is taken in can be read again, and what could not is refused.

use member_service::settings::Settings;
use serde_json::{Value, json};
use test_kit::identity::member;

use crate::app::TestApp;
use crate::orders::{COUNTS, MEMBER, TOTALS, asking, plain_order, sisters};

/// What is sent, and how it reads in Korea.
const ACCEPTED: [(&str, &str); 8] = [
    ("0001-01-01T00:00:00+09:00", "0001-01-01T00:00:00+09:00"),
    ("0000-12-31T15:00:00.000001Z", "0001-01-01T00:00:00.000001+09:00"),
    ("0001-01-01T00:00:00Z", "0001-01-01T09:00:00+09:00"),
    ("0001-01-02T00:00:00+23:59", "0001-01-01T09:01:00+09:00"),
    ("9999-12-31T00:00:00-05:59", "9999-12-31T14:59:00+09:00"),
    ("9999-12-31T14:59:59.5Z", "9999-12-31T23:59:59.500+09:00"),
    ("9999-12-31T23:59:59.999999+09:00", "9999-12-31T23:59:59.999999+09:00"),
    ("9999-12-31 23:59:59.9999989", "9999-12-31T23:59:59.999998+09:00"),
];
const REFUSED: [&str; 14] = [
    "0000-01-01T00:00:00+09:00",
    "0000-12-31T23:59:59.999999+09:00",
    "0000-12-31T14:59:59Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T15:00:00Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "9999-12-31T23:59:60Z",
    "10000-01-01T00:00:00+09:00",
    "+10000-01-01T00:00:00+09:00",
    "-0001-01-01T00:00:00+09:00",
    "infinity",
    "-infinity",
    "9999-12-31T24:00:00",
];

fn number(place: usize) -> String {
    format!("20260801O{:06}", place + 1)
}

#[actix_web::test]
async fn an_order_at_either_end_of_the_calendar_is_read_by_everybody_who_may() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await;
    for (place, (sent, written)) in ACCEPTED.into_iter().enumerate() {
        let order_no = number(place);
        let order = plain_order(&order_no, MEMBER, sent, 1_000, "11");
        let answer = app.send_orders(std::slice::from_ref(&order)).await;
        assert_eq!(*answer.payload(), json!({"created": 1, "unchanged": 0}), "{sent}: {}", answer.text);
        assert_eq!(
            *app.send_orders(&[order]).await.payload(),
            json!({"created": 0, "unchanged": 1}),
            "{sent}"
        );

        let body = json!({"mbrNo": MEMBER, "buyStrDtm": written, "buyEndDtm": written});
        let totals = app.service.post(TOTALS, &member(MEMBER), &body).await;
        let row = json!([{"ordNo": order_no, "ordDtm": written, "ordAmt": 1_000}]);
        assert_eq!(totals.json["orderList"], row, "{sent}: {}", totals.text);
        let ask = async |path: &str| app.service.get_as_sister(path, "cs-inquiry-service").await;
        let day = written.get(..10).unwrap();
        let lines =
            ask(&format!("/internal/members/{MEMBER}/orderLines?siteNo=1&strDt={day}&endDt={day}")).await;
        let times: Vec<&Value> =
            lines.json["list"].as_array().unwrap().iter().map(|row| &row["ordDtm"]).collect();
        assert!(times.contains(&&json!(written)), "{sent}: {}", lines.text);
        let own = ask(&format!("/internal/orders/{order_no}/ownership?mbrNo={MEMBER}&siteNo=1")).await;
        assert_eq!(own.json["isOwn"], true);
        assert_eq!(app.snapshot(&order_no).await.json["order"]["ordDtm"], written);

        // A status may be as old, or as late.
        app.move_line(&order_no, "15", sent).await;
        assert_eq!(app.snapshot(&order_no).await.json["lineList"][0]["dlvdDtm"], written);
        let counts = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "quit"})).await;
        assert_eq!(counts.status, 200, "{}", counts.text);
    }
}

#[actix_web::test]
async fn a_time_out_of_the_calendar_is_refused_by_its_name() {
    let app = TestApp::spawn()
        .await
        .with_orders(&[plain_order(&number(0), MEMBER, "2026-08-01T10:00:00", 1_000, "11")])
        .await;
    for text in REFUSED {
        let refused = app.send_orders(&[plain_order(&number(1), MEMBER, text, 1_000, "11")]).await;
        assert_eq!(
            (refused.status, refused.code(), refused.fields()),
            (900, "VALIDATION", vec!["orders[0].ordDtm"]),
            "{text}"
        );
        let moved =
            app.set_status(&number(0), &json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": text}])).await;
        assert_eq!(
            (moved.status, moved.code(), moved.fields()),
            (900, "VALIDATION", vec!["lines[0].dtm"]),
            "{text}"
        );
        let body = json!({"mbrNo": MEMBER, "buyStrDtm": text, "buyEndDtm": text});
        let totals = app.service.post(TOTALS, &member(MEMBER), &body).await;
        assert_eq!((totals.status, totals.fields()), (900, vec!["buyStrDtm", "buyEndDtm"]), "{text}");
    }
    let lines = |day: &str| format!("/internal/members/{MEMBER}/orderLines?siteNo=1&strDt={day}&endDt={day}");
    for day in ["00001231", "0000-12-31", "10000-01-01"] {
        let refused = app.service.get_as_sister(&lines(day), "cs-inquiry-service").await;
        assert_eq!(refused.code(), "VALIDATION", "{day}");
    }
}

#[actix_web::test]
async fn a_period_of_the_whole_calendar_is_too_long_and_one_at_its_end_is_not() {
    let app = TestApp::spawn().await;
    let ask = async |from: &str, to: &str| {
        let body = json!({"mbrNo": MEMBER, "buyStrDtm": from, "buyEndDtm": to});
        let answer = app.service.post(TOTALS, &member(MEMBER), &body).await;
        (answer.status, answer.fields().into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let (first, last) = ("0001-01-01T00:00:00", "9999-12-31T23:59:59.999999");
    assert_eq!(ask(first, last).await, (900, vec!["buyEndDtm".to_owned()]));
    assert_eq!(ask(last, first).await, (900, vec!["buyEndDtm".to_owned()]));
    assert_eq!(ask(first, first).await.0, 200);
    assert_eq!(ask(last, last).await.0, 200);
    assert_eq!(ask("9995-01-01T00:00:00", last).await.0, 200);
}

#[actix_web::test]
async fn windows_longer_than_the_calendar_count_everything() {
    let sisters = sisters(0).await;
    let settings = |settings: &mut Settings| {
        asking(&sisters)(settings);
        settings.orders.my_page_order_days = u32::MAX;
        settings.orders.my_page_claim_days = u32::MAX;
    };
    let order = plain_order(&number(0), MEMBER, "2026-08-01T10:00:00+09:00", 1_000, "11");
    let app = TestApp::spawn_with(settings).await.with_orders(&[order]).await;
    app.move_line(&number(0), "15", "0001-01-01T00:00:00").await;
    let counts = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "myPage"})).await;
    assert_eq!(counts.json["ordCnt"], 1, "{}", counts.text);
    let asked = sisters.received_requests().await.unwrap();
    let from =
        asked.iter().find_map(|request| request.url.query_pairs().find(|(name, _)| name == "cmplAfter"));
    assert_eq!(from.unwrap().1, "0001-01-01T00:00:00+09:00");
}
