//! 비회원 주문 비밀번호: kept as an Argon2id hash, compared at a cost that makes guessing dear.

mod hasher;
mod line;
mod pool;

use std::sync::Arc;

use aws_lc_rs::rand;
use platform::household::Household;
use platform::metrics::Metrics;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

pub use self::hasher::Hasher;
use self::line::Queue;
use self::pool::Pool;
use crate::domain::temporary_password;
use crate::settings::passwords::PasswordSettings;

/// Hashes and compares passwords, on threads that do nothing else and no more at once than there are threads.
#[derive(Clone)]
pub struct Passwords {
    pool: Arc<Pool>,
    /// Looks like the hash of a password, and of none that anybody knows; compared with where there is no order.
    dummy: Arc<str>,
}

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("the password can't be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("the system gives no random bytes")]
    NoRandom,
    #[error("no thread can be started")]
    NoThread(#[from] std::io::Error),
    #[error("too many passwords are being checked")]
    Busy,
    #[error("the work on a password panicked")]
    Panicked,
}

impl Passwords {
    pub fn start(settings: &PasswordSettings) -> Result<Self, PasswordError> {
        Ok(Self { pool: Arc::new(Pool::start(settings)?), dummy: hasher::nobodys_hash()?.into() })
    }

    /// Hashes a guest's new password, in the turn of the household that asks for it.
    pub async fn hash(&self, household: Household, password: SecretString) -> Result<String, PasswordError> {
        self.pool.work_for(household, move |hasher| hasher.hash(password.expose_secret())).await
    }

    /// Whether the password belongs to the hash; without a hash the same work is done, and the answer is no.
    pub async fn verify(
        &self,
        household: Household,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let (hash, is_known) = match hash {
            Some(hash) => (hash, true),
            None => (self.dummy.to_string(), false),
        };
        self.pool
            .work_for(household, move |hasher| {
                Ok(hasher.is_right(password.expose_secret(), &hash)? && is_known)
            })
            .await
    }

    /// Hashes the passwords of one intake, in their order.
    pub async fn hash_all(&self, passwords: Vec<SecretString>) -> Result<Vec<String>, PasswordError> {
        self.pool.hash_all(passwords).await
    }

    /// Has every scrape show how many wait, as long as there are threads.
    pub fn watch(&self) {
        let pool = Arc::downgrade(&self.pool);
        platform::metrics::get().before_each_scrape(move |metrics: &Metrics| {
            let Some(pool) = pool.upgrade() else { return false };
            for queue in [Queue::Guests, Queue::Intakes] {
                metrics.passwords_waiting(queue.name(), pool.waiting(queue));
            }
            true
        });
    }
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
mod tests;
