//! What the access room keeps in memory: the key of receipt secrets, the password gate, reads already logged.

use super::watched::Watch;
use crate::{
    db::{Db, args},
    error::Result,
    journal::{Writer, hex},
    sealing::{Vault, columns as at},
};
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// The setting that holds the installation's secret key; see [`Memory::load`].
pub(crate) const SECRET_KEY: &str = "secret-key";

/// Kept beside an open store.
pub struct Memory {
    pub(super) secret_key: Vec<u8>,
    /// Argon2id takes 19 MiB and tens of milliseconds: two at a time, so that sign-ins cannot starve the desk.
    pub(super) password_gate: Semaphore,
    pub(super) logged: Mutex<HashSet<(Uuid, Uuid, String)>>,
    /// A demo may say that a password is enough; nothing else ever does.
    pub(super) waived: AtomicBool,
    /// Sessions that were ended and still stand in their table, by the hash of their token.
    pub(super) ended: Mutex<HashSet<Vec<u8>>>,
    /// What a monitor watches.
    pub(super) watch: Watch,
}

impl Memory {
    /// Loads the installation's secret key, or draws it the first time.
    pub(crate) async fn load(db: &Db, writer: &Writer, vault: &Vault) -> Result<Self> {
        let draw: [u8; 32] = rand::rng().random();
        let sql = "insert into setting (name, value) values ($1, $2) on conflict (name) do nothing";
        writer.run_one(sql, args![SECRET_KEY, vault.seal(&at::INSTALLATION, Uuid::nil(), 0, &hex(&draw))]).await?;
        let row = db.row("select value from setting where name = $1", args![SECRET_KEY]).await?;
        let stored: String = row.map(|row| row.get(0)).transpose()?.unwrap_or_default();
        let text = vault.open(&at::INSTALLATION, Uuid::nil(), 0, stored)?;
        Ok(Memory {
            secret_key: text.into_bytes(),
            password_gate: Semaphore::new(2),
            logged: Mutex::default(),
            ended: Mutex::default(),
            watch: Watch::default(),
            waived: AtomicBool::new(false),
        })
    }

    fn ended(&self) -> MutexGuard<'_, HashSet<Vec<u8>>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a session ended.
    pub(super) fn end(&self, hash: Vec<u8>) {
        self.ended().insert(hash);
    }

    /// Whether a session ended that may still stand in its table.
    pub(super) fn has_ended(&self, hash: &[u8]) -> bool {
        self.ended().contains(hash)
    }

    /// Every such session.
    pub(super) fn all_ended(&self) -> Vec<Vec<u8>> {
        self.ended().iter().cloned().collect()
    }

    /// It has gone from its table.
    pub(super) fn forget_ended(&self, hash: &[u8]) {
        self.ended().remove(hash);
    }

    /// The keyed hash of a receipt's second secret; without the key, a million tries find nothing.
    pub(crate) fn secret_hash(&self, code: &str, secret: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret_key).unwrap_or_else(|_| unreachable!("any length is a key"));
        mac.update(code.as_bytes());
        mac.update(b":");
        mac.update(secret.as_bytes());
        hex(&mac.finalize().into_bytes())
    }

    /// A subject of attempts, hashed so that the table names nobody.
    pub(super) fn subject(&self, kind: &str, name: &str) -> String {
        hex(&Sha256::new().chain_update(&self.secret_key).chain_update(kind).chain_update(name).finalize())
    }
}
