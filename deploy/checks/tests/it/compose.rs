//! The compose file says what it should to every process.

use std::collections::BTreeMap;

use deploy_checks::workload::Given;
use deploy_checks::yaml;
use local_stack::environment::{Process, sisters};
use serde::Deserialize;
use serde_json::Value;

use crate::house::{accepts, read, root};

/// As much of the compose specification as this house uses; anything else is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Compose {
    name: String,
    services: BTreeMap<String, Service>,
    configs: BTreeMap<String, BTreeMap<String, String>>,
    secrets: BTreeMap<String, BTreeMap<String, String>>,
    volumes: BTreeMap<String, Value>,
    networks: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    image: String,
    build: Option<Build>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    #[serde(default)]
    ports: Vec<String>,
    #[serde(default)]
    configs: Vec<Mounted>,
    #[serde(default)]
    secrets: Vec<String>,
    #[serde(default)]
    volumes: Vec<String>,
    #[serde(default)]
    tmpfs: Vec<String>,
    #[serde(default)]
    networks: Vec<String>,
    #[serde(default)]
    depends_on: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    profiles: Vec<String>,
    healthcheck: Option<Healthcheck>,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    cap_drop: Vec<String>,
    #[serde(default)]
    security_opt: Vec<String>,
    stop_grace_period: Option<String>,
    restart: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Build {
    context: String,
    dockerfile: String,
    target: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mounted {
    source: String,
    target: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "read for its form")]
struct Healthcheck {
    test: Vec<String>,
    interval: String,
    timeout: String,
    retries: u32,
}

fn compose() -> Compose {
    serde_json::from_value(yaml::document(&root().join("deploy/compose.yaml")).unwrap()).unwrap()
}

/// `${NAME:?}` and the like, as the shell would fill them in; what has a default keeps it.
fn filled(value: &str) -> String {
    let mut text = value.to_owned();
    while let Some((before, rest)) = text.clone().split_once("${") {
        let (name, after) = rest.split_once('}').unwrap();
        let filled = match name.split_once(":-") {
            Some((_, default)) => default.to_owned(),
            None => {
                format!("the-{}-of-this-machine-0123456789", name.split(':').next().unwrap().to_lowercase())
            }
        };
        text = format!("{before}{filled}{after}");
    }
    text
}

#[test]
fn each_process_understands_everything_it_is_told() {
    let compose = compose();
    for process in Process::ALL {
        let service = &compose.services[process.name()];
        let given = service
            .environment
            .iter()
            .map(|(name, value)| (name.clone(), Given::Text(filled(value))))
            .collect::<BTreeMap<_, _>>();
        accepts(process, &given).unwrap();
        let called: Vec<_> = given.keys().filter(|name| name.contains("_UPSTREAMS__")).collect();
        let drawn =
            if process == Process::Gateway { Process::SERVICES.len() } else { sisters(process).len() };
        assert_eq!(called.len(), drawn, "{}", process.name());
    }
}

#[test]
fn each_process_is_built_from_its_target_and_may_do_nothing_it_need_not() {
    let compose = compose();
    let dockerfile = read("deploy/Dockerfile");
    for process in Process::ALL {
        let service = &compose.services[process.name()];
        let build = service.build.as_ref().unwrap();
        assert_eq!((build.context.as_str(), build.dockerfile.as_str()), ("..", "deploy/Dockerfile"));
        assert_eq!(build.target, process.name());
        assert!(dockerfile.contains(&format!("AS {}\n", build.target)));
        assert!(service.read_only);
        assert_eq!(service.cap_drop, ["ALL"]);
        assert_eq!(service.security_opt, ["no-new-privileges:true"]);
        assert!(service.stop_grace_period.is_some() && service.restart == "unless-stopped");
        let has_database = process != Process::Gateway;
        assert_eq!(service.networks.iter().any(|network| network == "database"), has_database);
        assert_eq!(service.depends_on.contains_key("postgres"), has_database);
    }
}

#[test]
fn only_this_machine_gets_in() {
    for (name, service) in compose().services {
        for port in &service.ports {
            assert!(port.starts_with("127.0.0.1:"), "{name}: {port}");
        }
    }
}

#[test]
fn what_is_mounted_and_joined_exists() {
    let compose = compose();
    assert_eq!(compose.name, "order-aftercare");
    for (name, service) in &compose.services {
        assert!(!service.image.ends_with(":latest"), "{name}");
        let configs = service.configs.iter().map(|mounted| {
            assert!(mounted.target.starts_with('/'));
            compose.configs.get(&mounted.source).unwrap_or_else(|| panic!("{name}: {}", mounted.source))
        });
        let secrets = service.secrets.iter().map(|secret| &compose.secrets[secret]);
        for source in configs.chain(secrets) {
            // Contents and variables would be written into the container, which may be read only.
            let file = source.get("file").unwrap_or_else(|| panic!("{name}: {source:?}"));
            match file.strip_prefix(".keys/") {
                Some(key) => {
                    assert!(read("deploy/scripts/compose-env.sh").contains(key), "{name}: {file}");
                }
                None => assert!(root().join("deploy").join(file).is_file(), "{name}: {file}"),
            }
        }
        for volume in &service.volumes {
            assert!(compose.volumes.contains_key(volume.split(':').next().unwrap()), "{name}: {volume}");
        }
        assert!(service.networks.iter().all(|network| compose.networks.contains_key(network)), "{name}");
        assert!(service.depends_on.keys().all(|other| compose.services.contains_key(other)), "{name}");
        assert!(service.profiles.iter().all(|profile| profile == "watch"), "{name}");
        assert!(service.tmpfs.iter().chain(&service.command).all(|text| !text.is_empty()));
        assert!(
            service.healthcheck.is_some() == (name == "postgres"),
            "a distroless image has nothing to ask with"
        );
    }
}

#[test]
fn the_script_writes_every_variable_that_is_needed() {
    let script = read("deploy/scripts/compose-env.sh");
    let text = read("deploy/compose.yaml");
    for needed in
        text.split("${").skip(1).filter(|rest| rest.split('}').next().is_some_and(|name| name.contains(":?")))
    {
        let name = needed.split(':').next().unwrap();
        assert!(script.contains(&format!("{name}=")), "{name}");
    }
}
