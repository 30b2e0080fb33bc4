//! Orders as a shop sends them, and what is asked about them afterwards.

use member_service::settings::Settings;
use serde_json::{Value, json};
use test_kit::identity::{member, service};
use test_kit::service::TestAnswer;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::app::TestApp;

pub(crate) const MEMBER: &str = "100001311";
pub(crate) const ORDER: &str = "20260801O000001";
pub(crate) const INTAKE: &str = "/v1/order/orders";
pub(crate) const TOTALS: &str = "/v1/member/getOrdTotAmt";
pub(crate) const COUNTS: &str = "/v1/member/getOrdClaimCnt";
pub(crate) const WITHDRAWAL: &str = "/v1/member/withdrawalMemberOrderInfo";

/// Everything personal in [`order`]. Its phone numbers are words, because four digits turn up anywhere by chance.
pub(crate) const ORIGINALS: [&str; 12] = [
    "남궁길동",
    "홍수취인",
    "김사은품",
    "일이삼사",
    "오육칠팔",
    "구구구구",
    "gildong@example.com",
    "테헤란로",
    "10층 1001호",
    "문 앞에 놓아 주세요",
    "P123456789012",
    "4321********8765",
];

/// The order of the contract with something in every personal field.
pub(crate) fn order() -> Value {
    serde_json::from_str(include_str!("order.json")).unwrap()
}

/// The order under another number, with some of its fields replaced.
pub(crate) fn order_with(order_no: &str, fields: &Value) -> Value {
    let mut order = order();
    order["ordNo"] = json!(order_no);
    for (name, value) in fields.as_object().unwrap() {
        order[name] = value.clone();
    }
    order
}

/// A plain order of one unit, for so many won, with a status.
pub(crate) fn plain_order(
    order_no: &str,
    member_no: &str,
    ordered_at: &str,
    won: i64,
    status: &str,
) -> Value {
    let mut order = order_with(
        order_no,
        &json!({
            "mbrNo": member_no, "ordDtm": ordered_at, "ordPromotionList": [], "ordAccmList": [],
            "giftList": [], "etcGftDlvpList": [],
            "payList": [{"payNo": "PAY1", "payMeansCd": "10", "payAmt": won, "sctnCnclPsbYn": "Y"}],
        }),
    );
    let line = &mut order["goodsList"][0];
    line["ordQty"] = json!(1);
    line["salePrc"] = json!(won);
    line["ordDtlStatCd"] = json!(status);
    line["benefitList"] = json!([]);
    order
}

/// The order with a second line of three units at 1,000 won, both in a status.
pub(crate) fn two_lines(status: &str) -> Value {
    let mut order = order();
    let mut second = order["goodsList"][0].clone();
    second["ordSeq"] = json!(2);
    second["salePrc"] = json!(1_000);
    second["benefitList"] = json!([]);
    order["goodsList"].as_array_mut().unwrap().push(second);
    for line in order["goodsList"].as_array_mut().unwrap() {
        line["ordDtlStatCd"] = json!(status);
    }
    order["payList"][0]["payAmt"] = json!(49_000);
    order
}

impl TestApp {
    pub(crate) async fn send_orders(&self, orders: &[Value]) -> TestAnswer {
        self.service.post(INTAKE, &service("shop"), &json!({"orders": orders})).await
    }

    /// Takes orders in that must be taken.
    pub(crate) async fn with_orders(self, orders: &[Value]) -> Self {
        let answer = self.send_orders(orders).await;
        assert_eq!(
            (answer.status, answer.payload()["created"].as_u64()),
            (200, u64::try_from(orders.len()).ok()),
            "{}",
            answer.text
        );
        self
    }

    pub(crate) async fn set_status(&self, order_no: &str, lines: &Value) -> TestAnswer {
        let path = format!("{INTAKE}/{order_no}/status");
        self.service.post(&path, &service("shop"), &json!({"lines": lines})).await
    }

    /// Moves the only line of an order.
    pub(crate) async fn move_line(&self, order_no: &str, status: &str, at: &str) {
        let answer =
            self.set_status(order_no, &json!([{"ordSeq": 1, "ordDtlStatCd": status, "dtm": at}])).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    pub(crate) async fn snapshot(&self, order_no: &str) -> TestAnswer {
        self.service.get_as_sister(&format!("/internal/orders/{order_no}"), "claim-service").await
    }

    /// The member's own sum over all of 2026.
    pub(crate) async fn totals(&self) -> TestAnswer {
        let body =
            json!({"mbrNo": MEMBER, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T23:59:59"});
        self.service.post(TOTALS, &member(MEMBER), &body).await
    }

    pub(crate) async fn withdraw(&self, member_no: &str) -> TestAnswer {
        self.service.post(WITHDRAWAL, &member(member_no), &json!({"mbrNo": member_no})).await
    }
}

/// A stand-in for all three sisters: every call is taken, claims are counted as `claims`.
pub(crate) async fn sisters(claims: i32) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/internal/claims/count"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"claimCnt": claims})))
        .mount(&server)
        .await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

/// Settings under which a stand-in is every sister.
pub(crate) fn asking(server: &MockServer) -> impl FnOnce(&mut Settings) + use<> {
    let uri = server.uri();
    move |settings| {
        settings.upstreams.claim_url.clone_from(&uri);
        settings.upstreams.inquiry_url.clone_from(&uri);
        settings.upstreams.promotion_url = uri;
    }
}
