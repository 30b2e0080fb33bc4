//! Argon2id in memory that is used again: what is taken for each password anew, on many threads, an allocator keeps.

use argon2::password_hash;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::rand;

use super::PasswordError;

/// Hashes one password after the other. Takes the memory of a hash (19 MiB) with the first and keeps it.
#[derive(Default)]
pub struct Hasher {
    memory: Vec<Block>,
}

impl Hasher {
    pub fn hash(&mut self, password: &str) -> Result<String, PasswordError> {
        let argon2 = Argon2::default();
        let salt =
            Salt::new(&random::<{ Salt::RECOMMENDED_LENGTH }>()?).map_err(password_hash::Error::from)?;
        let output = self.output(&argon2, password, &salt)?;
        written(argon2.params(), salt, output)
    }

    /// Whether the password belongs to the hash, which says itself how it was made.
    pub fn is_right(&mut self, password: &str, hash: &str) -> Result<bool, PasswordError> {
        let hash = PasswordHash::new(hash).map_err(password_hash::Error::from)?;
        let (Some(salt), Some(output)) = (&hash.salt, &hash.hash) else {
            return Err(password_hash::Error::PasswordInvalid.into());
        };
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash.version.map(Version::try_from).transpose().map_err(password_hash::Error::from)?;
        let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), Params::try_from(&hash)?);
        // Outputs are compared in a time that does not depend on where they differ.
        Ok(self.output(&argon2, password, salt)? == *output)
    }

    fn output(&mut self, argon2: &Argon2<'_>, password: &str, salt: &Salt) -> Result<Output, PasswordError> {
        let (blocks, length) = (argon2.params().block_count(), length(argon2.params()));
        if self.memory.len() < blocks {
            self.memory.resize(blocks, Block::new());
        }
        let mut output = [0_u8; Output::MAX_LENGTH];
        let output = output.get_mut(..length).ok_or(password_hash::Error::OutputSize)?;
        argon2
            .hash_password_into_with_memory(password.as_bytes(), salt, output, self.memory.as_mut_slice())
            .map_err(password_hash::Error::from)?;
        Ok(Output::new(output).map_err(password_hash::Error::from)?)
    }
}

/// What no password is known for: nothing was hashed for it.
pub(super) fn nobodys_hash() -> Result<String, PasswordError> {
    let salt = Salt::new(&random::<{ Salt::RECOMMENDED_LENGTH }>()?).map_err(password_hash::Error::from)?;
    let output =
        Output::new(&random::<{ Params::DEFAULT_OUTPUT_LEN }>()?).map_err(password_hash::Error::from)?;
    written(&Params::default(), salt, output)
}

/// As it stands in the database.
fn written(params: &Params, salt: Salt, output: Output) -> Result<String, PasswordError> {
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::default().into()),
        params: ParamsString::try_from(params)?,
        salt: Some(salt),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

fn length(params: &Params) -> usize {
    params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], PasswordError> {
    let mut bytes = [0_u8; LENGTH];
    rand::fill(&mut bytes).map_err(|_| PasswordError::NoRandom)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    #[test]
    fn hashes_are_those_of_the_library() {
        let mut hasher = Hasher::default();
        let ours = hasher.hash("guest-1234").expect("hashed");
        assert!(ours.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{ours}");
        assert_eq!(ours.len(), nobodys_hash().expect("made").len());
        let read = PasswordHash::new(&ours).expect("a hash");
        assert!(Argon2::default().verify_password(b"guest-1234", &read).is_ok());

        let theirs = Argon2::default().hash_password(b"guest-1234").expect("hashed").to_string();
        assert!(hasher.is_right("guest-1234", &theirs).expect("compared"));
        assert!(!hasher.is_right("guest-1235", &theirs).expect("compared"));
        assert!(!hasher.is_right("guest-1234", &nobodys_hash().expect("made")).expect("compared"));
        assert!(hasher.is_right("x", "no hash").is_err());
        assert_ne!(ours, hasher.hash("guest-1234").expect("hashed"), "every hash has its own salt");
    }

    #[test]
    fn a_hash_says_itself_how_it_was_made() {
        let params = Params::new(64, 1, 1, Some(16)).expect("parameters");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let small = argon2.hash_password(b"guest-1234").expect("hashed").to_string();
        let mut hasher = Hasher::default();
        for _ in 0..2 {
            assert!(hasher.is_right("guest-1234", &small).expect("compared"));
            let usual = hasher.hash("guest-1234").expect("hashed");
            assert!(hasher.is_right("guest-1234", &usual).expect("compared"));
        }
    }
}
