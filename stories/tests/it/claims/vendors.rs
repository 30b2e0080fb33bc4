//! A vendor asks for its cancels, and for what comes back, with its own key.

use claim_service::usecase::vendors::keys::issue_vendor_key;
use local_stack::environment::Process;
use platform::clock::Clock;
use service_kit::error::Error;
use stories::{Stack, contract_order};

use super::*;

const INQUIRY: &str = "/api/clm/cncl/ord/inquiry.ssg";
const EXCHANGE_TARGETS: &str = "/api/pd/1/listExchangeTarget.ssg";

/// What `claim-service vendor-key issue` does.
async fn key_of(stack: &Stack, vendor_no: &'static str) -> String {
    let db = stack.database(Process::Claim).open();
    let now = Clock::system().now();
    let fresh = db.write(move |conn| issue_vendor_key(conn, vendor_no, now)).await;
    fresh.unwrap_or_else(|error: Error| panic!("{error}")).key
}

fn asking(shop: &Storefront, key: &str) -> RequestBuilder {
    shop.request(Method::POST, INQUIRY, "").header("Authorization", key)
}

async fn ask_for_order(shop: &Storefront, key: &str) -> TestAnswer {
    read(asking(shop, key).json(&json!({"request": {"orordNo": ORDER}}))).await
}

#[actix_web::test]
async fn a_vendor_sees_its_own_cancels_in_json_and_xml_and_nobody_elses() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let (own, other) = (key_of(&stack, "E0001").await, key_of(&stack, "E0002").await);
    assert_eq!(
        ask_for_order(&shop, &own).await.json["result"]["data"],
        json!([]),
        "nothing is cancelled yet"
    );
    let asked = with(request(ORDER, 1), "claimRsnCntt", json!("<작아요> & 더"));
    let claim_no = claim_no_of(&cancel(&shop, &shop.member(MEMBER), &asked).await);
    details_in(&shop, ORDER, &claim_no, "30").await;

    let answer = ask_for_order(&shop, &own).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let result = &answer.json["result"];
    assert_eq!((&result["resultCode"], &result["resultMessage"]), (&json!("00"), &json!("success")));
    let rows = result["data"].as_array().expect("data is a list");
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    for (field, value) in [
        ("ordpeNm", "홍길동"),
        ("orordNo", ORDER),
        ("ordNo", claim_no.as_str()),
        ("ordItemStatCd", "180"),
        ("itemId", GOODS),
        ("uitemId", "001"),
        ("clmRsnCd", "251"),
        ("clmRsnCntt", "<작아요> & 더"),
        ("imptDivCd", "10"),
        ("cnclItemQty", "1"),
        ("dircItemQty", "3"),
    ] {
        assert_eq!(row[field], value, "{field}: {row}");
    }
    assert_eq!(row["cstInfo"][0]["shpmtShppcst"], "3000", "the delivery is no longer free");
    let today = row["ordCnclDts"].as_str().and_then(|at| at.get(..10)).expect("a date-time").replace('-', "");
    let period = json!({"request": {"perdStrDts": today, "perdEndDts": today}});
    assert_eq!(read(asking(&shop, &own).json(&period)).await.json, answer.json);

    let xml = format!("<request><orordNo>{ORDER}</orordNo></request>");
    let in_xml = read(asking(&shop, &own).header("Content-Type", "application/xml").body(xml)).await;
    assert_eq!(in_xml.headers["content-type"].to_str().ok(), Some("application/xml"), "{}", in_xml.text);
    for part in [
        "<resultCode>00</resultCode>",
        &format!("<ordNo>{claim_no}</ordNo>"),
        "<clmRsnCntt>&lt;작아요&gt; &amp; 더</clmRsnCntt>",
        "<shpmtShppcst>3000</shpmtShppcst>",
    ] {
        assert!(in_xml.text.contains(part), "{part}: {}", in_xml.text);
    }
    assert_eq!(in_xml.text.matches("<data>").count(), 1);

    let of_other = ask_for_order(&shop, &other).await;
    assert_eq!((of_other.status, &of_other.json["result"]["data"]), (200, &json!([])), "{}", of_other.text);
    for bad in
        ["", "nobody's", &format!("Bearer {own}"), &shop.service(), &format!("Bearer {}", shop.admin())]
    {
        let refused = ask_for_order(&shop, bad).await;
        assert_eq!(refused.status, 401, "{}", refused.text);
        assert!(refused.json["result"]["resultCode"].is_string(), "{}", refused.text);
        assert!(!refused.text.contains("홍길동"));
    }
    assert_eq!(shop.post(&format!("/api/order{INQUIRY}"), "", &period).await.status, 404, "bare only");
}

#[actix_web::test]
async fn a_vendor_sees_what_comes_back_and_of_whom_it_is_fetched() {
    let (stack, shop) = returns::delivered().await;
    let (own, other) = (key_of(&stack, "E0001").await, key_of(&stack, "E0002").await);
    let claim_no = returns::asked(&shop, &request(ORDER, 1)).await;
    returns::collect(&shop, &claim_no).await;
    let body = json!({"requestExchangeTarget": {"commType": "03", "commValue": claim_no}});
    let ask = async |path: &str, key: &str| {
        read(shop.request(Method::POST, path, "").header("Authorization", key).json(&body)).await
    };
    let answer = ask(EXCHANGE_TARGETS, &own).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let row = &answer.json["result"]["exchangeTargets"][0]["exchangeTarget"][0];
    for (field, value) in [
        ("shppDivDtlCd", "21"),
        ("orordNo", ORDER),
        ("shppNo", claim_no.as_str()),
        ("lastShppProgStatDtlCd", "64"),
        ("wblNo", "6012345"),
        ("ordpeNm", "홍길동"),
        ("rcptpeNm", "홍길동"),
    ] {
        assert_eq!(row[field], value, "{field}: {}", answer.text);
    }
    let of_other = ask(EXCHANGE_TARGETS, &other).await;
    assert_eq!((of_other.status, &of_other.json["result"]["exchangeTargets"]), (200, &json!([])));
    assert_eq!(ask(EXCHANGE_TARGETS, &format!("Bearer {own}")).await.status, 401);
    assert_eq!(ask(&format!("/api/order{EXCHANGE_TARGETS}"), &own).await.status, 404, "bare only");
}
