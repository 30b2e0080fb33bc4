//! `database.url`: which database the stack used that last ran in a data directory.
//!
//! A command that is given none follows it. It stays when the stack ends, and it may hold a password: only its owner reads it, and
//! nothing prints it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use reqwest::Url;

use crate::environment::Process;
use crate::failure::{Context as _, Failure};
use crate::owner_only;
use crate::settings::{Database, Settings};
use crate::supervisor;

const SQLITE: &str = "sqlite:";

pub(crate) fn write(data_dir: &Path, database: &Database) -> Result<(), Failure> {
    let path = path(data_dir);
    let url = match database {
        Database::Sqlite => SQLITE,
        Database::Postgres(url) => url,
    };
    owner_only::write(&path, &format!("{url}\n")).context(path.display())
}

/// `None` where no stack has said which.
pub(crate) fn read(data_dir: &Path) -> Result<Option<Database>, Failure> {
    let path = path(data_dir);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).context(path.display()),
    };
    match text.trim_end() {
        SQLITE => Ok(Some(Database::Sqlite)),
        url if Database::is_postgres(url) => Ok(Some(Database::Postgres(url.to_owned()))),
        // Not repeated: it may be a password that has lost its URL.
        _ => Err(Failure::new(format!("{} names no database: say DB=postgres://…", path.display()))),
    }
}

/// The settings with the database that a command beside a stack is meant to work on.
pub(crate) fn follow(settings: &Settings) -> Result<Settings, Failure> {
    let data_dir = &settings.data_dir;
    if settings.database != Database::Sqlite {
        refuse_another(settings)?;
        return Ok(settings.clone());
    }
    match read(data_dir)? {
        Some(database) => {
            if database != Database::Sqlite {
                eprintln!(
                    "local-stack: on {}, as the stack that last ran in {}",
                    database.place(),
                    data_dir.display()
                );
            }
            Ok(Settings { database, ..settings.clone() })
        }
        // Files that were restored, or that an earlier build has left.
        None if has_sqlite_files(data_dir) => Ok(settings.clone()),
        None => Err(Failure::new(format!(
            "no stack has said which database it uses in {}: start it with `make run`, or name its database with DB=postgres://…",
            data_dir.display()
        ))),
    }
}

/// Refuses a `DB` that is not the one of the stack that is running: whoever gave it would work beside the stack they mean.
pub(crate) fn refuse_another(settings: &Settings) -> Result<(), Failure> {
    let given = &settings.database;
    if *given == Database::Sqlite || !supervisor::is_running(&settings.data_dir) {
        return Ok(());
    }
    match read(&settings.data_dir)? {
        Some(running) if !running.is_same_place(given) => Err(Failure::new(format!(
            "DB names {}, but the stack that runs in {} uses {}: leave DB out, or name the other stack's DATA_DIR",
            given.place(),
            settings.data_dir.display(),
            running.place()
        ))),
        _ => Ok(()),
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("database.url")
}

fn has_sqlite_files(data_dir: &Path) -> bool {
    let schemas = Process::SERVICES.into_iter().filter_map(Process::schema);
    schemas.into_iter().any(|schema| data_dir.join(format!("{schema}.sqlite")).is_file())
}

impl Database {
    pub(crate) fn is_postgres(url: &str) -> bool {
        url.starts_with("postgres://") || url.starts_with("postgresql://")
    }

    /// Where it is, for people: without user and password.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Sqlite => "SQLite".to_owned(),
            Self::Postgres(url) => match server(url) {
                Some([host, port, name]) if host.is_empty() => format!("PostgreSQL, {port}/{name}"),
                Some([host, port, name]) => format!("PostgreSQL at {host}:{port}/{name}"),
                None => "PostgreSQL".to_owned(),
            },
        }
    }

    fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Postgres(one), Self::Postgres(other)) => {
                one == other || server(one).is_some_and(|one| server(other) == Some(one))
            }
            _ => self == other,
        }
    }
}

/// Host, port and database of a URL; `None` where it has several hosts or is none.
fn server(url: &str) -> Option<[String; 3]> {
    let url = Url::parse(url).ok()?;
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let parameter = |wanted: &str| {
        url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let host = parameter("host").unwrap_or_else(|| decoded(url.host_str().unwrap_or_default()));
    let port = parameter("port").unwrap_or_else(|| url.port().unwrap_or(5432).to_string());
    let name = parameter("dbname").unwrap_or_else(|| decoded(url.path().trim_start_matches('/')));
    Some([host, port, name])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::os::unix::fs::PermissionsExt as _;

    use crate::settings::Variables;

    use super::*;

    const SHOP: &str = "postgres://shop:p%40ss@db.example/shop";

    fn settings(place: &Path, database: &str) -> Settings {
        let given = BTreeMap::from([
            ("DATA_DIR".to_owned(), place.to_str().unwrap().to_owned()),
            ("DB".to_owned(), database.to_owned()),
        ]);
        Settings::read(&Variables::new(given, &|_| None)).unwrap()
    }

    fn postgres(url: &str) -> Database {
        Database::Postgres(url.to_owned())
    }

    #[test]
    fn a_command_without_a_database_follows_the_stack_that_last_ran() {
        let place = tempfile::tempdir().unwrap();
        for last in [postgres(SHOP), Database::Sqlite] {
            write(place.path(), &last).unwrap();
            assert_eq!(follow(&settings(place.path(), "")).unwrap().database, last);
        }
    }

    #[test]
    fn its_password_is_its_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &postgres(SHOP)).unwrap();
        let mode = fs::metadata(path(place.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(postgres(SHOP).place(), "PostgreSQL at db.example:5432/shop");
        for strange in [
            "postgres://a:secret@one,two/shop",
            "postgres://a:sec@ret:x/y",
            "postgres:///shop?password=secret",
        ] {
            assert!(!postgres(strange).place().contains("sec"), "{}", postgres(strange).place());
        }
    }

    #[test]
    fn where_no_stack_has_run_the_command_says_what_to_do() {
        let place = tempfile::tempdir().unwrap();
        let refusal = follow(&settings(place.path(), "")).unwrap_err().to_string();
        assert!(refusal.contains("make run") && refusal.contains("DB="), "{refusal}");
        assert_eq!(follow(&settings(place.path(), SHOP)).unwrap().database, postgres(SHOP));

        // Restored files, or those of an earlier build.
        fs::write(place.path().join("claim.sqlite"), "").unwrap();
        assert_eq!(follow(&settings(place.path(), "")).unwrap().database, Database::Sqlite);
    }

    #[test]
    fn another_database_than_the_running_stacks_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let other = "postgres://shop:p%40ss@db.example/other";
        for (last, given) in [(postgres(SHOP), other), (Database::Sqlite, SHOP)] {
            write(place.path(), &last).unwrap();
            // Nobody runs: what was given is meant, as for a restore into another database.
            assert_eq!(follow(&settings(place.path(), given)).unwrap().database, postgres(given));
            let running = supervisor::lock(place.path()).unwrap();
            let refusal = follow(&settings(place.path(), given)).unwrap_err().to_string();
            assert!(refusal.contains("leave DB out") && !refusal.contains("p%40ss"), "{refusal}");
            assert!(
                refusal.contains(&last.place()) && refusal.contains(&postgres(given).place()),
                "{refusal}"
            );
            drop(running);
        }
    }

    #[test]
    fn the_same_database_may_be_written_in_two_ways() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &postgres(SHOP)).unwrap();
        let _running = supervisor::lock(place.path()).unwrap();
        let admin = "postgresql://admin@db.example:5432/shop?sslmode=disable";
        assert_eq!(follow(&settings(place.path(), admin)).unwrap().database, postgres(admin));
    }

    #[test]
    fn what_names_no_database_is_refused_and_not_repeated() {
        let place = tempfile::tempdir().unwrap();
        for content in ["", "hunter2\n"] {
            fs::write(path(place.path()), content).unwrap();
            let refusal = follow(&settings(place.path(), "")).unwrap_err().to_string();
            assert!(refusal.contains("database.url") && !refusal.contains("hunter2"), "{refusal}");
        }
    }
}
