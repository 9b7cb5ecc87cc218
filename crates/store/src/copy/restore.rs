//! A registry out of a backup, in an empty place.

use super::{
    facts::{About, FORMAT, Sums},
    load::Loading,
};
use crate::{
    Store, Verified,
    blobs::Blobs,
    db::{schema, sqlite_path},
    error::{Result, StoreError, corrupt},
    sealing::Vault,
};
use archive::{OfficeKey, Reader};
use std::{
    ffi::OsString,
    fs,
    io::BufRead,
    path::{Path, PathBuf},
};

/// The first entry.
pub(super) const ABOUT: &str = "onewindow-backup.json";
/// Rows and sums of the tables, after them.
pub(super) const SUMS: &str = "sums.json";

/// A registry that was restored.
pub struct Restored {
    /// What the backup says about itself.
    pub about: About,
    /// Rows of every table.
    pub tables: Sums,
    /// Papers and packs.
    pub papers: usize,
    /// Files of the installation: name and content. They are not written anywhere yet.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the check of the journal found.
    pub verified: Verified,
    /// The open registry.
    pub store: Store,
}

/// Restores a registry to an empty place: on SQLite a file that is not there, on PostgreSQL a database without tables, and
/// a folder of papers that is not there or empty. The registry is brought up to this release's tables, search keys are
/// made, and the journal is verified. Nothing is left behind when the backup is not whole.
///
/// # Errors
/// [`StoreError::NotEmpty`] when something is there; [`StoreError::Backup`] when the backup is damaged;
/// [`StoreError::KeyMissing`] and [`StoreError::OtherKey`] when the office's key does not open what is sealed in it; without
/// `key`, the one that the backup carries along is taken.
pub async fn restore<R: BufRead>(
    mut reader: Reader<R>,
    url: &str,
    blobs: &Path,
    key: Option<&OfficeKey>,
    at: domain::Instant,
) -> Result<Restored> {
    let place = Place::empty(url, blobs)?;
    let filled = fill(&mut reader, &place, key).await;
    if filled.is_err() {
        place.give_up();
    }
    let (about, tables, papers, files) = filled?;
    place.settle()?;
    let carried = carried_key(&files);
    let store = Store::open_with(url, blobs, key.or(carried.as_ref())).await?;
    store.seal_left_behind(at).await?;
    let verified = store.verify().await?;
    Ok(Restored { about, tables, papers, files, verified, store })
}

/// Where a registry comes to stand; it is made beside and gets its name at the end.
pub(super) struct Place {
    /// The address under which it is made.
    pub url: String,
    file: Option<(PathBuf, PathBuf)>,
    blobs: (PathBuf, PathBuf),
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".restoring");
    path.with_file_name(name)
}

impl Place {
    /// Refuses a place where something is.
    pub(super) fn empty(url: &str, blobs: &Path) -> Result<Place> {
        if !url.starts_with("sqlite:") && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreError::Address(url.to_owned()));
        }
        if fs::read_dir(blobs).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(StoreError::NotEmpty(blobs.display().to_string()));
        }
        let file = sqlite_path(url)?.map(|path| (beside(&path), path));
        if let Some((_, path)) = &file
            && path.exists()
        {
            return Err(StoreError::NotEmpty(path.display().to_string()));
        }
        let made = file.as_ref().map(|(half, _)| format!("sqlite:{}", half.display()));
        let place =
            Place { url: made.unwrap_or_else(|| url.to_owned()), file, blobs: (beside(blobs), blobs.to_owned()) };
        // What an interrupted restore left.
        place.give_up();
        if let Some(folder) = place.file.as_ref().and_then(|(_, path)| path.parent()) {
            crate::private::folder(folder)?;
        }
        crate::private::folder(&place.blobs.0)?;
        Ok(place)
    }

    /// Gives everything its name.
    pub(super) fn settle(&self) -> Result<()> {
        if self.blobs.1.exists() {
            fs::remove_dir(&self.blobs.1)?;
        }
        fs::rename(&self.blobs.0, &self.blobs.1)?;
        if let Some((half, path)) = &self.file {
            fs::File::open(half)?.sync_all()?;
            fs::rename(half, path)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }

    /// Removes what was made so far.
    pub(super) fn give_up(&self) {
        if let Some((half, _)) = &self.file {
            drop(fs::remove_file(half));
        }
        drop(fs::remove_dir_all(&self.blobs.0));
    }
}

type Filled = (About, Sums, usize, Vec<(String, Vec<u8>)>);

async fn fill<R: BufRead>(reader: &mut Reader<R>, place: &Place, key: Option<&OfficeKey>) -> Result<Filled> {
    let about: About = match reader.next()? {
        Some((name, content)) if name == ABOUT => serde_json::from_slice(&content).map_err(corrupt)?,
        _ => return Err(StoreError::Backup(archive::Damage::NoBackup)),
    };
    let known = schema::newest();
    if about.format > FORMAT || about.migration > known {
        return Err(StoreError::Newer { found: about.migration, known });
    }
    let mut loading = Loading::begin(&place.url, about.migration).await?;
    let blobs = Blobs::open(&place.blobs.0, Vault::default())?;
    let (mut sums, mut papers, mut files) = (Sums::new(), 0, Vec::new());
    while let Some((name, content)) = reader.next()? {
        match name.split('/').collect::<Vec<_>>()[..] {
            ["tables", table, _] => load(&mut loading, table, &content).await?,
            ["blobs", _, hash] => {
                if !Blobs::is_name(hash) || !Blobs::is_whole(hash, &content) {
                    return Err(StoreError::Backup(archive::Damage::Entry(name)));
                }
                blobs.write_as(hash, &content, false)?;
                papers += 1;
            }
            ["files", file] if !file.is_empty() && file != ".." => files.push((file.to_owned(), content)),
            [SUMS] => sums = serde_json::from_slice(&content).map_err(corrupt)?,
            _ => {}
        }
    }
    let carried = carried_key(&files);
    let key = key.or(carried.as_ref());
    loading.opens_with(key).await?;
    loading.finish(&sums).await?;
    Ok((about, sums, papers, files))
}

/// The office's key among the files of the installation that a backup carried along.
fn carried_key(files: &[(String, Vec<u8>)]) -> Option<OfficeKey> {
    files.iter().find_map(|(_, content)| OfficeKey::from_file_text(std::str::from_utf8(content).ok()?).ok())
}

/// Adds the lines of one part of a table.
async fn load(loading: &mut Loading, table: &str, packed: &[u8]) -> Result<()> {
    let lines = zstd::decode_all(packed)?;
    let rows = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let rows: Vec<serde_json::Value> =
        rows.map(|line| serde_json::from_slice(line).map_err(corrupt)).collect::<Result<_>>()?;
    for some in rows.chunks(4_096) {
        loading.add(table, some).await?;
    }
    Ok(())
}
