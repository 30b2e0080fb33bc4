//! What was given out: codes that are good once and for a minute, refresh tokens that change with every use.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::{digest, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use platform::clock::Clock;

use super::authorize::Asked;
use super::people::Person;

const CODE_LIFE: TimeDelta = TimeDelta::seconds(60);
/// A working day; then people sign in again however busy they were.
const FAMILY_LIFE: TimeDelta = TimeDelta::hours(9);
/// Of each, so that nobody fills this machine's memory.
const MOST: usize = 1_000;

/// Who signed in, where and when.
#[derive(Clone, Debug)]
pub(super) struct SignIn {
    pub(super) client_id: &'static str,
    pub(super) person: &'static Person,
    pub(super) at: DateTime<Utc>,
}

/// What a token answer is made of.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) sign_in: SignIn,
    /// Of the page's own request; a renewal has none.
    pub(super) nonce: Option<String>,
    pub(super) refresh_token: String,
}

#[derive(Debug)]
struct Code {
    sign_in: SignIn,
    redirect_uri: String,
    nonce: String,
    challenge: String,
    /// The family its one use began.
    spent: Option<String>,
}

/// The refresh tokens of one sign-in, of which the newest alone is good.
#[derive(Debug)]
struct Family {
    sign_in: SignIn,
    newest: String,
}

#[derive(Debug, Default)]
struct Memory {
    codes: HashMap<String, Code>,
    families: HashMap<String, Family>,
}

#[derive(Debug)]
pub(super) struct Grants {
    clock: Clock,
    memory: Mutex<Memory>,
}

impl Grants {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, memory: Mutex::default() }
    }

    /// A code for whoever was picked; None while there are too many.
    pub(super) fn code(&self, asked: &Asked<'_>, person: &'static Person) -> Option<String> {
        self.with(|memory, now| {
            let code = random()?;
            let sign_in = SignIn { client_id: asked.client.id, person, at: now };
            let held = Code {
                sign_in,
                redirect_uri: asked.redirect_uri.to_owned(),
                nonce: asked.nonce.to_owned(),
                challenge: asked.challenge.to_owned(),
                spent: None,
            };
            (memory.codes.len() < MOST).then(|| memory.codes.insert(code.clone(), held))?;
            Some(code)
        })
    }

    /// What a code is good for. It is used up by the first who brings it, right or wrong; brought again it takes back what it gave.
    pub(super) fn redeem(
        &self,
        client_id: &str,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
    ) -> Option<Granted> {
        self.with(|memory, _| {
            let mut held = memory.codes.remove(code)?;
            if let Some(family) = &held.spent {
                memory.families.remove(family);
                return None;
            }
            let is_right = held.sign_in.client_id == client_id
                && held.redirect_uri == redirect_uri
                && is_verifier(verifier)
                && challenge_of(verifier) == held.challenge;
            if !is_right || memory.families.len() >= MOST {
                return None;
            }
            let (family, secret) = (random()?, random()?);
            let granted = Granted {
                sign_in: held.sign_in.clone(),
                nonce: Some(held.nonce.clone()),
                refresh_token: format!("{family}.{secret}"),
            };
            memory.families.insert(family.clone(), Family { sign_in: held.sign_in.clone(), newest: secret });
            held.spent = Some(family);
            memory.codes.insert(code.to_owned(), held);
            Some(granted)
        })
    }

    /// The next of its family. One that was used before is somebody else's copy, or was copied: the family ends.
    pub(super) fn renew(&self, client_id: &str, refresh_token: &str) -> Option<Granted> {
        self.with(|memory, _| {
            let (name, secret) = refresh_token.split_once('.')?;
            let family = memory.families.get_mut(name)?;
            if family.newest != secret || family.sign_in.client_id != client_id {
                memory.families.remove(name);
                return None;
            }
            family.newest = random()?;
            Some(Granted {
                sign_in: family.sign_in.clone(),
                nonce: None,
                refresh_token: format!("{name}.{}", family.newest),
            })
        })
    }

    /// Signed out: no token of this family is good any more.
    pub(super) fn revoke(&self, refresh_token: &str) {
        self.with(|memory, _| {
            if let Some((name, _)) = refresh_token.split_once('.') {
                memory.families.remove(name);
            }
        });
    }

    /// Looks at what is still good.
    fn with<T>(&self, work: impl FnOnce(&mut Memory, DateTime<Utc>) -> T) -> T {
        let now = self.clock.now();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.codes.retain(|_, code| now < code.sign_in.at + CODE_LIFE);
        memory.families.retain(|_, family| now < family.sign_in.at + FAMILY_LIFE);
        work(&mut memory, now)
    }
}

/// As RFC 7636 demands it.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

pub(super) fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// None where the system has no random numbers to give.
fn random() -> Option<String> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}
