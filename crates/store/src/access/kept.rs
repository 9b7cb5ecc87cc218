//! Answers of a check, kept for three days under a code that only the person has.
//!
//! The code is drawn here, shown once and never stored. Argon2id makes two things of it and of the installation's secret
//! key: where the row is found, and the key it is sealed with (ChaCha20-Poly1305, RFC 8439). Whoever holds the database
//! holds neither answers nor codes. No officer, time of day or address stands beside them.

use super::Memory;
use crate::{
    Scope, Store,
    db::args,
    error::{Result, StoreError},
};
use argon2::Argon2;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use domain::Instant;
use rand::RngExt;
use sha2::{Digest, Sha256};

/// Hours that answers are kept.
pub const KEPT_HOURS: i64 = 72;
/// Letters of a code: 60 bits, in Crockford's base 32.
const LENGTH: usize = 12;
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The longest text that is kept.
const LONGEST: usize = 8_000;

/// Answers that were kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUntil {
    /// The code, in groups: `7K4P-29MX-Q3RT`. Shown once.
    pub code: String,
    /// When they are erased.
    pub until: Instant,
}

/// Where a row is found, and what opens it.
struct Lock {
    place: Vec<u8>,
    key: [u8; 32],
}

impl Memory {
    async fn lock(&self, code: &str) -> Result<Lock> {
        let _place = crate::patience::wait(self.password_gate.acquire()).await?.map_err(|_| StoreError::Closed)?;
        let salt = Sha256::new().chain_update(&self.secret_key).chain_update("kept answers").finalize();
        let code = code.to_owned();
        let made = tokio::task::spawn_blocking(move || {
            let mut both = [0u8; 64];
            Argon2::default().hash_password_into(code.as_bytes(), &salt, &mut both).map(|()| both)
        });
        let both = made.await.map_err(|_| StoreError::Closed)?.map_err(crate::error::corrupt)?;
        let (place, key) = both.split_at(32);
        let mut lock = Lock { place: place.to_vec(), key: [0; 32] };
        lock.key.copy_from_slice(key);
        Ok(lock)
    }
}

/// The code as it is compared: letters alone, as Crockford's base 32 reads them.
fn plain(code: &str) -> Option<String> {
    let letter = |typed: char| match typed.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        letter if LETTERS.contains(&u8::try_from(letter).unwrap_or(b' ')) => Some(letter),
        _ => None,
    };
    let letters = code.chars().filter(|typed| !typed.is_whitespace() && *typed != '-').map(letter);
    letters.collect::<Option<String>>().filter(|code| code.len() == LENGTH)
}

impl Store {
    /// Keeps a text for three days under a fresh code.
    ///
    /// # Errors
    /// [`StoreError::Closed`] when the store is closing. A text longer than a code of answers can be is cut off by nobody:
    /// it is refused as `None`.
    pub async fn keep_answers(&self, answers: &str, now: Instant) -> Result<Option<KeptUntil>> {
        if answers.len() > LONGEST {
            return Ok(None);
        }
        let draw: [u8; LENGTH] = rand::rng().random();
        let code: String = draw.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
        let lock = self.access.lock(&code).await?;
        let nonce: [u8; 12] = rand::rng().random();
        let sealed = ChaCha20Poly1305::new(&lock.key.into()).encrypt(&nonce.into(), answers.as_bytes());
        let sealed = [&nonce[..], &sealed.map_err(crate::error::corrupt)?].concat();
        let until = now + chrono::Duration::hours(KEPT_HOURS);
        let sql = "insert into kept_answers (place, sealed, until) values ($1, $2, $3)";
        self.writer.run_one(sql, args![lock.place, sealed, until]).await?;
        let groups: Vec<&str> = [0, 4, 8].iter().map(|at| &code[*at..at + 4]).collect();
        Ok(Some(KeptUntil { code: groups.join("-"), until }))
    }

    /// The text kept under a code, for an officer who was given it; nothing when the code is unknown or its time is over.
    pub async fn kept_answers(&self, scope: &Scope, code: &str, now: Instant) -> Result<Option<String>> {
        let (Some(code), Some(_)) = (plain(code), scope.officer()) else { return Ok(None) };
        let lock = self.access.lock(&code).await?;
        let sql = "select sealed from kept_answers where place = $1 and until > $2";
        let Some(row) = self.db.row(sql, args![lock.place, now]).await? else { return Ok(None) };
        let sealed: Vec<u8> = row.get(0)?;
        let Some((nonce, sealed)) = sealed.split_first_chunk::<12>() else { return Ok(None) };
        let opened = ChaCha20Poly1305::new(&lock.key.into()).decrypt(&(*nonce).into(), sealed);
        Ok(opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Erases what is older than three days.
    pub async fn erase_kept_answers(&self, now: Instant) -> Result<()> {
        self.writer.run_one("delete from kept_answers where until <= $1", args![now]).await
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_is_taken_as_people_type_it() {
        let check = |typed: &str, want: Option<&str>| assert_eq!(plain(typed).as_deref(), want, "{typed}");
        check("7K4P-29MX-Q3RT", Some("7K4P29MXQ3RT"));
        check(" 7k4p 29mx q3rt ", Some("7K4P29MXQ3RT"));
        check("OK4P-29MX-Q3RI", Some("0K4P29MXQ3R1"));
        check("7K4P-29MX-Q3R", None);
        check("7K4P-29MX-Q3RU", None);
        check("", None);
    }
}
