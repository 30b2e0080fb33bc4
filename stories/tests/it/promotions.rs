//! What an order earns, uses and is paid with, from the checkout's question to the member's own books.

use local_stack::environment::Process;
use reqwest::Method;
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, TestAnswer, contract_order};
use test_kit::service::read;

use crate::wait::until;

const MEMBER: &str = "100001311";
const STRANGER: &str = "100009999";
const ORDER: &str = "20260801O000001";
const ACCUMULATION: &str = "/api/order/v1/marketing/promotionAccumulation";
const COUPONS: &str = "/v1/marketing/coupons";
const MILEAGE: &str = "/v1/marketing/mileage";

/// 1 % of everything, for gold 1.5 % over 30,000, and 2.5 % for brand B01, half of it the vendor's.
async fn put_policy(shop: &Storefront) {
    let policy = json!({
        "base": {"promoNo": "A21", "promoNm": "주문적립", "accmRate": 1},
        "grades": [{
            "promoNo": "A22", "promoNm": "회원등급적립", "mbrGradeCd": "30", "rsrvStdAmt": 30_000, "accmRate": number("1.5"),
        }],
        "goodsMileages": [{
            "promoNo": "A24", "promoNm": "브랜드 추가적립", "strDtm": "2026-08-01T00:00:00", "endDtm": "2026-08-31T23:59:59",
            "fixamtFxrtGbCd": "02", "accmRate": number("2.5"), "ourChrgRate": 50, "entrChrgRate": 50,
            "targets": [{"targetTypCd": "BRAND", "targetNo": "B01"}],
        }],
    });
    let request = shop.request(Method::PUT, "/v1/marketing/accumulationPolicies/1", &shop.service());
    let answer = read(request.json(&policy)).await;
    assert_eq!(answer.payload(), &json!({"siteNo": "1", "policyVer": 1}), "{}", answer.text);
}

/// A number kept as it is written.
fn number(text: &str) -> Value {
    serde_json::from_str(text).expect("a number is JSON")
}

async fn issue_coupons(shop: &Storefront) {
    let coupon = |number: &str, promotion: &str, kind: &str| {
        json!({
            "cpnIsuNo": number, "promoNo": promotion, "promoNm": "쿠폰", "promoTypCd": kind, "mbrNo": MEMBER,
            "validEndDtm": "2099-12-31T23:59:59+09:00", "useStatCd": "10", "ordNo": null,
        })
    };
    let coupons =
        [coupon("CI0001", "P11", "11"), coupon("CI0002", "P12", "12"), coupon("CI0003", "P13", "13")];
    let answer = shop.post(COUPONS, &shop.service(), &json!({ "coupons": coupons })).await;
    assert_eq!(answer.payload(), &json!({"created": 3, "unchanged": 0}), "{}", answer.text);
}

/// The checkout of [`contract_order`]: 60,000 less a goods coupon of 6,000, and a cart coupon's share of 5,000.
fn checkout() -> Value {
    json!({
        "mbrNo": MEMBER, "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": "2026-08-01T10:00:00+09:00",
        "goodsList": [{
            "goodsNo": "10002552", "itmNo": "001", "purchaseAmt": 54_000, "stdCtgNo": "S0101", "dispCtgNo": "C0101",
            "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001",
        }],
        "benefitOrderPromotionInfo": {
            "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12", "ourChrgRate": 100, "entrChrgRate": 0,
            "fixamtFxrtGbCd": "01", "dcAmt": 5_000, "goods": [{"goodsNo": "10002552", "itmNo": "001", "dcAmt": 5_000}],
        },
    })
}

/// The order as the shop hands it in: with what the checkout was told.
fn order_with(accumulation: &Value) -> Value {
    let mut order = contract_order();
    let mut entries = accumulation["accmList"].clone();
    for entry in entries.as_array_mut().expect("an answer has a list") {
        entry["goodsAccmList"][0]["ordSeq"] = json!(1);
    }
    order["ordAccmList"] = entries;
    order
}

async fn balance(shop: &Storefront) -> Option<i64> {
    shop.get(MILEAGE, &shop.member(MEMBER)).await.payload()["balance"].as_i64()
}

fn movements(answer: &TestAnswer) -> Vec<(String, i64, String)> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows = answer.payload()["list"].as_array().expect("a book has a list");
    let mut movements: Vec<_> = rows
        .iter()
        .map(|row| (text(row, "rsnCd"), row["amt"].as_i64().unwrap_or_default(), text(row, "ordNo")))
        .collect();
    movements.sort();
    movements
}

/// On 49,000: 490 and 735 and 1,225. The order was paid with 3,000 of mileage besides.
#[actix_web::test]
async fn what_the_checkout_is_told_is_what_the_member_gets_and_the_order_uses_its_coupons() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    put_policy(&shop).await;
    issue_coupons(&shop).await;
    let told = shop.post(ACCUMULATION, &shop.member(MEMBER), &checkout()).await;
    assert_eq!((told.status, &told.json["totalAccmAmt"]), (200, &json!(490 + 735 + 1_225)), "{}", told.text);
    let bare = shop.post("/v1/marketing/promotionAccumulation", &shop.member(MEMBER), &checkout()).await;
    assert_eq!(bare.text, told.text, "with and without its prefix");

    let order = order_with(&told.json);
    shop.take_in(std::slice::from_ref(&order)).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(2_450 - 3_000)).await;
    shop.take_in(&[order]).await;
    let book = shop.get(MILEAGE, &shop.member(MEMBER)).await;
    let row = |reason: &str, amount| (reason.to_owned(), amount, ORDER.to_owned());
    let expected = [row("21", 490), row("22", 735), row("24", 1_225), row("50", -3_000)];
    assert_eq!(movements(&book), expected, "sent again, it is there once");

    let coupons = shop.get(COUPONS, &shop.member(MEMBER)).await;
    let list: Vec<(&Value, &Value, &Value)> = coupons.payload()["list"]
        .as_array()
        .expect("there is a list")
        .iter()
        .map(|coupon| (&coupon["cpnIsuNo"], &coupon["useStatCd"], &coupon["ordNo"]))
        .collect();
    let (used, usable, of_order) = (json!("20"), json!("10"), json!(ORDER));
    let expected = [
        (&json!("CI0001"), &used, &of_order),
        (&json!("CI0002"), &used, &of_order),
        (&json!("CI0003"), &usable, &Value::Null),
    ];
    assert_eq!(list, expected);
}

#[actix_web::test]
async fn an_order_taken_while_the_promotion_service_is_down_is_recorded_once_it_is_back() {
    let down = vec![Process::Promotion];
    let mut stack = Stack::start_with(Options { down, ..Options::default() }).await;
    let shop = stack.storefront();
    let accumulation = json!({"accmList": [{
        "accmGbCd": "21", "accmRate": 1, "accmAmt": 490, "promoNo": "A21", "promoNm": "주문적립", "promoTypCd": null,
        "ourChrgRate": 100, "entrChrgRate": 0, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 49_000,
        "goodsAccmList": [{"goodsNo": "10002552", "itmNo": "001", "accmAmt": 490}],
    }]});
    shop.take_in(&[order_with(&accumulation)]).await;
    assert_eq!(shop.get(MILEAGE, &shop.member(MEMBER)).await.status, 503);
    stack.start_service(Process::Promotion).await;
    until("the order is recorded", async || balance(&shop).await == Some(490 - 3_000)).await;
}

#[actix_web::test]
async fn members_see_their_own_coupons_and_mileage_agents_anybodys_and_guests_none() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    put_policy(&shop).await;
    issue_coupons(&shop).await;
    shop.take_in(&[contract_order()]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;

    for path in [COUPONS, MILEAGE] {
        let named = format!("{path}?mbrNo={MEMBER}");
        let own = shop.get(path, &shop.member(MEMBER)).await;
        assert_eq!(own.status, 200, "{path}: {}", own.text);
        for caller in [shop.member(MEMBER), shop.agent(), shop.admin(), shop.service()] {
            assert_eq!(shop.get(&named, &caller).await.payload(), own.payload(), "{path}");
        }
        for caller in [shop.agent(), shop.admin(), shop.service()] {
            let unnamed = shop.get(path, &caller).await;
            assert_eq!((unnamed.status, unnamed.fields()), (900, vec!["mbrNo"]), "{path}");
        }
        for caller in [shop.member(STRANGER), shop.guest(ORDER)] {
            let answer = shop.get(&named, &caller).await;
            assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{path}");
        }
        let nobodys = shop.get(&format!("{path}?mbrNo=100000000"), &shop.member(MEMBER)).await;
        assert_eq!(nobodys.status, 403, "{path}: there is nothing to find out");
        assert_eq!(shop.get(&named, "").await.status, 401, "{path}");
        let stranger = shop.get(path, &shop.member(STRANGER)).await;
        assert_eq!(stranger.payload()["list"], json!([]), "{path}");
    }
}

#[actix_web::test]
async fn an_accumulation_is_asked_for_by_the_member_itself_or_by_staff() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    put_policy(&shop).await;
    for caller in [shop.member(MEMBER), shop.agent(), shop.admin(), shop.service()] {
        let answer = shop.post(ACCUMULATION, &caller, &checkout()).await;
        assert_eq!((answer.status, &answer.json["totalAccmAmt"]), (200, &json!(2_450)), "{}", answer.text);
    }
    for caller in [shop.member(STRANGER), shop.guest(ORDER)] {
        let answer = shop.post(ACCUMULATION, &caller, &checkout()).await;
        assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"));
    }
    let nobody = shop.post(ACCUMULATION, "", &checkout()).await;
    assert_eq!((nobody.status, nobody.code()), (401, "UNAUTHORIZED"));
    let elsewhere = shop.member_on_site(MEMBER, "2");
    let answer = shop.post(ACCUMULATION, &elsewhere, &checkout()).await;
    assert_eq!(answer.json, json!({"totalAccmAmt": 0, "accmList": []}), "the token's site has no policy");
    let mut bad = checkout();
    bad["goodsList"][0]["purchaseAmt"] = json!(-1);
    let refused = shop.post(ACCUMULATION, &shop.member(MEMBER), &bad).await;
    assert_eq!((refused.status, refused.fields()), (900, vec!["goodsList[0].purchaseAmt"]));
}

#[actix_web::test]
async fn policies_and_issues_are_for_services_and_admins() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    put_policy(&shop).await;
    let path = "/v1/marketing/accumulationPolicies/1";
    for (caller, expected) in [
        (shop.service(), 200),
        (shop.admin(), 200),
        (shop.agent(), 403),
        (shop.member(MEMBER), 403),
        (shop.guest(ORDER), 403),
        (String::new(), 401),
    ] {
        assert_eq!(shop.get(path, &caller).await.status, expected);
        let put = read(shop.request(Method::PUT, path, &caller).json(&json!({}))).await;
        assert_eq!(put.status, expected, "{}", put.text);
        let issued = shop.post(COUPONS, &caller, &json!({"coupons": []})).await;
        assert_eq!(issued.status, expected, "{}", issued.text);
    }
    assert_eq!(shop.get(&format!("/api/order{path}"), &shop.admin()).await.status, 200);
}

/// What services tell each other has no way in for anybody else: not at the gateway, not past it.
#[actix_web::test]
async fn nobody_but_a_sister_service_moves_coupons_and_mileage() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let direct = reqwest::Client::new();
    for path in [
        "/internal/orders",
        "/internal/coupons/restore",
        "/internal/coupons/hold",
        "/internal/coupons/release",
        "/internal/accumulation/takeBack",
        "/internal/mileage/restore",
    ] {
        for token in [shop.service(), shop.admin(), String::new()] {
            for routed in [path.to_owned(), format!("/api/order{path}"), format!("/v1{path}")] {
                assert_eq!(shop.post(&routed, &token, &json!({})).await.status, 404, "{routed}");
            }
            let past_the_gateway = format!("{}{path}", stack.url(Process::Promotion));
            let answer = read(direct.post(past_the_gateway).bearer_auth(&token).json(&json!({}))).await;
            assert_eq!(answer.status, 401, "{path}: {}", answer.text);
        }
    }
}
