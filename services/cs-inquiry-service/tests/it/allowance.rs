//! What a member attaches on one Korean day has a bound, however many requests bring it at once.

use chrono::TimeDelta;
use cs_inquiry_service::usecase::collect_orphans::collect_orphans;
use futures_util::future::join_all;
use reqwest::Method;
use test_kit::identity::{member, on_site};

use crate::app::{CUSTOMER, OTHER_MEMBER, TestApp, assert_fields, gildong, number};
use crate::form::{Multipart, jpeg};

fn files(count: usize) -> Multipart {
    (0..count).fold(Multipart::inquiry(), |form, index| form.jpeg(&format!("{index}.jpg")))
}

#[actix_web::test]
async fn a_member_attaches_so_many_files_a_day_and_goes_on_the_next() {
    let app = TestApp::with(|settings| settings.attachment.daily_files = 7).await;
    let ccn_no = number(&app.save_multipart(&gildong(), &files(5)).await);
    let refused = app.save_multipart(&gildong(), &files(3)).await;
    assert_fields(&refused, &["files"]);
    assert!(refused.text.contains("하루에 첨부할 수 있는 한도(파일 7개, 200MB)"), "{}", refused.text);
    assert_eq!((app.stored_files().len(), app.file_rows().await), (5, 5), "nothing of it is stored");
    let form = files(1)
        .text("ccnNo", &ccn_no)
        .text("delFileNos", app.files_of(&ccn_no).await[0]["fileNo"].as_str().unwrap());
    let path = format!("{CUSTOMER}/questionMod");
    assert_eq!(app.multipart(Method::PUT, &path, &gildong(), &form).await.status, 200, "an edit counts too");
    assert_fields(&app.save_multipart(&gildong(), &files(2)).await, &["files"]);
    number(&app.save_multipart(&gildong(), &files(1)).await);
    assert_fields(&app.save_multipart(&gildong(), &files(1)).await, &["files"]);
    number(&app.save_multipart(&gildong(), &files(0)).await);
    // Others have an allowance of their own.
    for other in [member(OTHER_MEMBER), on_site(gildong(), "2")] {
        number(&app.save_multipart(&other, &files(5)).await);
    }
    // It is noon in Korea: the next day begins twelve hours later.
    app.clock.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert_fields(&app.save_multipart(&gildong(), &files(1)).await, &["files"]);
    app.clock.advance(TimeDelta::seconds(1));
    number(&app.save_multipart(&gildong(), &files(5)).await);
}

#[actix_web::test]
async fn a_member_attaches_so_many_bytes_a_day() {
    let app = TestApp::with(|settings| settings.attachment.daily_bytes = 250_000).await;
    let form = |size: usize| Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(size));
    assert_fields(&app.save_multipart(&gildong(), &form(250_001)).await, &["files"]);
    number(&app.save_multipart(&gildong(), &form(150_000)).await);
    assert_fields(&app.save_multipart(&gildong(), &form(100_001)).await, &["files"]);
    number(&app.save_multipart(&gildong(), &form(100_000)).await);
    assert_fields(&app.save_multipart(&gildong(), &form(1_000)).await, &["files"]);
}

#[actix_web::test]
async fn no_two_uploads_at_once_slip_past_the_allowance() {
    let app = TestApp::with(|settings| settings.attachment.daily_files = 11).await;
    let (gildong, form) = (gildong(), files(2));
    let answers = join_all((0..12).map(|_| app.save_multipart(&gildong, &form))).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_fields(answer, &["files"]);
    }
    assert_eq!((taken, app.file_rows().await), (5, 10));
}

#[actix_web::test]
async fn what_was_counted_on_days_that_are_over_goes() {
    let app = TestApp::start().await;
    let rows = async || app.count("SELECT count(*) AS rows FROM attachment_day").await;
    number(&app.save_multipart(&gildong(), &files(1)).await);
    collect_orphans(&app.state).await.unwrap();
    assert_eq!(rows().await, 1);
    app.clock.advance(TimeDelta::days(3));
    collect_orphans(&app.state).await.unwrap();
    assert_eq!(rows().await, 0);
}
