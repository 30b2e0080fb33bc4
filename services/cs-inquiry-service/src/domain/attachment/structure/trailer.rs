//! What cameras put behind a JPEG, each with a structure of its own: further pictures (a preview, the map of a bright
//! display), the seconds around it as a film, zeros that fill up a block, and Samsung's trailer. Anything else is foreign.

use std::io::{Read, Seek};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError, boxes, jpeg};

/// Samsung's directory begins and ends with these.
const DIRECTORY: &[u8; 4] = b"SEFH";
const END: &[u8; 4] = b"SEFT";

pub(super) fn pass<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    let behind = walk.at();
    let end = samsungs_begin(walk)?.filter(|begin| *begin >= behind).unwrap_or(walk.end());
    walk.go_to(behind)?;
    while walk.at() < end {
        pass_piece(walk, end).map_err(|error| match error {
            JudgeError::Refused(_) => ContentRefusal::TwoFaced.into(),
            error => error,
        })?;
    }
    if walk.at() == end { Ok(()) } else { Err(ContentRefusal::TwoFaced.into()) }
}

fn pass_piece<R: Read + Seek>(walk: &mut Walk<R>, end: u64) -> Result<(), JudgeError> {
    if walk.ahead()? == Some(jpeg::BEGINNING) {
        return jpeg::pass(walk);
    }
    match walk.ahead()? {
        Some([_, _, _, _, b'f', b't', b'y', b'p']) => boxes::pass_to(walk, end),
        _ => {
            let here = walk.at();
            walk.pass_while(end, |byte| byte == 0)?;
            if walk.at() > here { Ok(()) } else { Err(ContentRefusal::TwoFaced.into()) }
        }
    }
}

/// Where a trailer of Samsung's begins: blocks, a directory that says how far before it each of them begins, the directory's
/// length, and the mark at the end of the file.
fn samsungs_begin<R: Read + Seek>(walk: &mut Walk<R>) -> Result<Option<u64>, JudgeError> {
    let Some(length_at) = walk.end().checked_sub(8) else { return Ok(None) };
    walk.go_to(length_at)?;
    let length = u64::from(u32::from_le_bytes(walk.take()?));
    let Some(directory_at) = length_at.checked_sub(length).filter(|_| length >= 12) else { return Ok(None) };
    if walk.take()? != *END {
        return Ok(None);
    }
    walk.go_to(directory_at)?;
    if walk.take()? != *DIRECTORY {
        return Ok(None);
    }
    // Its version.
    walk.skip(4)?;
    let blocks = u64::from(u32::from_le_bytes(walk.take()?));
    if length < 12 + 12 * blocks {
        return Ok(None);
    }
    let mut farthest = 0;
    for _ in 0..blocks {
        // The block's type.
        walk.skip(4)?;
        farthest = farthest.max(u32::from_le_bytes(walk.take()?));
        // Its length.
        walk.skip(4)?;
    }
    Ok(directory_at.checked_sub(farthest.into()))
}
