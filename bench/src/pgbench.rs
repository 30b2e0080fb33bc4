//! pgbench with a script: what PostgreSQL itself does with a statement.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use local_stack::failure::{Context as _, Failure};

use crate::figures::{Sample, percentile};
use crate::settings::{Settings, output};

/// Statements with the values they need.
pub(crate) struct Script {
    file: PathBuf,
    schema: &'static str,
    variables: Vec<(&'static str, String)>,
}

impl Script {
    /// `choice` sets what each transaction chooses for itself.
    pub(crate) fn new(
        settings: &Settings,
        name: &str,
        schema: &'static str,
        choice: &str,
        statements: &str,
        variables: Vec<(&'static str, String)>,
    ) -> Result<Self, Failure> {
        let file = settings.scratch_dir.join(format!("{name}.sql"));
        fs::write(&file, format!("{choice}\n{statements}")).context(file.display())?;
        Ok(Self { file, schema, variables })
    }

    /// Runs it for whole seconds. The rate is pgbench's own; every fifth latency is written down and looked at.
    pub(crate) fn run(
        &self,
        settings: &Settings,
        clients: usize,
        within: Duration,
    ) -> Result<Sample, Failure> {
        let logs = settings.scratch_dir.join("pgbench-logs");
        fs::create_dir_all(&logs).context(logs.display())?;
        let mut pgbench = Command::new(settings.postgres_bin.join("pgbench"));
        pgbench
            .env("PGOPTIONS", format!("-c search_path={} -c jit=off", self.schema))
            .args(["-n", "-M", "prepared", "-c", &clients.to_string()])
            .args(["-T", &within.as_secs().max(1).to_string(), "--log", "--sampling-rate=0.2"])
            .arg(format!("--log-prefix={}", logs.join("log").display()))
            .arg("-f")
            .arg(&self.file);
        for (name, value) in &self.variables {
            pgbench.arg("-D").arg(format!("{name}={value}"));
        }
        pgbench.arg(&settings.database_url);
        let report = output(pgbench)?;
        let per_second = transactions_per_second(&report)
            .ok_or_else(|| Failure::new(format!("pgbench says no rate: {report}")))?;

        let mut latencies = Vec::new();
        for log in fs::read_dir(&logs).context(logs.display())? {
            let log = log.context(logs.display())?.path();
            let lines = fs::read_to_string(&log).context(log.display())?;
            // Client, number of its transaction, microseconds, …
            latencies.extend(lines.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()));
        }
        fs::remove_dir_all(&logs).context(logs.display())?;
        latencies.sort_unstable();
        let (p50, p99) = (percentile(&latencies, 50), percentile(&latencies, 99));
        Ok(Sample { per_second, p50, p99, processor: 0 })
    }
}

fn transactions_per_second(report: &str) -> Option<u64> {
    let rate = report.lines().find_map(|line| line.strip_prefix("tps = "))?;
    rate.split(['.', ' ']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_read_from_the_report() {
        let report = "latency average = 0.5 ms\ntps = 12345.678901 (without initial connection time)\n";
        assert_eq!(transactions_per_second(report), Some(12_345));
        assert_eq!(transactions_per_second("nothing"), None);
    }
}
