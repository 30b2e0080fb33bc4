//! The shop that `make run` loads, as agents find it.

use std::collections::BTreeMap;

use serde_json::Value;
use stories::{Options, Stack, Storefront};

use crate::wait::until;

const LIST: &str = "/v1/claim/claimMgmt/getClaimList?pageSize=100";
const CLAIMS: usize = 9;

/// Returns and exchanges of the house; claims of another system have no state of their own.
async fn claims_of_ours(shop: &Storefront) -> Vec<Value> {
    let mut ours = Vec::new();
    for kind in ["20", "30"] {
        let answer = shop.get(&format!("{LIST}&claimBusinessType={kind}"), &shop.agent()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let rows = answer.json["payloads"].as_array().expect("a list has rows");
        ours.extend(rows.iter().filter(|row| !row["ordDtlStatCd"].is_null()).cloned());
    }
    ours
}

/// How many stand where: type of claim, where the goods are and, of those that have ended, why.
async fn standing(shop: &Storefront) -> BTreeMap<String, usize> {
    let mut standing = BTreeMap::new();
    for row in claims_of_ours(shop).await {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let at = format!("{} {} {}", text("claimBusinessType"), text("ordDtlStatCd"), text("endRsnCd"));
        *standing.entry(at.trim_end().to_owned()).or_default() += 1;
    }
    standing
}

/// `requested` and `instructed` returns, and of all others the same whoever approves.
async fn check(auto_approve: bool, requested: usize, instructed: usize) {
    let settings = vec![("CLAIM_RETURNS__AUTO_APPROVE", auto_approve.to_string())];
    let stack = Stack::start_with(Options { settings, ..Options::default() }).await;
    let shop = stack.storefront();
    // Cut short with some of them under way, wherever the loader is at that moment.
    tokio::select! {
        () = stack.load_demo_shop() => {}
        () = until("some claims are made", async || claims_of_ours(&shop).await.len() > CLAIMS / 2) => {}
    }
    stack.load_demo_shop().await;

    let mut expected = BTreeMap::from(
        ["20 34", "20 36", "20 38", "20 37", "20 39 20", "20 39 30", "30 22"].map(|at| (at.to_owned(), 1)),
    );
    for (at, count) in [("20 31", requested), ("20 33", instructed)] {
        if count > 0 {
            expected.insert(at.to_owned(), count);
        }
    }
    until("the return that was approved is settled", async || standing(&shop).await.contains_key("20 37"))
        .await;
    assert_eq!(standing(&shop).await, expected);
    let before = claims_of_ours(&shop).await;
    let text = std::fs::read_to_string(stack.demo_record()).expect("it was just written");
    assert!(text.contains("claims under way"), "{text}");
    // Even whoever forgets that it was all done makes nothing twice.
    std::fs::write(stack.demo_record(), text.replace("claims under way", "nothing"))
        .expect("it can be written");
    stack.load_demo_shop().await;
    assert_eq!(claims_of_ours(&shop).await, before);
}

#[actix_web::test]
async fn the_demo_shop_has_a_return_in_each_state_and_an_exchange() {
    check(true, 0, 2).await;
}

#[actix_web::test]
async fn where_agents_approve_one_of_them_waits_for_it() {
    check(false, 1, 1).await;
}

const COUNSELS: &str = "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList?pageSize=100";
const TEMPLATES: &str = "/v1/customerservice/counselTemplateMgmt/getCounselTemplateList?pageSize=100";

/// How many inquiries are in each state and with whom, and how many have a file.
async fn desk(shop: &Storefront) -> (BTreeMap<String, usize>, usize) {
    let list = shop.get(COUNSELS, &shop.agent()).await;
    let rows = list.json["payloads"].as_array().expect("a list has rows");
    let mut standing = BTreeMap::new();
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let at = format!("{} {}", text("cnslStatCd"), text("procUserId"));
        *standing.entry(at.trim_end().to_owned()).or_default() += 1;
    }
    (standing, rows.iter().filter(|row| row["fileCnt"].as_i64().unwrap_or_default() > 0).count())
}

#[actix_web::test]
async fn the_desk_finds_inquiries_in_every_state_and_templates_once() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let count =
        async || shop.get(COUNSELS, &shop.agent()).await.json["totalCount"].as_i64().unwrap_or_default();
    tokio::select! {
        () = stack.load_demo_shop() => {}
        () = until("some inquiries are written", async || count().await > 20) => {}
    }
    stack.load_demo_shop().await;
    let (standing, pictured) = desk(&shop).await;
    // Two of the sixty were deleted by their members.
    let expected = [("10", 22), ("20 A001", 3), ("20 A002", 3), ("30 A001", 15), ("30 A002", 15)];
    assert_eq!(standing, expected.map(|(at, count)| (at.to_owned(), count)).into());
    assert_eq!(pictured, 20);
    let templates = shop.get(TEMPLATES, &shop.admin()).await.json["totalCount"].clone();

    let text = std::fs::read_to_string(stack.demo_record()).expect("it was just written");
    std::fs::write(stack.demo_record(), text.replace("inquiries", "nothing")).expect("it can be written");
    stack.load_demo_shop().await;
    assert_eq!(desk(&shop).await, (standing, pictured));
    assert_eq!(shop.get(TEMPLATES, &shop.admin()).await.json["totalCount"], templates);
}
