//! `cargo xtask demo`: an office of realistic size to walk about in.

use std::os::unix::process::CommandExt;

use crate::shell::{Outcome, cargo, program, root, run, target_dir};

/// Builds onewindow and becomes it, so that Ctrl-C reaches it and nothing stands between.
///
/// # Errors
/// A sentence, when it cannot be built or started.
pub fn command(words: &[String]) -> Outcome {
    println!("Building onewindow; the first time takes some minutes.");
    run(&mut cargo(&["build", "--quiet", "-p", "onewindow"]))?;
    let binary = target_dir().join("debug/onewindow");
    let why = program(&binary, &["demo", "--dir", "var/demo"]).args(words).current_dir(root()).exec();
    Err(format!("{} could not be started: {why}.", binary.display()))
}
