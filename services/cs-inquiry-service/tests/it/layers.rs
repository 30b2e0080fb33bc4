//! Who may know whom: each room is searched for the words it must not know.

use std::path::Path;

const RULES: &[(&str, &[&str])] = &[
    ("src/api", &["diesel", "crate::store", "crate::clients", "DbError"]),
    ("src/worker", &["actix_web", "dto::", "crate::store", "diesel"]),
    ("src/usecase", &["actix", "crate::api", "diesel::prelude"]),
    (
        "src/domain",
        &["actix", "dto::", "diesel", "serde", "tokio", "crate::store", "crate::usecase", "now()", "rand::"],
    ),
    ("src/store", &["actix", "dto::", "crate::api", "crate::usecase", "crate::clients"]),
    ("src/clients", &["diesel", "actix", "crate::api", "crate::usecase", "crate::store"]),
];

#[test]
fn no_room_knows_what_it_must_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (room, forbidden) in RULES {
        let mut folders = vec![root.join(room)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                for line in lines {
                    let known = forbidden.iter().find(|word| line.contains(**word));
                    assert!(known.is_none(), "{} knows {known:?}: {line}", path.display());
                }
            }
        }
    }
}
