//! 비용정보 of what comes back: golden values, final or none.

use serde_json::json;

use super::*;
use crate::cancel::with;
use crate::goods_back::{delivered_as, exchange_of, inspection, number_in, paid, return_of, row};

/// The contract's order, with 30 % of 6,000 and half of 5,000 borne by the vendor:
/// V(x) = floor((6,000 × 30 + 5,000 × 50) × x / 300), 4,300 on three units, 2,866 on two, 1,433 on one.
async fn with_burdens() -> (TestApp, String) {
    let app = delivered_as(|order| {
        for (benefit, rate) in [("/goodsList/0/benefitList/0", 30), ("/ordPromotionList/0", 50)] {
            let benefit = order.pointer_mut(benefit).expect("a benefit");
            benefit["entrChrgRate"] = json!(rate);
            benefit["ourChrgRate"] = json!(100 - rate);
        }
    })
    .await;
    let key = key_of(&app, VENDOR).await;
    (app, key)
}

async fn settle(app: &TestApp, claim_no: &str) {
    let settled = app.settle(claim_no, true).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    app.details_in(ORDER, claim_no, "30").await;
}

/// kind 10, 20 and 30 of the claim, what the vendor is relieved of, and who bears the fee.
async fn costs(app: &TestApp, key: &str, claim_no: &str) -> [String; 5] {
    let row = row_of(app, key, claim_no).await;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let cost = &row["cstInfo"][0];
    [
        text(&cost["shpmtShppcst"]),
        text(&cost["retShppcst"]),
        text(&cost["exchShppcst"]),
        text(&cost["splVenBdnDcAmt"]),
        text(&row["shppcstBdnMainNm"]),
    ]
}

/// E1 and E2 of the contract.
#[actix_web::test]
async fn one_shirt_then_the_other_two() {
    let (app, key) = with_burdens().await;
    let first = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&first).await;
    assert_eq!(costs(&app, &key, &first).await, ["0", "0", "0", "0", ""], "nothing is final");
    settle(&app, &first).await;
    assert_eq!(costs(&app, &key, &first).await, ["3000", "3000", "0", "1434", "고객"]);
    let second = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.collect(&second).await;
    settle(&app, &second).await;
    assert_eq!(costs(&app, &key, &second).await, ["0", "3000", "0", "2866", "고객"]);
    // What came after changes nothing of what was told before.
    assert_eq!(costs(&app, &key, &first).await, ["3000", "3000", "0", "1434", "고객"]);
    let rows = rows_of_order(&app, &key).await;
    assert!(rows.iter().all(|row| row["refundYn"] == "Y" && row["resellPsblYn"] == "Y"), "{rows:?}");
}

/// E4 of the contract: the vendor bears the way back.
#[actix_web::test]
async fn what_was_defective_the_vendor_pays_for() {
    let (app, key) = with_burdens().await;
    let claim_no = number_in(&app.ask_return(&return_of("272", 3)).await, "20");
    app.collect(&claim_no).await;
    settle(&app, &claim_no).await;
    assert_eq!(costs(&app, &key, &claim_no).await, ["0", "3000", "0", "4300", "업체"]);
    assert_eq!(row_of(&app, &key, &claim_no).await["retImptMainNm"], "판매자");
}

/// E11 of the contract: what is refused relieves nobody.
#[actix_web::test]
async fn of_what_is_refused_in_part_only_the_rest_counts() {
    let (app, key) = with_burdens().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 1)])).await, "20");
    settle(&app, &claim_no).await;
    assert_eq!(costs(&app, &key, &claim_no).await, ["3000", "3000", "0", "1434", "고객"]);
}

/// E13 of the contract: our side bears what the carrier lost.
#[actix_web::test]
async fn what_the_carrier_lost_our_side_pays_for() {
    let (app, key) = with_burdens().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&claim_no).await;
    let lost = with(row(1, 0), "resellQty", json!(0));
    let lost = with(inspection(&claim_no, &[lost]), "imptDivCd", json!("30"));
    number_in(&app.inspect(&lost).await, "20");
    settle(&app, &claim_no).await;
    assert_eq!(costs(&app, &key, &claim_no).await, ["3000", "3000", "0", "1434", "자사"]);
    let row = row_of(&app, &key, &claim_no).await;
    assert_fields(&row, &[("retImptMainNm", "택배사"), ("resellPsblYn", "N"), ("refundYn", "Y")]);
}

#[actix_web::test]
async fn two_items_of_a_line_are_two_rows_and_one_cost() {
    let (app, key) = with_burdens().await;
    let exchange = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    app.collect(&exchange).await;
    number_in(&app.inspect(&inspection(&exchange, &[row(1, 0)])).await, "20");
    assert_eq!(costs(&app, &key, &exchange).await, ["0", "0", "6000", "0", "고객"]);
    number_in(&app.ship(&exchange, "15", None).await, "30");
    let goods =
        json!([{"ordSeq": 1, "itmNo": "002", "claimQty": 1}, {"ordSeq": 1, "itmNo": "001", "claimQty": 1}]);
    let asked = with(return_of("251", 1), "claimGoodsList", goods);
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    app.collect(&claim_no).await;
    settle(&app, &claim_no).await;
    let rows = rows(&ask(&app, &key, by_claim(&claim_no)).await);
    let seen: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| {
            let cost = &row["cstInfo"][0];
            let fields =
                [&row["uitemId"], &cost["retShppcst"], &cost["shpmtShppcst"], &cost["splVenBdnDcAmt"]];
            fields.map(|value| value.as_str().expect("a text"))
        })
        .collect();
    assert_eq!(seen, [["001", "3000", "3000", "1434"], ["002", "0", "0", "1433"]]);
}
