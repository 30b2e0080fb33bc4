//! A house with a member who has ordered and writes, for stories at the desk.

use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, contract_order};

const MEMBER: &str = "100001311";
const CUSTOMER: &str = "/v1/customerservice";

pub(super) struct House {
    pub(super) stack: Stack,
    pub(super) shop: Storefront,
}

impl House {
    pub(super) async fn open() -> Self {
        let stack = Stack::start_with(Options { has_issuer: true, ..Options::default() }).await;
        let shop = stack.storefront();
        shop.take_in(&[contract_order()]).await;
        Self { stack, shop }
    }

    /// The member writes about the order; says the inquiry's number.
    pub(super) async fn written(&self, title: &str, content: &str) -> String {
        let inquiry =
            json!({"cnslTypNo": "9090", "title": title, "accpCont": content, "ordNo": "20260801O000001"});
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
}
