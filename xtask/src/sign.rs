//! A signature beside a package, by a key of GnuPG that whoever releases holds; no key lies in this project.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, program, read};

/// What is said where there is no GnuPG.
pub const MISSING: &str = "A signature needs GnuPG (on Debian: apt-get install gnupg).";

/// Signs a file with a key of the caller's key ring: an armoured signature beside it, `FILE.asc`, which is checked at once.
///
/// # Errors
/// A sentence, when the key is not there or its owner does not agree.
pub fn sign(file: &Path, key: &str) -> Outcome<PathBuf> {
    with(file, key, |words| program("gpg", words))
}

fn with(file: &Path, key: &str, gpg: impl Fn(&[&str]) -> Command) -> Outcome<PathBuf> {
    let beside = PathBuf::from(format!("{}.asc", file.display()));
    let (from, to) = (file.to_string_lossy(), beside.to_string_lossy());
    let words = ["--batch", "--yes", "--armor", "--local-user", key, "--output", &to, "--detach-sign", &from];
    // It may ask the key's owner for a passphrase, so it keeps this terminal.
    let status = gpg(&words).status().map_err(|why| format!("gpg could not be started: {why}."))?;
    if !status.success() {
        return Err(format!("gpg did not sign with the key {key}. `gpg --list-secret-keys` shows which there are."));
    }
    read(&mut gpg(&["--batch", "--verify", &to, &from]))?;
    Ok(beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::have;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn a_signed_package_is_known_and_a_changed_one_is_not() {
        if !have("gpg") {
            println!("not tried: {MISSING}");
            return;
        }
        // A key ring of this test alone; its path is short because sockets stand in it.
        let home = std::env::temp_dir().join(format!("ow-sign-{}", std::process::id()));
        fs::create_dir_all(&home).expect("a folder");
        fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).expect("its own");
        let gpg = |words: &[&str]| {
            let mut command = program("gpg", words);
            command.env("GNUPGHOME", &home);
            command
        };
        let does = |words: &[&str]| gpg(words).output().expect("gpg starts").status.success();
        let name = "onewindow release <release@example.org>";
        assert!(does(&["--batch", "--passphrase", "", "--quick-gen-key", name, "ed25519", "sign", "1d"]));
        let package = home.join("onewindow_0.1.0_amd64.deb");
        fs::write(&package, b"a package").expect("written");
        let beside = with(&package, "release@example.org", gpg).expect("a signature");
        assert!(fs::read_to_string(&beside).expect("text").starts_with("-----BEGIN PGP SIGNATURE-----"));
        let (signature, file) = (beside.to_string_lossy().into_owned(), package.to_string_lossy().into_owned());
        assert!(does(&["--batch", "--verify", &signature, &file]));
        fs::write(&package, b"another package").expect("written");
        assert!(!does(&["--batch", "--verify", &signature, &file]), "a changed package is not what was signed");
        assert!(with(&package, "nobody@example.org", gpg).is_err(), "there is no such key");
        let ended = program("gpgconf", &["--kill", "all"]).env("GNUPGHOME", &home).status();
        assert!(ended.is_ok_and(|status| status.success()));
        fs::remove_dir_all(&home).expect("removed");
    }
}
