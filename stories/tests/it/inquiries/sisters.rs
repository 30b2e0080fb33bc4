//! A sister service that is down takes only that with it which needs it.

use local_stack::environment::Process;
use serde_json::json;

use super::house::{House, MEMBER, ORDER, assert_refused};
use crate::wait::until;

#[actix_web::test]
async fn inquiries_go_on_without_the_sisters() {
    let mut house = House::open_without(vec![Process::Member, Process::Claim]).await;
    assert_eq!(house.get("getQuestionInit", "").await.status, 200);
    let plain = house.written(&json!({})).await;
    let about_goods = house.written(&json!({"cnslTypNo": "4010", "goodsNo": "10002552"})).await;
    assert_eq!(house.get("getQuestion", &house.member).await.payload()["totalCount"], 2);
    let count = house.get(&format!("getInquiryCount?mbrNo={MEMBER}"), &house.member).await;
    assert_eq!(count.payload()["inquiryCnt"], 2);
    let list = house.desk_get("getIntegratedCounselList", &house.agent).await;
    assert_eq!(list.json["totalCount"], 2, "{}", list.text);
    let answered = house.desk("saveAnswer", &house.agent, &json!({"ccnNo": plain, "ansCont": "네."})).await;
    assert_eq!(answered.status, 200, "{}", answered.text);

    let lines_path = "/api/order/v1/customer/getOrderClaimGoodsList";
    let everything = json!({"strDt": "20260101", "endDt": "20261231"});
    let about_order = json!({"cnslTypNo": "2010", "title": "t", "accpCont": "c", "ordNo": ORDER});
    let refused = [
        (house.shop.post(lines_path, &house.member, &everything).await, "주문 상품"),
        (house.post("searchGoods", &house.member, &json!({"searchNm": "린넨"})).await, "상품"),
        (house.post("questionSave", &house.member, &about_order).await, "주문 정보"),
    ];
    for (answer, subject) in &refused {
        assert_refused(answer, 503, "SERVICE_UNAVAILABLE");
        assert!(
            answer.json["message"].as_str().is_some_and(|text| text.contains(subject)),
            "{}",
            answer.text
        );
    }

    house.stack.start_service(Process::Member).await;
    house.stack.start_service(Process::Claim).await;
    house.furnish().await;
    until("the member is told of the answer", async || house.inbox().await["totalCount"] == 1).await;
    until("the missing name is filled in", async || {
        house.detail(&about_goods, &house.member).await.payload()["goodsNm"] == "린넨 셔츠"
    })
    .await;
    until("ordered lines are offered again", async || {
        house.shop.post(lines_path, &house.member, &everything).await.payload()["totalCount"] == 1
    })
    .await;
    let saved = house.post("questionSave", &house.member, &about_order).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
}
