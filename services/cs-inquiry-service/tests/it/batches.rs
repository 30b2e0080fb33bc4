//! What is past its time goes in transactions of bounded size, however much it is.
//!
//! The service itself collects when it starts, so what is over here is not yet over by its clock.

use chrono::{DateTime, Months, TimeDelta, Utc};
use cs_inquiry_service::app::purge_once;
use cs_inquiry_service::state::AppState;
use cs_inquiry_service::store::{attachment_day, list_cursor, retention};
use cs_inquiry_service::usecase::collect_orphans::collect_orphans;
use db::{Db, DbError};
use diesel::prelude::*;
use platform::clock::Clock;
use test_kit::dump::rows_of;

use crate::app::{TestApp, noon};

/// More than two transactions' worth.
const MANY: usize = 4_500;

/// Rows whose time is over, and one whose time is not.
async fn fill(db: &Db, columns: &str, over: &str, not_over: &str) {
    let numbers = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {MANY})"
    );
    let sql = [
        format!("{numbers} INSERT INTO {columns} SELECT {over} FROM number"),
        format!("INSERT INTO {columns} VALUES ({not_over})"),
    ];
    db.write(move |conn| {
        for sql in &sql {
            diesel::sql_query(sql).execute(conn)?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn access_records_are_purged_in_batches() {
    let app = TestApp::start().await;
    let columns = "access_record (acs_dtm, user_id, mbr_no, oper_nm)";
    let row = |at: &str| format!("'{at}', 'kim', '100001311', 'detail'");
    fill(&app.db, columns, &row("2020-01-01 00:00:00"), &row("2026-11-22 00:00:00")).await;
    let before = noon() - Months::new(24);
    let few = app.db.write(move |conn| Ok::<_, DbError>(retention::delete_access_records(conn, before, 2)?));
    assert_eq!(few.await.unwrap(), 2);
    assert_eq!(purge_once(&app.settings, &app.clock).await.unwrap().access_records, MANY - 2);
    assert_eq!(rows_of(&app.db, "access_record").await.len(), 1);
}

/// A month after the service's own time.
fn a_month_later() -> DateTime<Utc> {
    noon() + TimeDelta::days(30)
}

async fn collect(app: &TestApp) {
    let state = AppState { clock: Clock::fixed(a_month_later()), ..app.state.clone() };
    collect_orphans(&state).await.unwrap();
}

#[actix_web::test]
async fn places_of_lists_nobody_follows_any_more_are_forgotten_in_batches() {
    let app = TestApp::start().await;
    let columns = "list_cursor (user_id, list_digest, page_no, last_dtm, last_ccn_no, seen_dtm)";
    let row = |at: &str| format!("'2026-11-20 00:00:00', 1, '{at}'");
    let over = format!("'kim', 'd', n, {}", row("2026-12-20 00:00:00"));
    let not_over = format!("'kim', 'e', 1, {}", row("2026-12-22 00:00:00"));
    fill(&app.db, columns, &over, &not_over).await;
    let before = a_month_later() - TimeDelta::days(1);
    let few = app.db.write(move |conn| Ok::<_, DbError>(list_cursor::purge_before(conn, before, 2)?));
    assert_eq!(few.await.unwrap(), 2);
    collect(&app).await;
    assert_eq!(rows_of(&app.db, "list_cursor").await.len(), 1);
}

#[actix_web::test]
async fn what_members_attached_on_days_that_are_over_is_forgotten_in_batches() {
    let app = TestApp::start().await;
    let columns = "attachment_day (upl_dt, site_no, mbr_no, file_cnt, bytes)";
    fill(&app.db, columns, "'2026-11-22', '1', 'm' || n, 1, 1", "'2026-12-22', '1', 'm', 1, 1").await;
    let day = a_month_later().date_naive() - TimeDelta::days(2);
    let few = app.db.write(move |conn| Ok::<_, DbError>(attachment_day::purge_before(conn, day, 2)?));
    assert_eq!(few.await.unwrap(), 2);
    collect(&app).await;
    assert_eq!(rows_of(&app.db, "attachment_day").await.len(), 1);
}
