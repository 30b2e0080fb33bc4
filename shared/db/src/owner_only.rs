//! A SQLite file holds other people's data: it is its owner's alone, and so is the folder that is made for it.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub(crate) const FILE: u32 = 0o600;
const GROUP_AND_OTHERS: u32 = 0o077;

/// One at a time: closing a file ends every lock this process has on it, SQLite's own too.
static MAKING: Mutex<()> = Mutex::new(());

/// Makes the folder of a file where there is none. One that is there may be anybody's, and stays as it is.
pub(crate) fn folder_of(file: &Path) -> Result<(), (PathBuf, io::Error)> {
    let Some(folder) = file.parent() else { return Ok(()) };
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| (folder.to_owned(), error))
}

/// Makes an empty file where there is none, and closes what is there to others; SQLite gives its log and its index the mode of
/// the file. What can't be made is left for SQLite to report.
pub(crate) fn database(file: &Path) {
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let made = OpenOptions::new().write(true).create_new(true).mode(FILE).open(file);
    if made.is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
        for suffix in ["", "-wal", "-shm", ".migration-lock"] {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            close_to_others(Path::new(&name));
        }
    }
}

/// By its name, because opening and closing it would end SQLite's locks. A file of another user's can't be changed, and serves.
fn close_to_others(path: &Path) {
    let Ok(metadata) = fs::metadata(path) else { return };
    let mode = metadata.permissions().mode();
    if mode & GROUP_AND_OTHERS == 0 {
        return;
    }
    if let Err(error) = fs::set_permissions(path, Permissions::from_mode(mode & !GROUP_AND_OTHERS)) {
        tracing::warn!(%error, file = %path.display(), "other users of this machine may read the database");
    }
}
