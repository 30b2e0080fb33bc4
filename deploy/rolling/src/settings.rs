//! What a run is told, in the environment.

use std::path::PathBuf;
use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use platform::drain::IDLE_CONNECTIONS_KEPT;

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) database_url: String,
    pub(crate) binary_dir: PathBuf,
    /// Those that roll; the others stay as they are.
    pub(crate) processes: Vec<Process>,
    /// Of each process.
    pub(crate) restarts: u32,
    /// Requests a second, of all callers together.
    pub(crate) rate: u32,
    pub(crate) callers: u32,
    /// Whether a machine too slow for the rate fails the run. What is lost fails it in any case.
    pub(crate) must_keep_up: bool,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, Failure> {
        Ok(Self {
            database_url: std::env::var("DB").context("DB, the URL of a PostgreSQL that may be filled")?,
            binary_dir: std::env::var("BIN_DIR").context("BIN_DIR, where the binaries are")?.into(),
            processes: processes()?,
            restarts: number("RESTARTS", 20)?,
            rate: number("RATE", 200)?.max(1),
            callers: number("CALLERS", 12)?.max(1),
            must_keep_up: number("KEEP_UP", 1)? != 0,
        })
    }

    /// How long a pod serves on that was told to stop: what the manifests say of the services.
    pub(crate) fn drain(&self) -> Duration {
        IDLE_CONNECTIONS_KEPT + Duration::from_secs(4)
    }
}

fn processes() -> Result<Vec<Process>, Failure> {
    let Ok(names) = std::env::var("PROCESSES") else { return Ok(Process::ALL.to_vec()) };
    let named = names.split_whitespace().map(|name| {
        let known = Process::ALL.into_iter().find(|process| process.name() == name);
        known.ok_or_else(|| Failure::new(format!("PROCESSES: `{name}` is no process")))
    });
    named.collect()
}

fn number(name: &str, default: u32) -> Result<u32, Failure> {
    match std::env::var(name) {
        Ok(text) => text.parse().context(name),
        Err(_) => Ok(default),
    }
}
