//! A deployment that rolls, one pod at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use local_stack::environment::Process;
use local_stack::failure::Failure;

use crate::fleet::Fleet;

/// Whoever balances hears so much later that a pod is leaving.
const ENDPOINTS_LAG: Duration = Duration::from_millis(1_500);

/// A connection that was given just before that is used within this time.
const TIME_FOR_THE_LAST_CONNECTION: Duration = Duration::from_secs(1);

/// Replaces the oldest pod so many times.
pub(crate) async fn roll(
    fleet: Arc<Fleet>,
    process: Process,
    restarts: u32,
    since: Instant,
) -> Result<(), Failure> {
    for round in 1..=restarts {
        let successor = fleet.start(process).await?;
        fleet.serve(process, successor);
        let Some(mut oldest) = fleet.oldest(process) else {
            return Err(Failure::new(format!("{} has no pod", process.name())));
        };
        let told = Instant::now();
        oldest.terminate().await?;
        tokio::time::sleep(ENDPOINTS_LAG.saturating_sub(told.elapsed())).await;
        fleet.forget(process, &oldest);
        if told.elapsed() + TIME_FOR_THE_LAST_CONNECTION > fleet.drain() {
            let late = told.elapsed().as_millis();
            return Err(Failure::new(format!(
                "the machine is too slow: it took {late} ms to give no connection any more"
            )));
        }
        oldest.ended().await?;
        if told.elapsed() < fleet.drain() {
            return Err(Failure::new(format!(
                "{} did not serve on when it was told to stop",
                process.name()
            )));
        }
        let (told, ended) = (told.duration_since(since).as_millis(), since.elapsed().as_millis());
        eprintln!("rolling: {} {round}/{restarts}, told at {told} ms and gone at {ended} ms", process.name());
    }
    Ok(())
}
