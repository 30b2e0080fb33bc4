//! 비회원 주문 비밀번호: kept as an Argon2id hash, compared at a cost that makes guessing dear.

use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use aws_lc_rs::rand;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::domain::temporary_password;

/// Callers that may wait for a core, per core. One more is told to come back.
const WAITING_PER_CORE: usize = 64;

/// Hashes and compares passwords, as many at once as there are cores and each on a thread that may block.
#[derive(Clone)]
pub struct Passwords {
    cores: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// The hash of a password nobody knows, compared with where there is no order.
    dummy: Arc<str>,
}

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("the password can't be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("the system gives no random bytes")]
    NoRandom,
    #[error("too many passwords are being checked")]
    Busy,
    #[error("the work on a password panicked")]
    Panicked,
}

impl Passwords {
    pub fn new() -> Result<Self, PasswordError> {
        let cores = available_parallelism().map_or(2, usize::from);
        Ok(Self {
            cores: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(cores.saturating_mul(WAITING_PER_CORE))),
            dummy: hash(temporary()?.expose_secret())?.into(),
        })
    }

    pub async fn hash(&self, password: SecretString) -> Result<String, PasswordError> {
        self.run(move || Ok(hash(password.expose_secret())?)).await
    }

    /// Whether the password belongs to the hash; without a hash the same work is done, and the answer is no.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<bool, PasswordError> {
        let (hash, is_known) = match hash {
            Some(hash) => (hash, true),
            None => (self.dummy.to_string(), false),
        };
        self.run(move || {
            let hash = PasswordHash::new(&hash).map_err(argon2::password_hash::Error::from)?;
            let is_right =
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
            Ok(is_right && is_known)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _place = self.places.try_acquire().map_err(|_| PasswordError::Busy)?;
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        let task = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(core);
            outcome
        });
        task.await.map_err(|_| PasswordError::Panicked)?
    }
}

/// Hashes on this thread, for work that is off the async ones already.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// A fresh 임시 비밀번호.
pub fn temporary() -> Result<SecretString, PasswordError> {
    loop {
        let mut random = Zeroizing::new([0_u8; 64]);
        rand::fill(&mut *random).map_err(|_| PasswordError::NoRandom)?;
        if let Some(password) = temporary_password::from_random(&*random) {
            return Ok(SecretString::from(password));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_and_no_other() {
        let passwords = Passwords::new().expect("the system gives random bytes");
        let hash = passwords.hash("guest-1234".into()).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("guest-1234".into(), Some(hash.clone())).await.expect("compared"));
        assert!(!passwords.verify("guest-1235".into(), Some(hash)).await.expect("compared"));
        assert!(!passwords.verify("guest-1234".into(), None).await.expect("compared"));
        assert!(passwords.verify("x".into(), Some("no hash".to_owned())).await.is_err());
    }

    #[test]
    fn temporary_passwords_differ() {
        let (one, other) = (temporary().expect("random"), temporary().expect("random"));
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
