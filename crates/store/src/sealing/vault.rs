//! The keys in memory, and sealing and opening with them.
//!
//! XChaCha20-Poly1305 with a nonce made of the place and the text by HMAC-SHA256: the same text in the same place is sealed
//! alike, so that a rebuild of the tables can be compared with what was there; in another place it is another.

use super::{Family, Sealed};
use crate::{
    db::Row,
    error::{Result, StoreError, corrupt},
    journal::hex,
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::event::RecordKind;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// How a sealed text begins. No JSON does, and nobody types the first letter.
const MARK: &str = "\u{1}s1:";
/// Texts are filled up to a multiple of this many bytes: a length says little, and not yes or no.
const BLOCK: usize = 64;
/// How a sealed file begins.
const FILE_MARK: &[u8; 20] = b"\x01onewindow sealed 1\n";
const NONCE: usize = 24;

/// Whether a stored text is sealed.
pub(crate) fn is_sealed(text: &str) -> bool {
    text.starts_with(MARK)
}

/// One family's key, ready for use.
struct Lock {
    cipher: XChaCha20Poly1305,
    nonces: Hmac<Sha256>,
}

impl Lock {
    fn new(key: &[u8; 32]) -> Lock {
        let nonces = keyed(key);
        let mut cipher = [0; 32];
        cipher.copy_from_slice(&nonces.clone().chain_update("onewindow cipher").finalize().into_bytes());
        let nonces = keyed(&nonces.chain_update("onewindow nonces").finalize().into_bytes());
        Lock { cipher: XChaCha20Poly1305::new(&cipher.into()), nonces }
    }

    /// Nonce and sealed bytes.
    fn seal(&self, place: &[u8], plain: &[u8]) -> Vec<u8> {
        let length = (place.len() as u64).to_be_bytes();
        let made = self.nonces.clone().chain_update(length).chain_update(place).chain_update(plain).finalize();
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&made.into_bytes()[..NONCE]);
        let sealed = self.cipher.encrypt(&nonce.into(), Payload { msg: plain, aad: place });
        let sealed = sealed.unwrap_or_else(|_| unreachable!("a file is shorter than 256 GB"));
        [&nonce[..], &sealed].concat()
    }

    fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: place }).ok()
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).unwrap_or_else(|_| unreachable!("any length is a key"))
}

/// The keys of an open registry; none for one that is not sealed.
#[derive(Clone, Default)]
pub(crate) struct Vault(Option<Arc<Vec<Lock>>>);

impl Vault {
    /// With a key for each family, in their order.
    pub(super) fn of(keys: &[[u8; 32]]) -> Vault {
        Vault(Some(Arc::new(keys.iter().map(Lock::new).collect())))
    }

    /// Whether it seals.
    pub(crate) fn seals(&self) -> bool {
        self.0.is_some()
    }

    fn lock(&self, family: Family) -> Option<&Lock> {
        self.0.as_ref().and_then(|locks| locks.get(family.place()))
    }

    /// A text as it is stored in its column.
    pub(crate) fn seal(&self, at: &Sealed, id: Uuid, version: i64, text: &str) -> String {
        self.seal_text(at.family, &place(at.table, at.column, id, version), text)
    }

    /// As [`Vault::seal`], for a text that may be absent.
    pub(crate) fn seal_opt(&self, at: &Sealed, id: Uuid, version: i64, text: Option<&str>) -> Option<String> {
        text.map(|text| self.seal(at, id, version, text))
    }

    /// A text as it was before it was stored.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] names the place when it was changed, or was sealed for another place or with another key.
    pub(crate) fn open(&self, at: &Sealed, id: Uuid, version: i64, stored: String) -> Result<String> {
        if !is_sealed(&stored) {
            return Ok(stored);
        }
        let opened = self.open_text(at.family, &place(at.table, at.column, id, version), &stored);
        opened.ok_or_else(|| StoreError::Unreadable(format!("The {} of {} {id}", at.column, at.table)))
    }

    /// A text column of a row.
    pub(crate) fn text(&self, row: &Row, index: usize, at: &Sealed, id: Uuid, version: i64) -> Result<String> {
        self.open(at, id, version, row.get(index)?)
    }

    /// A text column that may be absent.
    pub(crate) fn text_opt(
        &self,
        row: &Row,
        index: usize,
        at: &Sealed,
        (id, version): (Uuid, i64),
    ) -> Result<Option<String>> {
        row.get::<Option<String>>(index)?.map(|stored| self.open(at, id, version, stored)).transpose()
    }

    /// A text column of JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        &self,
        row: &Row,
        index: usize,
        at: &Sealed,
        (id, version): (Uuid, i64),
    ) -> Result<T> {
        serde_json::from_str(&self.text(row, index, at, id, version)?).map_err(corrupt)
    }

    /// Salt and content of an event as they are stored: sealed together, because with the salt a short content could be
    /// guessed back from its hash.
    pub(crate) fn seal_event(
        &self,
        kind: RecordKind,
        (record, version): (Uuid, i64),
        salt: &[u8],
        text: &str,
    ) -> (Vec<u8>, String) {
        match Family::of(kind).filter(|_| self.seals()) {
            Some(family) => {
                let place = place("journal_payload", "payload", record, version);
                (Vec::new(), self.seal_text(family, &place, &(hex(salt) + text)))
            }
            None => (salt.to_vec(), text.to_owned()),
        }
    }

    /// Salt and content of an event as they were recorded; `None` when they are sealed and do not open.
    pub(crate) fn open_event(
        &self,
        kind: RecordKind,
        (record, version): (Uuid, i64),
        salt: Vec<u8>,
        stored: String,
    ) -> Option<(Vec<u8>, String)> {
        if !is_sealed(&stored) {
            return Some((salt, stored));
        }
        let place = place("journal_payload", "payload", record, version);
        let opened = self.open_text(Family::of(kind)?, &place, &stored)?;
        let (salt, text) = opened.split_at_checked(SALT)?;
        let (pairs, _) = salt.as_bytes().as_chunks::<2>();
        let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        Some((pairs.iter().map(byte).collect::<Option<_>>()?, text.to_owned()))
    }

    /// The content of an event.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] names the event when it does not open.
    pub(crate) fn event(&self, kind: RecordKind, of: (Uuid, i64), stored: String) -> Result<String> {
        let opened = self.open_event(kind, of, Vec::new(), stored).map(|(_, text)| text);
        opened.ok_or_else(|| StoreError::Unreadable(format!("The content of {kind} {}, version {},", of.0, of.1)))
    }

    fn seal_text(&self, family: Family, place: &[u8], text: &str) -> String {
        match self.lock(family) {
            Some(lock) => MARK.to_owned() + &BASE64.encode(lock.seal(place, &filled_up(text))),
            None => text.to_owned(),
        }
    }

    fn open_text(&self, family: Family, place: &[u8], stored: &str) -> Option<String> {
        let sealed = BASE64.decode(stored.strip_prefix(MARK)?).ok()?;
        let mut plain = self.lock(family)?.open(place, &sealed)?;
        let end = plain.iter().rposition(|byte| *byte == END)?;
        plain.truncate(end);
        String::from_utf8(plain).ok()
    }

    /// A paper's bytes as they are stored under their hash.
    pub(crate) fn seal_file(&self, hash: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let sealed = self.lock(Family::Papers)?.seal(hash.as_bytes(), bytes);
        Some([&FILE_MARK[..], &Sha256::digest(&sealed), &sealed].concat())
    }

    /// A sealed file's bytes as they were.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] names the file.
    pub(crate) fn open_file(&self, hash: &str, stored: &[u8]) -> Result<Vec<u8>> {
        let opened = sealed_part(stored).and_then(|sealed| self.lock(Family::Papers)?.open(hash.as_bytes(), sealed));
        opened.ok_or_else(|| StoreError::Unreadable(format!("The paper {hash}")))
    }
}

/// Bytes of a salt in hex.
const SALT: usize = 32;
/// What stands behind the text, before the zeros that fill up.
const END: u8 = 0x80;

fn filled_up(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + BLOCK);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(END);
    bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    bytes
}

/// What a sealed text is bound to.
fn place(table: &str, column: &str, id: Uuid, version: i64) -> Vec<u8> {
    [table.as_bytes(), b".", column.as_bytes(), b"\0", id.as_bytes(), &version.to_be_bytes()].concat()
}

/// The sealed part of a file when the file is sealed and as it was written, which can be told without any key.
pub(crate) fn sealed_part(stored: &[u8]) -> Option<&[u8]> {
    let (sum, sealed) = stored.strip_prefix(FILE_MARK)?.split_first_chunk::<32>()?;
    (Sha256::digest(sealed)[..] == sum[..]).then_some(sealed)
}

#[cfg(test)]
mod tests {
    use super::{super::columns as at, Vault, is_sealed, sealed_part};
    use domain::event::RecordKind;
    use uuid::Uuid;

    fn vault(seed: u8) -> Vault {
        Vault::of(&[[seed; 32], [seed + 1; 32], [seed + 2; 32], [seed + 3; 32], [seed + 4; 32], [seed + 5; 32]])
    }

    #[test]
    fn a_sealed_text_opens_in_its_place_only() {
        let (vault, id, other) = (vault(1), Uuid::from_u128(7), Uuid::from_u128(8));
        let sealed = vault.seal(&at::ANSWER_VALUE, id, 0, "true");
        assert!(is_sealed(&sealed) && !sealed.contains("true"));
        let check = |opened: crate::Result<String>, want: Option<&str>| assert_eq!(opened.ok().as_deref(), want);
        check(vault.open(&at::ANSWER_VALUE, id, 0, sealed.clone()), Some("true"));
        check(vault.open(&at::ANSWER_VALUE, other, 0, sealed.clone()), None);
        check(vault.open(&at::ANSWER_VALUE, id, 1, sealed.clone()), None);
        check(vault.open(&at::ANSWER_REASON, id, 0, sealed.clone()), None);
        check(super::Vault::default().open(&at::ANSWER_VALUE, id, 0, sealed.clone()), None);
        check(self::vault(20).open(&at::ANSWER_VALUE, id, 0, sealed), None);
        check(vault.open(&at::ANSWER_VALUE, id, 0, "said before".to_owned()), Some("said before"));
    }

    #[test]
    fn yes_and_no_are_sealed_to_one_length_and_every_changed_letter_is_found() {
        let (vault, id) = (vault(1), Uuid::from_u128(7));
        let (yes, no) = (vault.seal(&at::ANSWER_VALUE, id, 0, "true"), vault.seal(&at::ANSWER_VALUE, id, 0, "false"));
        assert_eq!(yes.len(), no.len());
        for at in 4..yes.len() {
            let mut wrong = yes.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).expect("letters");
            assert!(vault.open(&at::ANSWER_VALUE, id, 0, wrong).is_err(), "letter {at}");
        }
    }

    #[test]
    fn an_event_keeps_its_salt_and_what_holds_nothing_protected_stays_open() {
        let (vault, of, salt) = (vault(1), (Uuid::from_u128(7), 3), vec![9u8; 16]);
        let (stored_salt, text) = vault.seal_event(RecordKind::Household, of, &salt, "{\"a\":1}");
        assert!(stored_salt.is_empty() && is_sealed(&text));
        let opened = vault.open_event(RecordKind::Household, of, stored_salt, text.clone());
        assert_eq!(opened, Some((salt.clone(), "{\"a\":1}".to_owned())));
        assert_eq!(vault.open_event(RecordKind::Household, (of.0, 4), vec![], text.clone()), None);
        assert_eq!(vault.open_event(RecordKind::Visit, of, vec![], text), None);
        assert_eq!(vault.seal_event(RecordKind::Pack, of, &salt, "{}"), (salt, "{}".to_owned()));
    }

    #[test]
    fn a_sealed_file_is_whole_or_not_without_any_key() {
        let (vault, hash) = (vault(1), "ab".repeat(32));
        let stored = vault.seal_file(&hash, b"\x89PNG card").expect("sealed");
        assert_eq!(vault.open_file(&hash, &stored).expect("opened"), b"\x89PNG card");
        assert!(sealed_part(&stored).is_some() && sealed_part(b"\x89PNG card").is_none());
        assert!(vault.open_file(&"cd".repeat(32), &stored).is_err(), "under another name");
        for at in 0..stored.len() {
            let mut wrong = stored.clone();
            wrong[at] ^= 1;
            assert!(sealed_part(&wrong).is_none() && vault.open_file(&hash, &wrong).is_err(), "byte {at}");
        }
    }
}
