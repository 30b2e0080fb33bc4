//! A stand-in of member-service, true to its declared operation: it answers only what claim-service has signed for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use platform::clock::Clock;
use platform::identity::{INTERNAL_HEADER, Origin};
use serde_json::{Value, json};
use test_kit::identity::internal_keys;
use wiremock::matchers::{any, method, path, path_regex};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const MEMBER: &str = "100001311";
/// The contract's order, three shirts.
pub(crate) const ORDER: &str = "20260801O000001";
/// A guest's order of the same content.
pub(crate) const GUEST_ORDER: &str = "20260801O000002";
/// An order nobody has placed.
pub(crate) const NO_ORDER: &str = "20260801O999999";

pub(crate) struct MemberStandIn {
    server: MockServer,
    /// Snapshots by order number.
    orders: Arc<Mutex<HashMap<String, Value>>>,
}

impl MemberStandIn {
    pub(crate) async fn start(clock: &Clock) -> Self {
        let stand_in = Self { server: MockServer::start().await, orders: Arc::default() };
        let answer = Orders { orders: Arc::clone(&stand_in.orders), clock: clock.clone() };
        Mock::given(method("GET"))
            .and(path_regex("^/internal/orders/[0-9]{8}O[0-9]{6}$"))
            .respond_with(answer)
            .mount(&stand_in.server)
            .await;
        let names = OrdererNames { orders: Arc::clone(&stand_in.orders), clock: clock.clone() };
        Mock::given(method("POST"))
            .and(path("/internal/ordererNames"))
            .respond_with(names)
            .mount(&stand_in.server)
            .await;
        stand_in.put(order(ORDER));
        let mut of_guest = order(GUEST_ORDER);
        of_guest["mbrNo"] = Value::Null;
        stand_in.put(of_guest);
        stand_in
    }

    pub(crate) fn url(&self) -> String {
        self.server.uri()
    }

    /// Holds an order from now on, its lines as they were ordered.
    pub(crate) fn put(&self, order: Value) {
        let lines: Vec<Value> = order["goodsList"]
            .as_array()
            .expect("an order has goods")
            .iter()
            .map(|line| {
                json!({"ordSeq": line["ordSeq"], "ordDtlStatCd": line["ordDtlStatCd"], "itmNo": line["itmNo"],
                    "itmNm": line["itmNm"], "cnclQty": 0, "rtnQty": 0, "dlvdDtm": null})
            })
            .collect();
        let order_no = order["ordNo"].as_str().expect("an order has a number").to_owned();
        let snapshot = json!({"order": order, "lineList": lines, "masked": false});
        self.orders.lock().expect("no test panics here").insert(order_no, snapshot);
    }

    /// Lets something happen to an order.
    pub(crate) fn change(&self, order_no: &str, change: impl FnOnce(&mut Value)) {
        change(self.orders.lock().expect("no test panics here").get_mut(order_no).expect("a known order"));
    }

    pub(crate) fn set_status(&self, order_no: &str, line: usize, status: &str) {
        self.change(order_no, |snapshot| snapshot["lineList"][line]["ordDtlStatCd"] = json!(status));
    }

    /// How often it was asked for an order.
    pub(crate) async fn count_asked(&self, order_no: &str) -> usize {
        let requests = self.server.received_requests().await.expect("requests are recorded");
        requests.iter().filter(|request| request.url.path().ends_with(order_no)).count()
    }

    /// Answers everything with 503 from now on.
    pub(crate) async fn break_down(&self) {
        self.server.reset().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&self.server).await;
    }
}

/// The contract's order under another number.
pub(crate) fn order(order_no: &str) -> Value {
    let mut order: Value = serde_json::from_str(include_str!("order.json")).expect("the order is JSON");
    order["ordNo"] = json!(order_no);
    order
}

/// An order of the contract's member without discounts: lines of (quantity, price), paid in one way.
pub(crate) fn plain_order(order_no: &str, lines: &[(i64, i64)], means: &str) -> Value {
    let mut order = order(order_no);
    for list in ["ordPromotionList", "giftList"] {
        order[list] = json!([]);
    }
    order["goodsList"] = lines
        .iter()
        .enumerate()
        .map(|(index, (quantity, price))| {
            let mut line = order["goodsList"][0].clone();
            line["ordSeq"] = json!(index + 1);
            line["ordQty"] = json!(quantity);
            line["salePrc"] = json!(price);
            line["benefitList"] = json!([]);
            line
        })
        .collect();
    order["deliGrpList"][0]["freeStdAmt"] = Value::Null;
    let due: i64 = lines.iter().map(|(quantity, price)| quantity * price).sum();
    order["payList"] = json!([{"payNo": "PAY1", "payMeansCd": means, "payAmt": due, "sctnCnclPsbYn": "Y"}]);
    order
}

struct OrdererNames {
    orders: Arc<Mutex<HashMap<String, Value>>>,
    clock: Clock,
}

impl Respond for OrdererNames {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if !is_from_claim_service(request, &self.clock) {
            return ResponseTemplate::new(401);
        }
        let query: Value = request.body_json().expect("a query is JSON");
        let numbers = query["ordNoList"].as_array().expect("a query names orders");
        assert!(numbers.len() <= 500, "{} orders at once", numbers.len());
        let orders = self.orders.lock().expect("no test panics here");
        let list: Vec<Value> = numbers
            .iter()
            .filter_map(|no| {
                let snapshot = orders.get(no.as_str()?)?;
                Some(json!({"ordNo": no, "ordManNm": snapshot["order"]["ordManNm"]}))
            })
            .collect();
        ResponseTemplate::new(200).set_body_json(json!({"list": list}))
    }
}

fn is_from_claim_service(request: &Request, clock: &Clock) -> bool {
    let token = request.headers.get(INTERNAL_HEADER).and_then(|value| value.to_str().ok()).unwrap_or("");
    let caller = internal_keys().verify(token, "member-service", clock.now());
    caller.is_ok_and(|caller| caller.origin == Origin::Service("claim-service".to_owned()))
}

struct Orders {
    orders: Arc<Mutex<HashMap<String, Value>>>,
    clock: Clock,
}

impl Respond for Orders {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if !is_from_claim_service(request, &self.clock) {
            return ResponseTemplate::new(401);
        }
        let order_no = request.url.path().rsplit('/').next().unwrap_or("");
        match self.orders.lock().expect("no test panics here").get(order_no) {
            Some(snapshot) => ResponseTemplate::new(200).set_body_json(snapshot),
            None => ResponseTemplate::new(900).set_body_json(json!({
                "timestamp": "2026-11-22T12:00:00+09:00", "code": "ORDER_NOT_FOUND",
                "message": "주문 정보를 찾을 수 없습니다.", "isProcess": false, "payload": null, "error": true,
                "errors": []})),
        }
    }
}
