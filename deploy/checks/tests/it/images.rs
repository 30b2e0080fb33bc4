//! What can be said of the Dockerfile without an engine that builds it.

use local_stack::environment::Process;

use crate::house::{read, root};

/// The instructions, with lines that go on put together.
fn instructions() -> Vec<(String, String)> {
    let text = read("deploy/Dockerfile").replace("\\\n", " ");
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap())
        .map(|(word, rest)| (word.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

/// A stage: its name, what it begins with, and its instructions.
type Stage = (String, String, Vec<(String, String)>);

/// The stages, in their order.
fn stages() -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for (word, rest) in instructions() {
        match (word.as_str(), stages.last_mut()) {
            ("FROM", _) => {
                let (base, name) = rest.split_once(" AS ").expect("every stage has a name");
                stages.push((name.to_owned(), base.to_owned(), Vec::new()));
            }
            (_, Some(stage)) => stage.2.push((word, rest)),
            (_, None) => assert_eq!(word, "ARG", "only arguments stand before the first stage"),
        }
    }
    stages
}

#[test]
fn every_process_has_an_image_of_its_own_that_is_not_roots() {
    let stages = stages();
    let (_, runtime, words) = stages.iter().find(|stage| stage.0 == "runtime").unwrap();
    assert_eq!(runtime, "${DISTROLESS}");
    assert!(words.contains(&("USER".to_owned(), "65532:65532".to_owned())));
    for process in Process::ALL {
        let name = process.name();
        let (_, base, words) = stages.iter().find(|stage| stage.0 == name).unwrap();
        assert_eq!(base, "runtime", "{name}");
        assert!(words.contains(&("COPY".to_owned(), format!("--from=build /images/{name} /"))), "{name}");
        assert!(words.contains(&("ENTRYPOINT".to_owned(), format!("[\"/usr/local/bin/{name}\"]"))), "{name}");
        assert!(words.iter().all(|(word, _)| ["COPY", "ENTRYPOINT"].contains(&word.as_str())), "{name}");
    }
}

#[test]
fn an_image_of_somebody_else_is_named_by_its_digest() {
    let of_the_dockerfile = read("deploy/Dockerfile");
    let of_the_dockerfile = of_the_dockerfile.lines().filter_map(|line| line.strip_prefix("ARG "));
    let manifests = ["deploy/compose.yaml", "k8s/overlays/dev/postgres.yaml"].map(read);
    let of_manifests = manifests.iter().flat_map(|text| text.lines()).map(str::trim);
    let of_manifests = of_manifests.filter_map(|line| line.strip_prefix("image: "));
    let of_others = of_manifests.filter(|image| !image.starts_with("order-aftercare/"));
    let images: Vec<&str> = of_the_dockerfile.chain(of_others).collect();
    assert_eq!(images.len(), 7, "{images:?}");
    for image in images {
        let (name, digest) = image.split_once("@sha256:").unwrap_or((image, ""));
        assert!(digest.len() == 64 && name.contains([':', '=']), "{image}");
    }
}

#[test]
fn dependencies_are_built_with_the_selection_of_the_house() {
    let stages = stages();
    let (_, _, words) = stages.iter().find(|stage| stage.0 == "build").unwrap();
    let selection = |command: &str| {
        let (_, line) = words.iter().find(|(word, rest)| word == "RUN" && rest.contains(command)).unwrap();
        let from = line.find("--package").unwrap();
        let until = line.find(" &&").unwrap_or(line.len());
        line[from..until].to_owned()
    };
    let cooked = selection("cargo chef cook");
    assert_eq!(cooked, selection("cargo build"), "or nothing of the layer is used");
    for process in Process::ALL {
        assert!(cooked.contains(&format!("--package {}", process.name())));
        let on_postgres = cooked.contains(&format!("{}/postgres", process.name()));
        assert_eq!(on_postgres, process != Process::Gateway);
    }
    let place = |text: &str| words.iter().position(|(_, rest)| rest.contains(text)).unwrap();
    assert!(place("cargo chef cook") < place(". ."), "the sources come after the dependencies");
}

#[test]
fn what_the_dockerfile_runs_exists() {
    for (word, rest) in instructions() {
        if word == "RUN" {
            for script in rest.split_whitespace().filter(|part| part.starts_with("deploy/scripts/")) {
                assert!(root().join(script).is_file(), "{script}");
            }
        }
    }
    let ignored = read("deploy/Dockerfile.dockerignore");
    for kept_out in [".data", ".git", "target", "deploy/.env", "deploy/.keys"] {
        assert!(ignored.lines().any(|line| line == kept_out), "{kept_out} would go into the build");
    }
}
