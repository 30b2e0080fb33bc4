//! Judges a file by its bytes while they pass.
//!
//! The head decides the kind. Then the places are searched in which browsers, desktops and archive tools look when they
//! make up their own mind: a file that is a picture to one and a page or an archive to another is refused.

use super::FileKind;

/// Bytes at the beginning that are searched for pages and scripts. Browsers look at 1,445, some servers at 4,096.
const HEAD: usize = 4_096;
/// Readers of PDF accept its mark within so many bytes.
const PDF_HEAD: usize = 1_024;
/// An archive's directory ends within so many bytes of the end: its record of 22 and a comment of 65,535.
const TAIL: usize = 22 + 65_535;

/// Beginnings of pages and scripts, in lower case. XMP (`<?xpacket`, `<x:xmpmeta`) is in many photos and is none of them.
const ACTIVE_MARKS: [&[u8]; 14] = [
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<svg",
    b"<img",
    b"<style",
    b"<?php",
    b"<?xml-stylesheet",
    b"<%@",
];

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("the content is of no kind that is taken")]
    UnknownKind,
    /// The content is of a kind that is taken and of another one as well.
    #[error("the content can be read as something else")]
    TwoFaced,
}

/// Sees a file go by and remembers both ends of it.
#[derive(Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Sniffer {
    pub fn see(&mut self, chunk: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..room).unwrap_or_default());
        self.tail.extend_from_slice(chunk);
        // Cutting only when twice the size has come together moves each byte once on average.
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
    }

    pub fn judge(&self) -> Result<FileKind, ContentRefusal> {
        if self.head.is_empty() {
            return Err(ContentRefusal::Empty);
        }
        let kind = kind_of(&self.head).ok_or(ContentRefusal::UnknownKind)?;
        let head = self.head.to_ascii_lowercase();
        let is_page = ACTIVE_MARKS.iter().any(|mark| holds(&head, mark));
        let is_also_pdf =
            kind != FileKind::Pdf && holds(self.head.get(..PDF_HEAD).unwrap_or(&self.head), b"%PDF-");
        if is_page || is_also_pdf || ends_as_archive(&self.tail) {
            Err(ContentRefusal::TwoFaced)
        } else {
            Ok(kind)
        }
    }
}

fn kind_of(head: &[u8]) -> Option<FileKind> {
    let is_riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(FileKind::Jpeg)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(FileKind::Png)
    } else if is_riff {
        Some(FileKind::WebP)
    } else if is_heic(head) {
        Some(FileKind::Heic)
    } else if head.starts_with(b"%PDF-") {
        Some(FileKind::Pdf)
    } else {
        None
    }
}

/// HEIC by its brand. `mif1` and `msf1` only say that it is a picture in such a box; then one of the compatible brands
/// must be HEVC's, or it is an AVIF.
fn is_heic(head: &[u8]) -> bool {
    const HEVC: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
    const CONTAINER: [&[u8]; 2] = [b"mif1", b"msf1"];
    if head.get(4..8) != Some(b"ftyp") {
        return false;
    }
    let Some(major) = head.get(8..12) else { return false };
    if HEVC.contains(&major) {
        return true;
    }
    let size = head.get(..4).map_or(0, |bytes| {
        bytes.iter().fold(0_usize, |size, byte| size.saturating_mul(256).saturating_add(usize::from(*byte)))
    });
    let compatible = head.get(16..size.min(head.len())).unwrap_or_default();
    CONTAINER.contains(&major) && compatible.chunks_exact(4).any(|brand| HEVC.contains(&brand))
}

/// Whether an archive tool would find a ZIP's directory at the end of the file.
fn ends_as_archive(tail: &[u8]) -> bool {
    let marks = tail.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x05\x06").map(|(at, _)| at);
    marks.into_iter().any(|at| tail.get(at..).is_some_and(is_archive_end))
}

/// Four bytes can come together by chance in a photo; a whole record that makes sense can't.
fn is_archive_end(record: &[u8]) -> bool {
    let number = |at: usize| match record.get(at..at + 2) {
        Some([low, high]) => Some(u16::from_le_bytes([*low, *high])),
        _ => None,
    };
    let (Some(disk), Some(first_disk)) = (number(4), number(6)) else { return false };
    let (Some(entries_here), Some(entries), Some(comment)) = (number(8), number(10), number(20)) else {
        return false;
    };
    disk == 0 && first_disk == 0 && entries_here == entries && record.len() >= 22 + usize::from(comment)
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
