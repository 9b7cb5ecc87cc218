//! Writing a backup while the registry goes on.

use super::{
    facts::{About, FORMAT, Sums},
    snapshot::{Held, Reading, Snapshot},
};
use crate::{
    Scope,
    blobs::Blobs,
    error::{Result, StoreError, corrupt},
};
use archive::{Checked, Damage, FileKey, Manifest, PublicKey, Reader, Writer};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufReader, Write},
    path::{Path, PathBuf},
};

/// Bytes of a table's lines that make one entry, before they are compressed.
const PART: usize = 4 * 1024 * 1024;
/// How hard lines are compressed: the level that costs least for what it saves.
const LEVEL: i32 = 3;

/// What is to be backed up.
pub struct Backup<'a> {
    /// The program itself: nobody else reads a whole registry.
    pub scope: &'a Scope,
    /// The registry's address.
    pub url: &'a str,
    /// Its folder of papers and packs.
    pub blobs: &'a Path,
    /// Files of the installation that are kept along, such as its centres; each under its own name.
    pub files: &'a [PathBuf],
    /// Whose secret keys open it.
    pub to: &'a [PublicKey],
    /// The release that writes it.
    pub release: &'a str,
    /// When.
    pub at: domain::Instant,
}

/// A backup that was written.
pub struct BackedUp {
    /// What it says about itself.
    pub about: About,
    /// Rows of every table.
    pub tables: Sums,
    /// Papers and packs in it.
    pub papers: usize,
    /// Papers and packs that records name and the folder does not have, by their hash.
    pub missing: Vec<String>,
    /// Papers and packs that no longer match their name; they are not in it.
    pub damaged: Vec<String>,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    manifest: Manifest,
    key: FileKey,
}

impl Backup<'_> {
    /// Writes the backup.
    ///
    /// # Errors
    /// [`StoreError::OnTheServer`] for any other scope than the program's own; and when the registry cannot be read or the
    /// backup cannot be written: what was written so far is of no use then.
    pub async fn write<W: Write>(&self, out: W) -> Result<(BackedUp, W)> {
        if !self.scope.is_system() {
            return Err(StoreError::OnTheServer);
        }
        let mut snapshot = Snapshot::begin(self.url).await?;
        let mut writer = Writer::new(out, self.to)?;
        let about = About {
            format: FORMAT,
            release: self.release.to_owned(),
            database: snapshot.database().to_owned(),
            migration: snapshot.migration,
            made_at: self.at,
            seal: snapshot.seal().await?,
        };
        writer.add(super::restore::ABOUT, &json(&about)?)?;
        let tables = tables(&mut snapshot, &mut writer).await?;
        let named = snapshot.files().await?;
        drop(snapshot);
        let (papers, damaged) = papers(self.blobs, &mut writer)?;
        for file in self.files {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            writer.add(&format!("files/{name}"), &std::fs::read(file)?)?;
        }
        let missing = named.into_iter().filter(|hash| !papers.contains(hash) && !damaged.contains(hash)).collect();
        let archive::Written { out, manifest, sha256, key } = writer.finish()?;
        let damaged = damaged.into_iter().collect();
        Ok((BackedUp { about, tables, papers: papers.len(), missing, damaged, sha256, manifest, key }, out))
    }
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(corrupt)
}

/// Rows that are erased after some days, as a family was promised: a backup would keep them longer.
const PASSING: &[&str] = &["kept_answers", "kept_form"];

/// Every table in parts, then their sums.
async fn tables<W: Write>(snapshot: &mut Snapshot, writer: &mut Writer<W>) -> Result<Sums> {
    let mut sums = Sums::new();
    for table in snapshot.tables() {
        let (mut part, mut lines) = (0, Vec::with_capacity(PART));
        let mut reading = Reading::of(&table);
        loop {
            let rows =
                if PASSING.contains(&table.name.as_str()) { Vec::new() } else { snapshot.next(&mut reading).await? };
            for (_, line) in &rows {
                lines.extend_from_slice(line);
                lines.push(b'\n');
            }
            if lines.len() >= PART || (rows.is_empty() && !lines.is_empty()) {
                part += 1;
                let packed = zstd::bulk::compress(&lines, LEVEL)?;
                writer.add(&format!("tables/{}/{part:06}.jsonl.zst", table.name), &packed)?;
                lines.clear();
            }
            if rows.is_empty() {
                break;
            }
        }
        sums.push(reading.sum());
    }
    writer.add(super::restore::SUMS, &json(&sums)?)?;
    Ok(sums)
}

/// Every paper and pack that matches its name; those that do not.
fn papers<W: Write>(folder: &Path, writer: &mut Writer<W>) -> Result<(BTreeSet<String>, BTreeSet<String>)> {
    let (mut there, mut damaged) = (BTreeSet::new(), BTreeSet::new());
    for hash in Blobs::names_in(folder)? {
        match Blobs::stored_in(folder, &hash) {
            Ok(Some(bytes)) => {
                writer.add(&format!("blobs/{}/{hash}", &hash[..2]), &bytes)?;
                there.insert(hash);
            }
            // Erased since the folder was listed.
            Ok(None) => {}
            Err(_) => drop(damaged.insert(hash)),
        }
    }
    Ok((there, damaged))
}

/// Reads a backup back from the disk as soon as it was written, and checks it whole.
///
/// # Errors
/// [`StoreError::Backup`] with the first thing that is wrong.
pub fn check_written(path: &Path, backup: &BackedUp) -> Result<Checked> {
    let reader = Reader::reopen(BufReader::with_capacity(1 << 20, File::open(path)?), &backup.key)?;
    let mut checked = archive::check(reader);
    if checked.damage.is_empty() && checked.entries != backup.manifest.entries.len() {
        checked.damage.push(Damage::Manifest);
    }
    match checked.damage.pop() {
        Some(damage) => Err(StoreError::Backup(damage)),
        None => Ok(checked),
    }
}

/// Keeps when the registry was backed up last, so that somebody can be told when it was long ago.
///
/// # Errors
/// When the registry does not answer.
pub async fn note_backup(url: &str, at: domain::Instant) -> Result<()> {
    let sql =
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    let mut held = Held::connect(url).await?;
    held.conn().execute(sql, crate::db::args![super::BACKED_UP, at.to_rfc3339()]).await.map(drop)
}

/// Papers, packs and lists that records name and the folder does not have, by their hash.
///
/// # Errors
/// When the registry does not answer.
pub async fn missing_papers(url: &str, blobs: &Path) -> Result<Vec<String>> {
    let named = Snapshot::begin(url).await?.files().await?;
    Ok(named.into_iter().filter(|hash| !blobs.join(&hash[..2]).join(hash).is_file()).collect())
}
