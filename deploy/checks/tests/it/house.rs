//! The five processes, the folders with their manifests, and what their settings make of an environment.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use deploy_checks::kustomize;
use deploy_checks::workload::Given;
use local_stack::environment::Process;
use serde_json::Value;

/// Everything that runs processes.
pub(crate) const OVERLAYS: [&str; 3] = ["base", "overlays/dev", "overlays/prod"];
/// Everything that migrates.
pub(crate) const MIGRATIONS: [&str; 3] = ["migrate", "overlays/dev/migrate", "overlays/prod/migrate"];

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn render(folder: &str) -> Vec<Value> {
    kustomize::render(&root().join("k8s").join(folder)).unwrap_or_else(|reason| panic!("{reason}"))
}

/// Whether a process starts with these variables, as its own settings see it.
pub(crate) fn accepts(process: Process, variables: &BTreeMap<String, Given>) -> Result<(), String> {
    let environment: HashMap<String, String> =
        variables.iter().map(|(name, given)| (name.clone(), value_of(name, given))).collect();
    let prefix = match process {
        Process::Gateway => gateway::PREFIX,
        Process::Member => member_service::settings::PREFIX,
        Process::Inquiry => cs_inquiry_service::settings::PREFIX,
        Process::Promotion => promotion_service::settings::PREFIX,
        Process::Claim => claim_service::settings::PREFIX,
    };
    if let Some(stranger) = environment.keys().find(|name| !name.starts_with(&format!("{prefix}_"))) {
        return Err(format!("{} does not hear {stranger}", process.name()));
    }
    let loaded = match process {
        Process::Gateway => load::<gateway::Settings>(prefix, gateway::DEFAULTS, environment)
            .and_then(|settings| settings.check().map_err(|error| error.to_string())),
        Process::Member => load::<member_service::settings::Settings>(
            prefix,
            member_service::settings::DEFAULTS,
            environment,
        )
        .map(drop),
        Process::Inquiry => load::<cs_inquiry_service::settings::Settings>(
            prefix,
            cs_inquiry_service::settings::DEFAULTS,
            environment,
        )
        .map(drop),
        Process::Promotion => {
            promotion_service::settings::load_from(environment).map(drop).map_err(|error| error.to_string())
        }
        Process::Claim => {
            load::<claim_service::settings::Settings>(prefix, claim_service::settings::DEFAULTS, environment)
                .map(drop)
        }
    };
    loaded.map_err(|reason| format!("{}: {reason}", process.name()))
}

fn load<S: serde::de::DeserializeOwned>(
    prefix: &str,
    defaults: &str,
    environment: HashMap<String, String>,
) -> Result<S, String> {
    platform::config::load_from(prefix, defaults, environment).map_err(|error| error.to_string())
}

/// What a Secret would hold is not known here; where its form matters something of that form stands for it.
fn value_of(name: &str, given: &Given) -> String {
    match given {
        Given::Text(text) => text.clone(),
        Given::Secret { .. } if name.ends_with("DATABASE__URL") => "postgres://u:p@host/database".to_owned(),
        Given::Secret { .. } => "a secret of at least thirty-two characters".to_owned(),
    }
}
