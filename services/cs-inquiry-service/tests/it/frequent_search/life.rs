//! A long life of inquiries by chance: after everything that happens, every search is compared with the naive one.

use std::collections::BTreeSet;

use chrono::Months;
use commerce::MemberNo;
use cs_inquiry_service::app::purge_once;
use cs_inquiry_service::usecase::fold_changes::{fold_counts, fold_versions};
use cs_inquiry_service::usecase::mask_withdrawn_member::mask_withdrawn_member;
use serde_json::json;

use super::naive::{Asked, Row, check, rows};
use super::{day, execute, insert, search, time_on};
use crate::app::{MEMBER, OTHER_MEMBER, TestApp, boss, gildong, kim, lee};
use crate::random::Random;

/// Something happens to inquiries, by the service or by another program. Says what, if it could.
async fn happen(app: &TestApp, random: &mut Random, rows: &[Row]) -> Option<u64> {
    let kind = random.below(13);
    let started: Vec<Row> = rows.iter().filter(|row| row.cnsl_stat_cd == "20").cloned().collect();
    let of = if kind == 8 && !started.is_empty() { &started } else { rows };
    let ccn_no = random.one_of(of).ccn_no.to_string();
    let status = match kind {
        0 | 1 => {
            let member = *random.one_of(&[MEMBER, OTHER_MEMBER]);
            execute(app, insert(random, member)).await
        }
        2 => {
            let title = random.text(12);
            let set = format!("title = '{title}', title_fold = '{title}'");
            execute(app, format!("UPDATE counsel SET {set} WHERE ccn_no = {ccn_no}")).await
        }
        3 => {
            let moved_to = day(random.below(20));
            let set = format!("accp_dtm = '{}', accp_dt = '{moved_to}'", time_on(random, moved_to));
            execute(app, format!("UPDATE counsel SET {set} WHERE ccn_no = {ccn_no}")).await
        }
        4 => {
            let title = random.text(12).replace(' ', "의");
            let kind = random.one_of(&["9090", "5010"]);
            let edit = json!({"ccnNo": ccn_no, "cnslTypNo": kind, "title": title, "accpCont": "c"});
            app.edit(&gildong(), edit).await.status
        }
        5 => app.start_process(&kim(), &ccn_no).await.status,
        6 => app.start_process(&lee(), &ccn_no).await.status,
        7 => {
            let owner = random.one_of(&["agent-kim", "agent-lee"]);
            app.desk("assign", &boss(), json!({"ccnNo": ccn_no, "procUserId": owner})).await.status
        }
        8 => app.desk("releaseProcess", &boss(), json!({"ccnNo": ccn_no})).await.status,
        9 => app.answer(&boss(), &ccn_no).await.status,
        10 => app.delete(&gildong(), &ccn_no).await.status,
        11 => execute(app, format!("DELETE FROM counsel WHERE ccn_no = {ccn_no}")).await,
        _ => {
            fold_counts(&app.db).await.unwrap();
            fold_versions(&app.db).await.unwrap();
            200
        }
    };
    (status == 200).then_some(kind)
}

async fn check_a_life(few: u32, kept_days: usize, seed: u64) {
    let app = TestApp::with(search(few, kept_days)).await;
    let mut random = Random(seed);
    for _ in 0..60 {
        let sql = insert(&mut random, MEMBER);
        execute(&app, sql).await;
    }
    // The same questions come again, so that what was kept is used.
    let asked: Vec<Asked> = (0..12).map(|_| Asked::of(&mut random)).collect();
    let (mut found, mut all, mut happened) = (0, Vec::new(), BTreeSet::new());
    for step in 0..150 {
        all = rows(&app).await;
        for number in 0..2 {
            let again = random.one_of(&asked).clone();
            found += check(&app, &mut random, &again, &all, &format!("agent-{step}-{number}")).await;
        }
        happened.extend(happen(&app, &mut random, &all).await);
    }
    assert_eq!(happened.len(), 13, "everything could happen: {happened:?}");
    assert!(found > 500 && all.len() > 20, "{found} {}", all.len());

    // Members withdraw, and old inquiries go.
    let clock = app.clock.clone();
    let member = MemberNo::parse(OTHER_MEMBER).unwrap();
    app.db.write(move |conn| mask_withdrawn_member(conn, &clock, &member)).await.unwrap();
    all = rows(&app).await;
    for (number, asked) in asked.iter().enumerate() {
        check(&app, &mut random, asked, &all, &format!("agent-masked-{number}")).await;
    }
    app.clock.set(commerce::calendar::kst_day_start(day(10)) + Months::new(36));
    let purged = purge_once(&app.settings, &app.clock).await.unwrap();
    assert!(purged.inquiries > 0);
    all = rows(&app).await;
    for (number, asked) in asked.iter().enumerate() {
        check(&app, &mut random, asked, &all, &format!("agent-purged-{number}")).await;
    }
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_titles_are_read() {
    check_a_life(1_000_000, 200_000, 1).await;
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_tails_are_looked_up() {
    check_a_life(0, 200_000, 2).await;
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_little_is_kept() {
    check_a_life(25, 90, 3).await;
}
