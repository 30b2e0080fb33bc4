//! 환불기한: what the metrics say of returns under way.

use chrono::NaiveDate;
use claim_service::domain::collection::CollectionKind;
use claim_service::store::collection::under_way;
use commerce::ReturnProgress;
use db::DbError;

use crate::app::TestApp;
use crate::goods_back::{delivered, exchange_of, number_in, paid, return_of};

/// So many are due on a day, and before it.
async fn due(app: &TestApp, day: &str) -> (u64, u64) {
    let day: NaiveDate = day.parse().expect("a day");
    let before = day.pred_opt().expect("the day before");
    app.db
        .read(move |conn| {
            let today = under_way::count_due(conn, (Some(day), day))?;
            Ok::<_, DbError>((today, under_way::count_due(conn, (None, before))?))
        })
        .await
        .expect("claims can be counted")
}

#[actix_web::test]
async fn returns_are_due_on_the_third_business_day_until_they_are_settled() {
    let app = delivered().await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_eq!(due(&app, "2026-12-31").await, (0, 0), "nothing has come back");
    // Monday the 10th of August.
    app.collect(&claim_no).await;
    assert_eq!(due(&app, "2026-08-12").await, (0, 0));
    assert_eq!(due(&app, "2026-08-13").await, (1, 0));
    assert_eq!(due(&app, "2026-08-14").await, (0, 1));
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.until_outbox_is_empty().await;
    assert_eq!(due(&app, "2026-08-14").await, (0, 0));
}

#[actix_web::test]
async fn returns_and_exchanges_are_counted_where_they_stand() {
    let app = delivered().await;
    let first = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    number_in(&app.ask_exchange(&paid(exchange_of("252", 1, "002"), "tk_fee")).await, "20");
    app.collect(&first).await;
    let states = [ReturnProgress::CollectionInstructed, ReturnProgress::Collected];
    let mut counted = app
        .db
        .read(move |conn| Ok::<_, DbError>(under_way::count(conn, &states)?))
        .await
        .expect("claims can be counted");
    counted.sort_by_key(|(_, state, _)| state.code());
    let (instructed, collected) = (ReturnProgress::CollectionInstructed, ReturnProgress::Collected);
    assert_eq!(counted.len(), 3);
    for expected in [
        (CollectionKind::Return, instructed, 1),
        (CollectionKind::Exchange, instructed, 1),
        (CollectionKind::Return, collected, 1),
    ] {
        assert!(counted.contains(&expected), "{counted:?}");
    }
}
