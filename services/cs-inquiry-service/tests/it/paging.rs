//! The agents' list: its filters, its totals, and pages that hold still while inquiries arrive.

use chrono::TimeDelta;
use cs_inquiry_service::usecase::fold_changes::fold_counts;
use serde_json::json;
use test_kit::identity::member;

use crate::app::{OTHER_MEMBER, TestApp, assert_fields, boss, gildong, kim, lee, number};
use crate::sisters::ORDER;

async fn page(app: &TestApp, query: &str) -> (i64, Vec<String>) {
    let list = app.list(&kim(), query).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let rows = list.json["payloads"].as_array().unwrap();
    let titles = rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    (list.json["totalCount"].as_i64().unwrap(), titles)
}

async fn write(app: &TestApp, titles: impl IntoIterator<Item = String>) {
    for title in titles {
        app.clock.advance(TimeDelta::seconds(1));
        app.written_by(&gildong(), &title).await;
    }
}

fn numbered(range: std::ops::RangeInclusive<i32>) -> impl Iterator<Item = String> {
    range.map(|number| format!("문의 {number:03}"))
}

#[actix_web::test]
async fn a_row_is_the_members_row_and_whose_it_is() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let list = app.list(&kim(), "").await;
    assert_eq!(
        list.json,
        json!({"totalCount": 1, "payloads": [{"ccnNo": ccn_no, "cnslTypNo": "9090", "cnslTypNm": "기타 문의",
            "title": "배송 문의", "accpDtm": "2026-11-22T12:00:00+09:00", "cnslStatCd": "10", "cnslStatNm": "접수완료",
            "ordNo": null, "goodsNo": null, "goodsNm": null, "fileCnt": 0, "ansDtm": null, "mbrNo": "100001311",
            "procUserId": null, "modDtm": "2026-11-22T12:00:00+09:00"}]})
    );
}

#[actix_web::test]
async fn every_filter_narrows_the_list() {
    let app = TestApp::start().await;
    app.clock.set("2026-10-31T14:59:59.999999Z".parse().unwrap());
    app.written_by(&gildong(), "시월 문의 ABC").await;
    app.clock.set("2026-10-31T15:00:00Z".parse().unwrap());
    let about_order =
        json!({"cnslTypNo": "2010", "title": "주문 50% 할인_이벤트", "accpCont": "c", "ordNo": ORDER});
    let in_november = number(&app.save(&gildong(), about_order).await);
    let others = app.written_by(&member(OTHER_MEMBER), "남의 문의").await;
    let deleted = app.written_by(&gildong(), "지운 문의").await;
    app.delete(&gildong(), &deleted).await;
    app.start_process(&lee(), &in_november).await;
    app.answer(&kim(), &others).await;

    for (query, expected) in [
        ("", &["남의 문의", "주문 50% 할인_이벤트", "시월 문의 ABC"][..]),
        ("strDt=20261101", &["남의 문의", "주문 50% 할인_이벤트"]),
        ("endDt=2026-10-31", &["시월 문의 ABC"]),
        ("strDt=20261101&endDt=20261101&cnslStatCd=20", &["주문 50% 할인_이벤트"]),
        ("cnslStatCd=10", &["시월 문의 ABC"]),
        ("cnslStatCd=30", &["남의 문의"]),
        ("cnslStatCd=30,10", &["남의 문의", "시월 문의 ABC"]),
        ("cnslStatCd=10,20,30,10", &["남의 문의", "주문 50% 할인_이벤트", "시월 문의 ABC"]),
        ("sortCd=10", &["남의 문의", "주문 50% 할인_이벤트", "시월 문의 ABC"]),
        ("sortCd=20", &["시월 문의 ABC", "주문 50% 할인_이벤트", "남의 문의"]),
        ("sortCd=20&cnslStatCd=20,30", &["주문 50% 할인_이벤트", "남의 문의"]),
        ("sortCd=20&searchNm=%EB%AC%B8%EC%9D%98", &["시월 문의 ABC", "남의 문의"]),
        ("cnslTypNo=2010", &["주문 50% 할인_이벤트"]),
        ("cnslTypNo=2000", &["주문 50% 할인_이벤트"]),
        ("cnslTypNo=9000", &["남의 문의", "시월 문의 ABC"]),
        ("cnslTypNo=77", &[]),
        ("cnslTypNo=99999999999999999999", &[]),
        ("mbrNo=100001312", &["남의 문의"]),
        ("ordNo=20260801O000001", &["주문 50% 할인_이벤트"]),
        ("procUserId=agent-lee", &["주문 50% 할인_이벤트"]),
        ("procUserId=agent-kim&cnslStatCd=30", &["남의 문의"]),
        ("procUserId=nobody", &[]),
        ("searchNm=%EB%AC%B8%EC%9D%98", &["남의 문의", "시월 문의 ABC"]),
        ("searchNm=abc", &["시월 문의 ABC"]),
        ("searchNm=50%25", &["주문 50% 할인_이벤트"]),
        ("searchNm=%25", &["주문 50% 할인_이벤트"]),
        ("searchNm=_", &["주문 50% 할인_이벤트"]),
        ("searchNm=%5C", &[]),
        ("searchNm=%27%20OR%201=1", &[]),
        ("searchNm=abc&mbrNo=100001311&cnslStatCd=10&strDt=20261031", &["시월 문의 ABC"]),
    ] {
        let (total, titles) = page(&app, query).await;
        assert_eq!(titles, expected, "{query}");
        assert_eq!(total, i64::try_from(expected.len()).unwrap(), "{query}");
    }
    fold_counts(&app.db).await.unwrap();
    assert_eq!(page(&app, "cnslTypNo=9000").await.0, 2, "folded or not, the totals are exact");

    let bad = "strDt=x&endDt=2026&cnslStatCd=99&cnslTypNo=a&mbrNo=m&ordNo=o&searchNm=%00&pageNo=0&pageSize=0";
    assert_fields(
        &app.list(&kim(), bad).await,
        &["searchNm", "strDt", "endDt", "cnslStatCd", "cnslTypNo", "mbrNo", "ordNo", "pageNo", "pageSize"],
    );
    for bad in ["cnslStatCd=10,99&sortCd=30", "cnslStatCd=10,&sortCd=desc"] {
        assert_fields(&app.list(&kim(), bad).await, &["cnslStatCd", "sortCd"]);
    }
    assert_fields(&app.list(&kim(), "strDt=20261102&endDt=20261101").await, &["endDt"]);
}

#[actix_web::test]
async fn pages_hold_still_while_inquiries_arrive_and_leave() {
    let app = TestApp::start().await;
    write(&app, numbered(1..=25)).await;
    let newest_first: Vec<String> = numbered(1..=25).collect::<Vec<_>>().into_iter().rev().collect();
    for filter in ["", "cnslStatCd=10", "mbrNo=100001311", "searchNm=%EB%AC%B8%EC%9D%98"] {
        let (_, first) = page(&app, &format!("{filter}&pageNo=1")).await;
        assert_eq!(first, newest_first[..10], "{filter}");
        let arrived: Vec<String> = (0..7).map(|_| "문의 새것".to_owned()).collect();
        write(&app, arrived).await;
        let (_, second) = page(&app, &format!("{filter}&pageNo=2")).await;
        assert_eq!(second, newest_first[10..20], "{filter}: nothing twice, nothing passed over");
        let (_, third) = page(&app, &format!("{filter}&pageNo=3")).await;
        assert_eq!(third, newest_first[20..25], "{filter}");
        let (_, again) = page(&app, &format!("{filter}&pageNo=2")).await;
        assert_eq!(again, newest_first[10..20], "{filter}: back and forth");
        // A first page begins anew.
        let (_, fresh) = page(&app, &format!("{filter}&pageNo=1")).await;
        assert_eq!(fresh.iter().filter(|title| *title == "문의 새것").count(), 7);
        for ccn_no in new_numbers(&app).await {
            app.delete(&gildong(), &ccn_no).await;
        }
    }
    // Inquiries that leave the list of the page before pull nothing past the agent either.
    let (_, first) = page(&app, "cnslStatCd=10&pageNo=1").await;
    assert_eq!(first, newest_first[..10]);
    for row in app.list(&lee(), "cnslStatCd=10").await.json["payloads"].as_array().unwrap() {
        app.start_process(&kim(), row["ccnNo"].as_str().unwrap()).await;
    }
    let (total, second) = page(&app, "cnslStatCd=10&pageNo=2").await;
    assert_eq!((total, second.as_slice()), (15, &newest_first[10..20]));
    // Another agent's pages, and one who comes back much later, begin from today's list.
    let other = app.list(&boss(), "cnslStatCd=10&pageNo=2").await;
    assert_eq!(other.json["payloads"][0]["title"], newest_first[20]);
    app.clock.advance(TimeDelta::minutes(31));
    assert_eq!(page(&app, "cnslStatCd=10&pageNo=2").await.1, newest_first[20..25]);
}

#[actix_web::test]
async fn pages_of_the_oldest_hold_still_while_inquiries_leave() {
    let app = TestApp::start().await;
    write(&app, numbered(1..=25)).await;
    let oldest_first: Vec<String> = numbered(1..=25).collect();
    for filter in ["", "cnslStatCd=10", "cnslStatCd=10,20", "mbrNo=100001311", "searchNm=%EB%AC%B8%EC%9D%98"]
    {
        let page_of =
            async |number: usize| page(&app, &format!("{filter}&sortCd=20&pageNo={number}")).await.1;
        assert_eq!(page_of(1).await, oldest_first[..10], "{filter}");
        app.clock.set("2026-11-22T02:00:00Z".parse().unwrap());
        let earlier = app.written_by(&gildong(), "문의 앞").await;
        app.clock.set("2026-11-22T03:05:00Z".parse().unwrap());
        assert_eq!(page_of(2).await, oldest_first[10..20], "{filter}");
        assert_eq!(page_of(3).await, oldest_first[20..25], "{filter}");
        // The other way round is another list.
        let newest = page(&app, &format!("{filter}&sortCd=10&pageNo=2")).await.1;
        assert_eq!(newest.first(), Some(&"문의 015".to_owned()), "{filter}");
        app.delete(&gildong(), &earlier).await;
    }
    assert_eq!(page(&app, "cnslStatCd=10&sortCd=20&pageNo=1").await.1, oldest_first[..10]);
    let waiting = app.list(&lee(), "cnslStatCd=10&sortCd=20").await;
    for row in waiting.json["payloads"].as_array().unwrap() {
        app.start_process(&kim(), row["ccnNo"].as_str().unwrap()).await;
    }
    let (total, second) = page(&app, "cnslStatCd=10&sortCd=20&pageNo=2").await;
    assert_eq!((total, second.as_slice()), (15, &oldest_first[10..20]));
}

async fn new_numbers(app: &TestApp) -> Vec<String> {
    let list = app.list(&lee(), "pageSize=100").await;
    let rows = list.json["payloads"].as_array().unwrap();
    let new = rows.iter().filter(|row| row["title"] == "문의 새것");
    new.map(|row| row["ccnNo"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_page_jumped_to_is_where_counting_says() {
    // Nobody else folds.
    let app = TestApp::with(|settings| settings.inquiry.fold_seconds = 3_600).await;
    // Seven days with some inquiries each, several of them at one instant.
    for day in 1..=7 {
        app.clock.set(format!("2026-11-{day:02}T03:00:00Z").parse().unwrap());
        for number in 0..day {
            app.written_by(&gildong(), &format!("{day}-{number}")).await;
        }
    }
    let all: Vec<String> =
        (1..=7).rev().flat_map(|day| (0..day).rev().map(move |number| format!("{day}-{number}"))).collect();
    for is_folded in [false, true] {
        if is_folded {
            assert_eq!(fold_counts(&app.db).await.unwrap(), 28);
            assert_eq!(fold_counts(&app.db).await.unwrap(), 0);
        }
        for page_no in [10, 4, 7, 2, 1] {
            let (total, titles) = page(&app, &format!("pageSize=3&pageNo={page_no}&cnslStatCd=10")).await;
            let from = (page_no - 1) * 3;
            assert_eq!(total, 28);
            assert_eq!(titles, all[from..(from + 3).min(28)], "page {page_no}");
        }
        let from_the_oldest: Vec<String> = all.iter().rev().cloned().collect();
        for statuses in ["10", "10,20"] {
            for page_no in [10, 4, 7, 2, 1] {
                let query = format!("sortCd=20&pageSize=3&pageNo={page_no}&cnslStatCd={statuses}");
                let (total, titles) = page(&app, &query).await;
                let from = (page_no - 1) * 3;
                assert_eq!(total, 28);
                assert_eq!(titles, from_the_oldest[from..(from + 3).min(28)], "page {page_no}");
            }
        }
        assert_eq!(page(&app, "pageSize=3&pageNo=11").await, (28, vec![]));
        assert_eq!(page(&app, "pageNo=9223372036854775807&pageSize=100").await, (28, vec![]));
        assert_eq!(page(&app, "pageSize=3&pageNo=3&mbrNo=100001311").await.1, all[6..9]);
    }
}
