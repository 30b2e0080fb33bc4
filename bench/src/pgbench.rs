//! pgbench with a script: what PostgreSQL itself does with a statement.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use local_stack::failure::{Context as _, Failure};

use crate::figures::{Sample, percentile};
use crate::settings::{Settings, output};

/// One script with the values its statements need.
pub(crate) struct Script {
    file: PathBuf,
    variables: Vec<(&'static str, String)>,
}

impl Script {
    /// `name` tells scripts apart; `choice` sets what each transaction chooses for itself.
    pub(crate) fn new(
        settings: &Settings,
        name: &str,
        choice: &str,
        statements: &str,
        variables: Vec<(&'static str, String)>,
    ) -> Result<Self, Failure> {
        let file = settings.scratch_dir.join(format!("{name}.sql"));
        fs::write(&file, format!("{choice}\n{statements}")).context(file.display())?;
        Ok(Self { file, variables })
    }

    /// Runs it for whole seconds. Rates are pgbench's own; every fifth latency is written down and looked at.
    pub(crate) fn run(
        &self,
        settings: &Settings,
        clients: usize,
        within: Duration,
    ) -> Result<Sample, Failure> {
        let log = settings.scratch_dir.join("pgbench-log");
        let mut pgbench = Command::new(settings.postgres_bin.join("pgbench"));
        pgbench
            .env("PGOPTIONS", "-c search_path=member -c jit=off")
            .args(["-n", "-M", "prepared", "-c", &clients.to_string()])
            .args(["-j", &settings.cores.div_ceil(2).min(clients).to_string()])
            .args(["-T", &within.as_secs().max(1).to_string(), "--log", "--sampling-rate", "0.2"])
            .arg(format!("--log-prefix={}", log.display()))
            .arg("-f")
            .arg(&self.file);
        for (name, value) in &self.variables {
            pgbench.arg("-D").arg(format!("{name}={value}"));
        }
        pgbench.arg(&settings.database_url);
        let report = output(pgbench)?;
        let mut latencies = take_logged_latencies(settings)?;
        latencies.sort_unstable();
        Ok(Sample {
            per_second: transactions_per_second(&report)
                .ok_or_else(|| Failure::new(format!("pgbench says no rate: {report}")))?,
            p50: percentile(&latencies, 50),
            p99: percentile(&latencies, 99),
            processor: None,
        })
    }
}

fn transactions_per_second(report: &str) -> Option<u64> {
    let rate = report.lines().find_map(|line| line.strip_prefix("tps = "))?;
    rate.split(['.', ' ']).next()?.parse().ok()
}

/// Reads the logs, one per thread, and removes them for the next run.
fn take_logged_latencies(settings: &Settings) -> Result<Vec<u64>, Failure> {
    let mut latencies = Vec::new();
    for entry in fs::read_dir(&settings.scratch_dir).context(settings.scratch_dir.display())? {
        let path = entry.context(settings.scratch_dir.display())?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pgbench-log.")) {
            let log = fs::read_to_string(&path).context(path.display())?;
            // Client, number of its transaction, microseconds, …
            latencies.extend(log.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()));
            fs::remove_file(&path).context(path.display())?;
        }
    }
    Ok(latencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_read_from_the_report() {
        let report = "number of failed transactions: 0 (0.000%)\nlatency average = 0.5 ms\n\
                      tps = 12345.678901 (without initial connection time)\n";
        assert_eq!(transactions_per_second(report), Some(12_345));
        assert_eq!(transactions_per_second("nothing"), None);
    }
}
