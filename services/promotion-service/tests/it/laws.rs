//! The books hold whatever happens, in whatever order, however often it is told.

use std::cell::Cell;
use std::collections::BTreeMap;

use commerce::{ClaimNo, MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won, given_back};
use db::Db;
use promotion_service::domain::booking_rules::BookingRules;
use promotion_service::domain::burden::Burden;
use promotion_service::domain::mileage_ledger::Movement;
use promotion_service::domain::order_effects::{ClaimStep, EarnedMileage, MileageClaim, TakenOrder};
use promotion_service::store;
use promotion_service::store::MIGRATIONS;
use promotion_service::usecase::mileage_of_member::mileage_of_member;
use promotion_service::usecase::record_order::record_order;
use promotion_service::usecase::settle_claim::settle_claim;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use service_kit::error::Error;
use test_kit::TestDatabase;

use crate::app::at;

/// An order with one line: what it earned, paid with, and the units its claims cancel one after the other.
#[derive(Debug, Clone)]
struct Story {
    /// Amount and the vendor's percentage, per entry.
    earned: Vec<(i64, i32)>,
    used: i64,
    units: i64,
    /// Units gone after each claim, rising to all of them.
    stops: Vec<i64>,
}

prop_compose! {
    fn story()(
        earned in prop::collection::vec((1..5_000_i64, 0..=100_i32), 0..4),
        used in prop_oneof![Just(0), 1..6_000_i64],
        units in 1..7_i64,
        cuts in prop::collection::vec(0..7_i64, 0..3),
    ) -> Story {
        let mut stops: Vec<i64> = cuts.into_iter().map(|cut| cut.min(units)).chain([units]).collect();
        stops.sort_unstable();
        Story { earned, used, units, stops }
    }
}

/// One message of a story.
#[derive(Debug, Clone)]
enum Message {
    Order(TakenOrder),
    Claim(ClaimStep, Vec<MileageClaim>),
}

fn order_no(member: u32, story: usize) -> OrderNo {
    OrderNo::parse(&format!("{:08}O{story:06}", 20_260_000 + member)).unwrap()
}

/// Everything that is told of a story, each message twice.
fn messages(member: u32, index: usize, story: &Story) -> Vec<Message> {
    let order_no = order_no(member, index);
    let promotion = |entry: usize| PromotionNo::parse(&format!("A{entry}")).unwrap();
    let earned = story.earned.iter().enumerate().map(|(entry, (amount, vendor_rate))| EarnedMileage {
        reason: MileageReason::Promotion,
        promotion_no: promotion(entry),
        amount: Won::new(*amount),
        burden: Burden::new(100 - vendor_rate, *vendor_rate).unwrap(),
    });
    let mut told = vec![Message::Order(TakenOrder {
        key: format!("order/{order_no}"),
        order_no: order_no.clone(),
        site_no: SiteNo::parse("1").unwrap(),
        member_no: Some(member_no(member)),
        ordered_at: at("2026-08-01T01:00:00Z"),
        earned: earned.collect(),
        used: Won::new(story.used),
        coupons: vec![],
    })];
    let mut before = 0;
    for (claim, gone) in story.stops.iter().enumerate() {
        let claim_no =
            ClaimNo::parse(&format!("{:08}C{:06}", 20_260_000 + member, index * 100 + claim)).unwrap();
        let part = |amount: i64| given_back(Won::new(amount), before, *gone, story.units).unwrap();
        let step = |kind: &str| ClaimStep {
            key: format!("{kind}/{claim_no}"),
            claim_no: claim_no.clone(),
            order_no: order_no.clone(),
        };
        let taken_back = story.earned.iter().enumerate().map(|(entry, (amount, _))| MileageClaim::TakeBack {
            reason: MileageReason::Promotion,
            promotion_no: promotion(entry),
            amount: part(*amount),
        });
        let taken_back = taken_back
            .filter(|claim| !matches!(claim, MileageClaim::TakeBack { amount, .. } if amount.is_zero()));
        told.push(Message::Claim(step("takeBack"), taken_back.collect()));
        if !part(story.used).is_zero() {
            told.push(Message::Claim(
                step("restore"),
                vec![MileageClaim::Restore { amount: part(story.used) }],
            ));
        }
        before = *gone;
    }
    let again = told.clone();
    told.extend(again);
    told
}

fn member_no(member: u32) -> MemberNo {
    MemberNo::parse(&member.to_string()).unwrap()
}

async fn tell(db: &Db, message: Message) {
    let rules = BookingRules { now: at("2026-08-02T00:00:00Z"), valid_days: None };
    db.write(move |conn| match &message {
        Message::Order(order) => record_order(conn, order, rules),
        Message::Claim(step, claims) => {
            settle_claim(conn, step, claims, rules)?.expect("claims of a story are in bounds");
            Ok(())
        }
    })
    .await
    .unwrap();
}

async fn movements(db: &Db, member: u32) -> (i64, Vec<Movement>) {
    let book = db.snapshot(move |conn| mileage_of_member(conn, &member_no(member), None)).await.unwrap();
    (book.balance.amount(), book.movements)
}

/// The balance is the sum of the ledger, every lot's remainder the sum of its rows, and no row's parts are not the whole.
async fn check_books(db: &Db, member: u32) {
    let (balance, movements) = movements(db, member).await;
    assert_eq!(balance, movements.iter().map(|row| row.amount.amount()).sum::<i64>());
    let mut lots: BTreeMap<String, i64> = BTreeMap::new();
    for row in &movements {
        assert_eq!(row.split.ours.amount() + row.split.vendors.amount(), row.amount.amount());
        if let Some(lot_no) = &row.lot_no {
            *lots.entry(lot_no.clone()).or_default() += row.amount.amount();
        }
    }
    for (lot_no, left) in lots {
        let lot = db.read(move |conn| Ok::<_, Error>(store::lot::find(conn, &lot_no)?)).await.unwrap();
        assert_eq!(lot.left.amount(), left);
        let borne: i64 = movements
            .iter()
            .filter(|row| row.lot_no.as_deref() == Some(&lot.no))
            .map(|row| row.split.vendors.amount())
            .sum();
        let expected = (left * i64::from(lot.burden.vendor_rate())).div_euclid(100);
        assert_eq!(borne, expected, "the vendor bears its part of what is left");
    }
}

#[test]
fn orders_cancelled_claim_by_claim_leave_nothing_behind_whatever_came_first() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    // Every case has a member of its own.
    let members = Cell::new(0);
    let told = prop::collection::vec(story(), 1..4).prop_flat_map(|stories| {
        let all: Vec<(usize, usize)> = stories
            .iter()
            .enumerate()
            .flat_map(|(index, story)| (0..messages(1, index, story).len()).map(move |place| (index, place)))
            .collect();
        (Just(stories), Just(all).prop_shuffle())
    });
    TestRunner::new(Config::with_cases(24))
        .run(&told, |(stories, turns)| {
            let member = members.get() + 1;
            members.set(member);
            runtime.block_on(async {
                for (index, place) in turns {
                    let message = messages(member, index, &stories[index]).swap_remove(place);
                    tell(&db, message).await;
                    check_books(&db, member).await;
                }
                let (balance, movements) = movements(&db, member).await;
                assert_eq!(balance, 0, "all that was earned is taken back, all that was used is given back");
                assert_eq!(movements.iter().map(|row| row.split.vendors.amount()).sum::<i64>(), 0);
                for (index, story) in stories.iter().enumerate() {
                    let sum = |reason, is_in: bool| {
                        let of_order = movements.iter().filter(|row| row.order_no == order_no(member, index));
                        let rows =
                            of_order.filter(|row| row.reason == reason && row.amount.is_positive() == is_in);
                        rows.map(|row| row.amount.amount()).sum::<i64>()
                    };
                    let earned: i64 = story.earned.iter().map(|(amount, _)| amount).sum();
                    assert_eq!(sum(MileageReason::Promotion, true), earned);
                    assert_eq!(sum(MileageReason::Promotion, false), -earned);
                    assert_eq!(sum(MileageReason::UsedInOrder, false), -story.used);
                    assert_eq!(sum(MileageReason::Refund, true), story.used);
                }
            });
            Ok(())
        })
        .unwrap();
    // Schemas are dropped in a runtime of their own.
    drop(runtime);
}

#[tokio::test]
async fn both_databases_book_alike() {
    let stories = [
        Story { earned: vec![(1_001, 33), (777, 100)], used: 900, units: 3, stops: vec![1, 3] },
        Story { earned: vec![(50, 0)], used: 5_000, units: 2, stops: vec![2] },
    ];
    let books = async |database: TestDatabase| {
        let db = database.open();
        db.migrate(MIGRATIONS).unwrap();
        for (index, story) in stories.iter().enumerate() {
            for message in messages(1, index, story) {
                tell(&db, message).await;
            }
        }
        let (balance, movements) = movements(&db, 1).await;
        let rows: Vec<_> = movements
            .into_iter()
            .map(|row| {
                (row.reason, row.amount, row.split, row.lot_no.is_some(), row.order_no, row.claim_no, row.at)
            })
            .collect();
        (balance, rows)
    };
    let on_sqlite = books(TestDatabase::sqlite()).await;
    assert_eq!(on_sqlite.0, 0);
    if let Some(postgres) = TestDatabase::postgres() {
        assert_eq!(books(postgres).await, on_sqlite);
    }
}

#[tokio::test]
async fn a_ledger_row_never_changes_and_never_goes() {
    use diesel::connection::SimpleConnection as _;
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    let story = Story { earned: vec![(100, 0)], used: 0, units: 1, stops: vec![1] };
    tell(&db, messages(1, 0, &story).swap_remove(0)).await;
    for sql in ["UPDATE mlg_ledger SET amt = 200, our_amt = 200", "DELETE FROM mlg_ledger"] {
        let refused = db.write(move |conn| Ok::<_, Error>(conn.batch_execute(sql)?)).await;
        assert!(refused.is_err(), "{sql}");
    }
    check_books(&db, 1).await;
    assert_eq!(movements(&db, 1).await.0, 100);
}
