//! 회수클레임 상세: what is shown of a return and an exchange in each state they come to.

use commerce::ReturnProgress;
use contract::operations::claim::{REJECT_CLAIM, SAVE_WTHD_INV_FO, WITHDRAWAL_RETURN_FO};
use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::goods_back::{
    delivered, delivered_as, exchange_of, inspection, noon, number_in, paid, return_of, row,
};
use crate::member::{GUEST_ORDER, MEMBER, ORDER, order, plain_order};
use crate::promotion::FreeReturn;
use crate::quote::request;

const NOW: &str = "2026-08-10T12:00:00+09:00";

fn order_address() -> Value {
    json!({"rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678", "zipNo": "06236",
        "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "10층", "deliMsg": null})
}

fn own_address() -> Value {
    json!({"rcvmnNm": "김철수", "cellSctNo": "010", "cellTxnoNo": "8765", "cellEndNo": "4321", "zipNo": "48058",
        "zipAddr": "부산광역시 해운대구 센텀로 1", "dtlAddr": "2층", "deliMsg": "문 앞"})
}

async fn details(app: &TestApp, claim_no: &str) -> Value {
    let answer = app.details(&member(MEMBER), ORDER, claim_no).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

/// As the cost is shown before the claim has a number.
async fn shown(app: &TestApp, request: &Value, claim_type: &str) -> Value {
    let asked = with(request.clone(), "claimBusinessType", json!(claim_type));
    let answer = app.preview(&member(MEMBER), &asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

/// A return of one unit that was just asked for.
fn requested(claim_no: &str, cost: &Value) -> Value {
    let address = with(with(order_address(), "dlvpSeq", json!(1)), "persCstmCd", Value::Null);
    let mut cost = cost.clone();
    cost["claimGoodsList"][0]["goodsNm"] = json!("린넨 셔츠");
    cost["claimGoodsList"][0]["itmNm"] = json!("화이트/M");
    json!({"claimNo": claim_no, "ordNo": ORDER, "claimBusinessType": "20", "claimBusinessTypeNm": "반품",
        "claimStatCd": "10", "claimStatNm": "접수", "reqRoleCd": "MEMBER",
        "claimRsnCd": "251", "claimRsnNm": "단순변심", "claimRsnCntt": null, "imptDivCd": "10", "reqDtm": NOW, "cmplDtm": null,
        "cost": cost, "rfdList": [], "restoreCpnList": [], "stkList": [], "cnclGiftList": [],
        "dlvpList": [address], "stepList": [],
        "reqImptDivCd": "10", "endRsnCd": null, "exchMidRtnYn": "N", "orgClaimNo": null, "reqCost": cost,
        "chgRsnList": [],
        "claimGoodsList": [{"ordSeq": 1, "itmNo": "001", "exchItmNo": null, "claimQty": 1, "acptQty": null,
            "rjtQty": null, "rjtRsnCd": null, "ordDtlStatCd": "31"}],
        "wthdInfo": {"wthdMthdCd": "10", "hdcCd": null, "invNo": null, "wthdDircDtm": null, "wthdFnshDtm": null,
            "wthdDlvp": order_address()},
        "exchInfo": null, "rfdDueDt": null})
}

fn in_state(mut details: Value, state: &str, status: &str) -> Value {
    details["claimStatCd"] = json!(status);
    details["claimStatNm"] = json!(match status {
        "20" => "처리중",
        "30" => "완료",
        _ => "거부",
    });
    details["claimGoodsList"][0]["ordDtlStatCd"] = json!(state);
    details
}

#[actix_web::test]
async fn a_return_is_shown_whole_in_each_state() {
    let app = TestApp::spawn_in(House::at(noon()).with("RETURNS__AUTO_APPROVE", "false")).await;
    app.put_goods("10002552", &[("001", 5), ("002", 2)]).await;
    app.member.put(order(ORDER));
    app.member.deliver(ORDER, "2026-08-05T12:00:00+09:00");
    let mut cost = shown(&app, &return_of("251", 1), "20").await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    cost["claimNo"] = json!(claim_no);
    assert_eq!((&cost["estmYn"], &cost["payInfo"]["rfdPrarAmt"]), (&json!("Y"), &json!(7_000)));

    let mut expected = requested(&claim_no, &cost);
    assert_eq!(details(&app, &claim_no).await, expected, "31");

    app.move_goods(&claim_no, ReturnProgress::CollectionInstructed).await;
    expected = in_state(expected, "33", "20");
    expected["wthdInfo"]["wthdDircDtm"] = json!(NOW);
    expected["wthdInfo"]["hdcCd"] = json!("CJ");
    expected["wthdInfo"]["invNo"] = json!("1234");
    assert_eq!(details(&app, &claim_no).await, expected, "33");

    app.move_goods(&claim_no, ReturnProgress::Collecting).await;
    expected = in_state(expected, "34", "20");
    assert_eq!(details(&app, &claim_no).await, expected, "34");

    app.move_goods(&claim_no, ReturnProgress::Collected).await;
    expected = in_state(expected, "36", "20");
    expected["wthdInfo"]["wthdFnshDtm"] = json!(NOW);
    // A Monday; the third business day is Thursday.
    expected["rfdDueDt"] = json!("2026-08-13");
    assert_eq!(details(&app, &claim_no).await, expected, "36");

    app.move_goods(&claim_no, ReturnProgress::OnHold).await;
    assert_eq!(details(&app, &claim_no).await, in_state(expected.clone(), "38", "20"), "38");
    app.move_goods(&claim_no, ReturnProgress::Collected).await;

    let inspected = app.inspect(&with(inspection(&claim_no, &[row(1, 0)]), "imptDivCd", json!("10"))).await;
    number_in(&inspected, "20");
    expected["claimGoodsList"][0]["acptQty"] = json!(1);
    expected["claimGoodsList"][0]["rjtQty"] = json!(0);
    assert_eq!(details(&app, &claim_no).await, expected, "inspected");

    let settled = app.settle(&claim_no, false).await;
    assert_eq!(settled.payload()["list"][0]["claimStatCd"], "30", "{}", settled.text);
    app.details_in(ORDER, &claim_no, "30").await;
    expected = in_state(expected, "37", "30");
    expected["cmplDtm"] = json!(NOW);
    expected["cost"]["estmYn"] = json!("N");
    expected["rfdList"] = json!([{"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 7000,
        "rfdStatCd": "20", "rfdDtm": NOW, "rfdMethCd": "10"}]);
    expected["restoreCpnList"] = json!([{"cpnIsuNo": "CI0002", "promoNo": "P12", "promoNm": "장바구니 5천원",
        "promoTypCd": "12", "restoredYn": "Y", "rsn": null}]);
    expected["stkList"] = json!([{"goodsNo": "10002552", "itmNo": "001", "qty": 1},
        {"goodsNo": "90000001", "itmNo": "001", "qty": 1}]);
    expected["cnclGiftList"] =
        json!([{"aeNo": "AE1", "aeGoodsNo": "90000001", "aeGoodsNm": "텀블러", "wthdYn": "Y"}]);
    let done = |(step, name): (&str, &str)| json!({"stepCd": step, "stepNm": name, "stepStatCd": "20", "tryCnt": 0, "dtm": NOW});
    let steps = [
        ("ORDER", "주문반영"),
        ("REFUND", "환불"),
        ("STOCK", "재고복원"),
        ("COUPON", "쿠폰복원"),
        ("NOTI", "알림"),
    ];
    expected["stepList"] = steps.map(done).into_iter().collect();
    let settled = details(&app, &claim_no).await;
    assert_eq!(settled, expected, "37");
    assert_eq!(settled["cost"]["costHash"], settled["reqCost"]["costHash"]);
}

#[actix_web::test]
async fn a_return_that_was_withdrawn_is_shown_as_it_was_asked_for() {
    let app = delivered().await;
    let mut cost = shown(&app, &return_of("251", 1), "20").await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    cost["claimNo"] = json!(claim_no);
    let asked = json!({"ordNo": ORDER, "claimNo": claim_no});
    assert_eq!(app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &asked).await.status, 200);
    let mut expected = in_state(requested(&claim_no, &cost), "39", "90");
    expected["endRsnCd"] = json!("30");
    expected["wthdInfo"]["wthdDircDtm"] = json!(NOW);
    assert_eq!(details(&app, &claim_no).await, expected);
}

#[actix_web::test]
async fn what_was_changed_since_it_was_shown_is_named() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("272", 2)).await, "20");
    app.collect(&claim_no).await;
    let found = with(inspection(&claim_no, &[row(1, 1)]), "claimRsnCd", json!("251"));
    number_in(&app.inspect(&found).await, "20");
    let open = details(&app, &claim_no).await;
    assert_eq!((&open["imptDivCd"], &open["reqImptDivCd"]), (&json!("10"), &json!("20")));
    assert_eq!(open["cost"], open["reqCost"], "nothing is final yet");
    assert_eq!(open["chgRsnList"], json!([]));
    assert_eq!(app.settle(&claim_no, true).await.payload()["list"][0]["claimStatCd"], "30");
    let settled = details(&app, &claim_no).await;
    assert_eq!(settled["chgRsnList"], json!(["FAULT", "PART"]));
    assert_eq!(settled["cost"]["payInfo"]["rfdPrarAmt"], 7_000);
    assert_eq!(
        settled["claimGoodsList"],
        json!([{"ordSeq": 1, "itmNo": "001", "exchItmNo": null, "claimQty": 2, "acptQty": 1, "rjtQty": 1,
            "rjtRsnCd": "02", "ordDtlStatCd": "37"}])
    );
}

#[actix_web::test]
async fn what_the_payment_can_not_give_back_is_transferred_and_says_so() {
    let app = delivered_as(|order| order["payList"][0]["sctnCnclPsbYn"] = json!("N")).await;
    let account = json!({"bankCd": "004", "acctNo": "110-1", "dpstrNm": "홍길동"});
    let asked = with(return_of("251", 1), "rfdAcct", account);
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    app.collect(&claim_no).await;
    assert_eq!(app.settle(&claim_no, false).await.payload()["list"][0]["claimStatCd"], "30");
    let settled = app.details_in(ORDER, &claim_no, "30").await;
    assert_eq!(settled["cost"]["payInfo"]["rfdList"][0]["rfdMethCd"], "20");
    assert_eq!(
        settled["rfdList"],
        json!([{"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 7000, "rfdStatCd": "20",
            "rfdDtm": NOW, "rfdMethCd": "20"}])
    );
    assert!(!app.details(&agent("cs1"), ORDER, &claim_no).await.text.contains("110-1"));
    // Whatever follows of this payment goes the same way.
    assert_eq!(app.return_target(&member(MEMBER), ORDER).await.json["rfdAcctReqYn"], "Y");
}

#[actix_web::test]
async fn what_was_settled_without_a_look_was_accepted_whole() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.collect(&claim_no).await;
    assert_eq!(app.settle(&claim_no, false).await.payload()["list"][0]["claimStatCd"], "30");
    let goods = &details(&app, &claim_no).await["claimGoodsList"][0];
    assert_eq!((&goods["acptQty"], &goods["rjtQty"]), (&json!(2), &json!(0)));
}

#[actix_web::test]
async fn of_a_claim_that_ended_only_what_was_taken_for_it_goes_back() {
    let app = delivered_as(|order| {
        *order = plain_order(ORDER, &[(1, 2_000), (1, 49_000)], "10");
        order["deliGrpList"][0]["freeStdAmt"] = json!(50_000);
        order["payList"][0]["pgPayKey"] = json!("tk_own");
    })
    .await;
    let claim_no = number_in(&app.ask_return(&paid(return_of("251", 1), "tk_more")).await, "20");
    let path = WITHDRAWAL_RETURN_FO.path;
    let withdrawn =
        app.service.post(path, &member(MEMBER), &json!({"ordNo": ORDER, "claimNo": claim_no})).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    let ended = app.details_in(ORDER, &claim_no, "90").await;
    assert_eq!(
        (&ended["endRsnCd"], &ended["claimGoodsList"][0]["ordDtlStatCd"]),
        (&json!("30"), &json!("39"))
    );
    assert_eq!((&ended["cost"], &ended["cost"]["estmYn"]), (&ended["reqCost"], &json!("Y")));
    assert_eq!(
        ended["rfdList"],
        json!([{"payNo": claim_no, "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 4000,
            "rfdStatCd": "20", "rfdDtm": NOW, "rfdMethCd": "10"}])
    );
    for list in ["restoreCpnList", "stkList", "cnclGiftList", "chgRsnList"] {
        assert_eq!(ended[list], json!([]), "{list}");
    }
}

#[actix_web::test]
async fn a_claim_that_is_refused_says_why_on_each_row() {
    let app = TestApp::spawn_in(House::at(noon()).with("RETURNS__AUTO_APPROVE", "false")).await;
    app.member.put(order(ORDER));
    app.member.deliver(ORDER, "2026-08-05T12:00:00+09:00");
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    let asked = json!({"ordNo": ORDER, "claimNo": claim_no, "rjtRsnCd": "01", "rjtRsnCntt": "기간 경과"});
    number_in(&app.service.post(REJECT_CLAIM.path, &agent("cs1"), &asked).await, "90");
    let ended = details(&app, &claim_no).await;
    let goods = &ended["claimGoodsList"][0];
    assert_eq!(
        (&ended["endRsnCd"], &goods["rjtRsnCd"], &goods["rjtQty"]),
        (&json!("10"), &json!("01"), &Value::Null)
    );
}

#[actix_web::test]
async fn the_coupon_that_paid_for_the_way_back_is_shown_where_it_returns() {
    let app = delivered().await;
    app.promotion.world().free_returns =
        vec![FreeReturn::usable("CI0015", MEMBER), FreeReturn::usable("CI0016", MEMBER)];
    app.promotion.world().lost_coupons.insert("CI0016".to_owned(), "EXPIRED");
    for (coupon, restored, why) in [("CI0015", "Y", Value::Null), ("CI0016", "N", json!("EXPIRED"))] {
        let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!(coupon));
        let claim_no = number_in(&app.ask_return(&asked).await, "20");
        assert_eq!(details(&app, &claim_no).await["cost"]["rtnCpnIsuNo"], coupon);
        let withdrawal = json!({"ordNo": ORDER, "claimNo": claim_no});
        assert_eq!(
            app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &withdrawal).await.status,
            200
        );
        let ended = app.details_in(ORDER, &claim_no, "90").await;
        assert_eq!(
            ended["restoreCpnList"],
            json!([{"cpnIsuNo": coupon, "promoNo": "P15", "promoNm": "무료반품", "promoTypCd": "15",
                "restoredYn": restored, "rsn": why}])
        );
    }
}

#[actix_web::test]
async fn an_exchange_is_shown_from_its_fee_to_its_arrival() {
    let app = delivered().await;
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    let open = details(&app, &claim_no).await;
    assert_eq!(
        open["claimGoodsList"],
        json!([{"ordSeq": 1, "itmNo": "001", "exchItmNo": "002", "claimQty": 1, "acptQty": null, "rjtQty": null,
            "rjtRsnCd": null, "ordDtlStatCd": "33"}])
    );
    let nothing_sent = json!({"hdcCd": null, "invNo": null, "dlvpInfo": order_address(), "shipDtm": null, "deliFnshDtm": null});
    assert_eq!((&open["exchInfo"], &open["rfdDueDt"]), (&nothing_sent, &Value::Null));
    assert_eq!(
        (&open["cost"]["estmYn"], &open["cost"]["payInfo"]["addPayPrarAmt"]),
        (&json!("Y"), &json!(6_000))
    );
    app.collect(&claim_no).await;
    // The vendor's fault after all: the fee goes back.
    let found = with(inspection(&claim_no, &[row(1, 0)]), "claimRsnCd", json!("272"));
    number_in(&app.inspect(&found).await, "20");
    let inspected = app.details_in(ORDER, &claim_no, "20").await;
    assert_eq!(inspected["claimGoodsList"][0]["ordDtlStatCd"], "22");
    assert_eq!(
        (&open["stkList"], &inspected["stkList"]),
        (&json!([]), &json!([{"goodsNo": "10002552", "itmNo": "001", "qty": 1}]))
    );
    assert_eq!((&inspected["cost"]["estmYn"], &inspected["chgRsnList"]), (&json!("N"), &json!(["FAULT"])));
    assert_eq!(
        inspected["rfdList"],
        json!([{"payNo": claim_no, "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 6000,
            "rfdStatCd": "20", "rfdDtm": NOW, "rfdMethCd": "10"}])
    );
    number_in(&app.ship(&claim_no, "13", Some("77-1")).await, "20");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    let arrived = details(&app, &claim_no).await;
    assert_eq!(
        arrived["exchInfo"],
        json!({"hdcCd": "CJ", "invNo": "77-1", "dlvpInfo": order_address(), "shipDtm": NOW, "deliFnshDtm": NOW})
    );
    assert_eq!(
        (&arrived["claimStatCd"], &arrived["cmplDtm"], &arrived["claimGoodsList"][0]["ordDtlStatCd"]),
        (&json!("30"), &json!(NOW), &json!("15"))
    );
}

#[actix_web::test]
async fn a_return_that_was_an_exchange_names_it() {
    let app = delivered().await;
    let exchange = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    app.collect(&exchange).await;
    number_in(&app.inspect(&inspection(&exchange, &[row(1, 0)])).await, "20");
    let returned = number_in(&app.convert(&exchange).await, "20");
    let ended = app.details_in(ORDER, &exchange, "90").await;
    assert_eq!((&ended["endRsnCd"], &ended["claimBusinessType"]), (&json!("50"), &json!("30")));
    assert_eq!(ended["rfdList"][0]["rfdAmt"], 6_000);
    // The shirt that came back at the inspection, and the other that never left.
    let other = json!({"goodsNo": "10002552", "itmNo": "002", "qty": 1});
    assert_eq!(ended["stkList"], json!([{"goodsNo": "10002552", "itmNo": "001", "qty": 1}, other]));
    let details = details(&app, &returned).await;
    assert_eq!(
        (&details["orgClaimNo"], &details["exchMidRtnYn"], &details["claimBusinessType"]),
        (&json!(exchange), &json!("Y"), &json!("20"))
    );
    assert_eq!(details["claimGoodsList"][0]["acptQty"], 1);
}

#[actix_web::test]
async fn addresses_of_its_own_are_shown_and_masked_as_the_orders() {
    let app = delivered().await;
    let asked = with(
        with(exchange_of("272", 1, "002"), "wthdDlvp", own_address()),
        "exchDlvp",
        with(own_address(), "deliMsg", Value::Null),
    );
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    let shown = details(&app, &claim_no).await;
    assert_eq!(shown["wthdInfo"]["wthdDlvp"], own_address());
    assert_eq!(shown["exchInfo"]["dlvpInfo"], with(own_address(), "deliMsg", Value::Null));
    app.member.change(ORDER, |snapshot| snapshot["masked"] = json!(true));
    let masked = json!({"rcvmnNm": "김*수", "cellSctNo": "010", "cellTxnoNo": "****", "cellEndNo": "****",
        "zipNo": "48058", "zipAddr": "부산광역시 해운대구 ****", "dtlAddr": "****", "deliMsg": null});
    let shown = app.details(&agent("cs1"), ORDER, &claim_no).await.json;
    assert_eq!((&shown["wthdInfo"]["wthdDlvp"], &shown["exchInfo"]["dlvpInfo"]), (&masked, &masked));
}

#[actix_web::test]
async fn goods_the_customer_sends_itself_are_fetched_nowhere() {
    let app = delivered().await;
    let claim_no =
        number_in(&app.ask_return(&with(return_of("251", 1), "wthdMthdCd", json!("20"))).await, "20");
    let sent = json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "POST", "invNo": "9-9"});
    assert_eq!(app.service.post(SAVE_WTHD_INV_FO.path, &member(MEMBER), &sent).await.status, 200);
    assert_eq!(
        details(&app, &claim_no).await["wthdInfo"],
        json!({"wthdMthdCd": "20", "hdcCd": "POST", "invNo": "9-9", "wthdDircDtm": NOW, "wthdFnshDtm": null,
            "wthdDlvp": null})
    );
}

#[actix_web::test]
async fn details_of_other_claims_end_where_they_did() {
    let app = delivered().await;
    let imported = "20260809C000900";
    let claims = json!([{"claimNo": imported, "ordNo": ORDER, "claimBusinessType": "20", "claimStatCd": "10",
        "claimRsnCd": "272", "reqDtm": "2026-08-09T10:00:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]);
    assert_eq!(app.import(claims).await.status, 200);
    let other = "20260801O000030";
    app.member.put(plain_order(other, &[(1, 1_000)], "10"));
    let cancel = claim_no_of(&app.cancel(&member(MEMBER), &request(other, "251", &[(1, 1)])).await);
    for (order_no, claim_no) in [(ORDER, imported), (other, cancel.as_str())] {
        let answer = app.details(&member(MEMBER), order_no, claim_no).await;
        assert!(answer.text.ends_with("}]}") || answer.text.ends_with("\"stepList\":[]}"), "{}", answer.text);
        for field in ["reqImptDivCd", "reqCost", "wthdInfo", "rfdMethCd", "estmYn"] {
            assert!(!answer.text.contains(field), "{field}: {}", answer.text);
        }
    }
    let imported = details(&app, imported).await;
    assert_eq!((&imported["imptDivCd"], &imported["cost"]), (&json!("20"), &Value::Null));
}

#[actix_web::test]
async fn anothers_return_is_not_shown() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    for caller in [member("100001312"), guest(GUEST_ORDER)] {
        assert_eq!(app.details(&caller, ORDER, &claim_no).await.status, 403);
    }
    assert_eq!(app.details(&agent("cs1"), GUEST_ORDER, &claim_no).await.code(), "CLAIM_NOT_FOUND");
}
