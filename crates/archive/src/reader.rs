//! Reading an archive back: entry by entry, or whole, to say what of it is sound.

use crate::{
    head, hex,
    key::SecretKey,
    manifest::{self, Entry, Manifest},
    stream::Unlock,
    tar::{self, Begun},
    writer::FileKey,
};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};

/// What is wrong with a file that should be a backup.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// Something else.
    #[error("This file is not a backup of onewindow, or its first line is damaged.")]
    NoBackup,
    /// Locked for somebody else.
    #[error(
        "This key does not open the backup: it was encrypted to another one, or the first lines of the file, which hold \
         the key, are damaged."
    )]
    NotThisKey,
    /// The lines with the wrapped key.
    #[error("The head of the file, before its content, is damaged.")]
    Head,
    /// A stretch of the file.
    #[error("Bytes {from} to {to} of the file are damaged: {what}, or what follows it there.")]
    Piece {
        /// First byte.
        from: u64,
        /// The byte after the last.
        to: u64,
        /// The entry that was being read.
        what: String,
    },
    /// The end is missing.
    #[error("The file ends at byte {at}, before its end. What comes after {what} is missing.")]
    CutOff {
        /// Where it ends.
        at: u64,
        /// The last entry that was begun.
        what: String,
    },
    /// The row of entries breaks off.
    #[error("After {0} nothing of the file can be told apart.")]
    Garbled(String),
    /// An entry is not what the manifest states.
    #[error("{0} is not what the backup's own list says.")]
    Entry(String),
    /// An entry that is listed is not there.
    #[error("{0} stands in the backup's own list and is missing.")]
    Missing(String),
    /// The manifest itself.
    #[error("The backup's own list of what it holds cannot be read.")]
    Manifest,
    /// The file cannot be read.
    #[error("The file cannot be read: {0}.")]
    File(#[from] io::Error),
}

/// An archive being read.
pub struct Reader<R: BufRead> {
    from: Unlock<R>,
    seen: Vec<Entry>,
    /// The name of the entry that was read last.
    last: String,
    stated: Option<Manifest>,
}

impl<R: BufRead> Reader<R> {
    /// Opens an archive with its secret key.
    ///
    /// # Errors
    /// When the key is another's, or the head is damaged.
    pub fn open(mut from: R, key: &SecretKey) -> Result<Self, Damage> {
        let head = head::read(&mut from)?;
        let file_key = head.open(key)?;
        Self::begin(from, &file_key, head.length)
    }

    /// Opens an archive that was just written.
    ///
    /// # Errors
    /// When the head is damaged.
    pub fn reopen(mut from: R, key: &FileKey) -> Result<Self, Damage> {
        let head = head::read(&mut from)?;
        head.check(&key.0)?;
        Self::begin(from, &key.0, head.length)
    }

    fn begin(from: R, key: &[u8; 16], head: u64) -> Result<Self, Damage> {
        let from = Unlock::new(from, key, head)?;
        Ok(Reader { from, seen: Vec::new(), last: "the first entry".to_owned(), stated: None })
    }

    /// The next entry; `None` after the last, when every entry was what the manifest states.
    ///
    /// # Errors
    /// At the first damage: what was read before it is sound in itself, but the archive is not whole.
    #[allow(clippy::should_implement_trait, reason = "it ends with an error, and a row of entries is no iterator then")]
    pub fn next(&mut self) -> Result<Option<(String, Vec<u8>)>, Damage> {
        let entry = self.step();
        if matches!(entry, Ok(None)) {
            // The tail behind the last entry is a part of the file too: one that was cut off there is not whole.
            self.last = "the end".to_owned();
            io::copy(&mut self.from, &mut io::sink())?;
        }
        if let Some(damage) = self.take_bad().into_iter().next() {
            return Err(damage);
        }
        match entry? {
            None => self.compare().into_iter().next().map_or(Ok(None), Err),
            some => Ok(some),
        }
    }

    /// The next entry, over damaged pieces; `None` at the end.
    fn step(&mut self) -> Result<Option<(String, Vec<u8>)>, Damage> {
        let (name, length) = match tar::begin(&mut self.from)? {
            Begun::Entry(name, length) => (name, length),
            Begun::End if self.stated.is_some() => return Ok(None),
            // The end follows the manifest; empty blocks anywhere else are what damage leaves.
            Begun::End | Begun::Garbled => return Err(Damage::Garbled(self.last.clone())),
        };
        self.last.clone_from(&name);
        let mut content = Vec::new();
        (&mut self.from).take(length).read_to_end(&mut content)?;
        let mut fill = Vec::new();
        (&mut self.from).take(tar::fill(length) as u64).read_to_end(&mut fill)?;
        if content.len() as u64 != length {
            return Err(Damage::Garbled(name));
        }
        if name == manifest::NAME {
            self.stated = serde_json::from_slice(&content).ok();
        } else {
            let (bytes, sha256) = (length, hex(&Sha256::digest(&content)));
            self.seen.push(Entry { name: name.clone(), bytes, sha256 });
        }
        Ok(Some((name, content)))
    }

    /// Pieces found damaged since the last call, named by the entry that was being read.
    fn take_bad(&mut self) -> Vec<Damage> {
        let what = &self.last;
        let bad = self.from.bad.drain(..).map(|bad| match bad.cut_off {
            true => Damage::CutOff { at: bad.to, what: what.clone() },
            false => Damage::Piece { from: bad.from, to: bad.to, what: what.clone() },
        });
        bad.collect()
    }

    /// What was read against what the manifest states.
    fn compare(&self) -> Vec<Damage> {
        let Some(stated) = &self.stated else { return vec![Damage::Manifest] };
        let at = |row: &[Entry], name: &str| row.iter().position(|entry| entry.name == name);
        if stated.entries == self.seen {
            return Vec::new();
        }
        let mut damage = Vec::new();
        for entry in &stated.entries {
            match at(&self.seen, &entry.name) {
                None => damage.push(Damage::Missing(entry.name.clone())),
                Some(place) if self.seen[place] != *entry => damage.push(Damage::Entry(entry.name.clone())),
                Some(_) => {}
            }
        }
        let strange = self.seen.iter().filter(|entry| at(&stated.entries, &entry.name).is_none());
        damage.extend(strange.map(|entry| Damage::Entry(entry.name.clone())));
        if damage.is_empty() {
            damage.push(Damage::Manifest);
        }
        damage
    }
}

/// What a whole reading found.
#[derive(Debug)]
pub struct Checked {
    /// Entries read, without the manifest.
    pub entries: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Everything that is wrong; empty when the archive is whole.
    pub damage: Vec<Damage>,
}

/// Reads an archive to its end, over everything that is damaged, and names it.
pub fn check<R: BufRead>(mut reader: Reader<R>) -> Checked {
    let mut damage = Vec::new();
    loop {
        let step = reader.step();
        damage.extend(reader.take_bad());
        match step {
            Ok(Some(_)) => {}
            Ok(None) => {
                damage.extend(reader.compare());
                break;
            }
            Err(error) => {
                damage.push(error);
                break;
            }
        }
    }
    // To the end of the file, whatever else stands there.
    reader.last = "the end".to_owned();
    if let Err(error) = io::copy(&mut reader.from, &mut io::sink()) {
        damage.push(error.into());
    }
    damage.extend(reader.take_bad());
    let bytes = reader.seen.iter().map(|entry| entry.bytes).sum();
    Checked { entries: reader.seen.len(), bytes, damage }
}
