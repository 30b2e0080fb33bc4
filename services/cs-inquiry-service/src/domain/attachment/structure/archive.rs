//! A ZIP is read from its end: whatever stands before it, its last record says where everything lies.

use std::io::{Read, Seek};

use super::JudgeError;
use super::walk::Walk;

/// The last record, without the comment that ends it.
const RECORD: usize = 22;
const LONGEST_COMMENT: usize = 65_535;

/// Whether the file ends exactly as an archive does, its comment with it. An archive that lies within a document, and so
/// ends before the document does, is not one; and chance does not make a record that counts the bytes behind it.
pub(super) fn is_one<R: Read + Seek>(walk: &mut Walk<R>) -> Result<bool, JudgeError> {
    let tail = walk.before(walk.end(), RECORD + LONGEST_COMMENT)?;
    let mut records =
        tail.windows(RECORD).enumerate().filter(|(_, record)| record.starts_with(b"PK\x05\x06"));
    Ok(records.any(|(at, record)| is_end(record, tail.len() - at - RECORD)))
}

fn is_end(record: &[u8], behind: usize) -> bool {
    let number = |at: usize| match record.get(at..at + 2) {
        Some([low, high]) => Some(u16::from_le_bytes([*low, *high])),
        _ => None,
    };
    let is_first_disk = number(4) == Some(0) && number(6) == Some(0);
    is_first_disk && number(8) == number(10) && number(20).map(usize::from) == Some(behind)
}
