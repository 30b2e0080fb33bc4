//! 환불장부: the local provider.

use commerce::{ClaimNo, OrderNo, PayMeans, PaymentNo, Won};
use test_kit::dump::all_rows;

use super::{Desk, account, refund, refused};

#[actix_web::test]
async fn a_refund_is_one_row_however_often_it_is_asked_for() {
    let desk = Desk::local().await;
    let order = refund(1, "pk");
    for _ in 0..3 {
        assert_eq!(desk.refunds.refund(&order).await, Ok(()));
        desk.clock.advance(chrono::TimeDelta::days(20));
    }
    assert_eq!(desk.refunds.refund(&refund(2, "pk")).await, Ok(()));
    let book = desk.book().await;
    assert_eq!(book.len(), 2);
    for value in
        ["20260803C000001:REFUND:PAY1", "LOCAL", "20260801O000001", "PAY1", "10", "3000", "2026-08-03"]
    {
        assert!(book.iter().any(|row| row.contains(value)), "{value}: {book:?}");
    }
}

#[actix_web::test]
async fn the_same_key_for_something_else_is_refused() {
    let desk = Desk::local().await;
    let order = refund(1, "pk");
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let changed = [
        |order: &mut super::RefundOrder| order.amount = Won::new(2_999),
        |order: &mut super::RefundOrder| order.means = PayMeans::EasyPay,
        |order: &mut super::RefundOrder| order.payment_no = PaymentNo::parse("PAY2").expect("a number"),
        |order: &mut super::RefundOrder| {
            order.order_no = OrderNo::parse("20260801O000002").expect("a number")
        },
        |order: &mut super::RefundOrder| {
            order.claim_no = ClaimNo::parse("20260803C000002").expect("a number")
        },
    ];
    for change in changed {
        let mut other = order.clone();
        change(&mut other);
        assert_eq!(
            refused(desk.refunds.refund(&other).await),
            "the key stands in the book for another refund"
        );
    }
    // Words and account may change: the same refund it stays.
    let mut reworded = order.clone();
    reworded.reason = "상품 품절".to_owned();
    reworded.account = Some(account());
    assert_eq!(desk.refunds.refund(&reworded).await, Ok(()));
    assert_eq!(desk.book().await.len(), 1);
}

#[actix_web::test]
async fn two_at_once_write_one_row() {
    let desk = Desk::local().await;
    let other = desk.beside(&claim_service::settings::refund::RefundSettings::default());
    for serial in 0..20 {
        let order = refund(serial, "pk");
        let mut dearer = order.clone();
        dearer.amount = Won::new(4_000);
        let (one, two) = tokio::join!(desk.refunds.refund(&order), other.refund(&dearer));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert_eq!(desk.book().await.len(), serial + 1);
    }
}

#[actix_web::test]
async fn nobody_s_account_is_kept_or_shown() {
    let desk = Desk::local().await;
    let mut order = refund(1, "pk_secret");
    order.means = PayMeans::VirtualAccount;
    order.account = Some(account());
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let kept = all_rows(&desk.db).await.join("\n");
    let shown = format!("{order:?}");
    assert!(kept.contains("20260803C000001") && shown.contains("20260803C000001"));
    for personal in ["110-1234", "1234-56789", "홍길동"] {
        assert!(!kept.contains(personal) && !shown.contains(personal), "{personal}");
    }
    assert!(!shown.contains("pk_secret"));
}
