//! Passwords as Argon2id, hashed behind a gate of two.

use super::Memory;
use crate::error::{Result, StoreError};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

impl Memory {
    /// Hashes a new password.
    pub(super) async fn hash(&self, password: &str) -> Result<String> {
        let _place = crate::patience::wait(self.password_gate.acquire()).await?.map_err(|_| StoreError::Closed)?;
        let password = password.to_owned();
        let hashed = tokio::task::spawn_blocking(move || {
            Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
        });
        hashed.await.map_err(|_| StoreError::Closed)?.map_err(crate::error::corrupt)
    }

    /// Whether a password fits its hash.
    pub(super) async fn fits(&self, password: &str, stored: String) -> Result<bool> {
        let _place = crate::patience::wait(self.password_gate.acquire()).await?.map_err(|_| StoreError::Closed)?;
        let password = password.to_owned();
        let checked = tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::new(&stored).ok();
            hash.is_some_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        checked.await.map_err(|_| StoreError::Closed)
    }
}
