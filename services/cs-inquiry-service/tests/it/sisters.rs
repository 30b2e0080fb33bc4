//! Stand-ins of member-service and claim-service, true to their declared operations: they take nothing that is not
//! signed for them.

use std::sync::{Arc, Mutex};

use dto::notification::NotifyRequest;
use platform::clock::Clock;
use platform::identity::{INTERNAL_HEADER, Origin};
use serde_json::{Value, json};
use test_kit::identity::internal_keys;
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::app::MEMBER;

/// The member's own order, with two lines.
pub(crate) const ORDER: &str = "20260801O000001";
/// Somebody else's.
pub(crate) const OTHERS_ORDER: &str = "20260801O000002";

pub(crate) struct Sisters {
    pub(crate) member: MockServer,
    pub(crate) claim: MockServer,
    pub(crate) notified: Arc<Mutex<Vec<NotifyRequest>>>,
    /// What the orders say of members who have left, page by page.
    known: Arc<Mutex<Vec<Value>>>,
    clock: Clock,
}

impl Sisters {
    pub(crate) async fn start(clock: &Clock) -> Self {
        let sisters = Self {
            member: MockServer::start().await,
            claim: MockServer::start().await,
            notified: Arc::default(),
            known: Arc::default(),
            clock: clock.clone(),
        };
        sisters.furnish_member().await;
        sisters.furnish_claim().await;
        sisters
    }

    async fn furnish_member(&self) {
        let signed = |answer| Signed { audience: "member-service", clock: self.clock.clone(), answer };
        Mock::given(method("GET"))
            .and(path_regex("^/internal/orders/[^/]+/ownership$"))
            .respond_with(signed(Box::new(ownership)))
            .mount(&self.member)
            .await;
        Mock::given(method("GET"))
            .and(path_regex("^/internal/members/[^/]+/orderLines$"))
            .respond_with(signed(Box::new(order_lines)))
            .mount(&self.member)
            .await;
        let known = Arc::clone(&self.known);
        Mock::given(method("GET"))
            .and(path_regex("^/internal/members/[^/]+/personalValues$"))
            .respond_with(signed(Box::new(move |request: &Request| {
                personal_values(request, &known.lock().unwrap())
            })))
            .mount(&self.member)
            .await;
        let notified = Arc::clone(&self.notified);
        Mock::given(method("POST"))
            .and(path("/internal/notifications"))
            .respond_with(signed(Box::new(move |request: &Request| {
                let notice: NotifyRequest = serde_json::from_slice(&request.body).unwrap();
                notified.lock().unwrap().push(notice);
                ResponseTemplate::new(200)
            })))
            .mount(&self.member)
            .await;
    }

    async fn furnish_claim(&self) {
        let answer = Signed { audience: "claim-service", clock: self.clock.clone(), answer: Box::new(goods) };
        Mock::given(method("GET")).and(path("/internal/goods")).respond_with(answer).mount(&self.claim).await;
    }

    /// Answers everything with this status from now on.
    pub(crate) async fn break_down(server: &MockServer, status: u16) {
        server.reset().await;
        let code = match status {
            404 => "NOT_FOUND",
            501 => "NOT_IMPLEMENTED",
            _ => "SERVICE_UNAVAILABLE",
        };
        let envelope = json!({"timestamp": "2026-11-22T12:00:00+09:00", "code": code, "message": "",
            "isProcess": false, "payload": null, "error": true, "errors": []});
        let answer = ResponseTemplate::new(status).set_body_json(envelope);
        Mock::given(wiremock::matchers::any()).respond_with(answer).mount(server).await;
    }

    pub(crate) async fn repair_member(&self) {
        self.member.reset().await;
        self.furnish_member().await;
    }

    pub(crate) async fn repair_claim(&self) {
        self.claim.reset().await;
        self.furnish_claim().await;
    }

    /// Another page of what the orders say of the member.
    pub(crate) fn learn(&self, values: Value) {
        self.known.lock().unwrap().push(values);
    }

    pub(crate) fn notices(&self) -> Vec<NotifyRequest> {
        self.notified.lock().unwrap().clone()
    }
}

/// Answers only what cs-inquiry-service has signed for this sister.
struct Signed {
    audience: &'static str,
    clock: Clock,
    answer: Box<dyn Fn(&Request) -> ResponseTemplate + Send + Sync>,
}

impl Respond for Signed {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let token = request.headers.get(INTERNAL_HEADER).and_then(|value| value.to_str().ok()).unwrap_or("");
        match internal_keys().verify(token, self.audience, self.clock.now()) {
            Ok(caller) if caller.origin == Origin::Service("cs-inquiry-service".to_owned()) => {
                (self.answer)(request)
            }
            _ => ResponseTemplate::new(401),
        }
    }
}

fn query(request: &Request, name: &str) -> String {
    let found = request.url.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn ownership(request: &Request) -> ResponseTemplate {
    let order_no = request.url.path().split('/').nth(3).unwrap();
    let is_own = order_no == ORDER && query(request, "mbrNo") == MEMBER && query(request, "siteNo") == "1";
    let lines = if is_own {
        json!([{"ordSeq": 1, "goodsNo": "10002552", "goodsNm": "린넨 셔츠", "itmNo": "001"},
               {"ordSeq": 2, "goodsNo": "10002553", "goodsNm": "면 바지", "itmNo": "002"}])
    } else {
        json!([])
    };
    let name = if is_own { json!("홍길동") } else { Value::Null };
    ResponseTemplate::new(200).set_body_json(json!({"isOwn": is_own, "ordManNm": name, "lines": lines}))
}

/// Each page is that of one order.
fn personal_values(request: &Request, pages: &[Value]) -> ResponseTemplate {
    let member_no = request.url.path().split('/').nth(3).unwrap();
    let after = query(request, "afterOrdNo");
    let place: usize = after.strip_prefix("20260801O").map_or(0, |number| number.parse().unwrap());
    let mut page = json!({"nmList": [], "cellList": [], "emailList": [], "addrList": [], "lastOrdNo": null});
    if let Some(known) = pages.get(place).filter(|_| member_no == MEMBER) {
        for (name, value) in known.as_object().unwrap() {
            page[name] = value.clone();
        }
        page["lastOrdNo"] = json!(format!("20260801O{:06}", place + 1));
    }
    ResponseTemplate::new(200).set_body_json(page)
}

fn order_lines(request: &Request) -> ResponseTemplate {
    let member_no = request.url.path().split('/').nth(3).unwrap();
    assert_eq!(query(request, "siteNo"), "1");
    if member_no != MEMBER {
        return ResponseTemplate::new(200).set_body_json(json!({"totalCount": 0, "list": []}));
    }
    // Says back what it was asked, so that a test can look at it.
    let asked = format!(
        "{}~{} {}/{}",
        query(request, "strDt"),
        query(request, "endDt"),
        query(request, "pageNo"),
        query(request, "pageSize")
    );
    ResponseTemplate::new(200).set_body_json(json!({"totalCount": 1, "list": [{
        "ordNo": ORDER, "ordDtm": "2026-08-01T10:00:00+09:00", "ordSeq": 1, "goodsNo": "10002552",
        "goodsNm": asked, "itmNo": "001", "itmNm": "화이트/M", "goodsImg": null, "ordQty": 3,
        "salePrc": 20000, "ordDtlStatCd": "11"}]}))
}

fn goods(request: &Request) -> ResponseTemplate {
    let (goods_no, search) = (query(request, "goodsNo"), query(request, "searchNm"));
    let is_found = goods_no == "10002552" || (goods_no.is_empty() && "린넨 셔츠".contains(&search));
    let list = if is_found {
        json!([{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "itmNo": "001", "itmNm": "화이트/M",
            "salePrc": 20000, "goodsImg": "https://img.example/1.jpg"}])
    } else {
        json!([])
    };
    let total = list.as_array().unwrap().len();
    ResponseTemplate::new(200).set_body_json(json!({"totalCount": total, "list": list}))
}
