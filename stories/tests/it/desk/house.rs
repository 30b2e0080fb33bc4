//! A house with a member who has ordered and writes, for stories at the desk.

use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, contract_order};

const MEMBER: &str = "100001311";
/// The order it has: three shirts of one line.
const ORDER: &str = "20260801O000001";
const CUSTOMER: &str = "/v1/customerservice";

pub(super) struct House {
    pub(super) stack: Stack,
    pub(super) shop: Storefront,
}

impl House {
    pub(super) async fn open() -> Self {
        Self::open_with(Vec::new()).await
    }

    pub(super) async fn open_with(settings: Vec<(&'static str, String)>) -> Self {
        let stack = Stack::start_with(Options { has_issuer: true, settings, ..Options::default() }).await;
        let shop = stack.storefront();
        shop.take_in(&[contract_order()]).await;
        Self { stack, shop }
    }

    /// The member writes about the order; says the inquiry's number.
    pub(super) async fn written(&self, title: &str, content: &str) -> String {
        let inquiry = json!({"cnslTypNo": "9090", "title": title, "accpCont": content, "ordNo": ORDER});
        let path = format!("{CUSTOMER}/questionSave");
        let answer = self.shop.post(&path, &self.shop.member(MEMBER), &inquiry).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().as_str().expect("the number is a text").to_owned()
    }

    /// An inquiry as its member sees it.
    pub(super) async fn detail(&self, ccn_no: &str) -> Value {
        let path = format!("{CUSTOMER}/getQuestionDtl?ccnNo={ccn_no}");
        let answer = self.shop.get(&path, &self.shop.member(MEMBER)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().clone()
    }

    pub(super) async fn state(&self, ccn_no: &str) -> String {
        self.detail(ccn_no).await["cnslStatCd"].as_str().expect("a state is a text").to_owned()
    }

    /// Who works on an inquiry.
    pub(super) async fn owner(&self, ccn_no: &str) -> String {
        let path = format!("{CUSTOMER}/integratedCounselMgmt/getIntegratedCounselDetail?ccnNo={ccn_no}");
        let answer = self.shop.get(&path, &self.shop.agent()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload()["procUserId"].as_str().unwrap_or_default().to_owned()
    }

    /// A colleague begins, somewhere else.
    pub(super) async fn start_as(&self, agent: &str, ccn_no: &str) {
        let token = self.shop.sign(&self.shop.claims("agent", agent));
        let path = format!("{CUSTOMER}/integratedCounselMgmt/startProcess");
        let answer = self.shop.post(&path, &token, &json!({"ccnNo": ccn_no})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    pub(super) async fn save_template(&self, template: &Value) {
        let path = format!("{CUSTOMER}/counselTemplateMgmt/saveCounselTemplate");
        let answer = self.shop.post(&path, &self.shop.admin(), template).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// What a cancel of so many shirts would come to.
    pub(super) async fn preview(&self, quantity: i64) -> Value {
        let path = "/v1/claim/common/claimCalculateCostFO";
        let answer = self.shop.post(path, &self.shop.member(MEMBER), &cancel_of(quantity)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json
    }

    /// The member cancels some itself.
    pub(super) async fn cancel(&self, quantity: i64) {
        let path = "/v1/claim/orderCancel/cancelFO";
        let answer = self.shop.post(path, &self.shop.member(MEMBER), &cancel_of(quantity)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// The member's claims, newest first.
    pub(super) async fn claims(&self) -> Vec<String> {
        let answer =
            self.shop.post("/v1/claim/common/getClaimListFO", &self.shop.member(MEMBER), &json!({})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let rows = answer.payload()["list"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row["claimNo"].as_str().expect("a number is a text").to_owned()).collect()
    }

    /// A claim as agents see it.
    pub(super) async fn claim(&self, claim_no: &str) -> Value {
        let path = format!("/v1/claim/claimMgmt/getClaimDetail?claimNo={claim_no}");
        let answer = self.shop.get(&path, &self.shop.agent()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().clone()
    }

    /// A colleague has a claim tried again, as far as anything of it is open.
    pub(super) async fn retry(&self, claim_no: &str) {
        let path = "/v1/claim/claimMgmt/retryClaim";
        let answer = self.shop.post(path, &self.shop.agent(), &json!({"claimNo": claim_no})).await;
        assert!(answer.status == 200 || answer.code() == "CLAIM_NOTHING_OPEN", "{}", answer.text);
    }

    /// What an agent was shown of whom, as an admin reads it.
    pub(super) async fn looks_of(&self, agent: &str) -> Vec<Value> {
        let path =
            format!("{CUSTOMER}/integratedCounselMgmt/getAccessRecordList?userId={agent}&pageSize=100");
        let answer = self.shop.get(&path, &self.shop.admin()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["payloads"].as_array().cloned().unwrap_or_default()
    }

    /// Shirts that can still be cancelled.
    pub(super) async fn order_left(&self) -> i64 {
        let path = "/v1/order/orderDetailFO";
        let answer = self.shop.post(path, &self.shop.member(MEMBER), &json!({"ordNo": ORDER})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["goodsList"][0]["leftQty"].as_i64().expect("a quantity")
    }
}

fn cancel_of(quantity: i64) -> Value {
    json!({"ordNo": ORDER, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}
