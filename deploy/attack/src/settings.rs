//! What a run is told, in the environment.

use std::path::PathBuf;

use local_stack::failure::{Context as _, Failure};

use crate::parts::Part;

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Empty for SQLite.
    pub(crate) database_url: String,
    pub(crate) binary_dir: PathBuf,
    pub(crate) manifests: PathBuf,
    pub(crate) parts: Vec<Part>,
    percent: usize,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, Failure> {
        let text = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        Ok(Self {
            database_url: text("DB").unwrap_or_default(),
            binary_dir: binary_dir(text("BIN_DIR"))?,
            manifests: "k8s/base".into(),
            parts: parts(text("PARTS").as_deref())?,
            percent: text("ATTACK").map_or(Ok(10), |percent| percent.parse()).context("ATTACK")?,
        })
    }

    /// The number of attackers, or of seconds, as this run wants it.
    pub(crate) fn scaled(&self, full: usize) -> usize {
        (full * self.percent).div_ceil(100).max(1)
    }

    /// Whether nothing is left out.
    pub(crate) fn is_full(&self) -> bool {
        self.percent >= 100
    }
}

fn parts(names: Option<&str>) -> Result<Vec<Part>, Failure> {
    let Some(names) = names else { return Ok(Part::ALL.to_vec()) };
    let named = names.split_whitespace().map(|name| {
        let known = Part::ALL.into_iter().find(|part| part.name() == name);
        known.ok_or_else(|| Failure::new(format!("PARTS: `{name}` is no part")))
    });
    named.collect()
}

fn binary_dir(given: Option<String>) -> Result<PathBuf, Failure> {
    given.map(PathBuf::from).ok_or_else(|| Failure::new("BIN_DIR says where the binaries are"))
}
