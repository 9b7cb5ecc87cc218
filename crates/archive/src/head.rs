//! The head of the file: the file's own key, wrapped for each recipient, and a check over it.
//!
//! As published at age-encryption.org/v1: X25519 with an ephemeral share, HKDF-SHA256, ChaCha20-Poly1305, HMAC-SHA256.

use crate::{
    key::{PublicKey, SecretKey},
    reader::Damage,
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::RngExt;
use sha2::Sha256;
use std::io::{self, BufRead, Read};
use x25519_dalek::{PublicKey as Point, StaticSecret};

const FIRST: &str = "age-encryption.org/v1";
const STANZA: &str = "-> X25519 ";
const WRAP: &[u8] = b"age-encryption.org/v1/X25519";
/// A head of more than this is none of ours: a file of something else is not read to its end.
const LONGEST: u64 = 64 * 1024;

/// HKDF-SHA256 to 32 bytes.
pub(crate) fn derive(salt: &[u8], key: &[u8], info: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let expanded = Hkdf::<Sha256>::new(Some(salt), key).expand(info, &mut out);
    expanded.unwrap_or_else(|_| unreachable!("32 bytes are a length it gives"));
    out
}

/// The head for these recipients.
pub(crate) fn write(file_key: &[u8; 16], to: &[PublicKey]) -> Vec<u8> {
    let mut head = format!("{FIRST}\n");
    for recipient in to {
        let ephemeral = StaticSecret::from(rand::rng().random::<[u8; 32]>());
        let share = Point::from(&ephemeral);
        let shared = ephemeral.diffie_hellman(&recipient.0);
        let wrapped = wrapping(&share, &recipient.0, shared.as_bytes()).encrypt(&Nonce::default(), &file_key[..]);
        let wrapped = wrapped.unwrap_or_else(|_| unreachable!("16 bytes are not too many"));
        head += &format!("{STANZA}{}\n{}\n", BASE64.encode(share.as_bytes()), BASE64.encode(wrapped));
    }
    head += "---";
    let mac = check(file_key, head.as_bytes()).finalize().into_bytes();
    head += &format!(" {}\n", BASE64.encode(mac));
    head.into_bytes()
}

fn wrapping(share: &Point, recipient: &Point, shared: &[u8; 32]) -> ChaCha20Poly1305 {
    let salt = [*share.as_bytes(), *recipient.as_bytes()].concat();
    ChaCha20Poly1305::new(&derive(&salt, shared, WRAP).into())
}

fn check(file_key: &[u8; 16], head: &[u8]) -> Hmac<Sha256> {
    let key = derive(&[], file_key, b"header");
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(&key).unwrap_or_else(|_| unreachable!("any length is a key"));
    mac.update(head);
    mac
}

/// What a head holds.
pub(crate) struct Head {
    /// Share and wrapped key of each recipient.
    stanzas: Vec<([u8; 32], Vec<u8>)>,
    /// Everything up to the check.
    text: Vec<u8>,
    mac: Vec<u8>,
    /// How many bytes it takes.
    pub length: u64,
}

/// Reads a head, to the first byte after it.
pub(crate) fn read(from: &mut impl BufRead) -> Result<Head, Damage> {
    let mut from = from.take(LONGEST);
    let mut head = Head { stanzas: Vec::new(), text: Vec::new(), mac: Vec::new(), length: 0 };
    let mut lines = || -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        from.read_until(b'\n', &mut line)?;
        Ok(line)
    };
    let mut line = lines()?;
    if line != format!("{FIRST}\n").as_bytes() {
        return Err(Damage::NoBackup);
    }
    loop {
        head.length += line.len() as u64;
        head.text.extend(&line);
        line = lines()?;
        let text = String::from_utf8(line.clone()).map_err(|_| Damage::Head)?;
        let text = text.strip_suffix('\n').ok_or(Damage::Head)?;
        if let Some(mac) = text.strip_prefix("--- ") {
            head.length += line.len() as u64;
            head.text.extend(b"---");
            head.mac = BASE64.decode(mac).map_err(|_| Damage::Head)?;
            return Ok(head);
        }
        if let Some(share) = text.strip_prefix(STANZA) {
            let share = BASE64.decode(share).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(Damage::Head)?;
            head.length += line.len() as u64;
            head.text.extend(&line);
            line = lines()?;
            let body = BASE64.decode(line.trim_ascii_end()).map_err(|_| Damage::Head)?;
            head.stanzas.push((share, body));
        }
    }
}

impl Head {
    /// The file's key, when one of the recipients is this key's.
    pub(crate) fn open(&self, key: &SecretKey) -> Result<[u8; 16], Damage> {
        let public = key.public().0;
        let opened = self.stanzas.iter().find_map(|(share, body)| {
            let share = Point::from(*share);
            let shared = key.0.diffie_hellman(&share);
            let cipher = wrapping(&share, &public, shared.as_bytes());
            cipher.decrypt(&Nonce::default(), &body[..]).ok().filter(|_| shared.was_contributory())
        });
        let file_key: [u8; 16] = opened.and_then(|bytes| bytes.try_into().ok()).ok_or(Damage::NotThisKey)?;
        self.check(&file_key)?;
        Ok(file_key)
    }

    /// Whether the head is as it was written.
    pub(crate) fn check(&self, file_key: &[u8; 16]) -> Result<(), Damage> {
        check(file_key, &self.text).verify_slice(&self.mac).map_err(|_| Damage::Head)
    }
}
