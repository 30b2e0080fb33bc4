use std::fs;

use super::*;

const ARROWS: &[Arrow<'static>] =
    &[("hall", &["kitchen", "cellar"]), ("kitchen", &["cellar"]), ("cellar", &[])];

/// What is wrong with a crate of these files, beside three empty rooms.
fn faults_of(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, text) in [("hall.rs", ""), ("kitchen/mod.rs", ""), ("cellar.rs", "")].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is inside")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let place = format!("{}/", folder.path().display());
    faults(&reader::files(folder.path()), ARROWS).into_iter().map(|fault| fault.replace(&place, "")).collect()
}

#[track_caller]
fn check_one(path: &str, text: &str, expected: &[&str]) {
    assert_eq!(faults_of(&[(path, text)]), expected, "{text}");
}

#[test]
fn what_an_arrow_allows_is_no_fault() {
    check_one("hall.rs", "use crate::kitchen::Pot;\nfn f() -> crate::cellar::Wine { todo!() }", &[]);
    check_one(
        "kitchen/stove.rs",
        "use crate::kitchen::Pot;\nuse super::Pan;\nuse super::super::cellar::Wine;",
        &[],
    );
    check_one("lib.rs", "pub use hall::Door;\nuse crate::cellar;", &[]);
    check_one("bin/tool.rs", "use crate::kitchen;", &[]);
}

#[test]
fn an_import_against_the_arrows_is_named_with_its_file_and_line() {
    check_one(
        "cellar/shelf.rs",
        "//! Wine.\n\nuse crate::kitchen::pots::Pot;\n",
        &["cellar/shelf.rs:3: `cellar` may not use `crate::kitchen::pots::Pot`"],
    );
}

#[test]
fn no_way_of_writing_it_hides_an_import() {
    let forbidden = |line: usize, path: &str| format!("cellar.rs:{line}: `cellar` may not use `{path}`");
    let found = |text: &str| faults_of(&[("cellar.rs", text)]);
    assert_eq!(
        found("use crate::{\n    cellar::Shelf,\n    kitchen::{Pan, Pot},\n    hall,\n};"),
        [
            forbidden(3, "crate::kitchen::Pan"),
            forbidden(3, "crate::kitchen::Pot"),
            forbidden(4, "crate::hall")
        ]
    );
    assert_eq!(found("use {std::io, crate::hall::Door};"), [forbidden(1, "crate::hall::Door")]);
    assert_eq!(found("fn f(pot: &crate::kitchen::Pot) {}"), [forbidden(1, "crate::kitchen::Pot")]);
    assert_eq!(found("fn f() { g!(\"{}\", crate::hall::open()) }"), [forbidden(1, "crate::hall::open")]);
    assert_eq!(found("use crate\n  ::hall;"), [forbidden(2, "crate::hall")]);
    assert_eq!(found("use super::hall;"), [forbidden(1, "crate::hall")]);
    assert_eq!(found("mod shelf { use super::super::hall; }"), [forbidden(1, "crate::hall")]);
    assert_eq!(found("mod shelf { use super::{Wine, super::hall}; }"), [forbidden(1, "crate::hall")]);
    assert_eq!(found("use self::super::hall;"), [forbidden(1, "crate::hall")]);
    assert_eq!(
        found("macro_rules! m { () => { $crate::hall::open() } }"),
        [forbidden(1, "crate::hall::open")]
    );
}

#[test]
fn names_of_the_root_belong_to_no_room_and_are_refused() {
    check_one("cellar.rs", "use crate::Door;", &["cellar.rs:1: `cellar` may not use `crate::Door`"]);
    check_one("cellar.rs", "use crate::*;", &["cellar.rs:1: `cellar` may not use `crate`"]);
}

#[test]
fn comments_texts_and_visibility_are_no_imports() {
    check_one(
        "cellar.rs",
        "//! See [`crate::hall`].\n// use crate::hall;\npub(crate) fn f() -> &'static str { \"crate::hall\" }\npub(super) fn g() {}",
        &[],
    );
}

#[test]
fn code_of_tests_may_use_what_it_likes() {
    check_one("cellar.rs", "#[cfg(test)]\nmod tests { use crate::hall; }", &[]);
    check_one("cellar.rs", "#[cfg(test)]\nuse crate::hall;\n", &[]);
    check_one("cellar.rs", "#[cfg(test)]\n#[allow(dead_code)]\nfn f() { crate::hall::open() }", &[]);
    let in_a_file = ("cellar.rs", "#[cfg(test)]\npub(crate) mod trial;");
    assert_eq!(faults_of(&[in_a_file, ("cellar/trial.rs", "mod deep;\nuse crate::hall;")]), [""; 0]);
    assert_eq!(faults_of(&[in_a_file, ("cellar/trial/deep.rs", "use crate::hall;")]), [""; 0]);
    check_one(
        "cellar.rs",
        "#[cfg(test)]\nmod tests {}\nuse crate::hall;",
        &["cellar.rs:3: `cellar` may not use `crate::hall`"],
    );
    check_one(
        "cellar.rs",
        "#[cfg(not(test))]\nuse crate::hall;",
        &["cellar.rs:2: `cellar` may not use `crate::hall`"],
    );
}

#[test]
fn every_room_is_drawn_and_every_drawn_room_is_there() {
    assert_eq!(faults_of(&[("attic.rs", "")]), ["`attic` is a room without arrows"]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("hall.rs"), "").expect("a file can be written");
    assert_eq!(
        faults(&reader::files(folder.path()), &[("hall", &["stairs"])]),
        ["`stairs` is drawn, and no room"]
    );
}

#[test]
fn a_circle_is_found_however_long_it_is() {
    assert_eq!(in_a_circle(ARROWS), [""; 0]);
    assert_eq!(
        in_a_circle(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("d", &["a"]), ("e", &[])]),
        ["a", "b", "c"]
    );
    assert_eq!(in_a_circle(&[("a", &["a"])]), ["a"]);
}
