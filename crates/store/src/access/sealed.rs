//! Small things that the database keeps sealed: ChaCha20-Poly1305 (RFC 8439) under a key drawn from the installation's
//! secret for each purpose, bound to whose it is. Whoever takes the row to another officer opens nothing.
//!
//! [`Memory::sealing_key`] is the one place that says where the key comes from.

use super::Memory;
use crate::{Store, error::Result, sealing::sealed_part};
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::ids::OfficerId;
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::Sha256;

impl Memory {
    /// The key of a purpose.
    fn sealing_key(&self, purpose: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.secret_key)
            .unwrap_or_else(|_| unreachable!("any length is a key"));
        mac.update(b"seal:");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Seals for a purpose and an owner.
    fn seal(&self, purpose: &str, owner: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; 12] = rand::rng().random();
        let cipher = ChaCha20Poly1305::new(&self.sealing_key(purpose).into());
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: plain, aad: owner });
        Ok([&nonce[..], &sealed.map_err(crate::error::corrupt)?].concat())
    }

    /// Opens what was sealed; nothing when it was sealed for another purpose, another owner or with another key.
    fn unseal(&self, purpose: &str, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<12>()?;
        let cipher = ChaCha20Poly1305::new(&self.sealing_key(purpose).into());
        cipher.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: owner }).ok()
    }
}

impl Store {
    /// Seals for an officer: with the installation's secret, and in a registry with a key file with that as well, so that
    /// the disk alone does not give it.
    pub(super) fn seal_for(&self, purpose: &str, officer: OfficerId, plain: &[u8]) -> Result<Vec<u8>> {
        let sealed = self.access.seal(purpose, officer.0.as_bytes(), plain)?;
        Ok(self.vault().seal_file(&format!("{purpose} {officer}"), &sealed).unwrap_or(sealed))
    }

    /// Opens what was sealed for an officer, with or without a key file.
    pub(super) fn unseal_for(&self, purpose: &str, officer: OfficerId, stored: &[u8]) -> Option<Vec<u8>> {
        let opened = match sealed_part(stored) {
            Some(_) => self.vault().open_file(&format!("{purpose} {officer}"), stored).ok()?,
            None => stored.to_vec(),
        };
        self.access.unseal(purpose, officer.0.as_bytes(), &opened)
    }
}
