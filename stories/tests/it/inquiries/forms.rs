//! Every verb and every form of body reaches the service, under its own prefix and no other.

use reqwest::{Method, RequestBuilder};
use serde_json::json;
use test_kit::service::read;

use super::house::{House, Multipart, assert_refused, number};

const FORM: &str = "application/x-www-form-urlencoded";
const FIELDS: &str = "cnslTypNo=9090&title=%EC%A0%9C%EB%AA%A9&accpCont=100%25+%EB%82%B4%EC%9A%A9";

#[actix_web::test]
async fn an_inquiry_is_written_changed_and_deleted_in_every_form() {
    let house = House::open().await;
    let json = json!({"cnslTypNo": "9090", "title": "제목", "accpCont": "100% 내용"});
    let multipart = || Multipart::inquiry().text("title", "제목").text("accpCont", "100% 내용");
    let send = async |request: RequestBuilder| number(&read(request).await);
    let save = |query: &str| house.customer(Method::POST, &format!("questionSave{query}"), &house.member);
    let written = [
        send(save(&format!("?{FIELDS}"))).await,
        send(save("").header("content-type", FORM).body(FIELDS)).await,
        send(save("").json(&json)).await,
        send(save("").header("content-type", multipart().content_type()).body(multipart().bytes())).await,
    ];
    for ccn_no in &written {
        let detail = house.detail(ccn_no, &house.member).await;
        assert_eq!(
            (&detail.payload()["title"], &detail.payload()["accpCont"]),
            (&json!("제목"), &json!("100% 내용"))
        );
    }
    let fields = |title: &str| format!("ccnNo={}&cnslTypNo=9090&title={title}&accpCont=c", written[0]);
    for method in [Method::PUT, Method::POST] {
        let change =
            |query: &str| house.customer(method.clone(), &format!("questionMod{query}"), &house.member);
        let as_multipart = Multipart::inquiry().text("ccnNo", &written[0]).text("title", "d");
        let as_json = json!({"ccnNo": written[0], "cnslTypNo": 9090, "title": "c", "accpCont": "c"});
        for (request, title) in [
            (change(&format!("?{}", fields("a"))), "a"),
            (change("").header("content-type", FORM).body(fields("b")), "b"),
            (change("").json(&as_json), "c"),
            (change("").header("content-type", as_multipart.content_type()).body(as_multipart.bytes()), "d"),
        ] {
            assert_eq!(send(request).await, written[0]);
            assert_eq!(house.detail(&written[0], &house.member).await.payload()["title"], title, "{method}");
        }
    }
    let remove =
        |method: Method, query: &str| house.customer(method, &format!("questionDel{query}"), &house.member);
    send(remove(Method::DELETE, &format!("?ccnNo={}", written[0]))).await;
    send(remove(Method::DELETE, "").json(&json!({"ccnNo": written[1]}))).await;
    send(remove(Method::POST, "").json(&json!({"ccnNo": written[2]}))).await;
    send(remove(Method::POST, "").header("content-type", FORM).body(format!("ccnNo={}", written[3]))).await;
    assert_eq!(house.get("getQuestion", &house.member).await.payload()["totalCount"], 0);
}

#[actix_web::test]
async fn customers_and_agents_have_a_prefix_each() {
    let house = House::open().await;
    let ccn_no = house.written(&json!({})).await;
    let customer = format!("/v1/customerservice/getQuestionDtl?ccnNo={ccn_no}");
    let desk = "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList";
    for (path, token) in [
        (customer.clone(), &house.member),
        (format!("/api/order{customer}"), &house.member),
        (desk.to_owned(), &house.agent),
        (format!("/api/bo{desk}"), &house.agent),
    ] {
        assert_eq!(house.shop.get(&path, token).await.status, 200, "{path}");
    }
    for path in [
        format!("/api/bo{customer}"),
        format!("/api/goods{customer}"),
        format!("/api/order{desk}"),
        "/internal/members/withdrawal".to_owned(),
    ] {
        assert_refused(&house.shop.get(&path, &house.admin).await, 404, "NOT_FOUND");
    }
}
