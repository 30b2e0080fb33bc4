//! Settings: defaults in the binary, then an optional file, then the environment.

use std::collections::HashMap;

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};

/// Why a process can't start with the settings it was given.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("setting `{key}` is missing: set the environment variable {variable}")]
    Missing { key: String, variable: String },
    #[error("settings can't be read: {0}")]
    Unreadable(String),
}

/// Loads the settings of one process.
///
/// A dotted key `database.url` is `MEMBER_DATABASE__URL` in the environment of prefix `MEMBER`. The variable
/// `MEMBER_CONFIG_FILE` names a TOML file that stands between the two. Values of the environment stay text until a
/// typed field asks for something else, so that a secret of digits is never read as a number.
pub fn load<S: DeserializeOwned>(prefix: &str, defaults_toml: &str) -> Result<S, ConfigError> {
    load_from(prefix, defaults_toml, std::env::vars().collect())
}

/// As [`load`], with the environment as an argument.
pub fn load_from<S: DeserializeOwned>(
    prefix: &str,
    defaults_toml: &str,
    environment: HashMap<String, String>,
) -> Result<S, ConfigError> {
    let file_variable = format!("{prefix}_CONFIG_FILE");
    let file = environment.get(&file_variable).cloned();
    let own: HashMap<String, String> = environment
        .into_iter()
        .filter(|(name, _)| name.starts_with(&format!("{prefix}_")) && *name != file_variable)
        .collect();

    let mut builder = Config::builder().add_source(File::from_str(defaults_toml, FileFormat::Toml));
    if let Some(path) = file.filter(|path| !path.is_empty()) {
        builder = builder.add_source(File::new(&path, FileFormat::Toml));
    }
    let config = builder
        .add_source(Environment::with_prefix(prefix).prefix_separator("_").separator("__").source(Some(own)))
        .build()
        .map_err(|error| ConfigError::Unreadable(error.to_string()))?;

    serde_path_to_error::deserialize(config).map_err(|error| {
        let path = error.path().to_string();
        let text = error.inner().to_string();
        match missing_field(&text) {
            Some(field) => {
                let key = match (path.as_str(), field) {
                    (".", field) => field.to_owned(),
                    (path, field) if path == field || path.ends_with(&format!(".{field}")) => path.to_owned(),
                    (_, field) if field.contains('.') => field.to_owned(),
                    (path, field) => format!("{path}.{field}"),
                };
                let variable = format!("{prefix}_{}", key.replace('.', "__").to_uppercase());
                ConfigError::Missing { key, variable }
            }
            None => ConfigError::Unreadable(format!("`{path}`: {text}")),
        }
    })
}

/// The name in a "missing field" text of serde or config.
fn missing_field(text: &str) -> Option<&str> {
    let (_, rest) =
        text.split_once("missing field `").or_else(|| text.split_once("missing configuration field \""))?;
    rest.split(['`', '"']).next()
}

/// Reads a list written as TOML list or, as the environment has it, as text with commas.
pub fn comma_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ListOrText {
        List(Vec<String>),
        Text(String),
    }
    Ok(match ListOrText::deserialize(deserializer)? {
        ListOrText::List(list) => list,
        ListOrText::Text(text) => {
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        port: u16,
        #[serde(deserialize_with = "comma_list")]
        origins: Vec<String>,
        database: Database,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Database {
        url: String,
        secret: Option<String>,
    }

    const DEFAULTS: &str = "port = 80\norigins = []\n[database]\n";

    fn load_with(pairs: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let environment = pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        load_from("TEST", DEFAULTS, environment)
    }

    #[test]
    fn the_environment_wins_over_the_defaults_and_keeps_text_as_text() {
        let settings = load_with(&[
            ("TEST_PORT", "8080"),
            ("TEST_ORIGINS", "https://a.example, https://b.example"),
            ("TEST_DATABASE__URL", "sqlite://x"),
            ("TEST_DATABASE__SECRET", "00012e3"),
            ("OTHER_PORT", "1"),
        ])
        .expect("these settings are complete");
        assert_eq!(settings.port, 8080);
        assert_eq!(settings.origins, ["https://a.example", "https://b.example"]);
        assert_eq!(settings.database.url, "sqlite://x");
        assert_eq!(settings.database.secret.as_deref(), Some("00012e3"));
    }

    #[test]
    fn a_missing_value_names_its_variable() {
        let error = load_with(&[]).expect_err("the url is missing").to_string();
        assert_eq!(
            error,
            "setting `database.url` is missing: set the environment variable TEST_DATABASE__URL"
        );
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = load_with(&[("TEST_DATABASE__URL", "x"), ("TEST_DATABASE__URLL", "x")])
            .expect_err("a typo")
            .to_string();
        assert!(error.contains("urll"), "{error}");
    }

    #[test]
    fn a_wrong_type_is_refused_by_path() {
        let error = load_with(&[("TEST_DATABASE__URL", "x"), ("TEST_PORT", "many")])
            .expect_err("no number")
            .to_string();
        assert!(error.contains("port"), "{error}");
    }
}
