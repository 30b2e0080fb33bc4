//! Steps through a file without ever stepping over its end.

use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};

use super::{ContentRefusal, JudgeError};

/// A place in a file. A step that would lead behind the end is refused: what a part claims to hold is not there.
pub(super) struct Walk<R> {
    reader: BufReader<R>,
    at: u64,
    end: u64,
}

impl<R: Read + Seek> Walk<R> {
    /// At the beginning of a file.
    pub(super) fn over(mut file: R) -> io::Result<Self> {
        let end = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        Ok(Self { reader: BufReader::new(file), at: 0, end })
    }

    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn end(&self) -> u64 {
        self.end
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.end
    }

    /// The next bytes, and behind them.
    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], JudgeError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// The next bytes, if there are so many; the walk stays where it is.
    pub(super) fn ahead<const N: usize>(&mut self) -> Result<Option<[u8; N]>, JudgeError> {
        if self.end - self.at < length(N) {
            return Ok(None);
        }
        let here = self.at;
        let bytes = self.take()?;
        self.go_to(here)?;
        Ok(Some(bytes))
    }

    pub(super) fn skip(&mut self, bytes: u64) -> Result<(), JudgeError> {
        let to = self.at.checked_add(bytes).ok_or(ContentRefusal::Broken)?;
        self.go_to(to)
    }

    pub(super) fn go_to(&mut self, place: u64) -> Result<(), JudgeError> {
        if place > self.end {
            return Err(ContentRefusal::Broken.into());
        }
        match (i64::try_from(place), i64::try_from(self.at)) {
            // Within what was read already this costs nothing.
            (Ok(to), Ok(from)) => self.reader.seek_relative(to - from)?,
            _ => return Err(ContentRefusal::Broken.into()),
        }
        self.at = place;
        Ok(())
    }

    /// Goes over the bytes that `is_passed` takes, up to the first that it does not take or to `end`.
    pub(super) fn pass_while(&mut self, end: u64, is_passed: impl Fn(u8) -> bool) -> Result<(), JudgeError> {
        while self.at < end {
            let room = usize::try_from(end - self.at).unwrap_or(usize::MAX);
            let buffer = self.reader.fill_buf()?;
            let buffer = buffer.get(..room).unwrap_or(buffer);
            if buffer.is_empty() {
                // It is shorter than it was a moment ago.
                return Err(ContentRefusal::Broken.into());
            }
            let stop = buffer.iter().position(|byte| !is_passed(*byte));
            let passed = stop.unwrap_or(buffer.len());
            self.reader.consume(passed);
            self.at += length(passed);
            if stop.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Shows `see` the next so many bytes, piece by piece.
    pub(super) fn show(&mut self, bytes: u64, mut see: impl FnMut(&[u8])) -> Result<(), JudgeError> {
        let to = self.at.checked_add(bytes).filter(|to| *to <= self.end).ok_or(ContentRefusal::Broken)?;
        while self.at < to {
            let room = usize::try_from(to - self.at).unwrap_or(usize::MAX);
            let buffer = self.reader.fill_buf()?;
            let piece = buffer.get(..room).unwrap_or(buffer);
            if piece.is_empty() {
                return Err(ContentRefusal::Broken.into());
            }
            see(piece);
            let seen = piece.len();
            self.reader.consume(seen);
            self.at += length(seen);
        }
        Ok(())
    }

    /// Up to so many bytes from the beginning.
    pub(super) fn head(&mut self, most: usize) -> Result<Vec<u8>, JudgeError> {
        self.piece(0, length(most).min(self.end))
    }

    /// Up to so many bytes before `place`.
    pub(super) fn before(&mut self, place: u64, most: usize) -> Result<Vec<u8>, JudgeError> {
        self.piece(place.saturating_sub(length(most)), place)
    }

    fn piece(&mut self, from: u64, to: u64) -> Result<Vec<u8>, JudgeError> {
        self.go_to(from)?;
        let size = usize::try_from(to - from).map_err(|_| ContentRefusal::Broken)?;
        let mut bytes = vec![0; size];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), JudgeError> {
        let wanted = length(bytes.len());
        if self.end - self.at < wanted {
            return Err(ContentRefusal::Broken.into());
        }
        self.reader.read_exact(bytes)?;
        self.at += wanted;
        Ok(())
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
