//! `stack.json`: what a running stack tells other commands and people.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::failure::{Context as _, Failure};
use crate::owner_only;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFile {
    /// The gateway's port.
    pub gateway: u16,
    /// Each service's port by its name.
    pub services: BTreeMap<String, u16>,
    /// Each running process by its name; `local-stack` is the one that tends the others.
    pub pids: BTreeMap<String, u32>,
}

impl StackFile {
    pub fn path(data_dir: &Path) -> PathBuf {
        data_dir.join("stack.json")
    }

    pub fn write(&self, data_dir: &Path) -> Result<(), Failure> {
        let path = Self::path(data_dir);
        let content = serde_json::to_string_pretty(self).context(path.display())?;
        owner_only::write(&path, &(content + "\n")).context(path.display())
    }

    pub fn read(data_dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(Self::path(data_dir)).ok()?).ok()
    }

    pub fn remove(data_dir: &Path) {
        // A stack that ends can do no more about a file it can't remove.
        let _ = fs::remove_file(Self::path(data_dir));
    }
}
