//! claimPsb of orderListFO: what member-service says may be done with a line is what claim-service says and does.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use claim_service::store::claim::told_standing;
use dto::date_time::KstDateTime;
use platform::clock::Clock;
use service_kit::error::Error;
use stories::order;
use test_kit::TestDatabase;

use super::counts::{CHANGED, DELIVERED, ELSEWHERE, FRESH, GUESTS, OTHER_MEMBER, Walk, all_is_told};
use super::*;

const LIST: &str = "/v1/order/orderListFO";
const RETURN_TARGET: &str = "/v1/claim/return/getReturnTargetInfoFO";
const EXCHANGE_TARGET: &str = "/v1/claim/exchange/getExchageTargetInfoFO";
/// Orders of every status, with every term, delivered on days of every kind.
const MATRIX: usize = 36;

fn number_of(place: usize) -> String {
    format!("20261001O{place:06}")
}

/// Two lines of three units whose terms are the bits of its place, in a status that orders arrive in.
fn order_at(place: usize) -> Value {
    let mut order = order(&number_of(place), MEMBER, "2026-10-01T00:00:00", 3, 10_000);
    let flag = |bit: usize| if place & bit == 0 { "Y" } else { "N" };
    let line = &mut order["goodsList"][0];
    line["goodsNo"] = json!(GOODS);
    line["ordDtlStatCd"] = json!(["11", "12", "11"][place % 3]);
    line["ordCnclPsbYn"] = json!(flag(1));
    line["rtnPsbYn"] = json!(flag(2));
    line["exchPsbYn"] = json!(flag(4));
    line["rsvGoodsYn"] = json!(if place & 8 == 0 { "N" } else { "Y" });
    let mut second = line.clone();
    second["ordSeq"] = json!(2);
    order["goodsList"].as_array_mut().expect("an order has goods").push(second);
    order["payList"][0]["payAmt"] = json!(60_000);
    if place.is_multiple_of(9) {
        for line in order["goodsList"].as_array_mut().expect("an order has goods") {
            line["ordDtlStatCd"] = json!("10");
            line["ordCnclPsbYn"] = json!("Y");
        }
    }
    order
}

/// Takes the matrix in, moves each first line on, and claims something of most.
async fn fill_matrix(walk: &mut Walk) {
    let orders: Vec<Value> = (0..MATRIX).map(order_at).collect();
    walk.shop.take_in(&orders).await;
    for place in (0..MATRIX).filter(|place| place % 9 != 0) {
        let way = [None, Some("12"), Some("13"), Some("15"), Some("16"), Some("15")][place % 6];
        // Before, on and behind the last days of customers and vendors.
        let days = [0, 1, 13, 14, 15, 40, 89, 95][walk.pick(8)];
        if let Some(status) = way {
            let at = KstDateTime(Clock::system().now() - TimeDelta::days(days));
            let line = json!([{"ordSeq": 1, "ordDtlStatCd": status, "dtm": at}]);
            walk.shop.move_lines(&number_of(place), &line).await;
        }
        let member = walk.shop.member(MEMBER);
        let number = number_of(place);
        let line = 1 + i64::try_from(walk.pick(2)).expect("small");
        let quantity = 1 + i64::try_from(walk.pick(3)).expect("small");
        let goods = json!([{"ordSeq": line, "claimQty": quantity}]);
        let claimed = with(with(request(&number, 1), "claimGoodsList", goods), "claimRsnCd", json!("272"));
        match walk.pick(4) {
            0 => walk.post(CANCEL, &member, &with(claimed, "claimRsnCd", json!("251"))).await,
            1 => walk.post(returns::RETURN, &member, &claimed).await,
            2 => {
                let goods = json!([{"ordSeq": line, "claimQty": quantity, "exchItmNo": "002"}]);
                walk.post(returns::EXCHANGE, &member, &with(claimed, "claimGoodsList", goods)).await
            }
            _ => None,
        };
    }
}

/// member-service has heard where every claim stands, guests' too.
async fn all_is_shown(stack: &Stack) {
    all_is_told(stack).await;
    let claims = claim_database(stack);
    until("where claims stand is told", async || {
        let untold = claims.read(|conn| Ok::<_, Error>(told_standing::count_untold(conn, 1)?)).await;
        untold.expect("the claims can be read") == 0
    })
    .await;
}

/// Cancel, option change, return and exchange of one line, and what is said where nothing may be done.
type Possible = ([bool; 4], Option<String>);

/// What member-service says, by order and line.
async fn shown(shop: &Storefront, path: &str, token: &str) -> Vec<(String, i64, Possible)> {
    let answer =
        shop.post(path, token, &json!({"strDt": "2026-01-01", "endDt": "2099-12-31", "pageSize": 50})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.payload()["list"].as_array().expect("there is a list").clone();
    assert_eq!(answer.payload()["totalCount"], list.len(), "one page holds them");
    let mut found = Vec::new();
    for order in &list {
        for line in order["goodsList"].as_array().expect("an order has goods") {
            let psb = &line["claimPsb"];
            let may = ["cnclYn", "optChgYn", "rtnYn", "exchYn"].map(|name| psb[name] == "Y");
            let number = order["ordNo"].as_str().expect("an order has a number").to_owned();
            let line = line["ordSeq"].as_i64().expect("a line has a number");
            found.push((number, line, (may, psb["impsbRsn"].as_str().map(str::to_owned))));
        }
    }
    found
}

/// One line of a claim target, as claim-service answers it.
async fn target(shop: &Storefront, path: &str, token: &str, number: &str, line: i64) -> Value {
    let answer = shop.post(path, token, &json!({"ordNo": number})).await;
    assert_eq!(answer.status, 200, "{path} {number}: {}", answer.text);
    let goods = answer.json["ordGoodsList"].as_array().expect("a target has goods").clone();
    goods.into_iter().find(|goods| goods["ordSeq"] == line).expect("every line is there")
}

/// What claim-service says of a line.
async fn said(shop: &Storefront, token: &str, number: &str, line: i64) -> Possible {
    let cancel = target(shop, POPUP, token, number, line).await;
    let returns = target(shop, RETURN_TARGET, token, number, line).await;
    let exchange = target(shop, EXCHANGE_TARGET, token, number, line).await;
    let is_open = |target: &Value| target["claimPsbQty"].as_i64().is_some_and(|quantity| quantity > 0);
    let may = [is_open(&cancel), cancel["optChgPsbYn"] == "Y", is_open(&returns), is_open(&exchange)];
    let is_sent = matches!(cancel["ordDtlStatCd"].as_str(), Some("13" | "15" | "16"));
    let refusal = if is_sent { &returns["claimImpsbRsn"] } else { &cancel["claimImpsbRsn"] };
    (may, refusal.as_str().filter(|_| may == [false; 4]).map(str::to_owned))
}

/// Whoever looks, both say the same; and nobody has to be asked for it.
async fn both_say_the_same(walk: &Walk, seen: &mut Vec<Possible>) {
    let shop = &walk.shop;
    for member_no in [MEMBER, OTHER_MEMBER] {
        let of_member = format!("{LIST}?mbrNo={member_no}");
        for token in [shop.member(member_no), shop.agent()] {
            for (number, line, possible) in shown(shop, &of_member, &token).await {
                assert_eq!(possible, said(shop, &token, &number, line).await, "{number} {line}");
                seen.push(possible);
            }
        }
    }
    let guest = shop.guest(GUESTS);
    for (number, line, possible) in shown(shop, LIST, &guest).await {
        assert_eq!(possible, said(shop, &guest, &number, line).await, "{number} {line}");
    }
}

/// claim-service does what member-service says, and nothing else.
async fn is_done_as_it_is_said(walk: &Walk) -> [usize; 4] {
    let shop = &walk.shop;
    let member = shop.member(MEMBER);
    let mut done = [0; 4];
    // Nothing was paid for these, so they go whole.
    let mut gone = BTreeSet::new();
    for (number, line, (may, _)) in shown(shop, LIST, &member).await {
        if gone.contains(&number) {
            continue;
        }
        let mut goods = json!([{"ordSeq": line, "claimQty": 1}]);
        if status_of(shop, &member, &number).await == "10" {
            goods = json!([{"ordSeq": 1, "claimQty": 3}, {"ordSeq": 2, "claimQty": 3}]);
            gone.insert(number.clone());
        }
        let cancelled = cancel(shop, &member, &with(request(&number, 1), "claimGoodsList", goods)).await;
        let expected = if may[0] { 200 } else { 900 };
        assert_eq!(cancelled.status, expected, "{number} {line}: {}", cancelled.text);
        done[usize::from(!may[0])] += 1;
        let returns = target(shop, RETURN_TARGET, &member, &number, line).await;
        let portions = returns["itmPtnList"].as_array().cloned().unwrap_or_default();
        let free = portions.iter().find(|one| one["claimPsbQty"].as_i64() > Some(0)).or(portions.first());
        let item_no = free.map_or(json!("001"), |one| one["itmNo"].clone());
        let goods = json!([{"ordSeq": line, "claimQty": 1, "itmNo": item_no}]);
        let body = with(with(request(&number, 1), "claimRsnCd", json!("272")), "claimGoodsList", goods);
        let returned = shop.post(returns::RETURN, &member, &body).await;
        let expected = if may[2] { 200 } else { 900 };
        assert_eq!(returned.status, expected, "{number} {line}: {}", returned.text);
        done[2 + usize::from(!may[2])] += 1;
    }
    done
}

async fn status_of(shop: &Storefront, token: &str, number: &str) -> String {
    let order = popup(shop, token, number).await;
    order["ordGoodsList"][0]["ordDtlStatCd"].as_str().expect("a line has a status").to_owned()
}

async fn walk(database: fn() -> TestDatabase) {
    let stack = Stack::start_with(Options { database, ..Options::default() }).await;
    let mut walk = Walk::begin(&stack, 0xD1B5_4A32_D192_ED03).await;
    fill_matrix(&mut walk).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        for _ in 0..40 {
            walk.step().await;
        }
        all_is_shown(&stack).await;
        both_say_the_same(&walk, &mut seen).await;
    }
    for number in [DELIVERED, ELSEWHERE, FRESH, CHANGED, GUESTS] {
        assert!(!claims_of(&claim_database(&stack), number).await.is_empty(), "{number} was never claimed");
    }
    for place in 0..4 {
        for may in [true, false] {
            assert!(seen.iter().any(|(possible, _)| possible[place] == may), "{place} is never {may}");
        }
    }
    let refusals: BTreeSet<&str> = seen.iter().filter_map(|(_, refusal)| refusal.as_deref()).collect();
    assert!(refusals.len() >= 4, "too few ways to refuse: {refusals:?}");
    let done = is_done_as_it_is_said(&walk).await;
    assert!(done.iter().all(|count| *count > 5), "cancelled, refused, returned, refused: {done:?}");
    all_is_shown(&stack).await;
    both_say_the_same(&walk, &mut seen).await;
}

#[actix_web::test]
async fn what_is_said_of_a_line_is_what_claim_service_says_and_does() {
    walk(TestDatabase::sqlite).await;
    if TestDatabase::postgres().is_none() {
        println!("only half of the story: TEST_DATABASE_URL is not set");
        return;
    }
    walk(|| TestDatabase::postgres().expect("it was there a moment ago")).await;
}
