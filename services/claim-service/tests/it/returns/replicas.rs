//! Two replicas of the service on one database: whoever comes first has it, whichever of them it asked.

use contract::operations::claim::{
    CONVERT_EXCHANGE_TO_RETURN, EXCHANGE_FO, RETURN_FO, SAVE_INSPECT_RSLT, SAVE_REFUND_BUNDLE_APPRO_MGMT,
    WITHDRAWAL_RETURN_FO,
};
use db::Backend;
use serde_json::{Value, json};
use test_kit::identity::{agent, member};
use test_kit::service::TestService;

use super::desk::{assert_conflict, named, stands};
use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{
    SHIRT, assert_refused, delivered, exchange_of, inspection, number_in, paid, return_of, row, shirts,
};
use crate::member::{MEMBER, ORDER, order};
use crate::promotion::FreeReturn;

/// How often they meet.
const ROUNDS: usize = 4;

/// The delivered order, and two replicas of the service; on SQLite one process has the whole file.
async fn two_replicas() -> Option<(TestApp, TestService)> {
    let app = delivered().await;
    if app.db.backend() == Backend::Sqlite {
        return None;
    }
    let other = app.house.service().await;
    Some((app, other))
}

fn settlement_of(claim_no: &str) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no, "claimBusinessType": "22", "systemType": "BO",
        "amtChgCfrmYn": "Y"})
}

#[actix_web::test]
async fn two_replicas_give_the_last_units_once_and_settle_or_withdraw_them_once() {
    for _ in 0..ROUNDS {
        let Some((app, other)) = two_replicas().await else { return };
        let (asked, caller, desk) = (return_of("251", 2), member(MEMBER), agent("cs1"));
        let (one, two) = tokio::join!(app.ask_return(&asked), other.post(RETURN_FO.path, &caller, &asked));
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        let claim_no = number_in(&won, "20");
        assert_refused(&lost, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]);
        app.collect(&claim_no).await;
        let (settlement, claim) = (settlement_of(&claim_no), named(&claim_no));
        let (one, two, withdrawn) = tokio::join!(
            app.settle(&claim_no, true),
            other.post(SAVE_REFUND_BUNDLE_APPRO_MGMT.path, &desk, &settlement),
            other.post(WITHDRAWAL_RETURN_FO.path, &desk, &claim)
        );
        app.until_outbox_is_empty().await;
        if withdrawn.status == 200 {
            assert_conflict(&one);
            assert_conflict(&two);
            assert_eq!((stands(&app, &claim_no).await.as_str(), shirts(&app).await), ("39/40", (5, 2)));
            assert!(app.refunds.book().given.is_empty());
        } else {
            assert_conflict(&withdrawn);
            assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
            assert_eq!(one.payload()["list"][0]["rfdAmt"], two.payload()["list"][0]["rfdAmt"]);
            app.details_in(ORDER, &claim_no, "30").await;
            assert_eq!(shirts(&app).await, (7, 2));
            assert_eq!(app.refunds.book().given.len(), 1);
        }
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn two_replicas_give_the_last_piece_once_and_inspect_and_convert_once() {
    const OTHER: &str = "20260801O000075";
    for _ in 0..ROUNDS {
        let Some((app, other)) = two_replicas().await else { return };
        app.put_goods(SHIRT, &[("001", 5), ("002", 1)]).await;
        app.member.put(order(OTHER));
        app.member.deliver(OTHER, "2026-08-05T12:00:00+09:00");
        let (caller, desk) = (member(MEMBER), agent("cs1"));
        let asked = exchange_of("272", 1, "002");
        let of_other = with(asked.clone(), "ordNo", json!(OTHER));
        let (one, two) =
            tokio::join!(app.ask_exchange(&asked), other.post(EXCHANGE_FO.path, &caller, &of_other));
        assert_eq!(shirts(&app).await, (5, 0));
        let (won, lost) = if one.status == 200 { (&one, &two) } else { (&two, &one) };
        assert_refused(lost, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
        let claim_no = number_in(won, "20");
        if one.status != 200 {
            continue;
        }
        app.collect(&claim_no).await;
        let (good, bad) = (inspection(&claim_no, &[row(1, 0)]), inspection(&claim_no, &[row(0, 1)]));
        let (good, bad) = tokio::join!(app.inspect(&good), other.post(SAVE_INSPECT_RSLT.path, &desk, &bad));
        assert_eq!([good.status, bad.status].iter().filter(|status| **status == 200).count(), 1);
        if good.status == 200 {
            let claim = named(&claim_no);
            let (shipped, one, two) = tokio::join!(
                app.ship(&claim_no, "13", Some("1")),
                app.convert(&claim_no),
                other.post(CONVERT_EXCHANGE_TO_RETURN.path, &desk, &claim)
            );
            if shipped.status == 200 {
                assert_conflict(&one);
                assert_conflict(&two);
                assert_eq!(shirts(&app).await, (6, 0));
            } else {
                assert_conflict(&shipped);
                assert_eq!(number_in(&one, "20"), number_in(&two, "20"));
                assert_eq!(shirts(&app).await, (6, 1));
            }
        } else {
            assert_eq!(shirts(&app).await, (5, 1));
        }
        app.until_outbox_is_empty().await;
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn two_replicas_take_one_coupon_and_one_payment_once() {
    const OTHER: &str = "20260801O000076";
    for _ in 0..ROUNDS {
        let Some((app, other)) = two_replicas().await else { return };
        app.member.put(order(OTHER));
        app.member.deliver(OTHER, "2026-08-05T12:00:00+09:00");
        app.promotion.world().free_returns = vec![FreeReturn::usable("CI15", MEMBER)];
        let caller = member(MEMBER);
        let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!("CI15"));
        let of_other = with(asked.clone(), "ordNo", json!(OTHER));
        let (one, two) = tokio::join!(app.ask_return(&asked), other.post(RETURN_FO.path, &caller, &of_other));
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        number_in(&won, "20");
        assert_refused(&lost, "COUPON_NOT_USABLE", &["rtnCpnIsuNo"]);
        let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
        let of_other = with(asked.clone(), "ordNo", json!(OTHER));
        let (one, two) =
            tokio::join!(app.ask_exchange(&asked), other.post(EXCHANGE_FO.path, &caller, &of_other));
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        number_in(&won, "20");
        assert_refused(&lost, "ADDITIONAL_PAYMENT_REQUIRED", &["addPay"]);
        assert_eq!(shirts(&app).await, (5, 1));
        app.until_outbox_is_empty().await;
        app.assert_books().await;
    }
}
