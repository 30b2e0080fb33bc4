//! The rooms of this service keep to the arrows of every service, and kinds of claim to themselves.

use test_kit::rooms;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// 클레임 종류
const KINDS: &[&str] = &["cancel", "option", "imported", "returns", "exchange"];

/// What every kind of claim is made with.
const SHARED: &[&str] = &[
    "usecase::acceptance",
    "usecase::execution",
    "usecase::history",
    "usecase::messages",
    "usecase::open_order",
    "usecase::policies",
    "domain::actor",
    "domain::collection",
    "domain::order",
    "domain::history",
    "domain::policy",
    "domain::request",
    "domain::money",
    "domain::saga",
    "domain::audit",
    "store::claim",
    "store::collection",
    "store::order",
    "store::ledger",
];

#[test]
fn no_room_knows_what_it_must_not() {
    // A provider may keep its book here; an order is kept in the form of the wire.
    rooms::check_service(SOURCE, &[("clients", &["store"]), ("refusals", &["store"]), ("store", &["dto::"])]);
}

#[test]
fn no_kind_of_claim_knows_another() {
    rooms::check_kinds(SOURCE, KINDS, SHARED);
}
