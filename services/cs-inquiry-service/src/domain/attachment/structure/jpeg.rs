//! JPEG (ITU-T T.81, annex B): segments that say how long they are, and scans that end at the next marker.

use std::io::{Read, Seek};

use super::walk::Walk;
use super::{ContentRefusal, JudgeError};

pub(super) const BEGINNING: [u8; 3] = [0xFF, START, 0xFF];

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
/// Stands alone, for the use of coders.
const TEMPORARY: u8 = 0x01;

/// From the first marker to the one that ends the picture.
pub(super) fn pass<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    if walk.take()? != [0xFF, START] {
        return Err(ContentRefusal::Broken.into());
    }
    loop {
        match marker(walk)? {
            END => return Ok(()),
            TEMPORARY => {}
            code if is_restart(code) => {}
            0x00 | START => return Err(ContentRefusal::Broken.into()),
            code => {
                let size = u16::from_be_bytes(walk.take()?);
                walk.skip(size.checked_sub(2).ok_or(ContentRefusal::Broken)?.into())?;
                if code == SCAN {
                    pass_scan(walk)?;
                }
            }
        }
    }
}

/// The code of the marker that must come next; any number of fill bytes may stand before it.
fn marker<R: Read + Seek>(walk: &mut Walk<R>) -> Result<u8, JudgeError> {
    if walk.take()? != [0xFF] {
        return Err(ContentRefusal::Broken.into());
    }
    walk.pass_while(walk.end(), |byte| byte == 0xFF)?;
    let [code] = walk.take()?;
    Ok(code)
}

/// Coded data, in which 0xFF is followed by a zero, up to a marker that is none of its own.
fn pass_scan<R: Read + Seek>(walk: &mut Walk<R>) -> Result<(), JudgeError> {
    loop {
        walk.pass_while(walk.end(), |byte| byte != 0xFF)?;
        match walk.ahead()? {
            Some([_, code]) if code == 0x00 || is_restart(code) => walk.skip(2)?,
            Some([_, 0xFF]) => walk.skip(1)?,
            Some(_) => return Ok(()),
            None => return Err(ContentRefusal::Broken.into()),
        }
    }
}

fn is_restart(code: u8) -> bool {
    (0xD0..=0xD7).contains(&code)
}
