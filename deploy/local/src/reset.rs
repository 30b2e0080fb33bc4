//! `make reset`: back to before the first start.

use std::fs;
use std::path::Path;
use std::process::Command;

use reqwest::Url;

use crate::environment::Process;
use crate::failure::{Context as _, Failure};
use crate::last_database;
use crate::settings::{Database, Settings};
use crate::supervisor;

pub(crate) fn run(settings: &Settings) -> Result<(), Failure> {
    let database = database_to_reset(settings)?;
    remove_data_dir(&settings.data_dir)?;
    match &database {
        Database::Sqlite => Ok(()),
        Database::Postgres(url) => drop_schemas(url).map_err(|failure| {
            let place = database.place();
            Failure::new(format!(
                "{failure}; what is in {place} is still there: DB=postgres://… names it to another `make reset`"
            ))
        }),
    }
}

/// The one that was given, else that of the stack that last ran here: its keys go with the directory, and what it has sealed could
/// never be opened again.
fn database_to_reset(settings: &Settings) -> Result<Database, Failure> {
    if settings.database != Database::Sqlite {
        return Ok(settings.database.clone());
    }
    Ok(last_database::read(&settings.data_dir)?.unwrap_or(Database::Sqlite))
}

fn remove_data_dir(dir: &Path) -> Result<(), Failure> {
    if !dir.exists() {
        return Ok(());
    }
    let is_ours = dir.join("keys").is_dir() || dir.join("stack.lock").is_file();
    if !is_ours && fs::read_dir(dir).context(dir.display())?.next().is_some() {
        return Err(Failure::new(format!(
            "{} does not look like a stack's data directory: nothing removed",
            dir.display()
        )));
    }
    let lock = supervisor::lock(dir)?;
    if lock.is_none() {
        return Err(Failure::new(format!("a stack runs on {}: stop it first", dir.display())));
    }
    fs::remove_dir_all(dir).context(dir.display())
}

fn drop_schemas(url: &str) -> Result<(), Failure> {
    let schemas: Vec<&str> = Process::SERVICES.into_iter().filter_map(Process::schema).collect();
    let sql = format!("DROP SCHEMA IF EXISTS {} CASCADE", schemas.join(", "));
    let (address, password) = without_password(url)?;
    let mut psql = Command::new("psql");
    psql.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--dbname", &address, "--command", &sql]);
    psql.env("PGOPTIONS", "--client-min-messages=warning");
    if let Some(password) = password {
        psql.env("PGPASSWORD", password);
    }
    let outcome = psql.status();
    match outcome {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("psql could not drop the schemas ({status})"))),
        Err(_) => Err(Failure::new(format!(
            "psql is not installed; to drop what is in the database, run there: {sql}"
        ))),
    }
}

/// Arguments are shown to everybody on this machine, so the password goes another way.
fn without_password(url: &str) -> Result<(String, Option<String>), Failure> {
    let mut address = Url::parse(url).map_err(|error| Failure::usage(format!("DB is no URL: {error}")))?;
    let password = address
        .password()
        .map(|password| percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned());
    // Only a URL without a host has no room for a password, and then it holds none.
    let _ = address.set_password(None);
    Ok((address.to_string(), password))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_stacks_directory_is_removed() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("precious");
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("thesis.txt"), "years of work").unwrap();
        assert!(remove_data_dir(&dir).unwrap_err().to_string().contains("does not look like"));
        assert!(dir.join("thesis.txt").is_file());

        fs::create_dir(dir.join("keys")).unwrap();
        remove_data_dir(&dir).unwrap();
        assert!(!dir.exists());
        remove_data_dir(&dir).unwrap();
    }

    #[test]
    fn a_password_is_no_argument() {
        assert_eq!(
            without_password("postgres://shop:p%40ss@db:5432/shop?sslmode=disable").unwrap(),
            ("postgres://shop@db:5432/shop?sslmode=disable".to_owned(), Some("p@ss".to_owned()))
        );
        assert_eq!(without_password("postgres://db/shop").unwrap(), ("postgres://db/shop".to_owned(), None));
    }

    #[test]
    fn a_running_stack_keeps_its_data() {
        let place = tempfile::tempdir().unwrap();
        let running = supervisor::lock(place.path()).unwrap();
        assert!(remove_data_dir(place.path()).unwrap_err().to_string().contains("stop it first"));
        drop(running);
        remove_data_dir(place.path()).unwrap();
    }
}
