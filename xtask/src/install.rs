//! What a fresh Debian machine lacks for the tests, installed from Debian's own packages.

use std::path::Path;

use crate::shell::{Outcome, am_root, have, program, read, run};
use crate::{pg, stories};

/// Installs what is missing, and says nothing when nothing is.
///
/// # Errors
/// A sentence naming the packages, when they cannot be installed from here.
pub fn missing() -> Outcome {
    let wanted = packages();
    if wanted.is_empty() {
        println!("Chromium, PostgreSQL and Node.js are here.");
        return node_is_new_enough();
    }
    let list = wanted.join(" ");
    if !have("apt-get") || !am_root() {
        return Err(format!(
            "These programs are missing: {list}. Install them, then run this again (on Debian, as administrator: apt-get install {list})."
        ));
    }
    apt(&["update"])?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(wanted);
    apt(&args)?;
    node_is_new_enough()
}

fn packages() -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if !Path::new(&stories::chromium()).is_file() {
        // The browser comes without letters of its own, least of all Urdu's.
        wanted.extend(["chromium", "fonts-noto-core"]);
    }
    if pg::binaries().is_none() {
        wanted.push("postgresql");
    }
    if !have("node") {
        wanted.extend(["nodejs", "npm"]);
    }
    wanted
}

fn apt(args: &[&str]) -> Outcome {
    run(program("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The browser driver of the stories needs Node.js 20; Debian 12's own is older.
fn node_is_new_enough() -> Outcome {
    let said = read(&mut program("node", &["--version"]))?;
    let major = said.trim().trim_start_matches('v').split('.').next().and_then(|word| word.parse::<u32>().ok());
    match major {
        Some(20..) => Ok(()),
        _ => Err(format!(
            "Node.js is {}, and the browser stories need 20 or newer. Install a newer Node.js, or leave the stories out with --quick.",
            said.trim()
        )),
    }
}
