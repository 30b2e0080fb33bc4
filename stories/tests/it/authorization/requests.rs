//! A well-formed request for every operation, about rows of the owner.

use contract::operations::{Method, Operation, claim, gateway, inquiry, member, promotion};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use stories::{Storefront, contract_order, guest_order};
use test_kit::service::read;

use super::{GUEST_ORDER, ORDER, OTHER_GUEST_ORDER, OWNER, Who};

const CLAIM: &str = "20260802C000001";
const GUEST_CLAIM: &str = "20261102C000001";

/// Whose rows a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// One that its number names: an order, a claim, an inquiry, a file.
    Numbered,
    /// Those of a member the request names.
    OfNamedMember,
    /// Those of whoever calls.
    OfCaller,
    /// None that belong to anyone.
    OfNobody,
}

/// Says for every operation whose rows it is about.
pub(super) fn rows_of(operation: &Operation) -> Rows {
    let is_one_of = |operations: &[Operation]| operations.iter().any(|one| one.id == operation.id);
    if operation.access == contract::operations::Access::Internal {
        return Rows::OfNobody;
    }
    if is_one_of(&[
        claim::CANCEL_POPUP_FO,
        claim::CLAIM_CALCULATE_COST_FO,
        claim::CANCEL_FO,
        claim::CLAIM_DETAILS_INFO_FO,
        claim::GET_RETURN_TARGET_INFO_FO,
        claim::GET_EXCHAGE_TARGET_INFO_FO,
        claim::RETURN_FO,
        claim::EXCHANGE_FO,
        claim::WITHDRAWAL_RETURN_FO,
        claim::WITHDRAWAL_EXCHANGE_FO,
        claim::SAVE_WTHD_INV_FO,
        claim::SAVE_RFD_ACCT_FO,
        claim::ORD_CHANGE_FO,
        claim::ORD_DLVP_PCCC_CHANGE_FO,
        member::ORDER_DETAIL_FO,
        inquiry::GET_QUESTION_DTL,
        inquiry::QUESTION_MOD_PUT,
        inquiry::QUESTION_MOD_POST,
        inquiry::QUESTION_DEL_DELETE,
        inquiry::QUESTION_DEL_POST,
        inquiry::FILES,
    ]) {
        return Rows::Numbered;
    }
    if is_one_of(&[
        member::WITHDRAWAL_MEMBER_ORDER_INFO,
        member::GET_ORD_TOT_AMT,
        member::GET_ORD_CLAIM_CNT,
        member::ORDER_LIST_FO,
        member::NOTIFICATIONS,
        inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT,
        inquiry::GET_INQUIRY_COUNT,
        claim::GET_CLAIM_LIST_FO,
        promotion::PROMOTION_ACCUMULATION,
        promotion::GET_COUPONS,
        promotion::MILEAGE,
    ]) {
        return Rows::OfNamedMember;
    }
    if is_one_of(&[
        gateway::GET_LOGIN_INFO,
        inquiry::GET_QUESTION,
        inquiry::SEARCH_GOODS,
        inquiry::GET_ORDER_CLAIM_GOODS_LIST,
        inquiry::QUESTION_SAVE,
    ]) {
        return Rows::OfCaller;
    }
    if is_one_of(&[
        member::NON_MBR_ORD_PWD,
        member::NON_MBR_LOGIN,
        member::ORDERS,
        member::ORDER_STATUS,
        member::GET_ORDER_MGMT_LIST,
        member::GET_NOTIFICATION_MGMT_LIST,
        inquiry::GET_QUESTION_INIT,
        inquiry::TRANSFER_QNA_SAVE,
        inquiry::GET_INTEGRATED_COUNSEL_LIST,
        inquiry::GET_INTEGRATED_COUNSEL_DETAIL,
        inquiry::GET_INTEGRATED_COUNSEL_COUNT,
        inquiry::GET_INTEGRATED_COUNSEL_STATE,
        inquiry::START_PROCESS,
        inquiry::START_NEXT_PROCESS,
        inquiry::RELEASE_PROCESS,
        inquiry::SAVE_ANSWER,
        inquiry::GET_ANSWER_DRAFT,
        inquiry::GET_ANSWER_DRAFT_LIST,
        inquiry::SAVE_ANSWER_DRAFT,
        inquiry::DELETE_ANSWER_DRAFT,
        inquiry::SAVE_COUNSEL_MEMO,
        inquiry::ASSIGN,
        inquiry::GET_PROC_USER_LIST,
        inquiry::GET_ACCESS_RECORD_LIST,
        inquiry::GET_COUNSEL_TEMPLATE_LIST,
        inquiry::GET_COUNSEL_TEMPLATE_DETAIL,
        inquiry::SAVE_COUNSEL_TEMPLATE,
        inquiry::DELETE_COUNSEL_TEMPLATE,
        inquiry::GET_COUNSEL_TYPE_LIST,
        inquiry::SAVE_COUNSEL_TYPE,
        promotion::PUT_ACCUMULATION_POLICIES,
        promotion::GET_ACCUMULATION_POLICIES,
        promotion::POST_COUPONS,
        claim::GET_CLAIM_LIST,
        claim::GET_CLAIM_COUNT,
        claim::GET_CLAIM_DETAIL,
        claim::RETRY_CLAIM,
        claim::CLAIMS,
        claim::OTHER_ITMS,
        claim::GOODS,
        claim::SSG_INQUIRY,
        claim::SSG_EXCHANGE_TARGET,
        claim::APPROVE_CLAIM,
        claim::REJECT_CLAIM,
        claim::WITHDRAWAL_EXCHANGE,
        claim::SAVE_WITHDRAW_STAT_UPDATE_PROCESS,
        claim::SAVE_REFUND_BUNDLE_APPRO_MGMT,
        claim::SAVE_INSPECT_RSLT,
        claim::SAVE_EXCHANGE_DELI_STAT,
        claim::CONVERT_EXCHANGE_TO_RETURN,
        claim::IS_EXISTS_EXCHANGE_GOODS_ITM,
    ]) {
        return Rows::OfNobody;
    }
    panic!("operation `{}` has no row in the matrix: say here whose rows it is about", operation.id)
}

/// The owner's rows in the running house.
pub(super) struct House {
    file_no: String,
    ccn_no: String,
}

impl House {
    pub(super) async fn furnish(shop: &Storefront) -> Self {
        let orders = [
            contract_order(),
            guest_order(GUEST_ORDER, "a-password"),
            guest_order(OTHER_GUEST_ORDER, "a-password"),
        ];
        shop.take_in(&orders).await;
        let claim = |number: &str, order: &str, day: &str| {
            json!({"claimNo": number, "ordNo": order, "claimBusinessType": "20", "claimStatCd": "10",
                "claimRsnCd": "251", "reqDtm": format!("{day}T10:00:00"), "cmplDtm": null,
                "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
        };
        let claims = [claim(CLAIM, ORDER, "2026-08-02"), claim(GUEST_CLAIM, GUEST_ORDER, "2026-11-02")];
        let answer = shop.post("/v1/claim/claims", &shop.service(), &json!({"claims": claims})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let ccn_no = inquiry_with_file(shop).await;
        let path = format!("{}?ccnNo={ccn_no}", inquiry::GET_QUESTION_DTL.path);
        let detail = shop.get(&path, &shop.member(OWNER)).await;
        let file_no = detail.payload()["files"][0]["fileNo"].as_str().expect("the file was kept").to_owned();
        Self { file_no, ccn_no }
    }

    /// An inquiry nobody has touched yet, for an operation about one.
    pub(super) async fn prepare(&mut self, shop: &Storefront, operation: &Operation) {
        if operation.upstream == Some(contract::operations::Upstream::Inquiry)
            && operation.id != inquiry::FILES.id
        {
            self.ccn_no = inquiry_with_file(shop).await;
        }
    }
}

async fn inquiry_with_file(shop: &Storefront) -> String {
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body =
        [part("cnslTypNo", "9090"), part("title", "배송 문의"), part("accpCont", "언제 오나요?")].concat();
    body.push_str("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n");
    body.push_str("Content-Type: image/jpeg\r\n\r\n");
    let mut body = body.into_bytes();
    body.extend_from_slice(
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xFE\0\x22 a photo, as far as anyone looks\xFF\xD9\r\n--x--\r\n",
    );
    let request = shop
        .request(reqwest::Method::POST, inquiry::QUESTION_SAVE.path, &shop.member(OWNER))
        .header("content-type", "multipart/form-data; boundary=x");
    let answer = read(request.body(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload().as_str().expect("a number as text").to_owned()
}

/// What of a request is an operation's own.
#[derive(Default)]
pub(super) struct Request {
    query: String,
    body: Option<Value>,
    /// What the path's parameter is.
    parameter: String,
}

impl Request {
    pub(super) fn send_to(self, shop: &Storefront, operation: &Operation, token: &str) -> RequestBuilder {
        let method = match operation.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let path = match operation.path.split_once('{') {
            Some((before, rest)) => {
                let after = rest.split_once('}').map_or("", |(_, after)| after);
                format!("{before}{}{after}", self.parameter)
            }
            None => operation.path.to_owned(),
        };
        let request = shop.request(method, &format!("{path}{}", self.query), token);
        match self.body {
            Some(body) => request.json(&body),
            None => request,
        }
    }
}

pub(super) fn request_of(operation: &Operation, who: Who, house: &House) -> Request {
    let (order, claim_no) = if who.is_guest() { (GUEST_ORDER, GUEST_CLAIM) } else { (ORDER, CLAIM) };
    let json = |body: Value| Request { body: Some(body), ..Request::default() };
    let query = |query: String| Request { query, ..Request::default() };
    let ccn_no = house.ccn_no.as_str();
    let is = |other: &Operation| other.id == operation.id;
    let cancel =
        json!({"ordNo": order, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
    let fields =
        json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "배송 문의", "accpCont": "언제 오나요?"});

    if is(&member::GET_ORD_TOT_AMT) {
        let (from, to) = ("2026-01-01T00:00:00", "2026-12-31T00:00:00");
        return json(json!({"mbrNo": OWNER, "buyStrDtm": from, "buyEndDtm": to}));
    }
    if is(&member::WITHDRAWAL_MEMBER_ORDER_INFO) {
        return json(json!({"mbrNo": OWNER}));
    }
    if is(&member::GET_ORD_CLAIM_CNT) {
        return Request { query: format!("?mbrNo={OWNER}"), ..json(json!({"reqGubun": "quit"})) };
    }
    if is(&promotion::PROMOTION_ACCUMULATION) {
        return json(json!({"mbrNo": OWNER, "mbrGradeCd": "30", "ordMediaCd": "20",
            "baseDtm": "2026-11-01T00:00:00", "goodsList": [{"goodsNo": "1", "itmNo": "001", "purchaseAmt": 1000,
            "stdCtgNo": "S0101", "dispCtgNo": "C0101", "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001"}]}));
    }
    if is(&claim::CANCEL_POPUP_FO)
        || is(&claim::GET_RETURN_TARGET_INFO_FO)
        || is(&claim::GET_EXCHAGE_TARGET_INFO_FO)
        || is(&member::ORDER_DETAIL_FO)
    {
        return json(json!({"ordNo": order}));
    }
    if is(&claim::CLAIM_CALCULATE_COST_FO) || is(&claim::CANCEL_FO) || is(&claim::RETURN_FO) {
        return json(cancel);
    }
    if is(&claim::EXCHANGE_FO) {
        return json(json!({"ordNo": order, "claimRsnCd": "252",
            "claimGoodsList": [{"ordSeq": 1, "claimQty": 1, "exchItmNo": "002"}]}));
    }
    if is(&claim::WITHDRAWAL_RETURN_FO)
        || is(&claim::WITHDRAWAL_EXCHANGE_FO)
        || is(&claim::SAVE_WTHD_INV_FO)
        || is(&claim::SAVE_RFD_ACCT_FO)
    {
        return json(json!({"ordNo": order, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1",
            "rfdAcct": {"bankCd": "004", "acctNo": "1", "dpstrNm": "홍길동"}}));
    }
    if is(&claim::CLAIM_DETAILS_INFO_FO) {
        return json(json!({"ordNo": order, "claimNo": claim_no}));
    }
    if is(&claim::GET_CLAIM_DETAIL) {
        return query(format!("?claimNo={claim_no}"));
    }
    if is(&claim::RETRY_CLAIM) {
        return json(json!({"claimNo": claim_no}));
    }
    if is(&claim::GET_CLAIM_LIST_FO) || is(&member::ORDER_LIST_FO) {
        // A guest names no member: it sees its order, and the claims of it.
        let query = if who.is_guest() { String::new() } else { format!("?mbrNo={OWNER}") };
        return Request { query, ..json(json!({})) };
    }
    if is(&claim::ORD_CHANGE_FO) {
        return json(json!({"ordNo": order, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"}));
    }
    if is(&claim::ORD_DLVP_PCCC_CHANGE_FO) {
        return json(json!({"ordNo": order, "dlvpSeq": 1, "persCstmCd": "P123456789012"}));
    }
    if is(&inquiry::QUESTION_MOD_PUT) || is(&inquiry::QUESTION_MOD_POST) {
        return json(fields);
    }
    if is(&inquiry::QUESTION_DEL_DELETE)
        || is(&inquiry::QUESTION_DEL_POST)
        || is(&inquiry::GET_QUESTION_DTL)
        || is(&inquiry::GET_INTEGRATED_COUNSEL_DETAIL)
        || is(&inquiry::GET_INTEGRATED_COUNSEL_STATE)
        || is(&inquiry::GET_ANSWER_DRAFT)
    {
        return query(format!("?ccnNo={ccn_no}"));
    }
    if rows_of(operation) == Rows::OfNamedMember {
        return query(format!("?mbrNo={OWNER}"));
    }
    let parameter = match operation.path {
        path if path == inquiry::FILES.path => house.file_no.clone(),
        path if path.contains("{ordNo}") => ORDER.to_owned(),
        path if path.contains("{mbrNo}") => OWNER.to_owned(),
        _ => "1".to_owned(),
    };
    // The rest is told by its role alone: an empty document is let through and found wanting.
    let body =
        (!operation.body.is_none()).then(|| if is(&claim::OTHER_ITMS) { json!([]) } else { json!({}) });
    Request { body, parameter, ..Request::default() }
}
