//! The rooms of a service: the same in every one.

use std::path::Path;

use super::reader::{self, File, Reader};
use super::{Arrow, check_no_circle, fail_on, faults};

/// Each room with the rooms it may use, from the street inwards.
const ROOMS: &[Arrow<'static>] = &[
    ("app", &["routes", "worker", "usecase", "state", "store", "clients", "secrets", "settings", "domain"]),
    ("commands", &["app", "usecase", "store", "secrets", "settings", "domain"]),
    ("routes", &["api"]),
    ("api", &["usecase", "state", "refusals", "secrets", "domain"]),
    ("worker", &["usecase", "state", "settings", "domain"]),
    ("usecase", &["state", "refusals", "store", "clients", "secrets", "settings", "domain"]),
    ("state", &["refusals", "store", "clients", "secrets", "settings", "domain"]),
    ("refusals", &["clients", "secrets", "domain"]),
    ("store", &["domain"]),
    ("clients", &["settings", "domain"]),
    ("secrets", &["settings", "domain"]),
    ("settings", &["domain"]),
    ("domain", &[]),
];

/// What a room must not know of the world outside; a name that ends in colons is a crate's.
const STRANGERS: &[(&str, &[&str])] = &[
    ("api", &["diesel::"]),
    ("worker", &["actix_web::", "dto::"]),
    ("usecase", &["actix_web::", "dto::"]),
    ("store", &["actix_web::", "dto::"]),
    ("clients", &["actix_web::", "diesel::"]),
    (
        "domain",
        &[
            "actix_web::",
            "dto::",
            "diesel::",
            "db::",
            "platform::",
            "service_kit::",
            "tokio::",
            "rand::",
            "uuid::",
            "Utc::now",
            "Instant::now",
            "SystemTime::now",
        ],
    ),
];

/// No number of a service is one with a floating point.
const FLOATS: [&str; 2] = ["f32", "f64"];

/// Fails when a room of a service knows a room, or something of the world outside, that no service's room of this name
/// may know; or when the arrows lead in a circle.
///
/// `source` is the service's `src`; `more` are arrows that this service alone has, to a room or a stranger (`dto::`).
///
/// # Panics
///
/// When there is such an import, or `source` can't be read.
#[track_caller]
pub fn check_service(source: impl AsRef<Path>, more: &[Arrow<'_>]) {
    let files = reader::files(source.as_ref());
    let is_there = |room: &str| files.iter().any(|file| file.module.first().is_some_and(|name| name == room));
    let rooms: Vec<(&str, Vec<&str>)> = ROOMS
        .iter()
        .chain(more)
        .filter(|(room, _)| is_there(room))
        .map(|(room, to)| (*room, to.iter().copied().filter(|room| is_there(room)).collect()))
        .collect();
    let arrows: Vec<Arrow<'_>> = rooms.iter().map(|(room, to)| (*room, to.as_slice())).collect();
    fail_on(&[faults(&files, &arrows), faults_of_strangers(&files, more)].concat());
    check_no_circle(&arrows);
}

fn faults_of_strangers(files: &[File], more: &[Arrow<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    for name in Reader::read_all(files).strangers {
        let Some(room) = name.module.first() else { continue };
        let unknown = STRANGERS.iter().filter(|(name, _)| name == room).flat_map(|(_, names)| *names);
        let is_known = |stranger: &str| more.iter().any(|(name, to)| name == room && to.contains(&stranger));
        let strangers = unknown.chain(&FLOATS).filter(|stranger| !is_known(stranger));
        for stranger in strangers.filter(|stranger| is_of(&name.path, stranger)) {
            faults.push(format!("{}:{}: `{room}` may not know `{stranger}`", name.file.display(), name.line));
        }
    }
    faults
}

/// A crate is only meant where something of it is named: `db` alone is a variable.
fn is_of(path: &[String], stranger: &str) -> bool {
    match stranger.strip_suffix("::") {
        Some(crate_name) => path.len() > 1 && path.first().is_some_and(|first| first == crate_name),
        None => {
            let names: Vec<&str> = stranger.split("::").collect();
            path.windows(names.len()).any(|part| part == names)
        }
    }
}

#[cfg(test)]
mod tests;
