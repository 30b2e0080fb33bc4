//! 주문취소 and 옵션변경 in the whole house: what one accepted request brings about in every service, and what it must not.

mod additional_payments;
mod both_databases;
mod contract_order;
mod counts;
mod guests;
mod imports;
mod option_changes;
mod possibilities;
mod repeats;
mod returns;
mod shipping;
mod sisters_down;
mod stuck;
mod vendors;
mod withdrawal;

use claim_service::usecase::operators::verify::verify_claims;
use commerce::ClaimNo;
use db::Db;
use local_stack::environment::Process;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, TestAnswer};
use test_kit::dump::rows_of;
use test_kit::service::read;

use crate::wait::until;

pub(crate) const MEMBER: &str = "100001311";
/// The number of [`stories::contract_order`].
pub(crate) const ORDER: &str = "20260801O000001";
pub(crate) const GOODS: &str = "10002552";

const CANCEL: &str = "/v1/claim/orderCancel/cancelFO";
const POPUP: &str = "/v1/claim/orderCancel/cancelPopupFO";
const PREVIEW: &str = "/v1/claim/common/claimCalculateCostFO";
const DETAILS: &str = "/v1/claim/common/claimDetailsInfoFO";

/// A house whose services soon ask again when nobody answers.
async fn patient_house() -> Stack {
    patient_house_with(Vec::new()).await
}

async fn patient_house_with(mut settings: Vec<(&'static str, String)>) -> Stack {
    for (name, value) in [
        ("CLAIM_OUTBOX__FIRST_RETRY_MS", "100"),
        ("CLAIM_OUTBOX__MAX_RETRY_MS", "300"),
        ("CLAIM_CLIENT__BREAKER_OPEN_MS", "200"),
        ("MEMBER_OUTBOX__FIRST_RETRY_MS", "100"),
        ("MEMBER_OUTBOX__MAX_RETRY_MS", "300"),
        ("MEMBER_CLIENT__BREAKER_OPEN_MS", "200"),
    ] {
        settings.push((name, value.to_owned()));
    }
    Stack::start_with(Options { settings, ..Options::default() }).await
}

/// A change of mind about some units of the first line.
fn request(order_no: &str, quantity: i64) -> Value {
    json!({"ordNo": order_no, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}

fn with(mut request: Value, field: &str, value: Value) -> Value {
    request[field] = value;
    request
}

async fn cancel(shop: &Storefront, token: &str, request: &Value) -> TestAnswer {
    shop.post(CANCEL, token, request).await
}

/// A cancel that is not sent yet.
fn cancel_of(shop: &Storefront, token: &str, request: &Value) -> RequestBuilder {
    shop.request(Method::POST, CANCEL, token).json(request)
}

/// The number of the claim that a request was accepted as.
#[track_caller]
fn claim_no_of(answer: &TestAnswer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned()
}

async fn popup(shop: &Storefront, token: &str, order_no: &str) -> Value {
    let answer = shop.post(POPUP, token, &json!({"ordNo": order_no})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

async fn preview(shop: &Storefront, token: &str, request: &Value) -> Value {
    let answer = shop.post(PREVIEW, token, request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

async fn details(shop: &Storefront, token: &str, order_no: &str, claim_no: &str) -> Value {
    let answer = shop.post(DETAILS, token, &json!({"ordNo": order_no, "claimNo": claim_no})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

/// What is shown of a claim as soon as it has this status.
async fn details_in(shop: &Storefront, order_no: &str, claim_no: &str, status: &str) -> Value {
    let agent = shop.agent();
    let asked = json!({"ordNo": order_no, "claimNo": claim_no});
    until(&format!("{claim_no} is in {status}"), async || {
        shop.post(DETAILS, &agent, &asked).await.json["claimStatCd"] == status
    })
    .await;
    details(shop, &agent, order_no, claim_no).await
}

/// Step and status, in the order they are shown in.
fn steps_of(details: &Value) -> Vec<(String, String)> {
    let text = |step: &Value, name: &str| step[name].as_str().unwrap_or_default().to_owned();
    let list = details["stepList"].as_array().expect("details have steps");
    list.iter().map(|step| (text(step, "stepCd"), text(step, "stepStatCd"))).collect()
}

fn all_done(steps: &[&str]) -> Vec<(String, String)> {
    steps.iter().map(|step| ((*step).to_owned(), "20".to_owned())).collect()
}

/// 상품 10002552 with these items in stock.
async fn put_goods(shop: &Storefront, items: &[(&str, i64)]) {
    let item = |(no, stock): &(&str, i64)| json!({"itmNo": no, "itmNm": format!("단품 {no}"), "itmSaleStatCd": "10", "addPrc": 0, "stkQty": stock});
    let goods = json!({"goodsNo": GOODS, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
        "rsvGoodsYn": "N", "goodsImg": null, "itms": items.iter().map(item).collect::<Vec<Value>>()});
    let put = shop.request(Method::PUT, "/v1/goods/goods", &shop.service());
    let answer = read(put.json(&json!({"goods": [goods]}))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// What a storefront sees of the stock of 상품 10002552.
async fn stock(shop: &Storefront) -> Vec<(String, i64)> {
    let answer = shop.post("/v1/detail/otherItms", "", &json!([{"goodsNo": GOODS}])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let items = answer.json[0]["itms"].as_array().expect("known goods have items").clone();
    let of = |item: &Value| Some((item["itmNo"].as_str()?.to_owned(), item["stkQty"].as_i64()?));
    items.iter().filter_map(of).collect()
}

fn stocks(items: &[(&str, i64)]) -> Vec<(String, i64)> {
    items.iter().map(|(no, stock)| ((*no).to_owned(), *stock)).collect()
}

/// The coupons the contract's order is paid with, in the member's hands.
async fn issue_coupons(shop: &Storefront) {
    let coupon = |number: &str, promotion: &str, kind: &str| {
        json!({"cpnIsuNo": number, "promoNo": promotion, "promoNm": "쿠폰", "promoTypCd": kind, "mbrNo": MEMBER,
            "validEndDtm": "2099-12-31T23:59:59+09:00", "useStatCd": "10", "ordNo": null})
    };
    let coupons = json!({"coupons": [coupon("CI0001", "P11", "11"), coupon("CI0002", "P12", "12")]});
    let answer = shop.post("/v1/marketing/coupons", &shop.service(), &coupons).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Coupons the member may use, in the order of their numbers.
async fn usable_coupons(shop: &Storefront) -> Vec<String> {
    let answer = shop.get("/v1/marketing/coupons", &shop.member(MEMBER)).await;
    let list = answer.payload()["list"].as_array().expect("there is a list").clone();
    let usable = list.iter().filter(|coupon| coupon["useStatCd"] == "10");
    usable.filter_map(|coupon| Some(coupon["cpnIsuNo"].as_str()?.to_owned())).collect()
}

async fn balance(shop: &Storefront) -> Option<i64> {
    let answer = shop.get("/v1/marketing/mileage", &shop.member(MEMBER)).await;
    answer.payload()["balance"].as_i64()
}

/// What a claim did to the member's mileage: reason and amount, sorted.
async fn mileage_of(shop: &Storefront, claim_no: &str) -> Vec<(String, i64)> {
    let answer = shop.get("/v1/marketing/mileage", &shop.member(MEMBER)).await;
    let rows = answer.payload()["list"].as_array().expect("a book has a list").clone();
    let of_claim = rows.iter().filter(|row| row["claimNo"] == claim_no);
    let mut moved: Vec<(String, i64)> =
        of_claim.filter_map(|row| Some((row["rsnCd"].as_str()?.to_owned(), row["amt"].as_i64()?))).collect();
    moved.sort();
    moved
}

/// The purchase sum of an order; `None` when it is left out.
async fn order_amount(shop: &Storefront, order_no: &str) -> Option<i64> {
    let body =
        json!({"mbrNo": MEMBER, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T23:59:59"});
    let answer = shop.post("/v1/member/getOrdTotAmt", &shop.member(MEMBER), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json["orderList"].as_array().expect("a sum has a list").clone();
    list.iter().find(|order| order["ordNo"] == order_no).and_then(|order| order["ordAmt"].as_i64())
}

/// `ordCnt` and `claimCnt`.
async fn counts(shop: &Storefront, purpose: &str) -> (Option<i64>, Option<i64>) {
    let asked = json!({"reqGubun": purpose});
    let answer = shop.post("/v1/member/getOrdClaimCnt", &shop.member(MEMBER), &asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    (answer.json["ordCnt"].as_i64(), answer.json["claimCnt"].as_i64())
}

/// Template and channel of every message the provider sent that names the claim, sorted.
fn messages_about(stack: &Stack, claim_no: &str) -> Vec<(String, String)> {
    let text = |message: &Value, name: &str| message[name].as_str().unwrap_or_default().to_owned();
    let sent = stack.sent_messages();
    let about = sent.iter().filter(|message| text(message, "body").contains(claim_no));
    let mut about: Vec<_> = about.map(|message| (text(message, "tmplCd"), text(message, "chnlCd"))).collect();
    about.sort();
    about
}

/// One 알림톡 and one e-mail.
fn told_by(template: &str) -> Vec<(String, String)> {
    ["10", "30"].map(|channel| (template.to_owned(), channel.to_owned())).to_vec()
}

/// Templates in the member's 알림함 that name the claim.
async fn inbox_about(shop: &Storefront, claim_no: &str) -> Vec<String> {
    let answer = shop.get("/v1/member/notifications?pageSize=100", &shop.member(MEMBER)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.payload()["list"].as_array().expect("an inbox has a list").clone();
    assert!(list.iter().all(|row| row["chnlCd"] == "40"), "{}", answer.text);
    let about = list.iter().filter(|row| row["body"].as_str().is_some_and(|body| body.contains(claim_no)));
    about.filter_map(|row| Some(row["tmplCd"].as_str()?.to_owned())).collect()
}

/// Payments and amounts that providers gave back for an order, as claim-service's book has them.
async fn given_back(stack: &Stack, order_no: &str) -> Vec<String> {
    let rows = rows_of(&claim_database(stack), "rfd_book").await;
    rows.into_iter().filter(|row| row.contains(order_no)).collect()
}

/// Numbers of the claims that are kept about an order, imported ones too.
async fn claims_of(claims: &Db, order_no: &str) -> Vec<String> {
    let is_claim_no = |word: &&str| ClaimNo::parse(word).is_ok();
    let rows = rows_of(claims, "claim").await;
    let about = rows.iter().filter(|row| row.contains(order_no));
    about
        .filter_map(|row| row.split(|mark: char| !mark.is_ascii_alphanumeric()).find(is_claim_no))
        .map(str::to_owned)
        .collect()
}

fn claim_database(stack: &Stack) -> Db {
    stack.database(Process::Claim).open()
}

/// `claim-service verify` finds nothing to complain of in this many cancels.
async fn assert_books(stack: &Stack, cancels: usize) {
    let audit = verify_claims(&claim_database(stack)).await.expect("the books can be read");
    let checked: usize = audit.checked;
    assert_eq!((checked, audit.differences), (cancels, Vec::new()));
}
