//! Searches while others write: totals and pages are of one moment, and exact when everybody is done.

use chrono::TimeDelta;
use cs_inquiry_service::usecase::fold_changes::{fold_counts, fold_versions};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use test_kit::identity::agent;

use super::naive::{Asked, check, rows};
use super::{day, execute, insert, search, time_on};
use crate::app::{MEMBER, TestApp, boss, gildong, kim, lee};
use crate::random::Random;

#[actix_web::test]
async fn totals_hold_still_while_inquiries_move_between_days() {
    let app = TestApp::with(search(30, 1_000)).await;
    let mut random = Random(4);
    const INQUIRIES: i64 = 60;
    for number in 0..INQUIRIES {
        let sql = insert(&mut random, MEMBER);
        execute(&app, sql).await;
        execute(
            &app,
            format!(
                "UPDATE counsel SET title = '문의 {number}', title_fold = '문의 {number}' \
                WHERE ccn_no = (SELECT max(ccn_no) FROM counsel)"
            ),
        )
        .await;
    }
    let all = rows(&app).await;
    let is_over = std::cell::Cell::new(false);
    // Each moves other inquiries, whose titles stay what they are.
    let writers = (0..3_usize).map(|writer| {
        let (app, all) = (&app, &all);
        async move {
            let mut random = Random(100 + u64::try_from(writer).unwrap());
            for _ in 0..60 {
                let row = random.one_of(&all[writer * 20..(writer + 1) * 20]);
                let moved_to = day(random.below(20));
                let at = time_on(&mut random, moved_to);
                let sql = format!(
                    "UPDATE counsel SET accp_dtm = '{at}', accp_dt = '{moved_to}' WHERE ccn_no = {}",
                    row.ccn_no
                );
                execute(app, sql).await;
            }
        }
    });
    let writing = async {
        join_all(writers).await;
        is_over.set(true);
    };
    let folding = async {
        while !is_over.get() {
            fold_versions(&app.db).await.unwrap();
            fold_counts(&app.db).await.unwrap();
        }
    };
    let readers = (0..3).map(|reader| {
        let (app, is_over) = (&app, &is_over);
        async move {
            let mut pages = 0;
            while !is_over.get() || pages < 5 {
                let list = app
                    .list(
                        &agent(&format!("reader-{reader}-{pages}")),
                        "searchNm=%EB%AC%B8%EC%9D%98&pageNo=3&pageSize=7",
                    )
                    .await;
                assert_eq!(list.json["totalCount"], INQUIRIES, "{}", list.text);
                assert_eq!(list.json["payloads"].as_array().map(Vec::len), Some(7));
                pages += 1;
            }
        }
    });
    join(join_all(readers), join(writing, folding)).await;
    let all = rows(&app).await;
    let everything = Asked::for_part("문의", None);
    for number in 0..10 {
        check(&app, &mut random, &everything, &all, &format!("afterwards-{number}")).await;
    }
}

#[actix_web::test]
async fn writers_of_every_kind_leave_exact_totals_behind() {
    let app = TestApp::with(search(10, 1_000)).await;
    let mut numbers = Vec::new();
    for number in 0..40 {
        app.clock.advance(TimeDelta::hours(7));
        numbers.push(app.written_by(&gildong(), &format!("문의 {number}")).await);
    }
    let is_over = std::cell::Cell::new(false);
    let writers = (0..4_usize).map(|writer| {
        let (app, numbers) = (&app, &numbers);
        async move {
            for place in 0..numbers.len() {
                // They meet in the middle.
                let ccn_no = &numbers[if writer == 1 { numbers.len() - 1 - place } else { place }];
                match writer {
                    0 => drop(app.start_process(&kim(), ccn_no).await),
                    1 => {
                        let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "5010", "title": "환불 문의", "accpCont": "c"});
                        drop(app.edit(&gildong(), edit).await);
                    }
                    2 if ccn_no.ends_with('3') => drop(app.delete(&gildong(), ccn_no).await),
                    2 => drop(app.answer(&boss(), ccn_no).await),
                    _ => drop(app.written_by(&gildong(), "새 문의").await),
                }
            }
        }
    });
    let writing = async {
        join_all(writers).await;
        is_over.set(true);
    };
    let reading = async {
        while !is_over.get() {
            for query in ["searchNm=%EB%AC%B8", "searchNm=%EB%AC%B8&cnslStatCd=10", "searchNm=%ED%99%98"] {
                let list = app.list(&lee(), query).await;
                let total = list.json["totalCount"].as_i64().unwrap();
                let shown = list.json["payloads"].as_array().map_or(0, Vec::len);
                assert_eq!(
                    i64::try_from(shown).unwrap(),
                    total.min(10),
                    "{query}: a total and its page are of one moment"
                );
            }
        }
    };
    join(writing, reading).await;
    let all = rows(&app).await;
    let mut random = Random(5);
    for (number, (part, status)) in
        [("문", None), ("문", Some("10")), ("환", None), ("문의", Some("20")), ("새 문의", None)]
            .into_iter()
            .enumerate()
    {
        let asked = Asked::for_part(part, status);
        let found = check(&app, &mut random, &asked, &all, &format!("agent-after-{number}")).await;
        assert!(found > 0 || number > 0, "{asked:?}");
    }
}

#[actix_web::test]
async fn pages_of_a_frequent_search_hold_still_while_inquiries_arrive_and_leave() {
    let app = TestApp::with(search(1_000_000, 1_000)).await;
    let write = async |title: &str, after: TimeDelta| {
        app.clock.advance(after);
        app.written_by(&gildong(), title).await
    };
    for number in 1..=25 {
        write(&format!("문의 {number:02}"), TimeDelta::hours(5)).await;
    }
    let page = async |page_no: i32| -> Vec<Value> {
        let list = app.list(&kim(), &format!("searchNm=%EB%AC%B8%EC%9D%98&pageNo={page_no}")).await;
        list.json["payloads"].as_array().unwrap().iter().map(|row| row["title"].clone()).collect()
    };
    let titles = |range: std::ops::Range<i32>| -> Vec<Value> {
        range.rev().map(|number| json!(format!("문의 {number:02}"))).collect()
    };
    assert_eq!(page(1).await, titles(16..26));
    let new =
        [write("문의 새것", TimeDelta::seconds(1)).await, write("문의 새것", TimeDelta::seconds(1)).await];
    assert_eq!(page(2).await, titles(6..16), "nothing twice, nothing passed over");
    assert_eq!(page(3).await, titles(1..6));
    for ccn_no in new {
        app.delete(&gildong(), &ccn_no).await;
    }
    assert_eq!(page(2).await, titles(6..16), "back and forth");
    assert_eq!(page(3).await, titles(1..6));
    assert_eq!(page(4).await, Vec::<Value>::new());
}
