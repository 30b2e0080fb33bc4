//! 이체환불: what no provider gives back is listed with its account until somebody says that it was sent.

use std::collections::BTreeSet;
use std::process::Command;

use claim_service::app;
use claim_service::clients::refund_provider::from_settings;
use claim_service::secrets::Secrets;
use claim_service::usecase::operators::transfers::{list_transfers, mark_done};
use commerce::Won;
use contract::operations::claim::INTERNAL_MEMBERS_WITHDRAWAL;
use serde_json::json;
use test_kit::TestDatabase;
use test_kit::dump::rows_of;
use test_kit::identity::agent;
use test_kit::service::{TestService, any_port};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::goods_back::{SHIRT, delivered_as, number_in, return_of};
use crate::member::{MEMBER, ORDER, order, plain_order};
use crate::quote::request;

/// The contract's order, paid by what only goes back whole, and a house that gives money back by its own books.
async fn house(house: House) -> TestApp {
    let provider =
        from_settings(&house.settings().refund, &house.db, &house.clock).expect("a book of our own");
    let application = app::build_with(house.settings(), house.clock.clone(), any_port(), provider).await;
    let application = application.expect("the service starts");
    let service = TestService::start(app::NAME, application, house.clock.clone());
    let app = TestApp { service, house };
    app.put_goods(SHIRT, &[("001", 5)]).await;
    let mut order = order(ORDER);
    order["deliGrpList"][0]["rtnDeliAmt"] = json!(3_000);
    order["payList"][0]["sctnCnclPsbYn"] = json!("N");
    app.member.put(order);
    let days_ago = (app.clock.now() - chrono::TimeDelta::days(2)).to_rfc3339();
    app.member.deliver(ORDER, &days_ago);
    app
}

/// One shirt is settled, and 7,000 of its payment are to be transferred.
async fn settled(app: &TestApp) -> String {
    let account = json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"});
    let asked = with(return_of("251", 1), "rfdAcct", account);
    let claim_no = number_in(&app.ask_return(&asked).await, "20");
    app.collect(&claim_no).await;
    assert_eq!(app.settle(&claim_no, false).await.status, 200);
    app.until_outbox_is_empty().await;
    claim_no
}

#[actix_web::test]
async fn an_account_is_kept_until_its_money_was_sent() {
    let app = house(House::new()).await;
    let claim_no = settled(&app).await;
    let secrets = Secrets::open(&app.settings()).expect("the keys of the house");
    let body = json!({"mbrNo": MEMBER});
    app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    app.until_outbox_is_empty().await;

    let listed = list_transfers(&app.db, &secrets).await.expect("transfers can be listed");
    assert_eq!(listed.len(), 1);
    let one = &listed[0];
    assert_eq!(
        (one.claim_no.as_str(), one.order_no.as_str(), one.payment_no.as_str(), one.amount.amount()),
        (claim_no.as_str(), ORDER, "PAY1", 7_000)
    );
    let account = one.account.as_ref().expect("it is needed");
    assert_eq!((account.bank_code.as_str(), account.account_no.as_str()), ("004", "110-234-567890"));

    let number = claim_no.parse().expect("a claim number");
    let now = app.clock.now();
    assert_eq!(mark_done(&app.db, &number, now).await.expect("marked"), Some(1));
    assert_eq!(mark_done(&app.db, &number, now).await.expect("marked before"), Some(0));
    let unknown = "20260801C999999".parse().expect("a claim number");
    assert_eq!(mark_done(&app.db, &unknown, now).await.expect("no such claim"), None);
    assert_eq!(list_transfers(&app.db, &secrets).await.expect("transfers can be listed"), []);
    assert!(rows_of(&app.db, "claim_rfd_acct").await[0].len() < 60, "nobody needs it any more");
    app.assert_books().await;
}

#[actix_web::test]
async fn the_program_lists_what_is_to_be_sent_and_is_told_what_was() {
    let app = house(House::on(TestDatabase::sqlite())).await;
    let claim_no = settled(&app).await;
    let run = |arguments: &[&str]| {
        let file = app.database_files().into_iter().next().expect("a file");
        let ran = Command::new(env!("CARGO_BIN_EXE_claim-service"))
            .args(arguments)
            .envs(app.environment())
            .env("CLAIM_DATABASE__URL", format!("sqlite://{}", file.display()))
            .env("CLAIM_LOG__FILTER", "off")
            .output()
            .expect("the program can be run");
        (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let line = format!("{claim_no}\t{ORDER}\tPAY1\t7000\t004\t110-234-567890\t남궁길동\n");
    assert_eq!(run(&["transfers"]), (Some(0), line));
    assert_eq!(run(&["transfers", "done", &claim_no]), (Some(0), format!("{claim_no}: 1 transferred\n")));
    assert_eq!(run(&["transfers"]), (Some(0), String::new()));
    let nothing = format!("{claim_no}: nothing is to be transferred\n");
    assert_eq!(run(&["transfers", "done", &claim_no]), (Some(1), nothing));
    assert_eq!(run(&["transfers", "done", "20260801C999999"]).0, Some(1));
    // Its account stays with the claim: the member has not left.
    assert!(rows_of(&app.db, "claim_rfd_acct").await[0].len() > 100);
}

#[actix_web::test]
async fn a_cancel_after_a_transfer_is_sent_to_the_account_as_well() {
    let app = delivered_as(|order| {
        *order = plain_order(ORDER, &[(1, 10_000), (1, 20_000)], "10");
        order["payList"][0]["sctnCnclPsbYn"] = json!("N");
    })
    .await;
    app.member.set_status(ORDER, 1, "11");
    let account = json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"});
    let back = with(return_of("272", 1), "rfdAcct", account.clone());
    let returned = number_in(&app.ask_return(&back).await, "20");
    app.collect(&returned).await;
    assert_eq!(app.settle(&returned, false).await.status, 200);
    app.details_in(ORDER, &returned, "30").await;

    let desk = agent("cs1");
    let asked = request(ORDER, "270", &[(2, 1)]);
    let shown = app.preview(&desk, &asked).await.json;
    assert_eq!(shown["payInfo"]["rfdList"][0]["rfdMethCd"], "20", "{shown}");
    assert_eq!(app.cancel(&desk, &asked).await.code(), "REFUND_ACCOUNT_REQUIRED");
    let cancelled = claim_no_of(&app.cancel(&desk, &with(asked, "rfdAcct", account)).await);
    let details = app.details_in(ORDER, &cancelled, "30").await;
    assert_eq!(details["rfdList"][0]["rfdMethCd"], "20");
    let sent = |claim_no: &str, amount| (claim_no.to_owned(), Won::new(amount));
    {
        let book = app.refunds.book();
        let transferred = book.transferred.values().map(|order| (order.claim_no.to_string(), order.amount));
        assert_eq!(
            transferred.collect::<BTreeSet<_>>(),
            [sent(&returned, 10_000), sent(&cancelled, 20_000)].into()
        );
        assert!(book.given.is_empty(), "its provider was asked for none of it");
    }
    app.assert_books().await;
}
