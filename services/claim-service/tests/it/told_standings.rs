//! member-service hears where claims stand, and what each takes or holds of its order's lines.

use contract::operations::claim::{ORD_CHANGE_FO, WITHDRAWAL_RETURN_FO};
use serde_json::{Value, json};
use test_kit::identity::{guest, member};

use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{delivered, exchange_of, inspection, number_in, return_of, row};
use crate::member::{GUEST_ORDER, MEMBER, ORDER};
use crate::quote::request;
use crate::stand_in::Mood;

const TOLD: &str = "/internal/claimStandings";

/// Status, stage, and of each line how many units it takes, holds and has accepted.
type Standing = (String, String, Vec<[i64; 3]>);

impl TestApp {
    fn standing(&self, claim_no: &str) -> Option<Value> {
        self.member.0.world().standings.get(claim_no).cloned()
    }

    async fn until_stands(&self, claim_no: &str, expected: (&str, &str, &[[i64; 3]])) -> Value {
        let expected: Standing = (expected.0.to_owned(), expected.1.to_owned(), expected.2.to_vec());
        self.until(|app| app.standing(claim_no).is_some_and(|told| read(&told) == expected)).await;
        self.standing(claim_no).expect("it was told a moment ago")
    }
}

fn read(told: &Value) -> Standing {
    let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    let goods = told["goodsList"].as_array().cloned().unwrap_or_default();
    let units = |one: &Value| ["takeQty", "holdQty", "acptQty"].map(|name| one[name].as_i64().unwrap_or(-1));
    (text("claimStatCd"), text("claimStgCd"), goods.iter().map(units).collect())
}

#[actix_web::test]
async fn a_return_holds_its_units_until_it_has_taken_them_or_given_them_up() {
    let app = delivered().await;
    let withdrawn = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.until_stands(&withdrawn, ("20", "10", &[[0, 2, 2]])).await;
    let asked = json!({"ordNo": ORDER, "claimNo": withdrawn});
    assert_eq!(app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &asked).await.status, 200);
    app.until_stands(&withdrawn, ("90", "30", &[])).await;
    let settled = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&settled).await;
    app.settle(&settled, true).await;
    let told = app.until_stands(&settled, ("30", "30", &[[1, 0, 1]])).await;
    assert_eq!(
        told,
        json!({"claimNo": settled, "ordNo": ORDER, "claimBusinessType": "20", "claimStatCd": "30", "claimStgCd": "30",
            "reqDtm": "2026-08-10T12:00:00+09:00", "mvDtm": "2026-08-10T12:00:00+09:00",
            "goodsList": [{"ordSeq": 1, "itmNo": "001", "exchItmNo": null, "exchItmNm": null, "takeQty": 1, "holdQty": 0,
                "acptQty": 1}]})
    );
}

#[actix_web::test]
async fn an_exchange_holds_its_units_until_they_have_become_others() {
    let app = delivered().await;
    let exchanged = number_in(&app.ask_exchange(&exchange_of("272", 2, "002")).await, "20");
    app.until_stands(&exchanged, ("20", "10", &[[0, 2, 2]])).await;
    app.collect(&exchanged).await;
    number_in(&app.inspect(&inspection(&exchanged, &[row(2, 0)])).await, "20");
    let told = app.until_stands(&exchanged, ("20", "20", &[[0, 2, 2]])).await;
    assert_eq!(told["mvDtm"], Value::Null);
    number_in(&app.ship(&exchanged, "15", None).await, "30");
    let told = app.until_stands(&exchanged, ("30", "30", &[[0, 0, 2]])).await;
    assert_eq!((&told["goodsList"][0]["exchItmNo"], told["mvDtm"].is_string()), (&json!("002"), true));
}

#[actix_web::test]
async fn guests_claims_option_changes_and_what_other_systems_took_are_told_of_too() {
    let app = TestApp::spawn().await;
    app.member.0.feels(TOLD, Mood::LosesFirst(1));
    let of_guest = app.cancel(&guest(GUEST_ORDER), &request(GUEST_ORDER, "251", &[(1, 2)])).await;
    let of_guest = number_in(&of_guest, "30");
    app.put_goods("10002552", &[("001", 5), ("002", 5)]).await;
    let other_item = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    let changed = app.service.post(ORD_CHANGE_FO.path, &member(MEMBER), &other_item).await;
    let changed = changed.payload()["claimNo"].as_str().expect("a claim has a number").to_owned();
    let imported = json!({"claimNo": "20260802C000001", "ordNo": ORDER, "claimBusinessType": "20", "claimStatCd": "20",
        "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00", "goodsList": [{"ordSeq": 1, "claimQty": 1}]});
    let import = async |claim: Value| {
        let answer = app
            .service
            .post("/v1/claim/claims", &test_kit::identity::service("shop"), &json!({"claims": [claim]}))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    };
    import(imported.clone()).await;
    app.until_stands(&of_guest, ("30", "30", &[[2, 0, 2]])).await;
    app.until_stands(&changed, ("30", "30", &[])).await;
    let told = app.until_stands("20260802C000001", ("20", "10", &[[1, 0, 1]])).await;
    assert_eq!(told["goodsList"][0]["itmNo"], Value::Null);
    import(with(imported, "claimStatCd", json!("90"))).await;
    app.until_stands("20260802C000001", ("90", "30", &[])).await;
}
