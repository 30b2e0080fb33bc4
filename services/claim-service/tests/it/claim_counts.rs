//! What member-service asks: how many claims of a member are under way.

use chrono::NaiveDateTime;
use contract::operations::claim::{INTERNAL_CLAIMS_COUNT, WITHDRAWAL_RETURN_FO};
use db::DbError;
use diesel::prelude::*;
use serde_json::json;
use test_kit::identity::member;

use crate::app::TestApp;
use crate::goods_back::{delivered, exchange_of, inspection, number_in, return_of, row};
use crate::member::ORDER;

diesel::table! {
    claim (claim_no) {
        claim_no -> Text,
        site_no -> Text,
        ord_no -> Text,
        mbr_no -> Nullable<Text>,
        claim_business_type -> Text,
        claim_stat_cd -> Text,
        req_dtm -> Timestamp,
        cmpl_dtm -> Nullable<Timestamp>,
    }
}

const MEMBER: &str = "100001311";

pub(crate) fn at(text: &str) -> NaiveDateTime {
    text.parse().expect("a fixed time")
}

/// One claim of each kind that matters: (type, status, completed at).
const CLAIMS: [(&str, &str, Option<&str>); 9] = [
    ("10", "10", None),
    ("20", "20", None),
    ("30", "10", None),
    ("10", "30", Some("2026-11-12T15:00:00")),
    ("20", "30", Some("2026-11-12T14:59:59.999999")),
    ("10", "90", None),
    ("20", "90", None),
    ("11", "10", None),
    ("11", "30", Some("2026-11-20T00:00:00")),
];

async fn with_claims() -> TestApp {
    let app = TestApp::spawn().await;
    app.db
        .write(|conn| {
            for (index, (kind, status, completed)) in CLAIMS.iter().enumerate() {
                diesel::insert_into(claim::table)
                    .values((
                        claim::claim_no.eq(format!("20261101C{index:06}")),
                        claim::site_no.eq("1"),
                        claim::ord_no.eq("20261101O000001"),
                        claim::mbr_no.eq(Some(MEMBER)),
                        claim::claim_business_type.eq(*kind),
                        claim::claim_stat_cd.eq(*status),
                        claim::req_dtm.eq(at("2026-11-01T00:00:00")),
                        claim::cmpl_dtm.eq(completed.map(at)),
                    ))
                    .execute(conn)?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .expect("the claims are put down");
    app
}

#[actix_web::test]
async fn open_claims_count_and_complete_ones_for_a_while() {
    let app = with_claims().await;
    let count = async |query: &str| {
        let path = format!("{}?{query}", INTERNAL_CLAIMS_COUNT.path);
        let answer = app.service.get_as_sister(&path, "member-service").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["claimCnt"].as_i64()
    };
    let of_member = format!("mbrNo={MEMBER}&siteNo=1");
    let page = "reqGubun=myPage&cmplAfter=2026-11-13T00:00:00%2B09:00";
    assert_eq!(
        count(&format!("{of_member}&{page}")).await,
        Some(4),
        "three open, one complete since that day"
    );
    assert_eq!(count(&format!("{of_member}&reqGubun=quit")).await, Some(2), "the open return and exchange");
    assert_eq!(count(&format!("mbrNo={MEMBER}&siteNo=2&{page}")).await, Some(0));
    assert_eq!(count(&format!("mbrNo=1&siteNo=1&{page}")).await, Some(0));
}

#[actix_web::test]
async fn a_return_and_an_exchange_count_from_their_request_to_their_end_and_what_is_withdrawn_not_at_all() {
    let app = delivered().await;
    // The page counts what was complete ten days ago; whoever quits is asked for what is open.
    let counts = async |complete_from: &str| {
        let count = async |query: String| {
            let path = format!("{}?mbrNo={MEMBER}&siteNo=1&{query}", INTERNAL_CLAIMS_COUNT.path);
            app.service.get_as_sister(&path, "member-service").await.json["claimCnt"].as_i64().unwrap_or(-1)
        };
        let page = format!("reqGubun=myPage&cmplAfter={complete_from}T00:00:00%2B09:00");
        (count(page).await, count("reqGubun=quit".to_owned()).await)
    };
    let withdrawn = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_eq!(counts("2026-08-01").await, (1, 1));
    let asked = json!({"ordNo": ORDER, "claimNo": withdrawn});
    assert_eq!(app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &asked).await.status, 200);
    assert_eq!(counts("2026-08-01").await, (0, 0));

    let settled = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&settled).await;
    assert_eq!(counts("2026-08-01").await, (1, 1));
    assert_eq!(app.settle(&settled, true).await.payload()["list"][0]["claimStatCd"], "30");
    assert_eq!(counts("2026-08-01").await, (1, 0));
    assert_eq!(counts("2026-08-11").await, (0, 0));

    let exchanged = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    app.collect(&exchanged).await;
    number_in(&app.inspect(&inspection(&exchanged, &[row(1, 0)])).await, "20");
    assert_eq!(counts("2026-08-11").await, (1, 1), "on its way");
    number_in(&app.ship(&exchanged, "15", None).await, "30");
    assert_eq!((counts("2026-08-01").await, counts("2026-08-11").await), ((2, 0), (0, 0)));
}
