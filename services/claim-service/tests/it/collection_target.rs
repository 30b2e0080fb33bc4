//! 반품·교환대상: what of an order may be sent back, and what is said of the money.

use contract::operations::Operation;
use contract::operations::claim::{GET_EXCHAGE_TARGET_INFO_FO, GET_RETURN_TARGET_INFO_FO};
use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::goods_back::{
    assert_refused, delivered, delivered_as, exchange_of, inspection, number_in, paid, return_of, row,
};
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER, plain_order};
use crate::promotion::FreeReturn;

const BOTH: [Operation; 2] = [GET_RETURN_TARGET_INFO_FO, GET_EXCHAGE_TARGET_INFO_FO];

impl TestApp {
    /// 반품대상 조회
    pub(crate) async fn return_target(&self, caller: &Caller, order_no: &str) -> TestAnswer {
        self.service.post(GET_RETURN_TARGET_INFO_FO.path, caller, &json!({"ordNo": order_no})).await
    }

    /// 교환대상 조회
    pub(crate) async fn exchange_target(&self, caller: &Caller, order_no: &str) -> TestAnswer {
        let request = json!({"ordNo": order_no, "claimBusinessType": "20", "systemType": "anything"});
        self.service.post(GET_EXCHAGE_TARGET_INFO_FO.path, caller, &request).await
    }
}

fn reason(code: &str, name: &str, fault: &str) -> Value {
    json!({"claimRsnCd": code, "claimRsnNm": name, "imptDivCd": fault})
}

/// Payment numbers with what is left of each.
fn payments(target: &Value) -> Vec<(&str, i64)> {
    let rows = target["payList"].as_array().into_iter().flatten();
    rows.map(|row| (row["payNo"].as_str().unwrap_or(""), row["rfdPsbAmt"].as_i64().unwrap_or(-1))).collect()
}

#[actix_web::test]
async fn the_contracts_order_is_shown_whole_to_who_sends_it_back() {
    let app = delivered().await;
    app.promotion.world().free_returns = vec![
        FreeReturn::usable("CI0015", MEMBER),
        FreeReturn { status: "20", ..FreeReturn::usable("CI0016", MEMBER) },
        FreeReturn::usable("CI0017", "100001312"),
    ];
    let shown = app.return_target(&member(MEMBER), ORDER).await;
    let mut target = json!({"ordNo": ORDER, "mbrNo": MEMBER, "ordManNm": "홍길동", "ordMediaCd": "20",
        "ordDtm": "2026-08-01T10:00:00+09:00", "sctnCnclPsbYn": "Y",
        "ordGoodsList": [{"ordSeq": 1, "goodsNo": "10002552", "itmNo": "001", "goodsNm": "린넨 셔츠",
            "itmNm": "화이트/M", "goodsImg": null, "entrNo": "E0001", "ordQty": 3, "cnclQty": 0, "claimPsbQty": 3,
            "salePrc": 20000, "dcAmt": 11000, "ordDtlStatCd": "15", "ordDtlStatNm": "배송완료",
            "claimPsbYn": "Y", "claimImpsbRsn": null, "optChgPsbYn": "N", "deliGrpNo": 1, "rtnQty": 0,
            "clmIngQty": 0, "itmPtnList": [{"itmNo": "001", "itmNm": "화이트/M", "qty": 3, "claimPsbQty": 3,
                "claimLmtDt": "2026-08-19", "entrClaimLmtDt": "2026-11-05"}],
            "deliFnshDtm": "2026-08-05T12:00:00+09:00", "rtnPsbYn": "Y", "exchPsbYn": "Y", "wthdYn": "Y"}],
        "claimRsnList": [reason("251", "단순변심", "10"), reason("252", "사이즈/색상 변경", "10"),
            reason("271", "상품정보 오류", "20"), reason("272", "상품 불량", "20"), reason("273", "오배송", "20"),
            reason("274", "배송 중 파손", "20"), reason("275", "구성품 누락", "20"),
            reason("276", "배송 지연", "20")],
        "payList": [
            {"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "payAmt": 46000, "rfdPsbAmt": 46000,
                "sctnCnclPsbYn": "Y"},
            {"payNo": "PAY2", "payMeansCd": "50", "payMeansNm": "마일리지", "payAmt": 3000, "rfdPsbAmt": 3000,
                "sctnCnclPsbYn": "Y"}],
        "rfdAcctReqYn": "N",
        "deliGrpList": [{"deliGrpNo": 1, "entrNo": "E0001", "rtnDeliAmt": 3000, "exchDeliAmt": 6000}],
        "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234",
            "cellEndNo": "5678", "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "10층",
            "deliMsg": null, "persCstmCd": null}],
        "rtnCpnList": [{"cpnIsuNo": "CI0015", "promoNm": "무료반품",
            "validEndDtm": "2027-01-31T23:59:59+09:00"}]});
    assert_eq!(shown.json, target, "{}", shown.text);

    // An exchange has fewer reasons, and no coupon pays for it.
    let shown = app.exchange_target(&member(MEMBER), ORDER).await;
    let reasons = target["claimRsnList"].as_array_mut().expect("reasons");
    reasons.retain(|reason| !matches!(reason["claimRsnCd"].as_str(), Some("251" | "276")));
    target.as_object_mut().expect("an object").remove("rtnCpnList");
    assert_eq!(shown.json, target, "{}", shown.text);
}

#[actix_web::test]
async fn what_can_not_be_sent_back_says_why() {
    let app = TestApp::spawn_in(crate::app::House::at(crate::goods_back::noon())).await;
    let no = "20260801O000010";
    let mut order = plain_order(no, &[(1, 100), (2, 200), (1, 300), (1, 400)], "10");
    order["goodsList"][1]["rtnPsbYn"] = json!("N");
    order["goodsList"][1]["exchPsbYn"] = json!("N");
    order["goodsList"][2]["wthdYn"] = json!("N");
    app.member.put(order);
    for (line, status, delivered) in [
        (0, "12", Value::Null),
        (1, "15", json!("2026-08-09T12:00:00+09:00")),
        (2, "13", Value::Null),
        (3, "16", json!("2026-05-09T12:00:00+09:00")),
    ] {
        app.member.change(no, |snapshot| {
            snapshot["lineList"][line]["ordDtlStatCd"] = json!(status);
            snapshot["lineList"][line]["dlvdDtm"] = delivered;
        });
    }
    let rows = |target: &Value| {
        let rows = target["ordGoodsList"].as_array().cloned().unwrap_or_default();
        let row = |row: &Value| {
            let text = |field: &str| row[field].as_str().unwrap_or("-").to_owned();
            (text("claimPsbYn"), row["claimPsbQty"].as_i64().unwrap_or(-1), text("claimImpsbRsn"))
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let n = |why: &str| ("N".to_owned(), 0, why.to_owned());
    let y = |quantity| ("Y".to_owned(), quantity, "-".to_owned());
    let returns = app.return_target(&member(MEMBER), no).await.json;
    assert_eq!(
        rows(&returns),
        [
            n("배송이 시작되지 않아 반품할 수 없습니다."),
            // A defect is no reason of the customer's.
            y(2),
            y(1),
            n("반품 가능 기간이 지났습니다.")
        ]
    );
    let flags = |line: usize| {
        let row = &returns["ordGoodsList"][line];
        ["rtnPsbYn", "exchPsbYn", "wthdYn"].map(|field| row[field].as_str().unwrap_or("").to_owned())
    };
    assert_eq!((flags(1), flags(2)), (["N", "N", "Y"].map(String::from), ["Y", "Y", "N"].map(String::from)));
    let portion = &returns["ordGoodsList"][2]["itmPtnList"][0];
    assert_eq!((&portion["claimLmtDt"], &portion["entrClaimLmtDt"]), (&Value::Null, &Value::Null));
    let exchanges = app.exchange_target(&member(MEMBER), no).await.json;
    assert_eq!(rows(&exchanges)[0], n("배송이 시작되지 않아 교환할 수 없습니다."));
    assert_eq!(rows(&exchanges)[3], n("교환 가능 기간이 지났습니다."));
    // An agent is bound by the status alone.
    let agents = app.return_target(&agent("cs1"), no).await.json;
    assert_eq!(rows(&agents)[3], y(1));
}

#[actix_web::test]
async fn units_are_counted_where_they_went() {
    let app = delivered().await;
    let asked = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let counts = async || {
        let target = app.return_target(&member(MEMBER), ORDER).await.json;
        let row = &target["ordGoodsList"][0];
        let portions = row["itmPtnList"].as_array().into_iter().flatten();
        let portions =
            portions.map(|one| (one["qty"].clone(), one["claimPsbQty"].clone())).collect::<Vec<_>>();
        (
            ["cnclQty", "rtnQty", "clmIngQty", "claimPsbQty"].map(|field| row[field].as_i64().unwrap_or(-1)),
            portions,
        )
    };
    assert_eq!(counts().await, ([1, 0, 1, 2], vec![(json!(3), json!(2))]));
    app.collect(&asked).await;
    number_in_settled(&app, &asked).await;
    assert_eq!(counts().await, ([1, 1, 0, 2], vec![(json!(2), json!(2))]));
    let rest = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    assert_eq!(counts().await, ([3, 1, 2, 0], vec![(json!(2), json!(0))]));
    let target = app.exchange_target(&agent("cs1"), ORDER).await.json;
    assert_eq!(
        target["ordGoodsList"][0]["claimImpsbRsn"],
        "이미 전체 수량이 취소·반품되었거나 클레임이 진행 중인 상품입니다."
    );
    app.collect(&rest).await;
    number_in_settled(&app, &rest).await;
    assert_eq!(counts().await, ([3, 3, 0, 0], vec![]));
}

async fn number_in_settled(app: &TestApp, claim_no: &str) {
    let settled = app.settle(claim_no, true).await;
    assert_eq!(settled.payload()["list"][0]["claimStatCd"], "30", "{}", settled.text);
}

#[actix_web::test]
async fn exchanged_units_stand_under_their_item_with_days_of_their_own() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    number_in(&app.ship(&claim_no, "15", None).await, "30");
    let target = app.return_target(&member(MEMBER), ORDER).await.json;
    assert_eq!(
        target["ordGoodsList"][0]["itmPtnList"],
        json!([
            {"itmNo": "001", "itmNm": "화이트/M", "qty": 2, "claimPsbQty": 2, "claimLmtDt": "2026-08-19",
                "entrClaimLmtDt": "2026-11-05"},
            {"itmNo": "002", "itmNm": "002", "qty": 1, "claimPsbQty": 1, "claimLmtDt": "2026-08-24",
                "entrClaimLmtDt": "2026-11-10"}])
    );
    assert_eq!(target["ordGoodsList"][0]["itmNo"], "001", "as it was ordered");
}

/// Returning the first line costs 4,000 more than it gives back.
fn costly(order: &mut Value) {
    *order = plain_order(ORDER, &[(1, 2_000), (1, 49_000)], "10");
    order["deliGrpList"][0]["freeStdAmt"] = json!(50_000);
    order["payList"][0]["pgPayKey"] = json!("tk_own");
}

#[actix_web::test]
async fn money_that_is_held_or_spent_is_nobodys_to_give_back() {
    let app = delivered_as(costly).await;
    let looks = async || {
        let targets = [
            app.return_target(&member(MEMBER), ORDER).await.json,
            app.exchange_target(&member(MEMBER), ORDER).await.json,
            app.popup(&member(MEMBER), ORDER).await.json,
        ];
        assert_eq!(payments(&targets[0]), payments(&targets[1]));
        assert_eq!(payments(&targets[0]), payments(&targets[2]));
        payments(&targets[0]).into_iter().map(|(no, left)| (no.to_owned(), left)).collect::<Vec<_>>()
    };
    let own = ("PAY1".to_owned(), 51_000);
    let claim_no = number_in(&app.ask_return(&paid(return_of("251", 1), "tk_more")).await, "20");
    assert_eq!(looks().await, std::slice::from_ref(&own), "it is held");
    app.collect(&claim_no).await;
    number_in_settled(&app, &claim_no).await;
    assert_eq!(looks().await, [own, (claim_no, 4_000)], "it paid for the return, and may go back");

    let app = delivered().await;
    let claim_no = number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    let popup = app.popup(&member(MEMBER), ORDER).await.json;
    assert_eq!(payments(&popup), [("PAY1", 46_000), ("PAY2", 3_000)], "it is held");
    app.collect(&claim_no).await;
    number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
    let popup = app.popup(&member(MEMBER), ORDER).await.json;
    assert_eq!(payments(&popup), [("PAY1", 46_000), ("PAY2", 3_000)], "it is spent");
}

#[actix_web::test]
async fn whose_order_it_is_comes_first() {
    let app = delivered().await;
    app.member.deliver(GUEST_ORDER, "2026-08-05T12:00:00+09:00");
    for operation in BOTH {
        let ask = async |caller: &Caller, order_no: Value| {
            let answer = app.service.post(operation.path, caller, &json!({"ordNo": order_no})).await;
            (answer.status, answer.code().to_owned())
        };
        let ok = (200, String::new());
        let forbidden = (403, "FORBIDDEN".to_owned());
        assert_eq!(ask(&guest(GUEST_ORDER), json!(GUEST_ORDER)).await, ok);
        assert_eq!(ask(&agent("cs1"), json!(GUEST_ORDER)).await, ok);
        for (caller, order_no) in [
            (member("100001312"), ORDER),
            (on_site(member(MEMBER), "2"), ORDER),
            (member(MEMBER), NO_ORDER),
            (guest(GUEST_ORDER), ORDER),
            (service("shop"), ORDER),
        ] {
            assert_eq!(ask(&caller, json!(order_no)).await, forbidden);
        }
        assert_eq!(ask(&agent("cs1"), json!(NO_ORDER)).await, (900, "ORDER_NOT_FOUND".to_owned()));
        for order_no in [Value::Null, json!(""), json!("O-1")] {
            let answer = app.service.post(operation.path, &member(MEMBER), &json!({"ordNo": order_no})).await;
            assert_refused(&answer, "VALIDATION", &["ordNo"]);
        }
        let of_guest =
            app.service.post(operation.path, &guest(GUEST_ORDER), &json!({"ordNo": GUEST_ORDER})).await;
        let has_coupons = operation.id == GET_RETURN_TARGET_INFO_FO.id;
        assert_eq!(of_guest.json.get("rtnCpnList"), has_coupons.then_some(&json!([])));
    }
}
