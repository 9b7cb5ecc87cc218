//! The key of an office: 32 bytes in a file of their own, which protected facts and papers on the disk are sealed with.

use crate::{bech32, key::KeyError};
use rand::RngExt;
use sha2::{Digest, Sha256};

const PREFIX: &str = "onewindow-key-";

/// What opens an office's protected facts and papers: `ONEWINDOW-KEY-1...`. It has no `Debug`, so that no log shows it.
#[derive(Clone)]
pub struct OfficeKey([u8; 32]);

impl OfficeKey {
    /// Draws a new key.
    pub fn draw() -> Self {
        OfficeKey(rand::rng().random())
    }

    /// The key as text, to be written to its file and nowhere else.
    pub fn text(&self) -> String {
        bech32::encode(PREFIX, &self.0).to_uppercase()
    }

    /// Reads a key file: the first line that is neither empty nor a comment.
    ///
    /// # Errors
    /// [`KeyError::Office`] when that line is no such key, or was mistyped.
    pub fn from_file_text(text: &str) -> Result<Self, KeyError> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        line.and_then(|line| bech32::decode(PREFIX, line)).map(OfficeKey).ok_or(KeyError::Office)
    }

    /// A short name of the key: it tells two keys apart and says nothing else about them.
    pub fn name(&self) -> String {
        let hash = Sha256::new().chain_update("onewindow name of a key").chain_update(self.0).finalize();
        crate::hex(&hash[..6])
    }

    /// The key's bytes, for whoever wraps other keys with it.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::OfficeKey;

    #[test]
    fn a_key_is_read_as_it_was_written_and_a_mistyped_one_is_refused() {
        let key = OfficeKey::draw();
        let file = format!("# a comment\n\n{}\n", key.text());
        let read = OfficeKey::from_file_text(&file).expect("a key");
        assert_eq!((read.bytes(), read.name()), (key.bytes(), key.name()));
        assert!(key.text().starts_with("ONEWINDOW-KEY-1"));
        for at in 0..key.text().len() {
            let mut wrong = key.text().into_bytes();
            wrong[at] = if wrong[at] == b'Q' { b'P' } else { b'Q' };
            let wrong = String::from_utf8(wrong).expect("letters");
            assert!(OfficeKey::from_file_text(&wrong).is_err(), "{wrong}");
        }
        assert!(OfficeKey::from_file_text("# nothing\n").is_err());
        assert_ne!(key.name(), OfficeKey::draw().name());
    }
}
