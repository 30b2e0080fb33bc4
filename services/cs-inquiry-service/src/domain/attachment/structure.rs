//! Judges a file by its structure: the parts it is made of, from its first byte to its last.
//!
//! What stands inside a part is the sender's own: whatever bytes chance put there, a picture stays one. What stands before the
//! first part or behind the last makes a file two things at once, a picture to one program and a page or an archive to
//! another, and is refused.

use std::io::{self, Read, Seek};

use self::walk::Walk;
use super::FileKind;

mod archive;
mod boxes;
mod jpeg;
mod pdf;
mod png;
mod trailer;
mod walk;
mod webp;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("the content is of no kind that is taken")]
    UnknownKind,
    /// It begins as a kind that is taken, and does not go on as one to its end.
    #[error("the content is not whole")]
    Broken,
    /// The content is of a kind that is taken and of another one as well.
    #[error("the content can be read as something else")]
    TwoFaced,
}

/// A file that is not taken, or one that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error("the file could not be read")]
    Unreadable(#[from] io::Error),
    #[error(transparent)]
    Refused(#[from] ContentRefusal),
}

/// Walks a file from its beginning to its end, some kilobytes of it in memory at a time.
pub fn judge(file: impl Read + Seek) -> Result<FileKind, JudgeError> {
    let mut walk = Walk::over(file)?;
    if walk.end() == 0 {
        return Err(ContentRefusal::Empty.into());
    }
    let kind = kind_of(&mut walk)?;
    match kind {
        FileKind::Jpeg => {
            jpeg::pass(&mut walk)?;
            trailer::pass(&mut walk)?;
        }
        FileKind::Png => png::pass(&mut walk)?,
        FileKind::WebP => webp::pass(&mut walk)?,
        FileKind::Heic => boxes::pass(&mut walk)?,
        FileKind::Pdf => pdf::check(&mut walk)?,
    }
    let is_document_too = kind != FileKind::Pdf && pdf::may_be_opened(&mut walk)?;
    if is_document_too || archive::is_one(&mut walk)? {
        return Err(ContentRefusal::TwoFaced.into());
    }
    Ok(kind)
}

/// By its first bytes; the walk stands at the beginning again.
fn kind_of<R: Read + Seek>(walk: &mut Walk<R>) -> Result<FileKind, JudgeError> {
    let head = walk.head(12)?;
    let kind = if head.starts_with(&jpeg::BEGINNING) {
        FileKind::Jpeg
    } else if head.starts_with(&png::SIGNATURE) {
        FileKind::Png
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        FileKind::WebP
    } else if head.get(4..8) == Some(b"ftyp") && boxes::are_heic(walk)? {
        FileKind::Heic
    } else if pdf::header_at(walk)?.is_some() {
        FileKind::Pdf
    } else {
        return Err(ContentRefusal::UnknownKind.into());
    };
    walk.go_to(0)?;
    Ok(kind)
}
