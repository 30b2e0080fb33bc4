//! Orders as members, guests and agents look at them: pages, whose they are, and what may be done with each line.

use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::claims::cancel;
use crate::orders::{MEMBER, ORDER, ORIGINALS, order, order_with, plain_order, two_lines};

pub(crate) const LIST: &str = "/v1/order/orderListFO";
const STANDINGS: &str = "/internal/claimStandings";
const OTHER: &str = "100001399";

impl TestApp {
    pub(crate) async fn list(&self, caller: &Caller, body: &Value) -> TestAnswer {
        self.service.post(LIST, caller, body).await
    }

    /// The first order of a list.
    pub(crate) async fn first(&self, caller: &Caller) -> Value {
        let answer = self.list(caller, &json!({})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload()["list"][0].clone()
    }

    pub(crate) async fn tell_standings(&self, claims: &[Value]) -> TestAnswer {
        self.service.post_as_sister(STANDINGS, "claim-service", &json!({"claimList": claims})).await
    }
}

/// What claim-service tells of a claim of the order's first line.
pub(crate) fn standing(
    claim_no: &str,
    claim_type: &str,
    (status, stage): (&str, &str),
    (taken, held): (i64, i64),
) -> Value {
    json!({"claimNo": claim_no, "ordNo": ORDER, "claimBusinessType": claim_type, "claimStatCd": status,
        "claimStgCd": stage, "reqDtm": "2026-08-20T12:00:00+09:00", "mvDtm": null,
        "goodsList": [{"ordSeq": 1, "itmNo": "001", "exchItmNo": null, "exchItmNm": null, "takeQty": taken,
            "holdQty": held, "acptQty": taken + held}]})
}

fn psb(order: &Value) -> [&str; 4] {
    let psb = &order["goodsList"][0]["claimPsb"];
    ["cnclYn", "optChgYn", "rtnYn", "exchYn"].map(|name| psb[name].as_str().unwrap())
}

#[tokio::test]
async fn an_order_says_what_happened_to_each_line_and_what_may_be_done_with_it() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 5_000)])).await;
    let shown = app.first(&member(MEMBER)).await;
    let line = &shown["goodsList"][0];
    let facts = ["ordSeq", "ordQty", "leftQty", "cnclQty", "rtnQty", "salePrc", "dcAmt"];
    let facts: Vec<i64> = facts.iter().map(|name| line[name].as_i64().unwrap()).collect();
    assert_eq!(facts, [1, 3, 2, 1, 0, 20_000, 6_000]);
    assert_eq!(
        line["claimPsb"],
        json!({"cnclYn": "Y", "optChgYn": "N", "rtnYn": "N", "exchYn": "N", "impsbRsn": null})
    );
    assert_eq!((&line["ordDtlStatNm"], &line["statDtm"]), (&json!("주문완료"), &Value::Null));
    assert_eq!((&shown["payAmt"], &shown["maskYn"]), (&json!(52_000), &json!("N")));
    assert_eq!(shown["claimList"][0]["claimNo"], "20260901C000001");
    assert_eq!(shown["claimList"][0]["claimStatNm"], "처리중");
    let total = app.totals().await;
    assert_eq!(shown["ordAmt"], total.json["totOrdAmt"], "one order, one amount");

    for (status, at) in [("13", "2026-08-10T00:00:00"), ("15", "2026-08-11T12:00:00")] {
        let lines = json!([{"ordSeq": 1, "ordDtlStatCd": status, "dtm": at}]);
        assert_eq!(app.set_status(ORDER, &lines).await.status, 200);
    }
    let shown = app.first(&member(MEMBER)).await;
    assert_eq!(psb(&shown), ["N", "N", "Y", "Y"]);
    assert_eq!(shown["goodsList"][0]["statDtm"], "2026-08-11T12:00:00+09:00");
}

#[tokio::test]
async fn units_that_claim_service_tells_of_are_not_claimed_again() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    for (status, at) in [("13", "2026-08-20T00:00:00"), ("15", "2026-08-21T00:00:00")] {
        app.move_line(ORDER, status, at).await;
    }
    assert_eq!(psb(&app.first(&member(MEMBER)).await), ["N", "N", "Y", "Y"]);
    let open = standing("20260820C000001", "20", ("20", "10"), (0, 3));
    assert_eq!(app.tell_standings(std::slice::from_ref(&open)).await.status, 200);
    let shown = app.first(&member(MEMBER)).await;
    assert_eq!(psb(&shown), ["N", "N", "N", "N"]);
    assert_eq!(
        shown["goodsList"][0]["claimPsb"]["impsbRsn"],
        "이미 전체 수량이 취소·반품되었거나 클레임이 진행 중인 상품입니다."
    );
    assert_eq!(
        shown["claimList"],
        json!([{"claimNo": "20260820C000001", "claimBusinessType": "20", "claimStatCd": "20", "claimStatNm": "처리중",
            "reqDtm": "2026-08-20T12:00:00+09:00"}])
    );
    // It was withdrawn; what was told before comes late, and changes nothing.
    assert_eq!(
        app.tell_standings(&[standing("20260820C000001", "20", ("90", "30"), (0, 0))]).await.status,
        200
    );
    assert_eq!(app.tell_standings(&[open]).await.status, 200);
    let shown = app.first(&member(MEMBER)).await;
    assert_eq!((psb(&shown), &shown["claimList"][0]["claimStatCd"]), (["N", "N", "Y", "Y"], &json!("90")));
}

#[tokio::test]
async fn what_is_told_wrongly_names_its_field() {
    let app = TestApp::spawn().await;
    let mut wrong = standing("20260820C000001", "22", ("20", "10"), (-1, -1));
    wrong["goodsList"][0]["acptQty"] = json!(1);
    let answer = app.tell_standings(&[wrong.clone(), wrong]).await;
    assert_eq!((answer.status, answer.code()), (900, "VALIDATION"));
    assert_eq!(
        answer.fields(),
        [
            "claimList[0].claimBusinessType",
            "claimList[0].goodsList[0].takeQty",
            "claimList[0].goodsList[0].holdQty",
            "claimList[1].claimNo",
            "claimList[1].claimBusinessType",
            "claimList[1].goodsList[0].takeQty",
            "claimList[1].goodsList[0].holdQty"
        ]
    );
}

#[tokio::test]
async fn pages_come_newest_first_with_exact_totals_of_the_period_asked_for() {
    let orders: Vec<Value> = (1..=7)
        .map(|n| {
            let at = format!("2026-08-{:02}T10:00:00+09:00", n + 10);
            plain_order(&format!("2026081{n}O000001"), MEMBER, &at, 1_000, "11")
        })
        .chain([plain_order("20260501O000001", MEMBER, "2026-05-01T10:00:00+09:00", 1_000, "11")])
        .collect();
    let app = TestApp::spawn().await.with_orders(&orders).await;
    let asked = async |body: Value| {
        let answer = app.list(&member(MEMBER), &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let list = answer.payload()["list"].as_array().unwrap().clone();
        let days: Vec<String> =
            list.iter().map(|one| one["ordNo"].as_str().unwrap()[4..8].to_owned()).collect();
        (answer.payload()["totalCount"].as_i64().unwrap(), days)
    };
    assert_eq!(asked(json!({"pageSize": 3})).await, (7, vec!["0817".into(), "0816".into(), "0815".into()]));
    assert_eq!(asked(json!({"pageSize": 3, "pageNo": 3})).await, (7, vec!["0811".into()]));
    assert_eq!(asked(json!({"pageSize": 3, "pageNo": 4})).await, (7, vec![]));
    let days = json!({"strDt": "2026-05-01", "endDt": "2026-08-12"});
    assert_eq!(asked(days).await, (3, vec!["0812".into(), "0811".into(), "0501".into()]));
    assert_eq!(asked(json!({"ordStatGubun": "CLAIM"})).await, (0, vec![]));
    let claim = json!({"claimNo": "20260901C000001", "claimBusinessType": "10", "rcvYn": "N",
        "lineList": [{"ordSeq": 1, "claimQty": 1, "rvkDcAmt": 0}]});
    TestApp::assert_decided(&app.claim("20260813O000001", &claim).await, "CONFIRMED");
    let mut told = standing("20260820C000001", "30", ("10", "10"), (0, 1));
    told["ordNo"] = json!("20260815O000001");
    assert_eq!(app.tell_standings(&[told]).await.status, 200);
    assert_eq!(asked(json!({"ordStatGubun": "CLAIM"})).await, (2, vec!["0815".into(), "0813".into()]));
}

#[tokio::test]
async fn every_bad_field_is_named() {
    let app = TestApp::spawn().await;
    let check = async |body: Value, fields: &[&str]| {
        let answer = app.list(&member(MEMBER), &body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", fields.to_vec()));
    };
    let all =
        json!({"strDt": "2026-13-01", "endDt": "x", "ordStatGubun": "SOME", "pageNo": 0, "pageSize": 51});
    check(all, &["strDt", "endDt", "ordStatGubun", "pageNo", "pageSize"]).await;
    check(json!({"strDt": "2026-08-02", "endDt": "2026-08-01"}), &["endDt"]).await;
    check(json!({"pageSize": "many"}), &["pageSize"]).await;
    for staff in [agent("A001"), admin("A002"), service("shop")] {
        let answer = app.list(&staff, &json!({})).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec!["mbrNo"]));
    }
    let answer = app.service.post(&format!("{LIST}?mbrNo=M 1"), &agent("A001"), &json!({})).await;
    assert_eq!(answer.fields(), ["mbrNo"]);
}

#[tokio::test]
async fn everybody_sees_its_own_and_staff_whom_it_names() {
    let of_guest = order_with(
        "20260401O000001",
        &json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": "secret-1", "ordDtm": "2026-04-01T10:00:00+09:00", "ordAccmList": []}),
    );
    let elsewhere = order_with("20260802O000001", &json!({"siteNo": "2"}));
    let app = TestApp::spawn().await.with_orders(&[order(), of_guest, elsewhere]).await;
    let numbers = async |path: &str, caller: &Caller| {
        let answer = app.service.post(path, caller, &json!({})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let list = answer.payload()["list"].as_array().unwrap().clone();
        list.iter().map(|one| one["ordNo"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(LIST, &member(MEMBER)).await, [ORDER]);
    assert_eq!(numbers(LIST, &on_site(member(MEMBER), "2")).await, ["20260802O000001"]);
    assert!(numbers(LIST, &member(OTHER)).await.is_empty());
    // However old it is, and no other.
    assert_eq!(numbers(LIST, &guest("20260401O000001")).await, ["20260401O000001"]);
    assert!(numbers(LIST, &guest(ORDER)).await.is_empty(), "a member's order is no guest's");
    let of_member = format!("{LIST}?mbrNo={MEMBER}");
    for staff in [agent("A001"), admin("A002"), service("shop")] {
        assert_eq!(numbers(&of_member, &staff).await, ["20260802O000001", ORDER], "of every site");
    }
    for other in [member(OTHER), guest("20260401O000001")] {
        assert_eq!(app.service.post(&of_member, &other, &json!({})).await.status, 403);
    }
}

#[tokio::test]
async fn a_page_holds_nothing_personal_and_says_when_an_order_is_masked() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    let answer = app.service.post(&format!("{LIST}?mbrNo={MEMBER}"), &agent("A001"), &json!({})).await;
    assert_eq!(answer.payload()["list"][0]["maskYn"], "Y");
    assert!(ORIGINALS.iter().all(|original| !answer.text.contains(original)), "{}", answer.text);
}
