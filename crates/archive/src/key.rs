//! The key pair of backups: the server holds the public key and can only lock; the secret key is kept elsewhere.

use crate::bech32;
use rand::RngExt;
use std::{fmt, str::FromStr};
use x25519_dalek::{PublicKey as Point, StaticSecret};

const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";

/// Whom a backup is encrypted to: `age1...`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(pub(crate) Point);

/// What opens a backup: `AGE-SECRET-KEY-1...`. It has no `Debug`, so that no log shows it.
#[derive(Clone)]
pub struct SecretKey(pub(crate) StaticSecret);

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a public key.
    #[error("This is no public key. It begins with age1 and was printed by `onewindow backup key new`; copy it whole.")]
    Public,
    /// Not a secret key.
    #[error("This file holds no secret key. A line of it must begin with AGE-SECRET-KEY-1; copy the file again whole.")]
    Secret,
    /// Not an office's key.
    #[error("This file holds no office key. A line of it must begin with ONEWINDOW-KEY-1; copy the file again whole.")]
    Office,
}

impl SecretKey {
    /// Draws a new key.
    pub fn draw() -> Self {
        SecretKey(StaticSecret::from(rand::rng().random::<[u8; 32]>()))
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> PublicKey {
        PublicKey(Point::from(&self.0))
    }

    /// The key as text, to be written to its file and nowhere else.
    pub fn text(&self) -> String {
        bech32::encode(SECRET, &self.0.to_bytes()).to_uppercase()
    }

    /// Reads a key file: the first line that is neither empty nor a comment.
    pub fn from_file_text(text: &str) -> Result<Self, KeyError> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        let bytes = line.and_then(|line| bech32::decode(SECRET, line)).ok_or(KeyError::Secret)?;
        Ok(SecretKey(StaticSecret::from(bytes)))
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        bech32::decode(PUBLIC, text.trim()).map(|bytes| PublicKey(Point::from(bytes))).ok_or(KeyError::Public)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32::encode(PUBLIC, self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyError, PublicKey, SecretKey};

    /// Made by the `age-keygen` of Debian.
    const FILE: &str = include_str!("../tests/age-keygen.txt");

    #[test]
    fn keys_are_read_and_written_as_the_tool_of_the_format_does() {
        let key = SecretKey::from_file_text(FILE).expect("a key");
        assert!(FILE.contains(&key.text()));
        assert!(FILE.contains(&format!("# public key: {}", key.public())));
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
    }

    #[test]
    fn a_mistyped_key_is_refused() {
        let text = SecretKey::draw().public().to_string();
        for at in 0..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong[at] = if wrong[at] == b'q' { b'p' } else { b'q' };
            let wrong = String::from_utf8(wrong).expect("letters");
            assert_eq!(wrong.parse::<PublicKey>(), Err(KeyError::Public), "{wrong}");
        }
        let cut: Result<PublicKey, _> = text[..text.len() - 1].parse();
        assert_eq!(cut, Err(KeyError::Public));
        assert!(SecretKey::from_file_text("# nothing\n").is_err());
    }
}
