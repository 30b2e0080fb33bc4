//! `make purge-archive`: each service that keeps data with a date removes its own.

use tokio::process::Command;

use crate::environment::{Ports, Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::keys::Keys;
use crate::settings::Settings;
use crate::stack_file::StackFile;

/// The services whose binary knows the argument `purge-archive`.
const PURGING: [Process; 3] = [Process::Member, Process::Inquiry, Process::Claim];

/// Works beside a running stack as well as without one: the database is what counts.
pub(crate) async fn run(settings: &Settings) -> Result<(), Failure> {
    if !settings.keys_dir().is_dir() {
        return Err(Failure::new(format!("{} holds no stack's data", settings.data_dir.display())));
    }
    let known = StackFile::read(&settings.data_dir).unwrap_or_default();
    let port = |service: Process| known.services.get(service.name()).copied().unwrap_or(1);
    let surroundings = Surroundings {
        // The outcome is for a person, and a log would stand in its way.
        settings: Settings { log: "warn".to_owned(), ..settings.clone() },
        keys: Keys::open_or_make(&settings.keys_dir())?,
        ports: Ports(Process::SERVICES.into_iter().map(|service| (service, port(service))).collect()),
    };
    for service in PURGING {
        let binary = settings.binary_dir.join(service.name());
        let status = Command::new(&binary)
            .arg("purge-archive")
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
