//! 협력사 회수대상조회: what comes back of a vendor's goods.

mod asking;
mod lifecycle;
mod limits;
mod money;
mod people;
mod whose;

use claim_service::usecase::vendors::listing::MOST_ROWS;
use contract::operations::Operation;
use contract::operations::claim::{APPROVE_CLAIM, REJECT_CLAIM, SSG_EXCHANGE_TARGET};
use db::DbError;
use diesel::connection::SimpleConnection as _;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use test_kit::identity::{agent, anonymous};
use test_kit::service::{TestAnswer, read};

use super::{VENDOR, key_of, result};
use crate::app::{House, TestApp};
use crate::goods_back::{delivered_in, noon};
use crate::member::ORDER;

/// The contract's order was delivered; what is asked for waits for an agent.
async fn waiting() -> (TestApp, String) {
    let house = House::at(noon()).with("RETURNS__AUTO_APPROVE", "false");
    let app = delivered_in(house, |_| {}).await;
    let key = key_of(&app, VENDOR).await;
    (app, key)
}

fn inquiry(app: &TestApp, key: &str) -> RequestBuilder {
    let request = app.service.request(Method::POST, SSG_EXCHANGE_TARGET.path, &anonymous());
    request.header("Authorization", key)
}

async fn ask(app: &TestApp, key: &str, request: Value) -> TestAnswer {
    read(inquiry(app, key).json(&json!({"requestExchangeTarget": request}))).await
}

async fn ask_in_xml(app: &TestApp, key: &str, body: impl Into<Vec<u8>>) -> TestAnswer {
    read(inquiry(app, key).header("Content-Type", "application/xml").body(body.into())).await
}

fn by_order(order_no: &str) -> Value {
    json!({"commType": "02", "commValue": order_no})
}

fn by_claim(claim_no: &str) -> Value {
    json!({"commType": "03", "commValue": claim_no})
}

fn by_period(first: &str, last: &str) -> Value {
    json!({"perdType": "01", "perdStrDts": first, "perdEndDts": last})
}

/// The rows of an answer: all in one list, or none at all.
fn rows(answer: &TestAnswer) -> Vec<Value> {
    assert_eq!((answer.status, result(answer)), (200, ("00", "")), "{}", answer.text);
    let lists = answer.json["result"]["exchangeTargets"].as_array().expect("exchangeTargets is a list");
    match lists.as_slice() {
        [] => Vec::new(),
        [list] => {
            let rows = list["exchangeTarget"].as_array().expect("exchangeTarget is a list").clone();
            assert!(!rows.is_empty(), "{}", answer.text);
            rows
        }
        _ => panic!("{}", answer.text),
    }
}

async fn rows_of_order(app: &TestApp, key: &str) -> Vec<Value> {
    rows(&ask(app, key, by_order(ORDER)).await)
}

/// The one row of a claim.
async fn row_of(app: &TestApp, key: &str, claim_no: &str) -> Value {
    let rows = rows(&ask(app, key, by_claim(claim_no)).await);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.into_iter().next().expect("a row")
}

#[track_caller]
fn assert_fields(row: &Value, expected: &[(&str, &str)]) {
    for (field, value) in expected {
        assert_eq!(row[*field], *value, "{field}: {row}");
    }
}

fn claims_of(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter().filter_map(|row| Some((row["shppNo"].as_str()?, row["shppSeq"].as_str()?))).collect()
}

async fn as_agent(app: &TestApp, operation: &Operation, more: Value, claim_no: &str) {
    let mut request = json!({"ordNo": ORDER, "claimNo": claim_no});
    for (name, value) in more.as_object().expect("fields") {
        request[name] = value.clone();
    }
    let answer = app.service.post(operation.path, &agent("cs1"), &request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn approve(app: &TestApp, claim_no: &str) {
    as_agent(app, &APPROVE_CLAIM, json!({}), claim_no).await;
}

async fn reject(app: &TestApp, claim_no: &str) {
    as_agent(app, &REJECT_CLAIM, json!({"rjtRsnCd": "02", "rjtRsnCntt": "세탁 흔적"}), claim_no).await;
}

/// Returns of one unit each of an order's first line, put down as they are in 33 since this instant (UTC).
async fn put_returns(app: &TestApp, claims: impl IntoIterator<Item = (String, &str)>, order_no: &str) {
    let mut sql = String::new();
    for (claim_no, instructed_at) in claims {
        sql.push_str(&format!(
            "INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, claim_rsn_cd)
                VALUES ('{claim_no}', '1', '{order_no}', '20', '20', '2026-08-01 00:00:00', '251');
             INSERT INTO claim_rtn (claim_no, deli_grp_no, entr_no, ord_dtl_stat_cd, impt_div_cd, req_impt_div_cd,
                wthd_mthd_cd, req_wthd_mthd_cd, req_cost_doc, req_cost_hash, wthd_dirc_dtm)
                VALUES ('{claim_no}', 1, '{VENDOR}', '33', '10', '10', '20', '20', '{{}}', '', '{instructed_at}');
             INSERT INTO claim_rtn_goods (claim_no, ord_seq, itm_no, goods_no, entr_no, claim_qty)
                VALUES ('{claim_no}', 1, '001', '10002552', '{VENDOR}', 1);"
        ));
    }
    let done = app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&sql)?)).await;
    done.expect("the claims can be put down");
}
