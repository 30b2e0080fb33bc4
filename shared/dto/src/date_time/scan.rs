//! Reads a fixed-width text from left to right.

pub(super) struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Steps over the byte if it is the next one.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                true
            }
            Some(_) | None => false,
        }
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn digit(&mut self) -> Option<u32> {
        let (first, rest) = self.rest.split_first().filter(|(first, _)| first.is_ascii_digit())?;
        self.rest = rest;
        Some(u32::from(first - b'0'))
    }

    /// Exactly so many digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |value, _| Some(value * 10 + self.digit()?))
    }

    /// One digit or more as nanoseconds; what is finer is dropped.
    pub(super) fn fraction(&mut self) -> Option<u32> {
        let mut nanoseconds = self.digit()? * 100_000_000;
        let mut place = 10_000_000;
        while let Some(digit) = self.digit() {
            nanoseconds += digit * place;
            place /= 10;
        }
        Some(nanoseconds)
    }
}
