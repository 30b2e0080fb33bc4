//! Where attachments lie.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::domain::attachment::{LARGEST_FILE, MOST_FILES};

/// Every text of an inquiry, each as long as a part may be, fits.
const LEAST_TEXT_BYTES: u64 = 2 << 20;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttachmentSettings {
    pub store: StoreKind,
    /// Of the local store, and of files on their way to the bucket.
    pub directory: Option<PathBuf>,
    /// How long an upload may take to become part of an inquiry.
    pub orphan_after_minutes: u32,
    /// How long a sender may be silent within an upload.
    pub idle_timeout_seconds: u64,
    /// Uploads that a process takes at the same time.
    pub uploads_at_once: u64,
    /// Bytes of texts that come with them, of all together.
    pub text_bytes: u64,
    /// Bytes of files on their way in, of all together.
    pub spool_bytes: u64,
    /// Files and bytes that a member may bring on one Korean day.
    pub daily_files: u32,
    pub daily_bytes: u32,
    pub s3: S3Settings,
}

impl Default for AttachmentSettings {
    fn default() -> Self {
        Self {
            store: StoreKind::default(),
            directory: None,
            orphan_after_minutes: 60,
            idle_timeout_seconds: 30,
            uploads_at_once: 32,
            text_bytes: 32 << 20,
            spool_bytes: 900 << 20,
            daily_files: 50,
            daily_bytes: 200 << 20,
            s3: S3Settings::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    #[default]
    Local,
    S3,
}

/// A bucket that speaks S3.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct S3Settings {
    /// Empty for Amazon's own.
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    pub prefix: String,
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    /// `https://endpoint/bucket/key` instead of `https://bucket.endpoint/key`.
    pub path_style: bool,
    pub allow_http: bool,
    pub connect_timeout_ms: u64,
    pub timeout_ms: u64,
}

impl Default for S3Settings {
    fn default() -> Self {
        Self {
            endpoint: String::new(),
            region: "ap-northeast-2".to_owned(),
            bucket: String::new(),
            prefix: "inquiries".to_owned(),
            access_key_id: String::new(),
            secret_access_key: SecretString::default(),
            path_style: false,
            allow_http: false,
            connect_timeout_ms: 2_000,
            timeout_ms: 30_000,
        }
    }
}

impl AttachmentSettings {
    /// With less than one upload needs, none would ever be taken.
    pub fn check(&self) -> Result<(), String> {
        let largest = LARGEST_FILE * u64::try_from(MOST_FILES).unwrap_or(u64::MAX);
        for (key, value, least) in [
            ("uploads_at_once", self.uploads_at_once, 1),
            ("text_bytes", self.text_bytes, LEAST_TEXT_BYTES),
            ("spool_bytes", self.spool_bytes, largest),
        ] {
            if value < least {
                return Err(format!("{key} must be at least {least}"));
            }
        }
        Ok(())
    }

    /// The directory given, else one beside the SQLite file, else one in the working directory.
    pub fn directory(&self, database_url: &SecretString) -> PathBuf {
        if let Some(directory) = self.directory.as_ref().filter(|path| !path.as_os_str().is_empty()) {
            return directory.clone();
        }
        database_url
            .expose_secret()
            .strip_prefix("sqlite://")
            .and_then(|file| Path::new(file).parent())
            .map_or_else(|| PathBuf::from("attachments"), |folder| folder.join("attachments"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_lie_beside_the_database_unless_a_place_is_named() {
        let directory = |given: Option<&str>, url: &str| {
            let settings =
                AttachmentSettings { directory: given.map(PathBuf::from), ..AttachmentSettings::default() };
            settings.directory(&SecretString::from(url)).display().to_string()
        };
        assert_eq!(directory(None, "sqlite:///data/cs_inquiry.sqlite"), "/data/attachments");
        assert_eq!(directory(Some(""), "sqlite://cs.sqlite"), "attachments");
        assert_eq!(directory(None, "postgres://u:p@h/shop"), "attachments");
        assert_eq!(directory(Some("/files"), "sqlite:///data/x"), "/files");
    }
}
