//! What agents see of notifications: a member's 알림함, and everything that was told to whom.

use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, on_site, service};

use crate::app::{TestApp, eventually};
use crate::orders::{MEMBER, ORDER, order};

const INBOX: &str = "/v1/member/notifications";
const LIST: &str = "/v1/member/notificationMgmt/getNotificationMgmtList";

impl TestApp {
    /// Tells a member something about an order: by 알림톡, by e-mail and in the 알림함.
    async fn notify(&self, key: &str, site_no: &str, order_no: &str) {
        let notice = json!({
            "notiKey": key, "tmplCd": "CLAIM_COMPLETED", "chnlCds": ["10", "30", "40"], "siteNo": site_no,
            "mbrNo": MEMBER, "ordNo": order_no,
            "receiver": {"cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678", "emailAddr": "gildong@example.com"},
            "variables": {"claimNm": "주문취소", "ordNo": order_no, "claimNo": key, "rfdAmt": "46,000"},
        });
        let answer = self.service.post_as_sister("/internal/notifications", "claim-service", &notice).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Nothing is waiting to be sent any more.
    async fn until_sent(&self) {
        eventually(async || self.notified(&format!("mbrNo={MEMBER}&sendStatCd=10")).await.is_empty()).await;
    }

    async fn notified(&self, query: &str) -> Vec<Value> {
        let answer = self.service.get(&format!("{LIST}?{query}"), &agent("A001")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let rows = answer.json["payloads"].as_array().unwrap().clone();
        assert_eq!(answer.json["totalCount"], rows.len());
        rows
    }
}

#[tokio::test]
async fn staff_reads_the_inbox_of_the_member_it_names_on_every_site() {
    let app = TestApp::spawn().await;
    app.notify("20260901C000001", "1", ORDER).await;
    app.notify("20260901C000002", "2", ORDER).await;
    let count = async |query: &str, caller| {
        let answer = app.service.get(&format!("{INBOX}{query}"), &caller).await;
        (answer.status, answer.payload()["totalCount"].as_i64())
    };
    let named = format!("?mbrNo={MEMBER}");
    for staff in [agent("A001"), admin("A002"), service("shop")] {
        assert_eq!(count(&named, staff).await, (200, Some(2)));
    }
    assert_eq!(count("", member(MEMBER)).await, (200, Some(1)));
    assert_eq!(count(&named, on_site(member(MEMBER), "2")).await, (200, Some(1)));
    assert_eq!(count(&named, member("100001399")).await.0, 403);
    assert_eq!(count("", guest(ORDER)).await.0, 403);
    let unnamed = app.service.get(INBOX, &agent("A001")).await;
    assert_eq!((unnamed.status, unnamed.fields()), (900, vec!["mbrNo"]));
    let wrong = app.service.get(&format!("{INBOX}?mbrNo=M 1&pageNo=0&pageSize=101"), &agent("A001")).await;
    assert_eq!(wrong.fields(), ["mbrNo", "pageNo", "pageSize"]);
}

#[tokio::test]
async fn what_was_told_is_listed_with_what_became_of_it_and_its_receiver_masked() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    app.notify("20260901C000001", "1", ORDER).await;
    app.notify("20260901C000002", "1", "20260802O000001").await;
    app.until_sent().await;
    let rows = app.notified(&format!("ordNo={ORDER}")).await;
    let mut seen: Vec<_> = rows
        .iter()
        .map(|row| {
            (row["chnlCd"].as_str().unwrap(), row["receiver"].clone(), row["tryCnt"].as_i64().unwrap())
        })
        .collect();
    seen.sort_by_key(|(channel, ..)| *channel);
    assert_eq!(seen, [("10", json!("010****"), 1), ("30", json!("****"), 1), ("40", Value::Null, 0)]);
    let row = &rows[0];
    assert_eq!(
        (&row["sendStatCd"], &row["ordNo"], &row["failRsn"]),
        (&json!("20"), &json!(ORDER), &Value::Null)
    );
    assert!(row["body"].as_str().unwrap().contains("46,000원") && row["sendDtm"].is_string());

    assert_eq!(app.notified(&format!("mbrNo={MEMBER}")).await.len(), 6);
    assert_eq!(app.notified(&format!("mbrNo={MEMBER}&ordNo={ORDER}&chnlCd=40&sendStatCd=20")).await.len(), 1);
    assert_eq!(app.notified(&format!("ordNo={ORDER}&sendStatCd=30")).await.len(), 0);
    assert_eq!(app.notified(&format!("ordNo={ORDER}&strDt=2026-09-01&endDt=2026-09-01")).await.len(), 3);
    assert_eq!(app.notified(&format!("ordNo={ORDER}&endDt=2026-08-31")).await.len(), 0);
    assert_eq!(app.notified("mbrNo=100001399").await.len(), 0);
}

#[tokio::test]
async fn every_bad_field_is_named_and_only_agents_are_let_in() {
    let app = TestApp::spawn().await;
    let check = async |query: &str, fields: &[&str]| {
        let answer = app.service.get(&format!("{LIST}?{query}"), &admin("A002")).await;
        assert_eq!(
            (answer.status, answer.code(), answer.fields()),
            (900, "VALIDATION", fields.to_vec()),
            "{query}"
        );
    };
    check("", &["ordNo"]).await;
    check("mbrNo=&chnlCd=40", &["ordNo"]).await;
    check("mbrNo=M 1&ordNo=x&chnlCd=99&sendStatCd=99", &["mbrNo", "ordNo", "chnlCd", "sendStatCd"]).await;
    check(
        &format!("ordNo={ORDER}&strDt=x&endDt=2026-02-30&pageNo=0&pageSize=0"),
        &["strDt", "endDt", "pageNo", "pageSize"],
    )
    .await;
    for caller in [member(MEMBER), guest(ORDER), service("shop")] {
        assert_eq!(app.service.get(&format!("{LIST}?ordNo={ORDER}"), &caller).await.status, 403);
    }
}

#[tokio::test]
async fn nothing_readable_is_left_of_who_has_left() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    app.notify("20260901C000001", "1", ORDER).await;
    app.until_sent().await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    let rows = app.notified(&format!("ordNo={ORDER}")).await;
    assert_eq!(rows.len(), 3);
    for row in rows {
        assert_eq!((&row["title"], &row["body"]), (&json!("****"), &json!("****")));
    }
}
