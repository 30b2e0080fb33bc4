//! Bytes that go by and leave only their digest.

use aws_lc_rs::digest;

/// SHA-256 of what has gone by.
pub struct Passing(digest::Context);

impl Passing {
    #[expect(clippy::new_without_default, reason = "nothing is passed by default")]
    pub fn new() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }

    pub fn see(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// One of several parts whose borders count, as in `service_kit::once::digest_of`.
    pub fn see_part(&mut self, part: &[u8]) {
        self.see(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.see(part);
    }

    pub fn digest(self) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use service_kit::once::digest_of;

    use super::*;

    #[test]
    fn parts_that_go_by_leave_the_digest_that_they_have_together() {
        let parts: [&[u8]; 4] = [b"text", b"", b"title", &[7; 1_000]];
        let mut passing = Passing::new();
        for part in parts {
            passing.see_part(part);
        }
        assert_eq!(hex::encode(passing.digest()), digest_of(&parts));
    }
}
