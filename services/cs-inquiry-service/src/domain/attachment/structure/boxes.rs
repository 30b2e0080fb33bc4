//! HEIC (ISO/IEC 14496-12 and 23008-12): boxes that say how long they are, one behind the other.

use std::io::{Read, Seek};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError};

/// Pictures and sequences of pictures coded by HEVC, in one layer or several.
const HEVC: [[u8; 4]; 8] = [*b"heic", *b"heix", *b"heim", *b"heis", *b"hevc", *b"hevx", *b"hevm", *b"hevs"];
/// These only say that there is a picture in such boxes.
const CONTAINER: [[u8; 4]; 3] = [*b"mif1", *b"mif2", *b"msf1"];
/// Says what the boxes behind it hold.
const BEGINNING: [u8; 4] = *b"ftyp";
/// The one box that may be as long as the file is.
const MEDIA: [u8; 4] = *b"mdat";

/// Whether a file that begins with `ftyp` is one of HEVC's by its brand, or by a compatible one where its own leaves the
/// coding open: else it is an AVIF or a film.
pub(super) fn are_heic<R: Read + Seek>(walk: &mut Walk<R>) -> Result<bool, JudgeError> {
    walk.go_to(0)?;
    let end = u64::from(u32::from_be_bytes(walk.take()?));
    walk.skip(4)?;
    let Some(major) = walk.ahead()? else { return Ok(false) };
    if HEVC.contains(&major) {
        return Ok(true);
    }
    if !CONTAINER.contains(&major) || end > walk.end() {
        return Ok(false);
    }
    // Behind the brand's version.
    walk.skip(8)?;
    while walk.at() + 4 <= end {
        if HEVC.contains(&walk.take()?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One `ftyp` and at least one box more.
pub(super) fn pass<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    pass_box(walk)?;
    pass_box(walk)?;
    while !walk.is_at_end() {
        // Behind the last box something else begins, or another film or picture.
        if pass_box(walk).map_err(as_foreign)? == BEGINNING {
            return Err(ContentRefusal::TwoFaced.into());
        }
    }
    Ok(())
}

/// Boxes that fill the file up to `end`.
pub(super) fn pass_to<R: Read + Seek>(walk: &mut Walk<R>, end: u64) -> Result<(), JudgeError> {
    while walk.at() < end {
        pass_box(walk)?;
    }
    Ok(())
}

/// Says what the box is called.
fn pass_box<R: Read + Seek>(walk: &mut Walk<R>) -> Result<[u8; 4], JudgeError> {
    let begin = walk.at();
    let size = u32::from_be_bytes(walk.take()?);
    let name: [u8; 4] = walk.take()?;
    if !name.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return Err(ContentRefusal::Broken.into());
    }
    let size = match size {
        0 if name == MEDIA => walk.end() - begin,
        1 => u64::from_be_bytes(walk.take()?),
        size => size.into(),
    };
    let header = walk.at() - begin;
    walk.skip(size.checked_sub(header).ok_or(ContentRefusal::Broken)?)?;
    Ok(name)
}

fn as_foreign(error: JudgeError) -> JudgeError {
    match error {
        JudgeError::Refused(_) => ContentRefusal::TwoFaced.into(),
        error => error,
    }
}
