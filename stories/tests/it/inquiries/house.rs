//! The house with a member who has ordered, two agents and an admin.

use std::path::{Path, PathBuf};

use local_stack::environment::Process;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, contract_order};
use test_kit::service::{TestAnswer, read};

use crate::wait::until;

/// The member of the contract's order, and that order.
pub(super) const MEMBER: &str = "100001311";
pub(super) const ORDER: &str = "20260801O000001";
pub(super) const OTHER_MEMBER: &str = "100001312";

const CUSTOMER: &str = "/api/order/v1/customerservice";
const DESK: &str = "/api/bo/v1/customerservice/integratedCounselMgmt";

pub(super) struct House {
    pub(super) stack: Stack,
    pub(super) shop: Storefront,
    pub(super) member: String,
    pub(super) other_member: String,
    pub(super) agent: String,
    pub(super) other_agent: String,
    pub(super) admin: String,
}

impl House {
    /// Everybody is there, the member has ordered, and the shop has goods.
    pub(super) async fn open() -> Self {
        let house = Self::open_without(Vec::new()).await;
        house.furnish().await;
        house
    }

    /// Some services are down, so nothing was ordered yet.
    pub(super) async fn open_without(down: Vec<Process>) -> Self {
        let settings = vec![
            ("CS_INQUIRY_OUTBOX__FIRST_RETRY_MS", "200".to_owned()),
            ("CS_INQUIRY_OUTBOX__MAX_RETRY_MS", "500".to_owned()),
            ("MEMBER_OUTBOX__FIRST_RETRY_MS", "200".to_owned()),
            ("MEMBER_OUTBOX__MAX_RETRY_MS", "500".to_owned()),
        ];
        let stack = Stack::start_with(Options { down, settings, ..Options::default() }).await;
        let shop = stack.storefront();
        let token = |role: &str, subject: &str| shop.sign(&shop.claims(role, subject));
        Self {
            member: token("member", MEMBER),
            other_member: token("member", OTHER_MEMBER),
            agent: token("agent", "agent-1"),
            other_agent: token("agent", "agent-2"),
            admin: token("admin", "admin-1"),
            stack,
            shop,
        }
    }

    pub(super) async fn furnish(&self) {
        self.shop.take_in(&[contract_order()]).await;
        let goods = json!({"goods": [{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "salePrc": 20000,
            "saleStatCd": "10", "rsvGoodsYn": "N", "goodsImg": null, "itms": [
                {"itmNo": "001", "itmNm": "화이트/M", "itmSaleStatCd": "10", "addPrc": 0, "stkQty": 10},
                {"itmNo": "002", "itmNm": "화이트/L", "itmSaleStatCd": "10", "addPrc": 1000, "stkQty": 10}]}]});
        let request = self.shop.request(Method::PUT, "/v1/goods/goods", &self.shop.service());
        let answer = read(request.json(&goods)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// A request of the customer's side.
    pub(super) fn customer(&self, method: Method, path_and_query: &str, token: &str) -> RequestBuilder {
        self.shop.request(method, &format!("{CUSTOMER}/{path_and_query}"), token)
    }

    pub(super) async fn get(&self, path_and_query: &str, token: &str) -> TestAnswer {
        read(self.customer(Method::GET, path_and_query, token)).await
    }

    pub(super) async fn post(&self, operation: &str, token: &str, body: &Value) -> TestAnswer {
        read(self.customer(Method::POST, operation, token).json(body)).await
    }

    pub(super) async fn detail(&self, ccn_no: &str, token: &str) -> TestAnswer {
        self.get(&format!("getQuestionDtl?ccnNo={ccn_no}"), token).await
    }

    pub(super) async fn delete(&self, ccn_no: &str, token: &str) -> TestAnswer {
        read(self.customer(Method::DELETE, &format!("questionDel?ccnNo={ccn_no}"), token)).await
    }

    /// Writes as JSON and insists on success; says the number.
    pub(super) async fn written(&self, more: &Value) -> String {
        let mut body = json!({"cnslTypNo": "9090", "title": "배송 문의", "accpCont": "언제 오나요?"});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name.as_str()] = value.clone();
        }
        number(&self.post("questionSave", &self.member, &body).await)
    }

    pub(super) async fn upload(&self, form: &Multipart) -> TestAnswer {
        let request = self.customer(Method::POST, "questionSave", &self.member);
        read(request.header("content-type", form.content_type()).body(form.bytes())).await
    }

    pub(super) async fn desk_get(&self, path_and_query: &str, token: &str) -> TestAnswer {
        self.shop.get(&format!("{DESK}/{path_and_query}"), token).await
    }

    pub(super) async fn desk(&self, operation: &str, token: &str, body: &Value) -> TestAnswer {
        self.shop.post(&format!("{DESK}/{operation}"), token, body).await
    }

    pub(super) async fn desk_detail(&self, ccn_no: &str) -> Value {
        let detail = self.desk_get(&format!("getIntegratedCounselDetail?ccnNo={ccn_no}"), &self.agent).await;
        assert_eq!(detail.status, 200, "{}", detail.text);
        detail.payload().clone()
    }

    /// 알림함 of the member.
    pub(super) async fn inbox(&self) -> Value {
        let answer = self.shop.get("/v1/member/notifications", &self.member).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload().clone()
    }

    pub(super) fn sms_sent(&self) -> Vec<Value> {
        self.stack.sent_messages().into_iter().filter(|message| message["chnlCd"] == "20").collect()
    }

    /// Waits until everything that follows from an answer has been done.
    pub(super) async fn at_rest(&self) {
        // What a withdrawal does a minute later has nothing to do with answers.
        let is_later = |row: &String| row.contains("withdrawal.rest");
        for service in [Process::Inquiry, Process::Member] {
            let db = self.stack.database(service).open();
            until("nothing waits in the outbox", async || {
                test_kit::dump::rows_of(&db, "outbox_message").await.iter().all(is_later)
            })
            .await;
        }
    }

    /// Files of attachments, those on their way in too.
    pub(super) fn stored_files(&self) -> Vec<PathBuf> {
        files_below(&self.stack.place().join("data").join("attachments"))
    }
}

fn files_below(place: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place).expect("the directory is there").flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

/// The number of an inquiry that was taken.
#[track_caller]
pub(crate) fn number(answer: &TestAnswer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload().as_str().expect("the number is a text").to_owned()
}

#[track_caller]
pub(crate) fn assert_refused(answer: &TestAnswer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
}

/// A `multipart/form-data` body as browsers send it.
pub(crate) struct Multipart(Vec<u8>);

const BOUNDARY: &str = "----story7MA4YWxkTrZu0gW";

impl Multipart {
    /// What every inquiry needs.
    pub(crate) fn inquiry() -> Self {
        Self::inquiry_of("배송 문의", "언제 오나요?")
    }

    pub(crate) fn inquiry_of(title: &str, content: &str) -> Self {
        Self(Vec::new()).text("cnslTypNo", "9090").text("title", title).text("accpCont", content)
    }

    pub(crate) fn text(mut self, name: &str, value: &str) -> Self {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.0.extend_from_slice(part.as_bytes());
        self
    }

    pub(crate) fn file(mut self, name: &str, content_type: &str, content: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: {content_type}\r\n\r\n"
        );
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    pub(crate) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.0.as_slice(), format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
    }
}

/// A photo of so many bytes.
pub(crate) fn photo(length: usize) -> Vec<u8> {
    let mut photo =
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\
        \xFF\xDA\0\x08\x01\x01\0\0\x3F\0"
            .to_vec();
    photo.resize(length - 2, 0x5A);
    photo.extend(b"\xFF\xD9");
    photo
}
