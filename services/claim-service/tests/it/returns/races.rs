//! At the same time, again and again: whoever comes first has it, whoever comes second hears so, and nothing happens twice.

use contract::operations::claim::{ORD_CHANGE_FO, SAVE_REFUND_BUNDLE_APPRO_MGMT};
use serde_json::json;
use test_kit::dump::rows_of;
use test_kit::identity::{agent, member};

use super::desk::{assert_conflict, one_back, one_for_another, parcel, stands};
use crate::cancel::{claim_no_of, with};
use crate::goods_back::{
    SHIRT, assert_refused, delivered, exchange_of, inspection, number_in, paid, return_of, row, shirts,
};
use crate::member::{MEMBER, ORDER, order, plain_order};
use crate::promotion::FreeReturn;
use crate::quote::request;

/// How often those meet who need a shop of their own.
const ROUNDS: usize = 4;

#[actix_web::test]
async fn two_requests_for_the_last_units_make_one_claim() {
    let app = delivered().await;
    let asked = return_of("251", 2);
    let (one, other) = tokio::join!(app.ask_return(&asked), app.ask_return(&asked));
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    number_in(&won, "20");
    assert_refused(&lost, "CLAIM_QTY_EXCEEDED", &["claimGoodsList[0].claimQty"]);
}

#[actix_web::test]
async fn two_exchanges_for_the_last_piece_make_one_claim() {
    let app = delivered().await;
    app.put_goods(SHIRT, &[("001", 5), ("002", 1)]).await;
    let asked = |key: &str| paid(exchange_of("252", 1, "002"), key);
    let (first, second) = (asked("tk_a"), asked("tk_b"));
    let (one, other) = tokio::join!(app.ask_exchange(&first), app.ask_exchange(&second));
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    number_in(&won, "20");
    assert_refused(&lost, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
    assert_eq!(shirts(&app).await, (5, 0));
}

#[actix_web::test]
async fn of_a_withdrawal_and_a_collection_the_first_wins() {
    let app = delivered().await;
    for _ in 0..3 {
        let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
        let (caller, desk, rows) = (member(MEMBER), agent("cs1"), [parcel(&claim_no)]);
        let (withdrawn, collected) = tokio::join!(
            app.withdraw_return(&caller, &claim_no),
            app.save_status(&desk, ("33", "34"), &rows)
        );
        match stands(&app, &claim_no).await.as_str() {
            "39/30" => {
                assert_eq!(withdrawn.status, 200);
                assert_refused(&collected, "CLAIM_STATUS_CONFLICT", &["withdrawStatUpdateSaveInfoList[0]"]);
            }
            "34" => {
                assert_eq!(collected.status, 200);
                assert_refused(&withdrawn, "CLAIM_STATUS_CONFLICT", &[]);
            }
            other => panic!("{other}"),
        }
    }
}

#[actix_web::test]
async fn two_agents_settle_one_return_and_it_is_settled_once() {
    let app = delivered().await;
    for round in 1..=2 {
        let claim_no = one_back(&app).await;
        let answers = tokio::join!(
            app.settle(&claim_no, true),
            app.settle(&claim_no, true),
            app.settle(&claim_no, true)
        );
        for answer in [&answers.0, &answers.1, &answers.2] {
            let settled = &answer.payload()["list"][0];
            assert_eq!((answer.status, &settled["code"]), (200, &json!("0000")), "{}", answer.text);
            assert_eq!(settled["rfdAmt"], answers.0.payload()["list"][0]["rfdAmt"]);
        }
        app.details_in(ORDER, &claim_no, "30").await;
        assert_eq!(shirts(&app).await, (5 + round, 2));
    }
    app.until_outbox_is_empty().await;
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 20_000)].into());
    app.assert_books().await;
}

#[actix_web::test]
async fn of_two_inspections_of_a_return_the_later_one_stands() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 2)).await, "20");
    app.collect(&claim_no).await;
    let (all, part) = (inspection(&claim_no, &[row(2, 0)]), inspection(&claim_no, &[row(1, 1)]));
    let (one, other) = tokio::join!(app.inspect(&all), app.inspect(&part));
    assert_eq!((one.status, other.status), (200, 200), "{} {}", one.text, other.text);
    let kept = app.kept(&claim_no).await;
    let hash = app.preview(&agent("cs1"), &json!({"ordNo": ORDER, "claimNo": claim_no})).await.json;
    let (stands, fell) = if kept.goods[0].accepted() == 2 { (one, other) } else { (other, one) };
    assert_eq!(stands.payload()["cost"]["costHash"], hash["costHash"]);
    let settled = json!({"ordNo": ORDER, "claimNo": claim_no, "claimBusinessType": "22", "systemType": "BO",
        "amtChgCfrmYn": "Y", "costHash": fell.payload()["cost"]["costHash"]});
    let path = SAVE_REFUND_BUNDLE_APPRO_MGMT.path;
    let changed = app.service.post(path, &agent("cs1"), &settled).await;
    assert_eq!((changed.status, changed.code()), (900, "AMOUNT_CHANGED"), "{}", changed.text);
    let settled = with(settled, "costHash", stands.payload()["cost"]["costHash"].clone());
    assert_eq!(app.service.post(path, &agent("cs1"), &settled).await.status, 200);
    app.details_in(ORDER, &claim_no, "30").await;
    app.assert_books().await;
}

#[actix_web::test]
async fn of_two_inspections_of_an_exchange_one_is_the_last() {
    for _ in 0..ROUNDS {
        let app = delivered().await;
        let claim_no = one_for_another(&app).await;
        let (good, bad) = (inspection(&claim_no, &[row(1, 0)]), inspection(&claim_no, &[row(0, 1)]));
        let (good, bad) = tokio::join!(app.inspect(&good), app.inspect(&bad));
        app.until_outbox_is_empty().await;
        if good.status == 200 {
            assert_conflict(&bad);
            assert_eq!((stands(&app, &claim_no).await.as_str(), shirts(&app).await), ("22", (6, 1)));
            assert!(app.refunds.book().given.is_empty());
        } else {
            assert_conflict(&good);
            number_in(&bad, "90");
            assert_eq!((stands(&app, &claim_no).await.as_str(), shirts(&app).await), ("39/20", (5, 2)));
            assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
        }
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn a_return_is_withdrawn_rejected_or_settled_and_only_one_of_them() {
    let app = delivered().await;
    for _ in 0..3 {
        let claim_no = one_back(&app).await;
        let desk = agent("cs1");
        let (withdrawn, rejected, settled) = tokio::join!(
            app.withdraw_return(&desk, &claim_no),
            app.reject(&claim_no, "02", None),
            app.settle(&claim_no, true)
        );
        app.until_outbox_is_empty().await;
        let won = [&withdrawn, &rejected, &settled].map(|answer| answer.status == 200);
        let at = stands(&app, &claim_no).await;
        let expected = match at.as_str() {
            "39/40" => [true, false, false],
            "39/20" => [false, true, false],
            "37" => [false, false, true],
            other => panic!("{other}"),
        };
        assert_eq!(won, expected, "{at}");
        for lost in [&withdrawn, &rejected, &settled].into_iter().filter(|answer| answer.status != 200) {
            assert_conflict(lost);
        }
    }
    app.assert_books().await;
}

#[actix_web::test]
async fn a_cancel_and_a_return_of_one_order_are_decided_one_after_the_other() {
    const HALF_SENT: &str = "20260801O000071";
    for _ in 0..ROUNDS {
        let app = delivered().await;
        app.member.put(plain_order(HALF_SENT, &[(2, 10_000), (2, 10_000)], "10"));
        app.member.deliver(HALF_SENT, "2026-08-05T12:00:00+09:00");
        app.member.set_status(HALF_SENT, 1, "11");
        let back = with(return_of("251", 1), "ordNo", json!(HALF_SENT));
        let caller = member(MEMBER);
        // The other line, and the very line that is on its way back.
        let (other_line, same_line) =
            (request(HALF_SENT, "251", &[(2, 1)]), request(HALF_SENT, "251", &[(1, 2)]));
        let (returned, cancelled, refused) = tokio::join!(
            app.ask_return(&back),
            app.cancel(&caller, &other_line),
            app.cancel(&caller, &same_line)
        );
        let claim_no = number_in(&returned, "20");
        let cancel_no = claim_no_of(&cancelled);
        let code = refused.code();
        assert!(["CLAIM_QTY_EXCEEDED", "ORDER_NOT_CANCELABLE"].contains(&code), "{}", refused.text);
        app.details_in(HALF_SENT, &cancel_no, "30").await;
        // Open claims change no cost.
        assert_eq!(app.refunds.book().given_of(HALF_SENT), [("PAY1".to_owned(), 10_000)].into());
        assert_eq!(app.kept(&claim_no).await.held(&app.kept(&claim_no).await.goods[0]), 1);
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn a_settlement_and_a_cancel_of_the_other_line_give_back_what_both_come_to() {
    const HALF_SENT: &str = "20260801O000072";
    for _ in 0..ROUNDS {
        let app = delivered().await;
        app.member.put(plain_order(HALF_SENT, &[(1, 10_000), (1, 10_000)], "10"));
        app.member.deliver(HALF_SENT, "2026-08-05T12:00:00+09:00");
        app.member.set_status(HALF_SENT, 1, "11");
        let back = with(return_of("272", 1), "ordNo", json!(HALF_SENT));
        let claim_no = number_in(&app.ask_return(&back).await, "20");
        let rows = json!({"ordNo": HALF_SENT, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1"});
        assert_eq!(app.save_status(&agent("cs1"), ("33", "36"), &[rows]).await.status, 200);
        let settle = json!({"ordNo": HALF_SENT, "claimNo": claim_no, "claimBusinessType": "22",
            "systemType": "BO", "amtChgCfrmYn": "Y"});
        let (desk, caller, cancel) = (agent("cs1"), member(MEMBER), request(HALF_SENT, "270", &[(2, 1)]));
        let (settled, cancelled) = tokio::join!(
            app.service.post(SAVE_REFUND_BUNDLE_APPRO_MGMT.path, &desk, &settle),
            app.cancel(&desk, &cancel)
        );
        assert_eq!(settled.status, 200, "{}", settled.text);
        let cancel_no = claim_no_of(&cancelled);
        for claim_no in [&claim_no, &cancel_no] {
            app.details_in(HALF_SENT, claim_no, "30").await;
        }
        assert_eq!(app.refunds.book().given_of(HALF_SENT), [("PAY1".to_owned(), 20_000)].into());
        assert_eq!(app.details(&caller, HALF_SENT, &claim_no).await.status, 200);
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn the_last_piece_goes_to_an_exchange_or_to_who_changes_the_option_of_an_order() {
    const WAITING: &str = "20260801O000073";
    for _ in 0..ROUNDS {
        let app = delivered().await;
        app.put_goods(SHIRT, &[("001", 5), ("002", 1)]).await;
        app.member.put(plain_order(WAITING, &[(1, 20_000)], "10"));
        let wanted = json!({"ordNo": WAITING, "ordSeq": 1, "goodsNo": SHIRT, "itmNo": "002"});
        let (caller, asked) = (member(MEMBER), exchange_of("272", 1, "002"));
        let (exchanged, changed) =
            tokio::join!(app.ask_exchange(&asked), app.service.post(ORD_CHANGE_FO.path, &caller, &wanted));
        if exchanged.status == 200 {
            assert_refused(&changed, "OPTION_STOCK_SHORT", &["itmNo"]);
            assert_eq!(shirts(&app).await, (5, 0));
        } else {
            assert_refused(&exchanged, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
            assert_eq!(changed.status, 200, "{}", changed.text);
            assert_eq!(shirts(&app).await, (6, 0));
        }
        app.until_outbox_is_empty().await;
    }
}

#[actix_web::test]
async fn one_coupon_pays_for_one_return() {
    const OTHER: &str = "20260801O000074";
    for _ in 0..ROUNDS {
        let app = delivered().await;
        app.member.put(order(OTHER));
        app.member.deliver(OTHER, "2026-08-05T12:00:00+09:00");
        app.promotion.world().free_returns = vec![FreeReturn::usable("CI15", MEMBER)];
        let asked = with(return_of("251", 1), "rtnCpnIsuNo", json!("CI15"));
        let of_other = with(asked.clone(), "ordNo", json!(OTHER));
        let (one, other) = tokio::join!(app.ask_return(&asked), app.ask_return(&of_other));
        let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
        number_in(&won, "20");
        assert_refused(&lost, "COUPON_NOT_USABLE", &["rtnCpnIsuNo"]);
        app.until_outbox_is_empty().await;
        assert_eq!(app.promotion.world().free_returns[0].status, "20");
        assert_eq!(app.promotion.count_calls("/internal/coupons/release"), 0);
        app.assert_books().await;
    }
}

#[actix_web::test]
async fn an_exchange_goes_out_or_becomes_a_return() {
    for _ in 0..ROUNDS {
        let app = delivered().await;
        let claim_no = one_for_another(&app).await;
        number_in(&app.inspect(&inspection(&claim_no, &[row(1, 0)])).await, "20");
        let (shipped, one, other) = tokio::join!(
            app.ship(&claim_no, "13", Some("1")),
            app.convert(&claim_no),
            app.convert(&claim_no)
        );
        app.until_outbox_is_empty().await;
        if shipped.status == 200 {
            assert_conflict(&one);
            assert_conflict(&other);
            assert_eq!((stands(&app, &claim_no).await.as_str(), shirts(&app).await), ("13", (6, 1)));
            assert!(app.refunds.book().given.is_empty());
        } else {
            assert_conflict(&shipped);
            assert_eq!(number_in(&one, "20"), number_in(&other, "20"));
            assert_eq!((stands(&app, &claim_no).await.as_str(), shirts(&app).await), ("39/50", (6, 2)));
            assert_eq!(app.refunds.book().given_of(ORDER), [(claim_no.clone(), 6_000)].into());
            assert_eq!(rows_of(&app.db, "claim_rtn").await.len(), 2);
        }
        app.assert_books().await;
    }
}
