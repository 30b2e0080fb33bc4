//! Files on their way in: written to disk while they arrive, judged as they pass, gone when nobody takes them over.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::digest;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

use crate::domain::attachment::{ContentRefusal, FileKind, LARGEST_FILE, Sniffer};

/// A directory for them.
#[derive(Clone, Debug)]
pub struct Spool {
    directory: PathBuf,
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
    sniffer: Sniffer,
    passing: Passing,
    bytes: u64,
}

/// Bytes that go by and leave only their digest.
pub struct Passing(digest::Context);

/// A file that has arrived whole and may be kept.
#[derive(Debug)]
pub struct Arrived {
    pub path: TemporaryPath,
    pub kind: FileKind,
    pub bytes: u64,
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

impl Passing {
    #[expect(clippy::new_without_default, reason = "nothing is passed by default")]
    pub fn new() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }

    pub fn see(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    pub fn digest(self) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}

impl Spool {
    /// Makes the directory if it is not there.
    pub async fn open(directory: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&directory).await?;
        Ok(Self { directory })
    }

    pub async fn begin(&self) -> io::Result<Arriving> {
        let name = format!("{:032x}", rand::random::<u128>());
        let path = TemporaryPath(self.directory.join(name));
        let file = File::create_new(path.as_path()).await?;
        Ok(Arriving { file, path, sniffer: Sniffer::default(), passing: Passing::new(), bytes: 0 })
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
    pub async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.passing.see(chunk);
        self.bytes = self.bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        if self.bytes > LARGEST_FILE {
            return Ok(());
        }
        self.sniffer.see(chunk);
        self.file.write_all(chunk).await
    }

    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The digest of all bytes, and the file if it may be kept, safe on disk.
    pub async fn finish(mut self) -> io::Result<(Vec<u8>, Result<Arrived, FileRefusal>)> {
        let digest = self.passing.digest();
        if self.bytes > LARGEST_FILE {
            return Ok((digest, Err(FileRefusal::TooLarge)));
        }
        let kind = match self.sniffer.judge() {
            Ok(kind) => kind,
            Err(refusal) => return Ok((digest, Err(FileRefusal::Content(refusal)))),
        };
        self.file.flush().await?;
        self.file.sync_all().await?;
        Ok((digest, Ok(Arrived { path: self.path, kind, bytes: self.bytes })))
    }
}
