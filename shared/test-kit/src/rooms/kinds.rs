//! Kinds of a thing that keep to themselves, each with a module in several rooms.

use std::path::Path;

use super::reader::{self, File, Reader};
use super::{fail_on, fault};

/// Fails when a kind knows another one, or what all of them are made with knows one of them.
///
/// A kind is the name of modules in several rooms: `cancel` is `usecase::cancel` and `domain::cancel`. `shared` are modules
/// that are of no kind, such as `usecase::acceptance`; what is neither may know every kind.
///
/// # Panics
///
/// When there is such an import, or `source` can't be read.
#[track_caller]
pub fn check_kinds(source: impl AsRef<Path>, kinds: &[&str], shared: &[&str]) {
    fail_on(&faults(&reader::files(source.as_ref()), kinds, shared));
}

fn faults(files: &[File], kinds: &[&str], shared: &[&str]) -> Vec<String> {
    let kind_of = |path: &[String]| path.get(1).filter(|name| kinds.contains(&name.as_str())).cloned();
    let is_shared = |module: &[String]| shared.iter().any(|room| is_inside(module, room));
    let missing_kinds = kinds
        .iter()
        .filter(|kind| !files.iter().any(|file| kind_of(&file.module).as_deref() == Some(**kind)));
    let missing = missing_kinds
        .chain(shared.iter().filter(|room| !files.iter().any(|file| is_inside(&file.module, room))));
    let mut faults: Vec<String> = missing.map(|name| format!("`{name}` is named, and no module")).collect();
    for import in Reader::read_all(files).imports {
        let Some(known) = kind_of(&import.path) else { continue };
        let is_foreign = match kind_of(&import.module) {
            Some(own) => own != known,
            None => is_shared(&import.module),
        };
        if is_foreign {
            faults.push(fault(&import, &import.module.get(..2).unwrap_or(&import.module).join("::")));
        }
    }
    faults
}

fn is_inside(module: &[String], room: &str) -> bool {
    let mut names = module.iter();
    room.split("::").all(|name| names.next().is_some_and(|found| found == name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What is wrong with a crate of two kinds and what both are made with, when this file has this text as well.
    fn faults_of(path: &str, text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let rooms = ["usecase/cancel.rs", "usecase/option.rs", "usecase/acceptance.rs", "domain/cancel.rs"];
        for (path, text) in rooms.into_iter().map(|path| (path, "")).chain([(path, text)]) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it is inside")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let place = format!("{}/", folder.path().display());
        let faults = faults(&reader::files(folder.path()), &["cancel", "option"], &["usecase::acceptance"]);
        faults.into_iter().map(|fault| fault.replace(&place, "")).collect()
    }

    #[test]
    fn a_kind_knows_itself_in_every_room_and_what_all_are_made_with() {
        for (path, text) in [
            ("usecase/cancel.rs", "use crate::domain::cancel::Cost;\nuse super::acceptance::accept;"),
            ("usecase/cancel/deep.rs", "use super::super::cancel::Cancel;\nuse self::option::Option;"),
            ("usecase/list.rs", "use super::{cancel, option};"),
            ("routes.rs", "use crate::usecase::{cancel::cancel, option::change};"),
        ] {
            assert_eq!(faults_of(path, text), [""; 0], "{path}: {text}");
        }
    }

    #[test]
    fn a_kind_knows_no_other_and_what_all_are_made_with_knows_none() {
        let check = |path: &str, text: &str, of: &str, path_used: &str| {
            assert_eq!(faults_of(path, text), [format!("{path}:1: `{of}` may not use `crate::{path_used}`")]);
        };
        check(
            "usecase/option.rs",
            "use crate::domain::cancel::Cost;",
            "usecase::option",
            "domain::cancel::Cost",
        );
        check(
            "usecase/option.rs",
            "use super::{acceptance, cancel::Cancel};",
            "usecase::option",
            "usecase::cancel::Cancel",
        );
        check("usecase/option/deep.rs", "use super::super::cancel;", "usecase::option", "usecase::cancel");
        check("usecase/acceptance.rs", "use super::cancel;", "usecase::acceptance", "usecase::cancel");
        check(
            "usecase/acceptance/wait.rs",
            "use crate::domain::{cancel};",
            "usecase::acceptance",
            "domain::cancel",
        );
    }

    #[test]
    fn what_is_named_is_there() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        assert_eq!(
            faults(&reader::files(folder.path()), &["cancel"], &["usecase::acceptance"]),
            ["`cancel` is named, and no module", "`usecase::acceptance` is named, and no module"]
        );
    }
}
