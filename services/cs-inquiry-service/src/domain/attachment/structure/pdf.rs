//! PDF (ISO 32000-2, section 7.5): a header, the place of the table that leads to everything else, and the mark of the end.
//! What lies between is found by that table alone, so other files may lie there, as those that a document carries.

use std::io::{Read, Seek};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError};

const HEADER: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";
const TABLE: &[u8] = b"startxref";
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Readers look for the header in so many bytes at the beginning, and for the end in as many at the end.
const SIGHT: usize = 1_024;

/// Where the header stands, if readers find one.
pub(super) fn header_at<R: Read + Seek>(walk: &mut Walk<R>) -> Result<Option<usize>, JudgeError> {
    let head = walk.head(SIGHT)?;
    Ok(head.windows(HEADER.len()).position(|window| window == HEADER))
}

/// Nothing but blanks may stand before the header and behind the end.
pub(super) fn check<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    let head = walk.head(SIGHT)?;
    let before = header_at(walk)?.and_then(|at| head.get(..at)).ok_or(ContentRefusal::UnknownKind)?;
    if !before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before).iter().all(is_blank) {
        return Err(ContentRefusal::TwoFaced.into());
    }
    let end = end_of_content(walk)?;
    let tail = walk.before(end, SIGHT)?;
    let before_end = tail.strip_suffix(END).ok_or(if holds(&tail, END) {
        ContentRefusal::TwoFaced
    } else {
        ContentRefusal::Broken
    })?;
    let before_place = strip(before_end, is_blank);
    let before_digits = strip(before_place, u8::is_ascii_digit);
    let has_place = before_digits.len() < before_place.len();
    if has_place && strip(before_digits, is_blank).ends_with(TABLE) {
        Ok(())
    } else {
        Err(ContentRefusal::Broken.into())
    }
}

/// Whether a reader of PDF would open a file of another kind: both marks stand where it looks for them.
pub(super) fn may_be_opened<R: Read + Seek>(walk: &mut Walk<R>) -> Result<bool, JudgeError> {
    let tail = walk.before(walk.end(), SIGHT)?;
    Ok(header_at(walk)?.is_some() && holds(&tail, END))
}

/// Behind the last byte that is no blank.
fn end_of_content<R: Read + Seek>(walk: &mut Walk<R>) -> Result<u64, JudgeError> {
    let mut end = walk.end();
    while end > 0 {
        let piece = walk.before(end, SIGHT)?;
        let content = strip(&piece, is_blank);
        let blanks = piece.len() - content.len();
        end -= u64::try_from(blanks).unwrap_or(0);
        if !content.is_empty() {
            break;
        }
    }
    Ok(end)
}

fn strip(bytes: &[u8], is_stripped: impl Fn(&u8) -> bool) -> &[u8] {
    let kept = bytes.iter().rposition(|byte| !is_stripped(byte)).map_or(0, |last| last + 1);
    bytes.get(..kept).unwrap_or(bytes)
}

/// White space as PDF has it, and the mark with which some old systems end a text.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'\x1A')
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
