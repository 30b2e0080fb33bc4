//! The whole life of an inquiry.

use reqwest::Method;
use serde_json::{Value, json};
use test_kit::service::read;

use super::house::{House, MEMBER, Multipart, ORDER, assert_refused, number, photo};
use crate::wait::until;

/// A file of an inquiry as its detail shows it.
fn file_of(detail: &Value) -> (String, String) {
    let text = |name: &str| detail["files"][0][name].as_str().expect("a file has it").to_owned();
    (text("fileNo"), text("url"))
}

#[actix_web::test]
async fn an_inquiry_lives_from_the_first_word_to_the_answer() {
    let house = House::open().await;
    let (member, agent) = (&house.member, &house.agent);

    // Choose: a type, an ordered line, or goods of the shop.
    let init = house.get("getQuestionInit", "").await;
    let types = init.payload()["cnslTypList"].as_array().expect("types").clone();
    assert!(
        types.iter().any(|row| row["cnslTypNo"] == "2010" && row["ordSelMdtyYn"] == "Y"),
        "{}",
        init.text
    );
    let period = json!({"strDt": "20260801", "endDt": "2026-08-01"});
    let lines = house.shop.post("/api/order/v1/customer/getOrderClaimGoodsList", member, &period).await;
    assert_eq!(
        lines.payload(),
        &json!({"totalCount": 1, "list": [{"ordNo": ORDER, "ordDtm": "2026-08-01T10:00:00+09:00", "ordSeq": 1,
            "goodsNo": "10002552", "goodsNm": "린넨 셔츠", "itmNo": "001", "itmNm": "화이트/M", "goodsImg": null,
            "ordQty": 3, "salePrc": 20000, "ordDtlStatCd": "11", "ordDtlStatNm": "주문완료"}]})
    );
    let goods = house.post("searchGoods", member, &json!({"searchNm": "린넨", "pageSize": 1})).await;
    assert_eq!(
        goods.payload(),
        &json!({"totalCount": 2, "list": [{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "itmNo": "001",
            "itmNm": "화이트/M", "salePrc": 20000, "goodsImg": null}]})
    );

    // Write, with a photo.
    let missing = house.upload(&Multipart::inquiry().text("cnslTypNo", "2010")).await;
    assert_eq!((missing.status, missing.fields()), (900, vec!["ordNo"]), "{}", missing.text);
    let form = Multipart::inquiry()
        .text("cnslTypNo", "2010")
        .text("ordNo", ORDER)
        .text("ordSeq", "1")
        .text("smsNotiYn", "Y")
        .text("cellSctNo", "010")
        .text("cellTxnoNo", "1234")
        .text("cellEndNo", "5678")
        .text("emailAddr", "gildong@example.com")
        .file("영수증.jpg", "image/jpeg", &photo(200_000));
    let ccn_no = number(&house.upload(&form).await);

    // Read it back.
    let list = house.get("getQuestion", member).await;
    let row = &list.payload()["list"][0];
    assert_eq!(list.payload()["totalCount"], 1);
    assert_eq!(
        json!([
            row["ccnNo"],
            row["cnslTypNo"],
            row["cnslStatNm"],
            row["goodsNm"],
            row["fileCnt"],
            row["ansDtm"]
        ]),
        json!([ccn_no, "2010", "접수완료", "린넨 셔츠", 1, null])
    );
    let detail = house.detail(&ccn_no, member).await;
    let (_, url) = file_of(detail.payload());
    let file = house.shop.request(Method::GET, &url, member).send().await.expect("an answer");
    let header = |name: &str| file.headers()[name].to_str().expect("a plain header").to_owned();
    assert_eq!(file.status(), 200);
    assert_eq!(
        [header("content-type"), header("x-content-type-options"), header("content-security-policy")],
        ["image/jpeg", "nosniff", "default-src 'none'; sandbox"]
    );
    assert!(header("content-disposition").starts_with("attachment;"));
    assert_eq!(file.bytes().await.expect("the bytes"), photo(200_000));

    // Edit, then nobody may work on the text that was shown before.
    let shown = house.desk_detail(&ccn_no).await["modDtm"].clone();
    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "2010", "title": "고친 제목", "accpCont": "고친 내용", "ordNo": ORDER,
        "smsNotiYn": "Y", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678"});
    let edited = read(house.customer(Method::PUT, "questionMod", member).json(&edit)).await;
    assert_eq!(number(&edited), ccn_no);
    let stale = house.desk("startProcess", agent, &json!({"ccnNo": ccn_no, "modDtm": shown})).await;
    assert_refused(&stale, 900, "INQUIRY_CHANGED");

    // The desk.
    let list = house.desk_get("getIntegratedCounselList?cnslStatCd=10&cnslTypNo=2000", agent).await;
    assert_eq!(list.json["totalCount"], 1, "{}", list.text);
    assert_eq!(
        (&list.json["payloads"][0]["title"], &list.json["payloads"][0]["mbrNo"]),
        (&json!("고친 제목"), &json!(MEMBER))
    );
    let seen = house.desk_detail(&ccn_no).await;
    assert_eq!((&seen["accpCont"], &seen["fileCnt"]), (&json!("고친 내용"), &json!(1)));
    let started =
        house.desk("startProcess", agent, &json!({"ccnNo": ccn_no, "modDtm": seen["modDtm"]})).await;
    assert_eq!(started.payload(), &json!({"ccnNo": ccn_no, "cnslStatCd": "20"}), "{}", started.text);
    let again = house.desk("startProcess", &house.other_agent, &json!({"ccnNo": ccn_no})).await;
    assert_refused(&again, 900, "INQUIRY_STATUS_CONFLICT");
    let edited = read(house.customer(Method::POST, "questionMod", member).json(&edit)).await;
    assert_refused(&edited, 900, "INQUIRY_NOT_EDITABLE");
    assert_refused(&house.delete(&ccn_no, member).await, 900, "INQUIRY_NOT_EDITABLE");

    // Answer with a template.
    let template =
        json!({"tmplNm": "배송 안내", "tmplCont": "{{mbrNm}}님, {{ordNo}}의 {{goodsNm}}", "cmnYn": "Y"});
    let path = "/api/bo/v1/customerservice/counselTemplateMgmt/saveCounselTemplate";
    assert_refused(&house.shop.post(path, agent, &template).await, 403, "FORBIDDEN");
    let tmpl_no = number(&house.shop.post(path, &house.admin, &template).await);
    let answer = json!({"ccnNo": ccn_no, "tmplNo": tmpl_no});
    assert_refused(&house.desk("saveAnswer", &house.other_agent, &answer).await, 900, "INQUIRY_NOT_OWNER");
    let answered = house.desk("saveAnswer", agent, &answer).await;
    assert_eq!(answered.payload(), &json!({"ccnNo": ccn_no, "cnslStatCd": "30"}), "{}", answered.text);
    assert_refused(&house.desk("saveAnswer", agent, &answer).await, 900, "INQUIRY_STATUS_CONFLICT");
    let detail = house.detail(&ccn_no, member).await;
    assert_eq!(detail.payload()["ansCont"], format!("홍길동님, {ORDER}의 린넨 셔츠"));
    let acts: Vec<Value> = house.desk_detail(&ccn_no).await["histList"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|step| step["actCd"].clone())
        .collect();
    assert_eq!(acts, ["WRITE", "EDIT", "START", "ANSWER"]);
}

#[actix_web::test]
async fn an_answer_is_told_once_and_by_sms_only_with_consent() {
    let house = House::open().await;
    let phone = json!({"smsNotiYn": "Y", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678"});
    let with_consent = house.written(&phone).await;
    let answer = async |ccn_no: &str, key: &str| {
        let body = json!({"ccnNo": ccn_no, "ansCont": "내일 도착합니다."});
        let path = "/api/bo/v1/customerservice/integratedCounselMgmt/saveAnswer";
        let request = house.shop.request(Method::POST, path, &house.agent).header("Idempotency-Key", key);
        read(request.json(&body)).await
    };
    let first = answer(&with_consent, "a").await;
    assert_eq!(first.status, 200, "{}", first.text);
    until("the 알림함 has it", async || house.inbox().await["totalCount"] == 1).await;
    let inbox = house.inbox().await;
    let row = &inbox["list"][0];
    assert_eq!((&row["chnlCd"], &row["tmplCd"]), (&json!("40"), &json!("INQUIRY_ANSWERED")));
    until("the SMS is sent", async || house.sms_sent().len() == 1).await;
    assert_eq!(house.sms_sent()[0]["to"], "01012345678");

    assert_eq!(
        answer(&with_consent, "a").await.text,
        first.text,
        "the same request again is no second answer"
    );
    let mut without = phone;
    without["smsNotiYn"] = json!("N");
    let without_consent = house.written(&without).await;
    assert_eq!(answer(&without_consent, "b").await.status, 200);
    until("the 알림함 has both", async || house.inbox().await["totalCount"] == 2).await;
    house.at_rest().await;
    assert_eq!((&house.inbox().await["totalCount"], house.sms_sent().len()), (&json!(2), 1));
    assert_eq!(house.stack.sent_messages().len(), 1, "and nothing by any other way");
}

#[actix_web::test]
async fn a_deleted_inquiry_takes_its_files_with_it() {
    let house = House::open().await;
    let ccn_no =
        number(&house.upload(&Multipart::inquiry().file("a.jpg", "image/jpeg", &photo(5_000))).await);
    let detail = house.detail(&ccn_no, &house.member).await;
    let (_, url) = file_of(detail.payload());
    assert_eq!(house.stored_files().len(), 1);
    assert_eq!(number(&house.delete(&ccn_no, &house.member).await), ccn_no);
    assert_refused(&house.detail(&ccn_no, &house.member).await, 900, "INQUIRY_NOT_FOUND");
    assert_refused(&house.delete(&ccn_no, &house.member).await, 900, "INQUIRY_NOT_FOUND");
    let start = house.desk("startProcess", &house.agent, &json!({"ccnNo": ccn_no})).await;
    assert_refused(&start, 900, "INQUIRY_NOT_FOUND");
    assert_refused(&house.shop.get(&url, &house.member).await, 403, "FORBIDDEN");
    assert_refused(&house.shop.get(&url, &house.agent).await, 900, "FILE_NOT_FOUND");
    until("the file is gone", async || house.stored_files().is_empty()).await;
}

#[actix_web::test]
async fn counts_and_inquiries_are_the_members_own() {
    let house = House::open().await;
    let ccn_no =
        number(&house.upload(&Multipart::inquiry().file("a.jpg", "image/jpeg", &photo(5_000))).await);
    let answered = house.written(&json!({})).await;
    house.desk("saveAnswer", &house.agent, &json!({"ccnNo": answered, "ansCont": "네."})).await;
    let detail = house.detail(&ccn_no, &house.member).await;
    let (file_no, _) = file_of(detail.payload());

    let counts =
        |operation: &str| format!("{operation}?mbrNo={MEMBER}&accpStrDt=20200101&accpEndDt=2099-12-31");
    for token in [&house.member, &house.agent, &house.admin, &house.shop.service()] {
        for (operation, expected) in [("getInquiryCount", 2), ("getNotCompletedInquiryCount", 1)] {
            let count = house.get(&counts(operation), token).await;
            assert_eq!(count.payload(), &json!({"inquiryCnt": expected}), "{}", count.text);
        }
    }
    let before =
        house.get(&format!("getInquiryCount?mbrNo={MEMBER}&accpEndDt=20200101"), &house.member).await;
    assert_eq!(before.payload(), &json!({"inquiryCnt": 0}));

    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "t", "accpCont": "c"});
    let on_another_site = house.shop.member_on_site(MEMBER, "2");
    let guest = house.shop.guest(ORDER);
    for (token, status, code) in [
        (&house.other_member, 403, "FORBIDDEN"),
        (&on_another_site, 403, "FORBIDDEN"),
        (&guest, 403, "FORBIDDEN"),
        (&String::new(), 401, "UNAUTHORIZED"),
    ] {
        assert_refused(&house.detail(&ccn_no, token).await, status, code);
        assert_refused(&house.post("questionMod", token, &edit).await, status, code);
        assert_refused(&house.delete(&ccn_no, token).await, status, code);
        assert_refused(&house.get(&format!("files/{file_no}"), token).await, status, code);
        if token != &on_another_site {
            assert_refused(&house.get(&counts("getInquiryCount"), token).await, status, code);
        }
    }
    for token in [&house.member, &guest, &house.shop.service()] {
        assert_refused(&house.desk_get("getIntegratedCounselList", token).await, 403, "FORBIDDEN");
    }

    // Who looked: agents, and nobody else.
    let path = "getAccessRecordList?pageSize=100";
    assert_refused(&house.desk_get(path, &house.agent).await, 403, "FORBIDDEN");
    let records = house.desk_get(path, &house.admin).await;
    let who: std::collections::BTreeSet<&str> = records.json["payloads"]
        .as_array()
        .expect("records")
        .iter()
        .filter(|row| row["mbrNo"] == MEMBER)
        .filter_map(|row| row["userId"].as_str())
        .collect();
    assert_eq!(who.into_iter().collect::<Vec<_>>(), ["admin-1", "agent-1"], "{}", records.text);
}

#[actix_web::test]
async fn a_question_of_the_shop_is_taken_over_once() {
    let house = House::open().await;
    let question = json!({"mbrNo": MEMBER, "goodsNo": "10002552", "questNo": "77", "inqmnNm": "홍길동", "cellNoYn": "Y",
        "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678", "accpCont": "가".repeat(150)});
    let ccn_no = number(&house.post("transferQnaSave", &house.shop.service(), &question).await);
    assert_eq!(number(&house.post("transferQnaSave", &house.agent, &question).await), ccn_no);
    assert_refused(&house.post("transferQnaSave", &house.member, &question).await, 403, "FORBIDDEN");
    let detail = house.detail(&ccn_no, &house.member).await;
    assert_eq!(detail.payload()["title"], "가".repeat(100));
    assert_eq!(detail.payload()["goodsNm"], "린넨 셔츠");
    house.desk("saveAnswer", &house.agent, &json!({"ccnNo": ccn_no, "ansCont": "네."})).await;
    until("the SMS is sent", async || house.sms_sent().len() == 1).await;
}
