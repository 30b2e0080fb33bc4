use db::kept_apart::{Archive, Members, Sealed};
use db::{Db, DbError};
use diesel::prelude::*;
use test_kit::TestDatabase;

use crate::stock::{at, migrated};

const ARCHIVE: Archive = Archive::in_table("original", "ord_no");
const MEMBERS: Members = Members::in_table("shopper");
const NOON: &str = "2026-11-22T03:00:00Z";
const LATER: &str = "2026-11-22T03:00:01Z";

async fn with_tables() -> (TestDatabase, Db) {
    let (database, db) = migrated();
    db.write(|conn| {
        for table in [
            "CREATE TABLE original (ord_no TEXT NOT NULL PRIMARY KEY, keep_until TIMESTAMP NOT NULL,
             sealed_doc TEXT NOT NULL, reg_dtm TIMESTAMP NOT NULL)",
            "CREATE TABLE shopper (mbr_no TEXT NOT NULL PRIMARY KEY, wthd_dtm TIMESTAMP)",
        ] {
            diesel::sql_query(table).execute(conn)?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    (database, db)
}

#[tokio::test]
async fn an_original_stays_what_it_was_until_its_time_is_over() {
    let (_database, db) = with_tables().await;
    db.write(|conn| {
        let keys: Vec<String> = (10..50).map(|number| format!("O-{number}")).collect();
        let sealed = |text| move |key| Sealed { key, keep_until: at(NOON), text };
        let first: Vec<_> = keys.iter().map(String::as_str).map(sealed("first")).collect();
        ARCHIVE.insert(conn, at(NOON), &first)?;
        ARCHIVE.insert(conn, at(NOON), &[Sealed { key: "young", keep_until: at(LATER), text: "young" }])?;
        ARCHIVE.insert(conn, at(NOON), &[sealed("second")("O-10")])?;
        assert_eq!(ARCHIVE.find(conn, "O-10")?.as_deref(), Some("first"));
        assert_eq!(ARCHIVE.find(conn, "O-99")?, None);

        let page = ARCHIVE.page_after(conn, "O-47", 2)?;
        assert_eq!(page.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["O-48", "O-49"]);
        assert_eq!(ARCHIVE.replace(conn, "O-10", "second", "anew")?, 0, "it was made of another text");
        assert_eq!(ARCHIVE.replace(conn, "O-10", "first", "anew")?, 1);
        assert_eq!(ARCHIVE.find(conn, "O-10")?.as_deref(), Some("anew"));

        assert_eq!(ARCHIVE.purge(conn, at(NOON), 30)?, 30);
        assert_eq!(ARCHIVE.purge(conn, at(NOON), 30)?, 10);
        assert_eq!(ARCHIVE.page_after(conn, "", 10)?, [("young".to_owned(), "young".to_owned())]);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_member_is_known_to_have_left_from_the_first_time_on() {
    let (_database, db) = with_tables().await;
    db.write(|conn| {
        assert!(!MEMBERS.has_withdrawn(conn, "M1")?);
        assert!(!MEMBERS.lock(conn, "M1")?);
        assert!(!MEMBERS.has_withdrawn(conn, "M1")?);
        for time in [NOON, LATER] {
            MEMBERS.withdraw(conn, "M1", at(time))?;
            assert!(MEMBERS.lock(conn, "M1")?);
            assert!(MEMBERS.has_withdrawn(conn, "M1")?);
        }
        let first: i64 = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
            "(SELECT count(*) FROM shopper WHERE wthd_dtm = '2026-11-22 03:00:00')",
        ))
        .get_result(conn)?;
        assert_eq!(first, 1);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}
