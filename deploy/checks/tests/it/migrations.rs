//! The rule of upgrades, held against every migration: old code runs on new tables, and what was released is never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use deploy_checks::migrations::faults;

use crate::house::root;

const OWNERS: [&str; 5] = [
    "shared/db",
    "services/member-service",
    "services/cs-inquiry-service",
    "services/promotion-service",
    "services/claim-service",
];
const DIALECTS: [&str; 2] = ["sqlite", "postgres"];
/// What the last release brought, one `checksum  path` a line, as sha256sum writes it.
const RELEASED: &str = "deploy/last-release.migrations";

fn folders(owner: &str, dialect: &str) -> BTreeMap<String, PathBuf> {
    let place = root().join(owner).join("migrations").join(dialect);
    fs::read_dir(&place)
        .unwrap_or_else(|error| panic!("{}: {error}", place.display()))
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect()
}

#[test]
fn a_migration_comes_in_both_dialects_and_there_is_no_way_down() {
    for owner in OWNERS {
        let [sqlite, postgres] = DIALECTS.map(|dialect| folders(owner, dialect));
        assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>(), "{owner}");
        for folder in sqlite.values().chain(postgres.values()) {
            let files: Vec<_> = fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            assert_eq!(files, ["up.sql"], "{}", folder.display());
        }
    }
}

#[test]
fn a_migration_only_adds() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for (owner, dialect) in OWNERS.iter().flat_map(|owner| DIALECTS.map(|dialect| (owner, dialect))) {
        for (folder, path) in folders(owner, dialect) {
            let name = format!("{owner}/{dialect}/{folder}");
            let sql = fs::read_to_string(path.join("up.sql")).unwrap();
            assert!(!sql.trim().is_empty(), "{name} does nothing");
            wrong.extend(faults(&sql).into_iter().map(|fault| format!("{name}: {fault}")));
            read += 1;
        }
    }
    assert!(
        wrong.is_empty(),
        "docs/operations/upgrade.md says what a migration may do:\n{}",
        wrong.join("\n")
    );
    assert!(read >= 2 * OWNERS.len());
}

#[test]
fn what_was_released_is_there_and_as_it_was() {
    let released = fs::read_to_string(root().join(RELEASED)).unwrap();
    let mut listed = BTreeSet::new();
    for line in released.lines() {
        let (checksum, path) = line.split_once("  ").unwrap();
        let bytes =
            fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path} was released: {error}"));
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
        let found: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, checksum, "{path} was changed after it was released: write another migration");
        listed.insert(path);
    }
    // A new migration sorts behind what its tables were released with, or it would never run where they are.
    for (owner, dialect) in OWNERS.iter().flat_map(|owner| DIALECTS.map(|dialect| (owner, dialect))) {
        let all = folders(owner, dialect);
        let is_listed =
            |folder: &str| listed.contains(format!("{owner}/migrations/{dialect}/{folder}/up.sql").as_str());
        let last_released = all.keys().rfind(|folder| is_listed(folder));
        let first_new = all.keys().find(|folder| !is_listed(folder));
        if let (Some(last), Some(first)) = (last_released, first_new) {
            assert!(last < first, "{owner}: {first} is new and sorts before {last}, which was released");
        }
    }
}
