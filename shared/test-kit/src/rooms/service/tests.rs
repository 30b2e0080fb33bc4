use std::fs;

use super::*;

fn strangers_in(path: &str, text: &str) -> Vec<String> {
    strangers_with(&[], path, text)
}

fn strangers_with(more: &[Arrow<'_>], path: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().expect("it is inside")).expect("a folder can be made");
    fs::write(file, text).expect("a file can be written");
    let place = format!("{}/", folder.path().display());
    let faults = faults_of_strangers(&reader::files(folder.path()), more);
    faults.into_iter().map(|fault| fault.replace(&place, "")).collect()
}

#[test]
fn the_rooms_of_a_service_are_drawn_without_a_circle() {
    check_no_circle(ROOMS);
}

#[test]
fn a_stranger_is_found_in_the_room_that_must_not_know_it() {
    let found = |text: &str| strangers_in("domain/cost.rs", text);
    assert_eq!(found("use diesel::prelude::*;"), ["domain/cost.rs:1: `domain` may not know `diesel::`"]);
    assert_eq!(found("use {std::io,\n dto::Order};"), ["domain/cost.rs:2: `domain` may not know `dto::`"]);
    assert_eq!(found("use db::{Db, outbox};"), ["domain/cost.rs:1: `domain` may not know `db::`"]);
    assert_eq!(
        found("fn f() { chrono::Utc::now() }"),
        ["domain/cost.rs:1: `domain` may not know `Utc::now`"]
    );
    assert_eq!(found("const HALF: f64 = 0.5;"), ["domain/cost.rs:1: `domain` may not know `f64`"]);
}

#[test]
fn what_only_looks_like_a_stranger_is_none() {
    assert_eq!(strangers_in("domain.rs", "fn f(db: &Db, now: Now) { now.now(db) }"), [""; 0]);
    assert_eq!(strangers_in("domain.rs", "// dto::Order\nuse commerce::Won;"), [""; 0]);
    assert_eq!(strangers_in("domain.rs", "#[cfg(test)]\nmod tests { use rand::random; }"), [""; 0]);
    assert_eq!(strangers_in("store.rs", "use diesel::prelude::*;"), [""; 0]);
    let more: &[Arrow<'_>] = &[("store", &["dto::"])];
    assert_eq!(strangers_with(more, "store.rs", "use dto::Order;"), [""; 0]);
    assert_eq!(strangers_with(more, "store.rs", "use actix_web::web;").len(), 1);
}
