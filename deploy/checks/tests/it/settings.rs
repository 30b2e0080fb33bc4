//! Each process starts with what the manifests tell it.

use std::fs;

use deploy_checks::workload::{Given, environment, find, labels};
use local_stack::environment::{Process, sisters};

use crate::house::{OVERLAYS, accepts, render};

#[test]
fn each_process_understands_everything_it_is_told() {
    for folder in OVERLAYS {
        let objects = render(folder);
        for process in Process::ALL {
            let deployment = find(&objects, "Deployment", process.name()).unwrap();
            let container = &deployment["spec"]["template"]["spec"]["containers"][0];
            let mut given = environment(&objects, container).unwrap();
            let place = tempfile::tempdir().unwrap();
            if process == Process::Gateway {
                let map = find(&objects, "ConfigMap", "gateway-issuers").unwrap();
                let file = place.path().join("gateway.toml");
                fs::write(&file, &labels(&map["data"])["gateway.toml"]).unwrap();
                let told = given["GATEWAY_CONFIG_FILE"].clone();
                assert_eq!(told, Given::Text("/etc/order-aftercare/gateway/gateway.toml".to_owned()));
                given
                    .insert("GATEWAY_CONFIG_FILE".to_owned(), Given::Text(file.to_str().unwrap().to_owned()));
            }
            accepts(process, &given).unwrap_or_else(|reason| panic!("{folder}: {reason}"));
        }
    }
}

#[test]
fn a_misspelt_setting_would_be_found() {
    let objects = render("base");
    let deployment = find(&objects, "Deployment", "claim-service").unwrap();
    let container = &deployment["spec"]["template"]["spec"]["containers"][0];
    let mut given = environment(&objects, container).unwrap();
    given.insert(
        "CLAIM_UPSTREAMS__MEMBRE_URL".to_owned(),
        Given::Text("http://member-service:8080".to_owned()),
    );
    assert!(accepts(Process::Claim, &given).unwrap_err().contains("membre_url"));
}

#[test]
fn addresses_of_sisters_are_services_that_exist() {
    for folder in OVERLAYS {
        let objects = render(folder);
        for process in Process::ALL {
            let deployment = find(&objects, "Deployment", process.name()).unwrap();
            let container = &deployment["spec"]["template"]["spec"]["containers"][0];
            let mut called = Vec::new();
            for (name, given) in environment(&objects, container).unwrap() {
                if !name.contains("_UPSTREAMS__") {
                    continue;
                }
                let Given::Text(url) = given else { panic!("{name} is no secret") };
                let service =
                    url.strip_prefix("http://").and_then(|rest| rest.strip_suffix(":8080")).unwrap();
                find(&objects, "Service", service).unwrap();
                called.push(service.to_owned());
            }
            called.sort();
            let drawn = if process == Process::Gateway { &Process::SERVICES[..] } else { sisters(process) };
            let mut drawn: Vec<_> = drawn.iter().map(|sister| sister.name().to_owned()).collect();
            drawn.sort();
            assert_eq!(called, drawn, "{folder}: {}", process.name());
        }
    }
}
