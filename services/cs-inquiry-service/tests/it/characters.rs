//! What a person wrote is as long as its reader sees it, however it was typed.

use cs_inquiry_service::usecase::title_search::prepare_older::cut_older_titles;
use db::Backend;
use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};
use test_kit::identity::service;

use crate::app::{CUSTOMER, MEMBER, TestApp, assert_fields, boss, gildong, kim, number};
use crate::customer::url_encoded;
use crate::form::{Multipart, jpeg};

/// 각, decomposed as Macs and some phones send it.
const GAK: &str = "\u{1100}\u{1161}\u{11A8}";
const FAMILY: &str = "👨‍👩‍👧‍👦";
const TEMPLATE: &str = "/v1/customerservice/counselTemplateMgmt/saveCounselTemplate";
const TYPE: &str = "/v1/customerservice/counselTypeMgmt/saveCounselType";
const TRANSFER: &str = "/v1/customerservice/transferQnaSave";

fn inquiry(title: &str, content: &str) -> Value {
    json!({"cnslTypNo": "9090", "title": title, "accpCont": content})
}

/// A letter with more marks than sixteen times the characters of a text.
fn stacked(most: usize) -> String {
    format!("a{}", "\u{301}".repeat(16 * most))
}

/// A hundred letters, each of sixteen code points in four bytes that no compression shortens.
fn heavy() -> String {
    let mut state = 1_u32;
    let mut mark = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0xE0100 + (state >> 16) % 240).unwrap()
    };
    (0..100).flat_map(|_| std::iter::once('𠀀').chain((0..15).map(|_| mark()).collect::<Vec<_>>())).collect()
}

#[actix_web::test]
async fn a_text_may_be_as_long_as_its_reader_sees_it_and_stays_as_it_was_sent() {
    let app = TestApp::start().await;
    for letter in [GAK, FAMILY, "e\u{301}", "🇰🇷", "각"] {
        let (title, content) = (letter.repeat(100), letter.repeat(4_000));
        let as_json = app.save(&gildong(), inquiry(&title, &content)).await;
        let form =
            Multipart::new().text("cnslTypNo", "9090").text("title", &title).text("accpCont", &content);
        for saved in [as_json, app.save_multipart(&gildong(), &form).await] {
            let ccn_no = number(&saved);
            let detail = app.detail(&gildong(), &ccn_no).await;
            assert_eq!(
                (&detail.payload()["title"], &detail.payload()["accpCont"]),
                (&json!(title), &json!(content))
            );
            let mut edit = inquiry(&title, &content);
            edit["ccnNo"] = json!(ccn_no);
            assert_eq!(app.edit(&gildong(), edit).await.status, 200, "{letter}");
            let answer = json!({"ccnNo": ccn_no, "ansCont": letter.repeat(4_000)});
            assert_eq!(app.desk("saveAnswer", &kim(), answer).await.status, 200, "{letter}");
        }
        let template = |name: usize, text: usize| json!({"tmplNm": letter.repeat(name), "tmplCont": letter.repeat(text), "cmnYn": "N"});
        number(&app.post(TEMPLATE, &kim(), template(100, 4_000)).await);
        number(&app.post(TYPE, &boss(), json!({"cnslTypNm": letter.repeat(50)})).await);

        let refused = app.save(&gildong(), inquiry(&letter.repeat(101), &letter.repeat(4_001))).await;
        assert_fields(&refused, &["title", "accpCont"]);
        assert_fields(&app.post(TEMPLATE, &kim(), template(101, 4_001)).await, &["tmplNm", "tmplCont"]);
        assert_fields(
            &app.post(TYPE, &boss(), json!({"cnslTypNm": letter.repeat(51)})).await,
            &["cnslTypNm"],
        );
        let search = app.list(&kim(), &url_encoded(&[("searchNm", &letter.repeat(101))])).await;
        assert_fields(&search, &["searchNm"]);
    }
}

#[actix_web::test]
async fn a_text_of_which_nothing_is_to_be_seen_is_none() {
    let app = TestApp::start().await;
    for blank in [" \u{200B} ", "\u{2060}", "\u{3164}"] {
        assert_fields(&app.save(&gildong(), inquiry(blank, blank)).await, &["title", "accpCont"]);
        let form = Multipart::new().text("cnslTypNo", "9090").text("title", blank).text("accpCont", blank);
        assert_fields(&app.save_multipart(&gildong(), &form).await, &["title", "accpCont"]);
        assert_fields(&app.post(TYPE, &boss(), json!({"cnslTypNm": blank})).await, &["cnslTypNm"]);
    }
}

#[actix_web::test]
async fn a_letter_without_end_is_refused_and_the_heaviest_text_is_kept() {
    let app = TestApp::start().await;
    let refused = app.save(&gildong(), inquiry(&stacked(100), &stacked(4_000))).await;
    assert_fields(&refused, &["title", "accpCont"]);
    let form = Multipart::inquiry().text("emailAddr", &"x".repeat(300 * 1024));
    assert_fields(&app.save_multipart(&gildong(), &form).await, &["emailAddr"]);

    let (title, content) = (heavy(), heavy().repeat(40));
    assert_eq!((title.chars().count(), content.len()), (1_600, 256_000));
    let form = Multipart::new().text("cnslTypNo", "9090").text("title", &title).text("accpCont", &content);
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["accpCont"], content);
    let first: String = title.chars().take(16).collect();
    let found = app.list(&kim(), &url_encoded(&[("searchNm", &first)])).await;
    assert_eq!(found.json["totalCount"], 1, "{}", found.text);
    let found = app.list(&kim(), &url_encoded(&[("searchNm", &title)])).await;
    assert_eq!(found.status, 200, "{}", found.text);
    assert_eq!(app.delete(&gildong(), &ccn_no).await.status, 200);
}

#[actix_web::test]
async fn keys_of_programs_are_no_longer_than_an_index_holds() {
    let app = TestApp::start().await;
    let question = |quest_no: String| json!({"mbrNo": MEMBER, "questNo": quest_no, "accpCont": "c"});
    number(&app.post(TRANSFER, &kim(), question("각".repeat(64))).await);
    assert_fields(&app.post(TRANSFER, &kim(), question(GAK.repeat(22))).await, &["questNo"]);
    let ccn_no = app.written().await;
    let assign = json!({"ccnNo": ccn_no, "procUserId": GAK.repeat(22)});
    assert_fields(&app.desk("assign", &boss(), assign).await, &["procUserId"]);
}

#[actix_web::test]
async fn a_transferred_title_is_the_first_hundred_letters_and_a_name_is_masked_by_letters() {
    let app = TestApp::start().await;
    let title = async |content: String| {
        let ccn_no = number(&app.post(TRANSFER, &kim(), json!({"mbrNo": MEMBER, "accpCont": content})).await);
        app.detail(&gildong(), &ccn_no).await.payload()["title"].clone()
    };
    for letter in [GAK, FAMILY, "🇰🇷"] {
        assert_eq!(title(letter.repeat(150)).await, letter.repeat(100));
    }
    assert_eq!(title(format!("{}b", stacked(100))).await, "상품 Q&A 문의", "it fits in no title");

    // 남궁길동
    let name =
        "\u{1102}\u{1161}\u{11B7}\u{1100}\u{116E}\u{11BC}\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}";
    let masked = "\u{1102}\u{1161}\u{11B7}**\u{1103}\u{1169}\u{11BC}";
    let question =
        |quest_no: &str| json!({"mbrNo": MEMBER, "questNo": quest_no, "inqmnNm": name, "accpCont": "c"});
    let before = number(&app.post(TRANSFER, &service("shop"), question("1")).await);
    let withdrawn = json!({"mbrNo": MEMBER});
    assert_eq!(
        app.service.post_as_sister("/internal/members/withdrawal", "member-service", &withdrawn).await.status,
        200
    );
    let after = number(&app.post(TRANSFER, &service("shop"), question("2")).await);
    for ccn_no in [before, after] {
        app.desk("saveAnswer", &kim(), json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}"})).await;
        assert_eq!(app.detail(&kim(), &ccn_no).await.payload()["ansCont"], masked);
    }
}

#[actix_web::test]
async fn a_file_name_is_cut_between_two_letters() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry()
        .file(&format!("{}.jpg", GAK.repeat(200)), "image/jpeg", &jpeg(1_000))
        .file(&format!("{}.jpg", FAMILY.repeat(200)), "image/jpeg", &jpeg(1_000));
    let files = app.files_of(&number(&app.save_multipart(&gildong(), &form).await)).await;
    assert_eq!(files[0]["fileNm"], format!("{}.jpg", GAK.repeat(27)));
    assert_eq!(files[1]["fileNm"], format!("{}.jpg", FAMILY.repeat(10)));
}

#[actix_web::test]
async fn a_title_is_found_however_it_and_the_word_were_typed() {
    let app = TestApp::start().await;
    let (composed, decomposed) = (
        "환불 문의",
        "\u{1112}\u{116A}\u{11AB}\u{1107}\u{116E}\u{11AF} \u{1106}\u{116E}\u{11AB}\u{110B}\u{1174}",
    );
    app.written_by(&gildong(), composed).await;
    app.written_by(&gildong(), decomposed).await;
    let search = async |word: &str| {
        let found = app.list(&kim(), &url_encoded(&[("searchNm", word)])).await;
        found.json["totalCount"].clone()
    };
    for word in ["환불", "\u{1112}\u{116A}\u{11AB}\u{1107}\u{116E}\u{11AF}", composed, decomposed] {
        assert_eq!(search(word).await, 2, "{word}");
    }
    let shown = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
    assert_eq!(shown.payload()["list"][0]["title"], decomposed, "it is shown as it was sent");

    // As the release before would have put them down, and an upgrade would find them. The service's own worker may take them
    // in hand as soon as the backlog names them.
    let before = format!("UPDATE counsel SET title_fold = '{decomposed}'");
    app.query(move |conn| conn.batch_execute(&before)).await;
    assert_eq!(search("환불").await, 0);
    let found = "INSERT INTO counsel_fold_backlog (next_ccn_no, last_ccn_no) SELECT min(ccn_no), max(ccn_no) FROM counsel";
    app.query(move |conn| conn.batch_execute(found)).await;
    while cut_older_titles(&app.db).await.unwrap() {}
    assert_eq!(search("환불").await, 2);
    assert_eq!(app.count("SELECT count(*) AS rows FROM counsel_fold_backlog").await, 0);
}

#[actix_web::test]
async fn the_widened_checks_leave_the_database_whole_and_still_refuse_what_is_too_long() {
    let app = TestApp::start().await;
    if app.db.backend() == Backend::Sqlite {
        assert_eq!(
            app.count("SELECT count(*) AS rows FROM pragma_integrity_check WHERE integrity_check = 'ok'")
                .await,
            1
        );
        assert_eq!(app.count("SELECT count(*) AS rows FROM pragma_foreign_key_check").await, 0);
    }
    let fill = |title: usize, content: usize| {
        format!(
            "INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, sms_noti_yn, cnsl_stat_cd,
                accp_dtm, accp_dt, mod_dtm, file_cnt)
             VALUES ('1', '1', 9090, '{}', '', '{}', 'N', '10', '2026-11-20 00:00:00', '2026-11-20',
                '2026-11-20 00:00:00', 0)",
            "가".repeat(title),
            "가".repeat(content)
        )
    };
    for (title, content, is_kept) in
        [(1_600, 64_000, true), (1_601, 1, false), (0, 1, false), (1, 64_001, false)]
    {
        let sql = fill(title, content);
        let kept = app.db.write(move |conn| Ok::<_, db::DbError>(conn.batch_execute(&sql)?)).await;
        assert_eq!(kept.is_ok(), is_kept, "{title} {content}: {kept:?}");
    }
}
