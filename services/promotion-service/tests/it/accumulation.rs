//! A checkout asks what an order will earn.

use commerce::MemberGrade;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, anonymous, guest, member, member_of_grade, on_site, service};
use test_kit::service::read;

use crate::app::*;

fn bag(amount: i64) -> Value {
    let mut bag = goods("G1", amount);
    bag["brandNo"] = json!("B02");
    bag
}

/// 55,000 of brand B02 and 10,001 earn 650 at 1 %, 975 at 1.5 % over 30,000 and, the first alone, 1,375 at 2.5 %.
#[actix_web::test]
async fn a_checkout_is_told_what_every_kind_earns_and_who_bears_it() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let mut body = basket(&[bag(60_000), goods("G2", 10_001)]);
    body["benefitOrderPromotionInfo"] = json!({
        "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "01", "dcRateAmt": 5000, "dcAmt": 5000,
        "goods": [
            {"goodsNo": "G1", "itmNo": "001", "dcAmt": 5000},
            // Not in the basket, so it takes nothing off.
            {"goodsNo": "G1", "itmNo": "002", "dcAmt": 50000},
        ],
    });
    let answer = app.accumulate(&body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let row = |goods_no: &str, amount: i64| json!({"goodsNo": goods_no, "itmNo": "001", "accmAmt": amount});
    assert_eq!(
        answer.json,
        json!({
            "totalAccmAmt": 3_000,
            "accmList": [
                {
                    "accmGbCd": "21", "accmRate": 1, "accmAmt": 650, "promoNo": "A21", "promoNm": "주문적립",
                    "promoTypCd": null, "ourChrgRate": 100, "entrChrgRate": 0, "fixamtFxrtGbCd": "02",
                    "rsrvStdAmt": 65_001, "goodsAccmList": [row("G1", 550), row("G2", 100)],
                },
                {
                    "accmGbCd": "22", "accmRate": number("1.5"), "accmAmt": 975, "promoNo": "A22",
                    "promoNm": "회원등급적립", "promoTypCd": null, "ourChrgRate": 100, "entrChrgRate": 0,
                    "fixamtFxrtGbCd": "02", "rsrvStdAmt": 30_000, "goodsAccmList": [row("G1", 825), row("G2", 150)],
                },
                {
                    "accmGbCd": "24", "accmRate": number("2.5"), "accmAmt": 1_375, "promoNo": "A24",
                    "promoNm": "가방 추가적립", "promoTypCd": "40", "ourChrgRate": 50, "entrChrgRate": 50,
                    "fixamtFxrtGbCd": "02", "rsrvStdAmt": 55_000, "goodsAccmList": [row("G1", 1_375)],
                },
            ],
        })
    );
    assert!(answer.text.contains(r#""accmRate":2.5"#), "the rate is a number as it was put: {}", answer.text);
}

#[actix_web::test]
async fn a_basket_without_goods_and_a_site_without_a_policy_earn_nothing() {
    let app = TestApp::start().await;
    let nothing = json!({"totalAccmAmt": 0, "accmList": []});
    assert_eq!(app.accumulate(&basket(&[bag(60_000)])).await.json, nothing);
    app.policy(&policy()).await;
    assert_eq!(app.accumulate(&basket(&[])).await.json, nothing);
    let other_site = on_site(member(MEMBER), "2");
    assert_eq!(app.service.post(ACCUMULATION, &other_site, &basket(&[bag(60_000)])).await.json, nothing);
}

#[actix_web::test]
async fn members_ask_for_themselves_and_staff_for_any() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let body = basket(&[goods("G1", 10_000)]);
    for caller in [member(MEMBER), agent("a1"), admin("a2"), service("shop")] {
        let answer = app.service.post(ACCUMULATION, &caller, &body).await;
        assert_eq!((answer.status, answer.json["totalAccmAmt"].as_i64()), (200, Some(100)), "{caller:?}");
    }
    for caller in [member("100009999"), guest(ORDER), anonymous()] {
        let answer = app.service.post(ACCUMULATION, &caller, &body).await;
        assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{caller:?}");
    }
    // It is a quote: the grade asked about need not be the token's.
    let silver = member_of_grade(MEMBER, MemberGrade::Family);
    let answer = app.service.post(ACCUMULATION, &silver, &basket(&[goods("G1", 40_000)])).await;
    assert_eq!(answer.json["totalAccmAmt"], json!(400 + 600));
}

/// What the order was promised counts, not today's policy: 1 % and, for the goods that names it, 3 %.
#[actix_web::test]
async fn a_claim_is_computed_with_what_the_order_was_promised() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let promised = |reason: &str, promotion: &str, rate: &str| {
        json!({
            "accmGbCd": reason, "promoNo": promotion, "promoNm": "주문 당시", "ourChrgRate": 30,
            "entrChrgRate": 70, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 0, "accmRate": number(rate),
        })
    };
    let mut named = goods("G1", 10_000);
    named["promoNo"] = json!("OLD");
    let mut body = basket(&[named, goods("G2", 10_000), goods("G9", 10_000)]);
    body["ordAccmList"] = json!([
        promised("24", "OLD", "3"),
        promised("21", "A21", "0.5"),
        // These are no accumulation of an order; their rates are not looked at.
        promised("50", "A50", "500"),
        promised("29", "A29", "500"),
        promised("58", "A58", "500"),
        promised("23", "A23", "500"),
    ]);
    let answer = app.accumulate(&body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let seen: Vec<(&str, i64, i64)> = answer.json["accmList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["promoNo"].as_str().unwrap(),
                row["accmAmt"].as_i64().unwrap(),
                row["entrChrgRate"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(seen, [("A21", 100, 70), ("OLD", 300, 70)]);

    body["ordAccmList"] = json!([]);
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(0));
    body["ordAccmList"] = Value::Null;
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(200), "null is no claim");
}

/// 21 and 22 on 95,001, and 2.5 % of the two bags' 85,000: sent back with what it promised, under a policy that has changed
/// since, the order earns the same to the won, goods by goods.
#[actix_web::test]
async fn an_order_sent_back_whole_as_a_claim_earns_what_it_was_promised() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let mut other_bag = bag(30_000);
    other_bag["itmNo"] = json!("002");
    let mut body = basket(&[bag(60_000), goods("G2", 10_001), other_bag]);
    body["benefitOrderPromotionInfo"] = json!({
        "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "01", "dcAmt": 5000, "goods": [{"goodsNo": "G1", "itmNo": "001", "dcAmt": 5000}],
    });
    let order = app.accumulate(&body).await.json;
    assert_eq!(order["totalAccmAmt"], json!(950 + 1_425 + 2_125));

    let mut later = policy();
    later["base"]["accmRate"] = number("9");
    later["grades"] = json!([]);
    later["goodsMileages"] = json!([mileage("B24")]);
    app.policy(&later).await;
    assert_ne!(app.accumulate(&body).await.json, order);
    body["ordAccmList"] = order["accmList"].clone();
    for place in [0, 2] {
        body["goodsList"][place]["promoNo"] = json!("A24");
    }
    assert_eq!(app.accumulate(&body).await.json, order);
}

/// The cap of 10,000 holds for a claim although the policy has dropped the promotion since.
#[actix_web::test]
async fn a_claim_is_capped_by_a_promotion_that_has_ended() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let mut named = bag(1_000_000);
    named["promoNo"] = json!("A24");
    let mut body = basket(&[named]);
    body["ordAccmList"] = json!([{
        "accmGbCd": "24", "promoNo": "A24", "promoNm": "가방 추가적립", "ourChrgRate": 50, "entrChrgRate": 50,
        "fixamtFxrtGbCd": "02", "rsrvStdAmt": 1_000_000, "accmRate": number("2.5"),
    }]);
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(10_000));
    let mut without = policy();
    without["goodsMileages"] = json!([mileage("B24")]);
    app.policy(&without).await;
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(10_000));
    // It comes back without a cap: 2.5 % of a million.
    let mut uncapped = policy();
    uncapped["goodsMileages"][0]["maxAccmAmt"] = Value::Null;
    app.policy(&uncapped).await;
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(25_000));
    app.policy(&without).await;
    assert_eq!(app.accumulate(&body).await.json["totalAccmAmt"], json!(25_000));
}

#[actix_web::test]
async fn amounts_near_a_trillion_are_exact() {
    const MOST: i64 = 1_000_000_000_000;
    let app = TestApp::start().await;
    let mut policy = policy();
    policy["base"]["accmRate"] = number("99.99");
    app.policy(&policy).await;
    let answer = app.accumulate(&basket(&[goods("G1", MOST), goods("G2", MOST - 1)])).await;
    // 99.99 % of 1,999,999,999,999 is 1,999,799,999,999.0001.
    assert_eq!(answer.json["accmList"][0]["accmAmt"], json!(1_999_799_999_999_i64));
    // A thousand goods of a trillion each: the sum times the rate is beyond 64 bits, and still nothing is lost.
    let thousand: Vec<Value> = (0..1_000).map(|index| goods(&format!("M{index}"), MOST)).collect();
    let answer = app.accumulate(&basket(&thousand)).await;
    let entry = &answer.json["accmList"][0];
    assert_eq!(entry["accmAmt"], json!(999_900_000_000_000_i64));
    assert!(
        entry["goodsAccmList"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["accmAmt"] == json!(999_900_000_000_i64))
    );
    let beyond = app.accumulate(&basket(&[goods("G1", MOST + 1), goods("G2", -1)])).await;
    assert_eq!(beyond.fields(), ["goodsList[0].purchaseAmt", "goodsList[1].purchaseAmt"]);
}

#[actix_web::test]
async fn goods_come_once_and_a_thousand_at_most() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let many =
        |count: usize| -> Vec<Value> { (0..count).map(|index| goods(&format!("M{index}"), 100)).collect() };
    let thousand = app.accumulate(&basket(&many(1_000))).await;
    assert_eq!(thousand.json["accmList"][0]["accmAmt"], json!(1_000));
    let too_many = app.accumulate(&basket(&many(1_001))).await;
    assert_eq!((too_many.status, too_many.fields()), (900, vec!["goodsList[1000]"]));

    let twice = app.accumulate(&basket(&[goods("G1", 1), goods("G2", 1), goods("G1", 1)])).await;
    assert_eq!((twice.code(), twice.fields()), ("VALIDATION", vec!["goodsList[2]"]));
    let mut other_item = goods("G1", 1);
    other_item["itmNo"] = json!("002");
    assert_eq!(app.accumulate(&basket(&[goods("G1", 1), other_item])).await.status, 200);
}

#[actix_web::test]
async fn what_cannot_be_read_hides_nothing_that_the_rules_refuse() {
    let app = TestApp::start().await;
    let mut body = basket(&[goods("G1", 1_000), goods("G2", -1)]);
    body["mbrGradeCd"] = json!("60");
    let answer = app.accumulate(&body).await;
    assert_eq!((answer.status, answer.code()), (900, "VALIDATION"));
    assert_eq!(answer.fields(), ["mbrGradeCd", "goodsList[1].purchaseAmt"]);
}

#[actix_web::test]
async fn what_is_wrong_is_named_by_its_field() {
    let app = TestApp::start().await;
    let promised = json!([{
        "accmGbCd": "21", "promoNo": "A21", "promoNm": "주문적립", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "02", "rsrvStdAmt": 0, "accmRate": 1,
    }]);
    let check = async |spoil: &dyn Fn(&mut Value), field: &str| {
        let mut body = basket(&[goods("G1", 1_000)]);
        body["ordAccmList"] = promised.clone();
        spoil(&mut body);
        let answer = app.accumulate(&body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec![field]));
    };
    check(&|body| body["mbrNo"] = json!("M1"), "mbrNo").await;
    check(&|body| body["mbrGradeCd"] = json!("60"), "mbrGradeCd").await;
    check(&|body| body["ordMediaCd"] = json!(20), "ordMediaCd").await;
    check(&|body| body["baseDtm"] = json!("2026-08-01"), "baseDtm").await;
    check(&|body| body["goodsList"] = json!({}), "goodsList").await;
    check(&|body| body["goodsList"][0]["goodsNo"] = json!("상품"), "goodsList[0].goodsNo").await;
    check(&|body| body["goodsList"][0]["purchaseAmt"] = number("1000.0"), "goodsList[0].purchaseAmt").await;
    check(&|body| body["ordAccmList"][0]["accmGbCd"] = json!("25"), "ordAccmList[0].accmGbCd").await;
    check(&|body| body["ordAccmList"][0]["accmRate"] = number("100.01"), "ordAccmList[0].accmRate").await;
    check(&|body| body["ordAccmList"][0]["accmRate"] = number("0.005"), "ordAccmList[0].accmRate").await;
    check(&|body| body["ordAccmList"][0]["fixamtFxrtGbCd"] = json!("03"), "ordAccmList[0].fixamtFxrtGbCd")
        .await;
    check(&|body| body["ordAccmList"][0]["fixamtFxrtGbCd"] = json!("01"), "ordAccmList[0].fixamtFxrtGbCd")
        .await;
    let twice = |body: &mut Value| {
        let first = body["ordAccmList"][0].clone();
        body["ordAccmList"].as_array_mut().unwrap().push(first);
    };
    check(&twice, "ordAccmList[1]").await;
    for kind in ["22", "24"] {
        let twice = |body: &mut Value| {
            body["ordAccmList"][0]["accmGbCd"] = json!(kind);
            let first = body["ordAccmList"][0].clone();
            body["ordAccmList"].as_array_mut().unwrap().push(first);
        };
        check(&twice, "ordAccmList[1]").await;
    }
}

#[actix_web::test]
async fn rates_come_back_as_they_were_put_to_the_last_digit() {
    let app = TestApp::start().await;
    let mut policy = policy();
    policy["base"]["accmRate"] = number("0.57");
    app.policy(&policy).await;
    let answer = app.accumulate(&basket(&[goods("G1", 10_000)])).await;
    // 0.57 × 100 is 56.99… as a double.
    assert_eq!(answer.json["accmList"][0]["accmAmt"], json!(57));
    assert!(answer.text.contains(r#""accmRate":0.57,"#), "{}", answer.text);
}

#[actix_web::test]
async fn it_asks_only_so_a_key_is_no_matter() {
    let app = TestApp::start().await;
    let request = app.service.request(Method::POST, ACCUMULATION, &member(MEMBER));
    let answer = read(request.header("Idempotency-Key", "k1").json(&basket(&[]))).await;
    assert_eq!(answer.status, 200);
}
