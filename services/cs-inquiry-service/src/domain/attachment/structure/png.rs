//! PNG (W3C, third edition, section 5): chunks with a checksum, the first and the last of a fixed name.

use std::io::{Read, Seek};

use crc_fast::{CrcAlgorithm, Digest};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError};

pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

const FIRST: &[u8; 4] = b"IHDR";
const LAST: &[u8; 4] = b"IEND";

pub(super) fn pass<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    walk.skip(8)?;
    if pass_chunk(walk)? != *FIRST {
        return Err(ContentRefusal::Broken.into());
    }
    while pass_chunk(walk)? != *LAST {}
    if walk.is_at_end() { Ok(()) } else { Err(ContentRefusal::TwoFaced.into()) }
}

/// Says what the chunk is called.
fn pass_chunk<R: Read + Seek>(walk: &mut Walk<R>) -> Result<[u8; 4], JudgeError> {
    let size = u32::from_be_bytes(walk.take()?);
    let name: [u8; 4] = walk.take()?;
    let mut checksum = Digest::new(CrcAlgorithm::Crc32IsoHdlc);
    checksum.update(&name);
    walk.show(size.into(), |piece| checksum.update(piece))?;
    let said = u32::from_be_bytes(walk.take()?);
    if checksum.finalize() == u64::from(said) { Ok(name) } else { Err(ContentRefusal::Broken.into()) }
}
