//! Who may know whom inside a crate.
//!
//! The rooms of a crate are the modules at its root, and an arrow leads from each to the rooms it may use. The code is read as
//! the compiler's tokens, so that neither a comment nor a line break hides an import; code of tests may use what it likes.

mod kinds;
mod reader;
mod service;

use std::collections::BTreeSet;
use std::path::Path;

use reader::{File, Import, Reader};

pub use kinds::check_kinds;
pub use service::check_service;

/// A room, and those it may use.
pub type Arrow<'a> = (&'a str, &'a [&'a str]);

/// Fails on every import of a room that no arrow leads to, with its file, line and path, and on a room without arrows.
///
/// `source` is the crate's `src`.
///
/// # Panics
///
/// When there is such an import, or `source` can't be read.
#[track_caller]
pub fn check(source: impl AsRef<Path>, arrows: &[Arrow<'_>]) {
    fail_on(&faults(&reader::files(source.as_ref()), arrows));
}

/// Fails when one can walk from a room along the arrows and come back to it.
///
/// # Panics
///
/// When there is a circle.
#[track_caller]
pub fn check_no_circle(arrows: &[Arrow<'_>]) {
    let rooms = in_a_circle(arrows);
    assert!(rooms.is_empty(), "these rooms use each other in a circle: {}", rooms.join(", "));
}

#[track_caller]
fn fail_on(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn faults(files: &[File], arrows: &[Arrow<'_>]) -> Vec<String> {
    let mut faults = faults_of_the_drawing(files, arrows);
    for import in Reader::read_all(files).imports {
        let Some(room) = import.module.first() else { continue };
        let other = import.path.first();
        let is_drawn = |other: &String| {
            room == other || arrows.iter().any(|(name, to)| name == room && to.contains(&other.as_str()))
        };
        if !other.is_some_and(is_drawn) {
            faults.push(fault(&import, room));
        }
    }
    faults
}

fn fault(Import { file, line, path, .. }: &Import, room: &str) -> String {
    let path = [&["crate".to_owned()], path.as_slice()].concat().join("::");
    format!("{}:{line}: `{room}` may not use `{path}`", file.display())
}

/// What is drawn must be there, and what is there must be drawn.
fn faults_of_the_drawing(files: &[File], arrows: &[Arrow<'_>]) -> Vec<String> {
    let there: BTreeSet<&str> =
        files.iter().filter_map(|file| file.module.first()).map(String::as_str).collect();
    let drawn: BTreeSet<&str> = arrows.iter().map(|(room, _)| *room).collect();
    let named =
        arrows.iter().flat_map(|(room, to)| to.iter().chain([room])).copied().collect::<BTreeSet<_>>();
    let undrawn = there.difference(&drawn).map(|room| format!("`{room}` is a room without arrows"));
    let missing = named.difference(&there).map(|room| format!("`{room}` is drawn, and no room"));
    undrawn.chain(missing).collect()
}

fn in_a_circle<'a>(arrows: &[Arrow<'a>]) -> Vec<&'a str> {
    let mut left = arrows.to_vec();
    loop {
        let rooms: Vec<&str> = left.iter().map(|(room, _)| *room).collect();
        let used: BTreeSet<&str> = left.iter().flat_map(|(_, to)| to.iter().copied()).collect();
        // Who uses none of those that are left, or is used by none, is in no circle with them.
        left.retain(|(room, to)| used.contains(room) && to.iter().any(|room| rooms.contains(room)));
        if left.len() == rooms.len() {
            return rooms;
        }
    }
}

#[cfg(test)]
mod tests;
