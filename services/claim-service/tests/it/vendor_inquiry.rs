//! 협력사 조회: vendors ask with their own keys, in JSON or XML.

mod exchange_targets;
mod formats;
mod hostile;
mod keys;
mod limits;
mod rows;

use claim_service::usecase::vendors::keys::issue_vendor_key;
use commerce::{ClaimNo, OrderNo};
use contract::operations::claim::SSG_INQUIRY;
use db::DbError;
use diesel::connection::SimpleConnection as _;
use platform::clock::Clock;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use service_kit::error::Error;
use test_kit::identity::{agent, anonymous};
use test_kit::service::{TestAnswer, read};

use crate::app::TestApp;
use crate::member::order;

pub(crate) const VENDOR: &str = "E0001";
pub(crate) const OTHER_VENDOR: &str = "E0002";

/// A fresh key of a vendor.
async fn key_of(app: &TestApp, vendor_no: &'static str) -> String {
    let now = Clock::system().now();
    let fresh = app.db.write(move |conn| issue_vendor_key(conn, vendor_no, now)).await;
    fresh.unwrap_or_else(|error: Error| panic!("{error}")).key
}

/// An inquiry as the gateway hands it on: nobody's identity, the vendor's key.
fn inquiry(app: &TestApp, key: &str) -> RequestBuilder {
    app.service.request(Method::POST, SSG_INQUIRY.path, &anonymous()).header("Authorization", key)
}

async fn ask(app: &TestApp, key: &str, request: Value) -> TestAnswer {
    read(inquiry(app, key).json(&json!({"request": request}))).await
}

async fn ask_in_xml(app: &TestApp, key: &str, body: impl Into<Vec<u8>>) -> TestAnswer {
    read(inquiry(app, key).header("Content-Type", "application/xml").body(body.into())).await
}

fn by_order(order_no: &str) -> Value {
    json!({"orordNo": order_no})
}

/// What `resultCode` says, and `resultDesc`.
fn result(answer: &TestAnswer) -> (&str, &str) {
    let text = |name: &str| answer.json["result"][name].as_str().unwrap_or("");
    (text("resultCode"), text("resultDesc"))
}

fn rows(answer: &TestAnswer) -> &Vec<Value> {
    assert_eq!(result(answer), ("00", ""), "{}", answer.text);
    answer.json["result"]["data"].as_array().expect("data is a list")
}

/// A cancel of our own, put down as complete.
struct Cancel<'a> {
    claim_no: &'a str,
    order_no: &'a str,
    status: &'a str,
    claim_type: &'a str,
    /// UTC.
    completed_at: &'a str,
    reason: &'a str,
    reason_text: Option<&'a str>,
    /// Line, quantity, vendor, left before.
    lines: &'a [(i32, i64, &'a str, i64)],
    /// Kind, group, amount, bearer.
    costs: &'a [(&'a str, i32, i64, &'a str)],
}

impl<'a> Cancel<'a> {
    fn of(claim_no: &'a str, order_no: &'a str, lines: &'a [(i32, i64, &'a str, i64)]) -> Self {
        let completed_at = "2026-08-03 01:02:03.123456";
        Self {
            claim_no,
            order_no,
            status: "30",
            claim_type: "10",
            completed_at,
            reason: "251",
            reason_text: None,
            lines,
            costs: &[],
        }
    }
}

async fn put(app: &TestApp, cancel: Cancel<'_>) {
    ClaimNo::parse(cancel.claim_no).expect("a test names claims well");
    OrderNo::parse(cancel.order_no).expect("a test names orders well");
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let is_complete = cancel.status == "30";
    let completed_at = if is_complete { quoted(cancel.completed_at) } else { "NULL".to_owned() };
    let (claim_no, order_no) = (cancel.claim_no, cancel.order_no);
    let reason_text = cancel.reason_text.map_or_else(|| "NULL".to_owned(), quoted);
    let mut sql = format!(
        "INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm,
            claim_rsn_cd, claim_rsn_cntt) VALUES ('{claim_no}', '1', '{order_no}', '{}', '{}',
            '2026-08-01 00:00:00', {completed_at}, '{}', {reason_text});",
        cancel.claim_type, cancel.status, cancel.reason
    );
    for (line, quantity, vendor, left_before) in cancel.lines {
        sql.push_str(&format!(
            "INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no, rmn_qty, cmpl_dtm)
                VALUES ('{claim_no}', {line}, {quantity}, '{vendor}', {left_before}, {completed_at});"
        ));
    }
    for (index, (kind, group, amount, bearer)) in cancel.costs.iter().enumerate() {
        sql.push_str(&format!(
            "INSERT INTO claim_cost (claim_no, cost_seq, ord_cost_gb_cd, deli_grp_no, amt, chrg_sub_cd)
                VALUES ('{claim_no}', {index}, '{kind}', {group}, {amount}, '{bearer}');"
        ));
    }
    let done = app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&sql)?)).await;
    done.expect("the claim can be put down");
}

/// Has the service pin an order that member-service holds.
async fn pin(app: &TestApp, order_no: &str) {
    let seen = app.popup(&agent("cs1"), order_no).await;
    assert_eq!(seen.status, 200, "{}", seen.text);
}

/// An order of two vendors: lines 1 and 2 of the first in one delivery group, line 3 of the other in its own.
///
/// Of line 1 the first vendor bears 33 % of 1,000 and half of its share of 500 in the cart coupon.
fn order_of_two_vendors(order_no: &str) -> Value {
    let mut order = order(order_no);
    let line = |seq: i32, vendor: &str, group: i32, quantity: i64, price: i64| {
        let mut line = order["goodsList"][0].clone();
        line["ordSeq"] = json!(seq);
        line["goodsNo"] = json!(format!("G{seq}"));
        line["itmNo"] = json!(format!("00{seq}"));
        line["goodsNm"] = json!(format!("상품 <{seq}> & \"더\""));
        line["itmNm"] = json!(format!("단품 {seq}"));
        line["entrNo"] = json!(vendor);
        line["deliGrpNo"] = json!(group);
        line["ordQty"] = json!(quantity);
        line["salePrc"] = json!(price);
        line["benefitList"] = json!([]);
        line
    };
    let mut lines =
        [line(1, VENDOR, 1, 3, 20_000), line(2, VENDOR, 1, 2, 10_000), line(3, OTHER_VENDOR, 2, 1, 5_000)];
    lines[0]["benefitList"] = json!([{"promoNo": "P11", "promoNm": "상품쿠폰", "promoTypCd": "11", "ourChrgRate": 67,
        "entrChrgRate": 33, "fixamtFxrtGbCd": "01", "dcRateAmt": 1000, "minBuyAmt": null, "dcAmt": 1000,
        "cpnIsuNo": "CI0001"}]);
    order["goodsList"] = json!(lines);
    order["ordPromotionList"] = json!([{"promoNo": "P12", "promoNm": "장바구니", "promoTypCd": "12", "ourChrgRate": 50,
        "entrChrgRate": 50, "fixamtFxrtGbCd": "01", "dcRateAmt": 700, "minBuyAmt": null, "dcAmt": 700,
        "cpnIsuNo": "CI0002", "goods": [{"ordSeq": 1, "goodsNo": "G1", "itmNo": "001", "dcAmt": 500},
        {"ordSeq": 3, "goodsNo": "G3", "itmNo": "003", "dcAmt": 200}]}]);
    order["giftList"] = json!([]);
    let group = |number: i32, vendor: &str| {
        let mut group = order["deliGrpList"][0].clone();
        group["deliGrpNo"] = json!(number);
        group["entrNo"] = json!(vendor);
        group["chrgDeliAmt"] = json!(0);
        group
    };
    order["deliGrpList"] = json!([group(1, VENDOR), group(2, OTHER_VENDOR)]);
    order["payList"] = json!([{"payNo": "PAY1", "payMeansCd": "10", "payAmt": 83_300, "sctnCnclPsbYn": "Y"}]);
    order
}
