//! The version of a day grows with whatever changes what the day's inquiries are found by, and with nothing else.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use cs_inquiry_service::store::title_search::day_version;
use cs_inquiry_service::usecase::fold_changes::fold_versions;
use diesel::connection::SimpleConnection as _;

use crate::app::TestApp;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

async fn versions(app: &TestApp) -> BTreeMap<NaiveDate, i64> {
    app.query(|conn| day_version::find(conn, day(1), day(30))).await
}

/// Which days have another version than before; none has a smaller one.
async fn grown(app: &TestApp, sql: &str) -> Vec<NaiveDate> {
    let before = versions(app).await;
    let change = sql.to_owned();
    app.query(move |conn| conn.batch_execute(&change)).await;
    let after = versions(app).await;
    let version = |of: &BTreeMap<NaiveDate, i64>, day: &NaiveDate| of.get(day).copied().unwrap_or(0);
    assert!(before.iter().all(|(day, known)| *known <= version(&after, day)), "{sql}: {before:?} {after:?}");
    after.keys().filter(|day| version(&before, day) < version(&after, day)).copied().collect()
}

#[actix_web::test]
async fn every_change_that_a_list_can_show_makes_a_new_version_of_its_days() {
    let app = TestApp::start().await;
    let insert = |id: u32, deleted: &str| {
        format!(
            "INSERT INTO counsel (ccn_no, site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, sms_noti_yn,
                cnsl_stat_cd, accp_dtm, accp_dt, mod_dtm, file_cnt, del_dtm)
             VALUES ({id}, '1', '100001311', 9090, 'a', 'a', 'c', 'N', '10', '2026-11-03 01:00:00', '2026-11-03',
                '2026-11-20 00:00:00', 0, {deleted})"
        )
    };
    let set = |what: &str| format!("UPDATE counsel SET {what} WHERE ccn_no = 7");
    let (third, both) = (&[day(3)][..], &[day(3), day(4)][..]);
    let fourth = &[day(4)][..];
    for (sql, expected) in [
        (insert(7, "NULL"), third),
        (set("title = 'b', title_fold = 'b'"), third),
        (set("cnsl_stat_cd = '20', proc_user_id = 'agent-kim'"), third),
        (set("proc_user_id = 'agent-lee'"), third),
        (set("cnsl_typ_no = 5010"), third),
        (set("ord_no = '20260801O000001'"), third),
        (set("mbr_no = '100001312'"), third),
        (set("accp_dtm = '2026-11-03 02:00:00'"), third),
        (set("accp_dtm = '2026-11-04 02:00:00', accp_dt = '2026-11-04'"), both),
        // What no list is filtered by, and what stays as it is.
        (
            set("accp_cont = 'd', inqmn_nm = '홍*동', goods_nm = 'g', file_cnt = 1, mod_dtm = '2026-11-21'"),
            &[],
        ),
        (set("title = 'B', title_fold = 'b', proc_user_id = 'agent-lee', del_dtm = del_dtm"), &[]),
        (set("cnsl_stat_cd = '10', proc_user_id = NULL"), fourth),
        (set("title = '', title_fold = '', del_dtm = '2026-11-22'"), fourth),
        // A husk is in no list.
        (set("accp_cont = '', mbr_no = '100001311'"), &[]),
        (insert(8, "'2026-11-22'"), &[]),
        ("DELETE FROM counsel WHERE ccn_no IN (7, 8)".to_owned(), &[]),
        (insert(9, "NULL"), third),
        ("DELETE FROM counsel WHERE ccn_no = 9".to_owned(), third),
    ] {
        assert_eq!(grown(&app, &sql).await, expected, "{sql}");
    }
}

#[actix_web::test]
async fn folding_leaves_versions_as_they_are() {
    let app = TestApp::with(|settings| settings.inquiry.fold_seconds = 3_600).await;
    for _ in 0..3 {
        app.written().await;
    }
    let before = versions(&app).await;
    assert_eq!(before.keys().copied().collect::<Vec<_>>(), [day(22)]);
    assert!(before[&day(22)] >= 3);
    assert_eq!(fold_versions(&app.db).await.unwrap(), 3);
    assert_eq!(versions(&app).await, before);
    assert_eq!(fold_versions(&app.db).await.unwrap(), 0);
    let changes = "INSERT INTO counsel_day_change (accp_dt) VALUES ('2026-11-22'), ('2026-11-21')";
    assert_eq!(grown(&app, changes).await, [day(21), day(22)]);
    let before = versions(&app).await;
    assert_eq!(fold_versions(&app.db).await.unwrap(), 2);
    assert_eq!(versions(&app).await, before);
    assert_eq!(app.count("SELECT count(*) AS rows FROM counsel_day_version").await, 2);
}

#[actix_web::test]
async fn a_change_that_is_taken_back_and_made_again_makes_another_version() {
    let app = TestApp::with(|settings| settings.inquiry.fold_seconds = 3_600).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..5 {
        // As if the database had lost its last commit.
        app.query(|conn| conn.batch_execute("DELETE FROM counsel_day_change")).await;
        app.query(|conn| {
            conn.batch_execute("INSERT INTO counsel_day_change (accp_dt) VALUES ('2026-11-22')")
        })
        .await;
        seen.insert(versions(&app).await[&day(22)]);
    }
    assert!(seen.len() > 1, "{seen:?}");
}
