//! Two at once: whatever the interleaving, nobody overwrites anybody.

use futures_util::future::join;
use serde_json::{Value, json};

use crate::app::{TestApp, boss, gildong, kim, lee};

const ROUNDS: usize = 200;

#[actix_web::test]
async fn an_edit_against_a_pick_up() {
    let app = TestApp::start().await;
    let mut edits_won = 0;
    for round in 0..ROUNDS {
        let ccn_no = app.written().await;
        let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": format!("고친 내용 {round}")});
        let (edited, started) = join(app.edit(&gildong(), edit), app.start_process(&kim(), &ccn_no)).await;
        assert_eq!(started.status, 200, "without modDtm the pick-up always succeeds: {}", started.text);
        let text = app.desk_detail(&kim(), &ccn_no).await.payload()["accpCont"].clone();
        if edited.status == 200 {
            edits_won += 1;
            assert_eq!(text, format!("고친 내용 {round}"), "the agent works on the edited text");
        } else {
            assert_eq!((edited.status, edited.code()), (900, "INQUIRY_NOT_EDITABLE"));
            assert_eq!(text, "언제 오나요?");
        }
    }
    println!("edit against pick-up: the edit came first in {edits_won} of {ROUNDS}");
}

#[actix_web::test]
async fn an_edit_against_a_pick_up_of_the_text_that_was_shown() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let ccn_no = app.written().await;
        let shown = app.desk_detail(&kim(), &ccn_no).await.payload()["modDtm"].clone();
        let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": format!("고친 내용 {round}")});
        let start = json!({"ccnNo": ccn_no, "modDtm": shown});
        let (edited, started) =
            join(app.edit(&gildong(), edit), app.desk("startProcess", &kim(), start)).await;
        match (edited.status, started.status) {
            (200, 900) => assert_eq!(started.code(), "INQUIRY_CHANGED"),
            (900, 200) => assert_eq!(edited.code(), "INQUIRY_NOT_EDITABLE"),
            _ => panic!("one of the two wins: {} {}", edited.text, started.text),
        }
    }
}

#[actix_web::test]
async fn a_delete_against_a_pick_up() {
    let app = TestApp::start().await;
    let mut deletes_won = 0;
    for _ in 0..ROUNDS {
        let ccn_no = app.written().await;
        let (deleted, started) =
            join(app.delete(&gildong(), &ccn_no), app.start_process(&kim(), &ccn_no)).await;
        match (deleted.status, started.status) {
            (200, 900) => {
                deletes_won += 1;
                assert_eq!(started.code(), "INQUIRY_NOT_FOUND");
            }
            (900, 200) => assert_eq!(deleted.code(), "INQUIRY_NOT_EDITABLE"),
            _ => panic!("one of the two wins: {} {}", deleted.text, started.text),
        }
    }
    println!("delete against pick-up: the delete came first in {deletes_won} of {ROUNDS}");
}

#[actix_web::test]
async fn two_agents_at_once() {
    let app = TestApp::start().await;
    for _ in 0..ROUNDS {
        let ccn_no = app.written().await;
        let (one, other) = join(app.start_process(&kim(), &ccn_no), app.start_process(&lee(), &ccn_no)).await;
        let (winner, loser, name) =
            if one.status == 200 { (one, other, "agent-kim") } else { (other, one, "agent-lee") };
        assert_eq!(winner.status, 200, "{}", winner.text);
        assert_eq!((loser.status, loser.code()), (900, "INQUIRY_STATUS_CONFLICT"));
        assert_eq!(app.desk_detail(&kim(), &ccn_no).await.payload()["procUserId"], name);
    }
}

#[actix_web::test]
async fn two_answers_at_once_are_one() {
    let app = TestApp::start().await;
    for _ in 0..ROUNDS / 4 {
        let ccn_no = app.written().await;
        let (one, other) = join(app.answer(&kim(), &ccn_no), app.answer(&boss(), &ccn_no)).await;
        let codes = [one.status, other.status];
        assert!(codes.contains(&200) && codes.contains(&900), "{} {}", one.text, other.text);
        let steps = app.desk_detail(&kim(), &ccn_no).await.payload()["histList"].clone();
        assert_eq!(steps.as_array().map(Vec::len), Some(3), "{steps}");
    }
}

#[actix_web::test]
async fn two_edits_at_once_follow_one_another() {
    let app = TestApp::start().await;
    for _ in 0..ROUNDS / 4 {
        let ccn_no = app.written().await;
        let edit =
            |text: &str| json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": text, "accpCont": text});
        let (one, other) = join(app.edit(&gildong(), edit("가")), app.edit(&gildong(), edit("나"))).await;
        assert_eq!((one.status, other.status), (200, 200), "{} {}", one.text, other.text);
        let detail = app.desk_detail(&kim(), &ccn_no).await;
        assert_eq!(detail.payload()["title"], detail.payload()["accpCont"], "no mixture of both");
        let changes: Vec<&Value> =
            detail.payload()["histList"].as_array().unwrap().iter().map(|step| &step["actCd"]).collect();
        assert_eq!(changes, ["WRITE", "EDIT", "EDIT"]);
    }
}
