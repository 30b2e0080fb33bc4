//! 클레임 관리: what agents see of a claim, who did what about it, and that it goes on when they want it to.

use contract::operations::claim::{
    GET_CLAIM_COUNT, GET_CLAIM_DETAIL, GET_CLAIM_LIST, ORD_CHANGE_FO, RETRY_CLAIM,
};
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, service};
use test_kit::service::{TestAnswer, read};

use crate::app::{House, TestApp};
use crate::cancel::claim_no_of;
use crate::goods_back::{
    SHIRT, assert_refused, delivered, exchange_of, inspection, number_in, paid, return_of, row,
};
use crate::member::{GUEST_ORDER, MEMBER, ORDER};
use crate::quote::request;
use crate::stand_in::Mood;
use crate::till::Till;

impl TestApp {
    /// 클레임 관리 상세 조회
    async fn managed_detail(&self, claim_no: &str) -> Value {
        let path = format!("{}?claimNo={claim_no}", GET_CLAIM_DETAIL.path);
        let answer = self.service.get(&path, &agent("cs1")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().clone()
    }

    /// 클레임 관리 목록 조회
    async fn managed_rows(&self, query: &str) -> Vec<Value> {
        let answer = self.service.get(&format!("{}?{query}", GET_CLAIM_LIST.path), &agent("cs1")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let rows = answer.json["payloads"].as_array().cloned().expect("rows");
        assert_eq!(answer.json["totalCount"], rows.len(), "{query}");
        rows
    }

    /// 클레임 현황 조회
    async fn claim_count(&self, query: &str) -> Value {
        let answer = self.service.get(&format!("{}?{query}", GET_CLAIM_COUNT.path), &agent("cs1")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().clone()
    }

    /// 클레임 재시도
    async fn retry(&self, caller: &Caller, claim_no: &str) -> TestAnswer {
        self.service.post(RETRY_CLAIM.path, caller, &json!({"claimNo": claim_no})).await
    }

    /// What of a claim needs attention, once its message was given back.
    async fn until_stuck(&self, claim_no: &str) -> Value {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            let rows = self.managed_rows("attnYn=Y").await;
            let row = rows.into_iter().find(|row| row["claimNo"] == claim_no && !row["lastRsn"].is_null());
            if let Some(row) = row {
                return row;
            }
            assert!(tokio::time::Instant::now() < patience, "{claim_no} is not stuck");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// Nothing is tried again by itself while the test lasts.
fn patient() -> House {
    House::new()
        .with("CANCEL__ANSWER_DEADLINE_MS", "200")
        .with("OUTBOX__FIRST_RETRY_MS", "3600000")
        .with("OUTBOX__MAX_RETRY_MS", "3600000")
}

/// Who did what, and from where to where.
fn history(detail: &Value) -> Vec<String> {
    let rows = detail["histList"].as_array().into_iter().flatten();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("-").to_owned();
    rows.map(|row| {
        ["actCd", "userId", "roleCd", "fromStatCd", "toStatCd"].map(|field| text(row, field)).join(" ")
    })
    .collect()
}

fn task<'a>(detail: &'a Value, step: &str) -> &'a Value {
    let tasks = detail["taskList"].as_array().expect("tasks");
    tasks.iter().find(|task| task["stepCd"] == step).unwrap_or(&Value::Null)
}

fn numbers(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["claimNo"].as_str()).collect()
}

#[actix_web::test]
async fn a_claim_says_who_asked_for_it() {
    let app = TestApp::spawn().await;
    app.put_goods(SHIRT, &[("001", 5), ("002", 5)]).await;
    let wanted = json!({"ordNo": GUEST_ORDER, "ordSeq": 1, "goodsNo": SHIRT, "itmNo": "002"});
    let changed = app.service.post(ORD_CHANGE_FO.path, &agent("A002"), &wanted).await;
    let detail = app.managed_detail(&claim_no_of(&changed)).await;
    assert_eq!((&detail["reqUserId"], &detail["reqRoleCd"]), (&json!("A002"), &json!("AGENT")));
    assert_eq!((&detail["claimRsnNm"], &detail["claimBusinessTypeNm"]), (&Value::Null, &json!("옵션변경")));
    let asked = |order: &str| request(order, "251", &[(1, 1)]);
    let cases = [
        (member(MEMBER), ORDER, json!([MEMBER, "MEMBER", "회원"])),
        (agent("A001"), ORDER, json!(["A001", "AGENT", "상담원"])),
        (admin("boss"), ORDER, json!(["boss", "ADMIN", "관리자"])),
        // A guest's subject is its order.
        (guest(GUEST_ORDER), GUEST_ORDER, json!([null, "GUEST", "비회원"])),
    ];
    for (caller, order, expected) in cases {
        let claim_no = claim_no_of(&app.cancel(&caller, &asked(order)).await);
        let detail = app.managed_detail(&claim_no).await;
        assert_eq!(json!([detail["reqUserId"], detail["reqRoleCd"], detail["reqRoleNm"]]), expected);
        assert_eq!(detail["histList"][0]["actNm"], "접수");
        assert_eq!(detail["histList"][0]["dtm"], detail["reqDtm"]);
        assert_eq!(detail["histList"][0]["userId"], expected[0]);
        // Customers learn in which role, and no more.
        let shown = app.details(&caller, order, &claim_no).await.json;
        assert_eq!((&shown["reqRoleCd"], shown.get("reqUserId")), (&expected[1], None));
        assert!(shown.get("histList").is_none() && shown.get("taskList").is_none());
    }
    // Of what another system took nobody here knows who asked for it.
    let imported = json!([{"claimNo": "20260801C000901", "ordNo": GUEST_ORDER, "claimBusinessType": "20",
        "claimStatCd": "10", "claimRsnCd": "272", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]);
    assert_eq!(app.import(imported).await.status, 200);
    let detail = app.managed_detail("20260801C000901").await;
    assert_eq!((&detail["reqUserId"], &detail["reqRoleCd"]), (&Value::Null, &Value::Null));
    assert_eq!(history(&detail), ["REQUEST - - - -"]);
}

#[actix_web::test]
async fn each_step_of_a_return_says_who_took_it() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    assert_eq!(app.settle(&claim_no, true).await.payload()["list"][0]["claimStatCd"], "30");
    // Once more changes nothing, and nobody did anything.
    assert_eq!(app.settle(&claim_no, true).await.payload()["list"][0]["claimStatCd"], "30");
    let detail = app.managed_detail(&claim_no).await;
    assert_eq!(
        history(&detail),
        [
            format!("REQUEST {MEMBER} MEMBER - -"),
            "COLLECT cs1 AGENT 33 36".to_owned(),
            "INSPECT cs1 AGENT 36 36".to_owned(),
            "SETTLE cs1 AGENT 36 36".to_owned(),
        ]
    );
    assert_eq!(detail["histList"][1]["fromStatNm"], "회수지시");
    assert_eq!(detail["histList"][1]["toStatNm"], "회수완료");
    assert_eq!((&detail["ordDtlStatCd"], &detail["ordDtlStatNm"]), (&json!("37"), &json!("반품완료")));
    assert_eq!((&detail["imptDivNm"], &detail["endRsnNm"]), (&json!("고객귀책"), &Value::Null));

    let exchange = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    app.collect(&exchange).await;
    let converted = number_in(&app.convert(&exchange).await, "20");
    let detail = app.managed_detail(&exchange).await;
    assert_eq!(history(&detail)[2], "CONVERT cs1 AGENT 36 39");
    assert_eq!((&detail["endRsnCd"], &detail["endRsnNm"]), (&json!("50"), &json!("반품 전환")));
    let detail = app.managed_detail(&converted).await;
    assert_eq!(history(&detail), ["REQUEST cs1 AGENT - -"]);
    app.assert_books().await;
}

#[actix_web::test]
async fn a_claim_that_is_stuck_is_found_shown_and_retried_by_an_agent() {
    let app = TestApp::spawn_in(patient()).await;
    app.refunds.set(Till::Refuses);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await);
    let row = app.until_stuck(&claim_no).await;
    assert_eq!(
        ["stepCd", "stepNm", "stepStatCd", "tryCnt", "lastRsn", "claimRsnNm", "addPayPrarAmt"]
            .map(|name| row[name].clone()),
        [
            json!("REFUND"),
            json!("환불"),
            json!("30"),
            json!(1),
            json!("the payment is too old"),
            json!("단순변심"),
            json!(0)
        ]
    );
    assert!(row["nextTryDtm"].is_string());
    let found = [
        "attnYn=Y&stepCd=REFUND",
        "stepCd=REFUND&stepStatCd=30",
        "stepStatCd=30",
        "stepCd=REFUND",
        "attnYn=Y&claimStatCd=20",
    ];
    for query in found {
        assert_eq!(numbers(&app.managed_rows(query).await), [claim_no.as_str()], "{query}");
    }
    for query in [
        "attnYn=N",
        "stepCd=COUPON",
        "stepCd=REFUND&stepStatCd=10",
        "stepCd=OPTION",
        "attnYn=Y&stepStatCd=10",
    ] {
        assert!(app.managed_rows(query).await.is_empty(), "{query}");
    }
    let counts = app.claim_count("").await;
    assert_eq!(
        counts["statList"],
        json!([{"claimBusinessType": "10", "claimStatCd": "20", "ordDtlStatCd": null, "cnt": 1, "lateCnt": 0}])
    );
    let stuck = &counts["attnList"][0];
    assert_eq!(
        (&stuck["stepCd"], &stuck["stepNm"], &stuck["cnt"]),
        (&json!("REFUND"), &json!("환불"), &json!(1))
    );
    assert!(stuck["oldestDtm"].is_string());

    let detail = app.managed_detail(&claim_no).await;
    let refund = task(&detail, "REFUND");
    assert_eq!(
        ["tgtNo", "tryCnt", "rfsdYn", "lastRsn", "stepStatCd"].map(|name| refund[name].clone()),
        [json!("PAY1"), json!(1), json!("Y"), json!("the payment is too old"), json!("30")]
    );
    assert!(refund["lastTryDtm"].is_string() && refund["nextTryDtm"].is_string());
    // What is done has no next try, and neither has what is not its turn yet.
    assert_eq!(
        (&task(&detail, "ORDER")["stepStatCd"], &task(&detail, "ORDER")["nextTryDtm"]),
        (&json!("20"), &Value::Null)
    );
    assert_eq!(
        (&task(&detail, "COUPON")["tgtNo"], &task(&detail, "COUPON")["nextTryDtm"]),
        (&json!("CI0001"), &Value::Null)
    );
    let postings = detail["ldgrList"].as_array().expect("postings");
    assert!(postings.iter().any(|one| one["acct"] == "OWED_TO_CUSTOMER" && one["stepNm"] == "주문반영"));
    let won: i64 =
        postings.iter().filter(|one| one["unit"] == "WON").filter_map(|one| one["amt"].as_i64()).sum();
    assert_eq!(won, 0);

    app.refunds.set(Till::Open);
    let retried = app.retry(&agent("A001"), &claim_no).await;
    assert_eq!(retried.payload(), &json!({"claimNo": claim_no, "dueCnt": 1}), "{}", retried.text);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    app.until_outbox_is_empty().await;
    let detail = app.managed_detail(&claim_no).await;
    assert_eq!(
        history(&detail),
        [format!("REQUEST {MEMBER} MEMBER - -"), "RETRY A001 AGENT 20 20".to_owned()]
    );
    assert_refused(&app.retry(&agent("A001"), &claim_no).await, "CLAIM_NOTHING_OPEN", &[]);
    assert_eq!(history(&app.managed_detail(&claim_no).await).len(), 2);
    assert!(app.managed_rows("attnYn=Y").await.is_empty());
    assert_eq!(app.claim_count("").await["attnList"], json!([]));
    app.assert_books().await;
}

#[actix_web::test]
async fn a_retry_does_no_harm_however_often_it_comes() {
    let app = TestApp::spawn_in(patient()).await;
    app.put_goods(SHIRT, &[("001", 5)]).await;
    app.refunds.set(Till::Refuses);
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await);
    app.until_stuck(&claim_no).await;
    app.refunds.set(Till::Open);
    let retry = async |key: &str| {
        let sent = app.service.request(Method::POST, RETRY_CLAIM.path, &agent("A001"));
        read(sent.header("Idempotency-Key", key).json(&json!({"claimNo": claim_no}))).await
    };
    let first = retry("r1").await;
    assert_eq!(first.status, 200, "{}", first.text);
    for at_once in 0..8 {
        // The second is asked of a claim that is at work, or done.
        let key = format!("r{}", at_once + 2);
        let again = retry(&key).await;
        assert!(again.status == 200 || again.code() == "CLAIM_NOTHING_OPEN", "{}", again.text);
    }
    assert_eq!(retry("r1").await.text, first.text);
    app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    assert_eq!(app.promotion.world().restored_mileage(ORDER), 3_000);
    assert_eq!(app.stock(SHIRT).await, [("001".to_owned(), 8)]);
    app.assert_books().await;
}

#[actix_web::test]
async fn what_has_no_task_is_found_and_retried_as_well() {
    let app = TestApp::spawn_in(patient()).await;
    app.put_goods(SHIRT, &[("001", 5), ("002", 5)]).await;
    app.member.0.feels("/options", Mood::Down);
    let wanted = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": SHIRT, "itmNo": "002"});
    let changed = app.service.post(ORD_CHANGE_FO.path, &member(MEMBER), &wanted).await;
    let claim_no = claim_no_of(&changed);
    let row = async || app.managed_rows("stepCd=OPTION").await.into_iter().next().unwrap_or_default();
    let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
    while row().await["lastRsn"].is_null() {
        assert!(tokio::time::Instant::now() < patience, "the change is not tried");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let row = row().await;
    assert_eq!(
        (&row["claimNo"], &row["stepNm"], &row["stepStatCd"]),
        (&json!(claim_no), &json!("옵션변경"), &json!("10"))
    );
    assert!(app.managed_rows("attnYn=Y").await.is_empty());
    let detail = app.managed_detail(&claim_no).await;
    let option = task(&detail, "OPTION");
    assert_eq!(
        (&option["tgtNo"], &option["rfsdYn"], &option["tryCnt"]),
        (&Value::Null, &json!("N"), &json!(1))
    );
    app.member.0.recovers();
    assert_eq!(app.retry(&agent("A001"), &claim_no).await.payload()["dueCnt"], 1);
    app.until_outbox_is_empty().await;
    assert_eq!(app.details(&member(MEMBER), ORDER, &claim_no).await.json["claimStatCd"], "30");
    assert_eq!(history(&app.managed_detail(&claim_no).await)[1], "RETRY A001 AGENT 20 20");
}

#[actix_web::test]
async fn counts_say_where_claims_stand_and_which_are_late() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&claim_no).await;
    let imported = json!([{"claimNo": "20260801C000901", "ordNo": GUEST_ORDER, "claimBusinessType": "20",
        "claimStatCd": "20", "claimRsnCd": "272", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]);
    assert_eq!(app.import(imported).await.status, 200);
    let count = |of: &str, status: &str, state: Value, late: i64| json!({"claimBusinessType": of, "claimStatCd": status, "ordDtlStatCd": state, "cnt": 1, "lateCnt": late});
    let imported = count("20", "20", Value::Null, 0);
    let listed = async |query: &str| app.claim_count(query).await["statList"].clone();
    assert_eq!(listed("").await, json!([imported, count("20", "20", json!("36"), 0)]));
    assert_eq!(listed("strDt=20260810").await, json!([count("20", "20", json!("36"), 0)]));
    assert_eq!(listed("endDt=2026-08-02").await, json!([imported]));
    assert_eq!(listed("strDt=20200101&endDt=20200102").await, json!([]));
    // The third business day was the thirteenth.
    app.clock.set("2026-08-13T15:00:00Z".parse().expect("an instant"));
    assert_eq!(listed("").await, json!([imported, count("20", "20", json!("36"), 1)]));
    for (query, field) in [("strDt=x", "strDt"), ("strDt=20260802&endDt=20260801", "endDt")] {
        let refused = app.service.get(&format!("{}?{query}", GET_CLAIM_COUNT.path), &agent("cs1")).await;
        assert_refused(&refused, "VALIDATION", &[field]);
    }
}

#[actix_web::test]
async fn only_agents_manage_claims_that_there_are() {
    let app = TestApp::spawn().await;
    let detail = format!("{}?claimNo=20260801C999999", GET_CLAIM_DETAIL.path);
    for caller in [member(MEMBER), guest(GUEST_ORDER), service("shop")] {
        for path in [detail.as_str(), GET_CLAIM_COUNT.path] {
            assert_eq!(app.service.get(path, &caller).await.status, 403);
        }
        assert_eq!(app.retry(&caller, "20260801C999999").await.status, 403);
    }
    for caller in [agent("cs1"), admin("boss")] {
        assert_refused(&app.service.get(&detail, &caller).await, "CLAIM_NOT_FOUND", &[]);
        assert_refused(&app.retry(&caller, "20260801C999999").await, "CLAIM_NOT_FOUND", &[]);
        assert_refused(&app.retry(&caller, "C1").await, "VALIDATION", &["claimNo"]);
        let bare = app.service.get(GET_CLAIM_DETAIL.path, &caller).await;
        assert_refused(&bare, "VALIDATION", &["claimNo"]);
    }
}
