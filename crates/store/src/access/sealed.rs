//! Small things that the database keeps sealed: ChaCha20-Poly1305 (RFC 8439) under a key drawn from the installation's
//! secret for each purpose, bound to whose it is. Whoever takes the row to another officer opens nothing.
//!
//! [`Memory::sealing_key`] is the one place that says where the key comes from.

use super::Memory;
use crate::{
    LOG_HOLDS_ERASED, Store,
    db::{Sql, Value, args},
    error::Result,
    sealing::{columns as at, is_sealed, sealed_part},
};
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::ids::OfficerId;
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::Sha256;
use uuid::Uuid;

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
        Ok(self.vault().seal_file(&place(purpose, officer), &sealed).unwrap_or(sealed))
    }

    /// Opens what was sealed for an officer, with or without a key file.
    pub(super) fn unseal_for(&self, purpose: &str, officer: OfficerId, stored: &[u8]) -> Option<Vec<u8>> {
        let opened = match sealed_part(stored) {
            Some(_) => self.vault().open_file(&place(purpose, officer), stored).ok()?,
            None => stored.to_vec(),
        };
        self.access.unseal(purpose, officer.0.as_bytes(), &opened)
    }

    /// What was kept before the registry had a key file is sealed with it at its first opening with the key: secrets of the
    /// second step, forms that wait for their officers, and the installation's own secret.
    pub(crate) async fn seal_own(&self) -> Result<()> {
        let vault = self.vault();
        if !vault.seals() {
            return Ok(());
        }
        let mut statements: Vec<(Sql, Vec<Value>)> = Vec::new();
        for (purpose, select, update) in OWN {
            for row in self.db.rows(select, args![]).await? {
                let (key, officer, stored): (Uuid, OfficerId, Vec<u8>) = (row.get(0)?, row.id(1)?, row.get(2)?);
                let sealed =
                    vault.seal_file(&place(purpose, officer), &stored).filter(|_| sealed_part(&stored).is_none());
                statements.extend(sealed.map(|sealed| (Sql::from(update), args![key, sealed, stored])));
            }
        }
        let row = self.db.row("select value from setting where name = $1", args![super::SECRET_KEY]).await?;
        let open: Option<String> = row.map(|row| row.get(0)).transpose()?.filter(|text: &String| !is_sealed(text));
        if let Some(open) = open {
            let sealed = vault.seal(&at::INSTALLATION, Uuid::nil(), 0, &open);
            let sql = "update setting set value = $2 where name = $1 and value = $3";
            statements.push((sql.into(), args![super::SECRET_KEY, sealed, open]));
        }
        if statements.is_empty() {
            return Ok(());
        }
        if self.writer.single().is_some() {
            let sql = "insert into setting (name, value) values ($1, 'yes') on conflict (name) do nothing";
            statements.push((sql.into(), args![LOG_HOLDS_ERASED]));
        }
        self.writer.run(statements).await
    }
}

/// What is kept for officers: its purpose, where it stands, and how it is replaced unless it changed meanwhile.
const OWN: [(&str, &str, &str); 2] = [
    (
        super::second_step::PURPOSE,
        "select officer_id, officer_id, secret from second_step",
        "update second_step set secret = $2 where officer_id = $1 and secret = $3",
    ),
    (
        super::kept_forms::PURPOSE,
        "select kept_id, officer_id, sealed from kept_form",
        "update kept_form set sealed = $2 where kept_id = $1 and sealed = $3",
    ),
];

/// What something kept for an officer is bound to.
fn place(purpose: &str, officer: OfficerId) -> String {
    format!("{purpose} {officer}")
}
