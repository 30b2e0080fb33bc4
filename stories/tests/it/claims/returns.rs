//! 반품 and 교환 of what was delivered: request, collection, inspection and settlement through the whole house.

use platform::clock::Clock;
use serde_json::{Value, json};
use stories::{Stack, Storefront, contract_order};

use super::*;

pub(super) const RETURN: &str = "/v1/claim/return/returnFO";
pub(super) const EXCHANGE: &str = "/v1/claim/exchange/exchangeFO";
pub(super) const COLLECT: &str = "/v1/delivery/withdrawProcess/saveWithdrawStatUpdateProcess";
pub(super) const INSPECT: &str = "/v1/claim/claimMgmt/saveInspectRslt";
pub(super) const SETTLE: &str = "/v1/payment/saveRefundBundleApproMgmt";
pub(super) const DELIVER: &str = "/v1/claim/claimMgmt/saveExchangeDeliStat";
pub(super) const CONVERT: &str = "/v1/claim/claimMgmt/convertExchangeToReturn";

/// The contract's order of three shirts, delivered now; 3,000 of its accumulation is fetched, 490 was earned.
pub(super) async fn delivered() -> (Stack, Storefront) {
    let stack = patient_house().await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10), ("002", 5)]).await;
    issue_coupons(&shop).await;
    let goods = json!([{"ordSeq": 1, "goodsNo": GOODS, "itmNo": "001", "accmAmt": 490}]);
    let mut order = with(
        contract_order(),
        "ordAccmList",
        json!([{"accmGbCd": "21", "accmRate": 1, "accmAmt": 490, "promoNo": "A21", "promoNm": "주문적립",
            "promoTypCd": null, "ourChrgRate": 100, "entrChrgRate": 0, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 49_000,
            "goodsAccmList": goods}]),
    );
    order["deliGrpList"][0]["rtnDeliAmt"] = json!(3_000);
    order["deliGrpList"][0]["exchDeliAmt"] = json!(6_000);
    shop.take_in(&[order]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(490 - 3_000)).await;
    shop.move_lines(ORDER, &json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": now()}])).await;
    (stack, shop)
}

/// Deliveries and collections carry the time they were at.
fn now() -> String {
    Clock::system().now().to_rfc3339()
}

async fn done(shop: &Storefront, path: &str, token: &str, body: &Value) -> Value {
    let answer = shop.post(path, token, body).await;
    assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text);
    answer.json
}

/// The goods come back to the shop.
pub(super) async fn collect(shop: &Storefront, claim_no: &str) {
    let row = json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "6012345"});
    let body = json!({"ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "36", "withdrawStatUpdateSaveInfoList": [row]});
    let moved = done(shop, COLLECT, &shop.service(), &body).await;
    assert_eq!(moved["payload"]["updated"], 1);
}

fn settlement(claim_no: &str) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no, "claimBusinessType": "22", "systemType": "BO"})
}

pub(super) async fn asked(shop: &Storefront, body: &Value) -> String {
    claim_no_of(&shop.post(RETURN, &shop.member(MEMBER), body).await)
}

#[actix_web::test]
async fn what_was_shown_at_the_request_is_what_goes_back_at_the_settlement() {
    let (stack, shop) = delivered().await;
    let member = shop.member(MEMBER);
    let one = with(request(ORDER, 1), "claimBusinessType", json!("20"));
    let cost = preview(&shop, &member, &one).await;
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 7_000);
    assert_eq!(cost["estmYn"], "Y");
    let seen = with(one, "costHash", cost["costHash"].clone());
    let claim_no = asked(&shop, &with(seen, "expectRfdAmt", json!(7_000))).await;
    // Nothing has moved yet but that the unit is held.
    assert_eq!(order_amount(&shop, ORDER).await, Some(49_000));
    assert_eq!(counts(&shop, "quit").await, (Some(1), Some(1)));
    let too_many = shop.post(RETURN, &member, &request(ORDER, 3)).await;
    assert_eq!((too_many.status, too_many.code()), (900, "CLAIM_QTY_EXCEEDED"));
    let too_early = shop.post(SETTLE, &shop.agent(), &settlement(&claim_no)).await;
    assert_eq!((too_early.status, too_early.code()), (900, "CLAIM_STATUS_CONFLICT"));
    collect(&shop, &claim_no).await;
    for caller in [&member, &shop.guest(ORDER)] {
        assert_eq!(shop.post(SETTLE, caller, &settlement(&claim_no)).await.status, 403);
    }
    let hash = with(settlement(&claim_no), "costHash", cost["costHash"].clone());
    let settled = done(&shop, SETTLE, &shop.agent(), &hash).await;
    assert_eq!(settled["payload"]["list"][0]["rfdAmt"], 7_000);
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!(steps_of(&shown), all_done(&["ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "NOTI"]));
    assert_eq!(shown["cost"]["costHash"], cost["costHash"]);
    assert_eq!(shown["chgRsnList"], json!([]));
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 5)]));
    assert_eq!(usable_coupons(&shop).await, ["CI0002"]);
    assert_eq!(mileage_of(&shop, &claim_no).await, [("21".to_owned(), -163)]);
    assert_eq!(order_amount(&shop, ORDER).await, Some(36_000));
    assert_eq!(given_back(&stack, ORDER).await.len(), 1);
    // Twice is once.
    let again = done(&shop, SETTLE, &shop.agent(), &json!([settlement(&claim_no)])).await;
    assert_eq!(
        again["payload"]["list"][0],
        json!({"claimNo": claim_no, "claimStatCd": "30", "rfdAmt": 7_000, "code": "0000"})
    );
    assert_eq!(given_back(&stack, ORDER).await.len(), 1);
    // The rest: 33,000, and the line has come back.
    let rest = asked(&shop, &request(ORDER, 2)).await;
    collect(&shop, &rest).await;
    done(&shop, SETTLE, &shop.agent(), &settlement(&rest)).await;
    details_in(&shop, ORDER, &rest, "30").await;
    assert_eq!(order_amount(&shop, ORDER).await, None);
    let target = popup(&shop, &member, ORDER).await;
    assert_eq!(target["ordGoodsList"][0]["ordDtlStatCd"], "37");
    let told = async || {
        messages_about(&stack, &claim_no).iter().filter(|(code, _)| code == "CLAIM_COMPLETED").count()
    };
    until("the customer is told", async || told().await == 2).await;
    assert_books(&stack, 2).await;
}

#[actix_web::test]
async fn less_than_was_shown_is_confirmed_by_somebody() {
    let (stack, shop) = delivered().await;
    let defective = with(request(ORDER, 1), "claimRsnCd", json!("272"));
    let claim_no = asked(&shop, &defective).await;
    collect(&shop, &claim_no).await;
    let row = json!({"ordSeq": 1, "acptQty": 1, "rjtQty": 0});
    let found = json!({"ordNo": ORDER, "claimNo": claim_no, "claimRsnCd": "251", "insptList": [row]});
    let inspected = done(&shop, INSPECT, &shop.agent(), &found).await;
    assert_eq!(inspected["payload"]["cost"]["payInfo"]["rfdPrarAmt"], 7_000);
    let refused = shop.post(SETTLE, &shop.agent(), &settlement(&claim_no)).await;
    assert_eq!((refused.status, refused.code()), (900, "AMOUNT_CONFIRM_REQUIRED"));
    assert_eq!(refused.json["payload"]["payInfo"]["rfdPrarAmt"], 7_000);
    let confirmed = with(settlement(&claim_no), "amtChgCfrmYn", json!("Y"));
    done(&shop, SETTLE, &shop.agent(), &confirmed).await;
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!(shown["reqCost"]["payInfo"]["rfdPrarAmt"], 16_334);
    assert_eq!(shown["cost"]["payInfo"]["rfdPrarAmt"], 7_000);
    assert_eq!(shown["chgRsnList"], json!(["FAULT"]));
    assert_books(&stack, 1).await;
}

fn exchange(quantity: i64) -> Value {
    let goods = json!([{"ordSeq": 1, "claimQty": quantity, "exchItmNo": "002"}]);
    json!({"ordNo": ORDER, "claimRsnCd": "252", "claimGoodsList": goods,
        "addPay": {"payMeansCd": "10", "pgPayKey": format!("tk_{ORDER}_exchange")}})
}

#[actix_web::test]
async fn an_exchange_takes_its_piece_at_once_and_moves_the_line_when_it_arrives() {
    let (stack, shop) = delivered().await;
    let (member, agent) = (shop.member(MEMBER), shop.agent());
    let claim_no = claim_no_of(&shop.post(EXCHANGE, &member, &exchange(1)).await);
    assert_eq!(stock(&shop).await, stocks(&[("001", 10), ("002", 4)]));
    collect(&shop, &claim_no).await;
    let before = now();
    let row = json!({"ordSeq": 1, "acptQty": 1, "rjtQty": 0});
    let found = json!({"ordNo": ORDER, "claimNo": claim_no, "insptList": [row]});
    assert_eq!(done(&shop, INSPECT, &agent, &found).await["payload"]["claimStatCd"], "20");
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 4)]));
    let ship = |status: &str| json!({"ordNo": ORDER, "claimNo": claim_no, "ordDtlStatCd": status, "hdcCd": "CJ", "invNo": "7012345", "dtm": before});
    let shipped = shop.post(DELIVER, &shop.service(), &ship("13")).await;
    assert_eq!(shipped.status, 900, "it was inspected after this moment: {}", shipped.text);
    done(&shop, DELIVER, &shop.service(), &with(ship("13"), "dtm", json!(now()))).await;
    done(&shop, DELIVER, &shop.service(), &with(ship("15"), "dtm", json!(now()))).await;
    let shown = details_in(&shop, ORDER, &claim_no, "30").await;
    assert_eq!(shown["claimGoodsList"][0]["ordDtlStatCd"], "15");
    let target =
        done(&shop, "/v1/claim/return/getReturnTargetInfoFO", &member, &json!({"ordNo": ORDER})).await;
    let held: Vec<Value> =
        target["ordGoodsList"][0]["itmPtnList"].as_array().expect("a line has items").clone();
    let held: Vec<Value> = held.iter().map(|one| json!([one["itmNo"], one["qty"]])).collect();
    assert_eq!(held, [json!(["001", 2]), json!(["002", 1])]);
    assert_eq!(order_amount(&shop, ORDER).await, Some(49_000));
    assert_eq!(given_back(&stack, ORDER).await.len(), 0);
    for template in ["CLAIM_RECEIVED", "CLAIM_COLLECTED", "CLAIM_SHIPPED", "CLAIM_EXCHANGED"] {
        until(template, async || messages_about(&stack, &claim_no).iter().any(|(code, _)| code == template))
            .await;
    }
    assert_books(&stack, 1).await;
}

#[actix_web::test]
async fn an_exchange_that_becomes_a_return_gives_its_fee_back_and_moves_the_stock_once() {
    let (stack, shop) = delivered().await;
    let agent = shop.agent();
    let exchange_no = claim_no_of(&shop.post(EXCHANGE, &shop.member(MEMBER), &exchange(1)).await);
    collect(&shop, &exchange_no).await;
    let row = json!({"ordSeq": 1, "acptQty": 1, "rjtQty": 0});
    let found = json!({"ordNo": ORDER, "claimNo": exchange_no, "insptList": [row]});
    done(&shop, INSPECT, &agent, &found).await;
    let converted = done(&shop, CONVERT, &agent, &json!({"ordNo": ORDER, "claimNo": exchange_no})).await;
    let return_no = converted["payload"]["claimNo"].as_str().expect("a return has a number").to_owned();
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 5)]));
    until("the exchange's fee is back", async || given_back(&stack, ORDER).await.len() == 1).await;
    let settled = done(&shop, SETTLE, &agent, &settlement(&return_no)).await;
    assert_eq!(settled["payload"]["list"][0]["rfdAmt"], 7_000);
    let shown = details_in(&shop, ORDER, &return_no, "30").await;
    assert_eq!((&shown["orgClaimNo"], &shown["exchMidRtnYn"]), (&json!(exchange_no), &json!("Y")));
    assert_eq!(stock(&shop).await, stocks(&[("001", 11), ("002", 5)]));
    assert_eq!(given_back(&stack, ORDER).await.len(), 2);
    assert_books(&stack, 2).await;
}

#[actix_web::test]
async fn a_free_return_coupon_pays_for_the_way_back_once() {
    let (stack, shop) = delivered().await;
    let member = shop.member(MEMBER);
    let coupon = json!({"cpnIsuNo": "CR0001", "promoNo": "P15", "promoNm": "무료반품", "promoTypCd": "15", "mbrNo": MEMBER,
        "validEndDtm": "2099-12-31T23:59:59+09:00", "useStatCd": "10", "ordNo": null});
    done(&shop, "/v1/marketing/coupons", &shop.service(), &json!({"coupons": [coupon]})).await;
    let body = with(request(ORDER, 1), "rtnCpnIsuNo", json!("CR0001"));
    let claim_no = asked(&shop, &body).await;
    assert!(!usable_coupons(&shop).await.contains(&"CR0001".to_owned()));
    let twice = shop.post(RETURN, &member, &body).await;
    assert_eq!((twice.status, twice.code()), (900, "COUPON_NOT_USABLE"));
    // The customer changes its mind, and has the coupon again.
    let named = json!({"ordNo": ORDER, "claimNo": claim_no});
    done_empty(&shop, "/v1/claim/return/withdrawalReturnFO", &member, &named).await;
    until("the coupon is back", async || usable_coupons(&shop).await.contains(&"CR0001".to_owned())).await;
    let claim_no = asked(&shop, &body).await;
    collect(&shop, &claim_no).await;
    let settled = done(&shop, SETTLE, &shop.agent(), &settlement(&claim_no)).await;
    assert_eq!(settled["payload"]["list"][0]["rfdAmt"], 10_000);
    details_in(&shop, ORDER, &claim_no, "30").await;
    assert!(!usable_coupons(&shop).await.contains(&"CR0001".to_owned()));
    assert_books(&stack, 2).await;
}

async fn done_empty(shop: &Storefront, path: &str, token: &str, body: &Value) {
    let answer = shop.post(path, token, body).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""), "{path}");
}
