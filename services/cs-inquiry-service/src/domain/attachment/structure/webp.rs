//! WebP (RFC 9649, section 2): one RIFF of chunks that fill it.

use std::io::{Read, Seek};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError};

/// What the first chunk is called: lossy, lossless, or with more chunks to come.
const FIRST: [&[u8; 4]; 3] = [b"VP8 ", b"VP8L", b"VP8X"];

pub(super) fn pass<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    walk.skip(4)?;
    let size = u64::from(u32::from_le_bytes(walk.take()?));
    let end = walk.at() + size;
    // Its name.
    walk.skip(4)?;
    if end > walk.end() {
        return Err(ContentRefusal::Broken.into());
    }
    if !FIRST.contains(&&walk.take()?) {
        return Err(ContentRefusal::Broken.into());
    }
    pass_content(walk, end)?;
    while walk.at() < end {
        walk.skip(4)?;
        pass_content(walk, end)?;
    }
    if walk.at() != end {
        return Err(ContentRefusal::Broken.into());
    }
    // What has an odd length is followed by a byte to fill up.
    if size % 2 == 1 && !walk.is_at_end() {
        walk.skip(1)?;
    }
    if walk.is_at_end() { Ok(()) } else { Err(ContentRefusal::TwoFaced.into()) }
}

fn pass_content<R: Read + Seek>(walk: &mut Walk<R>, end: u64) -> Result<(), JudgeError> {
    let size = u64::from(u32::from_le_bytes(walk.take()?));
    walk.skip(size)?;
    if size % 2 == 1 && walk.at() < end {
        walk.skip(1)?;
    }
    Ok(())
}
