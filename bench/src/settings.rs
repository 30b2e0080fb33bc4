//! What `run.sh` hands over, and the database it has started.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use local_stack::failure::{Context as _, Failure};

/// What each question of this program to the database begins with.
pub(crate) const CHOOSE_SCHEMA: &str = "SET search_path = member";

pub(crate) struct Settings {
    /// A throw-away PostgreSQL that this program may fill.
    pub(crate) database_url: String,
    /// Where `psql` and `pgbench` lie.
    pub(crate) postgres_bin: PathBuf,
    /// Where the services' binaries lie.
    pub(crate) binary_dir: PathBuf,
    /// A directory for everything that is written; somebody else removes it.
    pub(crate) scratch_dir: PathBuf,
    /// Length of one measurement of a contest.
    pub(crate) measured: Duration,
    pub(crate) rounds: u32,
    /// Which contests to hold.
    parts: String,
    /// How far the table of orders grows.
    pub(crate) orders: u32,
    /// Fresh orders that can be cancelled, unit by unit.
    pub(crate) fresh_orders: u32,
    /// Open connections of the load generator.
    pub(crate) connections: usize,
    pub(crate) cores: usize,
    pub(crate) now: DateTime<Utc>,
}

impl Settings {
    pub(crate) fn from_environment(now: DateTime<Utc>) -> Result<Self, Failure> {
        Ok(Self {
            database_url: text("BENCH_DATABASE_URL")?,
            postgres_bin: text("BENCH_POSTGRES_BIN")?.into(),
            binary_dir: text("BENCH_BIN_DIR")?.into(),
            scratch_dir: text("BENCH_SCRATCH_DIR")?.into(),
            measured: Duration::from_secs(number("BENCH_SECONDS", 3)?),
            rounds: number("BENCH_ROUNDS", 5)?,
            parts: std::env::var("BENCH_PARTS").unwrap_or_else(|_| "members cancels".to_owned()),
            orders: number("BENCH_ORDERS", 1_000_000)?,
            fresh_orders: number("BENCH_FRESH_ORDERS", 8_000)?,
            connections: number("BENCH_CONNECTIONS", 16)?,
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            now,
        })
    }

    pub(crate) fn has_part(&self, name: &str) -> bool {
        self.parts.split_whitespace().any(|part| part == name)
    }

    /// What the figures must be read with.
    pub(crate) fn circumstances(&self) -> String {
        let (cores, rounds, seconds) = (self.cores, self.rounds, self.measured.as_secs());
        format!("{cores} cores, everything over loopback; medians of {rounds} rounds of {seconds} s")
    }

    /// A period that holds every order.
    pub(crate) fn period(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.now - TimeDelta::days(1_100), self.now + TimeDelta::days(1))
    }

    pub(crate) fn load_orders(&self, first: u32, last: u32) -> Result<(), Failure> {
        self.load("orders.sql", &[format!("first={first}"), format!("last={last}")])
    }

    /// A member with so many orders, numbered from `first` on.
    pub(crate) fn load_member(&self, member_no: &str, count: u32, first: u32) -> Result<(), Failure> {
        let variables = [format!("member={member_no}"), format!("count={count}"), format!("first={first}")];
        self.load("member.sql", &variables)
    }

    /// Runs a file of `sql/`.
    pub(crate) fn load(&self, file: &str, variables: &[String]) -> Result<(), Failure> {
        let mut psql = self.psql();
        psql.arg("-v").arg(format!("now={}", self.now.naive_utc()));
        for variable in variables {
            psql.arg("-v").arg(variable);
        }
        psql.arg("-f").arg(format!("{}/sql/{file}", env!("CARGO_MANIFEST_DIR")));
        output(psql).map(drop)
    }

    /// The one value that a query answers.
    pub(crate) fn query(&self, sql: &str) -> Result<String, Failure> {
        let mut psql = self.psql();
        psql.args(["-A", "-t", "-c", CHOOSE_SCHEMA, "-c", sql]);
        Ok(output(psql)?.trim().to_owned())
    }

    /// What the server writes into its log from now on: `all` statements, or `none`.
    pub(crate) fn log_statements(&self, which: &str) -> Result<(), Failure> {
        let mut psql = self.psql();
        psql.arg("-c").arg(format!("ALTER SYSTEM SET log_statement = '{which}'"));
        psql.args(["-c", "SELECT pg_reload_conf()"]);
        output(psql).map(drop)
    }

    fn psql(&self) -> Command {
        let mut psql = Command::new(self.postgres_bin.join("psql"));
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", &self.database_url]);
        psql
    }
}

/// What a command printed, or why it failed.
pub(crate) fn output(mut command: Command) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().context(&name)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::new(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
    }
}

fn text(name: &str) -> Result<String, Failure> {
    std::env::var(name).context(format_args!("{name} (bench/run.sh sets it)"))
}

fn number<T: std::str::FromStr>(name: &str, default: T) -> Result<T, Failure> {
    match std::env::var(name) {
        Err(_) => Ok(default),
        Ok(text) => text.parse().map_err(|_| Failure::usage(format!("{name}={text} is not a whole number"))),
    }
}
