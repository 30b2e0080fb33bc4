//! `make vendor-key`: claim-service issues a key of a vendor.

use std::process::Stdio;

use tokio::process::Command;

use crate::environment::{Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::settings::{AUTO_APPROVE, Settings, Variables};

/// The key alone; what claim-service has to say about it goes to standard error.
pub(crate) async fn print(settings: &Settings, variables: &Variables<'_>) -> Result<String, Failure> {
    let vendor_no = variables
        .get("ENTR")
        .ok_or_else(|| Failure::usage("a vendor key needs ENTR, the vendor's number: ENTR=E0001"))?;
    let surroundings = Surroundings::of_known_stack(settings)?;
    let binary = surroundings.binary(Process::Claim);
    let output = Command::new(&binary)
        .args(["vendor-key", "issue", &vendor_no])
        .env_remove(AUTO_APPROVE)
        .envs(surroundings.variables(Process::Claim)?)
        .stderr(Stdio::inherit())
        .output()
        .await
        .context(binary.display())?;
    if !output.status.success() {
        return Err(Failure::new(format!("claim-service could not issue a key ({})", output.status)));
    }
    let key = String::from_utf8(output.stdout).context("the key is no text")?;
    Ok(key.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    async fn refusal(pairs: &[(&str, &str)]) -> String {
        let given: BTreeMap<String, String> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let variables = Variables::new(given, &|_| None);
        print(&Settings::read(&variables).unwrap(), &variables).await.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn what_is_missing_is_named() {
        let place = tempfile::tempdir().unwrap();
        let data_dir = place.path().join("nothing");
        let data_dir = data_dir.to_str().unwrap();
        assert!(refusal(&[("DATA_DIR", data_dir)]).await.contains("ENTR"));
        assert!(refusal(&[("DATA_DIR", data_dir), ("ENTR", "E0001")]).await.contains(data_dir));
    }
}
