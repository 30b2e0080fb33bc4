//! Where the bytes of attachments lie: a directory or a bucket, chosen by the settings.
//!
//! A file is found by its opaque number alone. Whose it is and what it is called is known to the database only.

mod local;
mod s3;

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use commerce::FileNo;
use futures_util::Stream;

use crate::settings::{AttachmentSettings, StoreKind};
pub use local::LocalStore;
pub use s3::S3Store;

/// A file's bytes, as they come.
pub type ByteStream = Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the attachment directory failed")]
    Directory(#[from] std::io::Error),
    #[error("the attachment bucket failed")]
    Bucket(#[from] object_store::Error),
}

#[async_trait]
pub trait AttachmentStore: Send + Sync {
    /// Takes a file over that lies ready at `source`. When this returns, it survives a power cut.
    async fn put(&self, file_no: &FileNo, source: &Path) -> Result<(), StoreError>;

    /// The bytes of a file, or `None` when there is none of that number.
    async fn open(&self, file_no: &FileNo) -> Result<Option<ByteStream>, StoreError>;

    /// Removes a file; one that is not there is removed already.
    async fn delete(&self, file_no: &FileNo) -> Result<(), StoreError>;
}

/// The store the settings name.
pub async fn from_settings(
    settings: &AttachmentSettings,
    directory: &Path,
) -> Result<Arc<dyn AttachmentStore>, StoreError> {
    Ok(match settings.store {
        StoreKind::Local => Arc::new(LocalStore::open(directory).await?),
        StoreKind::S3 => Arc::new(S3Store::new(&settings.s3)?),
    })
}
