//! What the manifests allow: the memory of each process, and the room for files on their way in.

use std::collections::BTreeMap;
use std::path::Path;

use deploy_checks::kustomize;
use deploy_checks::workload::{find, pod_template};
use local_stack::environment::Process;
use local_stack::failure::Failure;
use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    memory: BTreeMap<Process, u64>,
    pub(crate) spool: u64,
}

impl Limits {
    pub(crate) fn of_manifests(folder: &Path) -> Result<Self, Failure> {
        let objects = kustomize::render(folder).map_err(Failure::new)?;
        let mut memory = BTreeMap::new();
        let mut spool = None;
        for process in Process::ALL {
            let deployment = find(&objects, "Deployment", process.name()).map_err(Failure::new)?;
            let pod = pod_template(deployment).pointer("/spec");
            let at = |path: &str| pod.and_then(|pod| pod.pointer(path));
            memory.insert(process, bytes(process, at("/containers/0/resources/limits/memory"))?);
            if process == Process::Inquiry {
                spool = Some(bytes(process, at("/volumes/0/emptyDir/sizeLimit"))?);
            }
        }
        Ok(Self { memory, spool: spool.unwrap_or_default() })
    }

    pub(crate) fn memory(&self, process: Process) -> u64 {
        self.memory.get(&process).copied().unwrap_or_default()
    }
}

fn bytes(process: Process, quantity: Option<&Value>) -> Result<u64, Failure> {
    let text = quantity.and_then(Value::as_str).unwrap_or_default();
    let number = |digits: &str, unit: u64| digits.parse::<u64>().ok()?.checked_mul(unit);
    let known = match (text.strip_suffix("Mi"), text.strip_suffix("Gi")) {
        (Some(digits), _) => number(digits, 1 << 20),
        (_, Some(digits)) => number(digits, 1 << 30),
        _ => None,
    };
    known.ok_or_else(|| Failure::new(format!("{}: `{text}` is no limit in Mi or Gi", process.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_manifests() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../k8s/base");
        let limits = Limits::of_manifests(&folder).unwrap();
        for process in Process::ALL {
            assert!(limits.memory(process) >= 64 << 20, "{}", process.name());
        }
        assert!(limits.spool > 0);
    }

    #[test]
    fn a_quantity_in_another_unit_is_refused() {
        for (text, expected) in [("512Mi", Some(512 << 20)), ("2Gi", Some(2 << 30)), ("1G", None), ("", None)]
        {
            let quantity = Value::String(text.to_owned());
            assert_eq!(bytes(Process::Member, Some(&quantity)).ok(), expected, "{text}");
        }
    }
}
