//! The measurements walk the real pages: a page that asks something new must not stop them unseen.

use std::{path::Path, process::Command};
use tempfile::TempDir;

#[test]
fn the_clerk_of_the_measurements_comes_through_a_whole_visit() {
    let dir = TempDir::new().unwrap();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk");
    let said = Command::new(env!("CARGO_BIN_EXE_onewindow"))
        .args(["bench-desk", "--persons", "100", "--seconds", "1", "--clerks", "2"])
        .args([Path::new("--dir"), dir.path(), Path::new("--pack"), &pack])
        .output()
        .unwrap();
    let (told, refused) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{refused}");
    // Every clerk finishes the visit under way, so that each has made one at least.
    let line = told.lines().find(|line| line.starts_with("full intake as a clerk does it")).expect(&told);
    assert!(!line.contains("(0 in"), "{line}");
}
