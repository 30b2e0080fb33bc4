//! `make operator`: a command of a service's own, with the settings that the stack's processes have.

use tokio::process::Command;

use crate::environment::{Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::settings::{AUTO_APPROVE, Settings};

/// Works beside a running stack as well as without one: the database is what counts.
pub(crate) async fn run(settings: &Settings, words: &[String]) -> Result<(), Failure> {
    let Some((name, words)) = words.split_first() else {
        return Err(Failure::usage("operator needs a command: COMMAND=\"claim-service verify\""));
    };
    let service = Process::SERVICES.into_iter().find(|service| service.name() == name);
    let service = service.ok_or_else(|| Failure::usage(format!("`{name}` is not a service")))?;
    // Without a word a second service would start beside the stack's own.
    if words.is_empty() {
        return Err(Failure::usage(format!("{name} needs a command of its own, as `{name} migrate`")));
    }
    let surroundings = Surroundings::of_known_stack(settings)?;
    let binary = surroundings.binary(service);
    let status = Command::new(&binary)
        .args(words)
        .env_remove(AUTO_APPROVE)
        .envs(surroundings.variables(service)?)
        .status()
        .await
        .context(binary.display())?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{name} {} ended with {status}", words.join(" "))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::settings::Variables;

    use super::*;

    async fn refusal(words: &[&str]) -> String {
        let place = tempfile::tempdir().unwrap();
        let data_dir = place.path().join("nothing").to_str().unwrap().to_owned();
        let given = BTreeMap::from([("DATA_DIR".to_owned(), data_dir)]);
        let settings = Settings::read(&Variables::new(given, &|_| None)).unwrap();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        run(&settings, &words).await.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn what_is_missing_is_named() {
        assert!(refusal(&[]).await.contains("COMMAND"));
        assert!(refusal(&["gateway", "verify"]).await.contains("`gateway` is not a service"));
        assert!(refusal(&["claim-service"]).await.contains("claim-service migrate"));
        assert!(refusal(&["claim-service", "verify"]).await.contains("holds no stack's data"));
    }
}
