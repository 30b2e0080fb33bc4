//! Attachments in a directory, spread over 65,536 folders so that none grows large.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use commerce::FileNo;
use futures_util::stream;
use platform::owner_only;
use tokio::fs::{self, DirBuilder, File};
use tokio::io::AsyncReadExt as _;

use super::{AttachmentStore, ByteStream, StoreError};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// A directory on a disk of its own machine, or one that all replicas share.
#[derive(Debug, Clone)]
pub struct LocalStore {
    root: PathBuf,
}

impl LocalStore {
    /// Makes the directory if it is not there, and fails now rather than at the first upload.
    pub async fn open(root: &Path) -> io::Result<Self> {
        make_directory(root).await?;
        owner_only::close_to_others(root);
        Ok(Self { root: root.to_owned() })
    }

    /// Two folders of two characters each, then the file.
    fn path(&self, file_no: &FileNo) -> (PathBuf, PathBuf) {
        let name = file_no.as_str();
        let first = name.get(..2).unwrap_or("__");
        let second = name.get(2..4).unwrap_or("__");
        let folder = self.root.join(first).join(second);
        let file = folder.join(name);
        (folder, file)
    }
}

async fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(owner_only::DIRECTORY).create(path).await
}

#[async_trait]
impl AttachmentStore for LocalStore {
    /// Moves the file, which lies on the same disk and is synced already; then the move is synced, too.
    async fn put(&self, file_no: &FileNo, source: &Path) -> Result<(), StoreError> {
        let (folder, file) = self.path(file_no);
        make_directory(&folder).await?;
        fs::rename(source, &file).await?;
        // A new folder must survive as well: its parents are synced up to the root.
        for folder in folder.ancestors().take(3) {
            File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    async fn open(&self, file_no: &FileNo) -> Result<Option<ByteStream>, StoreError> {
        let (_, file) = self.path(file_no);
        let file = match File::open(file).await {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Box::pin(stream::try_unfold(file, async |mut file| {
            let mut chunk = BytesMut::with_capacity(CHUNK);
            let read = file.read_buf(&mut chunk).await?;
            Ok::<Option<(Bytes, File)>, io::Error>((read > 0).then(|| (chunk.freeze(), file)))
        }))))
    }

    async fn delete(&self, file_no: &FileNo) -> Result<(), StoreError> {
        let (_, file) = self.path(file_no);
        match fs::remove_file(file).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
