//! Files that hold other people's data are their owner's alone, whatever umask a process was started with.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Of files that a service makes.
pub const FILE: u32 = 0o600;
/// Of directories that a service makes.
pub const DIRECTORY: u32 = 0o700;
const GROUP_AND_OTHERS: u32 = 0o077;
const STICKY: u32 = 0o1000;

/// Takes from a file or directory what group and others may do with it.
///
/// A volume can belong to another user and be ours through its group alone: it can't be changed, and still serves.
pub fn close_to_others(path: &Path) {
    let Ok(metadata) = fs::metadata(path) else { return };
    let mode = metadata.permissions().mode();
    // A sticky directory is everybody's, as /tmp is, and so is /dev/null.
    let may_be_ours = metadata.is_file() || (metadata.is_dir() && mode & STICKY == 0);
    if !may_be_ours || mode & GROUP_AND_OTHERS == 0 {
        return;
    }
    if let Err(error) = fs::set_permissions(path, Permissions::from_mode(mode & !GROUP_AND_OTHERS)) {
        tracing::warn!(%error, path = %path.display(), "stays open to other users of this machine");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_open_is_closed_and_what_is_everybodys_stays() {
        let place = tempfile::tempdir().unwrap();
        let (directory, file, shared) =
            (place.path().join("directory"), place.path().join("file"), place.path().join("shared"));
        fs::create_dir(&directory).unwrap();
        fs::create_dir(&shared).unwrap();
        fs::write(&file, "").unwrap();
        for (path, before, after) in
            [(&directory, 0o2775, 0o2700), (&file, 0o644, 0o600), (&shared, 0o1777, 0o1777)]
        {
            fs::set_permissions(path, Permissions::from_mode(before)).unwrap();
            close_to_others(path);
            assert_eq!(
                fs::metadata(path).unwrap().permissions().mode() & 0o7777,
                after,
                "{}",
                path.display()
            );
        }
        close_to_others(&place.path().join("missing"));
    }
}
