//! What a fresh Debian machine lacks for the tests, installed from Debian's own packages.

use std::path::Path;

use crate::shell::{Outcome, am_root, have, program, run};
use crate::{node, oracle, pg, stories};

/// Installs what is missing, and says nothing when nothing is.
///
/// # Errors
/// A sentence naming the packages, when they cannot be installed from here.
pub fn missing() -> Outcome {
    let wanted = packages();
    if wanted.is_empty() {
        println!("Chromium, PostgreSQL, Node.js and Python are here.");
        return node::fetch();
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
    node::fetch()
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
    } else if !have("npm") {
        wanted.push("npm");
    }
    if !oracle::python_is_whole() {
        wanted.extend(["python3", "python3-venv"]);
    }
    wanted
}

fn apt(args: &[&str]) -> Outcome {
    run(program("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"))
}
