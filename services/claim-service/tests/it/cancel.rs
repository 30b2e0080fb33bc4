//! 주문취소: the contract's order cancelled, one unit after the other and all at once, and what is shown of it.

use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{agent, guest, member};
use test_kit::service::TestAnswer;

use crate::app::{House, TestApp};
use crate::member::{GUEST_ORDER, MEMBER, ORDER, plain_order};
use crate::quote::request;

/// The number of the claim a cancel was accepted as.
#[track_caller]
pub(crate) fn claim_no_of(answer: &TestAnswer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned()
}

#[track_caller]
fn assert_complete(answer: &TestAnswer, refund: i64) -> String {
    let claim_no = claim_no_of(answer);
    assert_eq!(
        answer.payload(),
        &json!({"claimNo": claim_no, "claimStatCd": "30", "rfdPrarAmt": refund, "addPayPrarAmt": 0})
    );
    claim_no
}

/// An order whose first line costs 2,000 more than it gives back: the delivery is no longer free without it.
pub(crate) fn costly_order(order_no: &str) -> Value {
    let mut order = plain_order(order_no, &[(1, 1_000), (1, 49_500)], "10");
    order["deliGrpList"][0]["freeStdAmt"] = json!(50_000);
    order["payList"][0]["pgPayKey"] = json!("tk_own");
    order
}

pub(crate) const COSTLY: &str = "20260801O000020";

pub(crate) fn with(mut request: Value, field: &str, value: Value) -> Value {
    request[field] = value;
    request
}

#[actix_web::test]
async fn the_whole_order_at_once_goes_back_to_everybody() {
    let app = TestApp::spawn().await;
    let answer = app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await;
    let claim_no = assert_complete(&answer, 49_000);
    let today = commerce::calendar::kst_date_of(app.clock.now()).format("%Y%m%d").to_string();
    assert!(claim_no == format!("{today}C000001") || claim_no.ends_with("C000001"), "{claim_no}");
    assert_eq!(app.member.cancelled(ORDER, 0), 3);
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    {
        let promotion = app.promotion.world();
        assert_eq!(promotion.restored_mileage(ORDER), 3_000);
        assert_eq!(promotion.restored_coupons(), ["CI0001", "CI0002"]);
    }
    let notices: Vec<Value> = app.member.0.world().notices.values().cloned().collect();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["tmplCd"], "CLAIM_COMPLETED");
    assert_eq!(notices[0]["chnlCds"], json!(["10", "30", "40"]));
    assert_eq!(
        notices[0]["variables"],
        json!({"claimNm": "취소", "claimNo": claim_no, "ordNo": ORDER, "rfdAmt": "49,000"})
    );
    app.assert_books().await;
}

#[actix_web::test]
async fn without_a_place_to_carry_it_out_at_once_a_cancel_comes_to_its_end_from_the_outbox() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__AT_ONCE", "0")).await;
    let answer = app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await;
    let claim_no = assert_complete(&answer, 49_000);
    assert_eq!(app.member.cancelled(ORDER, 0), 3);
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    assert_eq!(app.promotion.world().restored_mileage(ORDER), 3_000);
    assert!(app.member.0.world().notices.contains_key(&format!("{claim_no}:NOTI")));
    app.until_outbox_is_empty().await;
    app.assert_books().await;
}

#[actix_web::test]
async fn one_unit_after_the_other_comes_to_the_same_and_previews_know_what_went_before() {
    let app = TestApp::spawn().await;
    let caller = member(MEMBER);
    let one = request(ORDER, "251", &[(1, 1)]);
    // The discount each claim takes back counts as ordered: 5,000 of the cart coupon, then 6,000 of the goods coupon.
    for (round, (refund, revoked)) in [(10_000, 5_000), (16_000, 6_000), (23_000, 0)].into_iter().enumerate()
    {
        let preview = app.preview(&caller, &one).await.json;
        assert_eq!(preview["payInfo"]["rfdPrarAmt"], refund);
        let seen =
            with(with(one.clone(), "costHash", preview["costHash"].clone()), "expectRfdAmt", json!(refund));
        let claim_no = assert_complete(&app.cancel(&caller, &seen).await, refund);
        let asked = app.member.0.world().decided[&claim_no].0.clone();
        assert_eq!(asked["lineList"], json!([{"ordSeq": 1, "claimQty": 1, "rvkDcAmt": revoked}]));
        assert_eq!(asked["rcvYn"], "N");
        // What was previewed is what is kept and shown, with the names of the goods.
        let details = app.details(&caller, ORDER, &claim_no).await.json;
        let mut named = preview;
        named["claimGoodsList"][0]["goodsNm"] = json!("린넨 셔츠");
        named["claimGoodsList"][0]["itmNm"] = json!("화이트/M");
        assert_eq!(details["cost"], named, "round {round}");
    }
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    assert_eq!(app.promotion.world().restored_mileage(ORDER), 3_000);
    assert_eq!(app.promotion.world().restored_coupons(), ["CI0001", "CI0002"]);
    let shown = app.popup(&caller, ORDER).await.json;
    let goods = &shown["ordGoodsList"][0];
    assert_eq!(
        (&goods["cnclQty"], &goods["claimPsbQty"], &goods["claimPsbYn"]),
        (&json!(3), &json!(0), &json!("N"))
    );
    assert_eq!(
        (&shown["payList"][0]["rfdPsbAmt"], &shown["payList"][1]["rfdPsbAmt"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(app.cancel(&caller, &one).await.code(), "CLAIM_QTY_EXCEEDED");
    app.assert_books().await;
}

#[actix_web::test]
async fn details_show_everything_that_was_done() {
    let app = TestApp::spawn().await;
    app.promotion.world().lost_coupons.insert("CI0001".to_owned(), "EXPIRED");
    let asked = with(request(ORDER, "251", &[(1, 2)]), "claimRsnCntt", json!("사이즈가 커요"));
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    for caller in [member(MEMBER), agent("cs1")] {
        let mut details = app.details(&caller, ORDER, &claim_no).await.json;
        assert!(details["cost"].take().is_object());
        for field in ["reqDtm", "cmplDtm"] {
            assert!(details[field].take().as_str().is_some_and(|at| at.ends_with("+09:00")), "{details}");
        }
        assert!(details["rfdList"][0]["rfdDtm"].take().is_string());
        let steps: Vec<[Value; 4]> = details["stepList"]
            .take()
            .as_array()
            .into_iter()
            .flatten()
            .map(|step| ["stepCd", "stepNm", "stepStatCd", "tryCnt"].map(|field| step[field].clone()))
            .collect();
        let expected = [
            ("ORDER", "주문반영"),
            ("REFUND", "환불"),
            ("STOCK", "재고복원"),
            ("COUPON", "쿠폰복원"),
            ("NOTI", "알림"),
        ];
        assert_eq!(steps, expected.map(|(step, name)| [json!(step), json!(name), json!("20"), json!(0)]));
        assert_eq!(
            details,
            json!({"claimNo": claim_no, "ordNo": ORDER, "claimBusinessType": "10", "claimBusinessTypeNm": "취소",
                "claimStatCd": "30", "claimStatNm": "완료", "claimRsnCd": "251", "claimRsnNm": "단순변심",
                "claimRsnCntt": "사이즈가 커요", "imptDivCd": "10", "reqRoleCd": "MEMBER", "reqDtm": null, "cmplDtm": null,
                "cost": null,
                "rfdList": [{"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 26_000,
                    "rfdStatCd": "20", "rfdDtm": null}],
                "restoreCpnList": [
                    {"cpnIsuNo": "CI0001", "promoNo": "P11", "promoNm": "상품쿠폰 10%", "promoTypCd": "11",
                        "restoredYn": "N", "rsn": "EXPIRED"},
                    {"cpnIsuNo": "CI0002", "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12",
                        "restoredYn": "Y", "rsn": null}],
                "stkList": [{"goodsNo": "10002552", "itmNo": "001", "qty": 2}],
                "cnclGiftList": [{"aeNo": "AE1", "aeGoodsNo": "90000001", "aeGoodsNm": "텀블러"}],
                "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234",
                    "cellEndNo": "5678", "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "10층",
                    "deliMsg": null, "persCstmCd": null}],
                "stepList": null})
        );
    }
    app.assert_books().await;
}

#[actix_web::test]
async fn a_claim_is_shown_to_its_owner_and_to_staff_and_nobody_else_learns_of_it() {
    let app = TestApp::spawn().await;
    let of_member = claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    let of_guest =
        claim_no_of(&app.cancel(&guest(GUEST_ORDER), &request(GUEST_ORDER, "251", &[(1, 1)])).await);
    let unknown = "20260801C999999";
    let cases = [
        (guest(GUEST_ORDER), GUEST_ORDER, of_guest.as_str(), 200),
        (agent("cs1"), GUEST_ORDER, of_guest.as_str(), 200),
        (member(MEMBER), ORDER, of_guest.as_str(), 403),
        (member(MEMBER), ORDER, unknown, 403),
        (member("1"), ORDER, of_member.as_str(), 403),
        (guest(GUEST_ORDER), ORDER, of_member.as_str(), 403),
        (guest(GUEST_ORDER), GUEST_ORDER, of_member.as_str(), 403),
        (agent("cs1"), ORDER, unknown, 900),
        (agent("cs1"), ORDER, of_guest.as_str(), 900),
    ];
    for (caller, order_no, claim_no, status) in cases {
        let answer = app.details(&caller, order_no, claim_no).await;
        assert_eq!(answer.status, status, "{order_no} {claim_no}: {}", answer.text);
        if status == 900 {
            assert_eq!(answer.code(), "CLAIM_NOT_FOUND");
        }
    }
    let malformed = app.details(&agent("cs1"), "1", "").await;
    assert_eq!((malformed.code(), malformed.fields()), ("VALIDATION", vec!["ordNo", "claimNo"]));
    // A guest has no inbox.
    let key = format!("{of_guest}:NOTI");
    assert_eq!(app.member.0.world().notices[&key]["chnlCds"], json!(["10", "30"]));
}

#[actix_web::test]
async fn an_imported_claim_and_an_option_change_are_shown_without_a_cost() {
    let app = TestApp::spawn().await;
    let claim = |serial: u32, kind: &str, status: &str| {
        json!({"claimNo": format!("20260801C{serial:06}"), "ordNo": ORDER, "claimBusinessType": kind,
            "claimStatCd": status, "claimRsnCd": "270", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
            "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
    };
    let taken = app.import(json!([claim(1, "20", "30"), claim(2, "11", "20")])).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    for (serial, kind, status) in [(1, "20", "30"), (2, "11", "20")] {
        let details = app.details(&member(MEMBER), ORDER, &format!("20260801C{serial:06}")).await.json;
        assert_eq!((&details["claimBusinessType"], &details["claimStatCd"]), (&json!(kind), &json!(status)));
        assert_eq!((&details["cost"], &details["imptDivCd"]), (&Value::Null, &json!("20")));
        for list in ["rfdList", "restoreCpnList", "stkList", "cnclGiftList", "stepList"] {
            assert_eq!(details[list], json!([]), "{list}");
        }
        assert_eq!(details["dlvpList"][0]["rcvmnNm"], "홍길동");
    }
}

#[actix_web::test]
async fn stock_comes_back_where_the_catalogue_knows_the_item() {
    let app = TestApp::spawn().await;
    app.put_goods("10002552", &[("001", 5), ("002", 7)]).await;
    claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 2)])).await);
    assert_eq!(app.stock("10002552").await, [("001".to_owned(), 7), ("002".to_owned(), 7)]);
    // The line's item is another one by now; the stock of that one comes back.
    app.member.change(ORDER, |snapshot| snapshot["lineList"][0]["itmNo"] = json!("002"));
    claim_no_of(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await);
    assert_eq!(app.stock("10002552").await, [("001".to_owned(), 7), ("002".to_owned(), 8)]);
}

#[actix_web::test]
async fn what_a_cancel_costs_is_paid_first_and_goes_back_with_the_rest() {
    let app = TestApp::spawn().await;
    app.member.put(costly_order(COSTLY));
    let paid = with(
        request(COSTLY, "251", &[(1, 1)]),
        "addPay",
        json!({"payMeansCd": "70", "pgPayKey": "tk_additional"}),
    );
    let answer = app.cancel(&member(MEMBER), &paid).await;
    let first = claim_no_of(&answer);
    assert_eq!(answer.payload()["addPayPrarAmt"], 2_000);
    let shown = app.popup(&member(MEMBER), COSTLY).await.json;
    let of_claim = &shown["payList"][1];
    assert_eq!((&of_claim["payNo"], &of_claim["rfdPsbAmt"]), (&json!(first), &json!(2_000)));
    let rest = app.cancel(&member(MEMBER), &request(COSTLY, "251", &[(2, 1)])).await;
    claim_no_of(&rest);
    assert_eq!(rest.payload()["rfdPrarAmt"], 52_500);
    {
        let book = app.refunds.book();
        assert_eq!(book.given_of(COSTLY), [("PAY1".to_owned(), 50_500), (first.clone(), 2_000)].into());
        let keys: Vec<Option<&str>> =
            book.given.values().map(|order| order.provider_key.as_deref()).collect();
        assert!(keys.contains(&Some("tk_own")) && keys.contains(&Some("tk_additional")), "{keys:?}");
    }
    app.assert_books().await;
}

#[actix_web::test]
async fn an_order_that_waits_for_payment_gives_only_its_mileage_back() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000021";
    let mut order = plain_order(order_no, &[(1, 10_000)], "30");
    order["goodsList"][0]["ordDtlStatCd"] = json!("10");
    order["payList"] = json!([{"payNo": "PAY1", "payMeansCd": "30", "payAmt": 9_000, "sctnCnclPsbYn": "Y"},
        {"payNo": "PAY2", "payMeansCd": "50", "payAmt": 1_000, "sctnCnclPsbYn": "Y"}]);
    app.member.put(order);
    let answer = app.cancel(&member(MEMBER), &request(order_no, "251", &[(1, 1)])).await;
    let claim_no = assert_complete(&answer, 0);
    assert!(app.refunds.book().given.is_empty());
    assert_eq!(app.promotion.world().restored_mileage(order_no), 1_000);
    assert_eq!(app.details(&member(MEMBER), order_no, &claim_no).await.json["rfdList"], json!([]));
    app.assert_books().await;
}

#[actix_web::test]
async fn accumulation_is_taken_back_by_entry_of_the_order() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000022";
    let mut order = plain_order(order_no, &[(2, 10_000), (1, 5_000)], "10");
    let goods = |seq: i32, amount: i64| json!({"ordSeq": seq, "goodsNo": "10002552", "itmNo": "001", "accmAmt": amount});
    order["ordAccmList"] = json!([
        {"accmGbCd": "21", "promoNo": "P21", "promoNm": "적립", "ourChrgRate": 100, "entrChrgRate": 0, "accmRate": 1,
            "accmAmt": 251, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 25_000, "goodsAccmList": [goods(1, 201), goods(2, 50)]}]);
    app.member.put(order);
    let answer = app.cancel(&member(MEMBER), &request(order_no, "251", &[(1, 1), (2, 1)])).await;
    claim_no_of(&answer);
    let promotion = app.promotion.world();
    let steps = promotion.steps("/internal/accumulation/takeBack");
    assert_eq!(steps.len(), 1);
    // floor(201 / 2) = 100 and all of the 50.
    assert_eq!(steps[0]["accmList"], json!([{"accmGbCd": "21", "promoNo": "P21", "rtrvAmt": 150}]));
}

#[actix_web::test]
async fn a_refund_that_can_not_go_back_by_its_payment_goes_to_the_account() {
    let app = TestApp::spawn().await;
    let order_no = "20260801O000023";
    app.member.put(plain_order(order_no, &[(2, 10_000)], "30"));
    let account = json!({"bankCd": "004", "acctNo": "123-456-789", "dpstrNm": "홍길동"});
    let asked = with(request(order_no, "251", &[(1, 1)]), "rfdAcct", account.clone());
    claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    {
        let book = app.refunds.book();
        let given = book.given.values().next().expect("a refund");
        let to = given.account.as_ref().expect("an account");
        assert_eq!(
            (to.bank_code.as_str(), to.account_no.as_str(), to.holder.as_str()),
            ("004", "123-456-789", "홍길동")
        );
    }
    // One sent without need is not even kept.
    let asked = with(request(ORDER, "251", &[(1, 1)]), "rfdAcct", account);
    claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    assert_eq!(rows_of(&app.db, "claim_rfd_acct").await.len(), 1);
}
