//! Every state of a return and of an exchange, in the vendors' codes.

use chrono::TimeDelta;
use commerce::ReturnProgress;
use contract::operations::claim::{SAVE_WTHD_INV_FO, WITHDRAWAL_RETURN_FO};
use serde_json::{Value, json};
use test_kit::identity::member;

use super::*;
use crate::cancel::with;
use crate::goods_back::{delivered, delivered_as, exchange_of, inspection, number_in, paid, return_of, row};
use crate::member::MEMBER;

/// Where it stands, what has become of it, and the days on which it came to 33, 34, 36, 38 and 39.
#[track_caller]
fn check(row: &Value, (stage, state, outcome): (&str, &str, &str), days: [&str; 5]) {
    assert_fields(
        row,
        &[
            ("lastShppProgStatDtlCd", stage),
            ("shppStatCd", state),
            ("retProcStatNm", outcome),
            ("rcovDircDt", days[0]),
            ("rcovCnfDt", days[1]),
            ("rcovCmplDt", days[2]),
            ("rcovCmplDeferDt", days[3]),
            ("rcovRvkDt", days[4]),
        ],
    );
}

#[actix_web::test]
async fn a_return_from_its_instruction_to_the_refund() {
    let (app, key) = waiting().await;
    let asked = with(return_of("251", 2), "claimRsnCntt", json!("너무 <커요>"));
    let claim_no = number_in(&app.ask_return(&asked).await, "10");
    assert!(rows_of_order(&app, &key).await.is_empty(), "nothing is fetched yet");
    approve(&app, &claim_no).await;
    let cost = json!({"ordNo": claim_no, "ordItemSeq": "1", "shpmtShppcst": "0", "retShppcst": "0", "exchShppcst": "0",
        "splVenBdnDcAmt": "0", "splVenId": VENDOR, "lrnkSplVenId": VENDOR});
    let mut expected = json!({"shppDivDtlCd": "21", "shppDivDtlNm": "반품회수", "orordNo": ORDER, "orordItemSeq": "1",
        "ordNo": claim_no, "ordItemSeq": "1", "shppNo": claim_no, "shppSeq": "1", "itemId": "10002552",
        "itemNm": "린넨 셔츠", "uitemId": "001", "uitemNm": "화이트/M", "dircItemQty": "2", "procItemQty": "0",
        "refusRetProcQty": "0", "clmRsnCd": "251", "clmRsnNm": "단순변심", "clmRsnCntt": "너무 <커요>",
        "lastShppProgStatDtlCd": "61", "lastShppProgStatDtlNm": "회수지시", "shppStatCd": "10", "shppStatNm": "정상",
        "retProcStatNm": "", "retImptMainNm": "고객", "shppcstBdnMainCd": "", "shppcstBdnMainNm": "",
        "rcovMthdCd": "10", "rcovMthdNm": "자동회수", "delicoVenId": "", "delicoVenNm": "", "wblNo": "",
        "resellPsblYn": "N", "refundYn": "N", "retRefusRsnNm": "", "retProcMemoCntt": "", "rcovDircDt": "2026-08-10",
        "rcovCnfDt": "", "rcovCmplDt": "", "rcovCmplDeferDt": "", "rcovRvkDt": "", "ordpeNm": "홍길동",
        "rcptpeNm": "홍길동", "cstInfo": [cost]});
    assert_eq!(rows_of_order(&app, &key).await, [expected.clone()]);

    app.clock.advance(TimeDelta::days(1));
    app.move_goods(&claim_no, ReturnProgress::Collecting).await;
    let on_its_way = row_of(&app, &key, &claim_no).await;
    check(&on_its_way, ("63", "10", ""), ["2026-08-10", "2026-08-11", "", "", ""]);
    assert_fields(
        &on_its_way,
        &[("delicoVenId", "CJ"), ("wblNo", "1234"), ("lastShppProgStatDtlNm", "회수확인")],
    );
    app.clock.advance(TimeDelta::days(1));
    app.collect(&claim_no).await;
    let back = row_of(&app, &key, &claim_no).await;
    check(&back, ("64", "10", ""), ["2026-08-10", "2026-08-11", "2026-08-12", "", ""]);
    app.clock.advance(TimeDelta::days(1));
    app.move_goods(&claim_no, ReturnProgress::OnHold).await;
    let held = row_of(&app, &key, &claim_no).await;
    check(&held, ("65", "10", ""), ["2026-08-10", "2026-08-11", "2026-08-12", "2026-08-13", ""]);
    assert_eq!(held["lastShppProgStatDtlNm"], "회수완료보류");
    app.collect(&claim_no).await;
    let mut refused = row(1, 1);
    refused["rjtRsnCntt"] = json!("세탁 흔적");
    number_in(&app.inspect(&inspection(&claim_no, &[refused])).await, "20");
    let settled = app.settle(&claim_no, true).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    app.details_in(ORDER, &claim_no, "30").await;
    for (field, value) in [
        ("procItemQty", "1"),
        ("refusRetProcQty", "1"),
        ("lastShppProgStatDtlCd", "64"),
        ("lastShppProgStatDtlNm", "회수완료"),
        ("retProcStatNm", "반품완료"),
        ("shppcstBdnMainCd", "10"),
        ("shppcstBdnMainNm", "고객"),
        ("delicoVenId", "CJ"),
        ("wblNo", "1234"),
        ("resellPsblYn", "Y"),
        ("refundYn", "Y"),
        ("retRefusRsnNm", "사용"),
        ("retProcMemoCntt", "세탁 흔적"),
        ("rcovCnfDt", "2026-08-11"),
        ("rcovCmplDt", "2026-08-12"),
        ("rcovCmplDeferDt", "2026-08-13"),
    ] {
        expected[field] = json!(value);
    }
    expected["cstInfo"][0]["shpmtShppcst"] = json!("3000");
    expected["cstInfo"][0]["retShppcst"] = json!("3000");
    assert_eq!(rows_of_order(&app, &key).await, [expected]);
}

#[actix_web::test]
async fn ended_ones_stay_if_anything_was_to_be_fetched() {
    let (app, key) = waiting().await;
    let withdraw = async |claim_no: &str| {
        let named = json!({"ordNo": ORDER, "claimNo": claim_no});
        let answer = app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &named).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    };
    let asked = async || number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    let (withdrawn, rejected) = (asked().await, asked().await);
    withdraw(&withdrawn).await;
    reject(&app, &rejected).await;
    assert!(rows_of_order(&app, &key).await.is_empty(), "neither came to 33");

    let withdrawn = asked().await;
    approve(&app, &withdrawn).await;
    app.clock.advance(TimeDelta::days(1));
    withdraw(&withdrawn).await;
    let ended = row_of(&app, &key, &withdrawn).await;
    check(&ended, ("66", "20", ""), ["2026-08-10", "", "", "", "2026-08-11"]);
    assert_fields(
        &ended,
        &[("lastShppProgStatDtlNm", "회수철회"), ("shppStatNm", "취소"), ("refundYn", "N")],
    );

    let rejected = asked().await;
    approve(&app, &rejected).await;
    app.collect(&rejected).await;
    reject(&app, &rejected).await;
    let ended = row_of(&app, &key, &rejected).await;
    check(&ended, ("66", "20", "반품거부"), ["2026-08-11", "", "2026-08-11", "", "2026-08-11"]);
    assert_fields(
        &ended,
        &[
            ("retRefusRsnNm", "사용"),
            ("retProcMemoCntt", "세탁 흔적"),
            ("procItemQty", "0"),
            ("refusRetProcQty", "0"),
        ],
    );

    let refused = asked().await;
    approve(&app, &refused).await;
    app.collect(&refused).await;
    number_in(&app.inspect(&inspection(&refused, &[row(0, 1)])).await, "90");
    let ended = row_of(&app, &key, &refused).await;
    check(&ended, ("66", "20", "반품거부"), ["2026-08-11", "", "2026-08-11", "", "2026-08-11"]);
    assert_fields(&ended, &[("refusRetProcQty", "1"), ("procItemQty", "0"), ("resellPsblYn", "N")]);
    assert_eq!(ended["cstInfo"][0]["retShppcst"], "0", "what has ended costs nothing");
    assert_eq!(rows_of_order(&app, &key).await.len(), 3);
}

#[actix_web::test]
async fn the_way_back_of_an_exchange_is_over_when_the_other_goods_go_out() {
    let app = delivered().await;
    let key = key_of(&app, VENDOR).await;
    let asked = paid(exchange_of("252", 2, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    let instructed = row_of(&app, &key, &claim_no).await;
    check(&instructed, ("61", "10", ""), ["2026-08-10", "", "", "", ""]);
    assert_fields(
        &instructed,
        &[
            ("shppDivDtlCd", "22"),
            ("shppDivDtlNm", "교환회수"),
            ("clmRsnNm", "사이즈/색상 변경"),
            ("uitemId", "001"),
        ],
    );
    app.clock.advance(TimeDelta::days(1));
    app.collect(&claim_no).await;
    let broken = with(row(1, 1), "resellQty", json!(0));
    number_in(&app.inspect(&inspection(&claim_no, &[broken])).await, "20");
    let expected = ["2026-08-10", "", "2026-08-11", "", ""];
    let to_go_out = row_of(&app, &key, &claim_no).await;
    check(&to_go_out, ("64", "10", ""), expected);
    assert_fields(
        &to_go_out,
        &[
            ("dircItemQty", "2"),
            ("procItemQty", "1"),
            ("refusRetProcQty", "1"),
            ("resellPsblYn", "N"),
            ("refundYn", "N"),
            ("wblNo", "1234"),
            ("shppcstBdnMainCd", "10"),
        ],
    );
    let cost = &to_go_out["cstInfo"][0];
    assert_fields(cost, &[("exchShppcst", "6000"), ("retShppcst", "0"), ("splVenBdnDcAmt", "0")]);
    for (status, number) in [("13", Some("9")), ("15", None)] {
        app.clock.advance(TimeDelta::days(1));
        let answer = app.ship(&claim_no, status, number).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        // Neither the days nor the number of the way out are the way back's.
        assert_eq!(row_of(&app, &key, &claim_no).await, to_go_out);
    }

    // What has come in exchange comes back itself, under its own name.
    let goods = json!([{"ordSeq": 1, "itmNo": "002", "claimQty": 1}]);
    let asked = with(return_of("272", 1), "claimGoodsList", goods);
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    let returned = row_of(&app, &key, &claim_no).await;
    assert_fields(
        &returned,
        &[("shppDivDtlCd", "21"), ("uitemId", "002"), ("uitemNm", "002"), ("retImptMainNm", "판매자")],
    );
}

#[actix_web::test]
async fn a_converted_return_has_the_day_of_its_exchange() {
    let app = delivered().await;
    let key = key_of(&app, VENDOR).await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let exchange_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.clock.advance(TimeDelta::days(2));
    app.collect(&exchange_no).await;
    number_in(&app.inspect(&inspection(&exchange_no, &[row(1, 0)])).await, "20");
    app.clock.advance(TimeDelta::days(1));
    let return_no = number_in(&app.convert(&exchange_no).await, "20");
    let rows = rows(&ask(&app, &key, by_period("20260810", "20260810")).await);
    assert_eq!(claims_of(&rows), [(exchange_no.as_str(), "1"), (return_no.as_str(), "1")]);
    check(&rows[0], ("66", "20", ""), ["2026-08-10", "", "2026-08-12", "", "2026-08-13"]);
    check(&rows[1], ("64", "10", ""), ["2026-08-10", "", "2026-08-12", "", ""]);
    assert_fields(&rows[1], &[("shppDivDtlCd", "21"), ("procItemQty", "1"), ("resellPsblYn", "Y")]);
    // Its exchange costs nothing any more.
    assert_fields(&rows[0]["cstInfo"][0], &[("exchShppcst", "0")]);
    assert_eq!(rows[0]["shppcstBdnMainCd"], "");
}

#[actix_web::test]
async fn what_is_not_fetched_passes_its_instruction_and_what_customers_send_has_their_parcel() {
    let app = delivered_as(|order| order["goodsList"][0]["wthdYn"] = json!("N")).await;
    let key = key_of(&app, VENDOR).await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let at_once = row_of(&app, &key, &claim_no).await;
    check(&at_once, ("64", "10", ""), ["2026-08-10", "", "2026-08-10", "", ""]);
    assert_fields(&at_once, &[("rcovMthdCd", "40"), ("rcovMthdNm", "회수없음"), ("rcptpeNm", "")]);

    let app = delivered().await;
    let key = key_of(&app, VENDOR).await;
    let asked = with(return_of("251", 1), "wthdMthdCd", json!("20"));
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    let sent = json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "POST", "invNo": "777"});
    assert_eq!(app.service.post(SAVE_WTHD_INV_FO.path, &member(MEMBER), &sent).await.status, 200);
    let sent = row_of(&app, &key, &claim_no).await;
    check(&sent, ("63", "10", ""), ["2026-08-10", "2026-08-10", "", "", ""]);
    assert_fields(
        &sent,
        &[
            ("rcovMthdNm", "선불발송"),
            ("delicoVenId", "POST"),
            ("wblNo", "777"),
            ("rcptpeNm", ""),
            ("ordpeNm", "홍길동"),
        ],
    );
}
