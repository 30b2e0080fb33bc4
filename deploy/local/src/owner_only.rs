//! What a stack keeps is its owner's alone: databases and messages hold other people's data, and keys open them.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

const FILE: u32 = 0o600;
const DIRECTORY: u32 = 0o700;
const GROUP_AND_OTHERS: u32 = 0o077;
const STICKY: u32 = 0o1000;

/// Makes a directory and those above it where there are none.
pub(crate) fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(DIRECTORY).create(path)
}

/// Opens a file to write after what is there.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).append(true).mode(FILE).open(path)?;
    close_to_others(path);
    Ok(file)
}

/// Written whole or not at all: a reader never sees half of it, and nobody else sees any of it.
pub(crate) fn write(path: &Path, content: &str) -> io::Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".draft");
    let draft = Path::new(&draft);
    // One that a killed process has left may be open to others.
    let _ = fs::remove_file(draft);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE).open(draft)?;
    file.write_all(content.as_bytes())?;
    fs::rename(draft, path)
}

/// Takes from a file or directory what group and others may do with it. What belongs to another user stays as it is.
pub(crate) fn close_to_others(path: &Path) {
    let Ok(metadata) = fs::symlink_metadata(path) else { return };
    let mode = metadata.permissions().mode();
    // A sticky directory is everybody's, as /tmp is, and so is /dev/null; what a link leads to lies elsewhere.
    let may_be_ours = metadata.is_file() || (metadata.is_dir() && mode & STICKY == 0);
    if !may_be_ours || mode & GROUP_AND_OTHERS == 0 {
        return;
    }
    if let Err(error) = fs::set_permissions(path, Permissions::from_mode(mode & !GROUP_AND_OTHERS)) {
        eprintln!("local-stack: {} stays open to other users of this machine: {error}", path.display());
    }
}

/// The same for a directory and everything in it, its own door first.
pub(crate) fn close_all_to_others(path: &Path) {
    close_to_others(path);
    // No link is followed, out of the directory least of all.
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        close_all_to_others(&entry.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn open_up(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_made_is_closed_from_its_first_moment() {
        let place = tempfile::tempdir().unwrap();
        let directory = place.path().join("a/b");
        make_directory(&directory).unwrap();
        assert_eq!((mode(&place.path().join("a")), mode(&directory)), (0o700, 0o700));
        let file = directory.join("file");
        write(&file, "secret\n").unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "no draft is left");
        let log = directory.join("log");
        open_to_append(&log).unwrap();
        assert_eq!(mode(&log), 0o600);
    }

    #[test]
    fn what_was_open_is_closed() {
        let place = tempfile::tempdir().unwrap();
        let directory = place.path().join("data");
        let (inner, program, outside) =
            (directory.join("inner"), directory.join("program"), place.path().join("outside"));
        fs::create_dir_all(&inner).unwrap();
        let file = inner.join("file");
        for path in [&file, &program, &outside] {
            fs::write(path, "").unwrap();
        }
        std::os::unix::fs::symlink(&outside, directory.join("link")).unwrap();
        for (path, mode) in
            [(&directory, 0o755), (&inner, 0o2775), (&file, 0o666), (&program, 0o755), (&outside, 0o644)]
        {
            open_up(path, mode);
        }
        close_all_to_others(&directory);
        assert_eq!((mode(&directory), mode(&inner)), (0o700, 0o2700));
        assert_eq!((mode(&file), mode(&program)), (0o600, 0o700));
        assert_eq!(mode(&outside), 0o644, "what a link leads to lies elsewhere");

        write(&program, "").unwrap();
        open_up(&file, 0o644);
        open_to_append(&file).unwrap();
        assert_eq!((mode(&program), mode(&file)), (0o600, 0o600));
    }

    #[test]
    fn a_directory_that_is_everybodys_stays_so() {
        let place = tempfile::tempdir().unwrap();
        let shared = place.path().join("shared");
        fs::create_dir(&shared).unwrap();
        open_up(&shared, 0o1777);
        close_to_others(&shared);
        assert_eq!(mode(&shared), 0o1777);
    }
}
