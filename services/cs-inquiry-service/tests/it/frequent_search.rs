//! What frequent searches found is kept per day. Whatever happens to inquiries meanwhile, totals and pages are those that
//! reading every inquiry gives.

mod life;
mod naive;
mod side_by_side;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use cs_inquiry_service::settings::{SearchSettings, Settings};
use db::Backend;
use diesel::connection::SimpleConnection as _;

use crate::app::{TestApp, gildong, kim};
use crate::random::Random;

/// Every part is frequent.
fn search(few: u32, kept_days: usize) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.search = SearchSettings { rare: 0, few_titles: few, few_inquiries: few / 2, kept_days };
        settings.inquiry.fold_seconds = 3_600;
    }
}

/// A day of October 2026.
fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + chrono::Days::new(number)
}

/// An instant of one of twenty days, often the first or the last of the day.
fn time_on(random: &mut Random, day: NaiveDate) -> NaiveDateTime {
    let start = commerce::calendar::kst_day_start(day).naive_utc();
    let seconds = [0, 0, 1, 43_200, 86_399][usize::try_from(random.below(5)).unwrap()];
    start + TimeDelta::seconds(seconds)
}

fn insert(random: &mut Random, member: &str) -> String {
    let accepted_on = day(random.below(20));
    let title = random.text(12);
    format!(
        "INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, sms_noti_yn, cnsl_stat_cd,
            accp_dtm, accp_dt, mod_dtm, file_cnt, inqmn_nm)
         VALUES ('1', '{member}', {}, '{title}', '{title}', 'c', 'N', '10', '{}', '{accepted_on}',
            '2026-11-22 00:00:00', 0, '홍길동')",
        random.one_of(&[9090, 5010]),
        time_on(random, accepted_on)
    )
}

/// As another program would; as well as an answer of the service.
async fn execute(app: &TestApp, sql: String) -> u16 {
    app.query(move |conn| conn.batch_execute(&sql)).await;
    200
}

/// Inquiries are written by another program that no trigger sees.
fn without_versions(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => "ALTER TABLE counsel DISABLE TRIGGER counsel_day_changed_over",
        Backend::Sqlite => "DROP TRIGGER counsel_day_changed_over",
    }
}

#[actix_web::test]
async fn a_day_is_counted_again_only_when_it_has_another_version() {
    for few in [0, 1_000_000] {
        let app = TestApp::with(search(few, 1_000)).await;
        for number in 0..8 {
            app.clock.advance(TimeDelta::hours(12));
            app.written_by(&gildong(), &format!("문의 {number}")).await;
        }
        let total = async || app.list(&kim(), "searchNm=%EB%AC%B8%EC%9D%98").await.json["totalCount"].clone();
        assert_eq!(total().await, 8);
        let disable = without_versions(app.db.backend());
        app.query(move |conn| conn.batch_execute(disable)).await;
        execute(&app, "UPDATE counsel SET title = 'x', title_fold = 'x'".to_owned()).await;
        assert_eq!(total().await, 8, "nothing says that anything has changed");
        let days = app.count("SELECT count(DISTINCT accp_dt) AS rows FROM counsel").await;
        assert_eq!(days, 4);
        let change = "INSERT INTO counsel_day_change (accp_dt) SELECT min(accp_dt) FROM counsel";
        execute(&app, change.to_owned()).await;
        assert_eq!(total().await, 6, "the first day has two inquiries");
        let all = "INSERT INTO counsel_day_change (accp_dt) SELECT DISTINCT accp_dt FROM counsel";
        execute(&app, all.to_owned()).await;
        assert_eq!(total().await, 0);
    }
}
