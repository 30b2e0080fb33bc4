//! 첨부파일: what a file is, judged by its structure, and what it is called.

use commerce::FileNo;

use super::inquiry::InquiryId;

mod name;
mod structure;
#[cfg(test)]
mod tests;

pub use name::{download_name, file_name};
pub use structure::{ContentRefusal, JudgeError, judge};

/// Files an inquiry may have.
pub const MOST_FILES: usize = 5;
/// Bytes a file may have.
pub const LARGEST_FILE: u64 = 10 * 1024 * 1024;

/// 파일형식: the kinds that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Jpeg,
    Png,
    WebP,
    Heic,
    Pdf,
}

impl FileKind {
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::WebP, Self::Heic, Self::Pdf];

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }

    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Endings under which a desktop opens a file of this kind, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::WebP => &["webp"],
            Self::Heic => &["heic", "heif"],
            Self::Pdf => &["pdf"],
        }
    }

    const fn usual_ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Heic => "heic",
            Self::Pdf => "pdf",
        }
    }
}

/// 첨부파일
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub file_no: FileNo,
    /// Absent while the upload is under way.
    pub inquiry: Option<InquiryId>,
    pub name: String,
    pub bytes: i64,
    pub kind: FileKind,
}
