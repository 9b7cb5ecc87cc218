//! Writing an archive.

use crate::{head, hex, key::PublicKey, manifest, manifest::Entry, manifest::Manifest, stream::Lock, tar};
use rand::RngExt;
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// The key of one file: whoever wrote it can read it back at once, without the secret key. It has no `Debug`.
#[derive(Clone)]
pub struct FileKey(pub(crate) [u8; 16]);

/// An archive under way.
pub struct Writer<W: Write> {
    out: Lock<Hashing<W>>,
    key: FileKey,
    manifest: Manifest,
}

/// An archive that is written.
pub struct Written<W> {
    /// What it was written to.
    pub out: W,
    /// What it holds.
    pub manifest: Manifest,
    /// SHA-256 of the whole file as it lies there, in hex: anybody can check it without a key.
    pub sha256: String,
    /// Reads it back.
    pub key: FileKey,
}

/// Passes on and hashes.
struct Hashing<W: Write> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Writer<W> {
    /// Begins an archive that each of these keys can open alone.
    ///
    /// # Errors
    /// Without a key, or when the first bytes cannot be written.
    pub fn new(out: W, to: &[PublicKey]) -> io::Result<Self> {
        if to.is_empty() {
            return Err(io::Error::other("a backup needs at least one public key"));
        }
        let (key, salt): ([u8; 16], [u8; 16]) = (rand::rng().random(), rand::rng().random());
        let mut out = Hashing { out, hash: Sha256::new() };
        out.write_all(&head::write(&key, to))?;
        let out = Lock::new(out, &key, &salt)?;
        Ok(Writer { out, key: FileKey(key), manifest: Manifest::default() })
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// When it cannot be written, or its name is empty, has 100 bytes or more, or a zero byte.
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.put(name, content)?;
        let (bytes, sha256) = (content.len() as u64, hex(&Sha256::digest(content)));
        self.manifest.entries.push(Entry { name: name.to_owned(), bytes, sha256 });
        Ok(())
    }

    fn put(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let length = content.len() as u64;
        self.out.write_all(&tar::head(name, length)?)?;
        self.out.write_all(content)?;
        self.out.write_all(&vec![0; tar::fill(length)])
    }

    /// Adds the manifest and ends the archive.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<Written<W>> {
        let text = serde_json::to_vec(&self.manifest).map_err(io::Error::other)?;
        self.put(manifest::NAME, &text)?;
        tar::end(&mut self.out)?;
        let mut hashing = self.out.finish()?;
        hashing.flush()?;
        let sha256 = hex(&hashing.hash.finalize());
        Ok(Written { out: hashing.out, manifest: self.manifest, sha256, key: self.key })
    }
}
