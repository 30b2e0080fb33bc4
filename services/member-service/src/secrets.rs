//! What needs a key or a random number: sealing, passwords, the tokens of guests.

pub mod guest_token;
pub mod order_digest;
pub mod password;

use aws_lc_rs::digest::{SHA256, digest};
use platform::clock::Clock;
use service_kit::sealer::{DataKeys, Sealer};
use service_kit::start::StartError;
use subtle::{Choice, ConstantTimeEq as _};

use crate::settings::Settings;
use guest_token::GuestTokens;
use order_digest::OrderDigests;
use password::Passwords;

/// The keys of this process, read once at the start.
#[derive(Clone)]
pub struct Secrets {
    /// Seals what waits in the outbox.
    pub outbox: Sealer,
    /// Seals what is kept apart of members who have withdrawn.
    pub archive: Sealer,
    pub order_digests: OrderDigests,
    pub passwords: Passwords,
    pub guest_tokens: GuestTokens,
}

impl Secrets {
    pub fn open(settings: &Settings, clock: &Clock) -> Result<Self, StartError> {
        let unusable = |key: &'static str| move |reason: String| StartError::Setting { key, reason };
        let data_keys = DataKeys::open(&settings.secrets.data_keys())?;
        Ok(Self {
            outbox: data_keys.sealer("outbox"),
            archive: data_keys.sealer("archive"),
            order_digests: OrderDigests::new(&data_keys, settings.secrets.retired_digest_keys.as_ref())
                .map_err(|error| unusable("secrets.retired_digest_keys")(error.to_string()))?,
            passwords: Passwords::start(&settings.passwords)
                .map_err(|error| unusable("passwords")(error.to_string()))?,
            guest_tokens: GuestTokens::open(&settings.guest_token, clock.clone())
                .map_err(|error| unusable("guest_token.key_file")(error.to_string()))?,
        })
    }
}

/// Whether all pairs are equal, in a time that tells neither which pair differs nor where.
pub fn are_all_equal<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> bool {
    pairs
        .into_iter()
        .map(|(one, other)| {
            let (one, other) = (digest(&SHA256, one.as_bytes()), digest(&SHA256, other.as_bytes()));
            one.as_ref().ct_eq(other.as_ref())
        })
        .fold(Choice::from(1), |all, this| all & this)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs_must_be_equal() {
        assert!(are_all_equal([("홍길동", "홍길동"), ("", "")]));
        assert!(are_all_equal([]));
        for pairs in [[("a", "b"), ("c", "c")], [("a", "a"), ("c", "d")], [("a", "a"), ("c", "cc")]] {
            assert!(!are_all_equal(pairs), "{pairs:?}");
        }
    }
}
