//! An operator puts policies; every version stays readable and the last one counts.

use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, member, service};
use test_kit::service::read;

use crate::app::*;

async fn earns(app: &TestApp) -> i64 {
    app.accumulate(&basket(&[goods("G1", 10_000)])).await.json["totalAccmAmt"].as_i64().unwrap()
}

fn with_base(rate: &str) -> Value {
    let mut policy = policy();
    policy["base"]["accmRate"] = number(rate);
    policy
}

#[actix_web::test]
async fn what_was_put_is_what_is_read() {
    let app = TestApp::start().await;
    let unknown = app.get_policy("1").await;
    assert_eq!((unknown.status, unknown.code()), (900, "POLICY_NOT_FOUND"));

    let mut policy = policy();
    policy["grades"][0]["accmRate"] = number("0.07");
    policy["goodsMileages"].as_array_mut().unwrap().push(json!({
        "promoNo": "F24", "promoNm": "상품당 500원", "strDtm": "2026-08-01T00:00:00.123456789+09:00",
        "endDtm": "2026-08-31T23:59:59+09:00", "fixamtFxrtGbCd": "01", "accmRate": 500, "maxAccmAmt": null,
        "mbrGradeCds": ["10", "50"], "ordMediaCds": ["60"],
        "targets": [
            {"targetTypCd": "GOODS", "targetNo": "G1"}, {"targetTypCd": "STD_CTG", "targetNo": "S1"},
            {"targetTypCd": "DISP_CTG", "targetNo": "C1"}, {"targetTypCd": "ENTR", "targetNo": "E1"},
            {"targetTypCd": "CHL", "targetNo": "1"}, {"targetTypCd": "ALL"},
        ],
        "ourChrgRate": 0, "entrChrgRate": 100,
    }));
    let put = app.put_policy("1", &policy).await;
    assert_eq!((put.status, put.payload()), (200, &json!({"siteNo": "1", "policyVer": 1})));
    let read = app.get_policy("1").await;
    assert_eq!(read.payload(), &policy);
    assert!(read.text.contains(r#""accmRate":0.07"#), "{}", read.text);

    let empty = json!({"base": null, "grades": [], "goodsMileages": [], "mileageExcludedGoods": []});
    assert_eq!(app.policy(&json!({})).await, 2);
    assert_eq!(app.get_policy("1").await.payload(), &empty);
    assert_eq!(app.get_policy("1?policyVer=1").await.payload(), &policy, "old versions stay readable");
    assert_eq!(app.get_policy("1?policyVer=3").await.code(), "POLICY_NOT_FOUND");
    assert_eq!(app.get_policy("1?policyVer=first").await.fields(), ["policyVer"]);
    assert_eq!(app.get_policy("2").await.code(), "POLICY_NOT_FOUND", "another site has its own");
}

#[actix_web::test]
async fn a_put_counts_from_its_answer_on_for_every_request_on_every_replica() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let body = basket(&[goods("G1", 10_000)]);
    for (version, rate, expected) in [(1, "1", 100), (2, "2", 200), (3, "3", 300)] {
        assert_eq!(app.policy(&with_base(rate)).await, version);
        assert_eq!(earns(&app).await, expected);
        let there = replica.post(ACCUMULATION, &member(MEMBER), &body).await;
        assert_eq!(there.json["totalAccmAmt"], json!(expected));
    }
}

#[actix_web::test]
async fn two_writers_at_once_get_versions_without_a_gap() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let path = "/v1/marketing/accumulationPolicies/1";
    let puts = (0..12).map(|index| {
        let service_at = if index % 2 == 0 { &app.service } else { &replica };
        let request = service_at.request(Method::PUT, path, &service("shop"));
        read(request.json(&with_base(&format!("{}", index + 1))))
    });
    let mut versions: Vec<i64> = futures(puts)
        .await
        .iter()
        .map(|answer| answer.payload()["policyVer"].as_i64().expect(&answer.text))
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=12).collect::<Vec<i64>>());
    let last = app.get_policy("1").await;
    assert_eq!(app.get_policy("1?policyVer=12").await.payload(), last.payload());
}

/// All at once, without a crate for it.
async fn futures<F>(all: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let tasks: Vec<_> = all.map(actix_web::rt::spawn).collect();
    let mut outputs = Vec::with_capacity(tasks.len());
    for task in tasks {
        outputs.push(task.await.unwrap());
    }
    outputs
}

#[actix_web::test]
async fn a_repeat_under_one_key_makes_one_version() {
    let app = TestApp::start().await;
    let put = async |key: &str, policy: &Value| {
        let request = app.service.request(Method::PUT, "/v1/marketing/accumulationPolicies/1", &admin("a1"));
        read(request.header("Idempotency-Key", key).json(policy)).await
    };
    let first = put("k1", &policy()).await;
    assert_eq!(put("k1", &policy()).await.text, first.text);
    assert_eq!(put("k2", &policy()).await.payload()["policyVer"], json!(2));
    assert_eq!(put("k1", &json!({})).await.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[actix_web::test]
async fn policies_are_for_admins_and_services() {
    let app = TestApp::start().await;
    let path = "/v1/marketing/accumulationPolicies/1";
    for caller in [member(MEMBER), agent("a1")] {
        assert_eq!(read(app.service.request(Method::PUT, path, &caller).json(&policy())).await.status, 403);
        assert_eq!(app.service.get(path, &caller).await.status, 403);
    }
    assert_eq!(read(app.service.request(Method::PUT, path, &admin("a1")).json(&policy())).await.status, 200);
    assert_eq!(app.service.get(path, &admin("a1")).await.status, 200);
}

#[actix_web::test]
async fn what_is_wrong_with_a_policy_is_named_by_its_field() {
    let app = TestApp::start().await;
    let check = async |spoil: &dyn Fn(&mut Value), fields: &[&str]| {
        let mut policy = policy();
        policy["goodsMileages"].as_array_mut().unwrap().push(mileage("B24"));
        spoil(&mut policy);
        let answer = app.put_policy("1", &policy).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", fields.to_vec()));
    };
    check(&|policy| policy["base"]["accmRate"] = number("100.01"), &["base.accmRate"]).await;
    check(&|policy| policy["base"]["accmRate"] = number("0.005"), &["base.accmRate"]).await;
    check(&|policy| policy["base"]["accmRate"] = number("-1"), &["base.accmRate"]).await;
    check(&|policy| policy["base"]["accmRate"] = json!("1"), &["base.accmRate"]).await;
    check(&|policy| policy["base"]["entrChrgRate"] = json!(1), &["base.entrChrgRate"]).await;
    check(&|policy| policy["base"]["ourChrgRate"] = json!(101), &["base.ourChrgRate"]).await;
    check(&|policy| policy["grades"][0]["mbrGradeCd"] = json!("60"), &["grades[0].mbrGradeCd"]).await;
    check(&|policy| policy["grades"][0]["rsrvStdAmt"] = json!(-1), &["grades[0].rsrvStdAmt"]).await;
    check(&|policy| policy["grades"][0]["entrChrgRate"] = Value::Null, &["grades[0].entrChrgRate"]).await;
    let second = |name: &'static str, value: Value| {
        move |policy: &mut Value| policy["goodsMileages"][1][name] = value.clone()
    };
    let field = |name: &str| format!("goodsMileages[1].{name}");
    check(&second("promoNo", json!("A24")), &[&field("promoNo")]).await;
    check(&second("promoNo", json!("A21")), &[&field("promoNo")]).await;
    check(&second("promoNo", json!("")), &[&field("promoNo")]).await;
    check(&second("accmRate", number("100.01")), &[&field("accmRate")]).await;
    check(&second("accmRate", number("2.505")), &[&field("accmRate")]).await;
    check(&second("fixamtFxrtGbCd", json!("01")), &[&field("accmRate")]).await;
    check(&second("fixamtFxrtGbCd", json!("03")), &[&field("fixamtFxrtGbCd")]).await;
    check(&second("maxAccmAmt", json!(-1)), &[&field("maxAccmAmt")]).await;
    check(&second("endDtm", json!("2026-07-31T23:59:59+09:00")), &[&field("endDtm")]).await;
    check(&second("strDtm", json!("soon")), &[&field("strDtm")]).await;
    check(&second("mbrGradeCds", json!(["30", "31"])), &[&field("mbrGradeCds[1]")]).await;
    check(&second("ordMediaCds", json!(["99"])), &[&field("ordMediaCds[0]")]).await;
    check(
        &second("targets", json!([{"targetTypCd": "SHOP", "targetNo": "1"}])),
        &[&field("targets[0].targetTypCd")],
    )
    .await;
    check(&second("targets", json!([{"targetTypCd": "CHL"}])), &[&field("targets[0].targetNo")]).await;
    check(&second("ourChrgRate", json!(60)), &[&field("entrChrgRate")]).await;
    check(&|policy| policy["mileageExcludedGoods"][0] = json!("상품"), &["mileageExcludedGoods[0]"]).await;
    // Several at once.
    check(
        &|policy| {
            policy["goodsMileages"][0]["endDtm"] = json!("2026-07-01T00:00:00+09:00");
            policy["goodsMileages"][1]["promoNo"] = json!("A24");
            policy["grades"][0]["promoNo"] = json!("A21");
        },
        &["grades[0].promoNo", "goodsMileages[0].endDtm", "goodsMileages[1].promoNo"],
    )
    .await;
    assert_eq!(app.get_policy("1").await.code(), "POLICY_NOT_FOUND", "none of it was taken");
    assert_eq!(app.put_policy("no site", &policy()).await.fields(), ["siteNo"]);
    let fixed_amount_of_a_trillion = second("accmRate", json!(1_000_000_000_000_i64));
    let mut largest = policy();
    largest["goodsMileages"].as_array_mut().unwrap().push(mileage("B24"));
    largest["goodsMileages"][1]["fixamtFxrtGbCd"] = json!("01");
    fixed_amount_of_a_trillion(&mut largest);
    app.policy(&largest).await;
    assert_eq!(app.get_policy("1").await.payload(), &largest);
}

#[actix_web::test]
async fn what_is_good_until_the_end_of_the_calendar_is_read_as_it_was_put() {
    let app = TestApp::start().await;
    let (first, last) = ("0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59.999999+09:00");
    let mut policy = policy();
    policy["goodsMileages"][0]["strDtm"] = json!(first);
    policy["goodsMileages"][0]["endDtm"] = json!(last);
    assert_eq!(app.put_policy("1", &policy).await.status, 200);
    assert_eq!(app.get_policy("1").await.payload(), &policy);
    for base in [first, last] {
        let mut basket = basket(&[goods("G1", 10_000)]);
        basket["baseDtm"] = json!(base);
        assert_eq!(app.accumulate(&basket).await.status, 200, "{base}");
    }
    for beyond in ["0000-12-31T23:59:59+09:00", "9999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"] {
        policy["goodsMileages"][0]["endDtm"] = json!(beyond);
        assert_eq!(app.put_policy("1", &policy).await.fields(), ["goodsMileages[0].endDtm"], "{beyond}");
    }
    let mut forever = coupon("CI0001");
    forever["validEndDtm"] = json!(last);
    assert_eq!(app.issue(&json!([forever])).await.payload(), &json!({"created": 1, "unchanged": 0}));
    assert_eq!(app.issue(&json!([forever])).await.payload(), &json!({"created": 0, "unchanged": 1}));
    forever["validEndDtm"] = json!("9999-12-31T23:59:59Z");
    assert_eq!(app.issue(&json!([forever])).await.fields(), ["coupons[0].validEndDtm"]);
}
