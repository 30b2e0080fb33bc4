//! member-service hears of the claims it counts: of each that has moved, of those that were there before, and of nothing else.

use std::collections::BTreeMap;
use std::time::Duration;

use claim_service::store::MIGRATIONS;
use claim_service::store::claim::told::{list_untold, put_told};
use claim_service::store::claim::told_standing;
use claim_service::usecase::claim::tell::count_untold;
use contract::operations::claim::{ORD_CHANGE_FO, WITHDRAWAL_RETURN_FO};
use db::{Db, DbError};
use diesel::prelude::*;
use serde_json::{Value, json};
use test_kit::identity::{guest, member};

use crate::app::{House, TestApp};
use crate::claim_counts::{at, claim};
use crate::goods_back::{delivered, exchange_of, inspection, number_in, return_of, row};
use crate::member::{GUEST_ORDER, MEMBER, ORDER};
use crate::quote::request;
use crate::stand_in::Mood;

const TOLD: &str = "/internal/countedClaims";

impl TestApp {
    /// Where claims stand, as it was told last.
    fn counted(&self) -> BTreeMap<String, String> {
        let text = |claim: &Value, name: &str| claim[name].as_str().unwrap_or_default().to_owned();
        let world = self.member.0.world();
        let claims =
            world.told.iter().flat_map(|message| message["claimList"].as_array().into_iter().flatten());
        claims.map(|claim| (text(claim, "claimNo"), text(claim, "claimStatCd"))).collect()
    }

    /// From then on nothing is written that nobody asks for.
    pub(crate) async fn until_all_is_told(&self) {
        let untold = async || {
            let untold = |conn: &mut _| {
                Ok::<_, DbError>(count_untold(conn, 1)? + told_standing::count_untold(conn, 1)?)
            };
            self.db.read(untold).await
        };
        let patience = tokio::time::Instant::now() + Duration::from_secs(60);
        while untold().await.expect("the claims can be counted") > 0 {
            assert!(tokio::time::Instant::now() < patience, "claims are left to tell");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn until_counted(&self, claim_no: &str, status: &str) {
        self.until(|app| app.counted().get(claim_no).is_some_and(|told| told == status)).await;
    }
}

#[actix_web::test]
async fn every_kind_of_claim_is_told_of_wherever_it_goes_and_what_never_counts_is_not() {
    let app = delivered().await;
    let withdrawn = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.until_counted(&withdrawn, "20").await;
    let asked = json!({"ordNo": ORDER, "claimNo": withdrawn});
    assert_eq!(app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &asked).await.status, 200);
    app.until_counted(&withdrawn, "90").await;
    let settled = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&settled).await;
    app.settle(&settled, true).await;
    app.until_counted(&settled, "30").await;
    let exchanged = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    app.collect(&exchanged).await;
    number_in(&app.inspect(&inspection(&exchanged, &[row(1, 0)])).await, "20");
    number_in(&app.ship(&exchanged, "15", None).await, "30");
    app.until_counted(&exchanged, "30").await;
    {
        let world = app.member.0.world();
        let completed =
            world.told.iter().flat_map(|message| message["claimList"].as_array().into_iter().flatten());
        let completed: Vec<&Value> = completed.filter(|claim| claim["claimNo"] == *settled).collect();
        assert_eq!(
            completed.last(),
            Some(&&json!({"claimNo": settled, "mbrNo": MEMBER, "siteNo": "1", "claimStatCd": "30",
                "cmplDtm": "2026-08-10T12:00:00+09:00"}))
        );
    }

    let app = TestApp::spawn().await;
    let of_guest = app.cancel(&guest(GUEST_ORDER), &request(GUEST_ORDER, "251", &[(1, 1)])).await;
    let of_guest = number_in(&of_guest, "30");
    app.put_goods("10002552", &[("001", 5), ("002", 5)]).await;
    let other_item = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    let changed = app.service.post(ORD_CHANGE_FO.path, &member(MEMBER), &other_item).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let changed = changed.payload()["claimNo"].as_str().expect("a claim has a number").to_owned();
    let cancelled = number_in(&app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 1)])).await, "30");
    app.until_counted(&cancelled, "30").await;
    let told = app.counted();
    assert!(!told.contains_key(&of_guest) && !told.contains_key(&changed), "{told:?}");
}

/// Claims that were there before anybody told of any, one more than a message holds.
async fn older_claims(db: &Db) {
    db.migrate(MIGRATIONS).expect("an empty database can be migrated");
    db.write(|conn| {
        for serial in 0..501 {
            diesel::insert_into(claim::table)
                .values((
                    claim::claim_no.eq(format!("20260701C{serial:06}")),
                    claim::site_no.eq("1"),
                    claim::ord_no.eq("20260701O000001"),
                    claim::mbr_no.eq(Some(MEMBER)),
                    claim::claim_business_type.eq("20"),
                    claim::claim_stat_cd.eq("10"),
                    claim::req_dtm.eq(at("2026-07-01T03:00:00")),
                ))
                .execute(conn)?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .expect("claims are put down");
}

#[actix_web::test]
async fn older_claims_are_told_of_in_messages_with_an_end_and_the_last_says_that_they_are_all() {
    let house = House::new();
    older_claims(&house.db).await;
    house.member.0.feels(TOLD, Mood::LosesFirst(1));
    let app = TestApp::spawn_in(house).await;
    app.until_all_is_told().await;
    assert_eq!(app.counted().len(), 501);
    let ends = |app: &TestApp| -> Vec<(usize, String)> {
        let world = app.member.0.world();
        let of = |message: &Value| {
            let claims = message["claimList"].as_array().map_or(0, Vec::len);
            (claims, message["allYn"].as_str().unwrap_or_default().to_owned())
        };
        world.told.iter().map(of).collect()
    };
    let mut messages = ends(&app);
    messages.dedup();
    assert_eq!(messages, [(500, "N".to_owned()), (1, "Y".to_owned())], "lost answers aside");

    // A process that finds nothing to tell says so once.
    app.member.0.world().told.clear();
    let again = app.house.service().await;
    app.until(|app| !app.member.0.world().told.is_empty()).await;
    assert_eq!(ends(&app), [(0, "Y".to_owned())]);
    again.stop().await;
}

#[actix_web::test]
async fn a_claim_that_moves_while_it_is_told_of_is_told_of_again() {
    let house = House::new();
    older_claims(&house.db).await;
    let left = house
        .db
        .write(|conn| {
            let claims = list_untold(conn, 2)?;
            diesel::update(claim::table.find("20260701C000001"))
                .set(claim::claim_stat_cd.eq("20"))
                .execute(conn)?;
            put_told(conn, &claims)?;
            let next = list_untold(conn, 1)?;
            let next = next.into_iter().map(|claim| claim.number.to_string()).collect::<Vec<_>>();
            Ok::<_, DbError>((next, count_untold(conn, 1_000)?, count_untold(conn, 10)?))
        })
        .await
        .expect("claims can be told of");
    assert_eq!(left, (vec!["20260701C000001".to_owned()], 500, 10));
}
