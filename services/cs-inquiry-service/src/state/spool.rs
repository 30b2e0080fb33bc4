//! Files on their way in: written to disk while they arrive, judged as they pass, gone when nobody takes them over.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use platform::budget::{Budget, Held};
use platform::error::Problem;
use platform::owner_only;
use tokio::fs::{self, DirBuilder, File};
use tokio::io::AsyncWriteExt as _;

use crate::domain::attachment::{ContentRefusal, FileKind, JudgeError, LARGEST_FILE, judge};
use crate::refusals::disk_failed;
use crate::state::passing::Passing;

/// A directory for them.
#[derive(Clone, Debug)]
pub struct Spool {
    directory: PathBuf,
    /// Bytes that may lie there.
    room: Budget,
}

/// Why a file was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRefusal {
    TooLarge,
    Content(ContentRefusal),
}

/// A file that is just arriving.
pub struct Arriving {
    file: File,
    path: TemporaryPath,
    room: Held,
    passing: Passing,
    bytes: u64,
}

/// A file that has arrived whole and may be kept.
#[derive(Debug)]
pub struct Arrived {
    pub path: TemporaryPath,
    pub kind: FileKind,
    pub bytes: u64,
    /// Given back behind the path: when the file is gone.
    _room: Held,
}

/// A file that is removed with this value, unless it was moved away.
#[derive(Debug)]
pub struct TemporaryPath(PathBuf);

impl TemporaryPath {
    pub fn as_path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryPath {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a temporary file stays until it is swept");
            }
            _ => {}
        }
    }
}

impl Spool {
    /// Makes the directory if it is not there. Files that arrive may take as much as `room` has.
    pub async fn open(directory: PathBuf, room: Budget) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(owner_only::DIRECTORY).create(&directory).await?;
        owner_only::close_to_others(&directory);
        Ok(Self { directory, room })
    }

    pub async fn begin(&self) -> Result<Arriving, Problem> {
        let name = format!("{:032x}", rand::random::<u128>());
        let room = self.room.take(0)?;
        let path = TemporaryPath(self.directory.join(name));
        let mut options = File::options();
        options.read(true).write(true).create_new(true).mode(owner_only::FILE);
        let file = options.open(path.as_path()).await.map_err(disk_failed)?;
        Ok(Arriving { file, path, room, passing: Passing::new(), bytes: 0 })
    }

    /// Removes what a process left behind that died; says how many files.
    pub async fn sweep(&self, older_than: Duration) -> io::Result<usize> {
        let mut entries = fs::read_dir(&self.directory).await?;
        let mut swept = 0;
        while let Some(entry) = entries.next_entry().await? {
            let modified = entry.metadata().await.and_then(|metadata| metadata.modified());
            // A file that is gone or from the future is none to sweep.
            let age = modified.ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > older_than) && fs::remove_file(entry.path()).await.is_ok() {
                swept += 1;
            }
        }
        Ok(swept)
    }
}

impl Arriving {
    /// Takes the next bytes. What lies beyond the limit is only counted and digested.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.passing.see(chunk);
        self.bytes = self.bytes.saturating_add(length);
        if self.bytes > LARGEST_FILE {
            return Ok(());
        }
        self.room.grow(length)?;
        Ok(self.file.write_all(chunk).await.map_err(disk_failed)?)
    }

    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The digest of all bytes, and the file if it may be kept, safe on disk.
    pub async fn finish(mut self) -> Result<(Vec<u8>, Result<Arrived, FileRefusal>), Problem> {
        let digest = self.passing.digest();
        if self.bytes > LARGEST_FILE {
            return Ok((digest, Err(FileRefusal::TooLarge)));
        }
        self.file.flush().await.map_err(disk_failed)?;
        let file = self.file.into_std().await;
        let judged = tokio::task::spawn_blocking(move || {
            let kind = judge(&file)?;
            file.sync_all()?;
            Ok(kind)
        });
        match judged.await.map_err(Problem::internal)? {
            Ok(kind) => {
                Ok((digest, Ok(Arrived { path: self.path, kind, bytes: self.bytes, _room: self.room })))
            }
            Err(JudgeError::Refused(refusal)) => Ok((digest, Err(FileRefusal::Content(refusal)))),
            Err(JudgeError::Unreadable(error)) => Err(disk_failed(error).into()),
        }
    }
}
