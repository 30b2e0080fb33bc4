#![doc = include_str!("../README.md")]

mod balancer;
mod caller;
mod fleet;
mod line;
mod rollout;
mod series;
mod settings;
mod tally;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use local_stack::failure::Failure;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::caller::{Caller, Callers};
use crate::fleet::Fleet;
use crate::settings::Settings;
use crate::tally::Tally;

/// Callers call for so long before anything is restarted, and afterwards.
const CALM: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("rolling: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let settings = Settings::from_environment()?;
    let place = tempfile::tempdir().map_err(|error| Failure::new(error.to_string()))?;
    let fleet = Arc::new(Fleet::new(&settings, place.path()).await?);
    eprintln!("rolling: starting two of each process");
    fleet.start_all().await?;

    let since = Instant::now();
    let tally = Arc::new(Tally::new(since));
    let (stop, stopping) = watch::channel(false);
    let callers = Callers::new(&fleet, &settings)?;
    let mut calling = JoinSet::new();
    for caller in callers.all()? {
        calling.spawn(caller.call(Arc::clone(&tally), stopping.clone()));
    }
    eprintln!("rolling: {} callers, {} requests a second", settings.callers, settings.rate);
    tokio::time::sleep(CALM).await;

    let mut rolling = JoinSet::new();
    for process in settings.processes.clone() {
        rolling.spawn(rollout::roll(Arc::clone(&fleet), process, settings.restarts, since));
    }
    let mut outcome = Ok(());
    while let Some(rolled) = rolling.join_next().await {
        outcome = outcome.and(rolled.unwrap_or_else(|error| Err(Failure::new(error.to_string()))));
    }
    tokio::time::sleep(CALM).await;
    stop.send_replace(true);
    let mut done: Vec<Caller> = Vec::new();
    while let Some(caller) = calling.join_next().await {
        done.push(caller.map_err(|error| Failure::new(error.to_string()))?);
    }

    eprintln!("rolling: {}", tally.summary());
    outcome?;
    tally.verdict(settings.rate, settings.must_keep_up)?;
    series::are_all_served(&fleet).await?;
    for caller in &mut done {
        caller.find_everything_again().await?;
    }
    fleet.verify_claims().await?;
    fleet.stop_all().await?;
    eprintln!(
        "rolling: fine; {} restarts of each of {} processes, and everything that was answered is there",
        settings.restarts,
        settings.processes.len()
    );
    Ok(())
}
