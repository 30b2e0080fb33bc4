use commerce::ClaimStage;

use super::*;
use crate::domain::claim_standing::StandingGoods;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-08-{day:02}T03:00:00Z").parse().unwrap()
}

fn claim_no(serial: u32) -> ClaimNo {
    ClaimNo::parse(&format!("20260805C{serial:06}")).unwrap()
}

fn item(no: &str) -> ItemNo {
    ItemNo::parse(no).unwrap()
}

/// One line of three units, delivered on the first if it was.
fn order(status: LineStatus) -> KnownOrder {
    let goods = OrderedGoods {
        seq: 1,
        goods_no: GoodsNo::parse("10002552").unwrap(),
        goods_name: "린넨 셔츠".to_owned(),
        goods_image: None,
        item_no: item("001"),
        item_name: "화이트/M".to_owned(),
        unit_price: Won::new(20_000),
        quantity: 3,
        quantity_cancelled: 0,
        quantity_returned: 0,
        discount: Won::ZERO,
        status,
        delivered_at: status.is_delivered().then(|| at(1)),
        terms: LineTerms {
            is_cancelable: true,
            is_reserved: false,
            is_returnable: true,
            is_exchangeable: true,
        },
    };
    KnownOrder {
        head: OrderHead {
            number: OrderNo::parse("20260801O000001").unwrap(),
            member_no: None,
            orderer_name: "남궁길동".to_owned(),
            phone: Phone { first: String::new(), middle: String::new(), last: String::new() },
            media: OrderMedia::Pc,
            ordered_at: at(1),
            is_masked: false,
            amount_counted: Won::new(60_000),
        },
        amount_paid: Won::new(60_000),
        goods: vec![goods],
        standings: Vec::new(),
        decided: Vec::new(),
    }
}

/// A claim of units of item 001, taken, held and accepted.
fn claim(serial: u32, claim_type: ClaimType, (taken, held, accepted): (i64, i64, i64)) -> ClaimStanding {
    ClaimStanding {
        claim_no: claim_no(serial),
        order_no: OrderNo::parse("20260801O000001").unwrap(),
        claim_type,
        status: ClaimStatus::InProgress,
        stage: ClaimStage::Open,
        requested_at: at(5),
        moved_at: None,
        goods: vec![StandingGoods {
            line_seq: 1,
            item_no: Some(item("001")),
            exchanged_for: None,
            taken,
            held,
            accepted,
        }],
    }
}

fn decided(serial: u32, decision: Decision) -> DecidedClaim {
    DecidedClaim { claim_no: claim_no(serial), claim_type: ClaimType::Cancel, decision, decided_at: at(6) }
}

/// How many units may be cancelled, and whether any may be returned, on a day of August.
fn claimable(order: &KnownOrder, day: u32) -> (i64, bool) {
    let days = ClaimDays { returns: 14, exchanges: 14 };
    let shown = order.clone().shown(days, (Asker::Customer, at(day)));
    let claimable = shown.goods[0].claimable;
    (claimable.cancel.unwrap_or(0), claimable.returns.is_ok())
}

#[test]
fn a_claim_that_the_order_has_not_heard_of_counts_and_one_it_has_heard_of_counts_once() {
    let mut order = order(LineStatus::OrderComplete);
    order.standings = vec![claim(1, ClaimType::Cancel, (2, 0, 2))];
    assert_eq!(claimable(&order, 6), (1, false));
    order.goods[0].quantity_cancelled = 2;
    order.decided = vec![decided(1, Decision::Confirmed)];
    assert_eq!(claimable(&order, 6), (1, false));
    // It said no: claim-service is about to say so too.
    order.goods[0].quantity_cancelled = 0;
    order.decided = vec![decided(1, Decision::Rejected)];
    assert_eq!(claimable(&order, 6), (3, false));
}

#[test]
fn what_an_open_return_holds_is_not_returned_again_and_what_was_exchanged_has_days_of_its_own() {
    let mut order = order(LineStatus::Delivered);
    order.goods[0].terms.is_returnable = false;
    assert_eq!(claimable(&order, 6), (0, true));
    order.standings = vec![claim(1, ClaimType::Return, (0, 2, 2)), claim(2, ClaimType::Exchange, (0, 1, 1))];
    assert_eq!(claimable(&order, 6), (0, false));
    let exchange = &mut order.standings[1];
    exchange.moved_at = Some(at(20));
    exchange.goods[0].held = 0;
    exchange.goods[0].exchanged_for = Some((item("002"), "화이트/L".to_owned()));
    assert_eq!(claimable(&order, 25), (0, true));
    // Two were returned, one was exchanged; that one goes back as well, and nothing is left.
    order.standings[0].moved_at = Some(at(10));
    order.standings[0].goods[0].taken = 2;
    order.standings[0].goods[0].held = 0;
    assert_eq!(claimable(&order, 25), (0, true));
    let mut last = claim(3, ClaimType::Return, (0, 1, 1));
    last.goods[0].item_no = Some(item("002"));
    order.standings.push(last);
    assert_eq!(claimable(&order, 25), (0, false));
}

#[test]
fn claims_come_newest_first_also_those_the_order_alone_knows_of() {
    let mut order = order(LineStatus::OrderComplete);
    let mut older = claim(3, ClaimType::Exchange, (0, 0, 0));
    older.requested_at = at(2);
    older.status = ClaimStatus::Rejected;
    order.standings = vec![older, claim(1, ClaimType::Cancel, (1, 0, 1))];
    order.decided = vec![
        decided(1, Decision::Confirmed),
        decided(2, Decision::Rejected),
        decided(4, Decision::Confirmed),
    ];
    let shown = order.shown(ClaimDays { returns: 14, exchanges: 14 }, (Asker::Agent, at(7)));
    let claims: Vec<_> = shown.claims.iter().map(|claim| (claim.claim_no.clone(), claim.status)).collect();
    use ClaimStatus::{InProgress, Rejected};
    assert_eq!(
        claims,
        [
            (claim_no(4), InProgress),
            (claim_no(2), Rejected),
            (claim_no(1), InProgress),
            (claim_no(3), Rejected)
        ]
    );
}
