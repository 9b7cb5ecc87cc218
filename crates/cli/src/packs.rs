//! Reading a pack's folder, and publishing it into the store by its content.

use domain::{
    event::{Change, Record, RecordKind},
    ids::CommandId,
    programmes::{PackHash, PackPublished},
};
use rules::Pack;
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use store::{Command, Commit, Scope, Store};

/// The files of a pack: path within the pack and text.
pub(crate) type Files = Vec<(String, String)>;

/// Reads every policy file below a folder, in the order of their paths.
pub(crate) fn read(folder: &Path) -> Result<Files, String> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|error| format!("The folder {} cannot be read: {error}.", folder.display()))?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        files.push((name, text));
    }
    Ok(files)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
            into.push(path);
        }
    }
    Ok(())
}

/// Checks the files as a pack; every mistake as a line.
pub(crate) fn check(files: &Files) -> Result<Pack, Vec<String>> {
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&borrowed).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

/// Reads and checks a pack, or says everything that is wrong with it.
pub(crate) fn load(folder: &Path) -> Result<(Files, Pack), String> {
    let files = read(folder)?;
    let pack =
        check(&files).map_err(|errors| format!("The pack has {} mistakes:\n{}", errors.len(), errors.join("\n")))?;
    Ok((files, pack))
}

/// Publishes a pack that the store does not have yet: its files go into the blob folder as one bundle, and the
/// journal names them. Verdicts of last year can be read with the rules of last year.
pub(crate) async fn publish(
    store: &Store,
    scope: &Scope,
    files: &Files,
    pack: &Pack,
    at: domain::Instant,
) -> Result<(), String> {
    if store.current_pack().await.map_err(say)? == Some(PackHash(pack.hash().to_owned())) {
        return Ok(());
    }
    let bundle = serde_json::to_vec(files).map_err(say)?;
    let address = store.blobs().put(bundle).await.map_err(say)?;
    let published = PackPublished {
        hash: PackHash(pack.hash().to_owned()),
        bundle: address,
        title: pack.title().get("en").to_owned(),
        programmes: u32::try_from(pack.programmes().len()).unwrap_or(u32::MAX),
    };
    let record = Record { kind: RecordKind::Pack, id: uuid::Uuid::now_v7() };
    let change = Change::after(record, 0, published, at.date_naive());
    store.commit(scope, commit("pack/publish", vec![change], at)).await.map_err(say)?;
    Ok(())
}

/// A commit of this program itself.
pub(crate) fn commit(route: &str, changes: Vec<Change>, at: domain::Instant) -> Commit {
    let id = CommandId(uuid::Uuid::now_v7());
    let command = Command { id, officer: None, route: route.to_owned(), body_hash: Sha256::digest(route).to_vec() };
    Commit { command, changes, outcome: String::new(), at }
}

/// Any error as its sentence.
pub(crate) fn say(error: impl std::fmt::Display) -> String {
    error.to_string()
}
