//! The desk in a cluster: the gateway's pods again, told a little more and reached by other people.

use std::collections::BTreeMap;
use std::fs;

use deploy_checks::network::{Peer, is_open};
use deploy_checks::workload::{Given, environment, find, labels, pod_labels};
use local_stack::environment::Process;
use serde_json::{Value, json};

use crate::house::{accepts, read, render, root};

const OVERLAY: &str = "overlays/prod";

fn deployment<'a>(objects: &'a [Value], name: &str) -> &'a Value {
    find(objects, "Deployment", name).unwrap()
}

#[test]
fn its_pods_are_the_gateways_but_for_their_name_and_what_they_are_told() {
    let objects = render(OVERLAY);
    let mut desk = deployment(&objects, "desk").clone();
    let told = json!([{"configMapRef": {"name": "gateway"}}, {"configMapRef": {"name": "desk"}}]);
    let container = &mut desk["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["envFrom"], told);
    container["envFrom"] = json!([{"configMapRef": {"name": "gateway"}}]);
    desk["spec"].as_object_mut().unwrap().remove("replicas");
    let text = desk
        .to_string()
        .replace(r#""app.kubernetes.io/name":"desk""#, r#""app.kubernetes.io/name":"gateway""#);
    let mut desk: Value = serde_json::from_str(&text).unwrap();
    desk["metadata"]["name"] = json!("gateway");
    assert_eq!(desk, *deployment(&objects, "gateway"));
}

#[test]
fn it_starts_with_what_it_is_told_and_serves_the_desk() {
    let objects = render(OVERLAY);
    let container = &deployment(&objects, "desk")["spec"]["template"]["spec"]["containers"][0];
    let mut given = environment(&objects, container).unwrap();
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("gateway.toml");
    let map = find(&objects, "ConfigMap", "gateway-issuers").unwrap();
    fs::write(&file, &labels(&map["data"])["gateway.toml"]).unwrap();
    given.insert("GATEWAY_CONFIG_FILE".to_owned(), Given::Text(file.to_str().unwrap().to_owned()));
    assert_eq!(given["GATEWAY_DESK__ENABLED"], Given::Text("true".to_owned()));
    accepts(Process::Gateway, &given).unwrap();

    let public = &deployment(&objects, "gateway")["spec"]["template"]["spec"]["containers"][0];
    let public = environment(&objects, public).unwrap();
    assert!(!public.keys().any(|name| name.contains("_DESK_")), "the public door has none");
}

#[test]
fn the_company_reaches_it_and_the_street_does_not() {
    let objects = render(OVERLAY);
    let pod = |name: &str| Peer::Pod(pod_labels(deployment(&objects, name)));
    let from = |label: &str| Peer::Elsewhere {
        namespace: BTreeMap::from([(label.to_owned(), "true".to_owned())]),
        pod: BTreeMap::new(),
    };
    let reaches = |from: &Peer, to: &str| is_open(&objects, from, &pod(to), "TCP", 8080);
    let (street, company) = (from("order-aftercare/way-in"), from("order-aftercare/way-in-to-desk"));
    assert!(reaches(&company, "desk") && !reaches(&company, "gateway"));
    assert!(reaches(&street, "gateway") && !reaches(&street, "desk"));
    for service in Process::SERVICES {
        assert!(reaches(&pod("desk"), service.name()), "{}", service.name());
        assert!(!reaches(&pod(service.name()), "desk"), "{}", service.name());
    }
    assert!(is_open(&objects, &pod("desk"), &Peer::Address([203, 0, 113, 7]), "TCP", 443));
    assert!(!is_open(&objects, &pod("desk"), &Peer::Address([10, 0, 0, 1]), "TCP", 443));

    let service = find(&objects, "Service", "desk").unwrap();
    assert_eq!(service["spec"]["sessionAffinity"], "ClientIP");
    assert_eq!(labels(&service["spec"]["selector"])["app.kubernetes.io/name"], "desk");
    let [desk, gateway] = ["desk", "gateway"].map(|name| find(&objects, "HTTPRoute", name).unwrap());
    assert_eq!(desk["spec"]["rules"][0]["backendRefs"], json!([{"name": "desk", "port": 8080}]));
    assert_ne!(desk["spec"]["parentRefs"], gateway["spec"]["parentRefs"], "it has a way in of its own");
}

#[test]
fn no_image_holds_the_local_issuer_or_the_shops_example_pages() {
    let dockerfile = read("deploy/Dockerfile");
    for local in ["local-stack", "storefront", "deploy/local"] {
        assert!(!dockerfile.contains(local), "{local}");
    }
    let manifests = ["gateway", "desk"].map(str::to_owned).into_iter();
    let services = Process::SERVICES.iter().map(|service| format!("services/{}", service.name()));
    for crate_folder in manifests.chain(services) {
        let manifest = fs::read_to_string(root().join(&crate_folder).join("Cargo.toml")).unwrap();
        assert!(!manifest.contains("local-stack"), "{crate_folder}");
    }
}
