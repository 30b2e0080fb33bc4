//! What every command honours: ports, places and the database.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use crate::failure::{Context as _, Failure};

/// The outside world by name: arguments first, then the environment; empty counts as not set.
pub struct Variables<'a> {
    given: BTreeMap<String, String>,
    environment: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Variables<'a> {
    pub fn new(given: BTreeMap<String, String>, environment: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { given, environment }
    }

    pub fn get(&self, name: &str) -> Option<String> {
        self.given.get(name).cloned().or_else(|| (self.environment)(name)).filter(|value| !value.is_empty())
    }

    /// A typed value, or `default` where none is set.
    pub fn parsed<T: FromStr>(&self, name: &str, default: T, form: &str) -> Result<T, Failure> {
        match self.get(name) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| Failure::usage(format!("{name}={text} is not {form}"))),
        }
    }
}

/// It begins like the settings of claim-service, which would not know it: no process is started with it.
pub const AUTO_APPROVE: &str = "CLAIM_AUTO_APPROVE";

#[derive(Clone, Debug)]
pub struct Settings {
    pub gateway_port: u16,
    /// Of the local issuer and the shop's example pages.
    pub shop_port: u16,
    pub data_dir: PathBuf,
    pub database: Database,
    pub log: String,
    /// Requests a second per caller; 0 = no limit.
    pub rate_limit: u32,
    pub notification_sink: PathBuf,
    /// Whether returns and exchanges are collected without an agent's approval.
    pub auto_approve: bool,
    /// 공휴일, as claim-service takes them: `yyyyMMdd`, with commas between.
    pub holidays: String,
    /// Where the binaries of the gateway and the services lie.
    pub binary_dir: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file per service in the data directory.
    Sqlite,
    /// One schema per service in the database of this URL.
    Postgres(String),
}

impl Settings {
    pub fn read(variables: &Variables<'_>) -> Result<Self, Failure> {
        let place = |name: &str, default: &str| {
            let path = variables.get(name).unwrap_or_else(|| default.to_owned());
            std::path::absolute(&path).context(format_args!("{name}={path} is no path"))
        };
        let database = match variables.get("DB") {
            None => Database::Sqlite,
            Some(url) if Database::is_postgres(&url) => Database::Postgres(url),
            // The URL may hold a password: it is not repeated.
            Some(_) => {
                return Err(Failure::usage("DB has to be empty or a postgres://… URL"));
            }
        };
        let port = |name: &str, default: u16| match variables.parsed(name, default, "a port")? {
            0 => Err(Failure::usage(format!("{name}=0 is not a port others could find"))),
            port => Ok(port),
        };
        let gateway_port = port("GATEWAY_PORT", 8080)?;
        Ok(Self {
            gateway_port,
            // The last ports have none so far behind them.
            shop_port: port("SHOP_PORT", gateway_port.checked_add(10).unwrap_or(gateway_port - 10))?,
            data_dir: place("DATA_DIR", ".data")?,
            database,
            log: variables.get("LOG").unwrap_or_else(|| "info".to_owned()),
            rate_limit: variables.parsed("RATE_LIMIT", 100, "a whole number of requests a second")?,
            notification_sink: place("NOTI_SINK", ".noti-sink.jsonl")?,
            auto_approve: match variables.get(AUTO_APPROVE).as_deref() {
                None | Some("Y") => true,
                Some("N") => false,
                Some(other) => return Err(Failure::usage(format!("{AUTO_APPROVE}={other} is not Y or N"))),
            },
            holidays: holidays(variables.get("HOLIDAYS").unwrap_or_default())?,
            binary_dir: match variables.get("LOCAL_STACK_BIN_DIR") {
                Some(dir) => dir.into(),
                None => beside_this_binary()?,
            },
        })
    }

    pub fn gateway_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.gateway_port)
    }

    /// Where the local issuer and the shop's pages are; also the name its tokens say they are from.
    pub fn shop_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.shop_port)
    }

    pub fn keys_dir(&self) -> PathBuf {
        self.data_dir.join("keys")
    }
}

/// Named here rather than by claim-service, which would refuse to start with it.
fn holidays(list: String) -> Result<String, Failure> {
    let days = list.split(',').map(str::trim).filter(|day| !day.is_empty());
    for day in days {
        if chrono::NaiveDate::parse_from_str(day, "%Y%m%d").is_err() || day.len() != 8 {
            return Err(Failure::usage(format!(
                "HOLIDAYS names `{day}`, which is no day of the form yyyyMMdd"
            )));
        }
    }
    Ok(list)
}

fn beside_this_binary() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().context("this binary's own place is unknown")?;
    own.parent().map(PathBuf::from).ok_or_else(|| Failure::new("this binary lies in no directory"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, Failure> {
        let given = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::read(&Variables::new(given, &|_| None))
    }

    #[test]
    fn nothing_set_means_the_defaults() {
        let settings = read(&[("DB", "")]).unwrap();
        assert_eq!((settings.gateway_port, settings.shop_port, settings.rate_limit), (8080, 8090, 100));
        assert_eq!(settings.database, Database::Sqlite);
        assert!(settings.data_dir.is_absolute() && settings.data_dir.ends_with(".data"));
        assert!(settings.notification_sink.ends_with(".noti-sink.jsonl"));
        assert_eq!((settings.auto_approve, settings.holidays.as_str()), (true, ""));
    }

    #[test]
    fn a_wrong_value_is_named_with_its_variable() {
        let refusal = |pairs| read(pairs).unwrap_err().to_string();
        assert_eq!(refusal(&[("GATEWAY_PORT", "high")]), "GATEWAY_PORT=high is not a port");
        assert_eq!(refusal(&[("SHOP_PORT", "0")]), "SHOP_PORT=0 is not a port others could find");
        assert_eq!(
            refusal(&[("RATE_LIMIT", "-1")]),
            "RATE_LIMIT=-1 is not a whole number of requests a second"
        );
        assert_eq!(refusal(&[("CLAIM_AUTO_APPROVE", "yes")]), "CLAIM_AUTO_APPROVE=yes is not Y or N");
        for (list, day) in
            [("20270229", "20270229"), ("20270101, 2027-01-02", "2027-01-02"), ("2027011", "2027011")]
        {
            let refused = read(&[("HOLIDAYS", list)]).unwrap_err().to_string();
            assert_eq!(refused, format!("HOLIDAYS names `{day}`, which is no day of the form yyyyMMdd"));
        }
        assert!(!refusal(&[("DB", "mysql://u:secret@h/d")]).contains("secret"));
    }
}
