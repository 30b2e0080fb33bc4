//! What each process is told: the one place that knows the names of the children's settings.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::failure::{Context as _, Failure};
use crate::issuer;
use crate::keys::Keys;
use crate::last_database;
use crate::settings::{Database, Settings};
use crate::stack_file::StackFile;
use crate::token::{AUDIENCE, ISSUER};

/// The five processes of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Process {
    Gateway,
    Member,
    Inquiry,
    Promotion,
    Claim,
}

impl Process {
    pub const ALL: [Self; 5] = [Self::Member, Self::Inquiry, Self::Promotion, Self::Claim, Self::Gateway];
    pub const SERVICES: [Self; 4] = [Self::Member, Self::Inquiry, Self::Promotion, Self::Claim];

    /// The name of the binary, the log file and the entry in `stack.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Member => "member-service",
            Self::Inquiry => "cs-inquiry-service",
            Self::Promotion => "promotion-service",
            Self::Claim => "claim-service",
        }
    }

    /// What the names of its variables begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Gateway => "GATEWAY",
            Self::Member => "MEMBER",
            Self::Inquiry => "CS_INQUIRY",
            Self::Promotion => "PROMOTION",
            Self::Claim => "CLAIM",
        }
    }

    /// What the setting with its address is called in the other processes.
    fn upstream(self) -> &'static str {
        match self {
            Self::Gateway => "UPSTREAMS__GATEWAY_URL",
            Self::Member => "UPSTREAMS__MEMBER_URL",
            Self::Inquiry => "UPSTREAMS__INQUIRY_URL",
            Self::Promotion => "UPSTREAMS__PROMOTION_URL",
            Self::Claim => "UPSTREAMS__CLAIM_URL",
        }
    }

    /// Its schema in a shared PostgreSQL, its file on SQLite.
    pub fn schema(self) -> Option<&'static str> {
        match self {
            Self::Gateway => None,
            Self::Member => Some("member"),
            Self::Inquiry => Some("cs_inquiry"),
            Self::Promotion => Some("promotion"),
            Self::Claim => Some("claim"),
        }
    }
}

/// Whom each service calls; unknown settings are refused, so each is told only those.
pub fn sisters(service: Process) -> &'static [Process] {
    match service {
        Process::Gateway => &[],
        Process::Member => &[Process::Claim, Process::Inquiry, Process::Promotion],
        Process::Inquiry => &[Process::Member, Process::Claim],
        Process::Promotion => &[Process::Inquiry],
        Process::Claim => &[Process::Member, Process::Inquiry, Process::Promotion],
    }
}

/// Who listens where.
#[derive(Clone, Debug)]
pub struct Ports(pub BTreeMap<Process, u16>);

impl Ports {
    pub fn of(&self, process: Process) -> u16 {
        self.0.get(&process).copied().unwrap_or_default()
    }

    pub fn url(&self, process: Process) -> String {
        format!("http://127.0.0.1:{}", self.of(process))
    }
}

/// Everything the names below are filled from.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub settings: Settings,
    pub keys: Keys,
    pub ports: Ports,
}

impl Surroundings {
    /// Those of the stack that runs or last ran, for commands beside it: its database is what counts to them.
    pub(crate) fn of_known_stack(settings: &Settings) -> Result<Self, Failure> {
        if !settings.keys_dir().is_dir() {
            return Err(Failure::new(format!("{} holds no stack's data", settings.data_dir.display())));
        }
        let settings = last_database::follow(settings)?;
        let known = StackFile::read(&settings.data_dir).unwrap_or_default();
        let port = |service: Process| known.services.get(service.name()).copied().unwrap_or(1);
        Ok(Self {
            keys: Keys::open_or_make(&settings.keys_dir())?,
            ports: Ports(Process::SERVICES.into_iter().map(|service| (service, port(service))).collect()),
            // The outcome is for a person, and a log would stand in its way.
            settings: Settings { log: "warn".to_owned(), ..settings },
        })
    }

    /// The program of a process: the stack's own copy, which knows the stack's tables and database whatever was built since.
    pub(crate) fn binary(&self, process: Process) -> PathBuf {
        let own = self.settings.data_dir.join("bin").join(process.name());
        if own.is_file() { own } else { self.settings.binary_dir.join(process.name()) }
    }

    /// The variables of one process, on top of those this process was started with.
    pub fn variables(&self, process: Process) -> Result<Vec<(String, String)>, Failure> {
        let mut variables = match process {
            Process::Gateway => self.gateway()?,
            service => self.service(service)?,
        };
        variables.extend([
            ("SERVER__STOP_ON_STDIN_EOF", "true".to_owned()),
            ("SERVER__SHUTDOWN_SECONDS", "10".to_owned()),
            ("IDENTITY__SECRET", self.keys.internal_secret()?),
            ("LOG__FILTER", self.settings.log.clone()),
            ("LOG__FORMAT", "text".to_owned()),
        ]);
        Ok(variables
            .into_iter()
            .map(|(name, value)| (format!("{}_{name}", process.prefix()), value))
            .collect())
    }

    fn gateway(&self) -> Result<Vec<(&'static str, String)>, Failure> {
        Ok(vec![
            ("CONFIG_FILE", text(&self.gateway_file())?),
            ("HOST", "127.0.0.1".to_owned()),
            ("PORT", self.settings.gateway_port.to_string()),
            ("RATE_LIMIT", self.settings.rate_limit.to_string()),
            // Four seconds' worth may come at once, as with the default of 100 and 400.
            ("RATE_BURST", self.settings.rate_limit.saturating_mul(4).max(1).to_string()),
            // On one machine all callers share one address.
            ("LIMITS__CONNECTIONS_PER_ADDRESS", "0".to_owned()),
            ("UPSTREAMS__MEMBER_URL", self.ports.url(Process::Member)),
            ("UPSTREAMS__CS_INQUIRY_URL", self.ports.url(Process::Inquiry)),
            ("UPSTREAMS__PROMOTION_URL", self.ports.url(Process::Promotion)),
            ("UPSTREAMS__CLAIM_URL", self.ports.url(Process::Claim)),
        ])
    }

    fn service(&self, service: Process) -> Result<Vec<(&'static str, String)>, Failure> {
        let mut variables = vec![
            ("SERVER__HOST", "127.0.0.1".to_owned()),
            ("SERVER__PORT", self.ports.of(service).to_string()),
        ];
        let schema = service.schema().unwrap_or_default();
        match &self.settings.database {
            Database::Sqlite => {
                let file = self.settings.data_dir.join(format!("{schema}.sqlite"));
                variables.push(("DATABASE__URL", format!("sqlite://{}", text(&file)?)));
            }
            Database::Postgres(url) => {
                variables.push(("DATABASE__URL", url.clone()));
                variables.push(("DATABASE__SCHEMA", schema.to_owned()));
            }
        }
        for sister in sisters(service) {
            variables.push((sister.upstream(), self.ports.url(*sister)));
        }
        if service == Process::Member {
            variables.extend([
                ("GUEST_TOKEN__KEY_FILE", text(&self.keys.guest_issuer())?),
                ("SECRETS__DATA_KEY", self.keys.data_key()?),
                ("NOTIFICATION__SINK_FILE", text(&self.settings.notification_sink)?),
            ]);
        }
        if service == Process::Claim {
            variables.extend([
                ("SECRETS__DATA_KEY", self.keys.data_key()?),
                ("RETURNS__AUTO_APPROVE", self.settings.auto_approve.to_string()),
                ("RETURNS__HOLIDAYS", self.settings.holidays.clone()),
            ]);
        }
        if service == Process::Inquiry {
            let directory = self.settings.data_dir.join("attachments");
            variables.push(("ATTACHMENT__DIRECTORY", text(&directory)?));
        }
        Ok(variables)
    }

    /// Where [`Self::gateway_toml`] is kept: issuers are a list, which variables can't say.
    pub fn gateway_file(&self) -> PathBuf {
        self.settings.data_dir.join("gateway.toml")
    }

    pub fn gateway_toml(&self) -> Result<String, Failure> {
        let local_jwks = toml_text(&self.keys.local_issuer_jwks())?;
        let (desk, shop, shop_port) = (issuer::DESK, self.settings.shop_url(), self.settings.shop_port);
        let guest_jwks = toml_text(&self.keys.guest_issuer_jwks())?;
        Ok(format!(
            r#"# Written anew at every start of the local stack.

# The shop's example pages, by both names of this machine.
cors_origins = ["{shop}", "http://localhost:{shop_port}"]

# The member-service signs what a guest gets for an order's password.
[[issuers]]
iss = "member-service"
audience = "{AUDIENCE}"
algorithm = "ES256"
jwks_file = {guest_jwks}
roles = ["guest"]

# Signs the tokens of `make token`.
[[issuers]]
iss = "{ISSUER}"
audience = "{AUDIENCE}"
algorithm = "RS256"
jwks_file = {local_jwks}
roles = ["member", "guest", "agent", "admin", "service"]
publish = true

# Signs who is picked at the local issuer, with the same key.
[[issuers]]
iss = "{shop}"
audience = "{AUDIENCE}"
algorithm = "RS256"
jwks_file = {local_jwks}
roles = ["member", "agent", "admin"]

[desk]
enabled = true
issuer = "{shop}"
client_id = "{desk}"
label = "로컬"
"#
        ))
    }
}

fn text(path: &std::path::Path) -> Result<String, Failure> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("{} is no UTF-8 path", path.display())))
}

/// JSON's quoting is a part of TOML's.
fn toml_text(path: &std::path::Path) -> Result<String, Failure> {
    serde_json::to_string(&text(path)?).context(path.display())
}

#[cfg(test)]
mod tests {
    use crate::settings::Variables;

    use super::*;

    fn surroundings(place: &std::path::Path, database: &str) -> Surroundings {
        let data_dir = place.join("a \"quoted\" place");
        let given = BTreeMap::from([
            ("DATA_DIR".to_owned(), data_dir.to_str().unwrap().to_owned()),
            ("DB".to_owned(), database.to_owned()),
        ]);
        let settings = Settings::read(&Variables::new(given, &|_| None)).unwrap();
        let keys = Keys::open_or_make(&settings.keys_dir()).unwrap();
        let ports = Ports(Process::ALL.into_iter().zip(20_001..).collect());
        Surroundings { settings, keys, ports }
    }

    fn value(variables: &[(String, String)], name: &str) -> Option<String> {
        variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn every_service_has_its_own_port_and_database() {
        let place = tempfile::tempdir().unwrap();
        let surroundings = surroundings(place.path(), "");
        let claim = surroundings.variables(Process::Claim).unwrap();
        assert_eq!(value(&claim, "CLAIM_SERVER__PORT").as_deref(), Some("20004"));
        assert!(value(&claim, "CLAIM_DATABASE__URL").unwrap().ends_with("/claim.sqlite"));
        assert_eq!(value(&claim, "CLAIM_DATABASE__SCHEMA"), None);
        let gateway = surroundings.variables(Process::Gateway).unwrap();
        assert_eq!(
            value(&gateway, "GATEWAY_UPSTREAMS__CLAIM_URL").as_deref(),
            Some("http://127.0.0.1:20004")
        );
        assert_eq!(value(&gateway, "GATEWAY_DATABASE__URL"), None);
    }

    #[test]
    fn claim_service_hears_who_approves_and_when_nobody_refunds() {
        let place = tempfile::tempdir().unwrap();
        let mut surroundings = surroundings(place.path(), "");
        let of_claims = |surroundings: &Surroundings| {
            let claim = surroundings.variables(Process::Claim).unwrap();
            let said =
                ["AUTO_APPROVE", "HOLIDAYS"].map(|name| value(&claim, &format!("CLAIM_RETURNS__{name}")));
            said.map(Option::unwrap)
        };
        assert_eq!(of_claims(&surroundings), ["true", ""]);
        surroundings.settings.auto_approve = false;
        surroundings.settings.holidays = "20270101,20270301".to_owned();
        assert_eq!(of_claims(&surroundings), ["false", "20270101,20270301"]);
    }

    #[test]
    fn on_postgres_they_share_a_database_and_not_a_schema() {
        let place = tempfile::tempdir().unwrap();
        let surroundings = surroundings(place.path(), "postgres://u:p@h/shop");
        let inquiry = surroundings.variables(Process::Inquiry).unwrap();
        assert_eq!(value(&inquiry, "CS_INQUIRY_DATABASE__URL").as_deref(), Some("postgres://u:p@h/shop"));
        assert_eq!(value(&inquiry, "CS_INQUIRY_DATABASE__SCHEMA").as_deref(), Some("cs_inquiry"));
    }

    #[test]
    fn a_path_with_quotes_stays_one_value_in_the_gateway_file() {
        let place = tempfile::tempdir().unwrap();
        let toml = surroundings(place.path(), "").gateway_toml().unwrap();
        assert!(toml.contains(r#"a \"quoted\" place/keys/local-issuer.jwks.json""#), "{toml}");
    }
}
