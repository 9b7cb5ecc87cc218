//! The office's key file: read from outside the data, or refused with what to do.

use super::Database;
use archive::OfficeKey;
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// What is given instead of a file by whoever wants papers and protected facts to lie open.
pub(crate) const NONE: &str = "none";

impl Database {
    /// The file of the office's key; `None` where none is given, or *none*.
    pub(crate) fn key_path(&self) -> Option<&Path> {
        self.key_file.as_deref().filter(|path| *path != Path::new(NONE) && !path.as_os_str().is_empty())
    }

    /// The office's key.
    pub(crate) fn key(&self) -> Result<Option<OfficeKey>, String> {
        self.key_path().map(|path| read(path, &self.data_folders())).transpose()
    }

    /// Where database and papers lie.
    fn data_folders(&self) -> Vec<PathBuf> {
        let file = self.db.strip_prefix("sqlite:").map(|path| PathBuf::from(path.trim_start_matches("//")));
        let folder = file.map(|file| file.parent().map(Path::to_owned).unwrap_or_default());
        folder.into_iter().chain([self.blobs.clone()]).collect()
    }

    /// Whether the key lies on the disk that the data lies on.
    pub(crate) fn key_is_beside(&self) -> bool {
        let disk = |path: &Path| fs::metadata(path).map(|meta| meta.dev()).ok();
        let key = self.key_path().and_then(disk);
        key.is_some() && self.data_folders().iter().any(|folder| disk(&absolute(folder)) == key)
    }
}

fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(&whole).unwrap_or(whole)
}

/// Reads a key file that lies outside the data and that not everybody can read.
pub(crate) fn read(path: &Path, data: &[PathBuf]) -> Result<OfficeKey, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        format!(
            "The key file {shown} cannot be read: {error}. Plug in the disk it is on, or name it with --key-file or \
             ONEWINDOW_KEY_FILE. Nothing was started."
        )
    })?;
    let place = absolute(path);
    if let Some(folder) = data.iter().map(|folder| absolute(folder)).find(|folder| place.starts_with(folder)) {
        return Err(format!(
            "The key file {shown} lies inside {}, where the data is: whoever takes the data would have the key. Move it \
             elsewhere, best to another disk. Nothing was started.",
            folder.display()
        ));
    }
    let mode = fs::metadata(path).map_err(|error| format!("{shown}: {error}."))?.permissions().mode();
    if mode & 0o007 != 0 {
        return Err(format!(
            "The key file {shown} can be read by everybody on this machine. Run `chmod o= {shown}`. Nothing was started."
        ));
    }
    OfficeKey::from_file_text(&text).map_err(|error| format!("{shown}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::read;
    use archive::OfficeKey;
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    fn file(path: &Path, text: &str, mode: u32) {
        fs::write(path, text).expect("written");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode");
    }

    #[test]
    fn a_key_file_is_refused_where_it_protects_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let data = dir.path().join("data");
        fs::create_dir_all(data.join("deep")).expect("a folder");
        let key = OfficeKey::draw();
        let check = |path: &Path, want: &str| {
            let said = read(path, std::slice::from_ref(&data)).err().unwrap_or_else(|| "read".to_owned());
            assert!(said.contains(want), "{said}");
        };
        let good = dir.path().join("key");
        file(&good, &key.text(), 0o440);
        check(&good, "read");
        assert_eq!(read(&good, std::slice::from_ref(&data)).map(|key| key.name()), Ok(key.name()));
        file(&dir.path().join("open"), &key.text(), 0o444);
        check(&dir.path().join("open"), "can be read by everybody");
        let inside = data.join("deep").join("key");
        file(&inside, &key.text(), 0o400);
        check(&inside, "inside");
        std::os::unix::fs::symlink(&inside, dir.path().join("link")).expect("a link");
        check(&dir.path().join("link"), "inside");
        check(&dir.path().join("absent"), "cannot be read");
        file(&dir.path().join("other"), "AGE-SECRET-KEY-1", 0o400);
        check(&dir.path().join("other"), "ONEWINDOW-KEY-1");
    }
}
