//! What the registry makes on the disk is for the account that runs it and for nobody else, whatever the shell that
//! started it leaves open to all.

use std::{
    fs::{DirBuilder, OpenOptions},
    io,
    path::Path,
};

/// Makes a folder, and those above it that are missing; one that is there stays as it is.
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Makes an empty file where there is none. SQLite gives the files beside its database the rights of that one.
pub(crate) fn file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.write(true).create_new(true).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::{file, folder};
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    fn rights(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_for_its_account_alone_and_what_is_there_stays() {
        let temp = tempfile::tempdir().expect("a folder");
        let (deep, data) = (temp.path().join("var/blobs"), temp.path().join("var/registry.sqlite"));
        folder(&deep).expect("made");
        file(&data).expect("made");
        assert_eq!((rights(&deep), rights(&data)), (0o700, 0o600));
        fs::write(&data, "kept").expect("written");
        fs::set_permissions(&data, fs::Permissions::from_mode(0o640)).expect("set");
        file(&data).expect("there already");
        assert_eq!((fs::read_to_string(&data).expect("read"), rights(&data)), ("kept".to_owned(), 0o640));
    }

    #[tokio::test]
    async fn a_registry_is_read_by_nobody_else() {
        let temp = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", temp.path().join("registry.sqlite").display());
        let blobs = temp.path().join("blobs");
        let store = crate::Store::open(&url, &blobs).await.expect("opened");
        store.blobs().put(b"a paper".to_vec()).await.expect("kept");
        for entry in fs::read_dir(temp.path()).expect("read").flatten() {
            assert_eq!(rights(&entry.path()) & 0o077, 0, "{} is open to others", entry.path().display());
        }
        store.close().await;
    }
}
