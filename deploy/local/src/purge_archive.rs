//! `make purge-archive`: each service that keeps data with a date removes its own.

use tokio::process::Command;

use crate::environment::{Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::settings::{AUTO_APPROVE, Settings};

/// What a service is called with to remove what is past its date.
pub const ARGUMENT: &str = "purge-archive";

/// The services that keep data with a date, and know the argument.
pub const PURGING: [Process; 3] = [Process::Member, Process::Inquiry, Process::Claim];

/// Works beside a running stack as well as without one: the database is what counts.
pub(crate) async fn run(settings: &Settings) -> Result<(), Failure> {
    let surroundings = Surroundings::of_known_stack(settings)?;
    for service in PURGING {
        let binary = surroundings.binary(service);
        let status = Command::new(&binary)
            .arg(ARGUMENT)
            .env_remove(AUTO_APPROVE)
            .envs(surroundings.variables(service)?)
            .status()
            .await
            .context(binary.display())?;
        if !status.success() {
            return Err(Failure::new(format!("{} could not purge its archive ({status})", service.name())));
        }
    }
    Ok(())
}
