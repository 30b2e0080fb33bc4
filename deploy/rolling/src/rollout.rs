//! A deployment that rolls, one pod at a time.

use std::sync::Arc;
use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::Failure;

use crate::fleet::Fleet;

/// Whoever balances hears so much later that a pod is leaving.
const ENDPOINTS_LAG: Duration = Duration::from_millis(1_500);

/// Replaces the oldest pod so many times.
pub(crate) async fn roll(fleet: Arc<Fleet>, process: Process, restarts: u32) -> Result<(), Failure> {
    for round in 1..=restarts {
        let successor = fleet.start(process).await?;
        fleet.serve(process, successor);
        let Some(mut oldest) = fleet.oldest(process) else {
            return Err(Failure::new(format!("{} has no pod", process.name())));
        };
        oldest.terminate().await?;
        tokio::time::sleep(ENDPOINTS_LAG).await;
        fleet.forget(process, &oldest);
        oldest.ended().await?;
        eprintln!("rolling: {} {round}/{restarts}", process.name());
    }
    Ok(())
}
