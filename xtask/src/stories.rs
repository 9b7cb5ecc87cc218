//! The browser stories: Node.js drives Debian's Chromium against the real binary.

use std::path::PathBuf;

use crate::pg::{ADDRESS, Cluster};
use crate::shell::{Outcome, cargo, program, root, run as run_program, target_dir};
use crate::{assets, node};

/// Where the browser is.
pub fn chromium() -> String {
    std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// Runs every `stories/*.test.mjs`. `depth` is `""` for the everyday combinations, `"all"` for the nightly ones.
///
/// # Errors
/// A sentence, when something cannot be built or a story fails.
pub fn run(depth: &str) -> Outcome {
    run_program(&mut cargo(&["build", "-p", "onewindow"]))?;
    assets::command()?;
    let cluster = Cluster::given_or_private()?;
    let stories = found()?;
    let mut command = program(node::binary()?, &["--test", "--test-reporter=spec"]);
    command
        .args(stories)
        .current_dir(root().join("stories"))
        .env(ADDRESS, &cluster.url)
        .env("ONEWINDOW_BIN", target_dir().join("debug/onewindow"))
        .env("ONEWINDOW_STORIES", depth)
        .env("CHROMIUM", chromium());
    run_program(&mut command)
}

fn found() -> Outcome<Vec<PathBuf>> {
    let folder = root().join("stories");
    let entries =
        std::fs::read_dir(&folder).map_err(|why| format!("{} could not be read: {why}.", folder.display()))?;
    let names = entries.filter_map(Result::ok).map(|entry| PathBuf::from(entry.file_name()));
    let mut stories: Vec<PathBuf> = names.filter(|name| name.to_string_lossy().ends_with(".test.mjs")).collect();
    stories.sort();
    if stories.is_empty() { Err("There is no story in stories/.".to_owned()) } else { Ok(stories) }
}
