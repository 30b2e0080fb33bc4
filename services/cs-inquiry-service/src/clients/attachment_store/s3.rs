//! Attachments in a bucket that speaks S3.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use commerce::FileNo;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{ClientOptions, Error, MultipartUpload, ObjectStoreExt as _, PutPayload, RetryConfig};
use secrecy::ExposeSecret as _;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use super::{AttachmentStore, ByteStream, StoreError};
use crate::settings::S3Settings;

/// The smallest part S3 takes, but for the last; and the most of a file that is in memory at once.
const PART: usize = 5 * 1024 * 1024;

/// A bucket, or the part of one below a prefix.
#[derive(Debug)]
pub struct S3Store {
    bucket: AmazonS3,
    prefix: String,
}

impl S3Store {
    pub fn new(settings: &S3Settings) -> Result<Self, Error> {
        let timeouts = ClientOptions::new()
            .with_connect_timeout(Duration::from_millis(settings.connect_timeout_ms))
            .with_timeout(Duration::from_millis(settings.timeout_ms))
            .with_allow_http(settings.allow_http);
        // A caller waits behind this; the outbox tries deletions again by itself.
        let retries = RetryConfig {
            max_retries: 2,
            retry_timeout: Duration::from_millis(settings.timeout_ms),
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_region(&settings.region)
            .with_bucket_name(&settings.bucket)
            .with_access_key_id(&settings.access_key_id)
            .with_secret_access_key(settings.secret_access_key.expose_secret())
            .with_virtual_hosted_style_request(!settings.path_style)
            // Files go one by one, and not every bucket knows how to delete in bulk.
            .with_disable_bulk_delete(true)
            .with_client_options(timeouts)
            .with_retry(retries);
        if !settings.endpoint.is_empty() {
            builder = builder.with_endpoint(&settings.endpoint);
        }
        Ok(Self { bucket: builder.build()?, prefix: settings.prefix.clone() })
    }

    fn key(&self, file_no: &FileNo) -> Key {
        Key::from_iter([self.prefix.as_str(), file_no.as_str()].into_iter().filter(|part| !part.is_empty()))
    }
}

#[async_trait]
impl AttachmentStore for S3Store {
    /// In one piece if it is small, else in parts: a bucket shows a file whole or not at all.
    async fn put(&self, file_no: &FileNo, source: &Path) -> Result<(), StoreError> {
        let key = self.key(file_no);
        let mut file = File::open(source).await?;
        let length = usize::try_from(file.metadata().await?.len()).unwrap_or(usize::MAX);
        let first = next_part(&mut file, length.min(PART)).await?;
        if first.len() < PART {
            self.bucket.put(&key, PutPayload::from_bytes(first)).await?;
            return Ok(());
        }
        let mut upload = self.bucket.put_multipart(&key).await?;
        match put_parts(upload.as_mut(), first, &mut file).await {
            Ok(()) => Ok(()),
            Err(error) => {
                if let Err(abort) = upload.abort().await {
                    tracing::warn!(error = %abort, "the parts of a failed upload stay until the bucket removes them");
                }
                Err(error)
            }
        }
    }

    async fn open(&self, file_no: &FileNo) -> Result<Option<ByteStream>, StoreError> {
        match self.bucket.get(&self.key(file_no)).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(std::io::Error::other).boxed())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn delete(&self, file_no: &FileNo) -> Result<(), StoreError> {
        match self.bucket.delete(&self.key(file_no)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

async fn put_parts(
    upload: &mut dyn MultipartUpload,
    first: Bytes,
    file: &mut File,
) -> Result<(), StoreError> {
    let mut part = first;
    while !part.is_empty() {
        upload.put_part(PutPayload::from_bytes(part)).await?;
        part = next_part(file, PART).await?;
    }
    upload.complete().await?;
    Ok(())
}

async fn next_part(file: &mut File, most: usize) -> std::io::Result<Bytes> {
    let mut part = BytesMut::with_capacity(most);
    while part.len() < most {
        let room = u64::try_from(most - part.len()).unwrap_or(u64::MAX);
        if (&mut *file).take(room).read_buf(&mut part).await? == 0 {
            break;
        }
    }
    Ok(part.freeze())
}
