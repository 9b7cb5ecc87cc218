//! Files beside the database, named by what they contain. Part of every backup.

use crate::{
    error::Result,
    journal::hex,
    private,
    sealing::{Vault, sealed_part},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The blob folder.
#[derive(Clone)]
pub struct Blobs {
    root: PathBuf,
    vault: Vault,
}

impl Blobs {
    pub(crate) fn open(root: &Path, vault: Vault) -> Result<Self> {
        private::folder(root)?;
        Ok(Blobs { root: root.to_owned(), vault })
    }

    /// The keys that papers are sealed with.
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Keeps the copy of a paper, sealed where the registry has a key, and answers the SHA-256 of its bytes in hex.
    pub async fn put_paper(&self, bytes: Vec<u8>) -> Result<String> {
        let blobs = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let hash = hex(&Sha256::digest(&bytes));
            match blobs.vault.seal_file(&hash, &bytes) {
                Some(sealed) => blobs.write_as(&hash, &sealed, true),
                None => blobs.write_as(&hash, &bytes, false),
            }
        });
        written.await.map_err(io::Error::other)?
    }

    /// Seals the copy of a paper that lies open; whether it did.
    pub(crate) async fn seal_there(&self, hash: &str) -> Result<bool> {
        let (blobs, hash) = (self.clone(), hash.to_owned());
        let sealing = tokio::task::spawn_blocking(move || -> Result<bool> {
            let Some(stored) = Blobs::stored_in(&blobs.root, &hash)? else { return Ok(false) };
            match blobs.vault.seal_file(&hash, &stored).filter(|_| sealed_part(&stored).is_none()) {
                Some(sealed) => blobs.write_as(&hash, &sealed, true).map(|_| true),
                None => Ok(false),
            }
        });
        sealing.await.map_err(io::Error::other)?
    }

    /// Keeps bytes and answers their SHA-256 in hex. Keeping the same bytes again changes nothing.
    ///
    /// The file is complete and on disk before its name exists, so a crash leaves no half file under a good name.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String> {
        let blobs = self.clone();
        let done = tokio::task::spawn_blocking(move || blobs.write(&bytes)).await;
        done.map_err(io::Error::other)?
    }

    /// The bytes under a hash; `None` when there are none. Bytes that no longer match their name are an error.
    pub async fn get(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        let (blobs, hash) = (self.clone(), hash.to_owned());
        tokio::task::spawn_blocking(move || blobs.read(&hash)).await.map_err(io::Error::other)?
    }

    /// The bytes under a hash, read on the calling thread; for what runs in the writer's turn.
    pub(crate) fn read(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        match Blobs::stored_in(&self.root, hash)? {
            Some(stored) if sealed_part(&stored).is_some() => self.vault.open_file(hash, &stored).map(Some),
            stored => Ok(stored),
        }
    }

    /// Whether stored bytes are whole: those that their name says, or sealed and as they were written.
    pub(crate) fn is_whole(hash: &str, stored: &[u8]) -> bool {
        sealed_part(stored).is_some() || hex(&Sha256::digest(stored)) == hash
    }

    /// The bytes stored under a hash in a folder of papers, sealed or not.
    pub(crate) fn stored_in(root: &Path, hash: &str) -> io::Result<Option<Vec<u8>>> {
        if !Blobs::is_name(hash) {
            return Ok(None);
        }
        match fs::read(root.join(&hash[..2]).join(hash)) {
            Ok(bytes) if Blobs::is_whole(hash, &bytes) => Ok(Some(bytes)),
            Ok(_) => Err(io::Error::other(format!("the file {hash} does not match its name"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Where the bytes under a hash stand, for readers of large files; `None` when there are none.
    pub fn file(&self, hash: &str) -> Option<PathBuf> {
        Blobs::is_name(hash).then(|| self.path(hash)).filter(|path| path.is_file())
    }

    /// Whether a text can be the name of a file here.
    pub(crate) fn is_name(hash: &str) -> bool {
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())
    }

    /// The names of all files in a folder of papers, in order. A folder that is not there has none.
    pub(crate) fn names_in(root: &Path) -> io::Result<Vec<String>> {
        let list = |folder: &Path| match fs::read_dir(folder) {
            Ok(entries) => entries.collect::<io::Result<Vec<_>>>(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let mut names = Vec::new();
        for folder in list(root)?.iter().filter(|entry| entry.path().is_dir()) {
            let files = list(&folder.path())?.into_iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
            names.extend(files.filter(|name| Blobs::is_name(name)));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Removes the bytes under a hash that no record names any more.
    pub(crate) async fn remove(&self, hash: &str) -> Result<()> {
        let path = self.path(hash);
        let removed = tokio::task::spawn_blocking(move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        });
        Ok(removed.await.map_err(io::Error::other)??)
    }

    /// As [`Blobs::put`], on the calling thread.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<String> {
        self.write_as(&hex(&Sha256::digest(bytes)), bytes, false)
    }

    /// Keeps bytes as they are under a name, instead of what stands there only when `anew`.
    pub(crate) fn write_as(&self, hash: &str, bytes: &[u8], anew: bool) -> Result<String> {
        let hash = hash.to_owned();
        let path = self.path(&hash);
        if path.exists() && !anew {
            return Ok(hash);
        }
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        private::folder(&folder)?;
        let half = folder.join(format!("{hash}.{}.part", uuid::Uuid::now_v7().simple()));
        let mut file = fs::File::create(&half)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&half, &path)?;
        fs::File::open(&folder)?.sync_all()?;
        Ok(hash)
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.root.join(&hash[..2]).join(hash)
    }
}
